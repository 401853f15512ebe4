import type { Recorded } from '../../kernel/decider.ts'
import type { Event, State, Working, WorkingState } from './decider.ts'
import { isByCorrection } from './rules-corrections.ts'
import { isOfMotion } from './rules-leaving.ts'
import type { Motion } from './rules-motions.ts'
import { isRevoked, type RevokedBid } from './rules-revoked.ts'
import type { PhaseName } from './rules-sheets.ts'
import { begin, plain, work } from './rules-state.ts'

/** What becomes of the work where a bid is revoked, or a member leaves. */
type Of<T extends Event['type']> = Extract<Event, { type: T }> & Recorded

/**
 * A revoked bid is out at once. A ranking that had it is none any more: the system ranks again, and
 * what was signed is signed anew.
 */
export function revocationNoted(state: State, row: RevokedBid): State {
  const revoked = [...(('revoked' in state && state.revoked) || []), row]
  switch (state.stage) {
    case 'none':
    case 'waiting':
      return { ...state, revoked }
    case 'paused': {
      const before = revocationNoted(state.before, row) as WorkingState
      return { ...state, ...plain(before), before }
    }
    default:
      return withoutBid(work(state), revoked)
  }
}

function withoutBid(s: WorkingState, revoked: readonly RevokedBid[]): WorkingState {
  if (s.stage === 'ranked') return { ...plain(s), revoked, stage: 'aggregated' }
  if (s.stage !== 'phase') return { ...s, revoked }
  return { ...s, revoked, phaseBids: s.phaseBids.filter((bid) => !isRevoked({ revoked }, bid)) }
}

/**
 * The leaver's work is void, his votes with it. Where a sheet of his had entered a phase, or a bid was
 * rejected that has no majority against it any more, the evaluation goes back to the first such phase:
 * the new member does it again, the others' sheets and votes stay.
 */
export function memberReplaced(s: WorkingState, e: Of<'MemberReplaced'>): WorkingState {
  const { leaves, by, ground, represents } = e
  return voided(s, leaves, e.reopened, {
    members: s.members.map((m) => (m.id === leaves ? { id: by, represents } : m)),
    replaced: [...s.replaced, { leaves, by, ground }],
    ...(s.leaving ? { leaving: s.leaving.filter((one) => one.member !== leaves) } : {}),
  })
}

/** A representative who is out: his work is void at once, his seat waits for whom the purchaser names. */
export function memberLeft(s: WorkingState, e: Of<'MemberLeft'>): WorkingState {
  const { member, ground, evidence } = e
  const leaving = [...(s.leaving ?? []), { member, ground, evidence }]
  return voided(s, member, e.reopened, { leaving })
}

/** The committee is none any more; the purchaser's review and what bidders revoked stay. */
export function dissolved(s: WorkingState, e: Of<'CommitteeDissolved'>): State {
  const { qualification, revoked } = s
  const left = s.replaced.map(({ leaves, ground }) => ({ member: leaves, ground }))
  const recused = [...left, ...(s.leaving ?? []), e]
    .filter((one) => one.ground === 'recusal')
    .map((one) => one.member)
  const { times, recused: before } = s.former ?? { times: 0, recused: [] }
  const former = { times: times + 1, recused: [...before, ...recused], until: e.version }
  if (qualification === null) return { stage: 'none', revoked, former }
  const rejected = s.rejected.filter((row) => row.by === 'purchaser')
  return { stage: 'waiting', qualification, rejected, revoked, former }
}

function voided(
  s: WorkingState,
  leaves: string,
  reopened: readonly string[] | undefined,
  seats: Partial<Pick<Working, 'members' | 'replaced' | 'leaving'>>,
): WorkingState {
  const redone = s.phases.filter((phase) =>
    s.sheets.some((one) => one.member === leaves && one.phase === phase),
  )
  const undone = undoing(s, reopened ?? [])
  const again = [...redone, ...undone.rejected.map((row) => row.phase)]
  const back = s.phases.find((phase) => again.includes(phase))
  const rejected = s.rejected.filter(
    (row) =>
      !undone.rejected.includes(row) &&
      (row.by === 'purchaser' || row.item === null || !isFrom(s.phases, row.phase, back)),
  )
  const next: Working = {
    ...plain(s),
    chair: s.chair === leaves ? null : undone.chair,
    committed: s.committed.filter((id) => id !== leaves),
    sheets: s.sheets.filter((one) => one.member !== leaves),
    rejected,
    requests: undone.requests,
    corrections: undone.corrections,
    motions: withoutVotes(s, leaves, reopened),
    alarms: [],
    discussUntil: null,
    ...seats,
  }
  if (s.stage === 'assembled' || s.stage === 'ready') return { ...next, stage: 'assembled' }
  if (back !== undefined) return begin(next, back)
  return s.stage === 'phase' ? { ...s, ...next } : begin(next, s.phases.at(-1))
}

/** Ballots without the leaver's vote; before votes were voided only open ones lost it. */
function withoutVotes(
  s: Working,
  leaves: string,
  reopened: readonly string[] | undefined,
): Working['motions'] {
  return Object.fromEntries(
    Object.entries(s.motions).map(([key, m]) => {
      const { [leaves]: _, ...votes } = m.votes
      if (reopened === undefined) return [key, m.outcome === 'open' ? { ...m, votes } : m]
      return [key, { ...m, votes, outcome: reopened.includes(key) ? ('open' as const) : m.outcome }]
    }),
  )
}

/** What stands once the decisions of these ballots are undone; `rejected` are the rows that go. */
function undoing(s: Working, reopened: readonly string[]) {
  const motions = reopened.flatMap((key) => s.motions[key]?.motion ?? [])
  const of = <K extends Motion['kind']>(kind: K) =>
    motions.filter((m): m is Extract<Motion, { kind: K }> => m.kind === kind)
  const corrected = of('correctPrice')
  const isUndone = (row: Working['rejected'][number]) =>
    of('rejectBid').some((m) => isOfMotion(row, m)) ||
    (isByCorrection(row) && corrected.some((m) => m.bidder === row.bidder))
  return {
    chair: of('electChair').some((m) => m.member === s.chair) ? null : s.chair,
    requests: s.requests.map((r) =>
      of('acceptExplanation').some((m) => m.request === r.id) ? { ...r, isAccepted: false } : r,
    ),
    corrections: s.corrections.filter((c) => !corrected.some((m) => m.id === c.id)),
    rejected: s.rejected.filter(isUndone),
  }
}

const isFrom = (phases: readonly PhaseName[], phase: PhaseName, first: PhaseName | undefined) =>
  first !== undefined && phases.indexOf(phase) >= phases.indexOf(first)
