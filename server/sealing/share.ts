import { assert, bigint, concat, scalar32, utf8 } from '../formats/index.ts'
import {
  hkdfExpand,
  hkdfExtract,
  type Point,
  randomBytes,
  readPoint,
  reduceScalar,
  type Suite,
  writePoint,
} from './suite.ts'

/** A trustee's share of one bid, and the proof that it is made with his key and for that bid. */
export interface Share {
  /** 1…n, as the board lists its trustees. */
  readonly trustee: number
  /** Zi = xi·R, 33 bytes. */
  readonly Zi: Uint8Array
  /** 32 bytes each. */
  readonly e: Uint8Array
  readonly f: Uint8Array
}

/** What a share is made for: the bid's point, and everything its opening depends on. */
export interface ShareOf {
  /** 33 bytes. */
  readonly R: Uint8Array
  /** `proofLabel` of the header. */
  readonly label: Uint8Array
}

/**
 * A trustee's share. The caller has checked deadline, opening order and openability proof before.
 * @param xi the trustee's secret key
 * @throws FormatError never; asserts that R is a point
 */
export function makeShare(suite: Suite, bid: ShareOf, trustee: number, xi: bigint): Share {
  const prk = hkdfExtract(suite, randomBytes(32), concat(scalar32(xi), bid.label))
  const info = utf8('yangguang/v1 share nonce')
  const w = reduceScalar(suite.group, hkdfExpand(suite, prk, info, 48))
  const { Point, order } = suite.group
  const R = readPoint(suite.group, bid.R)
  assert(R !== null && w !== 0n, 'R was checked at submission')
  const Zi = R.multiply(xi)
  const Yi = Point.BASE.multiply(xi)
  const e = challenge(suite, bid.label, R, Yi, Zi, Point.BASE.multiply(w), R.multiply(w))
  return { trustee, Zi: writePoint(Zi), e: scalar32(e), f: scalar32((w + xi * e) % order) }
}

/**
 * True where the share is xi·R for the xi behind the trustee's public key.
 * @param Yi 33 bytes, as the board lists it
 * @source sealing-ledger.md §4
 */
export function isShare(suite: Suite, bid: ShareOf, Yi: Uint8Array, share: Share): boolean {
  const { Point, order } = suite.group
  const [R, key, Zi] = [bid.R, Yi, share.Zi].map((bytes) => readPoint(suite.group, bytes))
  if (!R || !key || !Zi || share.e.length !== 32 || share.f.length !== 32) return false
  const [e, f] = [bigint(share.e), bigint(share.f)]
  if (e >= order || f >= order) return false
  const minusE = e === 0n ? 0n : order - e
  const W = Point.BASE.mulAddUnsafe(f, key, minusE)
  const WR = R.mulAddUnsafe(f, Zi, minusE)
  if (W.is0() || WR.is0()) return false
  return challenge(suite, bid.label, R, key, Zi, W, WR) === e
}

/**
 * Z of a bid from t shares of distinct trustees, each checked before: Σ λi·Zi.
 * @returns 33 bytes
 */
export function combineShares(suite: Suite, shares: readonly Share[]): Uint8Array {
  const { Point, order } = suite.group
  const indices = shares.map((s) => BigInt(s.trustee))
  assert(new Set(indices).size === indices.length && indices.length > 0, 'distinct trustees')
  const mod = (n: bigint) => ((n % order) + order) % order
  let Z: Point = Point.ZERO
  for (const [i, share] of shares.entries()) {
    const Zi = readPoint(suite.group, share.Zi)
    assert(Zi !== null, 'a share that was checked is a point')
    let [top, bottom] = [1n, 1n]
    for (const [k, other] of indices.entries()) {
      if (k === i) continue
      top = mod(top * other)
      bottom = mod(bottom * (other - (indices[i] as bigint)))
    }
    Z = Z.add(Zi.multiply(mod(top * Point.Fn.inv(bottom))))
  }
  return writePoint(Z)
}

/** H over label, R, Yi, Zi and the two commitments, mod n. */
function challenge(suite: Suite, label: Uint8Array, ...points: readonly Point[]): bigint {
  const bytes = concat(utf8('yangguang/v1 share\n'), label, ...points.map(writePoint))
  return reduceScalar(suite.group, suite.hash(bytes))
}
