import { at, type Recorded, unreachable } from '../../kernel/decider.ts'
import type { Event, Phase, State, WorkingState } from './decider.ts'
import { dissolved, memberLeft, memberReplaced, revocationNoted } from './rules-changes.ts'
import { begin, plain, withoutOpen, work } from './rules-state.ts'

/** How the evaluation's state follows from its events. */
type Of<T extends Event['type']> = Extract<Event, { type: T }> & Recorded

export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'QualificationReviewed': {
      const { revoked = [] } = at(state, 'none')
      return { stage: 'waiting', qualification: { rows: e.rows, by: e.by }, rejected: [], revoked }
    }
    case 'BidRejected': {
      const s = at(state, 'waiting', 'phase', 'aggregated')
      const { bidder, phase, item, ground, by, votes, reasons } = e
      const row = { bidder, phase, item, ground, by, votes, reasons }
      return { ...s, rejected: [...s.rejected, row] }
    }
    case 'CommitteeAssembled':
      return assembled(state, e)
    case 'CommitteeDissolved':
      return dissolved(work(state), e)
    case 'EvaluationPaused': {
      const before = work(state)
      return { ...plain(before), stage: 'paused', since: e.at, cause: e.cause, before }
    }
    case 'EvaluationResumed': {
      const { before } = at(state, 'paused')
      const later = (until: string) => new Date(Date.parse(until) + e.pausedMs).toISOString()
      const moved = <R extends { answer: unknown; until: string }>(r: R): R =>
        r.answer ? r : { ...r, until: later(r.until) }
      const requests = before.requests.map(moved)
      const corrections = before.corrections.map(moved)
      const discussUntil = before.discussUntil && later(before.discussUntil)
      const then = { requests, corrections, discussUntil }
      // Silence about the report counts from its time on, which stood still as well.
      return before.stage === 'ranked'
        ? { ...before, ...then, signUntil: later(before.signUntil) }
        : { ...before, ...then }
    }
    case 'RevocationNoted':
      return revocationNoted(state, {
        bidder: e.bidder,
        reason: e.reason,
        revocation: e.revocation,
        revokedAt: e.revokedAt,
      })
    case 'RecheckBegan': {
      const s = at(state, 'reported')
      const returned = [...s.returned, e.result]
      const again = { discussUntil: e.until, returned, rechecks: s.rechecks + 1 }
      return { ...plain(s), ...again, motions: withoutOpen(s.motions), stage: 'aggregated' }
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
  const before = at(state, 'none', 'waiting')
  const { qualification, rejected, revoked } =
    before.stage === 'none'
      ? { qualification: null, rejected: [], revoked: before.revoked ?? [] }
      : before
  const former = before.former ? { former: before.former } : {}
  const empty = { committed: [], declared: {}, motions: {}, requests: [], sheets: [], alarms: [] }
  const { members, bidders } = e
  const base = { qualification, rejected, revoked, members, bidders, chair: null, phases: [] }
  const later = { corrections: [], discussUntil: null, returned: [], rechecks: 0 }
  return { stage: 'assembled', ...base, ...empty, replaced: [], ...later, ...former }
}

type WorkEvent = Exclude<
  Event,
  {
    type:
      | 'QualificationReviewed'
      | 'BidRejected'
      | 'CommitteeAssembled'
      | 'CommitteeDissolved'
      | 'EvaluationPaused'
      | 'EvaluationResumed'
      | 'ReportSubmitted'
      | 'EvaluationFailed'
      | 'RevocationNoted'
      | 'RecheckBegan'
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
    case 'MemberLeft':
      return memberLeft(s, e)
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
      return begin({ ...s, sheets, alarms: [], discussUntil: null }, 'scoring')
    }
    case 'CorrectionProposed': {
      const { id, bidder, items, wordsTotal, reason, openedFen, correctedFen, applied, until } = e
      const terms = { id, bidder, items, wordsTotal, reason, openedFen, correctedFen, applied }
      return { ...s, corrections: [...s.corrections, { ...terms, until, answer: null }] }
    }
    case 'CorrectionAnswered': {
      const answer = { isConfirmed: e.isConfirmed, act: e.act }
      return { ...s, corrections: s.corrections.map((c) => (c.id === e.id ? { ...c, answer } : c)) }
    }
    case 'ReportReturned': {
      const r = at(s, 'ranked')
      const returned = [...r.returned, e.result]
      const back = { returned, discussUntil: e.until, motions: withoutOpen(r.motions) }
      return { ...plain(r), ...back, stage: 'aggregated' }
    }
    case 'DiscussionEnded':
      return { ...at(s, 'aggregated'), discussUntil: null }
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
      const open = { discussUntil: null, signatures: [] }
      return { ...at(s, 'aggregated'), ...result, ...open, stage: 'ranked' }
    }
    case 'ReportSigned':
    case 'DissentRecorded': {
      const r = at(s, 'ranked')
      const how = e.type === 'ReportSigned' ? 'agreed' : 'dissent'
      const reason = e.type === 'DissentRecorded' ? e.reason : null
      const row = { member: e.member, how, reason, act: e.act } as const
      const signedAt = { ...r.signedAt, [e.member]: e.at }
      return { ...r, signatures: [...r.signatures, row], signedAt }
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

function phaseClosed(s: { stage: 'phase' } & Phase, e: Of<'PhaseClosed'>): WorkingState {
  const motions = withoutOpen(s.motions)
  return begin({ ...s, motions }, s.phases[s.phases.indexOf(e.phase) + 1])
}
