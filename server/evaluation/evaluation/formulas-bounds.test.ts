import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Rational } from '../../kernel/rational.ts'
import { type PriceFormula, priceFormula } from '../../tendering/project/document-price.ts'
import type { Priced } from './benchmark.ts'
import { type PriceResults, pricePart } from './formulas.ts'

const fenOf = (value: number) => Rational.of(value)

/** Price results, or the test fails. */
function part(formula: PriceFormula, bids: Priced[], facts = {}): PriceResults {
  const results = pricePart(formula, bids, facts)
  if ('problem' in results) throw new Error(results.problem)
  return results
}

describe('every formula that scores', () => {
  const deviation = { aboveDeductPerPercent: '1.3', belowDeductPerPercent: '0.7' }
  const rounding = { benchmark: 'fen', deviationPercent: 2, score: 2 }
  const trim = {
    kind: 'count',
    table: [
      { fromBids: 1, drop: 0 },
      { fromBids: 4, drop: 1 },
    ],
  }
  const weight = '37.5'
  const all = [
    { formula: 'lowPriceFirst', weight },
    { formula: 'reverseAuction', weight },
    { formula: 'discountRate', weight },
    { formula: 'benchmarkMean', weight, ...deviation, rounding, trim },
    { formula: 'benchmarkDrawnK', weight, ...deviation, k: '0.03' },
    { formula: 'compositeBenchmark', weight, ...deviation, ceilingShare: '0.4', k: '0.02', trim },
    { formula: 'secondaryMean', weight, ...deviation, variant: 'meanOfMeanAndBelow', trim },
    {
      formula: 'secondaryMean',
      weight,
      ...deviation,
      variant: 'meanOfMeanAndLowest',
      minScore: '5',
    },
    {
      formula: 'linearInterpolation',
      weight,
      points: [
        { ratioPercent: '80', score: '20' },
        { ratioPercent: '95', score: '37.5' },
        { ratioPercent: '120', score: '0' },
      ],
      rounding: { score: 2 },
    },
  ].map((formula) => priceFormula.parse(formula))

  test('gives 0 ≤ S ≤ W, whatever the prices', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 2 ** 50 }), { minLength: 1, maxLength: 15 })
    fc.assert(
      fc.property(prices, fc.constantFrom(...all), (list, formula) => {
        const bids = list.map((fen, i) => ({ bid: `b${i}`, price: fenOf(fen) }))
        for (const { score } of part(formula, bids, { ceilingFen: 2 ** 50 }).results) {
          expect(score!.sign()).toBeGreaterThanOrEqual(0)
          expect(score!.compare(Rational.parse(weight))).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('never divides by zero: prices of zero give points in bounds, or are refused by name', () => {
    const price = fc.integer({ min: 0, max: 3 })
    const prices = fc.array(price, { minLength: 1, maxLength: 8 })
    const ceiling = fc.constantFrom(undefined, 0, 5)
    const orders = [
      { formula: 'lowestEvaluatedPrice' },
      { formula: 'reasonableLowPrice', k: '0.01' },
      {
        formula: 'reviewedLowestBidPrice',
        baseDurationDays: 0,
        perExtraDayFen: 0,
        baseAdvancePercent: '0',
        advanceCostRate: '0',
      },
    ].map((formula) => priceFormula.parse(formula))
    fc.assert(
      fc.property(
        prices,
        ceiling,
        fc.constantFrom(...all, ...orders),
        (list, ceilingFen, formula) => {
          const bids = list.map((fen, i) => ({ bid: `b${i}`, price: fenOf(fen) }))
          const results = pricePart(formula, bids, { ceilingFen })
          if ('problem' in results) {
            expect([
              'lowest-price-not-positive',
              'benchmark-not-positive',
              'ceiling-missing',
            ]).toContain(results.problem)
            return
          }
          for (const { score } of results.results)
            if (score) expect(score.compare(Rational.parse(weight))).toBeLessThanOrEqual(0)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('gives equal prices equal points, and a price its points wherever it stands in the list', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(prices, fc.constantFrom(...all), (list, formula) => {
        const bids = list.map((fen, i) => ({ bid: `b${i}`, price: fenOf(fen) }))
        const scores = (order: Priced[]) =>
          new Map(
            part(formula, order, { ceilingFen: 60 }).results.map((r) => [r.bid, r.score!.toText()]),
          )
        const forward = scores(bids)
        expect(scores([...bids].reverse())).toEqual(new Map([...forward].reverse()))
        for (const [i, a] of list.entries())
          for (const [j, b] of list.entries())
            if (a === b) expect(forward.get(`b${i}`)).toBe(forward.get(`b${j}`))
      }),
    )
  })
})
