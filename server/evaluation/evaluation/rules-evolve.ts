import { at, type Recorded, unreachable } from '../../kernel/decider.ts'
import type { Event, Phase, State, Working, WorkingState } from './decider.ts'
import type { PhaseName } from './rules-sheets.ts'

/** How the evaluation's state follows from its events. */
type Of<T extends Event['type']> = Extract<Event, { type: T }> & Recorded

const work = (state: State): WorkingState =>
  at(state, 'assembled', 'ready', 'phase', 'aggregated', 'ranked') as WorkingState

/** Bids not rejected so far. */
export function bidsLeft(s: Pick<Working, 'bidders' | 'rejected'>): string[] {
  return s.bidders.filter((bidder) => !s.rejected.some((row) => row.bidder === bidder))
}

const plain = (s: Working): Working => {
  const { qualification, rejected, members, chair, phases, bidders, committed, declared } = s
  const { motions, requests, sheets, alarms, replaced } = s
  const who = { members, chair, phases, bidders, committed, declared }
  return { qualification, rejected, ...who, motions, requests, sheets, alarms, replaced }
}

/** A phase as it begins; after the last one the sheets are aggregated. */
function begin(s: Working, phase: PhaseName | undefined): WorkingState {
  return phase === undefined
    ? { ...plain(s), stage: 'aggregated' }
    : { ...plain(s), stage: 'phase', phase, phaseBids: bidsLeft(s) }
}

export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'QualificationReviewed': {
      at(state, 'none')
      return { stage: 'waiting', qualification: { rows: e.rows, by: e.by }, rejected: [] }
    }
    case 'BidRejected': {
      const s = at(state, 'waiting', 'phase', 'aggregated')
      const { bidder, phase, item, ground, by, votes, reasons } = e
      const row = { bidder, phase, item, ground, by, votes, reasons }
      return { ...s, rejected: [...s.rejected, row] }
    }
    case 'CommitteeAssembled':
      return assembled(state, e)
    case 'EvaluationPaused': {
      const before = work(state)
      return { ...plain(before), stage: 'paused', since: e.at, cause: e.cause, before }
    }
    case 'EvaluationResumed': {
      const { before } = at(state, 'paused')
      const later = (until: string) => new Date(Date.parse(until) + e.pausedMs).toISOString()
      const requests = before.requests.map((r) => (r.answer ? r : { ...r, until: later(r.until) }))
      // Silence about the report counts from its time on, which stood still as well.
      return before.stage === 'ranked'
        ? { ...before, requests, signUntil: later(before.signUntil) }
        : { ...before, requests }
    }
    case 'ReportSubmitted': {
      const s = at(state, 'ranked')
      return { ...s, stage: 'reported', signatures: e.signatures, reportedAt: e.at }
    }
    case 'EvaluationFailed':
      return { ...plain(work(state)), stage: 'failed', ground: e.ground }
    default:
      return atWork(work(state), e)
  }
}

function assembled(state: State, e: Of<'CommitteeAssembled'>): State {
  const { qualification, rejected } =
    state.stage === 'none' ? { qualification: null, rejected: [] } : at(state, 'waiting')
  const empty = { committed: [], declared: {}, motions: {}, requests: [], sheets: [], alarms: [] }
  const { members, bidders } = e
  const base = { qualification, rejected, members, bidders, chair: null, phases: [] }
  return { stage: 'assembled', ...base, ...empty, replaced: [] }
}

type WorkEvent = Exclude<
  Event,
  {
    type:
      | 'QualificationReviewed'
      | 'BidRejected'
      | 'CommitteeAssembled'
      | 'EvaluationPaused'
      | 'EvaluationResumed'
      | 'ReportSubmitted'
      | 'EvaluationFailed'
  }
>

function atWork(s: WorkingState, e: WorkEvent & Recorded): State {
  switch (e.type) {
    case 'CommitmentSigned':
      return commitmentSigned(s, e)
    case 'VoteCast': {
      const known = s.motions[e.key] ?? { motion: e.motion, openedBy: e.member, votes: {} }
      const ballot = {
        ...known,
        votes: { ...known.votes, [e.member]: e.choice },
        outcome: e.outcome,
      }
      return { ...s, motions: { ...s.motions, [e.key]: ballot } }
    }
    case 'ChairElected': {
      const chaired = { ...s, chair: e.member, phases: e.phases }
      return s.stage === 'ready' ? begin(chaired, e.phases[0]) : chaired
    }
    case 'ExplanationRequested': {
      const { id, bidder, about, question, until } = e
      const request = { id, bidder, about, question, until, answer: null, isAccepted: false }
      return { ...s, requests: [...s.requests, request] }
    }
    case 'ExplanationGiven': {
      const answer = { text: e.text, at: e.at, act: e.act }
      return { ...s, requests: s.requests.map((r) => (r.id === e.request ? { ...r, answer } : r)) }
    }
    case 'ExplanationAccepted':
      return {
        ...s,
        requests: s.requests.map((r) => (r.id === e.request ? { ...r, isAccepted: true } : r)),
      }
    case 'SheetSubmitted': {
      const { member, phase, rows, act } = e
      const others = s.sheets.filter((one) => one.member !== member || one.phase !== phase)
      return { ...s, sheets: [...others, { member, phase, rows, act }] }
    }
    case 'PhaseClosed':
      return phaseClosed(at(s, 'phase'), e)
    case 'MemberReplaced':
      return memberReplaced(s, e)
    case 'ScoreAlarmRaised': {
      const { alarm, kind, bidder, member, item, percent } = e
      const row = { alarm, kind, bidder, member, item, percent, confirmed: null }
      return { ...s, alarms: [...s.alarms, row] }
    }
    case 'ScoreConfirmed':
      return {
        ...s,
        alarms: s.alarms.map((a) => (a.alarm === e.alarm ? { ...a, confirmed: e.reason } : a)),
      }
    case 'SheetReopened': {
      const sheets = s.sheets.filter((one) => one.member !== e.member || one.phase !== 'scoring')
      return begin({ ...s, sheets, alarms: [] }, 'scoring')
    }
    case 'BidsRanked': {
      const { ranking, candidates, benchmarkFen, tieOrder, report, reportSha256, signUntil } = e
      const result = {
        ranking,
        candidates,
        benchmarkFen,
        tieOrder,
        report,
        reportSha256,
        signUntil,
      }
      return { ...at(s, 'aggregated'), stage: 'ranked', ...result, signatures: [] }
    }
    case 'ReportSigned':
    case 'DissentRecorded': {
      const r = at(s, 'ranked')
      const how = e.type === 'ReportSigned' ? 'agreed' : 'dissent'
      const reason = e.type === 'DissentRecorded' ? e.reason : null
      const row = { member: e.member, how, reason, act: e.act } as const
      return { ...r, signatures: [...r.signatures, row] }
    }
    default:
      return unreachable(e)
  }
}

/** One who declares a reason to stand aside has not undertaken: he is replaced. */
function commitmentSigned(s: WorkingState, e: Of<'CommitmentSigned'>): WorkingState {
  const committed = e.recusals.length === 0 ? [...s.committed, e.member] : s.committed
  const next = { ...s, committed, declared: { ...s.declared, [e.member]: e.recusals } }
  const isWhole = s.members.every((m) => committed.includes(m.id))
  return s.stage === 'assembled' && isWhole ? { ...plain(next), stage: 'ready' } : next
}

/** A motion that is open when its phase closes has failed. */
function phaseClosed(s: { stage: 'phase' } & Phase, e: Of<'PhaseClosed'>): WorkingState {
  const motions = Object.fromEntries(
    Object.entries(s.motions).map(([key, m]) => [
      key,
      m.outcome === 'open' ? { ...m, outcome: 'failed' as const } : m,
    ]),
  )
  return begin({ ...s, motions }, s.phases[s.phases.indexOf(e.phase) + 1])
}

/**
 * The leaver's work is void. Where a sheet of his had entered a phase, the evaluation goes back to
 * the first such phase: the new member does it again, the others' sheets stay.
 */
function memberReplaced(s: WorkingState, e: Of<'MemberReplaced'>): WorkingState {
  const { leaves, by, ground, represents } = e
  const voided = s.phases.filter((phase) =>
    s.sheets.some((one) => one.member === leaves && one.phase === phase),
  )
  const rejected = s.rejected.filter(
    (row) => row.by === 'purchaser' || row.item === null || !isFrom(s.phases, row.phase, voided[0]),
  )
  const motions = Object.fromEntries(
    Object.entries(s.motions).map(([key, m]) => {
      const { [leaves]: _, ...votes } = m.votes
      return [key, m.outcome === 'open' ? { ...m, votes } : m]
    }),
  )
  const next: Working = {
    ...plain(s),
    members: s.members.map((m) => (m.id === leaves ? { id: by, represents } : m)),
    chair: s.chair === leaves ? null : s.chair,
    committed: s.committed.filter((id) => id !== leaves),
    sheets: s.sheets.filter((one) => one.member !== leaves),
    rejected,
    motions,
    alarms: [],
    replaced: [...s.replaced, { leaves, by, ground }],
  }
  if (s.stage === 'assembled' || s.stage === 'ready') return { ...next, stage: 'assembled' }
  if (voided.length > 0) return begin(next, voided[0])
  return s.stage === 'phase' ? { ...s, ...next } : begin(next, s.phases.at(-1))
}

const isFrom = (phases: readonly PhaseName[], phase: PhaseName, first: PhaseName | undefined) =>
  first !== undefined && phases.indexOf(phase) >= phases.indexOf(first)
