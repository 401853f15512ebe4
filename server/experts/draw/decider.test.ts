import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everyCell, given, type Past } from '../../../tests/kit/stories.ts'
import {
  type Command,
  draw,
  type Event,
  type Facts,
  type Representative,
  type State,
} from './decider.ts'
import { committeeOf, seatingOf } from './rules-calling.ts'
import { nextFor, seatedIds, widening } from './rules-seats.ts'
import { commitmentOf, nonceHash, type PoolExpert, type Stratum, seedOf } from './seed.ts'

const pool: PoolExpert[] = Array.from({ length: 12 }, (_, i) => ({
  id: `e${String(i + 1).padStart(2, '0')}`,
  specialty: 'A08',
  region: i < 8 ? '371300' : '370100',
  employer: `u${i + 1}`,
}))
const strata: Stratum[] = [
  { key: '*/371300', specialty: null, region: '371300', count: 3 },
  { key: '*/370100', specialty: null, region: '370100', count: 1 },
]
const facts: Facts = {
  pool,
  sizeLeast: 5,
  isOpened: true,
  isSuspended: false,
  isLot: true,
  deadline: '2026-03-24T01:00:00.000Z',
  candidates: { k: ['0.01', '0.02', '0.03'] },
  recused: ['e01'],
  principals: ['agency', 'purchaser'],
  unknownIds: [],
  tiedIds: [],
  isOver: false,
  leaving: [],
  former: { times: 0, recused: [] },
}
type P = Past<Event>
const lot = 'P-1'
const drawAt = '2026-03-24T02:00:00.000Z'
const prepare: Command = {
  type: 'prepareDraw',
  lot,
  strata,
  representatives: 1,
  perEmployer: 1,
  answerMinutes: 30,
}
const prepared: P = {
  type: 'DrawPrepared',
  lot,
  strata,
  representatives: 1,
  perEmployer: 1,
  answerMinutes: 30,
  candidates: {},
}
const representatives: Representative[] = [{ id: 'r1', mandate: 'M1' }]
const named: P = { type: 'RepresentativesNamed', representatives }
const nonce = { agency: '11'.repeat(32), centre: '22'.repeat(32) }
const hashes = { agency: nonceHash(nonce.agency), centre: nonceHash(nonce.centre) }
const committedNonces: P[] = (['agency', 'centre'] as const).map((party) => ({
  type: 'NonceCommitted',
  party,
  nonceSha256: hashes[party],
}))
const by = (party: string) => ({ party, capacity: 'operator' }) as const
const expert = (party: string) => ({ party, capacity: 'expert' }) as const
const toPreparing: P[] = [prepared, ...committedNonces]
const commit: Command = { type: 'commitDraw', drawAt, revealMinutes: 30 }

/** The event of an accepted command, as a past of the next story. */
function next(past: P[], command: Command, how: object): P[] {
  const { decision } = given(draw, ...past).when(command, { facts, ...how } as never)
  if ('refused' in decision) throw new Error(decision.refused)
  return decision.events as P[]
}
const at = (instant: string, events: P[]): P[] => events.map((e) => ({ ...e, at: instant }))

const toCommitted = [...toPreparing, ...next(toPreparing, commit, {})]
const taken: P = {
  type: 'CheckpointTaken',
  root: 'ab'.repeat(32),
  size: 4096,
  note: 'note',
  at: drawAt,
}
const toRevealing = [...toCommitted, taken]
const bothRevealed: P[] = (['agency', 'centre'] as const).map((party) => ({
  type: 'NonceRevealed',
  party,
  nonce: nonce[party],
}))
const revealUntil = '2026-03-24T02:30:00.000Z'
const toSeeded = [
  ...toRevealing,
  ...bothRevealed,
  ...next([...toRevealing, ...bothRevealed], { type: 'fixSeed' }, { now: drawAt }),
]
const calledAt = '2026-03-24T03:00:00.000Z'
const toNotifying = [...toSeeded, ...at(calledAt, next(toSeeded, { type: 'draw' }, {}))]
const seatsOf = (past: P[]) =>
  seatedIds((given(draw, ...past).state as unknown as { seats: never[] }).seats)
const [first, second] = seatsOf(toNotifying)
const acceptAll = (past: P[]): P[] =>
  seatsOf(past).map((id) => ({ type: 'ExpertAccepted', expert: id }))
const toAccepted = [...toNotifying, named, ...acceptAll(toNotifying)]
const completed: P = {
  type: 'DrawCompleted',
  members: committeeOf(given(draw, ...toAccepted).state as never) ?? [],
}
const toComplete = [...toAccepted, completed]
const answerUntil = '2026-03-24T03:30:00.000Z'

describe('preparing', () => {
  test('a lawful committee from a pool that is large enough', () => {
    given(draw).when(prepare, { facts }).then({ type: 'DrawPrepared', representatives: 1 })
    given(draw, prepared).when(prepare, { facts }).then({ type: 'DrawPrepared' })
    for (const past of [[], [prepared]] as P[][]) {
      given(draw, ...past)
        .when({ ...prepare, representatives: 2 } as Command, { facts })
        .refused('composition-unlawful', { least: 5 })
      given(draw, ...past)
        .when({ ...prepare, strata: [strata[0], strata[0]] } as Command, { facts })
        .refused('strata-repeated')
      given(draw, ...past)
        .when(prepare, { facts: { ...facts, pool: pool.slice(0, 8) } })
        .refused('pool-too-small', { stratum: '*/370100', found: 0, wanted: 1 })
      given(draw, ...past)
        .when(prepare, { facts: { ...facts, isLot: false } })
        .refused('no-such-lot')
    }
  })
  test('representatives: as many as prepared, registered, not tied, not drawn', () => {
    const name: Command = { type: 'nameRepresentatives', representatives }
    // Of a complete committee one has stood aside at the desk.
    const vacant: P[] = [...toComplete, { type: 'ExpertRecused', expert: 'r1' }]
    for (const past of [[prepared], toCommitted, toRevealing, toSeeded, toNotifying, vacant]) {
      const own = past === vacant ? 'r2' : 'r1'
      given(draw, ...past)
        .when({ ...name, representatives: [{ id: own, mandate: 'M1' }] } as Command, { facts })
        .then({ type: 'RepresentativesNamed' })
      given(draw, ...past)
        .when(name, { facts: { ...facts, isOver: true } })
        .refused('naming-over')
      given(draw, ...past)
        .when({ ...name, representatives: [] } as Command, { facts })
        .refused('representatives-differ', { wanted: 1 })
      given(draw, ...past)
        .when(name, { facts: { ...facts, unknownIds: ['r1'] } })
        .refused('representative-unknown', { id: 'r1' })
      given(draw, ...past)
        .when(name, { facts: { ...facts, tiedIds: ['r1'] } })
        .refused('representative-tied', { id: 'r1' })
    }
    given(draw, ...toNotifying)
      .when(
        { type: 'nameRepresentatives', representatives: [{ id: first, mandate: 'M' }] },
        { facts },
      )
      .refused('representative-tied', { id: first })
    // Who left, and who has to stand aside, is not named again.
    for (const [past, change] of [
      [vacant, {}],
      [toComplete, { leaving: ['r1'] }],
      [[prepared, { type: 'DrawLapsed', ground: 'committeeDissolved', barred: ['r1'] }], {}],
    ] as [P[], Partial<Facts>][])
      given(draw, ...past)
        .when(name, { facts: { ...facts, ...change } })
        .refused('representative-tied', { id: 'r1' })
  })
  test('of a complete committee nobody who sits is exchanged; a free seat is named for', () => {
    const naming = (...ids: string[]): Command => ({
      type: 'nameRepresentatives',
      representatives: ids.map((id) => ({ id, mandate: 'M' })),
    })
    given(draw, ...toComplete)
      .when(naming('r2'), { facts })
      .refused('representatives-complete')
    given(draw, ...toComplete)
      .when(naming('r2'), { facts: { ...facts, leaving: ['r1'] } })
      .then({ type: 'RepresentativesNamed' })
    const two = { ...named, representatives: [...representatives, { id: 'r3', mandate: 'M' }] } as P
    const pair: P[] = [{ ...prepared, representatives: 2 } as P, ...toComplete.slice(1), two]
    const gap: P[] = [...pair, { type: 'ExpertRecused', expert: 'r3' }]
    given(draw, ...gap)
      .when(naming('r2', 'r4'), { facts })
      .refused('representative-sits', { id: 'r1' })
    given(draw, ...gap)
      .when(naming('r1', 'r4'), { facts })
      .then({ type: 'RepresentativesNamed' })
  })
  test('whom the purchaser named is not drawn, nor called later: nobody sits twice', () => {
    const own = pool[4]?.id as string
    const seeded: P[] = [
      ...toSeeded,
      { type: 'RepresentativesNamed', representatives: [{ id: own, mandate: 'M' }] },
    ]
    given(draw, ...seeded)
      .when({ type: 'draw' }, { facts })
      .then({ type: 'ExpertsDrawn', recused: ['e01', own] })
    const reserve = nextId(toNotifying, first)
    const later: P[] = [
      ...toNotifying,
      { type: 'RepresentativesNamed', representatives: [{ id: reserve, mandate: 'M' }] },
    ]
    expect(nextId(later, first)).not.toBe(reserve)
  })
  test('each contributor commits once; two must', () => {
    const own: Command = { type: 'commitNonce', nonceSha256: hashes.agency }
    given(draw, prepared)
      .when(own, { facts, actor: by('agency') })
      .then({ type: 'NonceCommitted', party: 'agency' })
    given(draw, ...toPreparing)
      .when(own, { facts, actor: by('agency') })
      .refused('nonce-committed-already')
    // Purchaser and agency are one side: theirs alone would not be two.
    given(draw, prepared, committedNonces[0])
      .when(own, { facts, actor: by('purchaser') })
      .refused('nonce-committed-already')
    given(draw, prepared, committedNonces[0])
      .when(own, { facts, actor: by('regulator') })
      .then({ type: 'NonceCommitted', party: 'regulator' })
    given(draw, prepared, committedNonces[0])
      .when(commit, { facts })
      .refused('too-few-nonces', { found: 1 })
  })
  test('the draw is committed for a moment ahead', () => {
    const { decision } = given(draw, ...toPreparing).when(commit, { facts })
    const [event] = (decision as unknown as { events: Extract<Event, { type: 'DrawCommitted' }>[] })
      .events
    expect(event.commitment).toBe(commitmentOf(event.plan))
    given(draw, ...toPreparing)
      .when(commit, { facts, now: drawAt })
      .refused('time-not-ahead')
    given(draw, ...toPreparing)
      .when(commit, { facts: { ...facts, isSuspended: true } })
      .refused('lot-suspended')
    given(draw, ...toPreparing)
      .when(commit, { facts: { ...facts, pool: [] } })
      .refused('pool-too-small')
  })
})

describe('parameters', () => {
  const ofParameters: P = {
    ...prepared,
    strata: [],
    representatives: 0,
    candidates: facts.candidates,
  } as P
  const past: P[] = [ofParameters, ...committedNonces]
  const deadline = facts.deadline as string
  const late = { ...facts, deadline: '2026-03-30T01:00:00.000Z' }
  test('a document with lists has a draw; T is the deadline', () => {
    const asked: Command = { type: 'prepareParameters', id: 'P-0' }
    for (const before of [[], [prepared]] as P[][]) {
      given(draw, ...before)
        .when(asked, { facts })
        .then({ type: 'DrawPrepared', candidates: facts.candidates })
      given(draw, ...before)
        .when(asked, { facts: { ...facts, candidates: {} } })
        .refused('nothing-to-draw-from')
    }
    given(draw, ...past)
      .when(commit, { facts })
      .refused('time-not-the-deadline', { deadline })
    given(draw, ...past)
      .when({ ...commit, drawAt: deadline } as Command, { facts })
      .then({ type: 'DrawCommitted' })
  })
  test('a deadline that moves makes the draw lapse, before K could help anyone', () => {
    const committed = [...past, ...next(past, { ...commit, drawAt: deadline } as Command, {})]
    const revealing: P[] = [...committed, { ...taken, at: deadline } as P]
    const seeded: P[] = [
      ...revealing,
      ...bothRevealed,
      { type: 'SeedFixed', seed: 'ab'.repeat(32), parties: ['agency', 'centre'] },
    ]
    for (const one of [committed, revealing, seeded]) {
      given(draw, ...one)
        .when({ type: 'lapse' }, { facts: late })
        .then({ type: 'DrawLapsed', ground: 'deadlineMoved' })
      given(draw, ...one)
        .when({ type: 'lapse' }, { facts })
        .refused('not-outdated')
    }
  })
  test('an amended list makes it lapse too, and nothing is committed from the old one', () => {
    const committed = [...past, ...next(past, { ...commit, drawAt: deadline } as Command, {})]
    for (const candidates of [{ k: ['0.01', '0.02'] }, {}, { method: ['a', 'b'] }]) {
      const amended = { ...facts, candidates } as Facts
      given(draw, ...past)
        .when({ ...commit, drawAt: deadline } as Command, { facts: amended })
        .refused('lists-amended')
      given(draw, ...committed)
        .when({ type: 'lapse' }, { facts: amended })
        .then({ type: 'DrawLapsed', ground: 'documentAmended' })
    }
  })
})

describe('checkpoint and seed', () => {
  const take: Command = { type: 'takeCheckpoint', root: 'ab'.repeat(32), size: 4096, note: 'n' }
  test('the checkpoint is not taken before T', () => {
    given(draw, ...toCommitted)
      .when(take, { facts })
      .refused('not-yet', { limit: drawAt })
    given(draw, ...toCommitted)
      .when(take, { facts, now: drawAt })
      .then({ type: 'CheckpointTaken', size: 4096 })
  })
  test('a contributor reveals the nonce that was committed, in time, once', () => {
    const reveal: Command = { type: 'revealNonce', nonce: nonce.agency }
    const how = { facts, actor: by('agency'), now: drawAt }
    given(draw, ...toRevealing)
      .when(reveal, how)
      .then({ type: 'NonceRevealed', party: 'agency' })
    given(draw, ...toRevealing)
      .when({ ...reveal, nonce: nonce.centre } as Command, how)
      .refused('nonce-differs')
    given(draw, ...toRevealing)
      .when(reveal, { ...how, actor: by('other') })
      .refused('nonce-unknown')
    given(draw, ...toRevealing, bothRevealed[0])
      .when(reveal, how)
      .refused('nonce-revealed-already')
    given(draw, ...toRevealing)
      .when(reveal, { ...how, now: revealUntil })
      .refused('reveal-over')
  })
  test('all revealed: the seed at once, as anyone computes it', () => {
    const { state } = given(draw, ...toSeeded)
    const { commitment } = state as { commitment: string }
    const revealed = Object.entries(nonce).map(([party, nonceHex]) => ({ party, nonceHex }))
    const mixed = {
      commitmentHex: commitment,
      checkpointRootHex: 'ab'.repeat(32),
      treeSize: 4096,
      revealed,
    }
    expect((state as { seed: string }).seed).toBe(seedOf(mixed))
  })
  test('who does not reveal is recorded; fewer than two and the draw lapses', () => {
    given(draw, ...toRevealing, bothRevealed[0])
      .when({ type: 'fixSeed' }, { facts, now: drawAt })
      .refused('not-yet')
    given(draw, ...toRevealing, bothRevealed[0])
      .when({ type: 'fixSeed' }, { facts, now: revealUntil })
      .then(
        { type: 'NonceMissing', party: 'centre' },
        { type: 'DrawLapsed', ground: 'tooFewNonces' },
      )
  })
})

describe('drawing and calling', () => {
  test('nobody is drawn before the opening is closed, nor while suspended', () => {
    given(draw, ...toSeeded)
      .when({ type: 'draw' }, { facts: { ...facts, isOpened: false } })
      .refused('not-opened-yet')
    given(draw, ...toSeeded)
      .when({ type: 'draw' }, { facts: { ...facts, isSuspended: true } })
      .refused('lot-suspended')
    given(draw, ...toSeeded)
      .when({ type: 'draw' }, { facts })
      .then({ type: 'ExpertsDrawn', recused: ['e01'] })
    expect(seatsOf(toNotifying)).not.toContain('e01')
  })
  for (const [stage, past] of [
    ['notifying', toNotifying],
    ['complete', toComplete],
  ] as const)
    test(`a called expert answers in time, himself (${stage})`, () => {
      const called: P[] =
        stage === 'notifying'
          ? past
          : [
              ...past,
              {
                type: 'ExpertReplaced',
                leaves: first,
                by: 'e99',
                cause: 'recusal',
                passedOver: [],
                at: calledAt,
              },
            ]
      const who = stage === 'notifying' ? first : 'e99'
      const how = { facts, actor: expert(who), now: calledAt }
      given(draw, ...called)
        .when({ type: 'accept' }, how)
        .then({ type: 'ExpertAccepted', expert: who })
      given(draw, ...called)
        .when({ type: 'accept' }, { ...how, actor: expert('x') })
        .refused('not-called')
      given(draw, ...called)
        .when({ type: 'accept' }, { ...how, now: answerUntil })
        .refused('answer-over')
      given(draw, ...called)
        .when({ type: 'decline' }, { ...how, now: answerUntil })
        .refused('answer-over')
      given(draw, ...called)
        .when({ type: 'decline' }, { ...how, actor: expert('x') })
        .refused('not-called')
      given(draw, ...called)
        .when({ type: 'timeOut', expert: who }, { facts, now: calledAt })
        .refused('not-yet')
      given(draw, ...called)
        .when({ type: 'timeOut', expert: 'x' }, { facts })
        .refused('not-called')
      if (stage === 'complete') return
      given(draw, ...called)
        .when({ type: 'decline' }, how)
        .then(
          { type: 'ExpertDeclined', expert: first },
          { type: 'ExpertReplaced', leaves: first, cause: 'declined' },
        )
    })
  test('no answer: the next of the reserve is called, and the leaver never again', () => {
    const events = next(toNotifying, { type: 'timeOut', expert: first }, { now: answerUntil })
    const { state } = given(draw, ...toNotifying, ...at(answerUntil, events))
    expect((state as unknown as { gone: string[] }).gone).toEqual([first])
    expect(seatsOf([...toNotifying, ...at(answerUntil, events)])).not.toContain(first)
  })
  test('at the committee’s table too, a called expert who declines or is silent is replaced', () => {
    const called: P[] = [
      ...toComplete,
      ...at(
        calledAt,
        next(
          toComplete,
          { type: 'replace', leaves: first, by: nextId(toComplete, first), cause: 'absence' },
          {},
        ),
      ),
    ]
    const who = seatsOf(called)[0]
    const how = { facts, actor: expert(who), now: calledAt }
    given(draw, ...called)
      .when({ type: 'decline' }, how)
      .then({ type: 'ExpertDeclined' }, { type: 'ExpertReplaced' })
    given(draw, ...called)
      .when({ type: 'timeOut', expert: who }, { facts, now: answerUntil })
      .then({ type: 'ExpertReplaced', cause: 'noAnswer' })
  })
  test('an empty reserve is widened by a new label of the same seed; nothing wider: the draw lapses', () => {
    for (const past of [toNotifying, toComplete]) {
      given(draw, ...past)
        .when({ type: 'widen' }, { facts })
        .refused('nothing-to-widen')
      const vacated: P[] = [
        ...past,
        { type: 'ExpertReplaced', leaves: first, by: null, cause: 'declined', passedOver: [] },
      ]
      const { state } = given(draw, ...vacated)
      const wide = widening(seatingOf(state as never))
      expect(wide?.stratum.key).toBe('*/371300/any-region')
      expect(wide?.label).toBe(`yangguang/draw/v1/${lot}/*/371300/any-region`)
      given(draw, ...vacated)
        .when({ type: 'widen' }, { facts })
        .then({ type: 'DrawWidened', from: '*/371300' })
      const wider: P[] = [
        ...vacated,
        {
          type: 'DrawWidened',
          from: '*/371300',
          stratum: wide?.stratum as Stratum,
          label: 'l',
          order: [],
          selected: [],
          passedOver: [],
          missing: 1,
        },
      ]
      given(draw, ...wider)
        .when({ type: 'widen' }, { facts })
        .then({ type: 'DrawLapsed', ground: 'poolExhausted' })
    }
  })
  test('complete once every seat is accepted and the representatives are named', () => {
    given(draw, ...toNotifying)
      .when({ type: 'complete' }, { facts })
      .refused('seats-not-filled')
    given(draw, ...toAccepted)
      .when({ type: 'complete' }, { facts })
      .then({ type: 'DrawCompleted' })
  })
})

const nextId = (past: P[], leaves: string) =>
  nextFor(seatingOf(given(draw, ...past).state as never), leaves).replacedBy as string

describe('the desk', () => {
  const checkIn: Command = {
    type: 'checkIn',
    member: first,
    venue: '371300',
    cardShown: true,
    faceMatches: true,
    isRecused: false,
  }
  test('card and face, members alone, once', () => {
    given(draw, ...toComplete)
      .when(checkIn, { facts })
      .then({ type: 'MemberCheckedIn', member: first })
    given(draw, ...toComplete)
      .when({ ...checkIn, member: 'r1' } as Command, { facts })
      .then({ type: 'MemberCheckedIn' })
    given(draw, ...toComplete)
      .when({ ...checkIn, member: 'x' } as Command, { facts })
      .refused('not-a-member')
    // Named before the opening told who bids, and tied to one of them: judged again at the desk.
    const tied = { ...facts, tiedIds: ['r1', first] }
    given(draw, ...toComplete)
      .when({ ...checkIn, member: 'r1' } as Command, { facts: tied })
      .then({ type: 'ExpertRecused', expert: 'r1' })
    given(draw, ...toComplete)
      .when(checkIn, { facts: tied })
      .then({ type: 'MemberCheckedIn', member: first })
    given(draw, ...toComplete)
      .when({ ...checkIn, faceMatches: false } as Command, { facts })
      .refused('identity-not-shown')
    given(draw, ...toComplete, { type: 'MemberCheckedIn', member: first, venue: '371300' })
      .when(checkIn, { facts })
      .refused('checked-in-already')
  })
  test('who stands aside at the desk is replaced; the reason is in no event', () => {
    const recused = { ...checkIn, isRecused: true } as Command
    given(draw, ...toComplete)
      .when(recused, { facts })
      .then(
        { type: 'ExpertRecused', expert: first },
        { type: 'ExpertReplaced', leaves: first, cause: 'recusal' },
      )
    given(draw, ...toComplete)
      .when({ ...recused, member: 'r1' } as Command, { facts })
      .then({ type: 'ExpertRecused', expert: 'r1' })
    const { state } = given(draw, ...toComplete, { type: 'ExpertRecused', expert: 'r1' })
    expect(committeeOf(state as never)).toBeNull()
  })
  test('a replacement follows the drawn order', () => {
    const by2 = nextId(toComplete, second)
    const replace: Command = { type: 'replace', leaves: second, by: by2, cause: 'health' }
    given(draw, ...toComplete)
      .when(replace, { facts })
      .then({ type: 'ExpertReplaced', leaves: second, by: by2 })
    given(draw, ...toComplete)
      .when({ ...replace, by: 'e01' } as Command, { facts })
      .refused('replacement-differs')
    given(draw, ...toComplete)
      .when({ ...replace, leaves: 'x' } as Command, { facts })
      .refused('not-a-member')
  })
})

describe('a committee that was dissolved', () => {
  const dissolve: Command = { type: 'dissolve' }
  const left = { ...facts, former: { times: 1, recused: [first, 'r1'] } }
  test('has its draw made anew, without those who had to stand aside', () => {
    for (const past of [toNotifying, toComplete]) {
      given(draw, ...past)
        .when(dissolve, { facts: left })
        .then({ type: 'DrawLapsed', ground: 'committeeDissolved', barred: [first, 'r1'] })
      given(draw, ...past)
        .when(dissolve, { facts })
        .refused('committee-stands')
    }
    const again = [...toComplete, ...next(toComplete, dissolve, { facts: left })]
    expect(given(draw, ...again).state).toMatchObject({ stage: 'preparing', named: [], lapses: 1 })
    const seeded = [...again, ...toSeeded]
    given(draw, ...seeded)
      .when({ type: 'draw' }, { facts })
      .then({ type: 'ExpertsDrawn', recused: ['e01', first].sort() })
    const drawn = [...seeded, ...next(seeded, { type: 'draw' }, {})]
    expect(seatsOf(drawn)).not.toContain(first)
    // The dissolution that made it lapse does not dissolve it again.
    given(draw, ...drawn)
      .when(dissolve, { facts: left })
      .refused('committee-stands')
  })
  test('whose recusal was found is not drawn again, whyever the draw lapses', () => {
    const lapsed: P[] = [
      ...toComplete,
      { type: 'ExpertRecused', expert: first },
      { type: 'DrawLapsed', ground: 'poolExhausted' },
    ]
    expect(given(draw, ...lapsed).state).toMatchObject({ barred: [first] })
  })
})
test('the commitment claims no recusal that the system did not compute', () => {
  const [event] = next(toPreparing, commit, {}) as Extract<Event, { type: 'DrawCommitted' }>[]
  expect(event.plan.recusalRules).toEqual(['employer', 'overseer'])
})

test('whoever leaves, a seat is never two people’s and never a recused one’s', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 12 }), (leavers) => {
      let past = toNotifying
      for (const i of leavers) {
        const { state } = given(draw, ...past)
        const seat = (state as unknown as { seats: { expert: string | null }[] }).seats[i]
        if (!seat?.expert) continue
        past = [
          ...past,
          ...at(
            calledAt,
            next(past, { type: 'decline' }, { actor: expert(seat.expert), now: calledAt }),
          ),
        ]
        const ids = seatsOf(past)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).not.toContain('e01')
        expect(ids).not.toContain(seat.expert)
      }
    }),
    { numRuns: 60 },
  )
})

everyCell(
  draw,
  Object.fromEntries(
    [[], toPreparing, toCommitted, toRevealing, toSeeded, toNotifying, toComplete].map((past) => {
      const { state } = given(draw, ...past)
      return [state.stage, state]
    }),
  ) as Record<string, State>,
)
