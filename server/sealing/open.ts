import {
  appendLeaves,
  b64u,
  concat,
  emptyFrontier,
  equal,
  type FormatPlace,
  fromB64u,
  frontierRoot,
  type Json,
  type JsonObject,
  leafInput,
} from '../formats/index.ts'
import { type ByteSource, piecesOf } from './chunks.ts'
import {
  type BidKeys,
  type BlobScope,
  bidKeys,
  bidPoints,
  bidScalar,
  blobAad,
  boardSecret,
  contextDigest,
} from './derive.ts'
import { type BlobRecord, blobMagic, type Envelope, type StreamRecord } from './envelope.ts'
import {
  type Fault,
  type FileProblem,
  OpeningError,
  type OpeningFinding,
  type OpeningProblem,
} from './problem.ts'
import {
  chunkRange,
  chunkReader,
  headBytes,
  openStream,
  plainBytes,
  StreamError,
} from './stream.ts'
import { readPoint, type Suite, writePoint } from './suite.ts'
import {
  areBlobsOf,
  decodeText,
  type FileList,
  type FileRecord,
  fileListKeys,
  quotationKeys,
  readFileList,
} from './text.ts'

/** What opens a bid: its secret, with the board's key where it has one; or the board's Z. */
export type Release =
  | { readonly s: Uint8Array; readonly boardKey?: Uint8Array }
  | { readonly Z: Uint8Array }

/** What was sealed, or why it does not open. */
export type Opened<T> =
  | { readonly value: T; readonly finding?: undefined }
  | { readonly finding: OpeningFinding; readonly value?: undefined }

/** An opened bid: each of its two texts for itself, since a broken one does not hide the other. */
export interface OpenedBid {
  /** Published by `BidsOpened`. */
  readonly quotationKey: Uint8Array
  readonly filesKey: Uint8Array
  readonly quotation: Opened<Json>
  readonly files: Opened<FileList>
}

/** True for a quotation by the tender's form; a false one is `quotation-invalid`. */
export type QuotationForm = (quotation: Json) => boolean

const finding = (
  problem: OpeningProblem,
  fault: Fault,
  place: FormatPlace = {},
): { readonly finding: OpeningFinding } => ({ finding: { problem, place, fault } })

/**
 * Opens a bid whose header is the signed one (compare `headerHash` before). Bytes that match the
 * header's roots and do not open are the bidder's fault, other bytes the platform's.
 */
export async function openBid(
  suite: Suite,
  envelope: Envelope,
  release: Release,
  isQuotation: QuotationForm = () => true,
): Promise<Opened<OpenedBid>> {
  const keys = releasedKeys(suite, envelope, release)
  if (keys.finding !== undefined) return keys
  const { quotationKey, filesKey } = keys.value
  const quotation = await openQuotation(suite, envelope, quotationKey, 'bidder', isQuotation)
  const files = await openFileList(suite, envelope, filesKey, 'bidder')
  return { value: { quotationKey, filesKey, quotation, files } }
}

/** The keys of a bid by its secret: `key-not-this-bid`, `bid-commitment-differs`. */
export function releasedKeys(
  suite: Suite,
  { header }: Envelope,
  release: Release,
): Opened<BidKeys> {
  const ctx = contextDigest(suite, header.context)
  const R = fromB64u(header.R, 33)
  let secret: Uint8Array
  if ('Z' in release) {
    secret = release.Z
  } else {
    if (release.s.length !== 32) return finding('key-not-this-bid', 'bidder')
    const r = bidScalar(suite, release.s, ctx)
    if (!equal(writePoint(bidPoints(suite, r).R), R)) return finding('key-not-this-bid', 'bidder')
    const Y = release.boardKey === undefined ? null : readPoint(suite.group, release.boardKey)
    const needsBoard = header.context.board !== null
    if (needsBoard !== (Y !== null)) throw new Error('a bid under a board opens with its key')
    secret = Y === null ? release.s : boardSecret(Y, r)
  }
  const keys = bidKeys(suite, ctx, R, secret)
  const isCommitted = equal(keys.commit, fromB64u(header.commit, 32))
  return isCommitted ? { value: keys } : finding('bid-commitment-differs', 'bidder')
}

/**
 * Opens the quotation by the key that was published: what anyone does with a public bag. Where the
 * key does not fit the signed bytes nobody is named: it may be the key of another bid.
 */
export const openWithQuotationKey = (
  suite: Suite,
  envelope: Envelope,
  quotationKey: Uint8Array,
  isQuotation: QuotationForm = () => true,
): Promise<Opened<Json>> => openQuotation(suite, envelope, quotationKey, null, isQuotation)

/** Opens the file list by its key alone; nobody is named where the key does not fit. */
export const openWithFilesKey = (
  suite: Suite,
  envelope: Envelope,
  filesKey: Uint8Array,
): Promise<Opened<FileList>> => openFileList(suite, envelope, filesKey, null)

async function openQuotation(
  suite: Suite,
  envelope: Envelope,
  key: Uint8Array,
  keyFault: Fault,
  isQuotation: QuotationForm,
): Promise<Opened<Json>> {
  const text = await openText(suite, envelope, 'quotation', key, keyFault, quotationKeys)
  if (text.finding !== undefined) return text
  const quotation = text.value.quotation!
  return isQuotation(quotation) ? { value: quotation } : finding('quotation-invalid', 'bidder')
}

async function openFileList(
  suite: Suite,
  envelope: Envelope,
  key: Uint8Array,
  keyFault: Fault,
): Promise<Opened<FileList>> {
  const text = await openText(suite, envelope, 'files', key, keyFault, fileListKeys)
  if (text.finding !== undefined) return text
  const list = readFileList(text.value)
  if (list === null) return finding('files-not-canonical', 'bidder')
  if (!areBlobsOf(list, envelope.header.blobs)) return finding('files-blobs-differ', 'bidder')
  return { value: list }
}

async function openText(
  suite: Suite,
  { header, ...streams }: Envelope,
  name: 'quotation' | 'files',
  key: Uint8Array,
  keyFault: Fault,
  fields: readonly string[],
): Promise<Opened<JsonObject>> {
  const ctx = contextDigest(suite, header.context)
  const shape = { chunkBytes: header.context.chunkBytes, expectedBytes: header[name].bytes }
  const parts: Uint8Array[] = []
  let read: { readonly bytes: number; readonly root: Uint8Array }
  try {
    const stream = openStream(suite, { key, aad: ctx }, [streams[name]], shape)
    let step = await stream.next()
    for (; !step.done; step = await stream.next()) parts.push(step.value)
    read = step.value
  } catch (error) {
    if (!(error instanceof StreamError)) throw error
    const isSigned = isSignedStream(error, header[name])
    const byKey = error.problem === 'commitment-differs' ? keyFault : 'bidder'
    return finding(`${name}-${error.problem}`, isSigned ? byKey : 'platform', error.place)
  }
  const fault = isSignedStream(read, header[name]) ? 'bidder' : 'platform'
  // All chunks open and yet these are not the signed bytes: only who has the key can make such.
  if (fault === 'platform') return finding(`${name}-chunk-altered`, fault, { index: 0 })
  const text = decodeText(concat(...parts), fields, ctx)
  return text.problem === undefined
    ? { value: text.value }
    : finding(`${name}-${text.problem}`, fault)
}

const isSignedStream = (
  read: { readonly bytes: number; readonly root: Uint8Array },
  signed: StreamRecord,
): boolean => read.bytes === signed.bytes && b64u(read.root) === signed.root

/** A blob as it is held against the signed header. */
export interface FileToOpen {
  readonly scope: BlobScope
  readonly blob: BlobRecord
  readonly file: FileRecord
  readonly chunkBytes: number
}

/**
 * Opens a file, streaming; at most 4 chunks in memory. What it yields is verified chunk by chunk, but
 * only its end says that the whole is what the bidder listed: keep it apart until then.
 * @param source the blob from its first byte
 * @throws OpeningError with the first `file-…` finding; its place names chunk and blob
 */
export async function* openFile(
  suite: Suite,
  { scope, blob, file, chunkBytes }: FileToOpen,
  source: ByteSource,
): AsyncGenerator<Uint8Array, void, void> {
  const fail = (problem: FileProblem, fault: Fault, index?: number) =>
    new OpeningError({
      ...{ problem, fault },
      place: index === undefined ? { field: blob.id } : { field: blob.id, index },
    })
  const signed = { bytes: blob.bytes - blobMagic.length, root: blob.root }
  const magic = { isGood: true }
  const keys = { key: fromB64u(file.key, 32), aad: blobAad(suite, scope, blob.id) }
  const shape = { chunkBytes, expectedBytes: signed.bytes }
  const stream = openStream(suite, keys, withoutMagic(source, magic), shape)
  let left = file.bytes
  let isZero = true
  let tree = emptyFrontier
  let read: { readonly bytes: number; readonly root: Uint8Array }
  try {
    let step = await stream.next()
    for (; !step.done; step = await stream.next()) {
      const content = step.value.subarray(0, left)
      if (step.value.subarray(content.length).some((byte) => byte !== 0)) isZero = false
      left -= content.length
      if (content.length === 0) continue
      tree = appendLeaves(tree, [await suite.hashChunk(leafInput(content))], suite.hash)
      yield content
    }
    read = step.value
  } catch (error) {
    if (!(error instanceof StreamError)) throw error
    const isSigned = magic.isGood && isSignedStream(error, signed)
    throw fail(`file-${error.problem}`, isSigned ? 'bidder' : 'platform', error.place.index)
  } finally {
    await stream.return(undefined as never)
  }
  if (!magic.isGood || !isSignedStream(read, signed))
    throw fail('file-chunk-altered', 'platform', 0)
  const isListed = left === 0 && b64u(frontierRoot(tree, suite.hash)) === file.root
  if (!isListed) throw fail('file-digest-differs', 'bidder')
  if (!isZero) throw fail('file-padding-not-zero', 'bidder')
}

/** Single chunks of a file that lies somewhere as a blob, for who looks at a page of a long one. */
export interface FileChunks {
  readonly chunkBytes: number
  /** Where chunk i lies in the blob: from `start` to before `end`. */
  readonly place: (index: number) => { readonly start: number; readonly end: number }
  /**
   * The content of chunk i, without padding.
   * @throws OpeningError `file-chunk-altered` where these bytes are not that chunk
   */
  readonly open: (index: number, sealed: Uint8Array) => Promise<Uint8Array>
}

/** Bytes at a blob's start that `fileChunks` is given. */
export const fileHeadBytes = blobMagic.length + headBytes

/**
 * A reader of any chunk of a file. Each chunk is verified in its place; that the whole is what the
 * bidder listed says only `openFile`.
 * @param head the first `fileHeadBytes` of the blob
 * @throws OpeningError `file-chunk-altered`, `file-commitment-differs`
 */
export async function fileChunks(
  suite: Suite,
  { scope, blob, file, chunkBytes }: FileToOpen,
  head: Uint8Array,
): Promise<FileChunks> {
  const fail = (problem: FileProblem, index?: number) =>
    new OpeningError({
      ...{ problem, fault: null },
      place: index === undefined ? { field: blob.id } : { field: blob.id, index },
    })
  const padded = plainBytes(suite, blob.bytes - blobMagic.length, chunkBytes)
  if (!equal(head.subarray(0, blobMagic.length), blobMagic) || padded === null)
    throw fail('file-chunk-altered', 0)
  const keys = { key: fromB64u(file.key, 32), aad: blobAad(suite, scope, blob.id) }
  const read = await chunkReader(suite, keys, head.slice(blobMagic.length))
  if (!read) throw fail('file-commitment-differs')
  const last = Math.max(1, Math.ceil(padded / chunkBytes)) - 1
  return {
    chunkBytes,
    place: (index) => {
      const { start, end } = chunkRange(suite, index, chunkBytes)
      const to = Math.min(blobMagic.length + end, blob.bytes)
      return { start: blobMagic.length + start, end: to }
    },
    open: async (index, sealed) => {
      const plain = await read(index, index === last, sealed)
      if (!plain) throw fail('file-chunk-altered', index)
      return plain.subarray(0, Math.max(0, file.bytes - index * chunkBytes))
    },
  }
}

async function* withoutMagic(
  source: ByteSource,
  magic: { isGood: boolean },
): AsyncGenerator<Uint8Array> {
  let skipped = 0
  for await (const piece of piecesOf(source)) {
    const here = piece.subarray(0, blobMagic.length - skipped)
    const expected = blobMagic.subarray(skipped, skipped + here.length)
    if (!equal(here, expected)) magic.isGood = false
    skipped += here.length
    if (piece.length > here.length) yield piece.subarray(here.length)
  }
  if (skipped < blobMagic.length) magic.isGood = false
}
