import type { Certificate } from './party-answer.ts'

/** A sealed bid of one's own that waits, as `GET /api/party/sealed-bids` gives it. */
export interface SealedBid {
  readonly id: string
  readonly trade: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly lot: string
  readonly lotTitle: { readonly zh: string; readonly en: string }
  readonly revision: number
  readonly deadline: string
  readonly isOver: boolean
  /** SHA-256 of the certificate whose key opens it; null: it is not bound (any more). */
  readonly certificate: string | null
}

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
