import { given, type Past } from '../../../tests/kit/stories.ts'
import {
  type AlarmRow,
  type Command,
  type CommitteeMember,
  type Event,
  evaluation,
  type Facts,
  type State,
} from './decider.ts'
import type { Motion } from './rules-motions.ts'
import type { PhaseName, SheetRow } from './rules-sheets.ts'

/** A small evaluation that the stories tell from: five members, four bids. */
export type P = Past<Event>

export const members: CommitteeMember[] = ['m1', 'm2', 'm3', 'm4', 'r5'].map((id) => ({
  id,
  represents: id === 'r5' ? 'purchaser' : 'pool',
}))
export const bidders = ['A', 'B', 'C', 'D']
const item = (id: string) => ({ id, zh: id, en: id })
const scored = (id: string, kind: 'technical' | 'business', objective: boolean) => ({
  ...item(id),
  kind,
  max: '10',
  step: '0.5',
  objective,
})

export function factsOf(
  regime: 'tender' | 'governmentProcurement',
  change: Partial<Facts> = {},
): Facts {
  return {
    scheme: {
      regime,
      qualification: [item('q1')],
      responsiveness: [item('r1'), item('r2')],
      scoring: {
        total: '50',
        price: { formula: 'lowPriceFirst', weight: '30' },
        items: [scored('t1', 'technical', false), scored('b1', 'business', true)],
        expertAggregation: 'mean',
        expertTrim: { dropHigh: 1, dropLow: 1, fromExperts: 5 },
        rounding: { decimals: 2, mode: 'halfUp', at: ['priceScore', 'itemsMean', 'total'] },
        tieBreak: ['draw'],
        candidates: 3,
        deviationAlarmPercent: '30',
        sameBrand: false,
      },
      ceilingPriceFen: 200,
      budgetFen: 200,
    },
    bids: bidders.map((id, i) => ({ id, priceFen: 150 + 10 * i })),
    lotStage: 'evaluating',
    isSuspended: false,
    evaluationId: 'P-1',
    project: 'P',
    committee: members,
    checkedIn: members.map((m) => m.id),
    outOf: () => null,
    replacementOf: (member) => (member === 'm4' || member === 'r5' ? null : 'm9'),
    parameters: {},
    seed: 'ab'.repeat(32),
    ...change,
  }
}
export const tender = factsOf('tender')
export const gp = factsOf('governmentProcurement')

export const member = (id: string) => ({ party: id, capacity: 'expert' }) as const

export const assembled: P[] = [{ type: 'CommitteeAssembled', members, bidders }]
export const committed: P[] = members.map((m) => ({
  type: 'CommitmentSigned',
  member: m.id,
  recusals: [],
  act: `c-${m.id}`,
}))
export const ready: P[] = [...assembled, ...committed]
const phases: PhaseName[] = ['qualification', 'responsiveness', 'scoring']
export const elected: P = { type: 'ChairElected', member: 'm1', phases }

/** Rows of a whole sheet; `against` names what fails, `points` overrides what a bid's items get. */
export function sheetRows(
  phase: PhaseName,
  over: readonly string[] = bidders,
  wish: { against?: readonly string[]; points?: Readonly<Record<string, string>> } = {},
): SheetRow[] {
  const ids = { qualification: ['q1'], responsiveness: ['r1', 'r2'], scoring: ['t1', 'b1'] }[phase]
  return over.flatMap((bidder) =>
    ids.map((id): SheetRow => {
      const key = `${bidder} ${id}`
      if (phase === 'scoring')
        return { bidder, item: id, points: wish.points?.[key] ?? '8', reason: null }
      const pass = !wish.against?.includes(key)
      return { bidder, item: id, pass, reason: pass ? null : 'not met' }
    }),
  )
}
export const sheetOf = (id: string, phase: PhaseName, rows = sheetRows(phase)): P => ({
  type: 'SheetSubmitted',
  member: id,
  phase,
  rows,
  act: `s-${id}`,
})
export const sheetsOfAll = (phase: PhaseName, rows = sheetRows(phase)): P[] =>
  members.map((m) => sheetOf(m.id, phase, rows))
const closed = (phase: PhaseName): P => ({
  type: 'PhaseClosed',
  phase,
  notRejected: [],
  lowPrice: null,
})

export const atQualification: P[] = [...ready, elected]
export const atResponsiveness: P[] = [
  ...atQualification,
  ...sheetsOfAll('qualification'),
  closed('qualification'),
]
export const atScoring: P[] = [
  ...atResponsiveness,
  ...sheetsOfAll('responsiveness'),
  closed('responsiveness'),
]
export const aggregated: P[] = [...atScoring, ...sheetsOfAll('scoring'), closed('scoring')]

export const rejectedRow = (bidder: string, phase: PhaseName = 'scoring'): P => ({
  type: 'BidRejected',
  bidder,
  phase,
  item: null,
  ground: 'belowCost',
  by: 'committee',
  votes: { against: 3, for: 0 },
  reasons: ['r'],
})
export const alarm: AlarmRow = {
  alarm: 'deviation-A-m1',
  kind: 'deviation',
  bidder: 'A',
  member: 'm1',
  item: null,
  percent: '40.00',
}

/** The ranking that a story comes to. */
export function rankedBy(past: P[], facts: object): Extract<P, { type: 'BidsRanked' }> {
  const found = next(past, { type: 'rank' }, { facts }).find(
    (e): e is Extract<P, { type: 'BidsRanked' }> => e.type === 'BidsRanked',
  )
  if (!found) throw new Error('nothing was ranked')
  return found
}

/** What an accepted command brings, as a past of the next story. */
export function next(past: P[], command: Command, how: object): P[] {
  const { decision } = given(evaluation, ...past).when(command, how as never)
  if ('refused' in decision) throw new Error(decision.refused)
  return decision.events as P[]
}
export const stateOf = (past: P[]): State => given(evaluation, ...past).state

export const vote = (motion: Motion, choice = true): Command => ({
  type: 'castVote',
  motion,
  key: null,
  choice,
})
/** The past after these members voted for a motion. */
export function votedBy(past: P[], motion: Motion, facts: Facts, ids: readonly string[]): P[] {
  const so = [...past]
  for (const id of ids) so.push(...next(so, vote(motion), { facts, actor: member(id) }))
  return so
}
