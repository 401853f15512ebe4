import type { Context } from '../../kernel/decider.ts'
import type { Facts } from './decider.ts'
import type { PriceCorrection } from './rules-corrections.ts'
import type { BidFacts } from './score-rows.ts'

/**
 * A bid that its bidder revoked 撤销 after it was opened is judged and ranked no more. It leaves the
 * count of effective bids; where the document makes the benchmark from all opened prices its price
 * stays in it, since a bidder must not move D by leaving. The bond is at risk.
 * @source 招标投标法实施条例 art. 35; 政府采购法实施条例 art. 33; 财政部令第87号 art. 23 ○
 */
export interface RevokedBid {
  readonly bidder: string
  readonly reason: string
  /** Digest of the signed act by which the bidder revoked it. */
  readonly revocation: string
  readonly revokedAt: string
}

/** What a stage knows of bids that fell out by themselves, or changed in price. */
interface Known {
  readonly revoked?: readonly RevokedBid[] | undefined
  readonly corrections?: readonly PriceCorrection[] | undefined
}

export const isRevoked = (s: Known, bidder: string): boolean =>
  s.revoked?.some((row) => row.bidder === bidder) ?? false

/** Every opened bid at the price that counts: corrected and confirmed, else as opened. */
export function pricedBids(s: Known, bids: readonly BidFacts[]): BidFacts[] {
  return bids.map((bid) => {
    const corrected = s.corrections?.find((c) => c.bidder === bid.id && c.answer?.isConfirmed)
    return corrected ? { ...bid, priceFen: corrected.correctedFen } : bid
  })
}

/** The bids that are before purchaser and committee: opened, and not revoked since. */
export function standingBids(s: Known, bids: readonly BidFacts[]): BidFacts[] {
  return pricedBids(s, bids).filter((bid) => !isRevoked(s, bid.id))
}

type C = RevokedBid
type X = Context<Facts>

/** The system notes what the bidder's own hidden stream says. */
export const revocationCell = {
  unless: {
    'bid-not-in': (_: Known, c: C, x: X) => !x.facts.bids.some((bid) => bid.id === c.bidder),
    'revocation-noted': (s: Known, c: C) => isRevoked(s, c.bidder),
  },
  then: {
    RevocationNoted: (_: Known, { bidder, reason, revocation, revokedAt }: C) => ({
      bidder,
      reason,
      revocation,
      revokedAt,
    }),
  },
} as const
