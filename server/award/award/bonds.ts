import { personName } from '../../party-name.ts'
import { loadJoined, type Platform } from '../../platform.ts'
import { endedEarly, type Trade } from '../../trade.ts'
import { isBondAtRisk } from './rules-bonds.ts'

/** What the lot's guards need of its bidders' hidden streams, once the opening has shown them. */
export async function awardExtra(
  platform: Platform,
  lot: string,
): Promise<Record<string, unknown>> {
  const joined = await loadJoined(platform, lot)
  const live = joined.flatMap((b) => (b.state.stage === 'submitted' ? [b.state.bid] : []))
  const bonds = joined.flatMap((b) => [...b.state.bonds])
  return {
    unsettledSignatures: live.filter((bid) => bid.signature === 'unknown').length,
    bondsOpen: bonds.filter((bond) => bond.settled === null).length,
  }
}

/** Whether the lot's bids were listed at an opening. */
const isListed = (trade: Trade, lot: string): boolean =>
  trade.session.stage !== 'scheduled' && trade.session.lots.some((l) => l.lot === lot)

/**
 * Whether the lot's bonds are shown to those who settle them: once it was opened, or is over without
 * an opening, so that everyone's money goes back. Who paid is known then, who bid stays unknown.
 * @source 招标投标法实施条例 art. 31, 35, 57; 政府采购法实施条例 art. 33
 */
export const isShown = (trade: Trade, lot: string): boolean =>
  isListed(trade, lot) || endedEarly(trade, lot)

/** A bond as the agency settles it. */
export interface BondRow {
  readonly bidder: string
  readonly name: string
  readonly id: string
  readonly amountFen: number
  readonly form: 'transfer' | 'guarantee'
  readonly settled: 'returned' | 'forfeited' | null
  /** A ground of law to keep it: its bidder revoked after the deadline, or is otherwise at fault. */
  readonly mayForfeit: boolean
  /** Of an opened lot: the bidder revoked its bid after the deadline (TR 35). */
  readonly isRevoked: boolean
}

export async function bondRows(platform: Platform, trade: Trade, lot: string): Promise<BondRow[]> {
  if (!isShown(trade, lot)) return []
  const joined = await loadJoined(platform, lot)
  const rows: BondRow[] = []
  for (const { party, state } of joined) {
    const isRevoked = isListed(trade, lot) && state.stage === 'revoked'
    const mayForfeit = isRevoked || isBondAtRisk(trade, lot, party)
    const name = (await personName(platform, party)) ?? party
    for (const { id, amountFen, form, settled } of state.bonds)
      rows.push({ bidder: party, name, id, amountFen, form, settled, mayForfeit, isRevoked })
  }
  return rows.sort((a, b) => (a.bidder + a.id < b.bidder + b.id ? -1 : 1))
}
