import type { LotResult } from '../../evaluation/evaluation/outcome.ts'
import type { BagInfo } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Report } from './report.ts'

/** Ranking, candidates and award against the scores. */
export function checkRanking(
  _info: BagInfo,
  events: readonly BagEvent[],
  _result: LotResult | null,
  report: Report,
): void {
  for (const e of events)
    if (e.event?.type === 'LotAwarded') report.skip('ranking', 'ranking-unchecked', { path: e.path })
}
