import { Rational } from '../../kernel/rational.ts'
import { percentLimit } from '../../tendering/project/limits-data.ts'

/**
 * Abnormally low prices 异常低价: they trigger a request to explain, never a rejection by themselves.
 * Judged on the bid price before any deduction, over the bids that passed responsiveness; a price
 * equal to a line is not below it.
 * @source 财库〔2026〕2号 ◐
 */
export interface LowPriceRules {
  readonly meanPercent: string
  readonly secondLowestPercent: string
  readonly ceilingPercent: string
}

/** The rates of the law; a document may raise them, to `lowPriceMost` at the most. */
export const lowPriceRules = (): LowPriceRules => ({
  meanPercent: percentLimit('lowPriceMean'),
  secondLowestPercent: percentLimit('lowPriceSecond'),
  ceilingPercent: percentLimit('lowPriceCeiling'),
})

export interface LowPriceRow {
  readonly bid: string
  readonly belowHalfMean: boolean
  readonly belowHalfSecondLowest: boolean
  readonly belowCeilingShare: boolean
}

export interface LowPriceReview {
  /** Mean of the bid prices; null where there are none. */
  readonly mean: Rational | null
  /** Lines below which a price is reviewed; null where there is nothing to compare with. */
  readonly meanLine: Rational | null
  readonly secondLowestLine: Rational | null
  readonly ceilingLine: Rational | null
  readonly rows: readonly LowPriceRow[]
  /** Bids that must be asked to explain. */
  readonly reviewed: readonly string[]
}

/**
 * @param bids bid prices in fen of those that passed responsiveness; one bid has no second lowest
 * @param ceilingFen the ceiling, or the budget where there is none
 */
export function lowPriceReview(
  bids: readonly { readonly bid: string; readonly priceFen: number }[],
  ceilingFen: number | undefined,
  rules: LowPriceRules = lowPriceRules(),
): LowPriceReview {
  const prices = bids.map((bid) => Rational.of(bid.priceFen)).sort((a, b) => a.compare(b))
  const mean = prices.length > 0 ? Rational.mean(prices) : null
  const line = (value: Rational | null | undefined, percent: string) =>
    value ? value.times(Rational.parse(percent)).dividedBy(Rational.of(100)) : null
  const meanLine = line(mean, rules.meanPercent)
  const secondLowestLine = line(prices[1], rules.secondLowestPercent)
  const ceiling = ceilingFen === undefined ? null : Rational.of(ceilingFen)
  const ceilingLine = line(ceiling, rules.ceilingPercent)
  const rows = bids.map(({ bid, priceFen }) => {
    const isBelow = (at: Rational | null) => at !== null && Rational.of(priceFen).isLess(at)
    return {
      bid,
      belowHalfMean: isBelow(meanLine),
      belowHalfSecondLowest: isBelow(secondLowestLine),
      belowCeilingShare: isBelow(ceilingLine),
    }
  })
  const reviewed = rows
    .filter((row) => row.belowHalfMean || row.belowHalfSecondLowest || row.belowCeilingShare)
    .map((row) => row.bid)
  return { mean, meanLine, secondLowestLine, ceilingLine, rows, reviewed }
}
