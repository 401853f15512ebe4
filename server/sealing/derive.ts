import { assert, b64u, canonicalBytes, concat, fromB64u, utf8 } from '../formats/index.ts'
import type { BidContext, BlobRecord } from './envelope.ts'
import {
  hkdfExpand,
  hkdfExtract,
  type Point,
  reduceScalar,
  type Suite,
  writePoint,
} from './suite.ts'

const labelled = (suite: Suite, label: string, ...parts: Uint8Array[]): Uint8Array =>
  suite.hash(concat(utf8(`yangguang/v1 ${label}\n`), ...parts))

/** ctx: 32 bytes through which every key and proof of a bid is bound to its context. */
export const contextDigest = (suite: Suite, context: BidContext): Uint8Array =>
  labelled(suite, 'context', canonicalBytes(context))

/** What the bidder's act signs of an envelope. @param headerBytes as they stand in the envelope */
export const headerHash = (suite: Suite, headerBytes: Uint8Array): Uint8Array =>
  labelled(suite, 'header', headerBytes)

/**
 * r: the scalar of a bid.
 * @param s the bid secret, 32 random bytes, new for each envelope and revision
 */
export function bidScalar(suite: Suite, s: Uint8Array, ctx: Uint8Array): bigint {
  assert(s.length === 32 && ctx.length === 32, 'secret and ctx have 32 bytes')
  const prk = hkdfExtract(suite, utf8('yangguang/v1 r'), s)
  const r = reduceScalar(suite.group, hkdfExpand(suite, prk, ctx, 48))
  assert(r !== 0n, 'no secret is known that gives 0')
  return r
}

/** R = r·G names the bid's key, R2 = r·G2 goes with it in the openability proof. */
export const bidPoints = (suite: Suite, r: bigint): { R: Point; R2: Point } => ({
  R: suite.group.Point.BASE.multiply(r),
  R2: suite.group.generator2.multiply(r),
})

/** Z = r·Y: what any t trustees can compute as well. @param Y the board's joint key */
export const boardSecret = (Y: Point, r: bigint): Uint8Array => writePoint(Y.multiply(r))

export interface BidKeys {
  readonly prk: Uint8Array
  /** Published at opening. */
  readonly quotationKey: Uint8Array
  /** For the file list; never in a public bag. */
  readonly filesKey: Uint8Array
  /** In the header: one prk alone has it. */
  readonly commit: Uint8Array
}

/**
 * The keys of a bid.
 * @param R 33 bytes
 * @param secret Z (33 bytes) under a board, else s (32 bytes)
 */
export function bidKeys(suite: Suite, ctx: Uint8Array, R: Uint8Array, secret: Uint8Array): BidKeys {
  const prk = hkdfExtract(suite, ctx, concat(R, secret))
  const key = (use: string) => hkdfExpand(suite, prk, utf8(`yangguang/v1 ${use}`), 32)
  return {
    prk,
    quotationKey: key('quotation key'),
    filesKey: key('files key'),
    commit: key('bid commit'),
  }
}

/** Where a blob belongs; the same for every part of a lot. */
export interface BlobScope {
  readonly platform: string
  readonly tender: string
  readonly lot: string
  readonly party: string
}

export const blobScope = ({ platform, tender, lot, bidder }: BidContext): BlobScope => ({
  platform,
  tender,
  lot,
  party: bidder.party,
})

/** The aad of a blob: its id and bidder, so that no blob opens as another's. */
export const blobAad = (suite: Suite, { platform, tender, lot, party }: BlobScope, id: string) =>
  labelled(suite, 'blob', canonicalBytes({ id, lot, party, platform, tender }))

/** What the openability proof is made for: everything that opening depends on. */
export function proofLabel(
  suite: Suite,
  ctx: Uint8Array,
  header: {
    readonly commit: string
    readonly quotation: { readonly root: string }
    readonly files: { readonly root: string }
    readonly blobs: readonly BlobRecord[]
  },
): Uint8Array {
  return labelled(
    suite,
    'label',
    ctx,
    fromB64u(header.commit, 32),
    fromB64u(header.quotation.root, 32),
    fromB64u(header.files.root, 32),
    suite.hash(canonicalBytes(header.blobs)),
  )
}

/** A blob's id: base64url of 16 random bytes. */
export const blobId = (random: Uint8Array): string => b64u(random.slice(0, 16))
