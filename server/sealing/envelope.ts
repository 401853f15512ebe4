import {
  asObject,
  assert,
  b64u,
  canonicalBytes,
  concat,
  equal,
  FormatError,
  fromB64u,
  hasExactly,
  type Json,
  type JsonObject,
  parseCanonical,
  readU32,
  u32,
  utf8,
} from '../formats/index.ts'

/** "YGSEAL" 01 0A: what a file must begin with to be an envelope. */
export const envelopeMagic = concat(utf8('YGSEAL'), Uint8Array.of(1, 10))
/** "YGBLOB" 01 0A, before the stream of a blob. */
export const blobMagic = concat(utf8('YGBLOB'), Uint8Array.of(1, 10))
export const maxHeaderBytes = 65_536

/** What a bid is bound to; everything in it is authenticated by `ctx`. */
export interface BidContext {
  readonly v: 1
  /** The platform's id. */
  readonly platform: string
  readonly tender: string
  readonly lot: string
  /** `whole`, or a part that is opened apart: `technical`, `price`. */
  readonly part: string
  readonly document: { readonly version: number; readonly sha256: string }
  readonly bidder: { readonly party: string; readonly certSha256: string }
  readonly revision: number
  readonly suite: string
  readonly chunkBytes: number
  /** The trustees' board, null where the bidder alone can open. */
  readonly board: string | null
}

/** A blob as signed: `bytes` of the whole blob, `root` of its stream. */
export interface BlobRecord {
  /** base64url of 16 random bytes. */
  readonly id: string
  readonly bytes: number
  readonly root: string
}

export interface StreamRecord {
  readonly bytes: number
  readonly root: string
}

/** All bytes in base64url. */
export interface EnvelopeHeader {
  readonly v: 1
  readonly context: BidContext
  readonly R: string
  readonly R2: string
  readonly e: string
  readonly f: string
  readonly commit: string
  readonly quotation: StreamRecord
  readonly files: StreamRecord
  /** In text order of id. */
  readonly blobs: readonly BlobRecord[]
}

export interface Envelope {
  readonly header: EnvelopeHeader
  readonly headerBytes: Uint8Array
  /** The two streams. */
  readonly quotation: Uint8Array
  readonly files: Uint8Array
}

export type EnvelopeProblem =
  | 'envelope-unrecognised'
  | 'envelope-truncated'
  | 'envelope-trailing-bytes'
  | 'header-too-large'
  | 'header-not-canonical'

/**
 * `magic ‖ u32 header length ‖ header ‖ quotation stream ‖ files stream`.
 * @throws FormatError `header-too-large`: more blobs than a header holds
 */
export function encodeEnvelope(
  header: EnvelopeHeader,
  quotation: Uint8Array,
  files: Uint8Array,
): Uint8Array {
  const headerBytes = canonicalBytes(header)
  if (headerBytes.length > maxHeaderBytes) throw new FormatError('header-too-large')
  assert(quotation.length === header.quotation.bytes, 'the header has the quotation’s size')
  assert(files.length === header.files.bytes, 'the header has the file list’s size')
  return concat(envelopeMagic, u32(headerBytes.length), headerBytes, quotation, files)
}

/**
 * Takes an envelope apart; the first thing wrong with its shape, in the order of refusals. No
 * signature, root or proof is looked at. A header whose fields are not exactly these, in these
 * shapes, is `header-not-canonical`.
 */
export function parseEnvelope(
  bytes: Uint8Array,
):
  | { readonly envelope: Envelope; readonly problem?: undefined }
  | { readonly problem: EnvelopeProblem } {
  const start = envelopeMagic.length + 4
  const shared = Math.min(bytes.length, envelopeMagic.length)
  if (!equal(bytes.subarray(0, shared), envelopeMagic.subarray(0, shared))) {
    return { problem: 'envelope-unrecognised' }
  }
  if (bytes.length < start) return { problem: 'envelope-truncated' }
  const headerLength = readU32(bytes, envelopeMagic.length)
  if (headerLength > maxHeaderBytes) return { problem: 'header-too-large' }
  const quotationAt = start + headerLength
  if (bytes.length < quotationAt) return { problem: 'envelope-truncated' }
  const headerBytes = bytes.slice(start, quotationAt)
  const header = readHeader(headerBytes)
  if (header === null) return { problem: 'header-not-canonical' }
  const filesAt = quotationAt + header.quotation.bytes
  const end = filesAt + header.files.bytes
  if (bytes.length < end) return { problem: 'envelope-truncated' }
  if (bytes.length > end) return { problem: 'envelope-trailing-bytes' }
  const quotation = bytes.slice(quotationAt, filesAt)
  return { envelope: { header, headerBytes, quotation, files: bytes.slice(filesAt) } }
}

/** The header, or null where the bytes are not exactly its canonical form. */
export function readHeader(bytes: Uint8Array): EnvelopeHeader | null {
  const parsed = parseCanonical(bytes, { maxBytes: maxHeaderBytes, maxDepth: 8 })
  if (parsed.problem !== undefined) return null
  const header = asObject(parsed.value)
  if (header === null || !hasExactly(header, headerKeys)) return null
  const isWhole =
    header.v === 1 &&
    isContext(header.context) &&
    isBytes(header.R, 33) &&
    isBytes(header.R2, 33) &&
    isBytes(header.e, 32) &&
    isBytes(header.f, 32) &&
    isBytes(header.commit, 32) &&
    isStreamRecord(header.quotation) &&
    isStreamRecord(header.files) &&
    Array.isArray(header.blobs) &&
    header.blobs.every(isBlobRecord) &&
    isAscending((header.blobs as BlobRecord[]).map((blob) => blob.id))
  return isWhole ? (header as unknown as EnvelopeHeader) : null
}

const headerKeys = ['v', 'context', 'R', 'R2', 'e', 'f', 'commit', 'quotation', 'files', 'blobs']
const contextKeys = [
  ...['v', 'platform', 'tender', 'lot', 'part', 'document', 'bidder'],
  ...['revision', 'suite', 'chunkBytes', 'board'],
]

function isContext(value: Json | undefined): boolean {
  const context = asObject(value)
  if (context === null || !hasExactly(context, contextKeys)) return false
  const document = asObject(context.document)
  const bidder = asObject(context.bidder)
  if (document === null || !hasExactly(document, ['version', 'sha256'])) return false
  if (bidder === null || !hasExactly(bidder, ['party', 'certSha256'])) return false
  return (
    context.v === 1 &&
    [context.platform, context.tender, context.lot, context.part, context.suite].every(isName) &&
    isNatural(document.version) &&
    isBytes(document.sha256, 32) &&
    isName(bidder.party) &&
    isBytes(bidder.certSha256, 32) &&
    isNatural(context.revision) &&
    isNatural(context.chunkBytes) &&
    (context.board === null || isName(context.board))
  )
}

function isStreamRecord(value: Json | undefined): boolean {
  const record = asObject(value)
  return record !== null && hasExactly(record, ['bytes', 'root']) && isStream(record)
}

function isBlobRecord(value: Json): boolean {
  const record = asObject(value)
  if (record === null || !hasExactly(record, ['id', 'bytes', 'root'])) return false
  return isBytes(record.id, 16) && isStream(record)
}

const isStream = (record: JsonObject) => isNatural(record.bytes) && isBytes(record.root, 32)
const isName = (value: Json | undefined) => typeof value === 'string' && value !== ''
const isNatural = (value: Json | undefined) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** True for the base64url of so many bytes. */
export function isBytes(value: Json | undefined, length: number): value is string {
  if (typeof value !== 'string') return false
  try {
    return b64u(fromB64u(value, length)) === value
  } catch {
    return false
  }
}

const isAscending = (ids: readonly string[]) => ids.every((id, i) => i === 0 || ids[i - 1]! < id)
