import { concat, scalar32, utf8 } from '../formats/index.ts'
import { bidPoints } from './derive.ts'
import {
  hkdfExpand,
  hkdfExtract,
  type Point,
  randomBytes,
  reduceScalar,
  type Suite,
  writePoint,
} from './suite.ts'

/** That whoever made R knows r, said for one label alone. Scalars of 32 bytes. */
export interface OpenabilityProof {
  readonly e: bigint
  readonly f: bigint
}

/**
 * Proves knowledge of r for a label (TDH2): a copied R has no proof for another tender, and any t
 * trustees can open what the label names.
 * @param label 32 bytes
 * @source Shoup, Gennaro, "Securing Threshold Cryptosystems against Chosen Ciphertext Attack", 2002
 */
export function proveOpenability(suite: Suite, r: bigint, label: Uint8Array): OpenabilityProof {
  // Random and hedged: a broken generator alone does not give r away.
  const prk = hkdfExtract(suite, randomBytes(32), concat(scalar32(r), label))
  const info = utf8('yangguang/v1 tdh2 nonce')
  return proveWithNonce(
    suite,
    r,
    label,
    reduceScalar(suite.group, hkdfExpand(suite, prk, info, 48)),
  )
}

/** `proveOpenability` with a given nonce: for vectors alone. The same w for two labels reveals r. */
export function proveWithNonce(
  suite: Suite,
  r: bigint,
  label: Uint8Array,
  w: bigint,
): OpenabilityProof {
  const { R, R2 } = bidPoints(suite, r)
  const { R: W, R2: W2 } = bidPoints(suite, w)
  const e = challenge(suite, label, R, R2, W, W2)
  return { e, f: (w + r * e) % suite.group.order }
}

/** True where the proof is for these points and this label. Some 16 ms. */
export function isOpenable(
  suite: Suite,
  label: Uint8Array,
  R: Point,
  R2: Point,
  { e, f }: OpenabilityProof,
): boolean {
  const { Point, order, generator2 } = suite.group
  if (e >= order || f >= order) return false
  const minusE = e === 0n ? 0n : order - e
  const W = Point.BASE.mulAddUnsafe(f, R, minusE)
  const W2 = generator2.mulAddUnsafe(f, R2, minusE)
  if (W.is0() || W2.is0()) return false
  return challenge(suite, label, R, R2, W, W2) === e
}

function challenge(suite: Suite, label: Uint8Array, ...points: readonly Point[]): bigint {
  const bytes = concat(utf8('yangguang/v1 tdh2\n'), label, ...points.map(writePoint))
  return reduceScalar(suite.group, suite.hash(bytes))
}
