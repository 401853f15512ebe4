import { nonceHash } from '../../../server/experts/draw/seed.ts'
import { hex } from '../../../server/formats/index.ts'
import { readDraft, saveDraft } from '../../shell/drafts.ts'

/**
 * A contributor's nonce: made in this browser, kept here alone until it is revealed. Who loses it
 * can't reveal, so nothing is committed before it is kept.
 */
interface Kept {
  readonly nonceHex: string
  readonly sha256: string
}
const nameOf = (lot: string, party: string, sha256: string) => `nonce ${lot} ${party} ${sha256}`

/** @returns its SHA-256; null: this browser keeps nothing */
export async function makeNonce(lot: string, party: string): Promise<string | null> {
  const nonceHex = hex(crypto.getRandomValues(new Uint8Array(32)))
  const sha256 = nonceHash(nonceHex)
  const isKept = await saveDraft<Kept>(nameOf(lot, party, sha256), { nonceHex, sha256 })
  return isKept ? sha256 : null
}

/** The nonce of a hash, where it was made on this device. */
export async function keptNonce(
  lot: string,
  party: string,
  sha256: string,
): Promise<string | null> {
  return (await readDraft<Kept>(nameOf(lot, party, sha256)))?.value.nonceHex ?? null
}
