import { describe, expect, test } from 'vitest'
import { everyCell, given, type Past } from '../../../tests/kit/stories.ts'
import { type Command, type Event, type Facts, openingSession, type State } from './decider.ts'
import type { ListedBid, OpenedRow } from './state.ts'

const T = '2026-03-23T01:00:00.000Z'
const minutes = (n: number) => new Date(Date.parse(T) + n * 60_000).toISOString()
const windows = {
  signInLeadMinutes: 60,
  decryptMinutes: 30,
  confirmMinutes: 10,
  objectionMinutes: 10,
}
const facts: Facts = {
  deadline: T,
  hallOpensAt: minutes(-60),
  windows,
  host: 'H',
  witness: 'W',
  waitingLots: 0,
  openLots: ['P-1'],
  recordSha256: 'record',
}
const by = (party: string, now = minutes(1), more: Partial<Facts> = {}) => ({
  now,
  actor: { party, capacity: 'operator' as const },
  facts: { ...facts, ...more },
})
const clock = (now: string, more: Partial<Facts> = {}) => ({
  now,
  actor: { party: 'platform', capacity: 'system' as const },
  facts: { ...facts, ...more },
})

const listed = (party: string): ListedBid => ({
  party,
  name: party,
  receivedAt: minutes(-100),
  hallEnteredAt: null,
  act: `act-${party}`,
  headerHash: `header-${party}`,
  documentVersion: 1,
  confirmedVersion: 1,
  revision: 1,
  envelopeSha256: 'e',
  blobs: [],
  bondFen: 0,
})
const bids = ['A', 'B', 'C'].map(listed)
const row = (party: string, priceFen = 100): OpenedRow => ({
  lot: 'P-1',
  party,
  outcome: 'opened',
  quotationKey: 'k',
  quotation: { lines: [{ id: 'total', fen: priceFen }] },
  priceFen,
  side: 's',
})
const unreleased = (party: string): OpenedRow => ({
  lot: 'P-1',
  party,
  outcome: 'notOpened',
  problem: 'key-not-released',
  fault: 'bidder',
  place: null,
  side: null,
})
const rows = [row('A'), row('B'), unreleased('C')]

type P = Past<Event>
const opened: P = { type: 'HallOpened', project: 'P', windows, at: minutes(-60) }
const hostIn: P = { type: 'SignedIn', role: 'host', party: 'H', name: 'H' }
const started: P = {
  type: 'OpeningStarted',
  lots: [{ lot: 'P-1', bids, draws: [] }],
  returned: ['P-2'],
  at: T,
}
const startedToDraw: P = { ...started, lots: [{ lot: 'P-1', bids, draws: ['k'] }] } as P
const releasedBy = (party: string): P => ({ type: 'KeyReleased', lot: 'P-1', party })
const bidsOpened: P = { type: 'BidsOpened', rows, at: minutes(30) }
const read: P = { type: 'QuotationsRead', at: minutes(30) }
const confirmationClosed: P = { type: 'ConfirmationClosed', silent: [], at: minutes(40) }
const objected: P = { type: 'OpeningObjectionFiled', id: 'o', lot: 'P-1', party: 'A', text: 't' }
const halted: P = { type: 'OpeningHalted', by: 'H', cause: 'c', leftMs: 600_000, at: minutes(20) }
const recordSigned: P = { type: 'RecordSigned', recordSha256: 'record', act: 'x' }

const toSignIn = [opened]
const toDrawing = [opened, startedToDraw]
const toDecrypting = [opened, started]
const toReadingOut = [...toDecrypting, bidsOpened]
const toConfirming = [...toReadingOut, read]
const toClosing = [...toConfirming, confirmationClosed]
const toHalted = [...toDecrypting, halted]
const toClosed: P[] = [
  ...toClosing,
  recordSigned,
  { type: 'OpeningClosed', recordSha256: 'record', act: 'y' },
]
const signIn = (role: 'host' | 'witness' | 'bidder') =>
  ({ type: 'signIn', role, name: 'n' }) as const
const afterStart: readonly (readonly [string, readonly P[]])[] = [
  ['drawing', toDrawing],
  ['decrypting', toDecrypting],
  ['readingOut', toReadingOut],
  ['confirming', toConfirming],
  ['closing', toClosing],
  ['halted', toHalted],
]

describe('the hall', () => {
  const open = { type: 'openHall', project: 'P' } as const
  test('opens an hour before the deadline', () => {
    given(openingSession)
      .when(open, clock(minutes(-60)))
      .then({ type: 'HallOpened', windows })
    given(openingSession)
      .when(open, clock(minutes(-61)))
      .refused('not-yet')
  })
  test('host and witness sign in at once, each as himself and once', () => {
    given(openingSession, opened)
      .when(signIn('host'), by('H', minutes(-50)))
      .then({ type: 'SignedIn', role: 'host', party: 'H' })
    given(openingSession, opened).when(signIn('host'), by('W')).refused('not-entitled')
    given(openingSession, opened).when(signIn('witness'), by('A')).refused('not-entitled')
    given(openingSession, opened, hostIn).when(signIn('host'), by('H')).refused('signed-in-already')
  })
  test('no bidder is seen in it before the deadline, and none that is not listed after it', () => {
    given(openingSession, opened)
      .when(signIn('bidder'), by('A', minutes(-1)))
      .refused('not-yet')
    given(openingSession, opened).when(signIn('bidder'), by('A')).refused('not-listed')
  })
  test('the opening starts at T once no lot takes bids; with no lot left it is aborted', () => {
    const start: Command = {
      type: 'startOpening',
      lots: [{ lot: 'P-1', bids, draws: [] }],
      returned: ['P-2'],
    }
    given(openingSession, opened).when(start, clock(T)).then({ type: 'OpeningStarted' })
    given(openingSession, opened)
      .when({ ...start, lots: [] } as Command, clock(T))
      .then({ type: 'OpeningAborted', returned: ['P-2'] })
    given(openingSession, opened)
      .when(start, clock(minutes(-1)))
      .refused('not-yet')
    given(openingSession, opened)
      .when(start, clock(T, { waitingLots: 1 }))
      .refused('lots-still-tendering')
  })
})

for (const [stage, past] of afterStart)
  describe(`from the list on, ${stage}`, () => {
    test('listed bidders sign in, others do not', () => {
      given(openingSession, ...past)
        .when(signIn('bidder'), by('A'))
        .then({ type: 'SignedIn' })
      given(openingSession, ...past)
        .when(signIn('bidder'), by('Z'))
        .refused('not-listed')
      given(openingSession, ...past)
        .when(signIn('bidder'), by('H'))
        .refused('not-entitled')
      given(openingSession, ...past)
        .when(signIn('bidder'), by('A', minutes(-1)))
        .refused('not-yet')
      const again: P = { type: 'SignedIn', role: 'bidder', party: 'A', name: 'A' }
      given(openingSession, ...past, again)
        .when(signIn('bidder'), by('A'))
        .refused('signed-in-already')
    })
    test('an objection is filed by a listed bidder and answered by the host', () => {
      const object = { type: 'object', id: 'o', lot: 'P-1', text: 't' } as const
      const answer = { type: 'answer', id: 'o', text: 't' } as const
      given(openingSession, ...past)
        .when(object, by('A'))
        .then({ type: 'OpeningObjectionFiled', party: 'A' })
      given(openingSession, ...past)
        .when(object, by('Z'))
        .refused('not-listed')
      given(openingSession, ...past, objected)
        .when(object, by('A'))
        .refused('objection-filed-already')
      given(openingSession, ...past, objected)
        .when(answer, by('H'))
        .then({ type: 'OpeningObjectionAnswered', id: 'o' })
      given(openingSession, ...past, objected)
        .when(answer, by('W'))
        .refused('not-entitled')
      given(openingSession, ...past)
        .when(answer, by('H'))
        .refused('no-such-objection')
    })
    test('it ends where no lot is left to open', () => {
      given(openingSession, ...past)
        .when({ type: 'abort' }, clock(minutes(2), { openLots: [] }))
        .then({ type: 'OpeningAborted' })
      given(openingSession, ...past)
        .when({ type: 'abort' }, clock(T))
        .refused('lots-still-open')
      given(openingSession, ...past)
        .when({ type: 'abort' }, clock(T, { openLots: [], waitingLots: 1 }))
        .refused('lots-still-open')
    })
  })

test('the witness goes on for an absent host after fifteen minutes', () => {
  const answer = { type: 'answer', id: 'o', text: 't' } as const
  given(openingSession, ...toDecrypting, objected)
    .when(answer, by('W', minutes(15)))
    .then({ type: 'OpeningObjectionAnswered' })
  given(openingSession, opened, hostIn, started, objected)
    .when(answer, by('W', minutes(15)))
    .refused('not-entitled')
})

for (const [stage, past] of [['signIn', toSignIn] as const, ...afterStart].filter(
  ([name]) => name !== 'halted',
))
  test(`host, witness or system halt at ${stage}; nobody else`, () => {
    const halt = { type: 'halt', cause: 'c' } as const
    given(openingSession, ...past)
      .when(halt, by('W'))
      .then({ type: 'OpeningHalted', by: 'W' })
    given(openingSession, ...past)
      .when(halt, clock(T))
      .then({ type: 'OpeningHalted' })
    given(openingSession, ...past)
      .when(halt, by('A'))
      .refused('not-entitled')
  })

test('a halted session keeps the time left, and goes on where it stood', () => {
  const { decision } = given(openingSession, ...toDecrypting).when(
    { type: 'halt', cause: 'c' },
    by('H', minutes(20)),
  )
  expect(decision).toMatchObject({ events: [{ leftMs: 600_000 }] })
  given(openingSession, ...toHalted)
    .when({ type: 'resume' }, by('H', minutes(100)))
    .then({ type: 'OpeningResumed', windowEndsAt: minutes(110) })
  given(openingSession, ...toHalted)
    .when({ type: 'resume' }, by('A'))
    .refused('not-entitled')
  given(openingSession, ...toHalted)
    .when({ type: 'releaseKey', lot: 'P-1', party: 'A' }, by('A'))
    .refused('not-at-this-stage')
})

describe('drawing', () => {
  const set: Command = { type: 'setParameters', lot: 'P-1', k: '0.97', method: null, draw: 'd' }
  test('parameters come once for a lot that draws them; then decrypting begins', () => {
    given(openingSession, ...toDrawing)
      .when(set, clock(minutes(5)))
      .then({ type: 'ParametersDrawn' })
    const drawn: P = { type: 'ParametersDrawn', lot: 'P-1', k: '0.97', method: null, draw: 'd' }
    const { state } = given(openingSession, ...toDrawing, { ...drawn, at: minutes(5) } as P)
    expect(state).toMatchObject({ stage: 'decrypting', windowEndsAt: minutes(35) })
    given(openingSession, ...toDrawing)
      .when({ ...set, lot: 'P-9' } as Command, clock(minutes(5)))
      .refused('nothing-to-draw')
    const two: P = {
      ...startedToDraw,
      lots: ['P-1', 'P-2'].map((lot) => ({ lot, bids, draws: ['k'] })),
    } as P
    given(openingSession, opened, two, drawn)
      .when(set, clock(minutes(5)))
      .refused('parameters-drawn')
  })
  test('without a seed it is drawn again once, then the session halts', () => {
    const timeOut = { type: 'timeOutDrawing' } as const
    given(openingSession, ...toDrawing)
      .when(timeOut, clock(minutes(30)))
      .then({ type: 'DrawingTimedOut', attempt: 1 })
    given(openingSession, ...toDrawing)
      .when(timeOut, clock(minutes(29)))
      .refused('not-yet')
    const once: P = { type: 'DrawingTimedOut', attempt: 1, at: minutes(30) }
    given(openingSession, ...toDrawing, once)
      .when(timeOut, clock(minutes(60)))
      .then({ type: 'DrawingTimedOut', attempt: 2 }, { type: 'OpeningHalted', cause: 'drawing' })
  })
})

describe('decrypting', () => {
  const release = { type: 'releaseKey', lot: 'P-1', party: 'A' } as const
  test('a listed bidder releases its own key, once, before the window ends', () => {
    given(openingSession, ...toDecrypting)
      .when(release, by('A'))
      .then({ type: 'KeyReleased' })
    given(openingSession, ...toDecrypting)
      .when(release, by('B'))
      .refused('not-listed')
    given(openingSession, ...toDecrypting)
      .when({ ...release, party: 'Z' }, by('Z'))
      .refused('not-listed')
    given(openingSession, ...toDecrypting, releasedBy('A'))
      .when(release, by('A'))
      .refused('released-already')
    given(openingSession, ...toDecrypting)
      .when(release, by('A', minutes(30)))
      .refused('release-window-over')
    given(openingSession, ...toDecrypting)
      .when(release, by('A', minutes(1), { openLots: [] }))
      .refused('lot-not-opening')
  })
  test('the host extends the window, for all', () => {
    const extend = { type: 'extendWindow', minutes: 15, reason: 'r' } as const
    given(openingSession, ...toDecrypting)
      .when(extend, by('H'))
      .then({ type: 'WindowExtended', until: minutes(45) })
    given(openingSession, ...toDecrypting)
      .when(extend, by('A'))
      .refused('not-entitled')
    given(openingSession, ...toDecrypting)
      .when(extend, by('H', minutes(30)))
      .refused('release-window-over')
  })
  test('all bids are opened at once: when all are released, or the window is over', () => {
    const all = ['A', 'B', 'C'].map(releasedBy)
    const open = { type: 'openBids', rows: ['A', 'B', 'C'].map((p) => row(p)) } as const
    given(openingSession, ...toDecrypting, ...all)
      .when(open as unknown as Command, clock(minutes(3)))
      .then({ type: 'BidsOpened' })
    given(openingSession, ...toDecrypting, releasedBy('A'), releasedBy('B'))
      .when({ type: 'openBids', rows }, clock(minutes(29)))
      .refused('release-window-open')
    given(openingSession, ...toDecrypting, releasedBy('A'), releasedBy('B'))
      .when({ type: 'openBids', rows }, clock(minutes(30)))
      .then({ type: 'BidsOpened' })
  })
  test('a row that is missing, twice, or called unreleased though its key came is refused', () => {
    const past = [...toDecrypting, ...['A', 'B', 'C'].map(releasedBy)]
    for (const wrong of [rows.slice(0, 2), [row('A'), row('A'), row('B')], rows])
      given(openingSession, ...past)
        .when({ type: 'openBids', rows: wrong }, clock(minutes(30)))
        .refused('rows-incomplete')
  })
})

describe('reading out, confirming, closing', () => {
  const confirm = { type: 'confirm', lot: 'P-1', opened: true, priceFen: 100 } as const
  const close = (role: 'host' | 'witness') =>
    ({ type: 'close', role, recordSha256: 'record' }) as const
  test('quotations are read at once', () =>
    given(openingSession, ...toReadingOut)
      .when({ type: 'readOut' }, clock(minutes(30)))
      .then({ type: 'QuotationsRead' }))
  test('each bidder confirms its own row as it stands, once, in time', () => {
    given(openingSession, ...toConfirming)
      .when(confirm, by('A', minutes(31)))
      .then({ type: 'RowConfirmed', party: 'A' })
    given(openingSession, ...toConfirming)
      .when({ ...confirm, opened: false, priceFen: null }, by('C', minutes(31)))
      .then({ type: 'RowConfirmed', party: 'C' })
    given(openingSession, ...toConfirming)
      .when({ ...confirm, priceFen: 99 }, by('A', minutes(31)))
      .refused('row-differs')
    given(openingSession, ...toConfirming)
      .when(confirm, by('Z', minutes(31)))
      .refused('not-listed')
    given(openingSession, ...toConfirming)
      .when(confirm, by('A', minutes(40)))
      .refused('confirm-window-over')
    const done: P = { type: 'RowConfirmed', lot: 'P-1', party: 'A', act: 'x' }
    given(openingSession, ...toConfirming, done)
      .when(confirm, by('A', minutes(31)))
      .refused('confirmed-already')
  })
  test('silence to the end of the window is agreement', () => {
    given(openingSession, ...toConfirming)
      .when({ type: 'closeConfirmation' }, clock(minutes(40)))
      .then({ type: 'ConfirmationClosed' })
    given(openingSession, ...toConfirming)
      .when({ type: 'closeConfirmation' }, clock(minutes(39)))
      .refused('confirmation-open')
  })
  test('the host signs the record, then the witness, who closes', () => {
    given(openingSession, ...toClosing)
      .when(close('host'), by('H'))
      .then({ type: 'RecordSigned' })
    given(openingSession, ...toClosing)
      .when(close('host'), by('W'))
      .refused('not-entitled')
    given(openingSession, ...toClosing)
      .when(close('witness'), by('W'))
      .refused('host-signs-first')
    given(openingSession, ...toClosing, recordSigned)
      .when(close('witness'), by('W'))
      .then({ type: 'OpeningClosed' })
    given(openingSession, ...toClosing, recordSigned)
      .when(close('host'), by('H'))
      .refused('record-signed-already')
    given(openingSession, ...toClosing)
      .when(close('witness'), by('W', minutes(41)))
      .then({ type: 'OpeningClosed' })
  })
  test('not over an open objection, and not over a record that changed', () => {
    given(openingSession, ...toClosing, objected)
      .when(close('host'), by('H'))
      .refused('objection-open')
    given(openingSession, ...toClosing, recordSigned)
      .when(close('witness'), by('W', minutes(41), { recordSha256: 'other' }))
      .refused('record-differs')
  })
})

const stateAfter = (past: readonly P[]): State => given(openingSession, ...past).state
everyCell(openingSession, {
  scheduled: stateAfter([]),
  signIn: stateAfter(toSignIn),
  ...Object.fromEntries(afterStart.map(([stage, past]) => [stage, stateAfter(past)])),
  closed: stateAfter(toClosed),
  aborted: stateAfter([opened, { type: 'OpeningAborted', returned: [] }]),
})
