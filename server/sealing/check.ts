import { b64u, bigint, fromB64u } from '../formats/index.ts'
import { contextDigest, headerHash, proofLabel } from './derive.ts'
import {
  type BidContext,
  blobMagic,
  type Envelope,
  type EnvelopeHeader,
  parseEnvelope,
} from './envelope.ts'
import { isPadded, type Sizes } from './padding.ts'
import type { SubmissionProblem } from './problem.ts'
import { isOpenable } from './proof.ts'
import { plainBytes, streamRoot } from './stream.ts'
import { type Point, readPoint, type Suite } from './suite.ts'

/** What an envelope must be for. */
export interface ExpectedBid {
  readonly platform: string
  readonly tender: string
  readonly lot: string
  readonly part: string
  readonly document: { readonly version: number; readonly sha256: string }
  readonly bidder: { readonly party: string; readonly certSha256: string }
  /** The tender's board, null where it has none. */
  readonly board: string | null
  /** Those that the tender document allows. */
  readonly suites: readonly Suite[]
}

/** A blob as it lies in the store, hashed there on arrival. */
export interface PresentBlob {
  readonly bytes: number
  /** base64url of its stream's root; of a blob that is whole. */
  readonly root: string
  /** Uploaded by another party, or for another lot. */
  readonly isForeign?: boolean
}

/** What the checks need from outside. */
export interface SubmissionFacts {
  /** The blob of this id, if it arrived whole. */
  readonly blob: (id: string) => PresentBlob | null | Promise<PresentBlob | null>
  /** True where another envelope has this R (33 bytes, base64url). */
  readonly isPointUsed?: (R: string) => boolean | Promise<boolean>
}

export interface SubmissionRefusal {
  readonly problem: SubmissionProblem
  /** The blob, where one is meant. */
  readonly blob?: string
}

export interface CheckedBid {
  readonly problem?: undefined
  readonly envelope: Envelope
  readonly suite: Suite
  /** 32 bytes; the act must sign it: `signature-invalid` is for the caller, as all after it. */
  readonly headerHash: Uint8Array
}

/**
 * Looks at an envelope before it is accepted and gives the first refusal, in the order of
 * `submissionProblems`. It opens nothing: no key is needed. Left to the caller, afterwards:
 * signature and certificate, entitlement, `revision-stale`, `bid-too-late`.
 */
export async function checkSubmission(
  bytes: Uint8Array,
  expected: ExpectedBid,
  facts: SubmissionFacts,
  sizes: Sizes,
): Promise<CheckedBid | SubmissionRefusal> {
  const parsed = parseEnvelope(bytes)
  if (parsed.problem !== undefined) return parsed
  const { envelope } = parsed
  const { header } = envelope
  const suite = expected.suites.find(({ id }) => id === header.context.suite)
  // Chunk size is fixed with the suite: another one would be another format.
  if (suite === undefined || header.context.chunkBytes !== sizes.chunkBytes) {
    return { problem: 'suite-not-allowed' }
  }
  const problem =
    wrongContext(header.context, expected) ??
    (await wrongProof(suite, header, facts)) ??
    (await alteredStream(suite, envelope))
  if (problem !== null) return { problem }
  const blobs = await wrongBlob(suite, header, facts, sizes)
  return blobs ?? { envelope, suite, headerHash: headerHash(suite, envelope.headerBytes) }
}

function wrongContext(context: BidContext, expected: ExpectedBid): SubmissionProblem | null {
  if (context.platform !== expected.platform) return 'wrong-platform'
  if (context.tender !== expected.tender) return 'wrong-tender'
  if (context.lot !== expected.lot) return 'wrong-lot'
  if (context.part !== expected.part) return 'wrong-part'
  const { document, bidder } = expected
  const isCurrent =
    context.document.version === document.version && context.document.sha256 === document.sha256
  if (!isCurrent) return 'document-version-stale'
  const isBidder =
    context.bidder.party === bidder.party && context.bidder.certSha256 === bidder.certSha256
  if (!isBidder) return 'wrong-bidder'
  return context.board === expected.board ? null : 'wrong-board'
}

async function wrongProof(
  suite: Suite,
  header: EnvelopeHeader,
  facts: SubmissionFacts,
): Promise<SubmissionProblem | null> {
  const R = readPoint(suite.group, fromB64u(header.R, 33))
  const R2 = readPoint(suite.group, fromB64u(header.R2, 33))
  if (R === null || R2 === null) return 'point-invalid'
  if (!hasProof(suite, header, R, R2)) return 'openability-proof-wrong'
  return (await facts.isPointUsed?.(header.R)) ? 'point-reused' : null
}

function hasProof(suite: Suite, header: EnvelopeHeader, R: Point, R2: Point): boolean {
  const label = proofLabel(suite, contextDigest(suite, header.context), header)
  const [e, f] = [bigint(fromB64u(header.e, 32)), bigint(fromB64u(header.f, 32))]
  return isOpenable(suite, label, R, R2, { e, f })
}

/**
 * True where a header carries a proof that its maker knows r, for just this header: what trustees
 * check themselves before they open.
 */
export function isHeaderOpenable(suite: Suite, header: EnvelopeHeader): boolean {
  const R = readPoint(suite.group, fromB64u(header.R, 33))
  const R2 = readPoint(suite.group, fromB64u(header.R2, 33))
  return R !== null && R2 !== null && hasProof(suite, header, R, R2)
}

async function alteredStream(
  suite: Suite,
  { header, quotation, files }: Envelope,
): Promise<SubmissionProblem | null> {
  const { chunkBytes } = header.context
  const isSigned = async (stream: Uint8Array, root: string) =>
    b64u((await streamRoot(suite, [stream], chunkBytes)).root) === root
  if (!(await isSigned(quotation, header.quotation.root))) return 'quotation-altered'
  return (await isSigned(files, header.files.root)) ? null : 'files-altered'
}

async function wrongBlob(
  suite: Suite,
  header: EnvelopeHeader,
  facts: SubmissionFacts,
  sizes: Sizes,
): Promise<SubmissionRefusal | null> {
  const present = new Map<string, PresentBlob>()
  for (const { id } of header.blobs) {
    const blob = await facts.blob(id)
    if (blob === null) return { problem: 'blob-missing', blob: id }
    present.set(id, blob)
  }
  for (const { id, bytes, root } of header.blobs) {
    const blob = present.get(id)!
    if (blob.bytes !== bytes || blob.root !== root) return { problem: 'blob-altered', blob: id }
  }
  const unpadded = unpaddedSize(suite, header, sizes)
  if (unpadded !== null) return unpadded
  const foreign = header.blobs.find(({ id }) => present.get(id)!.isForeign)
  if (foreign !== undefined) return { problem: 'blob-foreign', blob: foreign.id }
  return tooLarge(suite, header, sizes)
}

function unpaddedSize(
  suite: Suite,
  header: EnvelopeHeader,
  { chunkBytes, minTextBytes, minFileBytes, blobCounts }: Sizes,
): SubmissionRefusal | null {
  const isSize = (bytes: number, min: number) => {
    const plain = plainBytes(suite, bytes, chunkBytes)
    return plain !== null && isPadded(plain, min)
  }
  const areTexts = [header.quotation, header.files].every(({ bytes }) =>
    isSize(bytes, minTextBytes),
  )
  if (!areTexts || !blobCounts.includes(header.blobs.length)) return { problem: 'size-unpadded' }
  const blob = header.blobs.find(({ bytes }) => !isSize(bytes - blobMagic.length, minFileBytes))
  return blob === undefined ? null : { problem: 'size-unpadded', blob: blob.id }
}

function tooLarge(
  suite: Suite,
  { blobs }: EnvelopeHeader,
  { chunkBytes, maxFileBytes, maxBidBytes }: Sizes,
): SubmissionRefusal | null {
  const file = blobs.find(
    ({ bytes }) => plainBytes(suite, bytes - blobMagic.length, chunkBytes)! > maxFileBytes,
  )
  if (file !== undefined) return { problem: 'bid-too-large', blob: file.id }
  const total = blobs.reduce((sum, { bytes }) => sum + bytes, 0)
  return total > maxBidBytes ? { problem: 'bid-too-large' } : null
}

/**
 * Size and root of a blob as it arrives, for `PresentBlob`.
 * @param stream the blob after its first 8 bytes, which the caller has compared with `blobMagic`
 */
export const arrivedBlob = async (
  suite: Suite,
  stream: Parameters<typeof streamRoot>[1],
  chunkBytes: number,
): Promise<PresentBlob> => {
  const { bytes, root } = await streamRoot(suite, stream, chunkBytes)
  return { bytes: blobMagic.length + bytes, root: b64u(root) }
}
