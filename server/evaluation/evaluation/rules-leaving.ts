import type { Context } from '../../kernel/decider.ts'
import { isMajority } from './committee.ts'
import type { Command, CommitteeMember, Facts, Working } from './decider.ts'
import type { MotionBallot } from './rules-motions.ts'

/**
 * How a member leaves a committee 更换: on a ground that the agency records, by a recusal that he
 * declares, or since the draw took him off his seat. The next of the reserve follows; a representative
 * is named by the purchaser, and the seat waits for that; where no expert is left at all the committee
 * is dissolved, its work stays sealed in the log, and another is drawn.
 * @source 招标投标法实施条例 art. 48; 财政部令第87号 art. 49 ○
 */
export type AbsenceGround = 'recusal' | 'absence' | 'health' | 'leaving'

export interface Departure {
  readonly ground: AbsenceGround
  readonly evidence: string
}
/** A member who is out and whose successor is not named yet. */
export interface Leaving extends Departure {
  readonly member: string
}
/** Of the lot's committees that were dissolved. */
export interface Former {
  readonly times: number
  /** Who had to stand aside in one of them: not drawn for this lot again. */
  readonly recused: readonly string[]
  /** Version of the event that dissolved the last one; what came before is sealed. */
  readonly until: number
}

export type LeavingEvent =
  | {
      type: 'MemberReplaced'
      leaves: string
      by: string
      represents: CommitteeMember['represents']
      ground: AbsenceGround
      evidence: string
      /**
       * Keys of ballots that have no majority without his vote: they are open again, and what they
       * decided is undone. Absent: an event from before votes were voided, which undoes none.
       */
      reopened?: readonly string[]
    }
  | {
      type: 'MemberLeft'
      member: string
      ground: AbsenceGround
      evidence: string
      reopened: readonly string[]
    }
  | { type: 'CommitteeDissolved'; member: string; ground: AbsenceGround; evidence: string }

type X = Context<Facts>
const memberOf = (s: Working, id: string) => s.members.find((m) => m.id === id)
export const isLeaving = (s: Pick<Working, 'leaving'>, id: string): boolean =>
  s.leaving?.some((one) => one.member === id) ?? false

/** Whether he declared that he must stand aside. */
export const hasDeclared = (s: Pick<Working, 'declared'>, id: string): boolean =>
  (s.declared[id]?.length ?? 0) > 0

/** Why a member can't sit any more, as the log has it; null: he sits. */
export function fallenOut(s: Working, id: string, facts: Facts): Departure | null {
  const left = s.leaving?.find((one) => one.member === id)
  if (left) return { ground: left.ground, evidence: left.evidence }
  if (hasDeclared(s, id))
    return {
      ground: 'recusal',
      evidence: '签署承诺时声明应当回避 Declared a recusal with the undertaking',
    }
  return facts.outOf(id)
}

/** What a carried motion brought about and still stands. */
function isInForce(s: Working, { motion }: MotionBallot): boolean {
  switch (motion.kind) {
    case 'electChair':
      return s.chair === motion.member
    case 'acceptExplanation':
      return s.requests.some((r) => r.id === motion.request && r.isAccepted)
    case 'correctPrice':
      return s.corrections.some((c) => c.id === motion.id)
    case 'rejectBid':
      return s.rejected.some((row) => isOfMotion(row, motion))
    default:
      return false
  }
}

type Rejecting = Extract<MotionBallot['motion'], { kind: 'rejectBid' }>
/** Whether a rejection is the one that this motion decided. */
export const isOfMotion = (row: Working['rejected'][number], motion: Rejecting): boolean =>
  row.by === 'committee' &&
  row.item === null &&
  row.votes !== null &&
  row.bidder === motion.bidder &&
  row.ground === motion.ground &&
  row.reasons[0] === motion.reason

/** Carried ballots that have no majority without the leaver's vote. */
export function reopenedBy(s: Working, leaves: string): string[] {
  return Object.entries(s.motions)
    .filter(([, ballot]) => ballot.outcome === 'carried' && ballot.votes[leaves] === true)
    .filter(([, { votes }]) => {
      const inFavour = Object.values(votes).filter((vote) => vote).length
      return !isMajority(inFavour - 1, s.members.length)
    })
    .filter(([, ballot]) => isInForce(s, ballot))
    .map(([key]) => key)
}

/** What follows once a member's ground is known. */
function departing<C extends { member: string }>(
  departureOf: (s: Working, c: C, x: X) => Departure | null,
) {
  const known = (s: Working, c: C, x: X) => {
    const departure = departureOf(s, c, x)
    const by = x.facts.replacementOf(c.member)
    const represents = memberOf(s, c.member)?.represents ?? 'pool'
    return departure && { member: c.member, by, represents, departure }
  }
  return {
    MemberReplaced: (s: Working, c: C, x: X) => {
      const one = known(s, c, x)
      if (one === null || one.by === null) return null
      const { member: leaves, by, represents, departure } = one
      return { leaves, by, represents, ...departure, reopened: reopenedBy(s, leaves) }
    },
    MemberLeft: (s: Working, c: C, x: X) => {
      const one = known(s, c, x)
      if (one === null || one.by !== null || one.represents === 'pool') return null
      return { member: one.member, ...one.departure, reopened: reopenedBy(s, one.member) }
    },
    CommitteeDissolved: (s: Working, c: C, x: X) => {
      const one = known(s, c, x)
      if (one === null || one.by !== null || one.represents === 'purchaser') return null
      return { member: one.member, ...one.departure }
    },
  } as const
}

/** His seat waits already for the one whom the purchaser is to name. */
const awaited = (s: Working, c: { member: string }, x: X) =>
  isLeaving(s, c.member) && x.facts.replacementOf(c.member) === null
const notAMember = (s: Working, c: { member: string }) => memberOf(s, c.member) === undefined

export const absenceCell = {
  unless: { 'not-a-member': notAMember, 'representative-awaited': awaited },
  then: departing<Extract<Command, { type: 'recordAbsence' }>>((_, { ground, evidence }) => ({
    ground,
    evidence,
  })),
} as const

/** By the system, on what the log says of the member. */
export const replaceCell = {
  unless: {
    'not-a-member': notAMember,
    'representative-awaited': awaited,
    'not-fallen-out': (s: Working, c: { member: string }, x: X) =>
      fallenOut(s, c.member, x.facts) === null,
  },
  then: departing<Extract<Command, { type: 'replaceMember' }>>((s, c, x) =>
    fallenOut(s, c.member, x.facts),
  ),
} as const
