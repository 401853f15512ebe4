import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everyCell, given } from '../../../tests/kit/stories.ts'
import { isMajority } from './committee.ts'
import {
  aggregated,
  alarm,
  assembled,
  atQualification,
  atResponsiveness,
  atScoring,
  bidders,
  committed,
  factsOf,
  gp,
  member,
  members,
  next,
  type P,
  ready,
  rejectedRow,
  sheetOf,
  sheetRows,
  sheetsOfAll,
  stateOf,
  tender,
  vote,
  votedBy,
} from './decider.kit.ts'
import { type Command, evaluation, type Facts, type State } from './decider.ts'
import { tellChanges } from './decider-changes.kit.ts'
import { tellLeaving } from './decider-leaving.kit.ts'
import type { Motion } from './rules-motions.ts'
import { reportDigest } from './rules-report.ts'

const chair = member('m1')
/** A document without items to judge or score: the committee only ranks. */
const noPhases: P[] = [...ready, { type: 'ChairElected', member: 'm1', phases: [] }]
const noPhasesOr = (past: P[]) => (past === aggregated ? noPhases : past)
const m9Joined = {
  type: 'MemberReplaced',
  leaves: 'm3',
  by: 'm9',
  represents: 'pool',
  ground: 'absence',
  evidence: 'e',
} as const
const held = (facts: Facts): Facts => ({ ...facts, isSuspended: true })
const ranked: P[] = [...aggregated, ...next(aggregated, { type: 'rank' }, { facts: tender })]
const reportSha256 = (stateOf(ranked) as { reportSha256: string }).reportSha256
const signUntil = (stateOf(ranked) as { signUntil: string }).signUntil
const request: P = {
  type: 'ExplanationRequested',
  id: 'x1',
  bidder: 'A',
  about: 'lowPrice',
  question: 'q',
  until: '2026-03-02T02:00:00.000Z',
}
const given1: P = { type: 'ExplanationGiven', request: 'x1', bidder: 'A', text: 't', act: 'a' }

describe('qualification in government procurement', () => {
  const review = (against: string[] = []): Command => ({
    type: 'submitQualificationReview',
    rows: sheetRows('qualification', bidders, { against }),
  })
  const qualifying = { ...gp, lotStage: 'qualifying' }
  test('the purchaser judges every item of every opened bid; each failing one rejects', () =>
    given(evaluation)
      .when(review(['D q1']), { facts: qualifying })
      .then(
        { type: 'QualificationReviewed' },
        {
          type: 'BidRejected',
          bidder: 'D',
          item: 'q1',
          ground: 'unqualified',
          by: 'purchaser',
          votes: null,
        },
      ))
  test('only there, only then, only whole, and with reasons', () => {
    given(evaluation)
      .when(review(), { facts: { ...tender, lotStage: 'qualifying' } })
      .refused('wrong-regime')
    given(evaluation).when(review(), { facts: gp }).refused('not-qualifying')
    given(evaluation)
      .when(review(), { facts: held(qualifying) })
      .refused('lot-suspended')
    const rows = sheetRows('qualification')
    const submit = (given1: typeof rows): Command => ({
      type: 'submitQualificationReview',
      rows: given1,
    })
    given(evaluation)
      .when(submit(rows.slice(1)), { facts: qualifying })
      .refused('sheet-incomplete', { missing: 1 })
    given(evaluation)
      .when(submit([...rows, { ...rows[0], bidder: 'Z' }]), { facts: qualifying })
      .refused('sheet-foreign-row')
    given(evaluation)
      .when(submit([{ ...rows[0], pass: false, reason: ' ' }, ...rows.slice(1)]), {
        facts: qualifying,
      })
      .refused('reason-missing')
  })
  test('the committee gets the bids that are left', () => {
    const past = next([], review(['D q1']), { facts: qualifying })
    given(evaluation, ...past)
      .when({ type: 'assembleCommittee' }, { facts: gp })
      .then({ type: 'CommitteeAssembled', bidders: ['A', 'B', 'C'] })
    given(evaluation, ...past)
      .when({ type: 'assembleCommittee' }, { facts: qualifying })
      .refused('not-qualifying')
    given(evaluation, ...past)
      .when({ type: 'assembleCommittee' }, { facts: { ...gp, committee: null } })
      .refused('committee-incomplete')
  })
})

describe('assembling', () => {
  const assemble: Command = { type: 'assembleCommittee' }
  test('a tender’s committee comes once all have checked in', () => {
    given(evaluation)
      .when(assemble, { facts: tender })
      .then({ type: 'CommitteeAssembled', bidders })
    given(evaluation)
      .when(assemble, { facts: { ...tender, committee: null } })
      .refused('committee-incomplete')
    given(evaluation)
      .when(assemble, { facts: { ...tender, lotStage: 'opening' } })
      .refused('not-qualifying')
    given(evaluation).when(assemble, { facts: gp }).refused('wrong-regime')
  })
  test('undertakings make it ready; who declares a reason is not among them', () => {
    const sign: Command = { type: 'signCommitment', recusals: [] }
    for (const past of [assembled, atQualification, noPhases]) {
      const own = { facts: tender, actor: member('m9') }
      given(evaluation, ...past)
        .when(sign, own)
        .refused('not-a-member')
      const joined: P[] = [...past, m9Joined]
      const here = { ...tender, checkedIn: ['m9'] }
      given(evaluation, ...joined)
        .when(sign, own)
        .refused('not-checked-in')
      given(evaluation, ...joined)
        .when(sign, { ...own, facts: here })
        .then({ type: 'CommitmentSigned' })
      const sworn: P = { type: 'CommitmentSigned', member: 'm9', recusals: [], act: 'c' }
      given(evaluation, ...joined, sworn)
        .when(sign, { ...own, facts: here })
        .refused('commitment-signed-already')
    }
    const declared: P[] = [
      ...assembled,
      ...committed.slice(1),
      { type: 'CommitmentSigned', member: 'm1', recusals: ['kin'], act: 'c' },
    ]
    expect(stateOf(declared).stage).toBe('assembled')
    expect(stateOf(ready).stage).toBe('ready')
  })
})

describe('motions', () => {
  const elect: Motion = { kind: 'electChair', member: 'm1' }
  test('the third of five votes carries; half would not', () => {
    const two = votedBy(ready, elect, tender, ['m1', 'm2'])
    expect(stateOf(two).stage).toBe('ready')
    given(evaluation, ...two)
      .when(vote(elect), { facts: tender, actor: member('m3') })
      .then({ type: 'VoteCast', outcome: 'carried' }, { type: 'ChairElected', member: 'm1' })
  })
  test('a motion that cannot reach a majority has failed, and may be put again', () => {
    let past = votedBy(ready, elect, tender, ['m1'])
    for (const id of ['m2', 'm3', 'm4'])
      past = [...past, ...next(past, vote(elect, false), { facts: tender, actor: member(id) })]
    expect(Object.values((stateOf(past) as { motions: object }).motions)).toMatchObject([
      { outcome: 'failed' },
    ])
    const [key] = Object.keys((stateOf(past) as { motions: object }).motions)
    given(evaluation, ...past)
      .when(
        { type: 'castVote', motion: null, key, choice: true },
        { facts: tender, actor: member('r5') },
      )
      .refused('motion-closed')
    given(evaluation, ...past)
      .when(vote(elect), { facts: tender, actor: member('m1') })
      .then({ type: 'VoteCast', outcome: 'open' })
  })
  test('in government procurement a representative does not chair', () => {
    const one: Motion = { kind: 'electChair', member: 'r5' }
    given(evaluation, ...ready)
      .when(vote(one), { facts: gp, actor: chair })
      .refused('chair-ineligible')
    given(evaluation, ...ready)
      .when(vote(one), { facts: tender, actor: chair })
      .then({ type: 'VoteCast' })
  })
  const ask: Motion = {
    kind: 'requestExplanation',
    id: 'x1',
    bidder: 'A',
    about: 'lowPrice',
    question: 'q',
    minutes: 30,
  }
  const reject: Motion = { kind: 'rejectBid', bidder: 'B', ground: 'unqualified', reason: 'r' }
  const fail: Motion = { kind: 'failEvaluation', ground: 'competitionLacking', reason: 'r' }
  const accept: Motion = { kind: 'acceptExplanation', request: 'x1' }
  for (const [stage, past] of [
    ['phase', atQualification],
    ['aggregated', aggregated],
  ] as const)
    test(`what a committee decides together, ${stage}`, () => {
      const by = (id: string) => ({ facts: tender, actor: member(id) })
      given(evaluation, ...past)
        .when(vote(ask), by('m2'))
        .refused('not-chair')
      given(evaluation, ...past)
        .when(vote({ ...ask, minutes: 29 }), by('m1'))
        .refused('explanation-too-short', { least: 30 })
      given(evaluation, ...past)
        .when(vote({ ...ask, bidder: 'Z' }), by('m1'))
        .refused('bid-not-in')
      const asked = votedBy(past, ask, tender, ['m1', 'm2', 'm3'])
      expect(stateOf(asked)).toMatchObject({
        requests: [{ id: 'x1', until: '2026-03-02T01:30:00.000Z' }],
      })
      given(evaluation, ...past)
        .when(vote(accept), by('m1'))
        .refused('request-unknown')
      const accepted = votedBy([...asked, given1], accept, tender, ['m1', 'm2', 'm3'])
      expect(stateOf(accepted)).toMatchObject({ requests: [{ isAccepted: true }] })
      given(evaluation, ...past)
        .when(vote({ ...reject, ground: 'abnormallyLow' }), by('m1'))
        .refused('ground-not-lawful')
      const two = votedBy(past, reject, tender, ['m1', 'm2'])
      given(evaluation, ...two)
        .when(vote(reject), by('m3'))
        .then(
          { type: 'VoteCast' },
          { type: 'BidRejected', bidder: 'B', votes: { against: 3, for: 0 } },
        )
      given(evaluation, ...two)
        .when(vote(reject), by('m2'))
        .refused('voted-already')
      const cheap: Motion = { ...reject, bidder: 'A', ground: 'belowCost' } as Motion
      for (const before of [past, asked])
        given(evaluation, ...before)
          .when(vote(cheap), by('m1'))
          .refused('low-price-not-asked')
      given(evaluation, ...asked, given1)
        .when(vote(cheap), by('m1'))
        .then({ type: 'VoteCast' })
      given(evaluation, ...asked)
        .when(vote(cheap), { ...by('m1'), now: '2026-03-02T01:30:00.000Z' })
        .then({ type: 'VoteCast' })
      given(evaluation, ...past)
        .when(vote(fail), by('m1'))
        .refused('failure-unlawful', { left: 4 })
      const few: P[] = [...past, rejectedRow('A'), rejectedRow('B')]
      const failed = votedBy(few, fail, tender, ['m1', 'm2', 'm3'])
      expect(stateOf(failed).stage).toBe('failed')
      given(evaluation, ...few)
        .when(vote({ ...fail, ground: 'allRejected' }), by('m1'))
        .refused('failure-unlawful', { left: 2 })
      const none: P[] = bidders.map((b) => rejectedRow(b))
      given(evaluation, ...past, ...none)
        .when(vote(fail), by('m1'))
        .refused('failure-unlawful', { left: 0 })
      given(evaluation, ...past)
        .when({ type: 'castVote', motion: null, key: 'k', choice: true }, by('m1'))
        .refused('motion-unknown')
    })
  test('who may vote, and when', () => {
    const untimely: Motion = { kind: 'reopenSheet', member: 'm1', ground: 'sumError', reason: 'r' }
    for (const past of [ready, atQualification, aggregated]) {
      const by = { facts: tender, actor: chair }
      given(evaluation, ...past)
        .when(vote(elect), { facts: held(tender), actor: chair })
        .refused('lot-suspended')
      given(evaluation, ...past)
        .when(vote(elect), { facts: tender, actor: member('x') })
        .refused('not-a-member')
      given(evaluation, ...past)
        .when({ type: 'castVote', motion: null, key: 'k', choice: true }, by)
        .refused('motion-unknown')
      const isHere = past === aggregated
      given(evaluation, ...past)
        .when(vote(isHere ? elect : untimely), by)
        .refused('motion-not-now')
      // After a chair left, one is elected again, and a ballot that is decided takes no vote.
      const open: P[] =
        past === ready
          ? ready
          : [...noPhasesOr(past), m9Joined, { ...m9Joined, leaves: 'm1', by: 'm8' }]
      if (past !== ready)
        given(evaluation, ...open)
          .when(vote(elect), { facts: tender, actor: member('m9') })
          .refused('commitment-missing')
      const first = past === ready ? member('m1') : member('m2')
      given(evaluation, ...open)
        .when(vote({ ...elect, member: 'r5' }), { facts: gp, actor: first })
        .refused('chair-ineligible')
      const one: Motion = { kind: 'electChair', member: 'm2' }
      const voted = [...open, ...next(open, vote(one), { facts: tender, actor: first })]
      given(evaluation, ...voted)
        .when(vote(one), { facts: tender, actor: first })
        .refused('voted-already')
      const [key] = Object.keys((stateOf(voted) as { motions: object }).motions)
      const lost: P = {
        type: 'VoteCast',
        member: 'm3',
        key,
        motion: one,
        choice: false,
        outcome: 'failed',
        act: null,
      }
      given(evaluation, ...voted, lost)
        .when(
          { type: 'castVote', motion: null, key, choice: true },
          { facts: tender, actor: member('m4') },
        )
        .refused('motion-closed')
    }
  })
  test('a chair who leaves is replaced by a new election', () => {
    const left: P[] = [
      ...atQualification,
      {
        type: 'MemberReplaced',
        leaves: 'm1',
        by: 'm9',
        represents: 'pool',
        ground: 'health',
        evidence: 'e',
      },
    ]
    expect(stateOf(left)).toMatchObject({ stage: 'phase', chair: null })
    const voted = votedBy(left, { kind: 'electChair', member: 'm2' }, tender, ['m2', 'm3', 'm4'])
    expect(stateOf(voted)).toMatchObject({ stage: 'phase', phase: 'qualification', chair: 'm2' })
  })
  test('no sheet opens again of one who has none', () =>
    given(evaluation, ...aggregated)
      .when(vote({ kind: 'reopenSheet', member: 'm9', ground: 'sumError', reason: 'r' }), {
        facts: tender,
        actor: chair,
      })
      .refused('motion-not-now'))
  test('after aggregation a sheet opens again on four grounds alone, the old one stays in the log', () => {
    const reopen: Motion = { kind: 'reopenSheet', member: 'm2', ground: 'sumError', reason: 'r' }
    const past = votedBy(aggregated, reopen, tender, ['m1', 'm2', 'm3'])
    expect(stateOf(past)).toMatchObject({ stage: 'phase', phase: 'scoring' })
    given(evaluation, ...past)
      .when(
        { type: 'submitSheet', phase: 'scoring', rows: sheetRows('scoring') },
        { facts: tender, actor: member('m2') },
      )
      .then({ type: 'SheetSubmitted', member: 'm2' })
    given(evaluation, ...past)
      .when(
        { type: 'submitSheet', phase: 'scoring', rows: sheetRows('scoring') },
        { facts: tender, actor: member('m3') },
      )
      .refused('sheet-locked')
  })
})

describe('sheets', () => {
  const submit = (rows = sheetRows('qualification'), phase = 'qualification'): Command =>
    ({ type: 'submitSheet', phase, rows }) as Command
  const own = { facts: tender, actor: member('m2') }
  test('complete, in range, of the phase; locked once in', () => {
    given(evaluation, ...atQualification)
      .when(submit(), own)
      .then({ type: 'SheetSubmitted', member: 'm2' })
    given(evaluation, ...atQualification, sheetOf('m2', 'qualification'))
      .when(submit(), own)
      .refused('sheet-locked')
    given(evaluation, ...atQualification)
      .when(submit(sheetRows('responsiveness'), 'responsiveness'), own)
      .refused('wrong-phase')
    given(evaluation, ...atQualification)
      .when(submit(sheetRows('qualification').slice(1)), own)
      .refused('sheet-incomplete')
    given(evaluation, ...atQualification)
      .when(submit([...sheetRows('qualification'), ...sheetRows('qualification')]), own)
      .refused('sheet-foreign-row')
    const [row, ...rest] = sheetRows('qualification')
    given(evaluation, ...atQualification)
      .when(submit([{ ...row, pass: false, reason: null }, ...rest]), own)
      .refused('reason-missing')
    given(evaluation, ...atQualification)
      .when(submit(), { ...own, actor: member('x') })
      .refused('not-a-member')
    given(evaluation, ...atQualification)
      .when(submit(), { ...own, facts: held(tender) })
      .refused('lot-suspended')
  })
  test('points lie between zero and the item’s most, on its step', () => {
    for (const points of ['10.5', '8.25', '-1', '1e1'])
      given(evaluation, ...atScoring)
        .when(submit(sheetRows('scoring', bidders, { points: { 'A t1': points } }), 'scoring'), own)
        .refused('score-range', { bidder: 'A', item: 't1', max: '10', step: '0.5' })
    for (const points of ['0', '10', '9.5', '9.50'])
      given(evaluation, ...atScoring)
        .when(submit(sheetRows('scoring', bidders, { points: { 'A t1': points } }), 'scoring'), own)
        .then({ type: 'SheetSubmitted' })
  })
  test('a new member undertakes before he hands in; where too few bids are left nobody does', () => {
    const joined: P[] = [
      ...atQualification,
      {
        type: 'MemberReplaced',
        leaves: 'm3',
        by: 'm9',
        represents: 'pool',
        ground: 'absence',
        evidence: 'e',
      },
    ]
    given(evaluation, ...joined)
      .when(submit(), { facts: tender, actor: member('m9') })
      .refused('commitment-missing')
    const two: P[] = [...atQualification, rejectedRow('A'), rejectedRow('B')]
    given(evaluation, ...two)
      .when(submit(), { ...own, facts: gp })
      .refused('too-few-left')
    given(evaluation, ...two)
      .when(submit(), own)
      .then({ type: 'SheetSubmitted' })
    given(evaluation, ...atQualification, ...bidders.map((b) => rejectedRow(b)))
      .when(submit(), own)
      .refused('too-few-left')
  })
})

describe('closing a phase', () => {
  const close: Command = { type: 'closePhase' }
  test('the chair closes once every sheet is in and no request is open', () => {
    const all: P[] = [...atQualification, ...sheetsOfAll('qualification')]
    given(evaluation, ...all)
      .when(close, { facts: tender, actor: chair })
      .then({ type: 'PhaseClosed', phase: 'qualification' })
    given(evaluation, ...all)
      .when(close, { facts: tender, actor: member('m2') })
      .refused('not-chair')
    given(evaluation, ...all)
      .when(close, { facts: held(tender), actor: chair })
      .refused('lot-suspended')
    given(evaluation, ...all.slice(0, -2))
      .when(close, { facts: tender, actor: chair })
      .refused('sheets-missing', { count: 2 })
    given(evaluation, ...all, request)
      .when(close, { facts: tender, actor: chair })
      .refused('explanation-open')
    given(evaluation, ...all, request)
      .when(close, { facts: tender, actor: chair, now: '2026-03-02T02:00:00.000Z' })
      .then({ type: 'PhaseClosed' })
    given(evaluation, ...all, ...bidders.map((b) => rejectedRow(b)))
      .when(close, { facts: tender, actor: chair })
      .refused('too-few-left')
  })
  test('more than half of all members against an item rejects, half does not', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (against) => {
        const sheets = members.map((m, i) =>
          sheetOf(
            m.id,
            'qualification',
            sheetRows('qualification', bidders, { against: against[i] ? ['C q1'] : [] }),
          ),
        )
        const events = next([...atQualification, ...sheets], close, { facts: tender, actor: chair })
        const votes = against.filter((no) => no).length
        const isOut = events.some((e) => e.type === 'BidRejected' && e.bidder === 'C')
        expect(isOut).toBe(isMajority(votes, 5))
        const kept = events.find((e) => e.type === 'PhaseClosed')
        const isNoted =
          (kept as unknown as { notRejected: { bid: string }[] }).notRejected.length > 0
        expect(isNoted).toBe(votes > 0 && !isOut)
      }),
    )
  })
  test('a low price must be explained and accepted, or the bid rejected, before scoring ends', () => {
    const cheap = factsOf('governmentProcurement', {
      bids: [{ id: 'A', priceFen: 40 }, ...gp.bids.slice(1)],
    })
    const past: P[] = [...atScoring, ...sheetsOfAll('scoring')]
    given(evaluation, ...past)
      .when(close, { facts: cheap, actor: chair })
      .refused('low-price-unjudged', { bidder: 'A' })
    const accepted: P[] = [
      ...past,
      request,
      given1,
      { type: 'ExplanationAccepted', request: 'x1', bidder: 'A' },
    ]
    given(evaluation, ...accepted)
      .when(close, { facts: cheap, actor: chair })
      .then({ type: 'PhaseClosed' })
    given(evaluation, ...past, rejectedRow('A'))
      .when(close, { facts: cheap, actor: chair })
      .then({ type: 'PhaseClosed' })
    given(evaluation, ...past)
      .when(close, { facts: gp, actor: chair })
      .then({ type: 'PhaseClosed' })
  })
  test('the lines of the review are kept with the phase that they follow from', () => {
    const events = next([...atResponsiveness, ...sheetsOfAll('responsiveness')], close, {
      facts: gp,
      actor: chair,
    })
    expect(events).toMatchObject([
      { type: 'PhaseClosed', lowPrice: { reviewed: [], ceilingLine: '90' } },
    ])
  })
})

describe('explanations', () => {
  const answer: Command = { type: 'answerExplanation', request: 'x1', text: 't' }
  for (const past of [atQualification, aggregated])
    test(`the bidder asked answers once, in time (${stateOf(past).stage})`, () => {
      const own = { facts: tender, actor: { party: 'A', capacity: 'authorisedSigner' } as const }
      given(evaluation, ...past, request)
        .when(answer, own)
        .then({ type: 'ExplanationGiven', bidder: 'A' })
      given(evaluation, ...past, request)
        .when(answer, { ...own, actor: { ...own.actor, party: 'B' } })
        .refused('request-unknown')
      given(evaluation, ...past, request)
        .when(answer, { ...own, now: '2026-03-02T02:00:00.000Z' })
        .refused('explanation-late')
      given(evaluation, ...past, request, given1)
        .when(answer, own)
        .refused('explained-already')
    })
})

describe('replacing a member', () => {
  const absent = (id: string): Command => ({
    type: 'recordAbsence',
    member: id,
    ground: 'health',
    evidence: 'e',
  })
  test('his work is void: the evaluation goes back to the first phase he had worked in', () => {
    const replaced = (past: P[]) =>
      stateOf([...past, ...next(past, absent('m2'), { facts: tender })])
    expect(replaced(ready)).toMatchObject({ stage: 'assembled' })
    expect(replaced(atQualification)).toMatchObject({ stage: 'phase', phase: 'qualification' })
    expect(replaced(atScoring)).toMatchObject({ stage: 'phase', phase: 'qualification' })
    const back = replaced(ranked) as Extract<State, { stage: 'phase' }>
    expect(back.phase).toBe('qualification')
    expect(back.sheets.some((s) => s.member === 'm2')).toBe(false)
    expect(back.sheets.filter((s) => s.member === 'm3')).toHaveLength(3)
  })
})

describe('alarms and ranking', () => {
  const far = sheetRows('scoring', bidders, { points: { 'A t1': '0' } })
  const uneven = sheetRows('scoring', bidders, { points: { 'A b1': '7' } })
  const withSheet = (rows: typeof far): P[] => [
    ...atScoring,
    sheetOf('m1', 'scoring', rows),
    ...sheetsOfAll('scoring').slice(1),
    { type: 'PhaseClosed', phase: 'scoring', notRejected: [], lowPrice: null },
  ]
  test('a score far from the others is an alarm, which its author confirms with a reason', () => {
    given(evaluation, ...withSheet(far))
      .when({ type: 'raiseAlarms' }, { facts: tender })
      .then({ type: 'ScoreAlarmRaised', kind: 'deviation', bidder: 'A', member: 'm1' })
    given(evaluation, ...aggregated)
      .when({ type: 'raiseAlarms' }, { facts: tender })
      .then()
    const confirm: Command = { type: 'confirmScore', alarm: alarm.alarm, reason: 'r' }
    const raised: P[] = [...withSheet(far), { type: 'ScoreAlarmRaised', ...alarm }]
    given(evaluation, ...raised)
      .when(confirm, { facts: tender, actor: chair })
      .then({ type: 'ScoreConfirmed' })
    given(evaluation, ...raised)
      .when(confirm, { facts: tender, actor: member('m2') })
      .refused('not-your-alarm')
    given(evaluation, ...raised)
      .when({ ...confirm, alarm: 'x' } as Command, { facts: tender, actor: chair })
      .refused('no-such-alarm')
    given(evaluation, ...raised)
      .when({ type: 'rank' }, { facts: tender })
      .refused('alarms-open', { count: 1 })
    given(evaluation, ...raised, {
      type: 'ScoreConfirmed',
      alarm: alarm.alarm,
      member: 'm1',
      reason: 'r',
    })
      .when({ type: 'rank' }, { facts: tender })
      .then({ type: 'BidsRanked' })
  })
  test('an objective item scored differently can’t be confirmed, only mended', () => {
    const events = next(withSheet(uneven), { type: 'raiseAlarms' }, { facts: tender })
    const [raised] = events as { alarm: string }[]
    given(evaluation, ...withSheet(uneven), ...events)
      .when(
        { type: 'confirmScore', alarm: raised.alarm, reason: 'r' },
        { facts: tender, actor: chair },
      )
      .refused('objective-differs')
  })
  test('the system ranks; equal bids come in the order drawn from the seed', () => {
    const equal = factsOf('tender', { bids: bidders.map((id) => ({ id, priceFen: 150 })) })
    const [event] = next(aggregated, { type: 'rank' }, { facts: equal }) as unknown as {
      ranking: { bid: string; rank: number }[]
      tieOrder: string[]
    }[]
    expect(event.ranking.map((r) => r.rank)).toEqual([1, 2, 3, 4])
    expect(event.tieOrder).toEqual(event.ranking.map((r) => r.bid))
    const other = next(aggregated, { type: 'rank' }, { facts: { ...equal, seed: 'cd'.repeat(32) } })
    expect((other[0] as unknown as { tieOrder: string[] }).tieOrder).not.toEqual(event.tieOrder)
  })
  test('bids that stay equal share their rank; who comes first is drawn, not named first', () => {
    const { scheme } = tender
    if (!scheme) throw new Error('no scheme')
    const scoring = { ...scheme.scoring, tieBreak: ['lowerBidPrice', 'equalRank'] as const }
    const equal = factsOf('tender', {
      scheme: { ...scheme, scoring: { ...scoring, tieBreak: [...scoring.tieBreak] } },
      bids: bidders.map((id) => ({ id, priceFen: 150 })),
    })
    const orders = ['ab', 'cd', 'ef'].map((byte) => {
      const facts = { ...equal, seed: byte.repeat(32) }
      const [event] = next(aggregated, { type: 'rank' }, { facts }) as unknown as {
        ranking: { bid: string; rank: number }[]
        candidates: string[]
        tieOrder: string[]
      }[]
      expect(event.ranking.map((r) => r.rank)).toEqual([1, 1, 1, 1])
      expect(event.tieOrder).toEqual(event.ranking.map((r) => r.bid))
      expect(event.candidates).toEqual(event.tieOrder.slice(0, 3))
      return event.candidates.join()
    })
    expect(new Set(orders).size).toBeGreaterThan(1)
  })
  test('what forbids a ranking is named', () => {
    given(evaluation, ...aggregated, request)
      .when({ type: 'rank' }, { facts: tender })
      .refused('explanation-open')
    given(evaluation, ...aggregated, request)
      .when({ type: 'rank' }, { facts: tender, now: '2026-03-02T02:00:00.000Z' })
      .then({ type: 'BidsRanked' })
    given(evaluation, ...aggregated)
      .when({ type: 'rank' }, { facts: held(tender) })
      .refused('lot-suspended')
    given(evaluation, ...aggregated, ...bidders.map((b) => rejectedRow(b)))
      .when({ type: 'rank' }, { facts: tender })
      .refused('too-few-left')
    const zero = factsOf('tender', { bids: bidders.map((id) => ({ id, priceFen: 0 })) })
    given(evaluation, ...aggregated)
      .when({ type: 'rank' }, { facts: zero })
      .refused('not-rankable', { reason: 'lowest-price-not-positive' })
    const cheap = factsOf('governmentProcurement', {
      bids: [{ id: 'A', priceFen: 40 }, ...gp.bids.slice(1)],
    })
    given(evaluation, ...aggregated)
      .when({ type: 'rank' }, { facts: cheap })
      .refused('low-price-unjudged')
  })
})

describe('the report', () => {
  const sign: Command = { type: 'signReport', reportSha256 }
  const dissent: Command = { type: 'dissent', reportSha256, reason: 'r' }
  const signed = (ids: string[]): P[] =>
    ids.map((id) => ({ type: 'ReportSigned', member: id, act: 'a' }))
  const all = members.map((m) => m.id)
  test('every member signs the very report, or dissents with reasons, once', () => {
    const { report } = stateOf(ranked) as Extract<State, { stage: 'ranked' }>
    expect(reportDigest(report)).toBe(reportSha256)
    for (const command of [sign, dissent]) {
      given(evaluation, ...ranked)
        .when(command, { facts: tender, actor: chair })
        .then({
          type: command === sign ? 'ReportSigned' : 'DissentRecorded',
        })
      given(evaluation, ...ranked)
        .when({ ...command, reportSha256: 'x' } as Command, { facts: tender, actor: chair })
        .refused('report-differs')
      given(evaluation, ...ranked, ...signed(['m1']))
        .when(command, { facts: tender, actor: chair })
        .refused('signed-already')
      given(evaluation, ...ranked)
        .when(command, { facts: tender, actor: member('x') })
        .refused('not-a-member')
    }
  })
  test('the chair submits it once all have signed; silence after the time is agreement', () => {
    const submit: Command = { type: 'submitReport' }
    given(evaluation, ...ranked, ...signed(all))
      .when(submit, { facts: tender, actor: chair })
      .then({ type: 'ReportSubmitted', reportSha256 })
    given(evaluation, ...ranked, ...signed(all))
      .when(submit, { facts: tender, actor: member('m2') })
      .refused('not-chair')
    given(evaluation, ...ranked, ...signed(all))
      .when(submit, { facts: held(tender), actor: chair })
      .refused('lot-suspended')
    given(evaluation, ...ranked, ...signed(['m1']))
      .when(submit, { facts: tender, actor: chair })
      .refused('signatures-missing', { until: signUntil })
    given(evaluation, ...ranked, ...signed(['m1']))
      .when(submit, { facts: tender, actor: chair, now: signUntil })
      .then({ type: 'ReportSubmitted' })
    const three: P[] = ['m2', 'm3', 'm4'].map((id) => ({
      type: 'DissentRecorded',
      member: id,
      reason: 'r',
      act: 'a',
    }))
    given(evaluation, ...ranked, ...signed(['m1', 'r5']), ...three)
      .when(submit, { facts: tender, actor: chair })
      .refused('majority-dissents')
  })
})

test('of a lot that was terminated or has failed nothing is judged any more', () => {
  const rows = sheetRows('scoring')
  const commands: [P[], Command][] = [
    [[], { type: 'submitQualificationReview', rows: [] }],
    [ready, vote({ kind: 'electChair', member: 'm1' })],
    [atScoring, { type: 'submitSheet', phase: 'scoring', rows }],
    [atScoring, { type: 'closePhase' }],
    [atScoring, vote({ kind: 'failEvaluation', ground: 'allRejected', reason: 'r' })],
    [aggregated, vote({ kind: 'failEvaluation', ground: 'allRejected', reason: 'r' })],
    [aggregated, { type: 'rank' }],
    [ranked, { type: 'submitReport' }],
  ]
  for (const lotStage of ['terminated', 'failed'])
    for (const [past, command] of commands)
      given(evaluation, ...past)
        .when(command, { facts: { ...gp, lotStage }, actor: chair })
        .refused('lot-over')
})

test('any stage at work can be paused; limits of explanations move by the pause', () => {
  for (const past of [assembled, ready, atQualification, aggregated, ranked])
    given(evaluation, ...past)
      .when({ type: 'pause', cause: 'power' }, { facts: tender })
      .then({ type: 'EvaluationPaused' })
  const paused: P[] = [
    ...atQualification,
    request,
    { type: 'EvaluationPaused', cause: 'c', at: '2026-03-02T01:10:00.000Z' },
  ]
  given(evaluation, ...paused)
    .when({ type: 'resume' }, { facts: tender, now: '2026-03-02T01:20:00.000Z' })
    .then({ type: 'EvaluationResumed', pausedMs: 600_000 })
  expect(stateOf([...paused, { type: 'EvaluationResumed', pausedMs: 600_000 }])).toMatchObject({
    stage: 'phase',
    requests: [{ until: '2026-03-02T02:10:00.000Z' }],
  })
})

test('silence about the report is agreement only after its whole time, a pause not counted', () => {
  const hour = 3_600_000
  const resumed: P[] = [
    ...ranked,
    { type: 'EvaluationPaused', cause: 'c' },
    { type: 'EvaluationResumed', pausedMs: hour },
  ]
  const until = new Date(Date.parse(signUntil) + hour).toISOString()
  const by = (now: string) => ({ facts: tender, actor: chair, now })
  given(evaluation, ...resumed)
    .when({ type: 'submitReport' }, by(signUntil))
    .refused('signatures-missing', { until })
  given(evaluation, ...resumed)
    .when({ type: 'submitReport' }, by(until))
    .then({ type: 'ReportSubmitted' })
})

tellChanges()
tellLeaving()

const reported: P[] = [
  ...ranked,
  {
    type: 'ReportSubmitted',
    reportSha256,
    report: (stateOf(ranked) as unknown as { report: never }).report,
    signatures: [],
  },
]
const waiting: P[] = [{ type: 'QualificationReviewed', rows: [], by: 'P', act: 'a' }]
const failed: P[] = [
  ...atQualification,
  { type: 'EvaluationFailed', ground: 'allRejected', reason: 'r' },
]
const paused: P[] = [...ready, { type: 'EvaluationPaused', cause: 'c' }]
everyCell(
  evaluation,
  Object.fromEntries(
    [
      [],
      waiting,
      assembled,
      ready,
      atQualification,
      aggregated,
      ranked,
      reported,
      failed,
      paused,
    ].map((past) => {
      const state = stateOf(past)
      return [state.stage, state]
    }),
  ) as Record<string, State>,
)
