import { z } from 'zod'

/**
 * The price part of a scoring scheme: which formula turns a price into points, with its parameters.
 * A document may only choose among these (`domain.md` §5); geometric means and roots are not exact
 * and have no name here. Rates, points and percents are decimal text; a plain JSON number is taken
 * and kept as its text, so that one document has one byte form.
 */

/** A decimal number as text, not negative: at most 15 digits before the point and 10 behind it. */
export const decimalText = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})(\.\d{1,10})?$/, 'a plain decimal number, e.g. "0.5"')

/** As `decimalText`; a JSON number is accepted and turned into text. */
export const decimal = z
  .union([decimalText, z.number().nonnegative()])
  .transform(String)
  .pipe(decimalText)

/** A decimal text below 1: a share or a rate such as K. */
export const share = decimal.refine((text) => /^0(\.|$)/.test(text), 'a rate below 1')

/** An amount in integer fen, not negative, exactly representable. */
export const fen = z.int().nonnegative()

const decimals = z.int().min(0).max(8)

/** Bids left out of a benchmark: none, the t highest and lowest by number of bids, or out of a range. */
export const trim = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('count'),
    table: z
      .array(z.strictObject({ fromBids: z.int().min(1), drop: z.int().min(0).max(20) }))
      .min(1)
      .max(20),
  }),
  z.strictObject({
    kind: z.literal('range'),
    /** What `low` and `high` are shares of: the ceiling price, or the mean of all effective bids. */
    of: z.enum(['ceiling', 'mean']),
    low: decimal,
    high: decimal,
    inclusive: z.boolean().default(true),
    ifNoneInside: z.enum(['allBids', 'lowestBid']).default('allBids'),
  }),
])

/** What stands for the mean when few bids are effective; the row with the greatest `effective` ≤ n holds. */
const fewBids = z
  .array(
    z.strictObject({
      effective: z.int().min(1).max(20),
      benchmark: z.enum(['thatPrice', 'lowest', 'meanOfAll']),
    }),
  )
  .min(1)
  .max(20)

/** Named rounding points of a benchmark formula; a point that is absent is exact. */
const rounding = z.strictObject({
  benchmark: z.enum(['fen', 'none']).optional(),
  deviationPercent: decimals.optional(),
  score: decimals.optional(),
  mode: z.literal('halfUp').default('halfUp'),
})

const common = {
  /** Points the price can earn. */
  weight: decimal,
  /** Price deduction for small and micro firms, percent; ranks only, never contracts. */
  smallBusinessDeductionPercent: decimal.optional(),
  /** Places of the price score, where the formula has no `rounding`. */
  decimals: decimals.optional(),
}

const benchmark = {
  trim: trim.default({ kind: 'none' }),
  fewBids: fewBids.optional(),
  /** Which prices enter the benchmark. */
  benchmarkFrom: z.enum(['passedResponsiveness', 'allOpened']).default('passedResponsiveness'),
  /** K 下浮系数: fixed, or a published list from which one is drawn at the opening. */
  k: share.optional(),
  kCandidates: z.array(share).min(1).max(100).optional(),
  /** Share of the ceiling in a composite benchmark, q. */
  ceilingShare: decimal.refine((text) => Number(text) <= 1, 'a share of at most 1').optional(),
  variant: z.enum(['meanOfMeanAndBelow', 'meanOfMeanAndLowest']).optional(),
  rounding: rounding.default({ mode: 'halfUp' }),
}

const deduction = {
  aboveDeductPerPercent: decimal,
  belowDeductPerPercent: decimal,
  minScore: decimal.default('0'),
}

const pointsScored = { ...common, ...benchmark, ...deduction }
const ranksOnly = { ...common, weight: decimal.default('100') }

/** One price formula and its parameters, by name. */
export const priceFormula = z
  .discriminatedUnion('formula', [
    z.strictObject({ formula: z.literal('lowPriceFirst'), ...common }),
    z.strictObject({ formula: z.literal('discountRate'), ...common }),
    z.strictObject({
      formula: z.literal('reverseAuction'),
      ...common,
      startFen: fen.min(1).optional(),
      minimumStepFen: fen.optional(),
    }),
    z.strictObject({ formula: z.literal('lowestEvaluatedPrice'), ...ranksOnly }),
    z.strictObject({
      formula: z.literal('reviewedLowestBidPrice'),
      ...ranksOnly,
      baseDurationDays: z.int().min(0),
      perExtraDayFen: fen,
      baseAdvancePercent: decimal,
      advanceCostRate: decimal,
      roundTo: z.literal('fen').default('fen'),
    }),
    z.strictObject({ formula: z.literal('benchmarkMean'), ...pointsScored }),
    z.strictObject({ formula: z.literal('benchmarkDrawnK'), ...pointsScored }),
    z.strictObject({ formula: z.literal('compositeBenchmark'), ...pointsScored }),
    z.strictObject({ formula: z.literal('secondaryMean'), ...pointsScored }),
    z.strictObject({
      formula: z.literal('linearInterpolation'),
      ...common,
      ...benchmark,
      points: z
        .array(z.strictObject({ ratioPercent: decimal, score: decimal }))
        .min(2)
        .max(50),
      outside: z.literal('clamp').default('clamp'),
    }),
    z.strictObject({
      formula: z.literal('reasonableLowPrice'),
      ...ranksOnly,
      ...benchmark,
      variant: z.enum(['closest', 'belowFirst']).default('closest'),
    }),
    z.strictObject({
      formula: z.literal('drawnMethod'),
      ...pointsScored,
      methodCandidates: z
        .array(z.enum(['benchmarkMean', 'benchmarkDrawnK', 'compositeBenchmark', 'secondaryMean']))
        .min(1)
        .max(20),
    }),
  ])
  .superRefine((price, ctx) => {
    for (const missing of missingParameters(price))
      ctx.addIssue({ code: 'custom', path: [missing], message: `needed by ${price.formula}` })
    if (price.formula === 'linearInterpolation') {
      const xs = price.points.map((p) => Number(p.ratioPercent))
      if (xs.some((x, i) => i > 0 && x <= xs[i - 1]!))
        ctx.addIssue({ code: 'custom', path: ['points'], message: 'ratios must ascend' })
      if (price.points.some((p) => Number(p.score) > Number(price.weight)))
        ctx.addIssue({ code: 'custom', path: ['points'], message: 'a score above the weight' })
    }
    if ('minScore' in price && Number(price.minScore) > Number(price.weight))
      ctx.addIssue({ code: 'custom', path: ['minScore'], message: 'above the weight' })
    if (Number(price.smallBusinessDeductionPercent ?? '0') >= 100)
      ctx.addIssue({
        code: 'custom',
        path: ['smallBusinessDeductionPercent'],
        message: 'must be below 100',
      })
  })

type Parameters = { formula: string; k?: string; kCandidates?: string[]; ceilingShare?: string }

/** Names of parameters that the formula, or a method that may be drawn, cannot do without. */
function missingParameters(
  price: Parameters & { variant?: string; methodCandidates?: string[] },
): string[] {
  const methods = price.methodCandidates ?? [price.formula]
  const missing: string[] = []
  if (methods.includes('benchmarkDrawnK') && price.k === undefined && !price.kCandidates)
    missing.push('kCandidates')
  if (methods.includes('compositeBenchmark') && price.ceilingShare === undefined)
    missing.push('ceilingShare')
  if (methods.includes('secondaryMean') && price.variant === undefined) missing.push('variant')
  return missing
}

export type Trim = z.output<typeof trim>
export type PriceFormula = z.output<typeof priceFormula>
/** The formulas that compare a price with a benchmark D. */
export type BenchmarkFormula = Extract<PriceFormula, { benchmarkFrom: unknown }>
export type FewBids = NonNullable<BenchmarkFormula['fewBids']>

/** Whether the formula gives points; the others only order the bids. */
export function hasPriceScore(price: PriceFormula): boolean {
  return !['lowestEvaluatedPrice', 'reviewedLowestBidPrice', 'reasonableLowPrice'].includes(
    price.formula,
  )
}
