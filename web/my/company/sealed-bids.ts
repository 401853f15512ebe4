import type { SealedBid } from '../../../server/identity/party/sealed-bids.ts'
import type { Certificate } from './party-answer.ts'

export type { SealedBid }

export interface SealedBids {
  readonly items: readonly SealedBid[]
}

/** The encryption certificate that was bound last: new bids are sealed with its pair. */
export const newestOf = (certificates: readonly Certificate[]): string | null =>
  certificates.filter((one) => one.use === 'encrypt').at(-1)?.sha256 ?? null

/** Bids that another key opens than the one in use now: its file has to be kept. */
export function withOlderKey(
  bids: readonly SealedBid[],
  certificates: readonly Certificate[],
): readonly SealedBid[] {
  const newest = newestOf(certificates)
  return bids.filter((one) => one.certificate === null || one.certificate !== newest)
}
