import type { Regime, RejectionGround } from '../../tendering/project/document.ts'
import { isMajority, mayStillPass, type reopenGrounds } from './committee.ts'
import type { QuotedItem } from './corrections.ts'
import type { FailGround } from './decider.ts'

/**
 * Motions 表决: what a committee decides together. The first vote opens one, each member votes once, a
 * majority of all members carries it, and one that can't reach a majority any more has failed.
 * @source 财政部令第87号 art. 61 ○; 招标投标法实施条例 art. 48, 51
 */
export type Motion =
  | { readonly kind: 'electChair'; readonly member: string }
  | {
      readonly kind: 'requestExplanation'
      readonly id: string
      readonly bidder: string
      readonly about: 'ambiguity' | 'arithmetic' | 'lowPrice'
      readonly question: string
      readonly minutes: number
    }
  | { readonly kind: 'acceptExplanation'; readonly request: string }
  | {
      readonly kind: 'rejectBid'
      readonly bidder: string
      readonly ground: RejectionGround
      readonly reason: string
    }
  | {
      readonly kind: 'reopenSheet'
      readonly member: string
      readonly ground: (typeof reopenGrounds)[number]
      readonly reason: string
    }
  | {
      readonly kind: 'correctPrice'
      readonly id: string
      readonly bidder: string
      readonly items: readonly QuotedItem[]
      readonly wordsTotal: string | null
      readonly reason: string
      readonly minutes: number
    }
  /** The discussion of a result that came back is over: what stands is ranked. */
  | { readonly kind: 'rankAgain' }
  | { readonly kind: 'failEvaluation'; readonly ground: FailGround; readonly reason: string }

export interface MotionBallot {
  readonly motion: Motion
  readonly openedBy: string
  readonly votes: Readonly<Record<string, boolean>>
  readonly outcome: 'open' | 'carried' | 'failed'
}

/** What a motion stands at with these votes of so many members. */
export function ballotOutcome(
  votes: Readonly<Record<string, boolean>>,
  members: number,
): MotionBallot['outcome'] {
  const all = Object.values(votes)
  const inFavour = all.filter((vote) => vote).length
  const against = all.length - inFavour
  if (isMajority(inFavour, members)) return 'carried'
  return mayStillPass(inFavour, against, members) ? 'open' : 'failed'
}

const sameControl: readonly RejectionGround[] = ['sameControl', 'severalBids']

/** Grounds on which a committee may reject a bid (TR 51; M87 63; TR 34): none outside the list. */
export const lawfulGrounds: Readonly<Record<Regime, readonly RejectionGround[]>> = {
  tender: [
    'unsignedUnsealed',
    'noJointAgreement',
    'unqualified',
    'severalBids',
    'belowCost',
    'aboveCeiling',
    'notResponsive',
    'collusionFraudBribery',
    'sameControl',
  ],
  governmentProcurement: [
    'bondMissing',
    'signatureMissing',
    'unqualified',
    'aboveBudgetOrCeiling',
    'unacceptableCondition',
    'otherByDocument',
    'abnormallyLow',
    'collusionFraudBribery',
    ...sameControl,
  ],
}
