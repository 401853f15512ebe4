import { assert, base64, FormatError, fromBase64 } from '../formats/index.ts'
import {
  cosignedAt,
  formatNote,
  isSignedBy,
  type Note,
  parseNote,
  type Signer,
  signaturesBy,
  signNote,
  type Vkey,
} from './note.ts'

/** The tree that a log commits to. */
export interface Checkpoint {
  /** The log's name: platform id ‖ `/log`, also the name of its key. */
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/** A key of the log and the sizes it signs; overlapping while it is rotated. Without sizes: all. */
export interface LogKey {
  readonly vkey: Vkey
  readonly fromSize?: number
  readonly toSize?: number | null
}

export type CheckpointProblem =
  | 'checkpoint-malformed'
  | 'checkpoint-key-unknown'
  | 'checkpoint-signature-wrong'

/** Three lines; ours never has extension lines. @source C2SP tlog-checkpoint */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  assert(Number.isSafeInteger(size) && size >= 0 && root.length === 32, 'a tree has size and root')
  return `${origin}\n${size}\n${base64(root)}\n`
}

/** @throws FormatError `checkpoint-malformed`, also for extension lines */
export function parseCheckpointText(text: string): Checkpoint {
  const parts = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text)
  const size = Number(parts?.[2])
  if (parts === null || !Number.isSafeInteger(size)) throw new FormatError('checkpoint-malformed')
  try {
    return { origin: parts[1]!, size, root: fromBase64(parts[3]!) }
  } catch {
    throw new FormatError('checkpoint-malformed')
  }
}

/** The checkpoint as a signed note by one key, or by two while the log's key is rotated. */
export async function signCheckpoint(
  checkpoint: Checkpoint,
  ...keys: readonly { readonly vkey: Vkey; readonly signer: Signer }[]
): Promise<string> {
  assert(keys.length > 0, 'a checkpoint is signed')
  const text = checkpointText(checkpoint)
  const signatures = []
  for (const { vkey, signer } of keys) {
    assert(vkey.name === checkpoint.origin, 'the key has the name of the log')
    signatures.push(await signNote(text, vkey, signer))
  }
  return formatNote({ text, signatures })
}

/** A checkpoint that a pinned key has signed, or why not. */
export type CheckpointVerdict =
  | { readonly checkpoint: Checkpoint; readonly note: Note; readonly problem?: undefined }
  | { readonly problem: CheckpointProblem; readonly checkpoint?: Checkpoint }

/**
 * Checks a signed checkpoint against pinned keys of the log.
 * @returns `checkpoint-key-unknown` where no pinned key of this size signed, `-signature-wrong` where
 *   a signature by a pinned key is bad: one bad line refuses, whatever other lines say
 */
export function verifyCheckpoint(signed: string, keys: readonly LogKey[]): CheckpointVerdict {
  const known = verdicts.get(keys) ?? new Map<string, CheckpointVerdict>()
  verdicts.set(keys, known)
  const before = known.get(signed)
  if (before) return before
  if (known.size >= verdictsKept) known.clear()
  const verdict = judgeCheckpoint(signed, keys)
  known.set(signed, verdict)
  return verdict
}

/**
 * Verdicts by the same list of keys: the proofs of an archive stand under a few checkpoints, and a
 * signature costs a hundred times the rest of a proof.
 */
const verdicts = new WeakMap<readonly LogKey[], Map<string, CheckpointVerdict>>()
const verdictsKept = 1000

function judgeCheckpoint(signed: string, keys: readonly LogKey[]): CheckpointVerdict {
  let note: Note
  let checkpoint: Checkpoint
  try {
    note = parseNote(signed)
    checkpoint = parseCheckpointText(note.text)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { problem: 'checkpoint-malformed' }
  }
  let signatures = 0
  for (const { vkey, fromSize = 0, toSize = null } of keys) {
    if (vkey.name !== checkpoint.origin) continue
    if (checkpoint.size < fromSize || (toSize !== null && checkpoint.size > toSize)) continue
    for (const signature of signaturesBy(note, vkey)) {
      if (!isSignedBy(note.text, signature, vkey)) {
        return { problem: 'checkpoint-signature-wrong', checkpoint }
      }
      signatures++
    }
  }
  if (signatures === 0) return { problem: 'checkpoint-key-unknown', checkpoint }
  return { checkpoint, note }
}

/** Which witnesses stand behind a checkpoint, and whose lines are bad. */
export interface Cosignatures {
  /** Distinct witnesses with a good cosignature, and when, seconds since 1970. */
  readonly good: readonly { readonly name: string; readonly atSeconds: number }[]
  /** Names of witnesses with a bad line: finding `cosignature-wrong`. */
  readonly wrong: readonly string[]
  /** Enough distinct witnesses: else finding `quorum-not-met`. */
  readonly isQuorum: boolean
}

/** Counts the cosignatures of pinned witnesses; unknown names are ignored. */
export function checkCosignatures(
  note: Note,
  witnesses: readonly Vkey[],
  quorum: number,
): Cosignatures {
  const good = new Map<string, number>()
  const wrong = new Set<string>()
  for (const vkey of witnesses) {
    for (const signature of signaturesBy(note, vkey)) {
      const atSeconds = cosignedAt(signature)
      if (atSeconds !== null && isSignedBy(note.text, signature, vkey)) {
        good.set(vkey.name, Math.max(atSeconds, good.get(vkey.name) ?? 0))
      } else wrong.add(vkey.name)
    }
  }
  return {
    good: [...good].map(([name, atSeconds]) => ({ name, atSeconds })),
    wrong: [...wrong],
    isQuorum: good.size >= quorum,
  }
}

/** The body that asks a witness to cosign. @source C2SP tlog-witness, add-checkpoint */
export function addCheckpointRequest(
  oldSize: number,
  consistency: readonly Uint8Array[],
  signed: string,
): string {
  return `old ${oldSize}\n${consistency.map((node) => `${base64(node)}\n`).join('')}\n${signed}`
}
