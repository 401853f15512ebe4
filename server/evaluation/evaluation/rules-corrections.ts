import type { Context } from '../../kernel/decider.ts'
import { fenMax } from '../../kernel/money.ts'
import { Rational } from '../../kernel/rational.ts'
import {
  arithmeticCorrection,
  type Correction,
  type CorrectionRule,
  correctionStanding,
  type QuotedItem,
} from './corrections.ts'
import type { Facts, RejectedRow, Working } from './decider.ts'
import type { LotScheme } from './rules.ts'
import type { Motion } from './rules-motions.ts'
import type { BidFacts } from './score-rows.ts'

/**
 * The act of an arithmetic correction 算术修正: a majority of the committee finds the mistake and the
 * rule computes the price; the bidder confirms in writing; one who refuses, or lets the time pass, has
 * an invalid bid. The corrected price ranks and contracts.
 * @source 财政部令第87号 art. 59 ○; 评标委员会和评标方法暂行规定 art. 19 ○
 */
export interface CorrectionTerms {
  readonly id: string
  readonly bidder: string
  /** Lines of the bid's price list as they stand in the bid; empty: a lump sum. */
  readonly items: readonly QuotedItem[]
  /** The total in words, as the bid's letter has it. */
  readonly wordsTotal: string | null
  readonly reason: string
  readonly openedFen: number
  readonly correctedFen: number
  /** Rules that were applied, in order. */
  readonly applied: readonly CorrectionRule[]
  readonly until: string
}
export interface PriceCorrection extends CorrectionTerms {
  /** Null while the bidder may answer; an answer without an act is silence to the end. */
  readonly answer: { readonly isConfirmed: boolean; readonly act: string | null } | null
}

type X = Context<Facts>
/** A stage at work; `phase` where there is one. */
type Stage = Working & { readonly phase?: RejectedRow['phase'] }
export type CorrectMotion = Extract<Motion, { kind: 'correctPrice' }>

/** In government procurement the opening sheet's total beats the bid's text; by R12 words do. */
export function correctionOf(
  scheme: LotScheme,
  bid: BidFacts,
  motion: Pick<CorrectMotion, 'items' | 'wordsTotal'>,
): Correction {
  const isSheetFirst = scheme.regime === 'governmentProcurement'
  return arithmeticCorrection({
    items: motion.items,
    figuresTotalFen: bid.priceFen,
    ...(motion.wordsTotal === null ? {} : { wordsTotal: motion.wordsTotal }),
    ...(isSheetFirst ? { openingSheetTotalFen: bid.priceFen } : {}),
  })
}

/** The correction that a motion is about; null where there is nothing to correct in amounts. */
export function proposedCorrection(x: X, motion: CorrectMotion): Correction | null {
  const { scheme } = x.facts
  const bid = x.facts.bids.find((one) => one.id === motion.bidder)
  if (!scheme || !bid || scheme.scoring.price.formula === 'discountRate') return null
  if (Rational.of(fenMax).isLess(sumOf(motion.items))) return null
  const found = correctionOf(scheme, bid, motion)
  const isChanged = found.correctedTotalFen !== bid.priceFen && found.correctedTotalFen > 0
  return isChanged ? found : null
}

/** The most that the lines can come to, whichever of their two figures stands. */
const sumOf = (items: readonly QuotedItem[]): Rational =>
  Rational.sum(
    items.map((item) =>
      Rational.parse(item.quantity)
        .times(Rational.of(item.unitPriceFen))
        .plus(Rational.of(item.statedTotalFen)),
    ),
  )

/** The greatest lawful price: the ceiling; in government procurement without one, the budget. */
const highestFen = ({ regime, ceilingPriceFen, budgetFen }: LotScheme): number | undefined =>
  ceilingPriceFen ?? (regime === 'governmentProcurement' ? budgetFen : undefined)

const outByRule = (
  s: Stage,
  row: Pick<RejectedRow, 'bidder' | 'ground' | 'reasons'>,
): RejectedRow => ({
  ...row,
  phase: s.phase ?? 'scoring',
  item: null,
  by: 'committee',
  votes: null,
})

const overCeiling = '修正前或修正后的报价高于最高限价 The price is above the ceiling'
const unconfirmed = '投标人未确认修正后的报价 The bidder did not confirm the corrected price'

/** Whether a bid is out by a correction: over the ceiling with it, or not confirmed. */
export const isByCorrection = (row: RejectedRow): boolean =>
  row.by === 'committee' &&
  row.item === null &&
  row.votes === null &&
  [overCeiling, unconfirmed].includes(row.reasons[0] ?? '')

/** A price over the ceiling stays over it, and one corrected to above it is over it. */
export function rejectedByCorrection(s: Stage, x: X, motion: CorrectMotion): RejectedRow | null {
  const { scheme } = x.facts
  const found = proposedCorrection(x, motion)
  if (!scheme || !found) return null
  const stated = { ...found, statedTotalFen: openedFen(x, motion.bidder) }
  if (correctionStanding(stated, highestFen(scheme), 'open') !== 'aboveCeiling') return null
  const isTender = scheme.regime === 'tender'
  return outByRule(s, {
    bidder: motion.bidder,
    ground: isTender ? 'aboveCeiling' : 'aboveBudgetOrCeiling',
    reasons: [overCeiling],
  })
}
const openedFen = (x: X, bidder: string): number =>
  x.facts.bids.find((bid) => bid.id === bidder)?.priceFen ?? 0

/** Corrections whose bidder may still answer. */
export const openCorrections = (s: Working): PriceCorrection[] =>
  s.corrections.filter(
    (c) => c.answer === null && !s.rejected.some((row) => row.bidder === c.bidder),
  )
export const correctionsAwaited = {
  'correction-open': (s: Working) => openCorrections(s).length > 0,
}

const openOne = (s: Working, id: string) => openCorrections(s).find((c) => c.id === id)

/** Refused or let pass: the bid is invalid (M87 59; R12 19). */
const refusedBid = (s: Stage, bidder: string, x: X): RejectedRow =>
  outByRule(s, {
    bidder,
    ground:
      x.facts.scheme?.regime === 'governmentProcurement' ? 'otherByDocument' : 'notResponsive',
    reasons: [unconfirmed],
  })

type Answer = { id: string; correctedFen: number; isConfirmed: boolean }

export const answerCorrectionCell = {
  before: {
    'explanation-late': (s: Stage, c: Answer) =>
      s.corrections.find((one) => one.id === c.id)?.until ?? null,
  },
  unless: {
    'correction-unknown': (s: Stage, c: Answer, x: X) => openOne(s, c.id)?.bidder !== x.actor.party,
    'correction-differs': (s: Stage, c: Answer) => {
      const expectedFen = openOne(s, c.id)?.correctedFen ?? 0
      return c.correctedFen !== expectedFen && { expectedFen }
    },
  },
  then: {
    CorrectionAnswered: (_: Stage, c: Answer, x: X) => ({
      id: c.id,
      bidder: x.actor.party,
      isConfirmed: c.isConfirmed,
      act: x.act ?? null,
    }),
    BidRejected: (s: Stage, c: Answer, x: X) => !c.isConfirmed && refusedBid(s, x.actor.party, x),
  },
} as const

/** The clock's answer where the bidder gave none. */
export const lapseCorrectionCell = {
  after: {
    'correction-waits': (s: Stage, c: { id: string }) => openOne(s, c.id)?.until ?? null,
  },
  unless: { 'correction-unknown': (s: Stage, c: { id: string }) => !openOne(s, c.id) },
  then: {
    CorrectionAnswered: (s: Stage, c: { id: string }) => {
      const bidder = openOne(s, c.id)?.bidder as string
      return { id: c.id, bidder, isConfirmed: false, act: null }
    },
    BidRejected: (s: Stage, c: { id: string }, x: X) =>
      refusedBid(s, openOne(s, c.id)?.bidder as string, x),
  },
} as const
