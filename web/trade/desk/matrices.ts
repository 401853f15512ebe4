import { deviations, sheetTotal } from '../../../server/evaluation/evaluation/aggregate.ts'
import type { PhaseName } from '../../../server/evaluation/evaluation/rules-sheets.ts'
import { scoreSheets } from '../../../server/evaluation/evaluation/rules-sheets.ts'
import { Rational } from '../../../server/kernel/rational.ts'
import type { MatrixCell } from '../../kit/matrix.tsx'
import type { DeskPage } from './desk-answers.ts'
import { isScored, itemsOf } from './sheet.ts'

export interface MatrixRow {
  readonly name: string
  readonly cells: readonly MatrixCell[]
}

/** Words that a matrix uses, given by the page so that this file stays without texts. */
export interface MatrixWords {
  readonly pass: string
  readonly fail: string
  readonly itemOf: (item: { zh: string; en: string }) => string
}

const nameOf = (page: DeskPage, party: string) =>
  page.bids.find((b) => b.party === party)?.name ?? party

/** Phases whose sheets are all in, in order. */
export function openPhases(page: DeskPage): PhaseName[] {
  return page.phases.filter((phase) => page.sheets.some((s) => s.phase === phase))
}

const bidsOf = (page: DeskPage, phase: PhaseName) => [
  ...new Set(
    page.sheets.filter((s) => s.phase === phase).flatMap((s) => s.rows.map((r) => r.bidder)),
  ),
]

/**
 * Totals: bids × mean, spread, members. A total farther from the mean of the others than
 * the document allows is marked.
 */
export function totalsMatrix(page: DeskPage): MatrixRow[] {
  const scoring = page.items?.scoring
  if (!scoring) return []
  const sheets = scoreSheets(page.sheets)
  return bidsOf(page, 'scoring').map((bid) => {
    const totals = page.members.map((m) => {
      const own = sheets.find((s) => s.bid === bid && s.expert === m.id)
      return own ? sheetTotal(scoring.items, own) : null
    })
    const known = totals.flatMap((total) => (total ? [total] : []))
    const far = deviations(known, scoring.deviationAlarmPercent)
    const cells = totals.map((total): MatrixCell => {
      if (!total) return { text: '–' }
      return { text: total.toText(), isOutlier: far[known.indexOf(total)]?.isAlarm ?? false }
    })
    const mean = known.length > 0 ? Rational.mean(known) : Rational.zero
    const spread = known.length > 0 ? Rational.max(known).minus(Rational.min(known)) : Rational.zero
    return {
      name: nameOf(page, bid),
      cells: [{ text: mean.toFixed(2) }, { text: spread.toText() }, ...cells],
    }
  })
}

/** One bid in a phase: items × mean of the points or votes against, then members. */
export function itemsMatrix(
  page: DeskPage,
  phase: PhaseName,
  bid: string,
  words: MatrixWords,
): MatrixRow[] {
  const rowOf = (member: string | null, item: string) =>
    page.sheets
      .find((s) => s.phase === phase && s.member === member)
      ?.rows.find((r) => r.bidder === bid && r.item === item)
  return itemsOf(page.items, phase).map((item) => {
    const rows = page.members.map((m) => rowOf(m.id, item.id))
    const cells = rows.map((row): MatrixCell => {
      if (!row) return { text: '–' }
      if (isScored(item)) return { text: row.points ?? '–' }
      return { text: row.pass ? words.pass : words.fail, isMarked: !row.pass }
    })
    const points = rows.flatMap((row) => (row?.points ? [Rational.parse(row.points)] : []))
    const end = isScored(item)
      ? points.length > 0
        ? Rational.mean(points).toFixed(2)
        : '–'
      : `${rows.filter((r) => r?.pass === false).length}/${rows.length}`
    return { name: words.itemOf(item), cells: [{ text: end }, ...cells] }
  })
}

export const bidsInPhase = bidsOf
