import { personName } from '../../party-name.ts'
import { loadJoined, type Platform } from '../../platform.ts'
import { signaturesOf } from '../../signatures.ts'
import type { Trade } from '../../trade.ts'
import { isBondAtRisk, isListed, isShown } from './rules-bonds.ts'

/** What the lot's guards need of its bidders' hidden streams, once the opening has shown them. */
export async function awardExtra(platform: Platform, lot: string) {
  const joined = await loadJoined(platform, lot)
  const bonds = joined.flatMap((b) => [...b.state.bonds])
  const signatures = [...(await signaturesOf(platform, lot))]
  return {
    unsettledSignatures: signatures.filter(([, status]) => status === 'unknown').length,
    revokedSignatures: signatures.flatMap(([bidder, status]) =>
      status === 'revoked' ? [bidder] : [],
    ),
    bondsOpen: bonds.filter((bond) => bond.settled === null).length,
  }
}

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
