import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from './bytes.ts'

/** A hash of whole bytes: SHA-256 or SM3, 32 bytes out. */
export type Hash = (bytes: Uint8Array) => Uint8Array

/** SHA-256, synchronous, 32 bytes. */
export const sha256 = (bytes: Uint8Array): Bytes => nobleSha256(bytes) as Bytes

/** HMAC-SHA-256, 32 bytes. */
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Bytes =>
  hmac(nobleSha256, key, message) as Bytes

/** A hash fed piece by piece; `digest` ends it. */
export interface Hasher {
  update(bytes: Uint8Array): Hasher
  digest(): Uint8Array
}

/** SHA-256 of what is too large to hold at once. */
export const sha256Hasher = (): Hasher => nobleSha256.create()
