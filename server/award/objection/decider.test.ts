import { describe, expect, test } from 'vitest'
import { everyCell, given, type Past } from '../../../tests/kit/stories.ts'
import { builtInCalendar } from '../../kernel/calendar.ts'
import { type Command, type Event, type Facts, isOpen, objection, type State } from './decider.ts'
import { complaintLimit, objectionFacts } from './facts.ts'

const until = '2026-04-06T16:00:00.000Z'
const tender: Facts = {
  regime: 'tender',
  calendar: builtInCalendar,
  until: { document: null, opening: null, result: until },
}
const gp: Facts = { ...tender, regime: 'governmentProcurement' }
const filing = {
  id: 'O1',
  lot: 'P-1',
  kind: 'objection',
  about: 'result',
  facts: 'f',
  request: 'r',
  law: '',
} as const
const file: Command = { type: 'file', ...filing }
type P = Past<Event>
// The third day, 6 April 2026, is a holiday: the limit moves to the next working day.
const replyUntil = '2026-04-07T16:00:00.000Z'
const filed: P = { type: 'ObjectionFiled', ...filing, party: 'B', replyUntil, act: 'a' }
const accepted: P[] = [filed, { type: 'ObjectionAccepted', by: 'Pu' }]
const correcting: P[] = [filed, { type: 'ObjectionCorrectionAsked', text: 't' }]
const overdue: P[] = [...accepted, { type: 'ObjectionReplyOverdue', limit: replyUntil }]
const answered: P[] = [
  ...accepted,
  { type: 'ObjectionAnswered', upheld: true, text: 't', act: 'a' },
]
const refused: P[] = [filed, { type: 'ObjectionRefused', reason: 'r' }]
const withdrawn: P[] = [filed, { type: 'ObjectionWithdrawn', party: 'B' }]
const filer = { party: 'B', capacity: 'authorisedSigner' } as const
const own = { facts: tender, actor: filer, now: '2026-04-03T08:00:00.000Z' }

describe('filing', () => {
  for (const [stage, past] of [
    ['none', []],
    ['correcting', correcting],
  ] as const)
    test(`in time, of the kind that the law has, about what is published (${stage})`, () => {
      given(objection, ...past)
        .when(file, own)
        .then({ type: 'ObjectionFiled', party: 'B', replyUntil })
      if (stage === 'none')
        given(objection, ...past)
          .when(file, { ...own, now: until })
          .refused('objection-too-late', { limit: until })
      given(objection, ...past)
        .when(file, { ...own, facts: gp })
        .refused('wrong-kind', { right: '质疑' })
      given(objection, ...past)
        .when({ ...file, about: 'opening' } as Command, own)
        .refused('nothing-to-object')
    })
  test('a challenge has its own name, and seven working days for the reply', () =>
    given(objection)
      .when({ ...file, kind: 'challenge' } as Command, { ...own, facts: gp })
      .then({ type: 'ChallengeFiled', replyUntil: '2026-04-15T16:00:00.000Z' }))
  test('what is corrected comes from the same party', () =>
    given(objection, ...correcting)
      .when(file, { ...own, actor: { ...filer, party: 'C' } })
      .refused('not-the-filer'))
})

test('what was filed in time is mended after the limit too, about the same thing', () => {
  given(objection, ...correcting)
    .when(file, { ...own, now: until })
    .then({ type: 'ObjectionFiled', replyUntil: '2026-04-10T16:00:00.000Z' })
  const mended: P[] = [...correcting, filed]
  given(objection, ...mended)
    .when({ type: 'askCorrection', text: 't' }, { facts: tender })
    .refused('correction-asked-already')
})

test('one that nobody mends is refused, from the limit of the reply on', () => {
  const refuse = { type: 'refuse', reason: 'r' } as const
  given(objection, ...correcting)
    .when(refuse, { facts: tender })
    .refused('not-yet', { limit: replyUntil })
  const { events } = given(objection, ...correcting)
    .when(refuse, { facts: tender, now: replyUntil })
    .then({ type: 'ObjectionRefused' })
  expect(isOpen(given(objection, ...correcting, events[0] as P).state)).toBe(false)
})

describe('the limit of an objection to the result', () => {
  const trade = (suspensions: readonly { since: string }[], now: string) =>
    ({
      now,
      project: { stage: 'published', regime: 'tender', bidDeadline: until },
      session: { stage: 'scheduled' },
      lots: new Map([['P-1', { stage: 'publicity', until, suspensions }]]),
    }) as never
  const limit = (suspensions: readonly { since: string }[], now: string) =>
    objectionFacts(trade(suspensions, now), 'P-1', builtInCalendar).until.result
  test('is the end of the publicity', () => expect(limit([], until)).toBe(until))
  test('stands while the lot is suspended: another may still object', () => {
    const since = [{ since: '2026-04-06T15:00:00.000Z' }, { since: '2026-04-06T12:00:00.000Z' }]
    expect(limit(since, '2026-04-07T12:00:00.000Z')).toBe('2026-04-07T16:00:00.000Z')
  })
})

describe('until when one may complain', () => {
  const trade = (regime: string) =>
    ({
      project: { stage: 'published', regime, publishedAt: '2026-03-20T02:00:00.000Z' },
      session: { stage: 'scheduled' },
      view: { streams: new Map() },
    }) as never
  const limit = (regime: string, past: P[]) => {
    const { state } = given(objection, ...past)
    if (state.stage === 'none') throw new Error('not filed')
    return complaintLimit(trade(regime), { ...state, about: 'document' }, builtInCalendar)
  }
  const at = (when: string) => ({ at: when })
  const past: P[] = [
    { ...filed, ...at('2026-03-23T02:00:00.000Z') } as P,
    { type: 'ObjectionAccepted', by: 'Pu' },
  ]
  const reply = { type: 'ObjectionAnswered', upheld: true, text: 't', act: 'a' }
  test('not before there is an answer, a refusal or silence', () =>
    expect(limit('tender', past)).toBeNull())
  test('tender: ten days from the publication, those of the objection not counted', () =>
    expect(limit('tender', [...past, { ...reply, ...at('2026-03-26T02:00:00.000Z') } as P])).toBe(
      '2026-04-02T16:00:00.000Z',
    ))
  test('government procurement: fifteen working days after the time to reply', () =>
    expect(limit('governmentProcurement', overdue)).toBe('2026-04-28T16:00:00.000Z'))
})

test('the addressee accepts, refuses with a reason, or names the defects', () => {
  given(objection, filed)
    .when({ type: 'accept' }, { facts: tender })
    .then({ type: 'ObjectionAccepted' })
  given(objection, filed)
    .when({ type: 'refuse', reason: 'r' }, { facts: tender })
    .then({ type: 'ObjectionRefused' })
  given(objection, filed)
    .when({ type: 'askCorrection', text: 't' }, { facts: tender })
    .then({ type: 'ObjectionCorrectionAsked' })
})

test('the reply is owed until its limit, and after it still', () => {
  const reply: Command = { type: 'reply', upheld: false, text: 't' }
  given(objection, ...accepted)
    .when(reply, { facts: tender })
    .then({ type: 'ObjectionAnswered', upheld: false })
  given(objection, ...overdue)
    .when(reply, { facts: tender })
    .then({ type: 'ObjectionAnswered' })
  for (const past of [[filed], accepted]) {
    given(objection, ...past)
      .when({ type: 'passReplyLimit' }, { facts: tender })
      .refused('not-yet')
    given(objection, ...past)
      .when({ type: 'passReplyLimit' }, { facts: tender, now: replyUntil })
      .then({ type: 'ObjectionReplyOverdue', limit: replyUntil })
  }
})

test('the filer alone withdraws while it is open', () => {
  for (const past of [[filed], correcting, accepted, overdue]) {
    given(objection, ...past)
      .when({ type: 'withdraw' }, own)
      .then({ type: 'ObjectionWithdrawn' })
    given(objection, ...past)
      .when({ type: 'withdraw' }, { facts: tender })
      .refused('not-the-filer')
  }
})

test('what is open holds the lot; what is answered, refused or withdrawn lets it go', () => {
  const open = [[filed], correcting, accepted, overdue].map((p) =>
    isOpen(given(objection, ...p).state),
  )
  const settled = [[], answered, refused, withdrawn].map((p) =>
    isOpen(given(objection, ...p).state),
  )
  expect(open).toEqual([true, true, true, true])
  expect(settled).toEqual([false, false, false, false])
})

everyCell(
  objection,
  Object.fromEntries(
    [[], [filed], correcting, accepted, overdue, answered, refused, withdrawn].map((past) => {
      const { state } = given(objection, ...past)
      return [state.stage, state]
    }),
  ) as Record<string, State>,
)
