import { arithmeticCorrection, type QuotedItem } from '../../evaluation/evaluation/corrections.ts'
import type { RankedBid } from '../../tendering/lot/decider.ts'
import type { BagInfo } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Place, Report } from './report.ts'

interface Proposed {
  readonly id: string
  readonly bidder: string
  readonly items: readonly QuotedItem[]
  readonly wordsTotal: string | null
  readonly openedFen: number
  readonly correctedFen: number
}

/**
 * Corrected prices: each is what the rule makes of the figures that its event holds, and a ranking or
 * award at another price than the opened one has a correction that its bidder confirmed. A bag that
 * withholds the committee's work can tell nothing of them.
 * @source 财政部令第87号 art. 59 ○; 评标委员会和评标方法暂行规定 art. 19 ○
 */
export function checkCorrections(info: BagInfo, events: readonly BagEvent[], report: Report): void {
  const work = events.filter((e) => e.stream === `evaluation:${info.lot}`)
  const proposed = new Map<string, Proposed>()
  const confirmed = new Map<string, Proposed>()
  const isGp = events.some((e) => e.event?.type === 'QualificationBegan')
  for (const one of work) {
    if (one.event?.type === 'CorrectionProposed') {
      const data = one.event.data as unknown as Proposed
      proposed.set(data.id, data)
      compare(remade(data, isGp), data.correctedFen, placeOf(one, data.bidder), report)
    }
    if (one.event?.type === 'CorrectionAnswered') {
      const { id, isConfirmed } = one.event.data as unknown as { id: string; isConfirmed: boolean }
      const data = proposed.get(id)
      if (data && isConfirmed) confirmed.set(data.bidder, data)
    }
  }
  const isWithheld = work.some((e) => e.event === null)
  for (const one of events)
    for (const row of rowsOf(one, info)) {
      if (row.openedFen === undefined) continue
      if (isWithheld) report.withhold('ranking')
      else {
        const found = confirmed.get(row.bidder)?.correctedFen ?? null
        compare(found, row.priceFen, placeOf(one, row.bidder), report)
      }
    }
}

/** What the rule makes of the figures; null where they make no price at all. */
function remade({ items, wordsTotal, openedFen }: Proposed, isGp: boolean): number | null {
  try {
    return arithmeticCorrection({
      items,
      figuresTotalFen: openedFen,
      ...(wordsTotal === null ? {} : { wordsTotal }),
      ...(isGp ? { openingSheetTotalFen: openedFen } : {}),
    }).correctedTotalFen
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function rowsOf({ event, stream }: BagEvent, info: BagInfo): readonly RankedBid[] {
  if (!event || stream !== `lot:${info.lot}`) return []
  const data = event.data as unknown as { ranking: RankedBid[]; candidates: RankedBid[] }
  if (event.type === 'LotEvaluated') return data.ranking
  if (event.type === 'CandidatesPublished') return data.candidates
  return event.type === 'LotAwarded' ? [event.data as unknown as RankedBid] : []
}

const placeOf = ({ path, stream, version }: BagEvent, bidder: string): Place => ({
  path,
  stream,
  version,
  bidder,
})

function compare(expected: number | null, found: number, place: Place, report: Report): void {
  if (expected === found) report.pass('ranking')
  else report.fail('ranking', 'corrected-price-differs', place, { expected, found })
}
