import { at } from '../../kernel/decider.ts'
import type { State, Working, WorkingState } from './decider.ts'
import { isRevoked } from './rules-revoked.ts'
import type { PhaseName } from './rules-sheets.ts'

/** Parts of the evaluation's state that its events and its guards both ask for. */
export const work = (state: State): WorkingState =>
  at(state, 'assembled', 'ready', 'phase', 'aggregated', 'ranked') as WorkingState

/** Bids neither rejected nor revoked so far. */
export function bidsLeft(s: Pick<Working, 'bidders' | 'rejected' | 'revoked'>): string[] {
  const isOut = (bidder: string) => s.rejected.some((row) => row.bidder === bidder)
  return s.bidders.filter((bidder) => !isOut(bidder) && !isRevoked(s, bidder))
}

/** What every stage at work has, without the stage's own. */
export const plain = (s: Working): Working => {
  const { qualification, rejected, members, chair, phases, bidders, committed, declared } = s
  const { motions, requests, sheets, alarms, replaced, revoked, corrections } = s
  const { discussUntil, returned, rechecks, leaving, former } = s
  const who = { members, chair, phases, bidders, committed, declared, revoked }
  const done = { corrections, discussUntil, returned, rechecks }
  const gone = { ...(leaving ? { leaving } : {}), ...(former ? { former } : {}) }
  return {
    qualification,
    rejected,
    ...who,
    motions,
    requests,
    sheets,
    alarms,
    replaced,
    ...done,
    ...gone,
  }
}

/** A phase as it begins; after the last one the sheets are aggregated. */
export function begin(s: Working, phase: PhaseName | undefined): WorkingState {
  return phase === undefined
    ? { ...plain(s), stage: 'aggregated' }
    : { ...plain(s), stage: 'phase', phase, phaseBids: bidsLeft(s) }
}

/** A motion that is open when its phase closes, or a result comes back, has failed. */
export function withoutOpen(motions: Working['motions']): Working['motions'] {
  return Object.fromEntries(
    Object.entries(motions).map(([key, m]) => [
      key,
      m.outcome === 'open' ? { ...m, outcome: 'failed' as const } : m,
    ]),
  )
}
