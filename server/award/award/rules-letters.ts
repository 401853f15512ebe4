import type { Calendar } from '../../kernel/calendar.ts'
import { toWords } from '../../kernel/money-words.ts'
import type { PassOverGround } from '../../tendering/lot/decider.ts'
import type { Regime } from '../../tendering/project/document.ts'
import { limitUntil, type Until } from '../../tendering/project/rules.ts'
import { contractPriceFen } from './rules.ts'

/**
 * The letters 中标通知书、未中标通知: all who bid are told the result, each with its own score, rank and
 * the one reason that holds for it.
 * @source 招标投标法 art. 45; 政府采购法 art. 46; 财政部令第87号 art. 69 ○
 */

/** A bidder of the lot as its letter needs it. */
export interface LotBidder {
  readonly bidder: string
  readonly rank?: number
  readonly total?: string
  readonly rejectedFor?: readonly string[]
  /** It was a candidate and is none any more: before its award, or after. */
  readonly failure?: { readonly how: 'cancelled' | 'passedOver'; readonly ground: PassOverGround }
  /** Its bidder revoked it after the deadline. */
  readonly isRevoked?: boolean
  /** Its bid could not be opened. */
  readonly notOpened?: { readonly problem: string; readonly fault: string }
}

/** A bidder whose bid was opened. */
export interface AwardedBid extends LotBidder {
  readonly priceFen: number
  readonly correctedFen?: number
  /** As quoted; else the document's. */
  readonly deliveryDays: number
}

export interface AwardLetter {
  readonly kind: 'award'
  readonly to: string
  readonly priceFen: number
  readonly words: string
  readonly deliveryDays: number
  readonly total?: string
  readonly rank?: number
  readonly signUntil: Until
}

const standing = ({ total, rank }: LotBidder) => ({
  ...(total === undefined ? {} : { total }),
  ...(rank === undefined ? {} : { rank }),
})

/** What the winner is told; the letter starts the thirty days to sign. */
export function awardLetter(
  winner: AwardedBid,
  awardedAt: string,
  calendar: Calendar,
): AwardLetter {
  const priceFen = contractPriceFen(winner)
  return {
    kind: 'award',
    to: winner.bidder,
    priceFen,
    words: toWords(priceFen),
    deliveryDays: winner.deliveryDays,
    ...standing(winner),
    signUntil: limitUntil('signContract', awardedAt, calendar),
  }
}

export type LetterReason =
  | { readonly kind: 'rejected'; readonly grounds: readonly string[] }
  | { readonly kind: 'cancelled' | 'passedOver'; readonly ground: PassOverGround }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'notOpened'; readonly problem: string; readonly fault: string }
  | { readonly kind: 'ranked' }

export interface LoserLetter {
  readonly kind: 'notAwarded'
  readonly to: string
  readonly winner: string
  readonly winnerPriceFen: number
  /** Its own score and rank, never another's. */
  readonly total?: string
  readonly rank?: number
  readonly reason: LetterReason
  /** Where to turn next and until when. */
  readonly remedy: 'objection' | 'challenge'
}

/** The reason that ended its chance first: what came before a later one made that one idle. */
function reasonOf({ rejectedFor, failure, isRevoked, notOpened }: LotBidder): LetterReason {
  if (notOpened) return { kind: 'notOpened', ...notOpened }
  if (rejectedFor && rejectedFor.length > 0) return { kind: 'rejected', grounds: rejectedFor }
  if (failure) return { kind: failure.how, ground: failure.ground }
  return { kind: isRevoked ? 'revoked' : 'ranked' }
}

/** What one who didn't win is told, in both regimes. */
export function loserLetter(regime: Regime, loser: LotBidder, winner: AwardedBid): LoserLetter {
  return {
    kind: 'notAwarded',
    to: loser.bidder,
    winner: winner.bidder,
    winnerPriceFen: contractPriceFen(winner),
    ...standing(loser),
    reason: reasonOf(loser),
    remedy: regime === 'tender' ? 'objection' : 'challenge',
  }
}

/** One who has a letter: by rank, else whether its bid was opened at all. */
export interface Addressee {
  readonly bidder: string
  readonly rank: number | null
  readonly isOpened: boolean
}

/** Everyone who bid: the ranked in their order, then the rejected, then those never opened. */
export function addresseesOf(
  rows: readonly { readonly party: string; readonly outcome: 'opened' | 'notOpened' }[],
  ranking: readonly { readonly bidder: string; readonly rank: number }[],
): Addressee[] {
  const all = rows.map(({ party, outcome }) => ({
    bidder: party,
    rank: ranking.find((r) => r.bidder === party)?.rank ?? null,
    isOpened: outcome === 'opened',
  }))
  return [
    ...all.filter((one) => one.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)),
    ...all.filter((one) => one.rank === null && one.isOpened),
    ...all.filter((one) => one.rank === null && !one.isOpened),
  ]
}
