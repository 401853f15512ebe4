import { sideDigest } from '../log/index.ts'
import type { Platform } from '../platform.ts'

/**
 * The wrap of a bid secret: CMS EnvelopedData for the bidder's own encryption certificate. It lies
 * beside the sealed act and stands in no event, so that no bag for the public can hold it: who has
 * the wrap and, years later, the key, has the whole bid.
 * @source sealing-ledger.md §3 "Wraps", §9 "public"
 */
export function wrapDigest(platform: Platform, actDigest: Uint8Array, wrap: Uint8Array): string {
  // From the act, not by chance: the same act sent again must be the same content.
  const salt = platform.keys.name('wrap salt', actDigest)
  return Buffer.from(sideDigest({ v: 1, wrap: b64u(wrap) }, salt)).toString('base64url')
}

/**
 * The wrap in force of a live bid.
 * @param bid the digest of the act that brought it, and that of the side row
 * @returns base64url; null where there was none
 */
export async function readWrap(
  platform: Platform,
  bid: { readonly wrappedBy: string; readonly wrap: string | null },
): Promise<string | null> {
  if (bid.wrap === null) return null
  const digest = Buffer.from(bid.wrappedBy, 'base64url')
  const signed = await platform.store.signedBytes(digest, true)
  if (!signed?.beside || wrapDigest(platform, digest, signed.beside) !== bid.wrap)
    throw new Error('the wrap beside a bid is not the one that was taken')
  return b64u(signed.beside)
}

const b64u = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
