import type { Recorded } from '../../kernel/decider.ts'
import type { Event, State, Working, WorkingState } from './decider.ts'
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
 * The leaver's work is void. Where a sheet of his had entered a phase, the evaluation goes back to
 * the first such phase: the new member does it again, the others' sheets stay.
 */
export function memberReplaced(s: WorkingState, e: Of<'MemberReplaced'>): WorkingState {
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
    discussUntil: null,
    replaced: [...s.replaced, { leaves, by, ground }],
  }
  if (s.stage === 'assembled' || s.stage === 'ready') return { ...next, stage: 'assembled' }
  if (voided.length > 0) return begin(next, voided[0])
  return s.stage === 'phase' ? { ...s, ...next } : begin(next, s.phases.at(-1))
}

const isFrom = (phases: readonly PhaseName[], phase: PhaseName, first: PhaseName | undefined) =>
  first !== undefined && phases.indexOf(phase) >= phases.indexOf(first)
