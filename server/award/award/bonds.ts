import { loadJoined, type Platform } from '../../platform.ts'
import type { Trade } from '../../trade.ts'

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

/** Whether the lot was opened: of one that was not, nobody learns who took part. */
export const isShown = (trade: Trade, lot: string): boolean =>
  trade.session.stage !== 'scheduled' && trade.session.lots.some((l) => l.lot === lot)

/** A bond as the agency settles it. */
export interface BondRow {
  readonly bidder: string
  readonly id: string
  readonly amountFen: number
  readonly form: 'transfer' | 'guarantee'
  readonly settled: 'returned' | 'forfeited' | null
}

export async function bondRows(platform: Platform, trade: Trade, lot: string): Promise<BondRow[]> {
  if (!isShown(trade, lot)) return []
  const joined = await loadJoined(platform, lot)
  return joined
    .flatMap((b) =>
      b.state.bonds.map(({ id, amountFen, form, settled }) => ({
        bidder: b.party,
        id,
        amountFen,
        form,
        settled,
      })),
    )
    .sort((a, b) => (a.bidder + a.id < b.bidder + b.id ? -1 : 1))
}
