import {
  assert,
  base64,
  concat,
  FormatError,
  fromBase64,
  leafHash,
  readU16,
  u16,
} from '../formats/index.ts'
import { batchDepth, decodeEntry, type Entry, entryBytes, isInBatch } from './batch.ts'
import {
  type Checkpoint,
  type CheckpointProblem,
  type LogKey,
  verifyCheckpoint,
} from './checkpoint.ts'
import type { Note } from './note.ts'
import { isIncluded } from './tree.ts'

/** That an event is in the log: its place in a batch, the batch's place in a signed tree. */
export interface LogProof {
  readonly slot: number
  /** 12 siblings in the batch, lowest first. */
  readonly batchPath: readonly Uint8Array[]
  /** 41 bytes, see `encodeEntry`. */
  readonly entry: Uint8Array
  /** Of the entry in the log. */
  readonly index: number
  readonly path: readonly Uint8Array[]
  /** The signed note. */
  readonly checkpoint: string
}

export type ProofProblem =
  | 'proof-malformed'
  | CheckpointProblem
  | 'inclusion-proof-wrong'
  | 'leaf-not-in-batch'

const extraBytes = 2 + 32 * batchDepth + entryBytes

/** @source C2SP tlog-proof@v1; `extra` = u16 slot ‖ 12 × 32 path ‖ entry */
export function formatProof(proof: LogProof): string {
  const extra = concat(u16(proof.slot), ...proof.batchPath, proof.entry)
  assert(extra.length === extraBytes, 'a batch path has 12 nodes, an entry 41 bytes')
  const path = proof.path.map((node) => `${base64(node)}\n`).join('')
  return `c2sp.org/tlog-proof@v1\nextra ${base64(extra)}\nindex ${proof.index}\n${path}\n${proof.checkpoint}`
}

const proofPattern =
  /^c2sp\.org\/tlog-proof@v1\nextra ([^\n]*)\nindex (0|[1-9][0-9]{0,15})\n((?:[^\n]{44}\n){0,63})\n(.+)$/s

/** @throws FormatError `proof-malformed` */
export function parseProof(text: string): LogProof {
  const parts = proofPattern.exec(text)
  const index = Number(parts?.[2])
  if (parts === null || !Number.isSafeInteger(index)) throw new FormatError('proof-malformed')
  try {
    const extra = fromBase64(parts[1]!)
    if (extra.length !== extraBytes) throw new FormatError('proof-malformed')
    const nodes = parts[3]!.split('\n').slice(0, -1).map(fromBase64)
    if (nodes.some((node) => node.length !== 32)) throw new FormatError('proof-malformed')
    return {
      slot: readU16(extra),
      batchPath: Array.from({ length: batchDepth }, (_, i) => extra.slice(2 + 32 * i, 34 + 32 * i)),
      entry: extra.slice(2 + 32 * batchDepth),
      index,
      path: nodes,
      checkpoint: parts[4]!,
    }
  } catch {
    throw new FormatError('proof-malformed')
  }
}

/** What a proof shows, as far as it holds, and each thing that does not. */
export interface ProofVerdict {
  /** None: the event is in the log that the pinned key signed. */
  readonly problems: readonly ProofProblem[]
  /** When the batch was made, by the platform's word. */
  readonly entry?: Entry
  /** Present where a pinned key signed it. */
  readonly checkpoint?: Checkpoint
  readonly note?: Note
}

/**
 * Checks a proof for an event digest from the batch up to the pinned keys. Reports all that is wrong.
 * @param digest 32 bytes, see `eventDigest`
 */
export function verifyProof(
  text: string,
  digest: Uint8Array,
  keys: readonly LogKey[],
): ProofVerdict {
  let proof: LogProof
  let entry: Entry
  try {
    proof = parseProof(text)
    entry = decodeEntry(proof.entry)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { problems: ['proof-malformed'] }
  }
  const problems: ProofProblem[] = []
  if (!isInBatch(digest, proof.slot, proof.batchPath, entry.root))
    problems.push('leaf-not-in-batch')
  const verdict = verifyCheckpoint(proof.checkpoint, keys)
  const tree = verdict.checkpoint
  const included =
    tree !== undefined &&
    isIncluded(leafHash(proof.entry), proof.index, tree.size, proof.path, tree.root)
  if (tree !== undefined && !included) problems.push('inclusion-proof-wrong')
  if (verdict.problem !== undefined) return { problems: [...problems, verdict.problem], entry }
  return { problems, entry, checkpoint: verdict.checkpoint, note: verdict.note }
}
