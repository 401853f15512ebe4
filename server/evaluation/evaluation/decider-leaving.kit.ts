import { describe, expect, test } from 'vitest'
import { given } from '../../../tests/kit/stories.ts'
import {
  aggregated,
  assembled,
  atQualification,
  atResponsiveness,
  bidders,
  gp,
  member,
  next,
  type P,
  rankedBy,
  ready,
  sheetOf,
  sheetRows,
  stateOf,
  tender,
  vote,
  votedBy,
} from './decider.kit.ts'
import { type Command, evaluation, type Facts, type State, type Working } from './decider.ts'
import type { Motion } from './rules-motions.ts'

/** Stories of members who leave: replaced, awaited, or none left to follow; and what becomes of their votes. */
const ranked: P[] = [...aggregated, ...next(aggregated, { type: 'rank' }, { facts: tender })]
const stages = [assembled, ready, atQualification, aggregated, ranked]
const absent = (id: string): Command => ({
  type: 'recordAbsence',
  member: id,
  ground: 'health',
  evidence: 'e',
})
const replace = (id: string): Command => ({ type: 'replaceMember', member: id })
const without = (id: string): Facts => ({
  ...tender,
  outOf: (one) => (one === id ? { ground: 'absence', evidence: 'declined' } : null),
})
const gone: P = {
  ...{ type: 'MemberLeft', member: 'r5', ground: 'health', evidence: 'e', reopened: [] },
} as P
const lastClosed: P = { type: 'PhaseClosed', phase: 'scoring', notRejected: [], lowPrice: null }
/** A seat that waits, at the stages to which an evaluation gets without it only by its events. */
const awaited: P[][] = [
  [...assembled, gone, ...ready.slice(1)],
  [...aggregated, gone, lastClosed],
  [...aggregated, gone, lastClosed, ...ranked.slice(aggregated.length)],
]
/** The past after a member was replaced by m9, who has undertaken. */
const succeeded = (past: P[], id: string): P[] => [
  ...past,
  ...next(past, absent(id), { facts: tender }),
  { type: 'CommitmentSigned', member: 'm9', recusals: [], act: 'c' },
]
const workOf = (past: P[]) => stateOf(past) as State & Working

function leaving() {
  describe('a member who leaves', () => {
    test('is followed by the next of the reserve', () => {
      for (const past of stages) {
        given(evaluation, ...past)
          .when(absent('m2'), { facts: tender })
          .then({ type: 'MemberReplaced', leaves: 'm2', by: 'm9', reopened: [] })
        given(evaluation, ...past)
          .when(absent('x'), { facts: tender })
          .refused('not-a-member')
      }
    })
    test('a representative’s seat waits for whom the purchaser names; his work is void at once', () => {
      const named = { ...tender, replacementOf: () => 'r9' }
      for (const past of stages) {
        const out = next(past, absent('r5'), { facts: tender })
        expect(out).toMatchObject([{ type: 'MemberLeft', member: 'r5', ground: 'health' }])
        for (const waiting of [[...past, ...out], ...awaited])
          for (const again of [absent('r5'), replace('r5')])
            given(evaluation, ...waiting)
              .when(again, { facts: tender })
              .refused('representative-awaited')
        given(evaluation, ...past, ...out)
          .when(replace('r5'), { facts: named })
          .then({ type: 'MemberReplaced', leaves: 'r5', by: 'r9', ground: 'health', evidence: 'e' })
      }
      const left = workOf([...aggregated, ...next(aggregated, absent('r5'), { facts: tender })])
      expect(left).toMatchObject({ stage: 'phase', phase: 'qualification' })
      expect(left.sheets.some((s) => s.member === 'r5')).toBe(false)
    })
    test('is taken off by the system once the draw or his own declaration says so', () => {
      for (const past of stages) {
        given(evaluation, ...past)
          .when(replace('m2'), { facts: tender })
          .refused('not-fallen-out')
        given(evaluation, ...past)
          .when(replace('x'), { facts: tender })
          .refused('not-a-member')
        given(evaluation, ...past)
          .when(replace('m2'), { facts: without('m2') })
          .then({ type: 'MemberReplaced', leaves: 'm2', ground: 'absence', evidence: 'declined' })
      }
      const declared: P = { type: 'CommitmentSigned', member: 'm3', recusals: ['kin'], act: 'c' }
      given(evaluation, ...assembled, declared)
        .when(replace('m3'), { facts: tender })
        .then({ type: 'MemberReplaced', leaves: 'm3', by: 'm9', ground: 'recusal' })
    })
  })
}

function dissolving() {
  describe('where no expert is left to follow', () => {
    test('the committee is dissolved, and another begins afresh with what is not the committee’s', () => {
      for (const past of stages) {
        given(evaluation, ...past)
          .when(absent('m4'), { facts: tender })
          .then({ type: 'CommitteeDissolved', member: 'm4', ground: 'health' })
        given(evaluation, ...past)
          .when(replace('m4'), { facts: without('m4') })
          .then({ type: 'CommitteeDissolved', member: 'm4', ground: 'absence' })
      }
      const recused: P[] = [
        ...aggregated,
        { type: 'CommitmentSigned', member: 'm3', recusals: ['kin'], act: 'c' },
      ]
      const gone: P[] = [
        ...recused,
        ...next(recused, replace('m3'), { facts: tender }),
        { ...dissolved, version: 40 } as P,
      ]
      expect(stateOf(gone)).toEqual({
        stage: 'none',
        revoked: [],
        former: { times: 1, recused: ['m3'], until: 40 },
      })
      const again = [...gone, ...next(gone, { type: 'assembleCommittee' }, { facts: tender })]
      expect(stateOf(again)).toMatchObject({
        stage: 'assembled',
        bidders,
        ...{ sheets: [], motions: {}, chair: null, replaced: [], former: { until: 40 } },
      })
    })
    test('in government procurement the purchaser’s review stays', () => {
      const rows = sheetRows('qualification', bidders, { against: ['D q1'] })
      const reviewed = next(
        [],
        { type: 'submitQualificationReview', rows },
        { facts: { ...gp, lotStage: 'qualifying' } },
      )
      const met = [...reviewed, ...next(reviewed, { type: 'assembleCommittee' }, { facts: gp })]
      const gone: P[] = [...met, dissolved]
      expect(stateOf(gone)).toMatchObject({ stage: 'waiting', rejected: [{ bidder: 'D' }] })
      given(evaluation, ...gone)
        .when({ type: 'assembleCommittee' }, { facts: gp })
        .then({ type: 'CommitteeAssembled', bidders: ['A', 'B', 'C'] })
    })
  })
}
const dissolved: P = {
  type: 'CommitteeDissolved',
  member: 'm4',
  ground: 'health',
  evidence: 'e',
}

const reject: Motion = { kind: 'rejectBid', bidder: 'B', ground: 'unqualified', reason: 'r' }
const three = ['m1', 'm2', 'm3']

function voiding() {
  describe('the leaver’s vote in a motion that was carried', () => {
    test('with it the majority goes: the bid is back, its phase too, and the ballot is open', () => {
      for (const [past, phase] of [
        [atQualification, 'qualification'],
        [aggregated, 'scoring'],
      ] as const) {
        const out = votedBy(past, reject, tender, three)
        expect(workOf(out).rejected).toHaveLength(1)
        const back = succeeded(out, 'm3')
        const state = workOf(back)
        expect(state.rejected).toEqual([])
        expect(Object.values(state.motions)).toMatchObject([
          { outcome: 'open', votes: { m1: true, m2: true } },
        ])
        // A sheet of his takes the committee further back than the vote does.
        const first = past === aggregated ? 'qualification' : phase
        expect(state).toMatchObject({ stage: 'phase', phase: first, phaseBids: bidders })
        const again = next(back, vote(reject), { facts: tender, actor: member('m9') })
        expect(again).toMatchObject([{ outcome: 'carried' }, { type: 'BidRejected', bidder: 'B' }])
      }
    })
    test('from a later phase the evaluation goes back to the one in which it was taken', () => {
      const out = votedBy(atQualification, reject, tender, three)
      const rows = sheetRows('qualification')
      const sheets = ['m1', 'm2', 'm4', 'r5'].map((id) => sheetOf(id, 'qualification', rows))
      const later: P[] = [
        ...[...out, ...sheets],
        { type: 'PhaseClosed', phase: 'qualification', notRejected: [], lowPrice: null },
      ]
      expect(workOf(later)).toMatchObject({ phase: 'responsiveness' })
      expect(workOf(succeeded(later, 'm3'))).toMatchObject({
        phase: 'qualification',
        phaseBids: bidders,
      })
    })
    test('a majority that stands without it is kept', () => {
      const out = votedBy(aggregated, reject, tender, three)
      const [key] = Object.keys(workOf(out).motions)
      const fourth: P = {
        ...{ type: 'VoteCast', member: 'm4', key, motion: reject, choice: true },
        ...{ outcome: 'carried', act: null },
      } as P
      const state = workOf(succeeded([...out, fourth], 'm3'))
      expect(state.rejected).toMatchObject([{ bidder: 'B' }])
      expect(state.motions[key as string]).toMatchObject({
        outcome: 'carried',
        votes: { m1: true, m2: true, m4: true },
      })
    })
    test('an accepted explanation, a corrected price and the chair go with it', () => {
      const asked: P[] = [
        ...atQualification,
        {
          ...{ type: 'ExplanationRequested', id: 'x1', bidder: 'A', about: 'lowPrice' },
          ...{ question: 'q', until: '2026-03-02T02:00:00.000Z' },
        } as P,
        { type: 'ExplanationGiven', request: 'x1', bidder: 'A', text: 't', act: 'a' },
      ]
      const accepted = votedBy(asked, { kind: 'acceptExplanation', request: 'x1' }, tender, three)
      expect(workOf(accepted).requests[0]?.isAccepted).toBe(true)
      expect(workOf(succeeded(accepted, 'm3')).requests[0]?.isAccepted).toBe(false)
      const line = { item: 1, quantity: '2', unitPriceFen: 105, statedTotalFen: 150 }
      const correct: Motion = {
        ...{ kind: 'correctPrice', id: 'c1', bidder: 'A', items: [line] },
        ...{ wordsTotal: null, reason: 'r', minutes: 30 },
      } as Motion
      const over = votedBy(atQualification, correct, tender, three)
      expect(workOf(over)).toMatchObject({ corrections: [{}], rejected: [{ bidder: 'A' }] })
      expect(workOf(succeeded(over, 'm3'))).toMatchObject({
        ...{ corrections: [], rejected: [], phaseBids: bidders },
      })
      const elected = votedBy(ready, { kind: 'electChair', member: 'm2' }, tender, three)
      expect(workOf(elected)).toMatchObject({ stage: 'phase', chair: 'm2' })
      expect(workOf(succeeded(elected, 'm3'))).toMatchObject({ stage: 'phase', chair: null })
    })
    test('an event from before votes were voided undoes nothing', () => {
      const out = votedBy(aggregated, reject, tender, three)
      const old: P = {
        ...{ type: 'MemberReplaced', leaves: 'm3', by: 'm9', represents: 'pool' },
        ...{ ground: 'health', evidence: 'e' },
      } as P
      expect(workOf([...out, old])).toMatchObject({ rejected: [{ bidder: 'B' }] })
      expect(Object.values(workOf([...out, old]).motions)).toMatchObject([{ outcome: 'carried' }])
    })
  })
}

function ranking() {
  test('a bid rejected by a motion needs no sheet of who came later: the rest is ranked', () => {
    const out = votedBy(atResponsiveness, reject, tender, ['m1', 'm2', 'm4'])
    const whole = (id: string, over = bidders) =>
      sheetOf(id, 'responsiveness', sheetRows('responsiveness', over))
    const back = succeeded([...out, whole('m3')], 'm3')
    expect(workOf(back)).toMatchObject({ phase: 'qualification' })
    const left = ['A', 'C', 'D']
    const close = (phase: 'qualification' | 'responsiveness' | 'scoring'): P => ({
      ...{ type: 'PhaseClosed', phase, notRejected: [], lowPrice: null },
    })
    const all = (phase: 'scoring' | 'responsiveness', ids: string[]): P[] =>
      ids.map((id) => sheetOf(id, phase, sheetRows(phase, left)))
    const five = ['m1', 'm2', 'm9', 'm4', 'r5']
    const done: P[] = [
      ...[...back, sheetOf('m9', 'qualification', sheetRows('qualification', left))],
      ...[close('qualification'), ...all('responsiveness', five), close('responsiveness')],
      ...[...all('scoring', five), close('scoring')],
    ]
    const event = rankedBy(done, tender)
    expect(event?.ranking.map((row) => row.bid)).toEqual(left)
  })
  test('nothing is ranked without a chair, nor with one who has not undertaken', () => {
    const noPhases: P[] = [...ready, { type: 'ChairElected', member: 'm1', phases: [] }]
    const chairless = succeeded(noPhases, 'm1')
    given(evaluation, ...chairless)
      .when({ type: 'rank' }, { facts: tender })
      .refused('chair-missing')
    const new1 = [...noPhases, ...next(noPhases, absent('m2'), { facts: tender })]
    given(evaluation, ...new1)
      .when({ type: 'rank' }, { facts: tender })
      .refused('undertaking-missing', { count: 1 })
    const elected = votedBy(chairless, { kind: 'electChair', member: 'm2' }, tender, [
      ...['m2', 'm3', 'm9'],
    ])
    expect(workOf(elected)).toMatchObject({ stage: 'aggregated', chair: 'm2' })
  })
}

/** Registers every story; the walk of the table's cells counts them. */
export function tellLeaving(): void {
  leaving()
  dissolving()
  voiding()
  ranking()
}
