import {
  asObject,
  assert,
  canonicalBytes,
  concat,
  equal,
  FormatError,
  hasExactly,
  type Json,
  parseCanonical,
  readU32,
  u32,
  utf8,
} from '../formats/index.ts'
import { isBytes } from './envelope.ts'
import { openStream, StreamError, type StreamKey, sealStream } from './stream.ts'
import { randomBytes, type Suite } from './suite.ts'

const magic = concat(utf8('YGKEEP'), Uint8Array.of(1, 10))
const saltBytes = 16
const streamAt = magic.length + saltBytes + 4

export const recoveryIterations = 600_000
/** A file that asks for more would hold the reader's machine for minutes. */
const maxIterations = 10_000_000
const maxRecoveryBytes = 1024 * 1024

/** What a bidder keeps: the secret of each part, under a pass phrase. */
export interface Recovery {
  readonly v: 1
  readonly kind: 'recovery'
  readonly platform: string
  readonly tender: string
  readonly lot: string
  readonly items: readonly RecoveryItem[]
}
export interface RecoveryItem {
  readonly part: string
  readonly revision: number
  readonly headerHash: string
  /** base64url of the bid secret. */
  readonly s: string
}

export type RecoveryProblem =
  | 'recovery-unrecognised'
  /** The pass phrase is another one, or the file was changed at its start. */
  | 'recovery-commitment-differs'
  | 'recovery-chunk-altered'
  | 'recovery-truncated'
  | 'recovery-not-canonical'

export interface RecoveryShape {
  readonly chunkBytes: number
  readonly iterations?: number
}

async function recoveryKey(
  suite: Suite,
  passPhrase: string,
  salt: Uint8Array,
  iterations: number,
): Promise<StreamKey> {
  // NFC: a phone and a desk write 阳光 or é in different code points.
  const key = await suite.stretch(utf8(passPhrase.normalize('NFC')), salt, iterations)
  return { key, aad: suite.hash(utf8('yangguang/v1 recovery\n')) }
}

/** "YGKEEP" 01 0A ‖ salt ‖ u32 iterations ‖ stream of the JCS text. */
export async function makeRecoveryFile(
  suite: Suite,
  recovery: Recovery,
  passPhrase: string,
  { chunkBytes, iterations = recoveryIterations }: RecoveryShape,
): Promise<Uint8Array> {
  assert(passPhrase !== '', 'a recovery file has a pass phrase')
  const salt = randomBytes(saltBytes)
  const keys = await recoveryKey(suite, passPhrase, salt, iterations)
  const parts: Uint8Array[] = [magic, salt, u32(iterations)]
  const text = canonicalBytes(recovery)
  for await (const part of sealStream(suite, keys, [text], { chunkBytes })) parts.push(part)
  return concat(...parts)
}

/**
 * Opens a recovery file.
 * @throws FormatError with a RecoveryProblem
 */
export async function openRecoveryFile(
  suite: Suite,
  file: Uint8Array,
  passPhrase: string,
  { chunkBytes }: { readonly chunkBytes: number },
): Promise<Recovery> {
  const fail = (problem: RecoveryProblem) => new FormatError(problem)
  if (!equal(file.subarray(0, magic.length), magic)) throw fail('recovery-unrecognised')
  if (file.length < streamAt) throw fail('recovery-truncated')
  const iterations = readU32(file, streamAt - 4)
  const isBounded = iterations >= 1 && iterations <= maxIterations
  if (!isBounded || file.length > maxRecoveryBytes) throw fail('recovery-unrecognised')
  const salt = file.slice(magic.length, magic.length + saltBytes)
  const keys = await recoveryKey(suite, passPhrase, salt, iterations)
  const parts: Uint8Array[] = []
  try {
    const stream = openStream(suite, keys, [file.subarray(streamAt)], { chunkBytes })
    for await (const part of stream) parts.push(part)
  } catch (error) {
    if (!(error instanceof StreamError)) throw error
    throw new FormatError<RecoveryProblem>(`recovery-${error.problem}`, error.place)
  }
  const parsed = parseCanonical(concat(...parts), { maxBytes: maxRecoveryBytes })
  const recovery = parsed.problem === undefined ? readRecovery(parsed.value) : null
  if (recovery === null) throw fail('recovery-not-canonical')
  return recovery
}

function readRecovery(value: Json): Recovery | null {
  const recovery = asObject(value)
  const keys = ['v', 'kind', 'platform', 'tender', 'lot', 'items']
  if (recovery === null || !hasExactly(recovery, keys)) return null
  const isWhole =
    recovery.v === 1 &&
    recovery.kind === 'recovery' &&
    [recovery.platform, recovery.tender, recovery.lot].every((name) => typeof name === 'string') &&
    Array.isArray(recovery.items) &&
    recovery.items.every(isItem)
  return isWhole ? (recovery as unknown as Recovery) : null
}

function isItem(value: Json): boolean {
  const item = asObject(value)
  return (
    item !== null &&
    hasExactly(item, ['part', 'revision', 'headerHash', 's']) &&
    typeof item.part === 'string' &&
    Number.isSafeInteger(item.revision) &&
    isBytes(item.headerHash, 32) &&
    isBytes(item.s, 32)
  )
}
