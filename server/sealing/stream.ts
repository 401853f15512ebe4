import {
  appendLeaves,
  assert,
  concat,
  emptyFrontier,
  equal,
  FormatError,
  frontierRoot,
  leafHash,
  u64,
  utf8,
} from '../formats/index.ts'
import { type ByteSource, chunksOf, inOrder } from './chunks.ts'
import { type ChunkCipher, hkdfExpand, hkdfExtract, randomBytes, type Suite } from './suite.ts'

const saltBytes = 24
/** Salt and commitment, before the first chunk. */
export const headBytes = 56

/** What a stream is sealed under: both 32 bytes. */
export interface StreamKey {
  readonly key: Uint8Array
  readonly aad: Uint8Array
}

/** What was sealed or opened. */
export interface StreamSummary {
  /** Of the stream: salt, commitment, chunks with tags. */
  readonly bytes: number
  /** RFC 6962 tree hash of the stream, leaf 0 = salt ‖ commitment, leaf i+1 = chunk i. */
  readonly root: Uint8Array
  /** The plaintext without padding; the tree hash over its chunks where `hashContent` asks for it. */
  readonly content: { readonly bytes: number; readonly root: Uint8Array | null }
}

export interface StreamShape {
  readonly chunkBytes: number
  /** Padded size of so much content; default no padding. */
  readonly padTo?: (contentBytes: number) => number
  /** Also hash the content, for `content.root`: a third of the time. Default false. */
  readonly hashContent?: boolean
}

/** Bytes of a stream with so much (padded) plaintext. */
export const sealedBytes = (suite: Suite, plainBytes: number, chunkBytes: number): number =>
  headBytes + plainBytes + Math.max(1, Math.ceil(plainBytes / chunkBytes)) * suite.tagBytes

/** Plaintext bytes of a stream of this size; null where no stream has it. */
export function plainBytes(suite: Suite, bytes: number, chunkBytes: number): number | null {
  const body = bytes - headBytes
  const chunks = Math.max(1, Math.ceil(body / (chunkBytes + suite.tagBytes)))
  const plain = body - chunks * suite.tagBytes
  return plain >= 0 && sealedBytes(suite, plain, chunkBytes) === bytes ? plain : null
}

/** Where chunk i lies in a stream: from `start` to before `end`, or the stream's end. */
export function chunkRange(suite: Suite, index: number, chunkBytes: number) {
  const start = headBytes + index * (chunkBytes + suite.tagBytes)
  return { start, end: start + chunkBytes + suite.tagBytes }
}

function nonceOf(index: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(12)
  nonce.set(u64(index), 3)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

async function streamCipher(
  suite: Suite,
  { key, aad }: StreamKey,
  salt: Uint8Array,
): Promise<{ cipher: ChunkCipher; commitment: Uint8Array }> {
  assert(key.length === 32 && aad.length === 32, 'a stream key and its aad have 32 bytes')
  const prk = hkdfExtract(suite, salt, key)
  const info = (use: string) =>
    concat(utf8(`yangguang/v1 ${suite.id} ${use}`), Uint8Array.of(0), aad)
  const cipher = await suite.cipher(hkdfExpand(suite, prk, info('key'), suite.keyBytes))
  return { cipher, commitment: hkdfExpand(suite, prk, info('commit'), 32) }
}

/**
 * Seals a source of any chunking, at most 4 chunks in flight. Yields the stream's bytes in order.
 * The salt is new each time: the same key and salt over changed content would reuse a nonce.
 * @throws whatever the source throws; FormatError `bid-too-large` by `padTo`
 */
export const sealStream = (
  suite: Suite,
  keys: StreamKey,
  source: ByteSource,
  shape: StreamShape,
): AsyncGenerator<Uint8Array, StreamSummary, void> =>
  sealStreamWithSalt(suite, keys, source, shape, randomBytes(saltBytes))

/** `sealStream` with a given salt: for vectors alone, never exported from the library. */
export async function* sealStreamWithSalt(
  suite: Suite,
  keys: StreamKey,
  source: ByteSource,
  { chunkBytes, padTo = (bytes) => bytes, hashContent = false }: StreamShape,
  salt: Uint8Array,
): AsyncGenerator<Uint8Array, StreamSummary, void> {
  const { cipher, commitment } = await streamCipher(suite, keys, salt)
  const head = concat(salt, commitment)
  yield head
  let bytes = head.length
  let contentBytes = 0
  let sealedTree = appendLeaves(emptyFrontier, [leafHash(head, suite.hash)], suite.hash)
  let contentTree = emptyFrontier
  const hashSealed = leafHasher(suite, chunkBytes)
  const chunks = inOrder(chunksOf(source, chunkBytes, padTo), async (chunk) => {
    const { contentBytes } = chunk
    const content = chunk.leafInput.subarray(0, 1 + contentBytes)
    const [sealed, contentLeaf] = await Promise.all([
      cipher.seal(nonceOf(chunk.index, chunk.isLast), keys.aad, chunk.bytes),
      hashContent && contentBytes > 0 ? suite.hashChunk(content) : null,
    ])
    const leaf = await hashSealed(sealed)
    return { sealed, leaf, contentLeaf, contentBytes }
  })
  for await (const chunk of chunks) {
    bytes += chunk.sealed.length
    contentBytes += chunk.contentBytes
    sealedTree = appendLeaves(sealedTree, [chunk.leaf], suite.hash)
    if (chunk.contentLeaf) contentTree = appendLeaves(contentTree, [chunk.contentLeaf], suite.hash)
    yield chunk.sealed
  }
  const contentRoot = hashContent ? frontierRoot(contentTree, suite.hash) : null
  const content = { bytes: contentBytes, root: contentRoot }
  return { bytes, root: frontierRoot(sealedTree, suite.hash), content }
}

/** Hashes sealed chunks as leaves; their copies with the leaf's prefix use a few buffers in turn. */
function leafHasher(suite: Suite, chunkBytes: number) {
  const spare: Uint8Array[] = [] // as many as chunks are in flight
  return async (sealed: Uint8Array): Promise<Uint8Array> => {
    const input = spare.pop() ?? new Uint8Array(1 + chunkBytes + suite.tagBytes)
    input.set(sealed, 1) // byte 0 stays 00, the prefix of a leaf
    const leaf = await suite.hashChunk(input.subarray(0, 1 + sealed.length))
    spare.push(input)
    return leaf
  }
}

export type StreamProblem = 'commitment-differs' | 'chunk-altered' | 'truncated'

/**
 * A stream that does not open. The rest was still read, so that the root of what was read can be
 * held against the signed one: that tells whose fault it is.
 */
export class StreamError extends FormatError<StreamProblem> {
  readonly bytes: number
  readonly root: Uint8Array

  constructor(problem: StreamProblem, read: StreamSummary, index?: number) {
    super(problem, index === undefined ? {} : { index })
    this.bytes = read.bytes
    this.root = read.root
  }
}

export interface OpenShape {
  readonly chunkBytes: number
  /** Size of the whole stream where it is signed: then an end in mid-chunk is `truncated`. */
  readonly expectedBytes?: number
}

/**
 * Opens a stream of any chunking, at most 4 chunks in flight. Yields a chunk of plaintext only when
 * it is verified; padding is not looked at. The commitment comes first: no chunk opens under a key
 * that it does not admit.
 * @throws StreamError `commitment-differs`; `chunk-altered` with the index of the first chunk that
 *   does not open in its place; `truncated` with the index of the last chunk there is (0 if none)
 */
export async function* openStream(
  suite: Suite,
  keys: StreamKey,
  source: ByteSource,
  { chunkBytes, expectedBytes = 0 }: OpenShape,
): AsyncGenerator<Uint8Array, StreamSummary, void> {
  let tree = emptyFrontier
  let bytes = 0
  let contentBytes = 0
  let cipher: ChunkCipher | null = null
  let failure: { problem: StreamProblem; index?: number } | null = null
  const sealed = chunksOf(source, chunkBytes + suite.tagBytes, undefined, headBytes)
  const opened = inOrder(
    sealed,
    async ({ index: piece, bytes: chunk, leafInput: input, isLast }) => {
      const leaf = suite.hashChunk(input)
      if (piece === 0) {
        if (chunk.length < headBytes) return { leaf: await leaf, chunk, isLast }
        const stream = await streamCipher(suite, keys, chunk.slice(0, saltBytes))
        const isKey = equal(stream.commitment, chunk.subarray(saltBytes))
        if (isKey) cipher = stream.cipher
        return { leaf: await leaf, chunk, isLast, isKey }
      }
      const index = piece - 1
      // No chunk may be empty but the only one: else one content would have two forms.
      const isSpare = index > 0 && chunk.length <= suite.tagBytes
      const [plain, isCut] =
        cipher && !isSpare ? await openChunk(cipher, keys.aad, index, isLast, chunk) : [null, false]
      return { leaf: await leaf, chunk, isLast, index, plain, isCut }
    },
    { firstAlone: true },
  )
  for await (const piece of opened) {
    bytes += piece.chunk.length
    tree = appendLeaves(tree, [piece.leaf], suite.hash)
    if (failure !== null) continue
    if (piece.index === undefined) {
      if (piece.isKey === false) failure = { problem: 'commitment-differs' }
      else if (piece.isLast) failure = { problem: 'truncated', index: 0 }
    } else if (piece.plain) {
      contentBytes += piece.plain.length
      yield piece.plain
    } else {
      const isShort = piece.isLast && bytes < expectedBytes
      failure = {
        problem: piece.isCut || isShort ? 'truncated' : 'chunk-altered',
        index: piece.index,
      }
    }
  }
  const root = frontierRoot(tree, suite.hash)
  const summary = { bytes, root, content: { bytes: contentBytes, root: null } }
  if (failure !== null) throw new StreamError(failure.problem, summary, failure.index)
  return summary
}

/** The plaintext, or null and whether the chunk is good but not a last one. */
async function openChunk(
  cipher: ChunkCipher,
  aad: Uint8Array,
  index: number,
  isLast: boolean,
  sealed: Uint8Array,
): Promise<[plain: Uint8Array | null, isCut: boolean]> {
  const plain = await cipher.open(nonceOf(index, isLast), aad, sealed)
  if (plain !== null || !isLast) return [plain, false]
  return [null, (await cipher.open(nonceOf(index, false), aad, sealed)) !== null]
}

/**
 * Opens single chunks, for the self-test of what was uploaded.
 * @param head the first 56 bytes of the stream
 * @returns null where the commitment does not admit the key; else a reader of chunk i, which gives
 *   null for a chunk that does not open in its place
 */
export async function chunkReader(suite: Suite, keys: StreamKey, head: Uint8Array) {
  if (head.length !== headBytes) return null
  const { cipher, commitment } = await streamCipher(suite, keys, head.slice(0, saltBytes))
  if (!equal(commitment, head.subarray(saltBytes))) return null
  return (index: number, isLast: boolean, sealed: Uint8Array): Promise<Uint8Array | null> =>
    cipher.open(nonceOf(index, isLast), keys.aad, sealed)
}

/** Size and tree hash of a stream as it arrives, without any key. */
export async function streamRoot(
  suite: Suite,
  source: ByteSource,
  chunkBytes: number,
): Promise<{ bytes: number; root: Uint8Array }> {
  let tree = emptyFrontier
  let bytes = 0
  const pieces = chunksOf(source, chunkBytes + suite.tagBytes, undefined, headBytes)
  const leaves = inOrder(pieces, async (piece) => ({
    bytes: piece.bytes.length,
    leaf: await suite.hashChunk(piece.leafInput),
  }))
  for await (const piece of leaves) {
    bytes += piece.bytes
    tree = appendLeaves(tree, [piece.leaf], suite.hash)
  }
  return { bytes, root: frontierRoot(tree, suite.hash) }
}
