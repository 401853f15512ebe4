import { Rational } from '../../kernel/rational.ts'
import type { ScoringItem, ScoringScheme } from '../../tendering/project/document.ts'

/**
 * Experts' scores 专家评分. A member's total over all items is what is averaged and trimmed, never an
 * item by itself. The system never alters a score: it says which are missing, out of range, unequal
 * where they must be equal, or far from the others.
 * @source 财政部令第87号 art. 55, 64 ○; 评标委员会和评标方法暂行规定 ○
 */

/** One member's points for one bid, decimal text by item. */
export interface ScoreSheet {
  readonly expert: string
  readonly bid: string
  readonly scores: Readonly<Record<string, string>>
}

export interface SheetProblem {
  readonly problem: 'sheet-missing' | 'score-missing' | 'score-range' | 'score-step'
  readonly expert: string
  readonly bid: string
  readonly item?: string
}

/** Whether the points are in [0, max] and a whole number of steps. */
export function scoreProblem(
  item: ScoringItem,
  points: string,
): 'score-range' | 'score-step' | null {
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(points)) return 'score-range'
  const value = Rational.parse(points)
  if (Rational.parse(item.max).isLess(value)) return 'score-range'
  return value.dividedBy(Rational.parse(item.step)).denominator === 1n ? null : 'score-step'
}

/** What keeps the sheets from being aggregated: every member scores every item of every bid. */
export function sheetProblems(
  items: readonly ScoringItem[],
  members: readonly string[],
  bids: readonly string[],
  sheets: readonly ScoreSheet[],
): SheetProblem[] {
  const problems: SheetProblem[] = []
  if (items.length === 0) return problems
  for (const bid of bids) {
    const ofBid = sheets.filter((sheet) => sheet.bid === bid)
    for (const expert of members) {
      const sheet = ofBid.find((s) => s.expert === expert)
      if (!sheet) problems.push({ problem: 'sheet-missing', expert, bid })
      for (const item of sheet ? items : []) {
        const points = sheet?.scores[item.id]
        const problem = points === undefined ? 'score-missing' : scoreProblem(item, points)
        if (problem) problems.push({ problem, expert, bid, item: item.id })
      }
    }
  }
  return problems
}

/** The sheets of a bid in the order of the members; `sheetProblems` has shown that all are there. */
export function sheetsOf(
  members: readonly string[],
  bid: string,
  sheets: readonly ScoreSheet[],
): ScoreSheet[] {
  const ofBid = sheets.filter((sheet) => sheet.bid === bid)
  return members.map((member) => ofBid.find((sheet) => sheet.expert === member)!)
}

/** A member's sum over items, all of them or of one kind. */
export function sheetTotal(
  items: readonly ScoringItem[],
  sheet: ScoreSheet,
  kind?: ScoringItem['kind'],
): Rational {
  const wanted = items.filter((item) => kind === undefined || item.kind === kind)
  return Rational.sum(wanted.map((item) => Rational.parse(sheet.scores[item.id]!)))
}

type Trimming = ScoringScheme['expertTrim']

/** What of a list of totals enters its mean: sorted, without the highest and lowest where trimmed. */
export function trimmedTotals(totals: readonly Rational[], trim: Trimming): Rational[] {
  const sorted = [...totals].sort((a, b) => a.compare(b))
  const isTrimmed =
    sorted.length >= trim.fromExperts && sorted.length > trim.dropLow + trim.dropHigh
  return isTrimmed ? sorted.slice(trim.dropLow, sorted.length - trim.dropHigh) : sorted
}

/**
 * One figure from the members' totals, exact.
 * @throws RangeError on no totals: a lot without members never comes here
 */
export function aggregated(
  how: ScoringScheme['expertAggregation'],
  totals: readonly Rational[],
  trim: Trimming,
): Rational {
  if (how === 'median') return median(totals)
  return Rational.mean(how === 'trimmedMean' ? trimmedTotals(totals, trim) : totals)
}

/** The middle total, or the mean of the two middle ones. */
export function median(totals: readonly Rational[]): Rational {
  const sorted = [...totals].sort((a, b) => a.compare(b))
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (!upper) throw new RangeError('no totals')
  return sorted.length % 2 === 1 ? upper : Rational.mean([sorted[middle - 1]!, upper])
}

export interface Deviation {
  readonly othersMean: Rational
  /** (x − mean of others)/mean of others × 100; null where the others gave nothing: no percent. */
  readonly percent: Rational | null
  readonly isAlarm: boolean
}

/**
 * How far each total is from the mean of the others; strictly above the threshold is an alarm. Others
 * that all gave zero leave no percent: any points against them are an alarm. One member alone: none.
 */
export function deviations(totals: readonly Rational[], thresholdPercent: string): Deviation[] {
  const threshold = Rational.parse(thresholdPercent)
  return totals.map((total, i) => {
    const others = totals.filter((_, j) => j !== i)
    if (others.length === 0) return { othersMean: total, percent: Rational.zero, isAlarm: false }
    const othersMean = Rational.mean(others)
    if (othersMean.sign() === 0) return { othersMean, percent: null, isAlarm: total.sign() !== 0 }
    const percent = total.minus(othersMean).dividedBy(othersMean).times(Rational.of(100))
    return { othersMean, percent, isAlarm: threshold.isLess(percent.abs()) }
  })
}

/** A total far from the others, or an objective item that members scored differently. */
export interface Alarm {
  readonly alarm: 'deviation' | 'objective-differs'
  readonly bid: string
  readonly expert?: string
  readonly item?: string
  /** Percent, 2 places; absent where there is none. */
  readonly percent?: string
}

export function alarmsOf(
  scoring: ScoringScheme,
  members: readonly string[],
  bid: string,
  sheets: readonly ScoreSheet[],
): Alarm[] {
  const own = sheetsOf(members, bid, sheets)
  const totals = own.map((sheet) => sheetTotal(scoring.items, sheet))
  const far = deviations(totals, scoring.deviationAlarmPercent).flatMap((row, i): Alarm[] => {
    if (!row.isAlarm) return []
    const percent = row.percent ? { percent: row.percent.toFixed(2) } : {}
    return [{ alarm: 'deviation', bid, expert: members[i]!, ...percent }]
  })
  const unequal = scoring.items
    .filter((item) => item.objective)
    .filter((item) => new Set(own.map((s) => Rational.parse(s.scores[item.id]!).toText())).size > 1)
  return [
    ...far,
    ...unequal.map((item): Alarm => ({ alarm: 'objective-differs', bid, item: item.id })),
  ]
}

/** 综合得分: the sum of the parts, each rounded first where the document names that point. */
export function weightedTotal(parts: readonly Rational[], roundEachTo?: number): Rational {
  return Rational.sum(parts.map((p) => (roundEachTo === undefined ? p : p.round(roundEachTo))))
}
