import type { Quotation } from '../../tendering/project/document-quotation.ts'
import type { Trade } from '../../trade.ts'
import type { BidFacts } from './score-rows.ts'

/** An opened bid of a lot, as evaluation and letters read it. */
export interface OpenedBid {
  readonly party: string
  readonly quotation: Quotation
  readonly priceFen: number
}

type Session = Exclude<Trade['session'], { stage: 'scheduled' }>
type Opened = Extract<Session['rows'][number], { outcome: 'opened' }>

/** The bids of a lot that were opened, by party: order of receipt must not matter. */
export function openedBids(trade: Trade, lot: string): OpenedBid[] {
  const { session } = trade
  if (session.stage === 'scheduled') return []
  return session.rows
    .filter((r): r is Opened => r.lot === lot && r.outcome === 'opened')
    .map(({ party, quotation, priceFen }) => ({ party, quotation, priceFen }))
    .sort((a, b) => (a.party < b.party ? -1 : 1))
}

/** What scoring needs of them. */
export function bidFactsOf(bids: readonly OpenedBid[]): BidFacts[] {
  return bids.map(({ party, priceFen, quotation: q }) => ({
    id: party,
    priceFen,
    ...(q.smallOrMicro === undefined ? {} : { smallOrMicro: q.smallOrMicro }),
    ...(q.deliveryDays === undefined ? {} : { deliveryDays: q.deliveryDays }),
    ...(q.paymentAdvancePercent === undefined
      ? {}
      : { paymentAdvancePercent: q.paymentAdvancePercent }),
    ...(q.discountPercent === undefined ? {} : { discountPercent: q.discountPercent }),
    // Left empty, it names no brand that others could share.
    ...(q.brand?.trim() ? { brand: q.brand } : {}),
  }))
}

/** K and method of a lot, as drawn at the opening. */
export function drawnParameters(trade: Trade, lot: string): { k?: string; method?: string } {
  if (trade.session.stage === 'scheduled') return {}
  const drawn = trade.session.parameters.find((p) => p.lot === lot)
  return { ...(drawn?.k ? { k: drawn.k } : {}), ...(drawn?.method ? { method: drawn.method } : {}) }
}
