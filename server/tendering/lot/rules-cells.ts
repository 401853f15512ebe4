import {
  addMs,
  beijingDate,
  type Calendar,
  endOfDay,
  isWorkingDay,
  rollForward,
} from '../../kernel/calendar.ts'
import type { Cell, Context } from '../../kernel/decider.ts'
import { wholeLimit } from '../project/limits-data.ts'
import type {
  Awarded,
  Command,
  Common,
  Evaluated,
  Event,
  Facts,
  RankedBid,
  SentBack,
} from './state.ts'

/** Guards and cells that several stages of a lot share. */
export const open = (s: Common) => s.suspensions.length > 0
/** Refused from the end of the thirty days on. */
export const signing = {
  'contract-period-over': (_: Awarded, __: unknown, x: Context<Facts>) => x.facts.contractUntil,
}
/** A day that two causes share is counted once: with the cause that goes last. */
function stoodMs(s: Common, by: string, now: string): number {
  const since = s.suspensions.find((one) => one.by === by)?.since ?? now
  const others = s.suspensions.filter((one) => one.by !== by).map((one) => one.since)
  const until = [now, ...others].sort()[0]!
  return Math.max(0, Date.parse(until) - Date.parse(since))
}
/** The end of a publicity that stood, once nothing holds it any more on a working day (§4). */
function publicityAfter(
  s: Common & { readonly stage?: string; readonly until?: string },
  suspendedMs: number,
  x: Context<Facts>,
): { until?: string } {
  if (s.stage !== 'publicity' || s.until === undefined) return {}
  const until = addMs(s.until, suspendedMs)
  return { until: s.suspensions.length > 1 ? until : rolledEnd(until, x.facts.calendar) }
}
/** The limit itself where its last day is worked, else the end of the next working day. */
function rolledEnd(until: string, calendar: Calendar): string {
  const last = beijingDate(addMs(until, -1))
  const { date } = rollForward(calendar, last)
  return date === last ? until : endOfDay(date)
}
/** A day that is set: worked, and of a year that is loaded. */
export const endDayGuards = {
  'year-not-loaded': (_: unknown, { until }: { until: string }, x: Context<Facts>) => {
    const worked = isWorkingDay(x.facts.calendar, beijingDate(addMs(until, -1)))
    return typeof worked === 'object' && { year: worked.year }
  },
  'ends-on-day-off': (_: unknown, { until }: { until: string }, x: Context<Facts>) => {
    const earliest = rolledEnd(until, x.facts.calendar)
    return earliest !== until && { earliest }
  },
} as const
export const hasEnough = (x: Context<Facts>) => x.facts.liveBids >= wholeLimit('minBidders')
export const isWinner = (s: Awarded, x: Context<Facts>) => x.actor.party === s.winner.bidder
const nextCandidate = (s: Evaluated): RankedBid | undefined =>
  s.candidates
    .filter((bidder) => !s.failed.includes(bidder))
    .map((bidder) => s.ranking.find((r) => r.bidder === bidder))
    .find((r) => r !== undefined)

/** Nobody but the first candidate left is awarded, or passed over. */
const notFirst = (s: Evaluated, c: { bidder: string }) => {
  const first = nextCandidate(s)?.bidder ?? null
  return first !== c.bidder && { first }
}

/** What the purchaser read must be the report that stands, and not one taken up again before. */
export const sendBackCell = {
  unless: {
    'lot-suspended': open,
    'report-not-current': (s: Evaluated, c: SentBack) => c.report !== s.report,
    'report-rechecked': (s: Evaluated, c: SentBack) =>
      s.rechecks?.some((one) => one.report === c.report) ?? false,
  },
  then: {
    ReportSentBack: (_: Evaluated, c: SentBack, x: Context<Facts>) => ({
      report: c.report,
      ground: c.ground,
      reason: c.reason,
      act: x.act as string,
    }),
  },
} as const

/**
 * A candidate is passed over before the award on the grounds that would cancel it after (TR 55):
 * without one of them nobody but the first may be awarded.
 */
export const passOverCell = {
  unless: {
    'lot-suspended': open,
    'not-first-candidate': notFirst,
    'signature-not-revoked': (
      _: Evaluated,
      c: Extract<Command, { type: 'passOver' }>,
      x: Context<Facts>,
    ) => c.ground === 'signatureInvalid' && !x.facts.revokedSignatures.includes(c.bidder),
  },
  then: {
    CandidatePassedOver: (
      _: Evaluated,
      c: Extract<Command, { type: 'passOver' }>,
      x: Context<Facts>,
    ) => ({
      bidder: c.bidder,
      ground: c.ground,
      reason: c.reason,
      evidence: c.evidence,
      act: x.act as string,
    }),
  },
} as const

/** A candidate who revoked its bid has given up; its own signed act is the evidence. */
export const revocationCell = {
  unless: {
    'not-a-candidate': (s: Evaluated, c: { bidder: string }) =>
      !s.candidates.includes(c.bidder) || s.failed.includes(c.bidder),
  },
  then: {
    CandidatePassedOver: (_: Evaluated, c: Extract<Command, { type: 'noteRevocation' }>) => ({
      bidder: c.bidder,
      ground: 'gaveUp' as const,
      reason: c.reason,
      evidence: c.revocation,
      act: null,
    }),
  },
} as const

const exportCell = {
  then: {
    BagExported: (_: unknown, c: { kind: 'full' | 'public' }) =>
      c.kind === 'full' && { kind: c.kind },
  },
} satisfies Cell<never, { kind: 'full' | 'public' }, Event, never, Facts>

/** Bags may be made: each is told apart from one whose end was cut off. */
export const exportCells = {
  exportBag: exportCell,
  recordHeads: {
    then: {
      HeadsRecorded: (_: unknown, c: Extract<Command, { type: 'recordHeads' }>) => ({
        heads: c.heads,
        joined: c.joined,
      }),
    },
  },
} as const

export const suspendCells = {
  suspend: {
    unless: {
      'suspended-already': (s: Common, c: { by: string }) =>
        s.suspensions.some((one) => one.by === c.by),
    },
    then: {
      LotSuspended: (_: Common, c: { by: string; cause: string }) => ({ by: c.by, cause: c.cause }),
    },
  },
  resume: {
    unless: {
      'not-suspended': (s: Common, c: { by: string }) =>
        !s.suspensions.some((one) => one.by === c.by),
    },
    then: {
      LotResumed: (s: Common & { until?: string }, c: { by: string }, x: Context<Facts>) => {
        const suspendedMs = stoodMs(s, c.by, x.now)
        return { by: c.by, suspendedMs, ...publicityAfter(s, suspendedMs, x) }
      },
    },
  },
} as const

export const terminateCell = {
  then: {
    LotTerminated: (_: Common, c: { reason: string }, x: Context<Facts>) => ({
      reason: c.reason,
      act: x.act as string,
    }),
  },
} as const

/** 定标: the first candidate left, by law where state money controls, else as documented. */
export const awardCell = {
  unless: {
    'lot-suspended': open,
    'not-first-candidate': notFirst,
    'price-differs': (s: Evaluated, c: { priceFen: number | null }) => {
      const expectedFen = nextCandidate(s)?.priceFen ?? 0
      return c.priceFen !== null && c.priceFen !== expectedFen && { expectedFen }
    },
    'signatures-unsettled': (_: Evaluated, _c: unknown, x: Context<Facts>) =>
      x.facts.unsettledSignatures > 0,
    'signature-revoked': (_: Evaluated, c: { bidder: string }, x: Context<Facts>) =>
      x.facts.revokedSignatures.includes(c.bidder),
  },
  then: {
    LotAwarded: (s: Evaluated, c: { bidder: string; reason: string | null }, x: Context<Facts>) => {
      const next = nextCandidate(s) as RankedBid
      return {
        bidder: next.bidder,
        priceFen: next.priceFen,
        rank: next.rank,
        reason: c.reason,
        act: x.act ?? null,
        ...(next.openedFen === undefined ? {} : { openedFen: next.openedFen }),
      }
    },
  },
} as const
