import type { LotResult } from '../../evaluation/evaluation/outcome.ts'
import { dataOf, openedRows } from '../../event-data.ts'
import { canonicalize } from '../../formats/jcs.ts'
import type { RankedBid } from '../../tendering/lot/decider.ts'
import type { BagInfo } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Place, Report } from './report.ts'

/**
 * From the scores to the award: the ranking is theirs, candidates are its first, the award follows
 * the candidates in turn, and whoever is named anywhere contracts at the price that was opened.
 * @source 招标投标法实施条例 art. 53, 55; 财政部令第87号 art. 57, 68 ○
 */
export function checkRanking(
  info: BagInfo,
  events: readonly BagEvent[],
  result: LotResult | null,
  report: Report,
): void {
  const prices = new Map(
    openedRows(events, info.lot).map((r) => [
      r.party,
      (r as { priceFen?: number }).priceFen ?? null,
    ]),
  )
  const own = events.filter((e) => e.stream === `lot:${info.lot}`)
  const latest = own.findLast((e) => e.event?.type === 'LotEvaluated')?.event
  let candidates: readonly string[] | null = null
  const failed: string[] = []
  for (const { event, path, stream, version } of events) {
    if (!event || stream !== `lot:${info.lot}`) continue
    const place: Place = { path, stream, version }
    const evaluated = dataOf(event, 'lot', 'LotEvaluated')
    if (evaluated) {
      candidates = evaluated.candidates
      // A report that the purchaser sent back is none any more: its successor is held to account.
      if (result && event === latest) checkAgainst(result, evaluated, place, report)
      checkPrices(evaluated.ranking, prices, place, report)
    }
    const published = dataOf(event, 'lot', 'CandidatesPublished')
    if (published) {
      checkPrices(published.candidates, prices, place, report)
      candidates ??= published.candidates.map((c) => c.bidder)
    }
    const awarded = dataOf(event, 'lot', 'LotAwarded')
    if (awarded) {
      checkPrices([awarded], prices, place, report)
      const next = candidates?.find((c) => !failed.includes(c)) ?? null
      if (candidates === null) report.withhold('ranking')
      else if (next === awarded.bidder) report.pass('ranking')
      else
        report.fail(
          'ranking',
          'award-out-of-turn',
          { ...place, bidder: awarded.bidder },
          { expected: next, found: awarded.bidder },
        )
    }
    const gone =
      dataOf(event, 'lot', 'AwardCancelled') ?? dataOf(event, 'lot', 'CandidatePassedOver')
    if (gone) failed.push(gone.bidder)
  }
}

function checkAgainst(
  result: LotResult,
  data: { ranking: RankedBid[]; candidates: string[] },
  place: Place,
  report: Report,
): void {
  const ranks = (rows: readonly { rank: number }[], name: (r: never) => string) =>
    rows.map((r) => [name(r as never), r.rank])
  const expected = ranks(result.ranking, (r: { bid: string }) => r.bid)
  const found = ranks(data.ranking, (r: { bidder: string }) => r.bidder)
  for (const [code, a, b] of [
    ['ranking-differs', expected, found],
    ['candidates-differ', result.candidates, data.candidates],
  ] as const)
    if (canonicalize(a) === canonicalize(b)) report.pass('ranking')
    else report.fail('ranking', code, place, { expected: a, found: b })
}

/**
 * The price that contracts is the one that was opened, whatever the ranking compared; where the
 * committee corrected it the row says so, and `checkCorrections` holds the new one to its rule.
 */
function checkPrices(
  rows: readonly Pick<RankedBid, 'bidder' | 'priceFen' | 'openedFen'>[],
  prices: ReadonlyMap<string, number | null>,
  place: Place,
  report: Report,
): void {
  for (const row of rows) {
    const opened = prices.get(row.bidder) ?? null
    const found = row.openedFen ?? row.priceFen
    if (opened === found) report.pass('ranking')
    else
      report.fail(
        'ranking',
        'price-differs-from-opening',
        { ...place, bidder: row.bidder },
        {
          expected: opened,
          found,
        },
      )
  }
}
