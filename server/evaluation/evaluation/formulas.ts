import { Rational } from '../../kernel/rational.ts'
import type { BenchmarkFormula, PriceFormula } from '../../tendering/project/document-price.ts'
import {
  type Benchmark,
  benchmarkOf,
  type Priced,
  type PriceFacts,
  type PriceProblem,
} from './benchmark.ts'
import type { Step } from './explain.ts'

/**
 * Price formulas of `domain.md` §5: what a price earns. All give 0 ≤ S ≤ W. Values are exact until
 * the points the document names; ranking formulas give an order key instead, lower is better.
 */

/** The price part of one bid. */
export interface PriceResult {
  readonly bid: string
  /** Points, rounded where the formula names a point; null where the formula only orders. */
  readonly score: Rational | null
  /** What the bids are ordered by where there are no points: lower is better. */
  readonly order: readonly Rational[]
  readonly deviationPercent?: Rational
  readonly ratioPercent?: Rational
  readonly differenceFen?: Rational
}

export interface PriceResults {
  readonly results: readonly PriceResult[]
  /** D, where the formula has one. */
  readonly benchmark?: Benchmark
  readonly steps: readonly Step[]
}

/**
 * The price part of every bid. For low price first and reverse auction D is the lowest price.
 * @param bids that are scored
 * @param benchmarkBids those whose prices enter the benchmark: these, or all that were opened
 */
export function pricePart(
  formula: PriceFormula,
  bids: readonly Priced[],
  facts: PriceFacts,
  benchmarkBids: readonly Priced[] = bids,
): PriceResults | { problem: PriceProblem } {
  if (bids.length === 0) return { problem: 'no-effective-bids' }
  if ('benchmarkFrom' in formula) {
    const benchmark = benchmarkOf(formula, benchmarkBids, facts)
    if ('problem' in benchmark) return benchmark
    const results = bids.map((bid) => againstBenchmark(formula, bid, benchmark.benchmark))
    const steps = results.map((result) => benchmarkStep(formula, result, benchmark.benchmark))
    return { results, benchmark, steps: [...benchmark.steps, ...steps] }
  }
  if (formula.formula === 'lowestEvaluatedPrice' || formula.formula === 'reviewedLowestBidPrice')
    return {
      results: bids.map(({ bid, price }) => ({ bid, score: null, order: [price] })),
      steps: bids.map(({ bid, price }) => orderStep(formula.formula, bid, price)),
    }
  const lowest = Rational.min(bids.map((bid) => bid.price))
  if (lowest.sign() <= 0) return { problem: 'lowest-price-not-positive' }
  const weight = Rational.parse(formula.weight)
  const results = bids.map(({ bid, price }) => {
    const exact = lowPriceFirst(weight, price, lowest)
    const score = formula.decimals === undefined ? exact : exact.round(formula.decimals)
    return { bid, score, order: [] }
  })
  const steps = bids.map(
    ({ bid, price }, i): Step => ({
      rule: formula.formula,
      source: 'M87 55',
      bid,
      zh: '价格分 = 权重 × 最低评审价 ÷ 评审价',
      en: 'Price score = weight × lowest price ÷ price',
      inputs: { weight: weight.toText(), lowest: lowest.toText(), price: price.toText() },
      result: results[i]!.score.toText(),
    }),
  )
  return { results, steps }
}

/** 低价优先法: S = W × min(P)/P. @throws RangeError where the price is zero: `pricePart` stops before */
export function lowPriceFirst(weight: Rational, price: Rational, lowest: Rational): Rational {
  return weight.times(lowest).dividedBy(price)
}

/** 折扣率: the price paid in percent, 100 − discount, which is what is scored. */
export function paidPercent(discountPercent: string): Rational {
  return Rational.of(100).minus(Rational.parse(discountPercent))
}

/**
 * Percent saved from the start price of a reverse auction.
 * @param startFen above zero: the document's form asks so
 */
export function savingPercent(startFen: number, finalFen: number): Rational {
  return Rational.of(startFen - finalFen, startFen).times(Rational.of(100))
}

interface DeviationRules {
  readonly weight: string
  readonly aboveDeductPerPercent: string
  readonly belowDeductPerPercent: string
  readonly minScore: string
  readonly rounding: {
    readonly deviationPercent?: number | undefined
    readonly score?: number | undefined
  }
}

/**
 * 偏差扣分: d = (P − D)/D × 100; above D each percent costs E1, below it E2; never under `minScore`.
 * @param benchmark D > 0
 */
export function deviationDeduction(
  rules: DeviationRules,
  price: Rational,
  benchmark: Rational,
): { deviationPercent: Rational; score: Rational } {
  const exact = price.minus(benchmark).dividedBy(benchmark).times(Rational.of(100))
  const deviationPercent = rounded(exact, rules.rounding.deviationPercent)
  const each =
    deviationPercent.sign() > 0 ? rules.aboveDeductPerPercent : rules.belowDeductPerPercent
  const full = Rational.parse(rules.weight)
  const score = full.minus(deviationPercent.abs().times(Rational.parse(each)))
  const floor = Rational.parse(rules.minScore)
  return {
    deviationPercent,
    score: rounded(Rational.max([score, floor]), rules.rounding.score),
  }
}

/**
 * 直线内插: x = P/D × 100 between given points; outside, the nearest point's score.
 * @param points ascending in `ratioPercent`, at least one
 */
export function linearInterpolation(
  points: readonly { readonly ratioPercent: string; readonly score: string }[],
  price: Rational,
  benchmark: Rational,
): { ratioPercent: Rational; score: Rational } {
  const ratioPercent = price.dividedBy(benchmark).times(Rational.of(100))
  const at = points.map((p) => ({ x: Rational.parse(p.ratioPercent), y: Rational.parse(p.score) }))
  const next = at.findIndex((point) => ratioPercent.isLess(point.x))
  if (next === 0) return { ratioPercent, score: at[0]!.y }
  if (next < 0) return { ratioPercent, score: at.at(-1)!.y }
  const [from, to] = [at[next - 1]!, at[next]!]
  const slope = to.y.minus(from.y).dividedBy(to.x.minus(from.x))
  return { ratioPercent, score: from.y.plus(slope.times(ratioPercent.minus(from.x))) }
}

/**
 * 合理低价法: closeness to D. `belowFirst`: bids not above D, nearest first, then those above it.
 * @returns keys to compare in turn, lower is better
 */
export function closeness(
  variant: 'closest' | 'belowFirst',
  price: Rational,
  benchmark: Rational,
): { differenceFen: Rational; order: Rational[] } {
  const differenceFen = price.minus(benchmark)
  const side = differenceFen.sign() > 0 ? Rational.one : Rational.zero
  const distance = differenceFen.abs()
  return { differenceFen, order: variant === 'belowFirst' ? [side, distance] : [distance] }
}

/**
 * 经评审的最低投标价法: corrected price, plus days over the base, plus the cost of advance payment over
 * the base. Faster or with less advance than the base earns nothing.
 */
export function reviewedPrice(
  rules: {
    readonly baseDurationDays: number
    readonly perExtraDayFen: number
    readonly baseAdvancePercent: string
    readonly advanceCostRate: string
  },
  bid: {
    readonly correctedPriceFen: number
    readonly durationDays: number
    readonly paymentAdvancePercent?: string | undefined
  },
): Rational {
  const price = Rational.of(bid.correctedPriceFen)
  const extraDays = Math.max(0, bid.durationDays - rules.baseDurationDays)
  const base = Rational.parse(rules.baseAdvancePercent)
  const advance = Rational.parse(bid.paymentAdvancePercent ?? rules.baseAdvancePercent)
  const extra = Rational.max([Rational.zero, advance.minus(base)]).dividedBy(Rational.of(100))
  return price
    .plus(Rational.of(extraDays).times(Rational.of(rules.perExtraDayFen)))
    .plus(price.times(extra).times(Rational.parse(rules.advanceCostRate)))
    .round(0)
}

function againstBenchmark(
  formula: BenchmarkFormula,
  { bid, price }: Priced,
  benchmark: Rational,
): PriceResult {
  if (formula.formula === 'reasonableLowPrice') {
    const variant = formula.variant === 'belowFirst' ? 'belowFirst' : 'closest'
    return { bid, score: null, ...closeness(variant, price, benchmark) }
  }
  if (formula.formula === 'linearInterpolation') {
    const { ratioPercent, score } = linearInterpolation(formula.points, price, benchmark)
    return { bid, ratioPercent, score: rounded(score, formula.rounding.score), order: [] }
  }
  return { bid, ...deviationDeduction(formula, price, benchmark), order: [] }
}

function benchmarkStep(formula: BenchmarkFormula, result: PriceResult, benchmark: Rational): Step {
  const { deviationPercent, ratioPercent, differenceFen } = result
  return {
    rule: formula.formula,
    source: 'document',
    bid: result.bid,
    zh: result.score ? '按与基准价的偏差计算价格分' : '按与基准价的接近程度排序',
    en: result.score ? 'Price score by distance from the benchmark' : 'Order by distance from D',
    inputs: {
      benchmark: benchmark.toText(),
      ...(deviationPercent ? { deviationPercent: deviationPercent.toText() } : {}),
      ...(ratioPercent ? { ratioPercent: ratioPercent.toText() } : {}),
      ...(differenceFen ? { differenceFen: differenceFen.toText() } : {}),
    },
    result: (result.score ?? result.order.at(-1)!).toText(),
  }
}

function orderStep(rule: string, bid: string, price: Rational): Step {
  return {
    rule,
    source: rule === 'lowestEvaluatedPrice' ? 'M87 54' : 'TL 41(2)',
    bid,
    zh: '按评审价由低到高排序',
    en: 'Ordered by price, lowest first',
    inputs: {},
    result: price.toText(),
  }
}

function rounded(value: Rational, places: number | undefined): Rational {
  return places === undefined ? value : value.round(places)
}
