import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  documentOf,
  type ScoringScheme,
  scoringScheme,
  tenderFile,
} from '../../tendering/project/document.ts'
import { stepsOf } from './explain.ts'
import { outcomeOf } from './outcome.ts'
import { type LotFacts, schemeOf, scoreLot } from './rules.ts'

const base = new URL('../../../db/seed/examples/', import.meta.url)
const json = (path: string) => JSON.parse(readFileSync(new URL(path, base), 'utf8'))

/** A whole example folder as `scoreLot` takes it. */
function folder(name: string): LotFacts {
  const document = documentOf(tenderFile.parse(json(`${name}/tender.json`)))
  const sheets = json(`${name}/sheets.json`)
  return {
    scheme: schemeOf(document, document.lots[0]!.id),
    bids: json(`${name}/bids.json`),
    members: json(`${name}/experts.json`).map((expert: { id: string }) => expert.id),
    reviews: sheets.review,
    purchaserReviews: sheets.purchaserReview ?? [],
    sheets: sheets.scores,
  }
}
const road = folder('road-resurfacing')
const canteen = folder('school-canteen')
const withScoring = (facts: LotFacts, change: object): LotFacts => ({
  ...facts,
  scheme: {
    ...facts.scheme,
    scoring: scoringScheme.parse({ ...facts.scheme.scoring, ...change }),
  },
})
const withPrice = (change: object): LotFacts => {
  const { price } = road.scheme.scoring
  return withScoring(road, { price: { ...price, ...change } })
}
const against = (facts: LotFacts, gone: readonly string[]): LotFacts => ({
  ...facts,
  reviews: facts.reviews.map((row) =>
    gone.includes(row.bid) ? { ...row, responsiveness: { r1: false, r2: true, r3: true } } : row,
  ),
})

describe('a lot is judged', () => {
  test.each(['road-resurfacing', 'school-canteen'])('%s comes out as expected', (name) => {
    const result = scoreLot(folder(name))
    expect(result.outcome).toEqual({ kind: 'ranked' })
    const { rejected, notRejected, ...rest } = json(`${name}/expected.json`)
    const outcome = outcomeOf(result)
    const sets = { rejected: outcome.rejected, notRejected: outcome.notRejected }
    expect(sets.rejected).toHaveLength(rejected.length)
    expect(sets.rejected).toEqual(expect.arrayContaining(rejected))
    expect(sets.notRejected).toHaveLength(notRejected.length)
    expect(sets.notRejected).toEqual(expect.arrayContaining(notRejected))
    expect(outcome).toEqual({ ...sets, ...rest })
  })

  test('the outcome does not depend on the order of bids, sheets or reviews', () => {
    const expected = scoreLot(road)
    const shuffled = <T>(list: readonly T[]) =>
      fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length })
    fc.assert(
      fc.property(
        shuffled(road.bids),
        shuffled(road.sheets),
        shuffled(road.reviews),
        (bids, sheets, reviews) => {
          expect(scoreLot({ ...road, bids, sheets, reviews })).toEqual(expected)
        },
      ),
      { numRuns: 20 },
    )
  })

  test('grounds follow from the item: r1 is the ceiling', () => {
    expect(scoreLot(road).rejected).toMatchObject([
      { bid: 'bid-6', ground: 'aboveCeiling', reasons: Array(7).fill('未满足：r1') },
    ])
    expect(scoreLot(canteen).rejected).toMatchObject([
      { bid: 'bid-4', ground: 'unqualified', reasons: ['未提供有效CCC证书'] },
    ])
  })

  test('a bid failing several items is there once per item of the first group alone', () => {
    const reviews = road.reviews.map((row) =>
      row.bid === 'bid-1'
        ? {
            ...row,
            qualification: { q1: false, q2: false, q3: true },
            responsiveness: { r1: false },
          }
        : row,
    )
    const gone = scoreLot({ ...road, reviews }).rejected.filter((row) => row.bid === 'bid-1')
    expect(gone.map((row) => 'item' in row && row.item)).toEqual(['q1', 'q2'])
  })

  test('half of all members against an item does not reject', () => {
    const members = road.members.slice(0, 6)
    const half = new Set(members.slice(0, 3))
    const reviews = road.reviews.map((row) =>
      row.bid === 'bid-1' && half.has(row.expert)
        ? { ...row, responsiveness: { r1: true, r2: false, r3: true } }
        : row,
    )
    const result = scoreLot({ ...road, members, reviews })
    expect(result.notRejected).toContainEqual({
      bid: 'bid-1',
      item: 'r2',
      votes: { against: 3, for: 3 },
    })
  })

  test('a loser is told every step about itself and none about others', () => {
    const { steps } = scoreLot(road)
    const own = stepsOf(steps, 'bid-3')
    expect(own.some((step) => step.bid !== undefined && step.bid !== 'bid-3')).toBe(false)
    expect(own.map((step) => step.rule)).toEqual([
      'mean',
      'benchmarkMean',
      'benchmarkMean',
      'trimmedMean',
      'weightedTotal',
      'ranking',
    ])
    expect(own.at(-1)).toMatchObject({ inputs: { total: '89.45' }, result: '5' })
  })

  test('a missing vote, or a missing or impossible score, keeps the lot open, by name', () => {
    const sheets = road.sheets
      .slice(1)
      .map((sheet, i) =>
        i === 0 ? { ...sheet, scores: { ...sheet.scores, t1: '12.5', t2: '0.3' } } : sheet,
      )
    const result = scoreLot({ ...road, sheets })
    expect(result.outcome).toEqual({ kind: 'incomplete' })
    expect(result.problems.map((p) => p.problem).sort()).toEqual([
      'score-range',
      'score-step',
      'sheet-missing',
    ])
    const unvoted = scoreLot({ ...road, reviews: road.reviews.slice(1) })
    expect(unvoted.outcome).toEqual({ kind: 'incomplete' })
    expect(unvoted.problems.every((p) => p.problem === 'vote-missing')).toBe(true)
  })
})

describe('few bids', () => {
  test('all rejected: the lot fails', () => {
    const result = scoreLot(
      against(
        road,
        road.bids.map((bid) => bid.id),
      ),
    )
    expect(result.outcome).toEqual({ kind: 'failed', reason: 'allRejected' })
    expect(result.rejected).toHaveLength(8)
  })

  test('two left in the tender regime: ranked, and the committee judges the competition', () => {
    const left = ['bid-1', 'bid-2']
    const gone = road.bids.map((bid) => bid.id).filter((id) => !left.includes(id))
    const result = scoreLot(against(road, gone))
    expect(result.outcome).toEqual({ kind: 'ranked' })
    expect(result.isCompetitionInDoubt).toBe(true)
    expect(result.benchmarkFen).toBe(1_189_000_000)
  })

  test('one left: its price is the benchmark', () => {
    const gone = road.bids.map((bid) => bid.id).filter((id) => id !== 'bid-4')
    const result = scoreLot(against(road, gone))
    expect(result.benchmarkFen).toBe(1_221_000_000)
    expect(result.ranking).toMatchObject([{ bid: 'bid-4', priceScore: '60.00', rank: 1 }])
  })

  test('government procurement: fewer than three qualified, or responsive, void the lot', () => {
    const purchaserReviews = canteen.purchaserReviews!.map((row) => ({
      ...row,
      qualification: { q1: row.bid <= 'bid-2', q2: true, q3: true, q4: true },
    }))
    expect(scoreLot({ ...canteen, purchaserReviews }).outcome).toEqual({
      kind: 'failed',
      reason: 'tooFewQualified',
    })
    expect(scoreLot(against(canteen, ['bid-1', 'bid-2'])).outcome).toEqual({
      kind: 'failed',
      reason: 'tooFewResponsive',
    })
  })

  test('no bids at all, and bids of zero, end by name', () => {
    expect(scoreLot({ ...road, bids: [] }).outcome).toEqual({
      kind: 'failed',
      reason: 'allRejected',
    })
    const bids = road.bids.map((bid) => ({ ...bid, priceFen: 0 }))
    expect(scoreLot({ ...road, bids }).outcome).toEqual({
      kind: 'undecided',
      reason: 'benchmark-not-positive',
    })
    const free = canteen.bids.map((bid) => ({ ...bid, priceFen: 0 }))
    expect(scoreLot({ ...canteen, bids: free }).outcome).toEqual({
      kind: 'undecided',
      reason: 'lowest-price-not-positive',
    })
  })
})

describe('what hangs on a draw or a motion', () => {
  test('K drawn at the opening makes the benchmark; not drawn, the lot is undecided', () => {
    const facts = withPrice({ formula: 'benchmarkDrawnK', kCandidates: ['0.01', '0.02'] })
    expect(scoreLot(facts).outcome).toEqual({ kind: 'undecided', reason: 'k-not-drawn' })
    expect(scoreLot({ ...facts, drawn: { k: '0.02' } }).benchmarkFen).toBe(1_169_700_560)
    const one = withPrice({ formula: 'benchmarkDrawnK', kCandidates: ['0.02'] })
    expect(scoreLot(one).benchmarkFen).toBe(1_169_700_560)
  })

  test('a method drawn by name is applied with its own parameters', () => {
    const facts = withPrice({
      formula: 'drawnMethod',
      methodCandidates: ['benchmarkMean', 'secondaryMean'],
      variant: 'meanOfMeanAndLowest',
    })
    expect(scoreLot(facts).outcome).toEqual({ kind: 'undecided', reason: 'method-not-drawn' })
    expect(scoreLot({ ...facts, drawn: { method: 'benchmarkMean' } }).benchmarkFen).toBe(
      1_193_572_000,
    )
    expect(scoreLot({ ...facts, drawn: { method: 'secondaryMean' } }).benchmarkFen).toBe(
      1_176_186_000,
    )
  })

  test('a benchmark of all opened bids counts the rejected one too', () => {
    const all = scoreLot(withPrice({ benchmarkFrom: 'allOpened' }))
    expect(all.benchmarkFen).toBe(1_198_143_333)
    expect(all.ranking).toHaveLength(7)
  })

  test('a tie left to a draw is said, and the order drawn settles it', () => {
    const facts = withScoring(road, { tieBreak: ['lowerEvaluatedPrice', 'draw'] })
    const open = scoreLot(facts)
    expect(open.ties).toEqual([{ rank: 1, bids: ['bid-2', 'bid-8'], by: 'draw' }])
    expect(open.ranking.map((row) => row.rank)).toEqual([1, 1, 3, 4, 5, 6, 7])
    const drawn = scoreLot({ ...facts, drawn: { tieOrder: ['bid-8', 'bid-2'] } })
    expect(drawn.ties).toEqual([])
    expect(drawn.candidates).toEqual(['bid-8', 'bid-2', 'bid-7'])
  })

  test('a bid whose low price is not justified leaves the ranking and the benchmark', () => {
    const motions = [
      { bid: 'bid-5', at: 'price', ground: 'belowCost', by: 'committee', reasons: ['…'] },
    ] as const
    const result = scoreLot({ ...road, motions })
    expect(result.ranking.map((row) => row.bid)).not.toContain('bid-5')
    expect(result.rejected).toContainEqual(motions[0])
    expect(result.benchmarkFen).toBe(1_198_165_000)
  })

  test('only the best bid of a brand is a candidate', () => {
    const facts = withScoring(road, { sameBrand: true })
    const bids = facts.bids.map((b) => ({
      ...b,
      brand: ['bid-8', 'bid-2'].includes(b.id) ? 'X' : b.id,
    }))
    expect(scoreLot({ ...facts, bids }).candidates).toEqual(['bid-8', 'bid-7', 'bid-1'])
  })
})

describe('rounding and ranking', () => {
  test('parts and total are rounded only where the document says', () => {
    const rounding: ScoringScheme['rounding'] = { decimals: 2, mode: 'halfUp', at: ['total'] }
    const { rows, steps } = scoreLot(withScoring(canteen, { rounding }))
    const sum = steps.find((step) => step.rule === 'weightedTotal' && step.bid === 'bid-3')
    expect(sum!.inputs.itemsMean).toBe('843/14')
    expect(rows[0]).toMatchObject({ bid: 'bid-3', total: '87.77' })
  })

  test('the lowest evaluated price ranks without points', () => {
    const price = { formula: 'lowestEvaluatedPrice', smallBusinessDeductionPercent: '15' }
    const result = scoreLot(withScoring(canteen, { price, items: [] }))
    expect(result.ranking).toEqual([
      { bid: 'bid-2', evaluatedPriceFen: 196775000, rank: 1 },
      { bid: 'bid-3', evaluatedPriceFen: 214200000, rank: 2 },
      { bid: 'bid-5', evaluatedPriceFen: 239990000, rank: 3 },
      { bid: 'bid-1', evaluatedPriceFen: 246880000, rank: 4 },
    ])
  })

  test('a price far below the others is to be explained, on the bid price before deductions', () => {
    const bids = canteen.bids.map((b) => (b.id === 'bid-2' ? { ...b, priceFen: 110_000_000 } : b))
    expect(scoreLot({ ...canteen, bids }).lowPrice?.reviewed).toEqual(['bid-2'])
    expect(scoreLot(road).lowPrice).toBeUndefined()
  })
})
