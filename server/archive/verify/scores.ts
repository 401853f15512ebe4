import type { Working } from '../../evaluation/evaluation/decider.ts'
import type { LotResult } from '../../evaluation/evaluation/outcome.ts'
import { evaluationFacts } from '../../evaluation/evaluation/rules-facts.ts'
import { reportDigest, resultOf } from '../../evaluation/evaluation/rules-report.ts'
import { dataOf } from '../../event-data.ts'
import { canonicalize } from '../../formats/jcs.ts'
import type { BagInfo } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Folded } from './fold.ts'
import type { Place, Report } from './report.ts'

/**
 * Every score made again from the sheets, the opened prices and the document's formulas, and held
 * against what the evaluation published: each bid by itself, so that one difference hides no other.
 * @returns the result, where the bag holds the sheets
 */
export function checkScores(
  info: BagInfo,
  events: readonly BagEvent[],
  folded: Folded,
  report: Report,
): LotResult | null {
  const own = events.filter((e) => e.stream === `evaluation:${info.lot}`)
  if (own.some((e) => e.event === null)) {
    report.withhold('scores')
    return null
  }
  const ranked = own.findLast((e) => e.event?.type === 'BidsRanked')
  if (!ranked) return null
  const place: Place = { path: ranked.path, stream: ranked.stream, version: ranked.version }
  const state = folded.before(ranked) as Working | undefined
  const known = state ? resultOf(state, evaluationFacts(folded.trade, info.lot)) : null
  const found = dataOf(ranked.event, 'evaluation', 'BidsRanked')
  if (!known || !found) {
    report.skip('scores', 'scores-unchecked', place)
    return null
  }
  const { result } = known
  for (const row of result.ranking) {
    const shown = found.ranking.find((r) => r.bid === row.bid)
    for (const item of ['evaluatedPriceFen', 'priceScore', 'itemsMean', 'total'] as const)
      compare(
        'score-differs',
        row[item],
        shown?.[item],
        { ...place, bidder: row.bid, item },
        report,
      )
  }
  compare('benchmark-differs', result.benchmarkFen ?? null, found.benchmarkFen, place, report)
  compare('report-digest-differs', reportDigest(found.report), found.reportSha256, place, report)
  return result
}

/** Counts what agrees, tells what differs. */
function compare(
  code: string,
  expected: unknown,
  shown: unknown,
  place: Place,
  report: Report,
): void {
  if (canonicalize(expected ?? null) === canonicalize(shown ?? null)) report.pass('scores')
  else report.fail('scores', code, place, { expected, found: shown })
}
