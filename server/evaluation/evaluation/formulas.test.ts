import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Rational } from '../../kernel/rational.ts'
import { type PriceFormula, priceFormula } from '../../tendering/project/document-price.ts'
import type { Priced } from './benchmark.ts'
import { evaluatedPrice } from './deductions.ts'
import {
  deviationDeduction,
  linearInterpolation,
  type PriceResults,
  paidPercent,
  pricePart,
  reviewedPrice,
  savingPercent,
} from './formulas.ts'
import { rankBids } from './ranking.ts'

const formulas = JSON.parse(
  readFileSync(new URL('../../../db/seed/examples/formulas.json', import.meta.url), 'utf8'),
)
const example = (id: string) => formulas.examples.find((e: { id: string }) => e.id === id)
const fenOf = (value: number) => Rational.of(value)

interface ExampleBid {
  bid: string
  priceFen: number
  smallOrMicro?: boolean
}
const priced = (bids: ExampleBid[], percent?: string): Priced[] =>
  bids.map((b) => ({
    bid: b.bid,
    price: evaluatedPrice(b.priceFen, b.smallOrMicro && percent ? [percent] : []),
  }))

/** Price results, or the test fails. */
function part(formula: PriceFormula, bids: Priced[], facts = {}): PriceResults {
  const results = pricePart(formula, bids, facts)
  if ('problem' in results) throw new Error(results.problem)
  return results
}
const byScore = (results: PriceResults): string[] =>
  rankBids(
    results.results.map((r) => ({ bid: r.bid, keys: r.score ? [r.score.negated()] : r.order })),
    'equalRank',
  ).ranking.map((row) => row.bid)

describe('formulas of one price against the lowest', () => {
  test('low-price-first', () => {
    const { parameters, inputs, expected } = example('low-price-first')
    const formula = priceFormula.parse({ formula: 'lowPriceFirst', ...parameters })
    const bids = priced(inputs.bids, parameters.smallBusinessDeductionPercent)
    for (const { bid, price } of bids)
      expect(price.round(0).toInteger()).toBe(expected.evaluatedPriceFen[bid])
    for (const { bid, score } of part(formula, bids).results)
      expect(score!.toFixed(2)).toBe(expected.scores[bid])
    expect(Rational.min(bids.map((b) => b.price)).toInteger()).toBe(expected.benchmarkFen)
  })

  test('lowest-evaluated-price-gp: the deduction ranks, the bid price contracts', () => {
    const { parameters, inputs, expected } = example('lowest-evaluated-price-gp')
    const formula = priceFormula.parse({ formula: 'lowestEvaluatedPrice', ...parameters })
    const bids = priced(inputs.bids, parameters.smallBusinessDeductionPercent)
    for (const { bid, price } of bids)
      expect(price.toInteger()).toBe(expected.evaluatedPriceFen[bid])
    const ranking = byScore(part(formula, bids))
    expect(ranking).toEqual(expected.ranking)
    const winner = inputs.bids.find((b: ExampleBid) => b.bid === ranking[0])
    expect(winner.priceFen).toBe(expected.awardPriceFen)
  })

  test('discount-rate: the price paid is scored, never the discount', () => {
    const { parameters, inputs, expected } = example('discount-rate')
    const formula = priceFormula.parse({ formula: 'discountRate', ...parameters })
    const bids = Object.entries<string>(inputs.discountPercent).map(([bid, discount]) => ({
      bid,
      price: paidPercent(discount),
    }))
    for (const { bid, price } of bids) expect(price.toFixed(2)).toBe(expected.paidPercent[bid])
    for (const { bid, score } of part(formula, bids).results)
      expect(score!.toFixed(2)).toBe(expected.scores[bid])
  })

  test('reverse-auction', () => {
    const { parameters, inputs, expected } = example('reverse-auction')
    const formula = priceFormula.parse({ formula: 'reverseAuction', ...parameters })
    const bids = Object.entries<number>(inputs.finalOffers).map(([bid, fen]) => ({
      bid,
      price: fenOf(fen),
    }))
    const results = part(formula, bids)
    for (const { bid, score } of results.results)
      expect(score!.toFixed(2)).toBe(expected.scores[bid])
    expect(byScore(results)[0]).toBe(expected.winner)
    const won = inputs.finalOffers[expected.winner]
    expect(savingPercent(parameters.startFen, won).toFixed(2)).toBe(expected.savingPercent)
  })

  test('reviewed-lowest-bid-price: days and advance over the base are priced', () => {
    const { parameters, inputs, expected } = example('reviewed-lowest-bid-price')
    const formula = priceFormula.parse({ formula: 'reviewedLowestBidPrice', ...parameters })
    const bids = inputs.bids.map((b: ExampleBid & Parameters<typeof reviewedPrice>[1]) => ({
      bid: b.bid,
      price: reviewedPrice(parameters, b),
    }))
    for (const { bid, price } of bids)
      expect(price.toInteger()).toBe(expected.reviewedPriceFen[bid])
    expect(byScore(part(formula, bids))).toEqual(expected.ranking)
  })

  test('reviewed price: being faster or asking less advance earns nothing', () => {
    const { parameters } = example('reviewed-lowest-bid-price')
    const bid = { correctedPriceFen: 1000, durationDays: 1, paymentAdvancePercent: '0' }
    expect(reviewedPrice(parameters, bid).toInteger()).toBe(1000)
  })
})

describe('formulas against a benchmark', () => {
  test.each([
    'benchmark-mean',
    'benchmark-trim-count',
    'benchmark-trim-range',
    'benchmark-drawn-k',
    'benchmark-composite',
    'secondary-mean-below',
    'secondary-mean-lowest',
  ])('%s', (id) => {
    const { formula: name, parameters, inputs, expected } = example(id)
    const formula = priceFormula.parse({ formula: name, ...parameters })
    const results = part(formula, priced(inputs.bids), {
      ceilingFen: inputs.ceilingFen,
      k: inputs.k,
    })
    const { benchmark, mean, belowMean, dropped, inRange } = results.benchmark!
    expect(benchmark.toInteger()).toBe(expected.benchmarkFen)
    if (expected.meanFen) expect(mean.toInteger()).toBe(expected.meanFen)
    if (expected.firstMeanFen) expect(mean.round(0).toInteger()).toBe(expected.firstMeanFen)
    if (expected.belowMeanFen) expect(belowMean!.toInteger()).toBe(expected.belowMeanFen)
    if (expected.dropped) expect([...dropped].sort()).toEqual(expected.dropped)
    if (expected.inRange) expect(inRange).toEqual(expected.inRange)
    for (const { bid, deviationPercent, score } of results.results)
      expect({ deviationPercent: deviationPercent!.toFixed(2), score: score!.toFixed(2) }).toEqual(
        expected.bids[bid],
      )
    expect(byScore(results)).toEqual(expected.ranking)
  })

  test('deviation-floor: no score under the floor', () => {
    const { parameters, inputs, expected } = example('deviation-floor')
    for (const { bid, priceFen } of inputs.bids) {
      const row = deviationDeduction(parameters, fenOf(priceFen), fenOf(inputs.benchmarkFen))
      expect({
        deviationPercent: row.deviationPercent.toFixed(2),
        score: row.score.toFixed(2),
      }).toEqual(expected.bids[bid])
    }
  })

  test('rounding-points: the document says where, and it changes results', () => {
    const { parameters, inputs, expected } = example('rounding-points')
    for (const { bid, priceFen } of inputs.bids) {
      const score = (deviationPercent?: number) =>
        deviationDeduction(
          { ...parameters, minScore: '0', rounding: { deviationPercent, score: 2 } },
          fenOf(priceFen),
          fenOf(expected.benchmarkFen),
        ).score.toFixed(2)
      expect(score()).toBe(expected.scores[bid].unroundedDeviation)
      expect(score(2)).toBe(expected.scores[bid].deviationRoundedTo2)
    }
  })

  test('linear-interpolation', () => {
    const { parameters, inputs, expected } = example('linear-interpolation')
    for (const { bid, priceFen } of inputs.bids) {
      const row = linearInterpolation(
        parameters.points,
        fenOf(priceFen),
        fenOf(inputs.benchmarkFen),
      )
      expect({ ratioPercent: row.ratioPercent.toFixed(4), score: row.score.toFixed(2) }).toEqual(
        expected.bids[bid],
      )
    }
  })

  test('reasonable-low-price: closest, and below first', () => {
    const { inputs, expected } = example('reasonable-low-price')
    const { trim } = example('benchmark-trim-count').parameters
    const run = (variant: string) =>
      part(
        priceFormula.parse({
          formula: 'reasonableLowPrice',
          trim,
          variant,
          rounding: { benchmark: 'fen' },
        }),
        priced(inputs.bids),
        { k: inputs.k },
      )
    const closest = run('closest')
    expect(closest.benchmark!.benchmark.toInteger()).toBe(expected.benchmarkFen)
    for (const { bid, differenceFen } of closest.results)
      expect(differenceFen!.toInteger()).toBe(expected.differences[bid].differenceFen)
    expect(byScore(closest)).toEqual(expected.rankingClosest)
    expect(byScore(run('belowFirst'))).toEqual(expected.rankingBelowFirst)
  })

  test('few-effective-bids: that price, the lowest, then the mean', () => {
    const { inputs, expected } = example('few-effective-bids')
    const { parameters } = example('benchmark-mean')
    const formula = priceFormula.parse({ formula: 'benchmarkMean', ...parameters })
    const found = inputs.cases.map((prices: Record<string, number>) => {
      const bids = Object.entries(prices).map(([bid, fen]) => ({ bid, price: fenOf(fen) }))
      return part(formula, bids).benchmark!.benchmark.toInteger()
    })
    expect(found).toEqual(expected.benchmarkFen)
  })

  test('a range that holds no bid takes all of them, or the lowest, as the document says', () => {
    const { parameters, inputs } = example('benchmark-trim-range')
    const run = (ifNoneInside: string) => {
      const trim = { ...parameters.trim, low: '0.1', high: '0.2', ifNoneInside }
      const formula = priceFormula.parse({ formula: 'benchmarkMean', ...parameters, trim })
      return part(formula, priced(inputs.bids), inputs).benchmark!.benchmark.toInteger()
    }
    expect(run('allBids')).toBe(915562857)
    expect(run('lowestBid')).toBe(821000000)
  })

  test('what cannot be computed has a name', () => {
    const { parameters } = example('benchmark-composite')
    const formula = priceFormula.parse({ formula: 'compositeBenchmark', ...parameters })
    const one = [{ bid: 'A', price: fenOf(100) }]
    expect(pricePart(formula, [], {})).toEqual({ problem: 'no-effective-bids' })
    expect(pricePart(formula, one, {})).toEqual({ problem: 'ceiling-missing' })
    expect(pricePart(formula, [{ bid: 'A', price: Rational.zero }], { ceilingFen: 0 })).toEqual({
      problem: 'benchmark-not-positive',
    })
  })
})
