import type { Trade } from '../../trade.ts'

/** What came out of a lot, for whoever opens its bag: nothing that the events do not say. */
export function outcomeOfLot(trade: Trade, lot: string) {
  const state = trade.lots.get(lot)
  if (!state || state.stage === 'none') return { lot, stage: 'none' }
  return {
    lot,
    stage: state.stage,
    ...('ground' in state ? { ground: state.ground } : {}),
    ...('winner' in state
      ? { award: { bidder: state.winner.bidder, priceFen: state.winner.priceFen } }
      : {}),
    ...('candidates' in state ? { candidates: state.candidates } : {}),
  }
}
