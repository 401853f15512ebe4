import type { Regime, RejectionGround, ReviewItem } from '../../tendering/project/document.ts'
import { isMajority } from './committee.ts'

/**
 * Pass-or-fail review: qualification, then responsiveness. More than half of all members against an
 * item rejects the bid; a rejected bid goes no further. In government procurement the purchaser or
 * agency judges qualification alone, without votes.
 * @source 招标投标法实施条例 art. 51; 财政部令第87号 art. 44, 50, 63 ○
 */
export type ReviewGroup = 'qualification' | 'responsiveness'

/** A member's votes on a bid: true passes. Groups not reached are absent. */
export interface ReviewSheet {
  readonly expert: string
  readonly bid: string
  readonly qualification?: Readonly<Record<string, boolean>>
  readonly responsiveness?: Readonly<Record<string, boolean>>
  readonly reason?: string | null
}

/** The purchaser's or agency's review of qualification. */
export interface PurchaserReview {
  readonly bid: string
  readonly qualification: Readonly<Record<string, boolean>>
  readonly reason?: string | null
}

export interface Votes {
  readonly against: number
  readonly for: number
}

export interface Rejection {
  readonly bid: string
  readonly at: ReviewGroup
  readonly item: string
  readonly by: 'committee' | 'purchaser'
  readonly votes?: Votes
  readonly ground: RejectionGround
  /** Reasons of those against, in the order of the members. */
  readonly reasons: readonly string[]
}

/** An item that some members, but no majority, were against. */
export interface NotRejected {
  readonly bid: string
  readonly item: string
  readonly votes: Votes
}

export interface ReviewProblem {
  readonly problem: 'vote-missing'
  readonly expert: string
  readonly bid: string
  readonly item: string
}

/** The ground an item stands for: its own, else by group; `r1` is always the ceiling. */
export function groundOf(regime: Regime, group: ReviewGroup, item: ReviewItem): RejectionGround {
  if (item.ground) return item.ground
  if (group === 'qualification') return 'unqualified'
  if (item.id === 'r1') return regime === 'tender' ? 'aboveCeiling' : 'aboveBudgetOrCeiling'
  return regime === 'tender' ? 'notResponsive' : 'otherByDocument'
}

export interface GroupResult {
  readonly rejected: readonly Rejection[]
  readonly notRejected: readonly NotRejected[]
  readonly problems: readonly ReviewProblem[]
}

/** One group of items judged by the committee: rejected once per item that a majority is against. */
export function committeeGroup(
  regime: Regime,
  group: ReviewGroup,
  items: readonly ReviewItem[],
  members: readonly string[],
  bids: readonly string[],
  sheets: readonly ReviewSheet[],
): GroupResult {
  const rejected: Rejection[] = []
  const notRejected: NotRejected[] = []
  const problems: ReviewProblem[] = []
  for (const bid of bids) {
    const ofBid = sheets.filter((sheet) => sheet.bid === bid)
    const own = members.map((member) => ofBid.find((sheet) => sheet.expert === member))
    for (const item of items) {
      const ballots = own.map((sheet) => sheet?.[group]?.[item.id])
      members.forEach((expert, i) => {
        if (ballots[i] === undefined)
          problems.push({ problem: 'vote-missing', expert, bid, item: item.id })
      })
      const against = ballots.filter((vote) => vote === false).length
      const votes = { against, for: ballots.filter((vote) => vote === true).length }
      const reasons = own.flatMap((s, i) => (ballots[i] === false && s?.reason ? [s.reason] : []))
      if (isMajority(against, members.length))
        rejected.push({
          bid,
          at: group,
          item: item.id,
          by: 'committee',
          votes,
          ground: groundOf(regime, group, item),
          reasons,
        })
      else if (against > 0) notRejected.push({ bid, item: item.id, votes })
    }
  }
  return { rejected, notRejected, problems }
}

/** Qualification by the purchaser or agency: each failing item rejects, there are no votes. */
export function purchaserGroup(
  regime: Regime,
  items: readonly ReviewItem[],
  bids: readonly string[],
  reviews: readonly PurchaserReview[],
): GroupResult {
  const rejected: Rejection[] = []
  const problems: ReviewProblem[] = []
  for (const bid of bids) {
    const review = reviews.find((row) => row.bid === bid)
    for (const item of items) {
      const passes = review?.qualification[item.id]
      if (passes === undefined)
        problems.push({ problem: 'vote-missing', expert: 'purchaser', bid, item: item.id })
      else if (!passes)
        rejected.push({
          bid,
          at: 'qualification',
          item: item.id,
          by: 'purchaser',
          ground: groundOf(regime, 'qualification', item),
          reasons: review?.reason ? [review.reason] : [],
        })
    }
  }
  return { rejected, notRejected: [], problems }
}
