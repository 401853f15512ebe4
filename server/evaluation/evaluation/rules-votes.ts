import { addMinutes } from '../../kernel/calendar.ts'
import type { Context } from '../../kernel/decider.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import { mayChair } from './committee.ts'
import type { Command, Facts, WorkingState } from './decider.ts'
import { proposedCorrection, rejectedByCorrection } from './rules-corrections.ts'
import { ballotOutcome, lawfulGrounds, type Motion, type MotionBallot } from './rules-motions.ts'
import { strangers, suspended, unpricedRows } from './rules-phase.ts'
import { resultOf } from './rules-report.ts'
import { digestOfValue, effectiveBidders, phasesOf } from './rules-sheets.ts'
import { bidsLeft } from './rules-state.ts'

/** Votes of the committee: which motion a vote is for, whether it may be put, what it brings about. */
type X = Context<Facts>
type C = Extract<Command, { type: 'castVote' }>
type S = WorkingState
type Of<K extends Motion['kind']> = Extract<Motion, { kind: K }>

/** The ballot a vote goes to: by key, or the open one of that motion, or a new one. */
export function ballotOf(
  s: S,
  c: C,
): { key: string; ballot: MotionBallot | null; motion: Motion } | null {
  if (c.key !== null) {
    const ballot = s.motions[c.key]
    return ballot ? { key: c.key, ballot, motion: ballot.motion } : null
  }
  if (c.motion === null) return null
  // The same motion may be put again once an earlier ballot on it is decided.
  for (let round = 0; ; round++) {
    const key = digestOfValue({ motion: c.motion, round })
    const ballot = s.motions[key]
    if (!ballot || ballot.outcome === 'open')
      return { key, ballot: ballot ?? null, motion: c.motion }
  }
}

/** What the ballot stands at with this vote. */
function outcomeOf(s: S, c: C, x: X): MotionBallot['outcome'] {
  const votes = { ...ballotOf(s, c)?.ballot?.votes, [x.actor.party]: c.choice }
  return ballotOutcome(votes, s.members.length)
}

/** The motion, where this vote decides it in favour. */
function carried<K extends Motion['kind']>(kind: K, s: S, c: C, x: X): Of<K> | null {
  const motion = ballotOf(s, c)?.motion
  return motion?.kind === kind && outcomeOf(s, c, x) === 'carried' ? (motion as Of<K>) : null
}

const stagesOf: Readonly<Record<Motion['kind'], readonly S['stage'][]>> = {
  electChair: ['ready', 'phase', 'aggregated'],
  requestExplanation: ['phase', 'aggregated'],
  acceptExplanation: ['phase', 'aggregated'],
  rejectBid: ['phase', 'aggregated'],
  reopenSheet: ['aggregated'],
  correctPrice: ['phase', 'aggregated'],
  rankAgain: ['aggregated'],
  failEvaluation: ['phase', 'aggregated'],
}

function isUntimely(s: S, c: C): boolean {
  const motion = ballotOf(s, c)?.motion
  if (!motion) return false
  if (!stagesOf[motion.kind].includes(s.stage)) return true
  if (motion.kind === 'reopenSheet')
    return !s.sheets.some((one) => one.member === motion.member && one.phase === 'scoring')
  if (motion.kind === 'rankAgain') return s.discussUntil === null
  return motion.kind === 'electChair' && s.chair !== null
}

/** A price is too low only once its bidder was asked, and answered or let the time pass (LP26). */
function isUnasked(s: S, c: C, x: X): boolean {
  const motion = motionIs('rejectBid', s, c)
  if (motion?.ground !== 'abnormallyLow' && motion?.ground !== 'belowCost') return false
  return !s.requests.some(
    (r) =>
      r.bidder === motion.bidder &&
      r.about === 'lowPrice' &&
      (r.answer !== null || x.now >= r.until),
  )
}

/**
 * TR 51, R12 27; M87 43: all rejected, or fewer than three and competition clearly lacking; or the
 * document gives no ranking at all, which stops the evaluation (M87 65 ○).
 */
function isFailureUnlawful(s: S, motion: Of<'failEvaluation'>, x: X): boolean {
  const left = bidsLeft(s)
  if (motion.ground === 'documentFlawed')
    return s.stage !== 'aggregated' || resultOf(s, x.facts)?.result.outcome.kind !== 'undecided'
  if (left.length === 0) return motion.ground !== 'allRejected'
  if (motion.ground === 'allRejected' || !x.facts.scheme) return true
  return effectiveBidders(x.facts.scheme, x.facts.bids, left) >= wholeLimit('minBidders')
}

const motionIs = <K extends Motion['kind']>(kind: K, s: S, c: C): Of<K> | null => {
  const motion = ballotOf(s, c)?.motion
  return motion?.kind === kind ? (motion as Of<K>) : null
}

function isBidderOut(s: S, c: C): boolean {
  const motion =
    motionIs('rejectBid', s, c) ??
    motionIs('requestExplanation', s, c) ??
    motionIs('correctPrice', s, c)
  return motion !== null && !bidsLeft(s).includes(motion.bidder)
}

/** Who may vote on what is open, whatever the motion. */
const ballotGuards = {
  ...suspended,
  ...strangers,
  'commitment-missing': (s: S, _: C, x: X) => !s.committed.includes(x.actor.party),
  'motion-unknown': (s: S, c: C) => ballotOf(s, c) === null,
  'motion-closed': (s: S, c: C) => (ballotOf(s, c)?.ballot?.outcome ?? 'open') !== 'open',
  'voted-already': (s: S, c: C, x: X) => x.actor.party in (ballotOf(s, c)?.ballot?.votes ?? {}),
  'motion-not-now': isUntimely,
  'chair-ineligible': (s: S, c: C, x: X) => {
    const motion = motionIs('electChair', s, c)
    const member = s.members.find((m) => m.id === motion?.member)
    const regime = x.facts.scheme?.regime ?? 'tender'
    return motion !== null && (!member || !mayChair(member, regime))
  },
} as const

const ballotEvents = {
  VoteCast: (s: S, c: C, x: X) => {
    const found = ballotOf(s, c)
    return (
      found && {
        member: x.actor.party,
        key: found.key,
        motion: found.motion,
        choice: c.choice,
        outcome: outcomeOf(s, c, x),
        act: x.act ?? null,
      }
    )
  },
  ChairElected: (s: S, c: C, x: X) => {
    const motion = carried('electChair', s, c, x)
    const phases = x.facts.scheme ? phasesOf(x.facts.scheme) : []
    return motion && { member: motion.member, phases }
  },
} as const

/** Where the document has no phase at all, what is no offer goes out as the work begins. */
const electionEvents = {
  ...ballotEvents,
  BidRejected: (s: S, c: C, x: X) =>
    x.facts.scheme &&
    carried('electChair', s, c, x) &&
    phasesOf(x.facts.scheme).length === 0 &&
    unpricedRows(s, x),
} as const

/** Before there is a chair only one can be elected; everyone here has undertaken. */
const { 'commitment-missing': _undertaken, ...electionGuards } = ballotGuards
export const electionCell = { unless: electionGuards, then: electionEvents } as const

export const voteCell = {
  unless: {
    ...ballotGuards,
    'not-chair': (s: S, c: C, x: X) =>
      motionIs('requestExplanation', s, c) !== null &&
      ballotOf(s, c)?.ballot === null &&
      s.chair !== x.actor.party,
    'bid-not-in': isBidderOut,
    'explanation-too-short': (s: S, c: C) => {
      const motion = motionIs('requestExplanation', s, c)
      const least = wholeLimit('lowPriceExplain')
      return motion?.about === 'lowPrice' && motion.minutes < least && { least }
    },
    'confirmation-too-short': (s: S, c: C) => {
      const motion = motionIs('correctPrice', s, c)
      const least = wholeLimit('correctionConfirm')
      return motion !== null && motion.minutes < least && { least }
    },
    'correction-none': (s: S, c: C, x: X) => {
      const motion = motionIs('correctPrice', s, c)
      return motion !== null && proposedCorrection(x, motion) === null
    },
    'corrected-already': (s: S, c: C) => {
      const motion = motionIs('correctPrice', s, c)
      return motion !== null && s.corrections.some((one) => one.bidder === motion.bidder)
    },
    'request-unknown': (s: S, c: C) => {
      const motion = motionIs('acceptExplanation', s, c)
      return (
        motion !== null && !s.requests.some((r) => r.id === motion.request && r.answer !== null)
      )
    },
    'ground-not-lawful': (s: S, c: C, x: X) => {
      const motion = motionIs('rejectBid', s, c)
      const regime = x.facts.scheme?.regime ?? 'tender'
      return motion !== null && !lawfulGrounds[regime].includes(motion.ground)
    },
    'low-price-not-asked': isUnasked,
    'failure-unlawful': (s: S, c: C, x: X) => {
      const motion = motionIs('failEvaluation', s, c)
      return motion !== null && isFailureUnlawful(s, motion, x) && { left: bidsLeft(s).length }
    },
  },
  then: {
    ...ballotEvents,
    ExplanationRequested: (s: S, c: C, x: X) => {
      const motion = carried('requestExplanation', s, c, x)
      if (!motion) return null
      const { id, bidder, about, question, minutes } = motion
      return { id, bidder, about, question, until: addMinutes(x.now, minutes) }
    },
    ExplanationAccepted: (s: S, c: C, x: X) => {
      const motion = carried('acceptExplanation', s, c, x)
      const request = s.requests.find((r) => r.id === motion?.request)
      return motion && request && { request: motion.request, bidder: request.bidder }
    },
    CorrectionProposed: (s: S, c: C, x: X) => {
      const motion = carried('correctPrice', s, c, x)
      const found = motion && proposedCorrection(x, motion)
      if (!motion || !found) return null
      const { kind: _, minutes, ...terms } = motion
      const openedFen = x.facts.bids.find((bid) => bid.id === motion.bidder)?.priceFen as number
      const { correctedTotalFen: correctedFen, applied } = found
      return { ...terms, openedFen, correctedFen, applied, until: addMinutes(x.now, minutes) }
    },
    DiscussionEnded: (s: S, c: C, x: X) => carried('rankAgain', s, c, x) && {},
    BidRejected: (s: S, c: C, x: X) => {
      const correction = carried('correctPrice', s, c, x)
      if (correction) return rejectedByCorrection(s, x, correction)
      const motion = carried('rejectBid', s, c, x)
      if (!motion) return null
      const votes = Object.values({ ...ballotOf(s, c)?.ballot?.votes, [x.actor.party]: c.choice })
      const inFavour = votes.filter((vote) => vote).length
      return {
        bidder: motion.bidder,
        phase: s.stage === 'phase' ? s.phase : ('scoring' as const),
        item: null,
        ground: motion.ground,
        by: 'committee' as const,
        // As with items: against is against the bid.
        votes: { against: inFavour, for: votes.length - inFavour },
        reasons: [motion.reason],
      }
    },
    SheetReopened: (s: S, c: C, x: X) => {
      const motion = carried('reopenSheet', s, c, x)
      return motion && { member: motion.member, ground: motion.ground, reason: motion.reason }
    },
    EvaluationFailed: (s: S, c: C, x: X) => {
      const motion = carried('failEvaluation', s, c, x)
      return motion && { ground: motion.ground, reason: motion.reason }
    },
  },
} as const
