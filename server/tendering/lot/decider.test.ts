import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everyCell, given, type Past } from '../../../tests/kit/stories.ts'
import { builtInCalendar, calendarOf } from '../../kernel/calendar.ts'
import { type Command, type Event, type Facts, lot, type RankedBid, type State } from './decider.ts'

const facts: Facts = {
  deadline: '2026-03-23T01:00:00.000Z',
  calendar: builtInCalendar,
  liveBids: 3,
  earliestPublicityEnd: '2026-04-05T16:00:00.000Z',
  earliestResultEnd: '2026-04-07T16:00:00.000Z',
  openObjections: 0,
  unsettledSignatures: 0,
  revokedSignatures: [],
  bondsOpen: 0,
  heads: [{ stream: 'project:p', version: 4, digest: 'd' }],
  contractUntil: '2026-05-06T16:00:00.000Z',
}
const ranking: RankedBid[] = [
  { bidder: 'A', rank: 1, priceFen: 100, total: '90.00' },
  { bidder: 'B', rank: 2, priceFen: 110, total: '80.00' },
]
type P = Past<Event>
const opened = (regime: 'tender' | 'governmentProcurement' = 'tender'): P => ({
  type: 'LotOpened',
  project: 'P',
  lot: 'P-1',
  regime,
})
const passed: P = { type: 'DeadlinePassed' }
const began: P = { type: 'EvaluationBegan' }
const evaluated: P = { type: 'LotEvaluated', report: 'r', ranking, candidates: ['A', 'B'] }
const until = '2026-04-07T16:00:00.000Z'
const publicised: P = { type: 'CandidatesPublished', candidates: ranking, until, act: 'x' }
const ended: P = { type: 'PublicityEnded' }
const awardedTo = (bidder: string): P => ({
  type: 'LotAwarded',
  bidder,
  priceFen: 100,
  rank: 1,
  reason: null,
  act: 'x',
})
const proposed: P = {
  type: 'ContractProposed',
  id: 'c1',
  number: 'C-1',
  priceFen: 100,
  terms: 't',
  act: 'sha',
}
const signed: P = { type: 'ContractSigned', id: 'c1', number: 'C-1', priceFen: 100, act: 'y' }
const suspended: P = { type: 'LotSuspended', by: 'O1', cause: 'objection' }
const toTender: P[] = [opened()]
const toOpening: P[] = [...toTender, passed]
const toQualifying: P[] = [opened('governmentProcurement'), passed, { type: 'QualificationBegan' }]
const toEvaluating: P[] = [...toOpening, began]
const toEvaluated: P[] = [...toEvaluating, evaluated]
const gpEvaluated: P[] = [...toQualifying, began, evaluated]
const toPublicity: P[] = [...toEvaluated, publicised]
const toAwarding: P[] = [...toPublicity, ended]
const toAwarded: P[] = [...toAwarding, awardedTo('A')]
const toContracted: P[] = [...toAwarded, proposed, signed]
const winner = { party: 'A', capacity: 'authorisedSigner' } as const
const late = '2026-03-23T01:00:00.000Z'

describe('bidding', () => {
  test('a lot opens with its notice', () =>
    given(lot)
      .when({ type: 'openLot', project: 'P', lot: 'P-1', regime: 'tender' }, { facts })
      .then({ type: 'LotOpened' }))
  test('the deadline does not pass before its instant', () =>
    given(lot, ...toTender)
      .when({ type: 'passDeadline' }, { facts, now: '2026-03-23T00:59:59.999Z' })
      .refused('not-yet'))
  test('at the very instant it passes, with three bids', () =>
    given(lot, ...toTender)
      .when({ type: 'passDeadline' }, { facts, now: late })
      .then({ type: 'DeadlinePassed' }))
  test('two bids are not opened: the lot fails, and its event tells no number', () => {
    const { events } = given(lot, ...toTender)
      .when({ type: 'passDeadline' }, { facts: { ...facts, liveBids: 2 }, now: late })
      .then({ type: 'LotFailed', ground: 'tooFewBidders' })
    if (JSON.stringify(events).includes('2')) throw new Error('the number of bids is told')
  })
  test('how long bidding stood still is kept, for the deadline to move by', () => {
    const past: P[] = [...toTender, { ...suspended, at: '2026-03-05T00:00:00.000Z' }]
    const { events } = given(lot, ...past)
      .when({ type: 'resume', by: 'O1' }, { facts, now: '2026-03-06T00:00:00.000Z' })
      .then({ type: 'LotResumed', suspendedMs: 86_400_000 })
    expect(given(lot, ...past, events[0] as P).state).toMatchObject({
      stood: [{ by: 'O1', ms: 86_400_000 }],
    })
  })
  test('a suspended lot keeps its deadline open', () =>
    given(lot, ...toTender, suspended)
      .when({ type: 'passDeadline' }, { facts, now: late })
      .refused('lot-suspended'))
})

describe('opening and evaluation, by regime', () => {
  test('a tender goes to its committee', () =>
    given(lot, ...toOpening)
      .when({ type: 'beginEvaluation' }, { facts })
      .then(began as never))
  test('government procurement is first qualified by the purchaser', () =>
    given(lot, opened('governmentProcurement'), passed)
      .when({ type: 'beginQualification' }, { facts })
      .then({ type: 'QualificationBegan' }))
  test('neither takes the other way', () => {
    given(lot, ...toOpening)
      .when({ type: 'beginQualification' }, { facts })
      .refused('wrong-regime')
    given(lot, opened('governmentProcurement'), passed)
      .when({ type: 'beginEvaluation' }, { facts })
      .refused('wrong-regime')
  })
  test('after the review the committee begins, or too few are left', () => {
    given(lot, ...toQualifying)
      .when({ type: 'beginEvaluation' }, { facts })
      .then(began as never)
    given(lot, ...toQualifying, suspended)
      .when({ type: 'beginEvaluation' }, { facts })
      .refused('lot-suspended')
    given(lot, ...toQualifying)
      .when({ type: 'fail', ground: 'tooFewQualified' }, { facts })
      .then({ type: 'LotFailed' })
  })
  test('the report completes the evaluation, or the committee ends it', () => {
    given(lot, ...toEvaluating)
      .when({ type: 'completeEvaluation', report: 'r', ranking, candidates: ['A', 'B'] }, { facts })
      .then({ type: 'LotEvaluated' })
    given(lot, ...toEvaluating)
      .when({ type: 'fail', ground: 'allRejected' }, { facts })
      .then({ type: 'LotFailed' })
  })
})

describe('candidates and award', () => {
  const publish = { type: 'publishCandidates', until, candidates: ['A', 'B'] } as const
  test('candidates are published for no less than the law says', () => {
    given(lot, ...toEvaluated)
      .when(publish, { facts })
      .then({ type: 'CandidatesPublished' })
    given(lot, ...toEvaluated)
      .when({ ...publish, until: '2026-04-04T16:00:00.000Z' }, { facts })
      .refused('publicity-too-short', { earliest: '2026-04-05T16:00:00.000Z' })
    given(lot, ...toEvaluated)
      .when({ ...publish, candidates: ['B', 'A'] }, { facts })
      .refused('candidates-differ')
    given(lot, ...toEvaluated, suspended)
      .when(publish, { facts })
      .refused('lot-suspended')
    given(lot, ...gpEvaluated)
      .when(publish, { facts })
      .refused('wrong-regime')
  })
  test('the publicity ends at its instant, unless an objection is open', () => {
    const end = { type: 'endPublicity' } as const
    given(lot, ...toPublicity)
      .when(end, { facts, now: until })
      .then({ type: 'PublicityEnded' })
    given(lot, ...toPublicity)
      .when(end, { facts })
      .refused('not-yet')
    given(lot, ...toPublicity)
      .when(end, { facts: { ...facts, openObjections: 1 }, now: until })
      .refused('objection-open')
    given(lot, ...toPublicity, suspended)
      .when(end, { facts, now: until })
      .refused('lot-suspended')
  })
  test('two causes that overlap stop the clock once', () => {
    const [a, b] = [
      { ...suspended, at: '2026-04-04T00:00:00.000Z' },
      { ...suspended, by: 'O2', at: '2026-04-04T06:00:00.000Z' },
    ]
    const hour = 3_600_000
    for (const [first, then, moments, stood] of [
      ['O2', 'O1', ['08', '10'], [0, 10]], // the second within the first
      ['O1', 'O2', ['08', '10'], [6, 4]], // the second outlasts the first
    ] as const) {
      const at = (hours: string) => `2026-04-04T${hours}:00:00.000Z`
      const { events } = given(lot, ...toPublicity, a, b)
        .when({ type: 'resume', by: first }, { facts, now: at(moments[0]) })
        .then({ type: 'LotResumed', suspendedMs: stood[0] * hour })
      const resumed = { ...events[0], at: at(moments[0]) } as P
      const last = given(lot, ...toPublicity, a, b, resumed)
        .when({ type: 'resume', by: then }, { facts, now: at(moments[1]) })
        .then({ type: 'LotResumed', suspendedMs: stood[1] * hour })
      given(lot, ...toPublicity, a, b, resumed, last.events[0] as P)
        .when({ type: 'endPublicity' }, { facts, now: until })
        .refused('not-yet', { limit: '2026-04-08T02:00:00.000Z' })
    }
  })
  test('a publicity goes on to a working day: it neither ends on a day off nor is set to', () => {
    // 2026-04-03 is a Friday before three days off.
    const friday = '2026-04-03T16:00:00.000Z'
    const shown: P = { ...publicised, until: friday } as P
    const held: P = { ...suspended, at: '2026-04-03T01:00:00.000Z' } as P
    const resume = { type: 'resume', by: 'O1' } as const
    const { events } = given(lot, ...toEvaluated, shown, held)
      .when(resume, { facts, now: '2026-04-04T01:00:00.000Z' })
      .then({ type: 'LotResumed', suspendedMs: 86_400_000, until: '2026-04-07T16:00:00.000Z' })
    expect(given(lot, ...toEvaluated, shown, held, events[0] as P).state).toMatchObject({
      until: '2026-04-07T16:00:00.000Z',
    })
    const second: P = { ...held, by: 'O2' } as P
    given(lot, ...toEvaluated, shown, held, second)
      .when(resume, { facts, now: '2026-04-04T01:00:00.000Z' })
      .then({ type: 'LotResumed', suspendedMs: 0, until: friday })
    const publish = { type: 'publishCandidates', candidates: ['A', 'B'] } as const
    given(lot, ...toEvaluated)
      .when({ ...publish, until: '2026-04-12T16:00:00.000Z' }, { facts })
      .refused('ends-on-day-off', { earliest: '2026-04-13T16:00:00.000Z' })
    given(lot, ...toEvaluated)
      .when({ ...publish, until: '2027-01-05T16:00:00.000Z' }, { facts })
      .refused('year-not-loaded', { year: 2027 })
  })
  test('a lot terminated while its bidding is held remembers how long it stood', () => {
    const held: P = { ...suspended, at: '2026-03-20T01:00:00.000Z' } as P
    const ended: P = {
      type: 'LotTerminated',
      reason: 'r',
      act: 'x',
      at: '2026-03-22T01:00:00.000Z',
    }
    const stood = [{ by: 'O1', from: '2026-03-20T01:00:00.000Z', ms: 2 * 86_400_000 }]
    expect(given(lot, ...toTender, held, ended).state).toMatchObject({ stood })
    expect(given(lot, ...toOpening, held, ended).state).toMatchObject({ stood: [] })
  })
  test('however causes overlap, the clock stands as long as there is one', () => {
    const minute = (n: number) => new Date(Date.parse('2026-04-04T00:00:00Z') + n * 60_000)
    const work = Array.from({ length: 30 }, (_, i) => `04-${String(i + 1).padStart(2, '0')}`)
    const everyDay = calendarOf([{ year: 2026, source: 's', rest: [], work }])
    const acts = fc.array(
      fc.tuple(fc.constantFrom('O1', 'O2', 'O3'), fc.integer({ min: 1, max: 90 })),
      {
        maxLength: 12,
      },
    )
    fc.assert(
      fc.property(acts, (moves) => {
        let { state } = given(lot, ...toPublicity)
        const heldBy = new Set<string>()
        let now = 0
        let stood = 0
        const act = (by: string) => {
          const type = heldBy.has(by) ? 'resume' : 'suspend'
          const at = minute(now).toISOString()
          const command = { type, by, cause: 'objection' } as Command
          const actor = { party: 'system', capacity: 'system' } as const
          const decided = lot.decide(state, command, {
            ...{ now: at, actor },
            facts: { ...facts, calendar: everyDay },
          })
          if ('refused' in decided) throw new Error(decided.refused)
          for (const e of decided.events)
            state = lot.evolve(state, { ...e, at, recordedAt: at, actor, version: 0 })
          if (type === 'suspend') heldBy.add(by)
          else heldBy.delete(by)
        }
        for (const [by, minutes] of moves) {
          if (heldBy.size > 0) stood += minutes
          now += minutes
          act(by)
        }
        for (const by of [...heldBy]) act(by)
        const moved = new Date(Date.parse(until) + stood * 60_000).toISOString()
        expect(state).toMatchObject({ stage: 'publicity', suspensions: [], until: moved })
      }),
    )
  })
  test('a suspension stops the clock of the publicity', () =>
    given(
      lot,
      ...toPublicity,
      { ...suspended, at: '2026-04-04T00:00:00.000Z' },
      {
        type: 'LotResumed',
        by: 'O1',
        suspendedMs: 86_400_000,
      },
    )
      .when({ type: 'endPublicity' }, { facts, now: until })
      .refused('not-yet', { limit: '2026-04-08T16:00:00.000Z' }))
  const award = { type: 'award', bidder: 'A', priceFen: 100, reason: null } as const
  for (const [regime, past] of [
    ['tender', toAwarding],
    ['government procurement', gpEvaluated],
  ] as const)
    test(`the first candidate wins at the bid price, ${regime}`, () => {
      given(lot, ...past)
        .when(award, { facts })
        .then({ type: 'LotAwarded', priceFen: 100, rank: 1 })
      given(lot, ...past)
        .when({ ...award, bidder: 'B' }, { facts })
        .refused('not-first-candidate', { first: 'A' })
      given(lot, ...past)
        .when({ ...award, priceFen: 99 }, { facts })
        .refused('price-differs', { expectedFen: 100 })
      given(lot, ...past, suspended)
        .when(award, { facts })
        .refused('lot-suspended')
      given(lot, ...past)
        .when(award, { facts: { ...facts, unsettledSignatures: 1 } })
        .refused('signatures-unsettled')
      given(lot, ...past)
        .when(award, { facts: { ...facts, revokedSignatures: ['A'] } })
        .refused('signature-revoked')
      given(lot, ...past)
        .when(award, { facts: { ...facts, revokedSignatures: ['B'] } })
        .then({ type: 'LotAwarded' })
    })
  test('a tender is not awarded before its publicity', () =>
    given(lot, ...toEvaluated)
      .when(award, { facts })
      .refused('wrong-regime'))
  test('when the winner fails the next candidate follows, and at last nobody', () => {
    const cancel = { type: 'candidateFails', ground: 'gaveUp', reason: 'r' } as const
    const { events } = given(lot, ...toAwarded)
      .when(cancel, { facts })
      .then({ type: 'AwardCancelled', bidder: 'A' })
    given(lot, ...toAwarded, events[0] as P)
      .when({ ...award, bidder: 'B', priceFen: null }, { facts })
      .then({ type: 'LotAwarded', bidder: 'B', rank: 2 })
    given(lot, ...toAwarded, suspended)
      .when(cancel, { facts })
      .refused('lot-suspended')
    given(lot, ...toAwarded, proposed)
      .when(cancel, { facts })
      .then({ type: 'ContractProposalEnded', id: 'c1', how: 'lapsed' }, { type: 'AwardCancelled' })
    for (const [ground, atRisk] of [
      ['gaveUp', ['A']],
      ['forceMajeure', []],
    ] as const) {
      const cancelled = given(lot, ...toAwarded, { ...events[0], ground } as P)
      expect(cancelled.state).toMatchObject({
        failed: ['A'],
        failures: [{ bidder: 'A', how: 'cancelled', ground }],
        atRisk,
      })
      for (const gone of ['winner', 'awardedAt', 'resultUntil', 'proposal'])
        expect(cancelled.state).not.toHaveProperty(gone)
    }
    given(lot, ...toAwarded, events[0] as P)
      .when({ type: 'fail', ground: 'noCandidateLeft' }, { facts })
      .then({ type: 'LotFailed' })
  })
})

describe('result and contract', () => {
  const gpAwarded: P[] = [...gpEvaluated, awardedTo('A')]
  const published: P = { type: 'ResultPublished', until, act: 'x' }
  const result = { type: 'publishResult', until, bidder: 'A' } as const
  test('in government procurement the notice runs for its one working day, no longer', () => {
    const gpFacts = { ...facts, earliestPublicityEnd: null, earliestResultEnd: until }
    given(lot, ...gpAwarded)
      .when(result, { facts: gpFacts })
      .then({ type: 'ResultPublished', until })
    given(lot, ...gpAwarded)
      .when({ ...result, until: '2026-04-08T16:00:00.000Z' }, { facts: gpFacts })
      .refused('result-period-fixed', { end: until })
  })
  test('nobody learns of it before its notice: a public bag waits', () => {
    const bag = { type: 'exportBag', kind: 'public' } as const
    given(lot, ...gpAwarded)
      .when(bag, { facts })
      .refused('result-not-published')
    given(lot, ...gpAwarded, published)
      .when(bag, { facts })
      .then()
    given(lot, ...toAwarded)
      .when(bag, { facts })
      .then()
    given(lot, ...gpAwarded)
      .when({ ...bag, kind: 'full' }, { facts })
      .then({ type: 'BagExported' })
  })
  test('a result is published once, for its lawful time', () => {
    given(lot, ...toAwarded)
      .when(result, { facts })
      .then({ type: 'ResultPublished' })
    given(lot, ...toAwarded)
      .when({ ...result, until: '2026-04-01T16:00:00.000Z' }, { facts })
      .refused('publicity-too-short')
    given(lot, ...toAwarded, { type: 'ResultPublished', until, act: 'x' })
      .when(result, { facts })
      .refused('result-published')
    given(lot, ...toAwarded)
      .when({ ...result, bidder: 'B' }, { facts })
      .refused('not-the-winner')
    given(lot, ...toAwarded, suspended)
      .when(result, { facts })
      .refused('lot-suspended')
  })
  const propose = {
    type: 'proposeContract',
    id: 'c1',
    number: 'C-1',
    priceFen: 100,
    terms: 't',
  } as const
  test('the contract is proposed at the awarded price alone', () => {
    given(lot, ...toAwarded)
      .when(propose, { facts })
      .then({ type: 'ContractProposed' })
    given(lot, ...toAwarded)
      .when({ ...propose, priceFen: 99 }, { facts })
      .refused('price-differs', { expectedFen: 100 })
    given(lot, ...toAwarded, proposed)
      .when(propose, { facts })
      .refused('proposal-open')
    given(lot, ...toAwarded, suspended)
      .when(propose, { facts })
      .refused('lot-suspended')
    given(lot, ...gpAwarded)
      .when(propose, { facts })
      .refused('result-not-published')
    given(lot, ...gpAwarded, published)
      .when(propose, { facts })
      .then({ type: 'ContractProposed' })
    given(lot, ...toAwarded)
      .when(propose, { facts, now: facts.contractUntil as string })
      .refused('contract-period-over')
  })
  const countersign = { type: 'countersign', id: 'c1', proposalSha256: 'sha' } as const
  test('the winner countersigns the very bytes', () => {
    given(lot, ...toAwarded, proposed)
      .when(countersign, { facts, actor: winner })
      .then({ type: 'ContractSigned', priceFen: 100 })
    given(lot, ...toAwarded, proposed)
      .when({ ...countersign, proposalSha256: 'other' }, { facts, actor: winner })
      .refused('proposal-differs')
    given(lot, ...toAwarded, proposed)
      .when(countersign, { facts })
      .refused('not-entitled')
    given(lot, ...toAwarded)
      .when(countersign, { facts, actor: winner })
      .refused('no-open-proposal')
    given(lot, ...toAwarded, proposed, suspended)
      .when(countersign, { facts, actor: winner })
      .refused('lot-suspended')
    given(lot, ...toAwarded, proposed)
      .when(countersign, { facts, actor: winner, now: facts.contractUntil as string })
      .refused('contract-period-over')
  })
  test('a proposal that nobody answers lapses when the thirty days are over', () => {
    const lapse = { type: 'lapseProposal', id: 'c1' } as const
    const now = facts.contractUntil as string
    given(lot, ...toAwarded, proposed)
      .when(lapse, { facts, now })
      .then({ type: 'ContractProposalEnded', how: 'lapsed' })
    given(lot, ...toAwarded, proposed)
      .when(lapse, { facts })
      .refused('not-yet')
    given(lot, ...toAwarded)
      .when(lapse, { facts, now })
      .refused('no-open-proposal')
  })
  test('a proposal may be withdrawn, or declined by the winner', () => {
    given(lot, ...toAwarded, proposed)
      .when({ type: 'withdrawProposal', id: 'c1' }, { facts })
      .then({ type: 'ContractProposalEnded', how: 'withdrawn' })
    given(lot, ...toAwarded)
      .when({ type: 'withdrawProposal', id: 'c1' }, { facts })
      .refused('no-open-proposal')
    const decline = { type: 'declineProposal', id: 'c1', reason: 'r' } as const
    given(lot, ...toAwarded, proposed)
      .when(decline, { facts, actor: winner })
      .then({ type: 'ContractProposalEnded', how: 'declined' })
    given(lot, ...toAwarded, proposed)
      .when(decline, { facts })
      .refused('not-entitled')
    given(lot, ...toAwarded)
      .when(decline, { facts, actor: winner })
      .refused('no-open-proposal')
  })
  test('a lot is archived once its bonds are settled', () => {
    given(lot, ...toContracted)
      .when({ type: 'archive' }, { facts })
      .then({ type: 'LotArchived', heads: facts.heads })
    given(lot, ...toContracted)
      .when({ type: 'archive' }, { facts: { ...facts, bondsOpen: 2 } })
      .refused('bonds-open', { count: 2 })
    given(lot, ...toContracted, suspended)
      .when({ type: 'archive' }, { facts })
      .refused('lot-suspended')
  })
})

const live: readonly P[][] = [
  toTender,
  toOpening,
  toQualifying,
  toEvaluating,
  toEvaluated,
  toPublicity,
  toAwarding,
  toAwarded,
  toContracted,
]
const ends: readonly P[][] = [
  [...toContracted, { type: 'LotArchived', act: null, heads: [] }],
  [...toTender, { type: 'LotFailed', ground: 'tooFewBidders' }],
  [...toTender, { type: 'LotTerminated', reason: 'r', act: 'x' }],
]

test('every living lot can be suspended once a cause, and resumed', () => {
  for (const past of live) {
    const suspend = { type: 'suspend', by: 'O1', cause: 'objection' } as const
    const resume = { type: 'resume', by: 'O1' } as const
    given(lot, ...past)
      .when(suspend, { facts })
      .then({ type: 'LotSuspended' })
    given(lot, ...past, suspended)
      .when(suspend, { facts })
      .refused('suspended-already')
    given(lot, ...past, suspended)
      .when(resume, { facts })
      .then({ type: 'LotResumed' })
    given(lot, ...past)
      .when(resume, { facts })
      .refused('not-suspended')
  }
})

test('a lot is terminated up to its award, with a reason', () => {
  for (const past of live.slice(0, 7))
    given(lot, ...past)
      .when({ type: 'terminate', reason: 'r' }, { facts })
      .then({ type: 'LotTerminated', reason: 'r' })
})

test('a bag is exported from the award on; only a full one is an event', () => {
  for (const past of [...live.slice(7), ...ends]) {
    given(lot, ...past)
      .when({ type: 'exportBag', kind: 'full' }, { facts })
      .then({ type: 'BagExported' })
    given(lot, ...past)
      .when({ type: 'exportBag', kind: 'public' }, { facts })
      .then()
    given(lot, ...past)
      .when({ type: 'recordHeads', heads: facts.heads, joined: 'x' }, { facts })
      .then({ type: 'HeadsRecorded', heads: facts.heads, joined: 'x' })
  }
})

describe('before the award', () => {
  const by = { facts, actor: { party: 'P', capacity: 'authorisedSigner' } as const }
  const sendBack: Command = { type: 'sendBack', report: 'r', ground: 'sumError', reason: 'r' }
  const sentBack: P = { ...sendBack, type: 'ReportSentBack', act: 'x' } as P
  const passOver: Command = {
    type: 'passOver',
    bidder: 'A',
    ground: 'offence',
    reason: 'r',
    evidence: 'No. 7',
  }
  test('the purchaser sends a report with an evident error back, that very report, once', () => {
    given(lot, ...toEvaluated)
      .when(sendBack, by)
      .then({ type: 'ReportSentBack', ground: 'sumError' })
    given(lot, ...toEvaluated)
      .when({ ...sendBack, report: 'x' } as Command, by)
      .refused('report-not-current')
    given(lot, ...toEvaluated, suspended)
      .when(sendBack, by)
      .refused('lot-suspended')
    const again: P[] = [...toEvaluated, sentBack]
    expect(given(lot, ...again).state).toMatchObject({
      stage: 'evaluating',
      rechecks: [{ report: 'r', ground: 'sumError' }],
    })
    const out: P = { ...passOver, type: 'CandidatePassedOver', act: 'x' } as P
    expect(given(lot, ...gpEvaluated, out, sentBack, evaluated).state).toMatchObject({
      stage: 'evaluated',
      failed: ['A'],
      atRisk: ['A'],
    })
    given(lot, ...again, evaluated)
      .when(sendBack, by)
      .refused('report-rechecked')
    given(lot, ...again, { ...evaluated, report: 'r2' } as P)
      .when({ ...sendBack, report: 'r2' } as Command, by)
      .then({ type: 'ReportSentBack' })
  })
  test('the first candidate is passed over on a ground of the law, with evidence, and the next follows', () => {
    for (const past of [gpEvaluated, toAwarding]) {
      given(lot, ...past)
        .when(passOver, by)
        .then({ type: 'CandidatePassedOver', bidder: 'A', evidence: 'No. 7' })
      given(lot, ...past)
        .when({ ...passOver, bidder: 'B' } as Command, by)
        .refused('not-first-candidate', { first: 'A' })
      given(lot, ...past, suspended)
        .when(passOver, by)
        .refused('lot-suspended')
      const passed: P[] = [...past, { ...passOver, type: 'CandidatePassedOver', act: 'x' } as P]
      given(lot, ...passed)
        .when({ type: 'award', bidder: 'A', priceFen: 100, reason: null }, by)
        .refused('not-first-candidate', { first: 'B' })
      given(lot, ...passed)
        .when({ type: 'award', bidder: 'B', priceFen: 110, reason: null }, by)
        .then({ type: 'LotAwarded', bidder: 'B', rank: 2 })
      expect(given(lot, ...passed).state).toMatchObject({ failed: ['A'], atRisk: ['A'] })
    }
    given(lot, ...toEvaluated)
      .when(passOver, by)
      .refused('wrong-regime')
    const force: P = {
      ...passOver,
      type: 'CandidatePassedOver',
      ground: 'forceMajeure',
      act: 'x',
    } as P
    expect(given(lot, ...toAwarding, force).state).toMatchObject({ failed: ['A'], atRisk: [] })
  })
  test('a bid that is not validly signed is passed over, its bond not at risk', () => {
    const invalid = { ...passOver, ground: 'signatureInvalid' } as Command
    for (const past of [gpEvaluated, toAwarding]) {
      given(lot, ...past)
        .when(invalid, by)
        .refused('signature-not-revoked')
      const { events } = given(lot, ...past)
        .when(invalid, { ...by, facts: { ...facts, revokedSignatures: ['A'] } })
        .then({ type: 'CandidatePassedOver', ground: 'signatureInvalid' })
      expect(given(lot, ...past, events[0] as P).state).toMatchObject({ failed: ['A'], atRisk: [] })
    }
  })
  test('a candidate who revoked its bid has given up, whatever its rank; its act is the evidence', () => {
    const revoked = { type: 'noteRevocation', reason: 'r', revocation: 'sha' } as const
    for (const past of [toEvaluated, toPublicity, toAwarding]) {
      given(lot, ...past)
        .when({ ...revoked, bidder: 'B' }, { facts })
        .then({ type: 'CandidatePassedOver', ground: 'gaveUp', evidence: 'sha', act: null })
      given(lot, ...past)
        .when({ ...revoked, bidder: 'Z' }, { facts })
        .refused('not-a-candidate')
    }
    given(lot, ...gpEvaluated)
      .when({ type: 'fail', ground: 'noCandidateLeft' }, { facts })
      .then({ type: 'LotFailed', ground: 'noCandidateLeft' })
  })
  test('a corrected price is awarded as corrected, and the opened one stays beside it', () => {
    const corrected: P = {
      ...evaluated,
      ranking: [{ ...ranking[0], priceFen: 105, openedFen: 100 }, ranking[1]],
    } as P
    given(lot, ...toQualifying, began, corrected)
      .when({ type: 'award', bidder: 'A', priceFen: 100, reason: null }, by)
      .refused('price-differs', { expectedFen: 105 })
    given(lot, ...toQualifying, began, corrected)
      .when({ type: 'award', bidder: 'A', priceFen: 105, reason: null }, by)
      .then({ type: 'LotAwarded', priceFen: 105, openedFen: 100 })
  })
})

everyCell(
  lot,
  Object.fromEntries(
    [[], ...live, ...ends].map((past) => {
      const { state } = given(lot, ...past)
      return [state.stage, state]
    }),
  ) as Record<string, State>,
)
