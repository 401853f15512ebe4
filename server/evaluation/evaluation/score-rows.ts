import { Rational } from '../../kernel/rational.ts'
import type { ScoringScheme, TieKey } from '../../tendering/project/document.ts'
import { hasPriceScore } from '../../tendering/project/document-price.ts'
import { aggregated, type ScoreSheet, sheetsOf, sheetTotal } from './aggregate.ts'
import type { Priced, PriceProblem } from './benchmark.ts'
import { evaluatedPrice } from './deductions.ts'
import type { Step } from './explain.ts'
import {
  type PriceResult,
  type PriceResults,
  paidPercent,
  pricePart,
  reviewedPrice,
} from './formulas.ts'
import { type Comparable, rankBids, type Tie } from './ranking.ts'

/**
 * From prices and sheets to ranked rows. Exact until the points that `scoring.rounding.at` and the
 * price formula name; ties are broken by unrounded keys.
 * @source 财政部令第87号 art. 55-57 ○; 招标投标法 art. 40, 41
 */

/** What scoring needs to know of an opened bid. */
export interface BidFacts {
  readonly id: string
  readonly priceFen: number
  readonly smallOrMicro?: boolean | undefined
  /** Further policy deductions in percent, decimal text; they add up with the small firms'. */
  readonly deductionPercents?: readonly string[] | undefined
  readonly deliveryDays?: number | undefined
  readonly paymentAdvancePercent?: string | undefined
  /** Where the quotation form asks for a discount. */
  readonly discountPercent?: string | undefined
  readonly brand?: string | undefined
}

/** One bid that is still in, with everything that made its rank; decimal text at the scheme's places. */
export interface ScoredRow {
  readonly bid: string
  readonly rank: number
  /** Half up to the fen; the exact value was scored. Percents (discount rate) have none. */
  readonly evaluatedPriceFen?: number
  readonly priceScore?: string
  readonly itemsMean?: string
  readonly total?: string
  readonly deviationPercent?: string
  readonly technicalMean?: string
  /** Totals by member, in the order of the members. */
  readonly memberTotals: readonly string[]
}

export interface ScoredRows {
  readonly rows: readonly ScoredRow[]
  readonly ties: readonly Tie[]
  readonly benchmark?: Rational
  readonly steps: readonly Step[]
}

export interface ScoreFacts {
  readonly members: readonly string[]
  readonly sheets: readonly ScoreSheet[]
  readonly ceilingFen?: number | undefined
  readonly drawn?:
    | { readonly k?: string; readonly method?: string; readonly tieOrder?: readonly string[] }
    | undefined
}

interface Worked {
  readonly fact: BidFacts
  readonly price: Rational
  readonly part: PriceResult
  readonly priceScore: Rational
  readonly items: Items
  readonly total: Rational
}

interface Items {
  readonly totals: readonly Rational[]
  readonly mean: Rational
  readonly rounded: Rational
  readonly technical: Rational
  readonly business: Rational
}

/**
 * @param bids still in after the review
 * @param opened all opened bids, for a benchmark that is made from them
 */
export function scoreRows(
  scoring: ScoringScheme,
  bids: readonly BidFacts[],
  opened: readonly BidFacts[],
  facts: ScoreFacts,
): ScoredRows | { problem: PriceProblem } {
  const priced = (list: readonly BidFacts[]): Priced[] =>
    list.map((bid) => ({ bid: bid.id, price: priceOf(scoring, bid) }))
  const isAll = 'benchmarkFrom' in scoring.price && scoring.price.benchmarkFrom === 'allOpened'
  const drawn = { ...facts.drawn, ceilingFen: facts.ceilingFen }
  const prices = priced(bids)
  const part = pricePart(scoring.price, prices, drawn, isAll ? priced(opened) : prices)
  if ('problem' in part) return part
  const worked = bids.map((fact, i): Worked => {
    const items = itemsOf(scoring, fact.id, facts)
    const result = part.results[i]!
    const priceScore = at(scoring, 'priceScore', result.score ?? Rational.zero)
    const total = at(scoring, 'total', priceScore.plus(items.rounded))
    return { fact, price: prices[i]!.price, part: result, priceScore, items, total }
  })
  return ranked(scoring, worked, part, facts)
}

function ranked(
  scoring: ScoringScheme,
  worked: readonly Worked[],
  part: PriceResults,
  facts: ScoreFacts,
): ScoredRows {
  const isScored = hasPriceScore(scoring.price)
  const cut = scoring.tieBreak.findIndex((key) => key === 'draw' || key === 'equalRank')
  const end = scoring.tieBreak[cut] === 'draw' ? 'draw' : 'equalRank'
  const keys = cut < 0 ? scoring.tieBreak : scoring.tieBreak.slice(0, cut)
  const comparable = worked.map(
    (w): Comparable => ({
      bid: w.fact.id,
      keys: [
        ...(isScored ? [w.total.negated()] : w.part.order),
        ...keys.map((key) => tieValue(key, w)),
      ],
    }),
  )
  const { ranking, ties } = rankBids(comparable, end, facts.drawn?.tieOrder)
  const byBid = new Map(worked.map((w) => [w.fact.id, w]))
  const places = scoring.rounding.decimals
  const rows = ranking.map(({ bid, rank }): ScoredRow => {
    const w = byBid.get(bid)!
    const { deviationPercent } = w.part
    return {
      bid,
      rank,
      ...(scoring.price.formula === 'discountRate'
        ? {}
        : { evaluatedPriceFen: w.price.round(0).toInteger() }),
      ...(isScored
        ? {
            priceScore: w.priceScore.toFixed(places),
            itemsMean: w.items.rounded.toFixed(places),
            total: w.total.toFixed(places),
            technicalMean: w.items.technical.toText(),
          }
        : {}),
      ...(deviationPercent ? { deviationPercent: deviationPercent.toFixed(2) } : {}),
      memberTotals: w.items.totals.map((total) => total.toText()),
    }
  })
  const steps = [
    ...worked.flatMap((w) => priceStep(scoring, w)),
    ...part.steps,
    ...(isScored ? worked.flatMap((w) => totalSteps(scoring, w)) : []),
    ...rows.map((row) => rankStep(row, scoring, ties)),
  ]
  return { rows, ties, steps, ...(part.benchmark ? { benchmark: part.benchmark.benchmark } : {}) }
}

/** The evaluated price of a bid: reviewed, deducted, or the percent paid; exact. */
function priceOf({ price }: ScoringScheme, bid: BidFacts): Rational {
  const percents = deductionsOf(price.smallBusinessDeductionPercent, bid)
  if (price.formula === 'discountRate')
    return paidPercent(bid.discountPercent ?? '0').times(evaluatedPrice(1, percents))
  if (price.formula === 'reviewedLowestBidPrice')
    return reviewedPrice(price, {
      correctedPriceFen: bid.priceFen,
      durationDays: bid.deliveryDays ?? price.baseDurationDays,
      paymentAdvancePercent: bid.paymentAdvancePercent,
    })
  return evaluatedPrice(bid.priceFen, percents)
}

function deductionsOf(small: string | undefined, bid: BidFacts): string[] {
  return [...(bid.smallOrMicro && small ? [small] : []), ...(bid.deductionPercents ?? [])]
}

function itemsOf(scoring: ScoringScheme, bid: string, facts: ScoreFacts): Items {
  const zero = Rational.zero
  if (scoring.items.length === 0 || !hasPriceScore(scoring.price))
    return { totals: [], mean: zero, rounded: zero, technical: zero, business: zero }
  const own = sheetsOf(facts.members, bid, facts.sheets)
  const totals = own.map((sheet) => sheetTotal(scoring.items, sheet))
  const mean = aggregated(scoring.expertAggregation, totals, scoring.expertTrim)
  const kindMean = (kind: 'technical' | 'business') =>
    Rational.mean(own.map((sheet) => sheetTotal(scoring.items, sheet, kind)))
  return {
    totals,
    mean,
    rounded: at(scoring, 'itemsMean', mean),
    technical: kindMean('technical'),
    business: kindMean('business'),
  }
}

type Point = ScoringScheme['rounding']['at'][number]

function at({ rounding }: ScoringScheme, point: Point, value: Rational): Rational {
  return rounding.at.includes(point) ? value.round(rounding.decimals) : value
}

/** A tie key's value, lower is better, unrounded. */
function tieValue(key: TieKey, w: Worked): Rational {
  switch (key) {
    case 'lowerEvaluatedPrice':
      return w.price
    case 'lowerBidPrice':
      return Rational.of(w.fact.priceFen)
    case 'higherTechnicalMean':
      return w.items.technical.negated()
    case 'higherBusinessMean':
      return w.items.business.negated()
    case 'higherItemsMean':
      return w.items.mean.negated()
    case 'equalRank':
    case 'draw':
      throw new RangeError(`${key} is no value`)
  }
}

function priceStep(scoring: ScoringScheme, w: Worked): Step[] {
  const percents = deductionsOf(scoring.price.smallBusinessDeductionPercent, w.fact)
  if (w.price.equals(Rational.of(w.fact.priceFen))) return []
  return [
    {
      rule: 'evaluatedPrice',
      source: 'SME, document',
      bid: w.fact.id,
      zh: '评审价（仅用于评审，合同按投标报价签订）',
      en: 'Evaluated price (ranks only; the contract is at the bid price)',
      inputs: {
        priceFen: String(w.fact.priceFen),
        ...(percents.length > 0 ? { deductionPercent: percents.join(' + ') } : {}),
      },
      result: w.price.toText(),
    },
  ]
}

function totalSteps(scoring: ScoringScheme, w: Worked): Step[] {
  const bid = w.fact.id
  return [
    {
      rule: scoring.expertAggregation,
      source: 'document',
      bid,
      zh: '各评委总分的汇总',
      en: "Aggregate of the members' totals",
      inputs: {
        totals: w.items.totals.map((total) => total.toText()).join(' '),
        exact: w.items.mean.toText(),
      },
      result: w.items.rounded.toText(),
    },
    {
      rule: 'weightedTotal',
      source: 'document',
      bid,
      zh: '综合得分 = 价格分 + 评分项得分',
      en: 'Total = price score + items',
      inputs: { priceScore: w.priceScore.toText(), itemsMean: w.items.rounded.toText() },
      result: w.total.toText(),
    },
  ]
}

function rankStep(row: ScoredRow, scoring: ScoringScheme, ties: readonly Tie[]): Step {
  const tie = ties.find((t) => t.bids.includes(row.bid))
  return {
    rule: 'ranking',
    source: 'document',
    bid: row.bid,
    zh: tie ? `与${tie.bids.length - 1}家并列` : '排名',
    en: tie ? `Equal with ${tie.bids.length - 1} other` : 'Rank',
    inputs: {
      ...(row.total === undefined ? {} : { total: row.total }),
      tieBreak: scoring.tieBreak.join(' '),
    },
    result: String(row.rank),
  }
}
