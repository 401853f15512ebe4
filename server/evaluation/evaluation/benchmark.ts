import { Rational } from '../../kernel/rational.ts'
import type { BenchmarkFormula, FewBids, Trim } from '../../tendering/project/document-price.ts'
import type { Step } from './explain.ts'

/**
 * The benchmark price D 评标基准价. Every step is exact; only D itself is rounded, to the fen, where
 * the document names that point. Few bids, an empty range or a benchmark of zero have names and a
 * way on; nothing here divides by what could be zero.
 */

/** A bid with its evaluated price in fen, exact. */
export interface Priced {
  readonly bid: string
  readonly price: Rational
}

export type PriceProblem =
  | 'no-effective-bids'
  | 'benchmark-not-positive'
  | 'lowest-price-not-positive'
  | 'ceiling-missing'
  | 'k-not-drawn'
  | 'method-not-drawn'

/** What was drawn at the opening, and the ceiling of the lot. */
export interface PriceFacts {
  readonly ceilingFen?: number | undefined
  readonly k?: string | undefined
  readonly method?: string | undefined
}

export interface Benchmark {
  /** D as it enters the formulas. */
  readonly benchmark: Rational
  /** A: the mean after trimming, or what stands for it when few bids are effective. */
  readonly mean: Rational
  readonly belowMean?: Rational
  /** Bids left out by number, lowest first. */
  readonly dropped: readonly string[]
  /** Bids inside the range, where there is one. */
  readonly inRange?: readonly string[]
  readonly steps: readonly Step[]
}

const fewBidsDefault: FewBids = [
  { effective: 1, benchmark: 'thatPrice' },
  { effective: 2, benchmark: 'lowest' },
  { effective: 3, benchmark: 'meanOfAll' },
]

/** D of a lot by the document's formula, or why there is none. */
export function benchmarkOf(
  rules: BenchmarkFormula,
  bids: readonly Priced[],
  facts: PriceFacts,
): Benchmark | { problem: PriceProblem } {
  if (bids.length === 0) return { problem: 'no-effective-bids' }
  const method = methodOf(rules, facts)
  if (method === null) return { problem: 'method-not-drawn' }
  const k = kOf(rules, method, facts)
  if (k === null) return { problem: 'k-not-drawn' }
  const isCeilingNeeded =
    method === 'compositeBenchmark' || (rules.trim.kind === 'range' && rules.trim.of === 'ceiling')
  if (isCeilingNeeded && facts.ceilingFen === undefined) return { problem: 'ceiling-missing' }
  const mean = meanOf(rules, bids, facts)
  const secondary = method === 'secondaryMean' ? secondaryMean(rules, bids, mean.mean) : null
  const base =
    secondary?.value ??
    (method === 'compositeBenchmark' ? composite(rules, mean.mean, facts) : mean.mean)
  const exact = base.times(Rational.one.minus(k))
  const benchmark = rules.rounding.benchmark === 'fen' ? exact.round(0) : exact
  if (benchmark.sign() <= 0) return { problem: 'benchmark-not-positive' }
  const step: Step = {
    rule: method,
    source: 'document',
    zh: '评标基准价',
    en: 'Benchmark price',
    inputs: {
      mean: mean.mean.toText(),
      ...(k.sign() > 0 ? { k: k.toText() } : {}),
      ...(secondary?.below ? { belowMean: secondary.below.toText() } : {}),
      ...(method === 'compositeBenchmark' ? { ceilingFen: String(facts.ceilingFen) } : {}),
      exact: exact.toText(),
    },
    result: benchmark.toText(),
  }
  return {
    ...mean,
    benchmark,
    ...(secondary?.below ? { belowMean: secondary.below } : {}),
    steps: [...mean.steps, step],
  }
}

type Method = 'benchmarkMean' | 'benchmarkDrawnK' | 'compositeBenchmark' | 'secondaryMean'

/** How D follows from the mean; a formula that only uses D takes it from the parameters it has. */
function methodOf(rules: BenchmarkFormula, facts: PriceFacts): Method | null {
  switch (rules.formula) {
    case 'drawnMethod': {
      const [only, ...others] = rules.methodCandidates
      const drawn = others.length === 0 ? only : facts.method
      return rules.methodCandidates.find((candidate) => candidate === drawn) ?? null
    }
    case 'linearInterpolation':
    case 'reasonableLowPrice':
      if (rules.ceilingShare !== undefined) return 'compositeBenchmark'
      if (rules.variant === 'meanOfMeanAndBelow' || rules.variant === 'meanOfMeanAndLowest')
        return 'secondaryMean'
      return 'benchmarkDrawnK'
    default:
      return rules.formula
  }
}

/** K as fixed or drawn; zero where the method has none; null where it was to be drawn and wasn't. */
function kOf(rules: BenchmarkFormula, method: Method, facts: PriceFacts): Rational | null {
  if (method === 'benchmarkMean' || method === 'secondaryMean') return Rational.zero
  const candidates = rules.kCandidates ?? []
  const k = facts.k ?? rules.k ?? (candidates.length === 1 ? candidates[0] : undefined)
  if (k !== undefined) return Rational.parse(k)
  const isOptional =
    rules.formula !== 'benchmarkDrawnK' &&
    rules.formula !== 'drawnMethod' &&
    candidates.length === 0
  return isOptional || (method === 'compositeBenchmark' && candidates.length === 0)
    ? Rational.zero
    : null
}

function composite(rules: BenchmarkFormula, mean: Rational, facts: PriceFacts): Rational {
  const q = Rational.parse(rules.ceilingShare ?? '0')
  const ceiling = Rational.of(facts.ceilingFen ?? 0)
  return ceiling.times(q).plus(mean.times(Rational.one.minus(q)))
}

/** (A₁ + mean of bids below A₁)/2, or (A₁ + lowest)/2; no bid below A₁: A₁ itself. */
function secondaryMean(
  rules: BenchmarkFormula,
  bids: readonly Priced[],
  mean: Rational,
): { value: Rational; below?: Rational } {
  const half = (other: Rational) => mean.plus(other).dividedBy(Rational.of(2))
  const prices = bids.map((bid) => bid.price)
  if (rules.variant === 'meanOfMeanAndLowest') return { value: half(Rational.min(prices)) }
  const lower = prices.filter((price) => price.isLess(mean))
  if (lower.length === 0) return { value: mean }
  const below = Rational.mean(lower)
  return { value: half(below), below }
}

type Mean = Pick<Benchmark, 'mean' | 'dropped' | 'inRange' | 'steps'>

function meanOf(rules: BenchmarkFormula, bids: readonly Priced[], facts: PriceFacts): Mean {
  const sorted = [...bids].sort((a, b) => a.price.compare(b.price) || (a.bid < b.bid ? -1 : 1))
  const few = [...(rules.fewBids ?? fewBidsDefault)]
    .sort((a, b) => b.effective - a.effective)
    .find((row) => row.effective <= sorted.length)
  const one = few && few.benchmark !== 'meanOfAll' ? sorted[0]!.price : null
  if (one) {
    const step: Step = {
      rule: 'fewBids',
      source: 'document',
      zh: `有效报价仅${sorted.length}家，取${sorted.length === 1 ? '该报价' : '最低报价'}`,
      en: `Only ${sorted.length} effective: the ${sorted.length === 1 ? 'one' : 'lowest'} price`,
      inputs: { effective: String(sorted.length) },
      result: one.toText(),
    }
    return { mean: one, dropped: [], steps: [step] }
  }
  const { kept, dropped, inRange } = trimmed(rules.trim, sorted, facts)
  const mean = Rational.mean(kept.map((bid) => bid.price))
  const step: Step = {
    rule: 'mean',
    source: 'document',
    zh: '有效报价的算术平均值',
    en: 'Arithmetic mean of the effective prices',
    inputs: {
      bids: kept.map((bid) => bid.bid).join(' '),
      pricesFen: kept.map((bid) => bid.price.toText()).join(' '),
      ...(dropped.length > 0 ? { dropped: dropped.join(' ') } : {}),
    },
    result: mean.toText(),
  }
  return { mean, dropped, steps: [step], ...(inRange ? { inRange } : {}) }
}

/** Bids that stay in the mean; what would leave none leaves all, or the lowest, as the document says. */
function trimmed(
  trim: Trim,
  sorted: readonly Priced[],
  facts: PriceFacts,
): { kept: readonly Priced[]; dropped: string[]; inRange?: string[] } {
  if (trim.kind === 'none') return { kept: sorted, dropped: [] }
  if (trim.kind === 'count') {
    const row = [...trim.table]
      .sort((a, b) => b.fromBids - a.fromBids)
      .find((entry) => entry.fromBids <= sorted.length)
    const drop = row?.drop ?? 0
    if (drop === 0 || sorted.length <= 2 * drop) return { kept: sorted, dropped: [] }
    const low = sorted.slice(0, drop)
    const high = sorted.slice(sorted.length - drop)
    return {
      kept: sorted.slice(drop, sorted.length - drop),
      dropped: [...low, ...high].map((bid) => bid.bid),
    }
  }
  const of =
    trim.of === 'ceiling'
      ? Rational.of(facts.ceilingFen ?? 0)
      : Rational.mean(sorted.map((bid) => bid.price))
  const low = of.times(Rational.parse(trim.low))
  const high = of.times(Rational.parse(trim.high))
  const edge = trim.inclusive ? 0 : -1
  const inside = sorted.filter(
    ({ price }) => low.compare(price) <= edge && price.compare(high) <= edge,
  )
  const none = trim.ifNoneInside === 'lowestBid' ? sorted.slice(0, 1) : sorted
  return {
    kept: inside.length > 0 ? inside : none,
    dropped: [],
    inRange: inside.map((bid) => bid.bid).sort(),
  }
}
