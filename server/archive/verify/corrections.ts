import { arithmeticCorrection, type QuotedItem } from '../../evaluation/evaluation/corrections.ts'
import { dataOf } from '../../event-data.ts'
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
    const made = dataOf(one.event, 'evaluation', 'CorrectionProposed')
    if (made) {
      proposed.set(made.id, made)
      compare(remade(made, isGp), made.correctedFen, placeOf(one, made.bidder), report)
    }
    const answer = dataOf(one.event, 'evaluation', 'CorrectionAnswered')
    if (answer) {
      const data = proposed.get(answer.id)
      if (data && answer.isConfirmed) confirmed.set(data.bidder, data)
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

type PricedRow = Pick<RankedBid, 'bidder' | 'priceFen' | 'openedFen'>

function rowsOf({ event, stream }: BagEvent, info: BagInfo): readonly PricedRow[] {
  if (!event || stream !== `lot:${info.lot}`) return []
  const awarded = dataOf(event, 'lot', 'LotAwarded')
  return (
    dataOf(event, 'lot', 'LotEvaluated')?.ranking ??
    dataOf(event, 'lot', 'CandidatesPublished')?.candidates ??
    (awarded ? [awarded] : [])
  )
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
