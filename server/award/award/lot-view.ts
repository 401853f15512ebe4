import type { Trade } from '../../trade.ts'

/** A lot from its report on, as pages read it. */
type LotState = Trade['lots'] extends ReadonlyMap<string, infer S> ? S : never
export type Evaluated = Extract<LotState, { ranking: unknown }>
export type Awarded = Extract<LotState, { winner: unknown }>

export const isEvaluated = (lot: LotState | undefined): lot is Evaluated =>
  lot !== undefined && 'ranking' in lot
export const isAwarded = (lot: LotState | undefined): lot is Awarded =>
  lot !== undefined && 'winner' in lot

/** Bidders by the names under which the hall listed them. */
export function namesOf(trade: Trade, lot: string): (party: string) => string {
  const bids =
    trade.session.stage === 'scheduled'
      ? []
      : (trade.session.lots.find((l) => l.lot === lot)?.bids ?? [])
  return (party) => bids.find((b) => b.party === party)?.name ?? party
}

/** What became of a listed bid at the opening. */
export function rowOf({ session }: Trade, lot: string, bidder: string) {
  if (session.stage === 'scheduled') return undefined
  return session.rows.find((row) => row.lot === lot && row.party === bidder)
}
