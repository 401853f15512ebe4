import type { Context } from '../../kernel/decider.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import type { Facts, LowPriceFound, Phase, RejectedRow, Working } from './decider.ts'
import { paidPercent } from './formulas.ts'
import { lowPriceReview } from './low-price.ts'
import type { Rejection } from './review.ts'
import type { LotScheme } from './rules.ts'
import { correctionsAwaited } from './rules-corrections.ts'
import { isLeaving } from './rules-leaving.ts'
import { standingBids } from './rules-revoked.ts'
import {
  covers,
  effectiveBidders,
  type PhaseName,
  phaseResult,
  type Sheet,
  type SheetRow,
  sheetFault,
} from './rules-sheets.ts'
import { bidsLeft } from './rules-state.ts'
import type { BidFacts } from './score-rows.ts'

/** A phase of the evaluation: its guards, its sheets, its close. */
type X = Context<Facts>

/** Of a lot that is suspended, or gone, nothing is judged. */
export const suspended = {
  'lot-suspended': (_: unknown, __: unknown, x: X) => x.facts.isSuspended,
  'lot-over': (_: unknown, __: unknown, x: X) =>
    ['failed', 'terminated'].includes(x.facts.lotStage),
}
/** One who is out, and whose seat waits for another, takes no part any more. */
export const isMember = (s: Working, id: string) =>
  s.members.some((m) => m.id === id) && !isLeaving(s, id)
export const strangers = {
  'not-a-member': (s: Working, _: unknown, x: X) => !isMember(s, x.actor.party),
}
export const uncommitted = {
  'commitment-missing': (s: Working, _: unknown, x: X) => !s.committed.includes(x.actor.party),
}
export const chairOnly = {
  'not-chair': (s: Working, _: unknown, x: X) => s.chair !== x.actor.party,
}
export const schemeOf = (x: X): LotScheme => {
  if (!x.facts.scheme) throw new Error('an evaluation of a lot without a document')
  return x.facts.scheme
}

/** Too few bids for the evaluation to go on; only the committee's decision to fail it is left. */
export function isTooFew(s: Working, x: X): boolean {
  const scheme = schemeOf(x)
  const left = bidsLeft(s)
  if (left.length === 0) return true
  if (scheme.regime === 'tender') return false
  return effectiveBidders(scheme, x.facts.bids, left) < wholeLimit('minBidders')
}

/** Prices that LP26 wants explained, over the bids that are still in. */
export function lowPriceFound(s: Working, x: X): LowPriceFound | null {
  const scheme = schemeOf(x)
  if (scheme.regime === 'tender' || scheme.scoring.price.formula === 'discountRate') return null
  const left = bidsLeft(s)
  const prices = standingBids(s, x.facts.bids)
    .filter((b) => left.includes(b.id))
    .map((b) => ({ bid: b.id, priceFen: b.priceFen }))
  const found = lowPriceReview(prices, scheme.ceilingPriceFen ?? scheme.budgetFen)
  const { reviewed, mean, meanLine, secondLowestLine, ceilingLine } = found
  return {
    reviewed,
    mean: mean?.toText() ?? null,
    meanLine: meanLine?.toText() ?? null,
    secondLowestLine: secondLowestLine?.toText() ?? null,
    ceilingLine: ceilingLine?.toText() ?? null,
  }
}

/** A low price that is neither explained to the committee's content nor rejected. */
export function unjudgedLowPrice(s: Working, _: unknown, x: X) {
  const bidder = lowPriceFound(s, x)?.reviewed.find(
    (id) => !s.requests.some((r) => r.bidder === id && r.about === 'lowPrice' && r.isAccepted),
  )
  return bidder === undefined ? false : { bidder }
}

const sheetOf = (s: Working, member: string, phase: Phase['phase']): Sheet | undefined =>
  s.sheets.find((one) => one.member === member && one.phase === phase)

/** Members whose sheet of the phase is in and covers what is under review. */
export function handedIn(s: Phase, scheme: LotScheme): string[] {
  return s.members
    .map((m) => m.id)
    .filter((id) => {
      const sheet = sheetOf(s, id, s.phase)
      return sheet !== undefined && covers(scheme, sheet, s.phaseBids)
    })
}

export const submitCell = {
  unless: {
    ...suspended,
    ...strangers,
    ...uncommitted,
    'wrong-phase': (s: Phase, c: { phase: string }) => c.phase !== s.phase,
    'too-few-left': (s: Phase, _: unknown, x: X) => isTooFew(s, x),
    'sheet-locked': (s: Phase, _: unknown, x: X) =>
      handedIn(s, schemeOf(x)).includes(x.actor.party),
    ...Object.fromEntries(
      (['sheet-foreign-row', 'score-range', 'reason-missing', 'sheet-incomplete'] as const).map(
        (problem) => [
          problem,
          (s: Phase, c: { rows: readonly SheetRow[] }, x: X) => {
            const fault = sheetFault(schemeOf(x), s.phase, s.phaseBids, c.rows)
            return fault?.problem === problem && fault.detail
          },
        ],
      ),
    ),
  },
  then: {
    SheetSubmitted: (s: Phase, c: { rows: readonly SheetRow[] }, x: X) => ({
      member: x.actor.party,
      phase: s.phase,
      rows: c.rows,
      act: x.act as string,
    }),
  },
} as const

const rejectedRow = (row: Rejection): RejectedRow => ({
  bidder: row.bid,
  phase: row.at,
  item: row.item,
  ground: row.ground,
  by: row.by,
  votes: row.votes ?? null,
  reasons: row.reasons,
})

/** What the sheets of the phase decide, and in the last review what no sheet needs to say. */
function phaseOutcome(s: Phase, x: X) {
  const scheme = schemeOf(x)
  const ids = s.members.map((m) => m.id)
  const { rejected, notRejected } =
    s.phase === 'scoring'
      ? { rejected: [], notRejected: [] }
      : phaseResult(scheme, s.phase, ids, s.phaseBids, s.sheets)
  const rows = rejected.map(rejectedRow)
  const after = { ...s, rejected: [...s.rejected, ...rows] }
  const isLast = s.phase !== 'qualification' || scheme.responsiveness.length === 0
  return { rejected: isLast ? [...rows, ...unpricedRows(after, x)] : rows, notRejected }
}

/**
 * Bids that offer no price: a total of zero, or a discount of all. Such an offer answers nothing that
 * is asked, whatever the formula; and no formula divides by it.
 * @source 招标投标法实施条例 art. 51(6); 财政部令第87号 art. 63(5) ○; 政府采购法 art. 2
 */
export function unpricedRows(s: Working & { phase?: PhaseName }, x: X): RejectedRow[] {
  const { regime, scoring } = schemeOf(x)
  const left = bidsLeft(s)
  const isPriced = (bid: BidFacts) =>
    scoring.price.formula === 'discountRate'
      ? paidPercent(bid.discountPercent ?? '0').sign() > 0
      : bid.priceFen > 0
  return standingBids(s, x.facts.bids)
    .filter((bid) => left.includes(bid.id) && !isPriced(bid))
    .map((bid) => ({
      bidder: bid.id,
      phase: s.phase ?? 'scoring',
      item: null,
      ground: regime === 'tender' ? 'notResponsive' : 'unacceptableCondition',
      by: 'committee',
      votes: null,
      reasons: ['报价不大于零 The price is not above zero'],
    }))
}

/** Requests that their bidder may still answer. */
export const openRequests = (s: Working, now: string) =>
  s.requests.filter((r) => r.answer === null && now < r.until && bidsLeft(s).includes(r.bidder))
export const awaited = {
  'explanation-open': (s: Working, _: unknown, x: X) => openRequests(s, x.now).length > 0,
}

export const closeCell = {
  unless: {
    ...suspended,
    ...chairOnly,
    'too-few-left': (s: Phase, _: unknown, x: X) => isTooFew(s, x),
    'sheets-missing': (s: Phase, _: unknown, x: X) => {
      const count = s.members.length - handedIn(s, schemeOf(x)).length
      return count > 0 && { count }
    },
    ...awaited,
    ...correctionsAwaited,
    'low-price-unjudged': (s: Phase, c: unknown, x: X) =>
      s.phase === 'scoring' && unjudgedLowPrice(s, c, x),
  },
  then: {
    BidRejected: (s: Phase, _: unknown, x: X) => phaseOutcome(s, x).rejected,
    PhaseClosed: (s: Phase, _: unknown, x: X) => {
      const { rejected, notRejected } = phaseOutcome(s, x)
      const after = { ...s, rejected: [...s.rejected, ...rejected] }
      const lowPrice = s.phase === 'responsiveness' ? lowPriceFound(after, x) : null
      return { phase: s.phase, notRejected, lowPrice }
    },
  },
} as const
