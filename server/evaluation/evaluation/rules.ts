import type { Rational } from '../../kernel/rational.ts'
import {
  type Regime,
  type ReviewItem,
  regimeOf,
  type ScoringScheme,
  type TenderDocument,
} from '../../tendering/project/document.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import { alarmsOf, type ScoreSheet, sheetProblems } from './aggregate.ts'
import { type LowPriceReview, lowPriceReview } from './low-price.ts'
import {
  type LotResult,
  type MotionRejection,
  notRejectedStep,
  published,
  rejectionStep,
} from './outcome.ts'
import {
  committeeGroup,
  type GroupResult,
  type PurchaserReview,
  purchaserGroup,
  type Rejection,
  type ReviewSheet,
} from './review.ts'
import { sameBrand } from './same-brand.ts'
import { type BidFacts, type ScoredRow, type ScoreFacts, scoreRows } from './score-rows.ts'

/**
 * The whole arithmetic of an evaluation, in one pure function: reviews, benchmark, scores, ranking,
 * candidates, and the steps that led there. Server, browser and offline verifier run this same code.
 * The outcome doesn't depend on the order of bids or sheets.
 * @source 招标投标法 art. 40, 41; 招标投标法实施条例 art. 49, 51, 53; 财政部令第87号 art. 44, 50-57 ○
 */

/** The part of a tender document that judges one lot. */
export interface LotScheme {
  readonly regime: Regime
  readonly qualification: readonly ReviewItem[]
  readonly responsiveness: readonly ReviewItem[]
  readonly scoring: ScoringScheme
  readonly ceilingPriceFen?: number | undefined
  readonly budgetFen: number
}

/** @throws RangeError on a lot the document hasn't */
export function schemeOf(document: TenderDocument, lotId: string): LotScheme {
  const lot = document.lots.find((l) => l.id === lotId)
  if (!lot) throw new RangeError(`no lot ${lotId}`)
  const { qualification, responsiveness, scoring, budgetFen } = document
  const { ceilingPriceFen } = lot
  const regime = regimeOf(document.category)
  return { regime, qualification, responsiveness, scoring, ceilingPriceFen, budgetFen }
}

export interface LotFacts {
  readonly scheme: LotScheme
  /** Opened bids that still stand. */
  readonly bids: readonly BidFacts[]
  /** All that were opened, for a benchmark made of these; absent: those that stand. */
  readonly opened?: readonly BidFacts[]
  /** Ids of all members, representatives included; a replaced member is not among them. */
  readonly members: readonly string[]
  readonly reviews: readonly ReviewSheet[]
  readonly purchaserReviews?: readonly PurchaserReview[]
  readonly sheets: readonly ScoreSheet[]
  readonly motions?: readonly MotionRejection[]
  /** K, method and order of ties, as drawn. */
  readonly drawn?: ScoreFacts['drawn']
}

const nothing = {
  rows: [],
  ranking: [],
  candidates: [],
  ties: [],
  alarms: [],
} as const

/** Judges one lot. See `LotResult` for what comes back where the lot can't be ranked. */
export function scoreLot(facts: LotFacts): LotResult {
  const { scheme } = facts
  const bids = [...facts.bids].sort((a, b) => (a.id < b.id ? -1 : 1))
  const review = reviewed(
    facts,
    bids.map((bid) => bid.id),
  )
  const left = bids.filter((bid) => review.left.includes(bid.id))
  const known = {
    ...nothing,
    rejected: review.rejected,
    notRejected: review.notRejected.filter((row) => review.left.includes(row.bid)),
    isCompetitionInDoubt: scheme.regime === 'tender' && left.length < wholeLimit('minBidders'),
    steps: [...review.rejected.map(rejectionStep), ...review.notRejected.map(notRejectedStep)],
    problems: review.problems,
  }
  if (review.problems.length > 0) return { ...known, outcome: { kind: 'incomplete' } }
  const reason = failureOf(facts, review, left)
  if (reason) return { ...known, outcome: { kind: 'failed', reason } }
  const { items } = scheme.scoring
  const problems = sheetProblems(items, facts.members, review.left, facts.sheets)
  if (problems.length > 0) return { ...known, problems, outcome: { kind: 'incomplete' } }
  const scored = scoreRows(scheme.scoring, left, facts.opened ?? bids, {
    members: facts.members,
    sheets: facts.sheets,
    ceilingFen: scheme.ceilingPriceFen,
    drawn: facts.drawn,
  })
  if ('problem' in scored)
    return { ...known, outcome: { kind: 'undecided', reason: scored.problem } }
  const { rows, ties, steps, benchmark } = scored
  return {
    ...known,
    outcome: { kind: 'ranked' },
    rows,
    ties,
    ranking: rows.map(published),
    candidates: candidatesOf(scheme, left, rows),
    alarms:
      items.length === 0
        ? []
        : left.flatMap((b) => alarmsOf(scheme.scoring, facts.members, b.id, facts.sheets)),
    ...(benchmark ? { benchmarkFen: toFen(benchmark) } : {}),
    ...(isLowPriceReviewed(scheme) ? { lowPrice: lowPriceOf(scheme, left) } : {}),
    steps: [...known.steps, ...steps],
  }
}

interface Reviewed extends GroupResultOf<Rejection | MotionRejection> {
  readonly left: readonly string[]
  readonly qualifiedCount: number
}
type GroupResultOf<R> = Omit<GroupResult, 'rejected'> & { readonly rejected: readonly R[] }

/** Both groups in turn, each over the bids that are still in, then the committee's motions. */
function reviewed(facts: LotFacts, bids: readonly string[]): Reviewed {
  const { scheme, members, reviews, purchaserReviews = [], motions = [] } = facts
  const { regime, qualification, responsiveness } = scheme
  const first =
    regime === 'governmentProcurement'
      ? purchaserGroup(regime, qualification, bids, purchaserReviews)
      : committeeGroup(regime, 'qualification', qualification, members, bids, reviews)
  const without = (list: readonly string[], gone: readonly { bid: string }[]) =>
    list.filter((bid) => !gone.some((row) => row.bid === bid))
  const early = motions.filter((motion) => motion.at === 'qualification')
  const qualified = without(bids, [...first.rejected, ...early])
  const second = committeeGroup(
    regime,
    'responsiveness',
    responsiveness,
    members,
    qualified,
    reviews,
  )
  const late = motions.filter((motion) => motion.at !== 'qualification')
  return {
    rejected: [...first.rejected, ...early, ...second.rejected, ...late],
    notRejected: [...first.notRejected, ...second.notRejected],
    // Of a bid that the committee rejected by a motion no sheet need say anything.
    problems: [...first.problems, ...second.problems].filter(
      (row) => !motions.some((motion) => motion.bid === row.bid),
    ),
    left: without(qualified, [...second.rejected, ...late]),
    qualifiedCount: brands(facts.bids, qualified, scheme),
  }
}

/** Bidders as the law counts them: by brand where the document says so. */
function brands(bids: readonly BidFacts[], ids: readonly string[], scheme: LotScheme): number {
  if (!scheme.scoring.sameBrand) return ids.length
  const rows = bids.map((b) => ({
    bid: b.id,
    brand: b.brand,
    priceFen: b.priceFen,
    passed: ids.includes(b.id),
  }))
  return sameBrand(rows, 'lowestPrice').effectiveBidders
}

function failureOf(
  facts: LotFacts,
  review: Reviewed,
  left: readonly BidFacts[],
): 'allRejected' | 'tooFewQualified' | 'tooFewResponsive' | null {
  const least = wholeLimit('minBidders')
  if (facts.scheme.regime === 'governmentProcurement') {
    if (review.qualifiedCount < least) return 'tooFewQualified'
    if (brands(facts.bids, review.left, facts.scheme) < least) return 'tooFewResponsive'
  }
  return left.length === 0 ? 'allRejected' : null
}

function candidatesOf(
  scheme: LotScheme,
  left: readonly BidFacts[],
  rows: readonly ScoredRow[],
): string[] {
  const { scoring } = scheme
  const ranked = rows.map((row) => row.bid)
  if (!scoring.sameBrand) return ranked.slice(0, scoring.candidates)
  const brandOf = new Map(left.map((bid) => [bid.id, bid.brand]))
  const isBest = (bid: string, i: number) => {
    const brand = brandOf.get(bid)
    return brand === undefined || ranked.findIndex((other) => brandOf.get(other) === brand) === i
  }
  return ranked.filter(isBest).slice(0, scoring.candidates)
}

/** The triggers compare amounts; a discount quoted in percent has none. */
function isLowPriceReviewed({ regime, scoring }: LotScheme): boolean {
  return regime === 'governmentProcurement' && scoring.price.formula !== 'discountRate'
}

function lowPriceOf(scheme: LotScheme, left: readonly BidFacts[]): LowPriceReview {
  const prices = left.map(({ id, priceFen }) => ({ bid: id, priceFen }))
  return lowPriceReview(prices, scheme.ceilingPriceFen ?? scheme.budgetFen)
}

function toFen(benchmark: Rational): number {
  return benchmark.round(0).toInteger()
}
