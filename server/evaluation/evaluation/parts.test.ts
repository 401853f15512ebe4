import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Rational } from '../../kernel/rational.ts'
import { scoringItem } from '../../tendering/project/document.ts'
import { aggregated, deviations, scoreProblem, weightedTotal } from './aggregate.ts'
import {
  isLawfulComposition,
  isMajority,
  mayChair,
  mayStillPass,
  mustExtendTime,
  reportStanding,
} from './committee.ts'
import { arithmeticCorrection, correctionStanding } from './corrections.ts'
import { evaluatedPrice } from './deductions.ts'
import { lowPriceReview } from './low-price.ts'
import { rankBids } from './ranking.ts'
import { groundOf } from './review.ts'
import { sameBrand } from './same-brand.ts'

const formulas = JSON.parse(
  readFileSync(new URL('../../../db/seed/examples/formulas.json', import.meta.url), 'utf8'),
)
const example = (id: string) => formulas.examples.find((e: { id: string }) => e.id === id)
const trim = { dropHigh: 1, dropLow: 1, fromExperts: 5 }

describe('experts’ scores', () => {
  test('expert-aggregation', () => {
    const { inputs, expected } = example('expert-aggregation')
    const totals = inputs.scores.map(Rational.parse)
    for (const how of ['mean', 'trimmedMean', 'median'] as const)
      expect(aggregated(how, totals, trim).toFixed(2)).toBe(expected[how])
  })

  test('with fewer than five members nothing is trimmed', () => {
    const totals = ['10', '20', '90'].map(Rational.parse)
    expect(aggregated('trimmedMean', totals, trim).toText()).toBe('40')
    expect(aggregated('median', totals.slice(1), trim).toText()).toBe('55')
    expect(() => aggregated('median', [], trim)).toThrow(RangeError)
  })

  test('expert-deviation: strictly above the threshold against the mean of the others', () => {
    const { parameters, inputs, expected } = example('expert-deviation')
    const totals = inputs.scores.map(Rational.parse)
    const rows = deviations(totals, parameters.thresholdPercent).map((row, i) => ({
      score: totals[i].toFixed(2),
      othersMean: row.othersMean.toFixed(4),
      deviationPercent: row.percent!.toFixed(2),
      alarm: row.isAlarm,
    }))
    expect(rows).toEqual(expected.rows)
  })

  test('others who all gave zero leave no percent, and one member alone no alarm', () => {
    const rows = deviations([Rational.of(5), Rational.zero, Rational.zero], '30')
    expect(rows[0]).toMatchObject({ percent: null, isAlarm: true })
    expect(deviations([Rational.of(5)], '30')[0]).toMatchObject({ isAlarm: false })
  })

  test('points are within range and on the step', () => {
    const item = scoringItem.parse({ id: 't1', kind: 'technical', max: '12', zh: '项', en: 'item' })
    expect(scoreProblem(item, '12')).toBeNull()
    expect(scoreProblem(item, '0')).toBeNull()
    expect(scoreProblem(item, '12.5')).toBe('score-range')
    expect(scoreProblem(item, '-1')).toBe('score-range')
    expect(scoreProblem(item, '1e1')).toBe('score-range')
    expect(scoreProblem(item, '3.25')).toBe('score-step')
  })

  test.each(['weighted-total', 'weighted-total-differs'])('%s', (id) => {
    const { parameters, inputs, expected } = example(id)
    const parts = Object.values<string>(inputs.parts).map(Rational.parse)
    expect(weightedTotal(parts, parameters.roundEachPart).toFixed(2)).toBe(expected.total)
    expect(weightedTotal(parts).toFixed(2)).toBe(expected.totalIfRoundedOnce)
  })
})

describe('the ranking', () => {
  test('ranking-ties', () => {
    const { inputs, expected } = example('ranking-ties')
    const bids = inputs.bids.map(
      (b: { bid: string; total: string; evaluatedPriceFen: number; technical: string }) => ({
        bid: b.bid,
        keys: [
          Rational.parse(b.total).negated(),
          Rational.of(b.evaluatedPriceFen),
          Rational.parse(b.technical).negated(),
        ],
      }),
    )
    expect(rankBids(bids, 'draw').ranking.map((row) => row.bid)).toEqual(expected.ranking)
  })

  test('is a total order that does not depend on the order of the bids', () => {
    const bids = fc.uniqueArray(
      fc.record({
        bid: fc.string({ minLength: 1, maxLength: 4 }),
        key: fc.integer({ min: 0, max: 3 }),
      }),
      { selector: (b) => b.bid, maxLength: 12 },
    )
    fc.assert(
      fc.property(bids, fc.constantFrom('draw' as const, 'equalRank' as const), (list, end) => {
        const rows = list.map(({ bid, key }) => ({ bid, keys: [Rational.of(key)] }))
        const drawn = list.filter((_, i) => i % 2 === 0).map((b) => b.bid)
        const one = rankBids(rows, end, drawn)
        expect(rankBids([...rows].reverse(), end, drawn)).toEqual(one)
        expect(one.ranking).toHaveLength(rows.length)
        one.ranking.forEach((row, i) => {
          expect(row.rank).toBeLessThanOrEqual(i + 1)
          if (i > 0) expect(row.rank).toBeGreaterThanOrEqual(one.ranking[i - 1]!.rank)
        })
      }),
    )
  })

  test('equal bids share a rank, and the next one is counted past them', () => {
    const rows = ['A', 'B', 'C'].map((bid) => ({ bid, keys: [Rational.of(bid === 'C' ? 1 : 0)] }))
    const { ranking, ties } = rankBids(rows, 'equalRank')
    expect(ranking.map((row) => row.rank)).toEqual([1, 1, 3])
    expect(ties).toEqual([{ rank: 1, bids: ['A', 'B'], by: 'equalRank' }])
  })

  test('bids compared by different keys are a bug', () => {
    const rows = [
      { bid: 'A', keys: [] },
      { bid: 'B', keys: [Rational.zero] },
    ]
    expect(() => rankBids(rows, 'draw')).toThrow(RangeError)
  })
})

describe('corrections and deductions', () => {
  test('arithmetic-correction', () => {
    const { inputs, expected } = example('arithmetic-correction')
    const result = arithmeticCorrection(inputs)
    expect(result).toMatchObject({
      correctedItems: expected.correctedItems,
      correctedTotalFen: expected.correctedTotalFen,
      statedTotalFen: expected.statedTotalFen,
      wordsTotalFen: expected.wordsTotalFen,
      applied: ['unitPriceOverTotal'],
    })
    expect(result.items.map((item) => item.totalFen)).toEqual(expected.itemTotalsFen)
  })

  test('words beat figures, and the opening sheet beats the text of the bid', () => {
    const lump = { items: [], figuresTotalFen: 100, wordsTotal: '贰元整' }
    expect(arithmeticCorrection(lump)).toMatchObject({
      correctedTotalFen: 200,
      applied: ['wordsOverFigures'],
    })
    expect(arithmeticCorrection({ ...lump, openingSheetTotalFen: 100 })).toMatchObject({
      correctedTotalFen: 100,
      applied: ['openingSheetOverBid', 'wordsOverFigures'],
    })
  })

  test('a misplaced decimal point leaves the total and changes the unit price', () => {
    const items = [{ item: 1, quantity: '2', unitPriceFen: 10_000, statedTotalFen: 2_000 }]
    expect(arithmeticCorrection({ items, figuresTotalFen: 2_000 })).toMatchObject({
      correctedTotalFen: 2_000,
      applied: ['totalOverMisplacedDecimal'],
    })
  })

  test('words that cannot be read leave the figures', () => {
    const lump = { items: [], figuresTotalFen: 100, wordsTotal: '两元' }
    expect(arithmeticCorrection(lump)).toMatchObject({
      wordsTotalFen: null,
      correctedTotalFen: 100,
    })
  })

  test('a correction never lifts a price over the ceiling into acceptance', () => {
    const down = { statedTotalFen: 120, correctedTotalFen: 90 }
    expect(correctionStanding(down, 100, 'confirmed')).toBe('aboveCeiling')
    expect(correctionStanding(down, 120, 'confirmed')).toBe('stands')
    expect(correctionStanding(down, 120, 'open')).toBe('waitsForBidder')
    expect(correctionStanding(down, undefined, 'refused')).toBe('invalid')
  })

  test('policy-deductions: rates add or multiply as the document says', () => {
    const { inputs, expected } = example('policy-deductions')
    const evaluated = inputs.cases.map((c: { percent: string | string[]; priceFen: number }) =>
      evaluatedPrice(c.priceFen, [c.percent].flat()).toInteger(),
    )
    expect(evaluated).toEqual(expected.evaluatedPriceFen)
    const last = inputs.cases.at(-1)
    expect([evaluatedPrice(last.priceFen, last.percent, 'productOfRates').toInteger()]).toEqual(
      expected.alternativeProductOfRates,
    )
  })
})

describe('low prices and brands', () => {
  test('abnormally-low-price', () => {
    const { inputs, expected } = example('abnormally-low-price')
    const review = lowPriceReview(inputs.bids, inputs.ceilingFen)
    expect(review.mean!.toFixed(2)).toBe(expected.meanFen)
    expect(review.meanLine!.toFixed(2)).toBe(expected.meanTriggerFen)
    expect(review.secondLowestLine!.toFixed(2)).toBe(expected.secondLowestTriggerFen)
    expect(review.ceilingLine!.toFixed(2)).toBe(expected.ceilingTriggerFen)
    for (const { bid, ...row } of review.rows) expect(row).toEqual(expected.bids[bid])
    expect(review.reviewed).toEqual(expected.reviewed)
  })

  test('equal to the line is not below it', () => {
    const bids = [
      { bid: 'A', priceFen: 50 },
      { bid: 'B', priceFen: 100 },
    ]
    expect(lowPriceReview(bids, undefined).reviewed).toEqual([])
    expect(lowPriceReview([{ ...bids[0]!, priceFen: 49 }, bids[1]!], undefined).reviewed).toEqual([
      'A',
    ])
  })

  test('one bid has no second lowest, and none has no mean', () => {
    expect(lowPriceReview([{ bid: 'A', priceFen: 1 }], undefined).secondLowestLine).toBeNull()
    expect(lowPriceReview([], 100)).toMatchObject({ mean: null, meanLine: null, reviewed: [] })
  })

  test('same-brand: one brand is one bidder, its best bid alone is recommended', () => {
    const { inputs, expected } = example('same-brand')
    const { ties, ...result } = sameBrand(inputs.bids, 'highestScore')
    expect(result).toEqual(expected)
    expect(ties).toEqual([])
  })

  test('equal bids of a brand are left to the document or a draw', () => {
    const bids = ['A', 'B', 'C'].map((bid) => ({
      bid,
      brand: 'X',
      priceFen: 5,
      passed: bid !== 'C',
    }))
    expect(sameBrand(bids, 'lowestPrice')).toMatchObject({
      effectiveBidders: 1,
      enough: false,
      ties: [['A', 'B']],
    })
  })
})

describe('the committee', () => {
  test('more than half of all members decide; half do not', () => {
    expect(isMajority(3, 5)).toBe(true)
    expect(isMajority(3, 6)).toBe(false)
    expect(mayStillPass(1, 2, 5)).toBe(true)
    expect(mayStillPass(1, 3, 5)).toBe(false)
  })

  test('in government procurement a representative of the purchaser never chairs', () => {
    const member = { id: 'e6', represents: 'purchaser' } as const
    expect(mayChair(member, 'tender')).toBe(true)
    expect(mayChair(member, 'governmentProcurement')).toBe(false)
  })

  test('committee-composition: representatives are a third at the most', () => {
    for (const { size, maximumPurchaserRepresentatives: most } of example('committee-composition')
      .expected.rows) {
      const members = (representatives: number) =>
        Array.from({ length: size }, (_, i) => ({
          id: `e${i}`,
          represents: i < representatives ? ('purchaser' as const) : ('pool' as const),
        }))
      expect(isLawfulComposition(members(most), 3)).toBe(true)
      expect(isLawfulComposition(members(most + 1), 3)).toBe(false)
    }
  })

  test('a report stands with dissent, and with a refusal to sign without reasons', () => {
    expect(reportStanding(['signed', 'signed', 'dissented'])).toBe('complete')
    expect(reportStanding(['signed', 'refusedWithoutReasons', 'dissented'])).toBe('complete')
    expect(reportStanding(['signed', 'missing', 'signed'])).toBe('signature-missing')
    expect(reportStanding(['signed', 'dissented', 'dissented'])).toBe('majority-dissents')
  })

  test('more than a third asking for time extends it', () => {
    expect(mustExtendTime(2, 5)).toBe(true)
    expect(mustExtendTime(2, 6)).toBe(false)
  })

  test('the ground of an item follows from regime and group, unless it names its own', () => {
    const item = { id: 'r1', zh: '限价', en: 'ceiling' }
    expect(groundOf('governmentProcurement', 'responsiveness', item)).toBe('aboveBudgetOrCeiling')
    expect(groundOf('tender', 'responsiveness', { ...item, id: 'r2' })).toBe('notResponsive')
    expect(groundOf('governmentProcurement', 'responsiveness', { ...item, id: 'r2' })).toBe(
      'otherByDocument',
    )
    expect(groundOf('tender', 'qualification', { ...item, ground: 'belowCost' })).toBe('belowCost')
  })
})
