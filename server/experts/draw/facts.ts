import { wholeLimit } from '../../tendering/project/limits-data.ts'
import type { Trade } from '../../trade.ts'
import type { Facts } from './decider.ts'
import type { PoolExpert } from './seed.ts'

type Extra = Readonly<Record<string, unknown>>

/** Members that the law wants at the least for a trade of that budget. */
export function sizeLeast(trade: Trade): number {
  const { project } = trade
  if (project.stage !== 'published') return wholeLimit('committeeSize')
  const isLarge =
    project.regime === 'governmentProcurement' &&
    project.document.budgetFen >= wholeLimit('committeeLargeBudget')
  return wholeLimit(isLarge ? 'committeeSizeLarge' : 'committeeSize')
}

/** What the draw's guards know of the trade, and of the pool as the edge read it. */
export function drawFacts(trade: Trade, lotId: string, extra: Extra): Facts {
  const lot = trade.lots.get(lotId)
  return {
    pool: (extra.pool as readonly PoolExpert[] | undefined) ?? [],
    sizeLeast: sizeLeast(trade),
    isOpened: lot?.stage === 'qualifying' || lot?.stage === 'evaluating',
    isSuspended: lot !== undefined && 'suspensions' in lot && lot.suspensions.length > 0,
    recused: (extra.recused as readonly string[] | undefined) ?? null,
    unknownIds: (extra.unknownIds as readonly string[] | undefined) ?? [],
    tiedIds: (extra.tiedIds as readonly string[] | undefined) ?? [],
  }
}
