import fs from 'node:fs'
import { concat, readU32, u32 } from '../formats/index.ts'
import { sha256 } from '../kernel/keys.ts'
import { writeWhole } from '../kernel/whole-file.ts'
import type { Platform } from '../platform.ts'
import { blobMagic, p256Suite, paddedBytes, productSizes, sealedBytes } from '../sealing/index.ts'
import { sealedPath } from './blobs.ts'

/**
 * Envelopes at rest. A header names bidder and lot, so an envelope is kept encrypted under the
 * platform's key, under a nameless name, in the size and form of a blob: one more among the others.
 */
const tagAndNonce = 28
const keyOf = (platform: Platform, digest: Uint8Array) => platform.keys.name('envelope', digest)

/** Size of what is encrypted, so that the file has the size of a blob. */
function innerBytes(envelopeBytes: number): number {
  const { minFileBytes, chunkBytes } = productSizes
  const stream = sealedBytes(p256Suite, paddedBytes(envelopeBytes, minFileBytes), chunkBytes)
  return stream - tagAndNonce
}

/** Keeps an envelope, durably, once for the same bytes. @returns its SHA-256, base64url */
export async function keepEnvelope(platform: Platform, envelope: Uint8Array): Promise<string> {
  const digest = sha256(envelope)
  const to = sealedPath(platform, keyOf(platform, digest))
  if (fs.existsSync(to)) return digest.toString('base64url')
  const inner = new Uint8Array(innerBytes(envelope.length))
  inner.set(concat(u32(envelope.length), envelope))
  await writeWhole(to, concat(blobMagic, platform.keys.seal('act', inner)))
  return digest.toString('base64url')
}

/**
 * An envelope by its SHA-256, checked.
 * @returns null where it is not there or its bytes are no longer these: the platform's fault
 */
export async function readEnvelope(platform: Platform, digest: string): Promise<Uint8Array | null> {
  const bytes = Buffer.from(digest, 'base64url')
  const file = await fs.promises
    .readFile(sealedPath(platform, keyOf(platform, bytes)))
    .catch(() => null)
  if (!file) return null
  try {
    const inner = platform.keys.open('act', file.subarray(blobMagic.length))
    const envelope = new Uint8Array(inner.subarray(4, 4 + readU32(inner)))
    return sha256(envelope).equals(bytes) ? envelope : null
  } catch {
    return null
  }
}
