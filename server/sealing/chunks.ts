import { assert } from '../formats/index.ts'

/** Bytes in pieces of any size: a file's stream, a request's body, an array. */
export type ByteSource =
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>
  | ReadableStream<Uint8Array>

/** A piece of fixed size; only the last may be shorter. */
export interface Chunk {
  readonly index: number
  readonly bytes: Uint8Array
  /** 00 ‖ bytes, the same memory: what the hash of an RFC 6962 leaf takes, without another copy. */
  readonly leafInput: Uint8Array
  /** Of these, what came from the source; the rest is padding. */
  readonly contentBytes: number
  readonly isLast: boolean
}

/** Chunks in work at once: what hides WebCrypto's latency in 1 MiB of memory. */
const maxInFlight = 4

/**
 * Cuts a source into chunks. An empty source is one empty chunk; no other chunk is empty. Each chunk
 * is new memory, so a source may reuse its buffer.
 * @param padTo how many bytes, zeros included, for so many of content
 * @param firstBytes another size for chunk 0 (the head of a stream)
 */
export async function* chunksOf(
  source: ByteSource,
  chunkBytes: number,
  padTo: (contentBytes: number) => number = (bytes) => bytes,
  firstBytes = chunkBytes,
): AsyncGenerator<Chunk, void, void> {
  let index = 0
  let total = 0
  let size = firstBytes
  let buffer = new Uint8Array(1 + size)
  let filled = 0
  const next = (contentBytes: number, isLast: boolean): Chunk => {
    const leafInput = buffer.subarray(0, 1 + filled)
    const chunk = { index, bytes: leafInput.subarray(1), leafInput, contentBytes, isLast }
    index++
    size = chunkBytes
    buffer = new Uint8Array(isLast ? 0 : 1 + size)
    filled = 0
    return chunk
  }
  for await (const piece of piecesOf(source)) {
    for (let at = 0; at < piece.length; ) {
      // A full chunk waits until it is known whether it is the last.
      if (filled === size) yield next(size, false)
      const taken = Math.min(size - filled, piece.length - at)
      buffer.set(piece.subarray(at, at + taken), 1 + filled)
      filled += taken
      at += taken
      total += taken
    }
  }
  let zeros = padTo(total) - total
  assert(zeros >= 0, 'padding only adds')
  let content = filled
  while (filled + zeros > size) {
    zeros -= size - filled
    filled = size // memory is new: zeros already
    yield next(content, false)
    content = 0
  }
  filled += zeros
  yield next(content, true)
}

/** Reads a source piece by piece; stopping early lets go of it. */
export async function* piecesOf(source: ByteSource): AsyncGenerator<Uint8Array, void, void> {
  if (Symbol.asyncIterator in source || Symbol.iterator in source) {
    yield* source as AsyncIterable<Uint8Array>
    return
  }
  // Browsers before 2024 do not iterate a ReadableStream.
  const reader = (source as ReadableStream<Uint8Array>).getReader()
  let isDone = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      isDone = done
      if (done) return
      yield value
    }
  } finally {
    if (!isDone) await reader.cancel()
    reader.releaseLock()
  }
}

/**
 * Works on a few items at once and gives the results in order. Work that fails throws in its place.
 * @param firstAlone the first item is finished before others begin: they depend on it
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  { firstAlone = false } = {},
): AsyncGenerator<R, void, void> {
  const queue: Promise<R>[] = []
  let isFirst = firstAlone
  for await (const item of items) {
    const result = work(item)
    result.catch(() => {}) // heard below, or by nobody where the reader stopped
    queue.push(result)
    if (queue.length >= maxInFlight || isFirst) yield await queue.shift()!
    isFirst = false
  }
  for (const result of queue) yield await result
}
