import { assert, b64u, concat, FormatError, type Json, scalar32 } from '../formats/index.ts'
import { type ByteSource, piecesOf } from './chunks.ts'
import {
  type BlobScope,
  bidKeys,
  bidPoints,
  bidScalar,
  blobAad,
  blobId,
  blobScope,
  boardSecret,
  contextDigest,
  headerHash,
  proofLabel,
} from './derive.ts'
import {
  type BidContext,
  type BlobRecord,
  blobMagic,
  type EnvelopeHeader,
  encodeEnvelope,
} from './envelope.ts'
import { decoyCount, paddedBytes, type Sizes } from './padding.ts'
import { proveOpenability } from './proof.ts'
import { type StreamKey, type StreamSummary, sealStream } from './stream.ts'
import { randomBytes, readPoint, type Suite, writePoint } from './suite.ts'
import { encodeText, type FileRecord, type FileRole } from './text.ts'

/** A file to be sealed. */
export interface FileToSeal {
  readonly source: ByteSource
  readonly name: string
  readonly mediaType: string
  readonly role: FileRole
}

/** Takes the bytes of one blob, in order; a promise holds the sealing back until it resolves. */
export type BlobSink = (bytes: Uint8Array) => void | Promise<void>

export interface SealedFile {
  readonly blob: BlobRecord
  readonly file: FileRecord
}

/** A new blob id: for one sealing alone, since a blob is never sealed again under its id. */
export const newBlobId = (): string => blobId(randomBytes(16))

/** A new bid secret s: 32 random bytes for one envelope and revision. */
export const newBidSecret = (): Uint8Array => randomBytes(32)

/**
 * Seals a file under a key of its own, streaming: at most 4 chunks in memory.
 * @param id from `newBlobId`
 * @throws FormatError `bid-too-large` beyond `maxFileBytes`; what source or sink throw
 */
export async function sealFile(
  suite: Suite,
  scope: BlobScope,
  id: string,
  file: FileToSeal,
  sink: BlobSink,
  sizes: Sizes,
): Promise<SealedFile> {
  const key = randomBytes(32)
  const keys = { key, aad: blobAad(suite, scope, id) }
  const sealed = await sealBlob(suite, keys, file.source, sink, sizes)
  const { name, mediaType, role } = file
  return {
    blob: { id, bytes: blobMagic.length + sealed.bytes, root: b64u(sealed.root) },
    file: {
      ...{ blob: id, key: b64u(key), bytes: sealed.content.bytes, mediaType, name, role },
      root: b64u(sealed.content.root!),
    },
  }
}

/** Seals a decoy: the least padding under a key that is forgotten. */
export async function sealDecoy(
  suite: Suite,
  scope: BlobScope,
  id: string,
  sink: BlobSink,
  sizes: Sizes,
): Promise<BlobRecord> {
  const keys = { key: randomBytes(32), aad: blobAad(suite, scope, id) }
  const sealed = await sealBlob(suite, keys, [], sink, sizes)
  return { id, bytes: blobMagic.length + sealed.bytes, root: b64u(sealed.root) }
}

async function sealBlob(
  suite: Suite,
  keys: StreamKey,
  source: ByteSource,
  sink: BlobSink,
  { chunkBytes, minFileBytes, maxFileBytes }: Sizes,
): Promise<StreamSummary> {
  const padTo = (bytes: number) => paddedBytes(bytes, minFileBytes)
  const bounded = atMost(source, maxFileBytes)
  const stream = sealStream(suite, keys, bounded, { chunkBytes, padTo, hashContent: true })
  await sink(blobMagic)
  try {
    for (;;) {
      const step = await stream.next()
      if (step.done) return step.value
      await sink(step.value)
    }
  } finally {
    // Where the sink failed, the source is let go at once; after a whole run this does nothing.
    await stream.return(undefined as never)
  }
}

async function* atMost(source: ByteSource, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of piecesOf(source)) {
    bytes += piece.length
    if (bytes > maxBytes) throw new FormatError('bid-too-large')
    yield piece
  }
}

/** What the envelope is made of, once all blobs are sealed. */
export interface BidToSeal {
  readonly context: BidContext
  /** From `newBidSecret`. */
  readonly s: Uint8Array
  /** The board's joint key Y, 33 bytes; null exactly where the context names no board. */
  readonly boardKey: Uint8Array | null
  /** What opening makes public, by the tender's form; null in a part without prices. */
  readonly quotation: Json
  readonly files: readonly SealedFile[]
  readonly decoys: readonly BlobRecord[]
  readonly sealedWith: { readonly bundleSha256: string; readonly version: string }
}

export interface SealedEnvelope {
  readonly envelope: Uint8Array
  readonly header: EnvelopeHeader
  /** 32 bytes: what the act signs. */
  readonly headerHash: Uint8Array
}

/**
 * Seals quotation and file list and makes the envelope. Cheap: a changed price needs this alone,
 * with a new s and the same blobs.
 * @throws FormatError for a quotation without canonical form (a fraction, text not in NFC),
 *   `header-too-large`, `point-invalid` for a board's key that is none
 */
export async function sealEnvelope(
  suite: Suite,
  bid: BidToSeal,
  sizes: Sizes,
): Promise<SealedEnvelope> {
  const { context, s, boardKey } = bid
  assert(context.suite === suite.id, 'the context names the suite')
  assert(context.chunkBytes === sizes.chunkBytes, 'the context names the chunk size')
  assert((context.board === null) === (boardKey === null), 'a board has a key')
  const Y = boardKey === null ? null : readPoint(suite.group, boardKey)
  if (boardKey !== null && Y === null) throw new FormatError('point-invalid')
  const ctx = contextDigest(suite, context)
  const r = bidScalar(suite, s, ctx)
  const points = bidPoints(suite, r)
  const [R, R2] = [writePoint(points.R), writePoint(points.R2)]
  const keys = bidKeys(suite, ctx, R, Y === null ? s : boardSecret(Y, r))
  const blobs = [...bid.files.map((file) => file.blob), ...bid.decoys].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  )
  const quotationText = { v: 1, ctx: b64u(ctx), quotation: bid.quotation }
  const filesText = {
    ...{ v: 1, ctx: b64u(ctx), files: bid.files.map(({ file }) => ({ ...file })) },
    ...{ decoys: bid.decoys.map((decoy) => decoy.id), sealedWith: bid.sealedWith },
  }
  const sealText = (text: { readonly [key: string]: Json }, key: Uint8Array) =>
    collect(sealStream(suite, { key, aad: ctx }, [encodeText(text, sizes.minTextBytes)], sizes))
  const quotation = await sealText(quotationText, keys.quotationKey)
  const files = await sealText(filesText, keys.filesKey)
  const signed = {
    commit: b64u(keys.commit),
    quotation: { bytes: quotation.bytes.length, root: b64u(quotation.root) },
    files: { bytes: files.bytes.length, root: b64u(files.root) },
    blobs: blobs.map(({ id, bytes, root }) => ({ id, bytes, root })),
  }
  const { e, f } = proveOpenability(suite, r, proofLabel(suite, ctx, signed))
  const header: EnvelopeHeader = {
    ...{ v: 1, context, R: b64u(R), R2: b64u(R2), e: b64u(scalar32(e)), f: b64u(scalar32(f)) },
    ...signed,
  }
  const envelope = encodeEnvelope(header, quotation.bytes, files.bytes)
  const headerBytes = envelope.subarray(
    12,
    envelope.length - signed.quotation.bytes - signed.files.bytes,
  )
  return { envelope, header, headerHash: headerHash(suite, headerBytes) }
}

async function collect(
  stream: AsyncGenerator<Uint8Array, StreamSummary, void>,
): Promise<{ bytes: Uint8Array; root: Uint8Array }> {
  const parts: Uint8Array[] = []
  for (;;) {
    const step = await stream.next()
    if (step.done) return { bytes: concat(...parts), root: step.value.root }
    parts.push(step.value)
  }
}

/**
 * Seals a whole bid: first every file and the decoys, each into the sink for its blob, then the
 * envelope.
 * @throws FormatError `bid-too-large` for too many files or bytes, and as `sealFile`, `sealEnvelope`
 */
export async function sealBid(
  suite: Suite,
  bid: Omit<BidToSeal, 'files' | 'decoys'> & { readonly files: readonly FileToSeal[] },
  sinkOf: (id: string) => BlobSink,
  sizes: Sizes,
): Promise<SealedEnvelope & { readonly files: readonly SealedFile[] }> {
  const decoys = decoyCount(bid.files.length, sizes)
  if (decoys === null) throw new FormatError('bid-too-large')
  const scope = blobScope(bid.context)
  const files: SealedFile[] = []
  for (const file of bid.files) {
    const id = newBlobId()
    files.push(await sealFile(suite, scope, id, file, sinkOf(id), sizes))
  }
  const decoyBlobs: BlobRecord[] = []
  for (let i = 0; i < decoys; i++) {
    const id = newBlobId()
    decoyBlobs.push(await sealDecoy(suite, scope, id, sinkOf(id), sizes))
  }
  const blobs = [...files.map((file) => file.blob), ...decoyBlobs]
  const bytes = blobs.reduce((sum, blob) => sum + blob.bytes, 0)
  if (bytes > sizes.maxBidBytes) throw new FormatError('bid-too-large')
  const sealed = await sealEnvelope(suite, { ...bid, files, decoys: decoyBlobs }, sizes)
  return { ...sealed, files }
}
