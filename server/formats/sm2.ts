import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { bigint, concat, scalar32 } from './bytes.ts'
import { sm3 } from './sm3.ts'

/**
 * SM2 signatures with SM3. WebCrypto has no SM2, and Node's uses an empty id that can't be changed,
 * so it refuses every real one: hence these lines.
 * @source GB/T 32918.1, .2, .5 (curve, signature, parameters); GM/T 0009 (id, encodings)
 */

const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}
const Point = weierstrass(CURVE)
type Sm2Point = InstanceType<typeof Point>

/** The id that certificates and their owners use unless the trust list says otherwise. */
export const SM2_DEFAULT_ID = '1234567812345678'
export const SM2_ORDER = CURVE.n

export interface Sm2Signature {
  r: bigint
  s: bigint
}

/** A public key 04‖x‖y, or null if it is not a point of the curve. */
export function sm2Point(uncompressed: Uint8Array): Sm2Point | null {
  if (uncompressed.length !== 65 || uncompressed[0] !== 4) return null
  try {
    const point = Point.fromBytes(uncompressed)
    point.assertValidity()
    return point
  } catch {
    return null
  }
}

/** Z: the digest that binds the signer's id and public key. ENTL counts bits; numbers are padded to 32 bytes. */
function identityDigest(publicKey: Uint8Array, id: string): Uint8Array {
  const idBytes = new TextEncoder().encode(id)
  const entl = Uint8Array.of((idBytes.length * 8) >> 8, (idBytes.length * 8) & 0xff)
  const fields = [CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].map(scalar32)
  return sm3(concat(entl, idBytes, ...fields, publicKey.subarray(1)))
}

/** e = SM3(Z ‖ M) as a number. */
export function sm2Digest(publicKey: Uint8Array, id: string, message: Uint8Array): bigint {
  return bigint(sm3(concat(identityDigest(publicKey, id), message)))
}

/** Whether the signature is right. The key must be a point of the curve (`sm2Point`). */
export function sm2Verify(
  publicKey: Uint8Array,
  message: Uint8Array,
  { r, s }: Sm2Signature,
  id: string = SM2_DEFAULT_ID,
): boolean {
  const { n } = CURVE
  const point = sm2Point(publicKey)
  if (!point || r < 1n || r >= n || s < 1n || s >= n) return false
  const t = (r + s) % n
  if (t === 0n) return false
  const sum = Point.BASE.multiplyUnsafe(s).add(point.multiplyUnsafe(t))
  if (sum.is0()) return false
  return (sm2Digest(publicKey, id, message) + sum.toAffine().x) % n === r
}

/**
 * Signs with the private number d in [1, n − 2].
 * @param random 40 bytes from a secure source for each try, reduced to k without bias that matters
 */
export function sm2Sign(
  d: bigint,
  message: Uint8Array,
  random: () => Uint8Array,
  id: string = SM2_DEFAULT_ID,
): Sm2Signature {
  const { n } = CURVE
  const e = sm2Digest(sm2PublicKey(d), id, message)
  for (;;) {
    const k = (bigint(random()) % (n - 1n)) + 1n
    const r = (e + Point.BASE.multiply(k).toAffine().x) % n
    if (r === 0n || r + k === n) continue
    const s = (inverse(1n + d, n) * (k - ((r * d) % n) + n)) % n
    if (s !== 0n) return { r, s }
  }
}

/** The public key 04‖x‖y of d. */
export function sm2PublicKey(d: bigint): Uint8Array {
  return Point.BASE.multiply(d).toBytes(false)
}

function inverse(value: bigint, n: bigint): bigint {
  let [a, b, x, y] = [value % n, n, 1n, 0n]
  while (a > 1n) {
    const q = a / b
    ;[a, b, x, y] = [b, a % b, y, x - q * y]
  }
  return ((x % n) + n) % n
}
