import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from './bytes.ts'

/** A hash of whole bytes: SHA-256 or SM3, 32 bytes out. */
export type Hash = (bytes: Uint8Array) => Uint8Array

/**
 * The platform's own SHA-256, where it has a synchronous one: ten times as fast on an event, and
 * what a server or a verifier spends most on. Asked for by name and not imported: this module runs
 * in browsers too, which have none.
 */
const native = globalThis.process?.getBuiltinModule?.('node:crypto') ?? null
/** A copy without a Buffer's habits: its `slice` shares memory, and several lie in one pool. */
const bare = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)

/** SHA-256 without the platform's help, as browsers run it. */
export const portableSha256 = (bytes: Uint8Array): Bytes => nobleSha256(bytes) as Bytes

/** SHA-256, synchronous, 32 bytes. */
export const sha256: (bytes: Uint8Array) => Bytes = native?.hash
  ? (bytes) => bare(native.hash('sha256', bytes, 'buffer'))
  : portableSha256

/** HMAC-SHA-256, 32 bytes. */
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Bytes =>
  hmac(nobleSha256, key, message) as Bytes

/** A hash fed piece by piece; `digest` ends it. */
export interface Hasher {
  update(bytes: Uint8Array): Hasher
  digest(): Uint8Array
}

/** SHA-256 of what is too large to hold at once, without the platform's help. */
export const portableSha256Hasher = (): Hasher => nobleSha256.create()

/** SHA-256 of what is too large to hold at once. */
export function sha256Hasher(): Hasher {
  if (!native) return portableSha256Hasher()
  const hash = native.createHash('sha256')
  const hasher: Hasher = {
    update: (bytes) => {
      hash.update(bytes)
      return hasher
    },
    digest: () => bare(hash.digest()),
  }
  return hasher
}
