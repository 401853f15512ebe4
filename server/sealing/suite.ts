import type { WeierstrassPoint, WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js'
import { p256 } from '@noble/curves/nist.js'
import {
  assert,
  type Bytes,
  bigint,
  concat,
  type Hash,
  hmacSha256,
  sha256,
  u32,
  utf8,
} from '../formats/index.ts'

export type SuiteId = 'P256-A256GCM-S256' | 'SM2-SM4CTR-HSM3'
export type Point = WeierstrassPoint<bigint>

/** A curve of prime order with two generators whose relation nobody knows. */
export interface Group {
  readonly Point: WeierstrassPointCons<bigint>
  readonly order: bigint
  readonly generator2: Point
}

/** The chunk cipher under one key. */
export interface ChunkCipher {
  /** Ciphertext ‖ tag. */
  seal(nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array): Promise<Uint8Array>
  /** The plaintext, or null where tag, nonce, aad or ciphertext differ. */
  open(nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Promise<Uint8Array | null>
}

/** The algorithms of a tender, fixed by its document: a header with another suite is refused. */
export interface Suite {
  readonly id: SuiteId
  readonly tagBytes: number
  /** Of the chunk key. */
  readonly keyBytes: number
  readonly group: Group
  /** 32 bytes, at once: for short inputs. */
  readonly hash: Hash
  /** The same hash for chunks, off the thread where the platform can. */
  hashChunk(bytes: Uint8Array): Promise<Uint8Array>
  hmac(key: Uint8Array, message: Uint8Array): Uint8Array
  cipher(key: Uint8Array): Promise<ChunkCipher>
  /** PBKDF2-HMAC of this suite's hash, 32 bytes. */
  stretch(passPhrase: Uint8Array, salt: Uint8Array, iterations: number): Promise<Uint8Array>
}

/** HKDF-Extract. @source RFC 5869 §2.2 */
export const hkdfExtract = (suite: Suite, salt: Uint8Array, ikm: Uint8Array): Uint8Array =>
  suite.hmac(salt, ikm)

/** HKDF-Expand. @source RFC 5869 §2.3 */
export function hkdfExpand(
  suite: Suite,
  prk: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  assert(length > 0 && length <= 255 * 32, 'HKDF gives at most 255 blocks')
  let out: Uint8Array = new Uint8Array()
  let block: Uint8Array = new Uint8Array()
  for (let i = 1; out.length < length; i++) {
    block = suite.hmac(prk, concat(block, info, Uint8Array.of(i)))
    out = concat(out, block)
  }
  return out.slice(0, length)
}

/**
 * The second generator: the first point 02 ‖ H("yangguang/v1 generator 2 " ‖ curve ‖ u32 counter),
 * counter from 0. Nobody chose it, so nobody knows its logarithm.
 */
export function secondGenerator(
  Point: WeierstrassPointCons<bigint>,
  curve: 'P-256' | 'SM2',
  hash: Hash,
): Point {
  for (let counter = 0; ; counter++) {
    const x = hash(concat(utf8(`yangguang/v1 generator 2 ${curve}`), u32(counter)))
    try {
      return Point.fromBytes(concat(Uint8Array.of(2), x))
    } catch {
      assert(counter < 256, 'half of all x are on the curve')
    }
  }
}

/** The point of 33 compressed bytes; null where off the curve, the identity or otherwise written. */
export function readPoint(group: Group, bytes: Uint8Array): Point | null {
  if (bytes.length !== 33 || (bytes[0] !== 2 && bytes[0] !== 3)) return null
  try {
    const point = group.Point.fromBytes(bytes) // checks the curve equation
    return point.is0() ? null : point
  } catch {
    return null
  }
}

export const writePoint = (point: Point): Uint8Array => point.toBytes(true)

/** A scalar of 48 or 32 hash bytes. */
export const reduceScalar = (group: Group, bytes: Uint8Array): bigint => bigint(bytes) % group.order

/** Random bytes of the platform's generator. */
export const randomBytes = (length: number): Bytes =>
  globalThis.crypto.getRandomValues(new Uint8Array(length))

// WebCrypto's types want bytes that are not shared between threads; ours never are.
const plain = (bytes: Uint8Array): Bytes => bytes as Bytes
const subtle = () => globalThis.crypto.subtle

/** P-256, AES-256-GCM and SHA-256: all in WebCrypto but the group, which noble computes. */
export const p256Suite: Suite = {
  id: 'P256-A256GCM-S256',
  tagBytes: 16,
  keyBytes: 32,
  group: {
    Point: p256.Point,
    order: p256.Point.CURVE().n,
    generator2: secondGenerator(p256.Point, 'P-256', sha256),
  },
  hash: sha256,
  hashChunk: async (bytes) => new Uint8Array(await subtle().digest('SHA-256', plain(bytes))),
  hmac: hmacSha256,
  async cipher(key) {
    const use: KeyUsage[] = ['encrypt', 'decrypt']
    const aes = await subtle().importKey('raw', plain(key), 'AES-GCM', false, use)
    const by = (nonce: Uint8Array, aad: Uint8Array) =>
      ({ name: 'AES-GCM', iv: plain(nonce), additionalData: plain(aad), tagLength: 128 }) as const
    return {
      async seal(nonce, aad, bytes) {
        return new Uint8Array(await subtle().encrypt(by(nonce, aad), aes, plain(bytes)))
      },
      async open(nonce, aad, sealed) {
        if (sealed.length < 16) return null
        try {
          return new Uint8Array(await subtle().decrypt(by(nonce, aad), aes, plain(sealed)))
        } catch {
          return null
        }
      },
    }
  },
  async stretch(passPhrase, salt, iterations) {
    const key = await subtle().importKey('raw', plain(passPhrase), 'PBKDF2', false, ['deriveBits'])
    const by = { name: 'PBKDF2', hash: 'SHA-256', salt: plain(salt), iterations }
    return new Uint8Array(await subtle().deriveBits(by, key, 256))
  },
}
