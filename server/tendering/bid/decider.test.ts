import { describe, expect, test } from 'vitest'
import { everyCell, given, type Past } from '../../../tests/kit/stories.ts'
import {
  bid,
  type Command,
  type Event,
  type Facts,
  type State,
  type Submission,
  wasLiveAt,
} from './decider.ts'

const facts: Facts = {
  published: true,
  deadline: '2026-03-23T01:00:00.000Z',
  documentUntil: '2026-03-09T16:00:00.000Z',
  documentVersion: 1,
  documentSha256: 'doc-1',
  signInFrom: '2026-03-23T00:00:00.000Z',
  bondFen: 1000,
  tendering: true,
  suspended: false,
  deadlineHeld: false,
  isOver: false,
  bondAtRisk: false,
  incompatible: false,
  actsForAnother: false,
}
const deadline = facts.deadline as string
const early = '2026-03-20T01:00:00.000Z'
const lastMoment = '2026-03-23T00:59:59.999Z'

const sealed = (revision: number, replaces: string | null = null): Submission => ({
  part: 'whole',
  headerHash: `header-${revision}`,
  revision,
  replaces,
  documentVersion: 1,
  documentSha256: 'doc-1',
  envelope: { sha256: 'e', bytes: 131_000 },
  blobs: [],
  wrap: null,
  certSha256: 'c',
  nonce: 'n',
  revocation: 'unknown',
})
type P = Past<Event>
const joined: P = { type: 'LotJoined', project: 'P', lot: 'P-1', party: 'B' }
const submitted: P = { type: 'BidSubmitted', ...sealed(1), act: 'act-1', deadline }
const withdrawn: P = { type: 'BidWithdrawn', act: 'act-w', withdrawn: 'act-1' }
const revoked: P = { type: 'BidRevoked', reason: 'r', act: 'act-r' }
const asked: P = { type: 'QuestionAsked', id: 'q', text: 't' }
const bonded: P = {
  type: 'BondRecorded',
  id: 'b',
  amountFen: 1000,
  form: 'transfer',
  reference: 'x',
}
const entered: P = { type: 'HallEntered' }
const refusedOnce: P = {
  type: 'ActRefused',
  problem: 'bid-too-late',
  purpose: 'submit-bid',
  actDigest: null,
  arrived: [],
}
const toJoined = [joined]
const toSubmitted = [joined, submitted]
const toWithdrawn = [joined, submitted, withdrawn]
const toRevoked = [joined, submitted, revoked]
const at = (now: string, more: Partial<Facts> = {}) => ({ now, facts: { ...facts, ...more } })

const join = { type: 'joinLot', project: 'P', lot: 'P-1', party: 'B' } as const
const ask = { type: 'askQuestion', id: 'q', text: 't' } as const
const payBond: Command = {
  type: 'recordBond',
  id: 'b',
  amountFen: 1000,
  form: 'transfer',
  reference: 'x',
}
const settle = { type: 'settleBond', id: 'b', how: 'returned' } as const
const refuse: Command = {
  type: 'recordRefusal',
  problem: 'bid-too-late',
  purpose: 'submit-bid',
  actDigest: null,
  arrived: [],
}

describe('joining', () => {
  const documentDays = '2026-03-05T01:00:00.000Z'
  test('a bidder joins while the document may be obtained', () =>
    given(bid).when(join, at(documentDays)).then({ type: 'LotJoined', party: 'B' }))
  test('the end of that time, equal included, is too late', () =>
    given(bid)
      .when(join, at(facts.documentUntil as string))
      .refused('document-period-over'))
  test('after the deadline nobody joins', () =>
    given(bid)
      .when(join, at(deadline, { documentUntil: null }))
      .refused('bid-too-late'))
  test('a lot that is not published, suspended or over is not joined', () => {
    given(bid)
      .when(join, at(documentDays, { published: false }))
      .refused('not-published')
    given(bid)
      .when(join, at(documentDays, { suspended: true }))
      .refused('lot-suspended')
    given(bid)
      .when(join, at(documentDays, { tendering: false }))
      .refused('lot-not-tendering')
  })
  test('a person does not act for two bidders', () =>
    given(bid)
      .when(join, at(documentDays, { actsForAnother: true }))
      .refused('person-not-eligible', {}))
  test('purchaser and agency do not bid in their own trade', () =>
    given(bid)
      .when(join, at(documentDays, { incompatible: true }))
      .refused('role-incompatible'))
})

for (const [stage, past] of [
  ['joined', toJoined],
  ['submitted', toSubmitted],
  ['withdrawn', toWithdrawn],
] as const)
  describe(`a holder of the document, ${stage}`, () => {
    test('asks, once each, at most two hundred times, before the deadline', () => {
      given(bid, ...past)
        .when(ask, at(early))
        .then({ type: 'QuestionAsked', id: 'q' })
      given(bid, ...past, asked)
        .when(ask, at(early))
        .refused('question-asked-already')
      const many = Array.from({ length: 200 }, (_, i) => ({ ...asked, id: `q${i}` }) as P)
      given(bid, ...past, ...many)
        .when(ask, at(early))
        .refused('too-many-questions')
      given(bid, ...past)
        .when(ask, at(deadline))
        .refused('bid-too-late')
    })
    test('records one bond of the amount asked for', () => {
      given(bid, ...past)
        .when(payBond, at(early))
        .then({ type: 'BondRecorded', id: 'b' })
      given(bid, ...past, bonded)
        .when(payBond, at(early))
        .refused('bond-recorded-already')
      given(bid, ...past)
        .when({ ...payBond, amountFen: 999 } as Command, at(early))
        .refused('bond-amount-differs', { expectedFen: 1000 })
      given(bid, ...past)
        .when(payBond, at(deadline))
        .refused('bid-too-late')
    })
    test('gets it settled once', () => {
      given(bid, ...past, bonded)
        .when(settle, at(deadline))
        .then({ type: 'BondSettled' })
      given(bid, ...past)
        .when(settle, at(deadline))
        .refused('no-such-bond')
    })
    test('keeps its bond from being forfeited without a ground of law', () => {
      const forfeit = { ...settle, how: 'forfeited' } as const
      given(bid, ...past, bonded)
        .when(forfeit, at(deadline))
        .refused('bond-not-at-risk')
      given(bid, ...past, bonded)
        .when(forfeit, at(deadline, { bondAtRisk: true }))
        .then({ type: 'BondSettled', how: 'forfeited' })
    })
    test('enters the hall between an hour before and the deadline', () => {
      given(bid, ...past)
        .when({ type: 'enterHall' }, at(lastMoment))
        .then({ type: 'HallEntered' })
      given(bid, ...past)
        .when({ type: 'enterHall' }, at(early))
        .refused('hall-not-open')
      given(bid, ...past)
        .when({ type: 'enterHall' }, at(deadline))
        .refused('opening-began')
      given(bid, ...past, entered)
        .when({ type: 'enterHall' }, at(lastMoment))
        .refused('hall-entered-already')
    })
    test('has refusals recorded up to a bound', () => {
      given(bid, ...past)
        .when(refuse, at(deadline))
        .then({ type: 'ActRefused' })
      const many = Array.from({ length: 50 }, () => refusedOnce)
      given(bid, ...past, ...many)
        .when(refuse, at(deadline))
        .refused('refusals-bounded')
    })
  })

for (const [stage, past, revision] of [
  ['joined', toJoined, 1],
  ['withdrawn', toWithdrawn, 2],
] as const)
  describe(`submitting, ${stage}`, () => {
    const submit = { type: 'submit', ...sealed(revision) } as const
    test('in the last millisecond before the deadline is in time; at it, late', () => {
      given(bid, ...past)
        .when(submit, at(lastMoment))
        .then({ type: 'BidSubmitted', revision, deadline })
      given(bid, ...past)
        .when(submit, at(deadline))
        .refused('bid-too-late', { limit: deadline })
    })
    test('another document version, revision, or a suspended or ended lot is refused', () => {
      given(bid, ...past)
        .when(submit, at(early, { documentVersion: 2, documentSha256: 'doc-2' }))
        .refused('document-version-stale', { current: 2, given: 1 })
      given(bid, ...past)
        .when({ ...submit, revision: revision + 1 }, at(early))
        .refused('revision-stale', { expected: revision })
      given(bid, ...past)
        .when({ ...submit, replaces: 'act-1' }, at(early))
        .refused('revision-stale', { expected: revision })
      given(bid, ...past)
        .when(submit, at(early, { suspended: true }))
        .refused('lot-suspended')
      given(bid, ...past)
        .when(submit, at(early, { tendering: false }))
        .refused('lot-not-tendering')
      given(bid, ...past)
        .when(submit, at(early, { actsForAnother: true }))
        .refused('person-not-eligible')
    })
  })

describe('a bid that is in', () => {
  const replace = { type: 'replace', ...sealed(2, 'act-1') } as const
  const confirm: Command = {
    type: 'confirmBid',
    documentVersion: 2,
    documentSha256: 'doc-2',
    headerHash: 'header-1',
  }
  const rewrap = {
    type: 'rewrap',
    bid: 'act-1',
    headerHash: 'header-1',
    wrap: 'wrap-new',
    recipient: 'cert-new',
  } as const
  const amended = { documentVersion: 2, documentSha256: 'doc-2' }
  test('is replaced by an act that names it, before the deadline', () => {
    given(bid, ...toSubmitted)
      .when(replace, at(early))
      .then({ type: 'BidReplaced', revision: 2 })
    given(bid, ...toSubmitted)
      .when(replace, at(deadline))
      .refused('bid-too-late')
    given(bid, ...toSubmitted)
      .when({ ...replace, replaces: 'other' }, at(early))
      .refused('revision-stale')
    given(bid, ...toSubmitted)
      .when(replace, at(early, amended))
      .refused('document-version-stale')
    given(bid, ...toSubmitted)
      .when(replace, at(early, { actsForAnother: true }))
      .refused('person-not-eligible')
    given(bid, ...toSubmitted)
      .when(replace, at(early, { suspended: true }))
      .refused('lot-suspended')
    given(bid, ...toSubmitted)
      .when(replace, at(early, { tendering: false }))
      .refused('lot-not-tendering')
  })
  test('is confirmed, once, for the newest version of the document', () => {
    given(bid, ...toSubmitted)
      .when(confirm, at(early, amended))
      .then({ type: 'BidConfirmed', documentVersion: 2 })
    given(bid, ...toSubmitted)
      .when(confirm, at(early))
      .refused('document-version-stale')
    given(bid, ...toSubmitted)
      .when({ ...confirm, headerHash: 'other' } as Command, at(early, amended))
      .refused('not-this-bid')
    const confirmed: P = {
      type: 'BidConfirmed',
      documentVersion: 2,
      documentSha256: 'doc-2',
      headerHash: 'header-1',
      act: 'act-c',
    }
    given(bid, ...toSubmitted, confirmed)
      .when(confirm, at(early, amended))
      .refused('confirmed-already')
    given(bid, ...toSubmitted)
      .when(confirm, at(deadline, amended))
      .refused('bid-too-late')
    given(bid, ...toSubmitted)
      .when(confirm, at(early, { ...amended, suspended: true }))
      .refused('lot-suspended')
    given(bid, ...toSubmitted)
      .when(confirm, at(early, { ...amended, tendering: false }))
      .refused('lot-not-tendering')
  })
  test('is wrapped anew for a renewed certificate, before the deadline', () => {
    given(bid, ...toSubmitted)
      .when(rewrap, at(lastMoment, { suspended: true }))
      .then({ type: 'BidRewrapped', bid: 'act-1', recipient: 'cert-new' })
    given(bid, ...toSubmitted)
      .when(rewrap, at(deadline))
      .refused('bid-too-late')
    for (const other of [{ bid: 'other' }, { headerHash: 'other' }])
      given(bid, ...toSubmitted)
        .when({ ...rewrap, ...other }, at(early))
        .refused('not-this-bid')
    given(bid, ...toSubmitted)
      .when(rewrap, at(early, { tendering: false }))
      .refused('lot-not-tendering')
    given(bid, ...toSubmitted)
      .when(rewrap, at(early, { actsForAnother: true }))
      .refused('person-not-eligible')
  })
  test('has the wrap that was taken last, and is the same bid; a new one has its own', () => {
    const { type: _, ...wrapped } = rewrap
    const again = { type: 'BidRewrapped', ...wrapped, act: 'act-w' } as P
    const bidOf = (...past: readonly P[]) => {
      const { state } = given(bid, ...past)
      return state.stage === 'submitted' ? state.bid : null
    }
    const before = bidOf(...toSubmitted)
    expect(before?.wrappedBy).toBe('act-1')
    const changed = { wrap: 'wrap-new', wrappedBy: 'act-w' }
    expect(bidOf(...toSubmitted, again)).toEqual({ ...before, ...changed })
    const replaced = { type: 'BidReplaced', ...sealed(2, 'act-1'), act: 'act-2', deadline } as P
    expect(bidOf(...toSubmitted, again, replaced)?.wrappedBy).toBe('act-2')
  })
  test('is withdrawn before the deadline, also while the lot is suspended', () => {
    const withdraw = { type: 'withdraw', actDigest: 'act-1' } as const
    given(bid, ...toSubmitted)
      .when(withdraw, at(lastMoment, { suspended: true }))
      .then({ type: 'BidWithdrawn', withdrawn: 'act-1' })
    given(bid, ...toSubmitted)
      .when(withdraw, at(deadline))
      .refused('bid-too-late')
    given(bid, ...toSubmitted)
      .when({ ...withdraw, actDigest: 'other' }, at(early))
      .refused('not-this-bid')
  })
  test('is revoked from the deadline on', () => {
    const revoke = { type: 'revoke', reason: 'r' } as const
    given(bid, ...toSubmitted)
      .when(revoke, at(deadline))
      .then({ type: 'BidRevoked' })
    given(bid, ...toSubmitted)
      .when(revoke, at(lastMoment))
      .refused('not-yet')
    given(bid, ...toSubmitted)
      .when(revoke, at(deadline, { isOver: true }))
      .refused('nothing-to-revoke')
  })
  test('taken with unknown revocation, has its signature settled once', () => {
    const settleIt = { type: 'settleSignature', act: 'act-1', status: 'good' } as const
    given(bid, ...toSubmitted)
      .when(settleIt, at(deadline))
      .then({ type: 'SignatureSettled' })
    given(bid, ...toSubmitted)
      .when({ ...settleIt, act: 'other' }, at(deadline))
      .refused('not-this-bid')
    given(bid, ...toSubmitted, { type: 'SignatureSettled', act: 'act-1', status: 'good' })
      .when(settleIt, at(deadline))
      .refused('settled-already')
  })
})

test('a person who acts for another bidder of the lot neither pays, confirms, withdraws nor revokes', () => {
  const other = { actsForAnother: true }
  for (const past of [toJoined, toSubmitted, toWithdrawn])
    given(bid, ...past)
      .when(payBond, at(early, other))
      .refused('person-not-eligible')
  const own = given(bid, ...toSubmitted)
  const confirm = { documentVersion: 2, documentSha256: 'doc-2', headerHash: 'header-1' }
  own
    .when(
      { type: 'confirmBid', ...confirm },
      at(early, { ...other, documentVersion: 2, documentSha256: 'doc-2' }),
    )
    .refused('person-not-eligible')
  own
    .when({ type: 'withdraw', actDigest: 'act-1' }, at(early, other))
    .refused('person-not-eligible')
  own.when({ type: 'revoke', reason: 'r' }, at(deadline, other)).refused('person-not-eligible')
})

describe('while a suspension holds the deadline, its old instant gone by', () => {
  const heldAt = (now: string, more: Partial<Facts> = {}) =>
    at(now, { deadlineHeld: true, ...more })
  test('a bid is withdrawn, and not revoked', () => {
    given(bid, ...toSubmitted)
      .when({ type: 'withdraw', actDigest: 'act-1' }, heldAt(deadline, { suspended: true }))
      .then({ type: 'BidWithdrawn' })
    given(bid, ...toSubmitted)
      .when({ type: 'revoke', reason: 'r' }, heldAt(deadline))
      .refused('deadline-held')
  })
  test('a new bid, one replaced or confirmed, waits for the deadline that comes', () => {
    const submit = { type: 'submit', ...sealed(1) } as const
    given(bid, ...toJoined)
      .when(submit, heldAt(lastMoment))
      .then({ type: 'BidSubmitted' })
    given(bid, ...toJoined)
      .when(submit, heldAt(deadline))
      .refused('deadline-held')
    given(bid, ...toWithdrawn)
      .when({ ...submit, ...sealed(2) }, heldAt(deadline))
      .refused('deadline-held')
    given(bid, ...toSubmitted)
      .when({ type: 'replace', ...sealed(2, 'act-1') }, heldAt(deadline))
      .refused('deadline-held')
    const confirm = { documentVersion: 2, documentSha256: 'doc-2', headerHash: 'header-1' }
    given(bid, ...toSubmitted)
      .when({ type: 'confirmBid', ...confirm }, heldAt(deadline))
      .refused('deadline-held')
  })
  test('nobody enters the hall; questions and bonds are taken', () => {
    for (const past of [toJoined, toSubmitted, toWithdrawn]) {
      given(bid, ...past)
        .when({ type: 'enterHall' }, heldAt(lastMoment))
        .refused('deadline-held')
      given(bid, ...past)
        .when(ask, heldAt(deadline))
        .then({ type: 'QuestionAsked' })
      given(bid, ...past)
        .when(payBond, heldAt(deadline))
        .then({ type: 'BondRecorded' })
    }
  })
  test('a bid counts at the deadline that stood: one revoked before it does not', () => {
    const state = given(bid, joined, submitted, { ...revoked, at: deadline } as P).state
    expect(wasLiveAt(state, deadline)).toBe(true)
    expect(wasLiveAt(state, '2026-03-30T01:00:00.000Z')).toBe(false)
    expect(wasLiveAt(given(bid, ...toSubmitted).state, deadline)).toBe(true)
    expect(wasLiveAt(given(bid, ...toWithdrawn).state, deadline)).toBe(false)
  })
})

describe('a revoked bid', () => {
  test('has its bond settled and refusals recorded, nothing else', () => {
    given(bid, joined, bonded, submitted, revoked)
      .when({ ...settle, how: 'forfeited' }, at(deadline))
      .then({ type: 'BondSettled', how: 'forfeited' })
    given(bid, ...toRevoked)
      .when(settle, at(deadline))
      .refused('no-such-bond')
    given(bid, ...toRevoked)
      .when(refuse, at(deadline))
      .then({ type: 'ActRefused' })
    const many = Array.from({ length: 50 }, () => refusedOnce)
    given(bid, ...toRevoked, ...many)
      .when(refuse, at(deadline))
      .refused('refusals-bounded')
    given(bid, ...toRevoked)
      .when({ type: 'submit', ...sealed(2) }, at(early))
      .refused('not-at-this-stage')
  })
})

const stateAfter = (past: readonly P[]): State => given(bid, ...past).state
everyCell(bid, {
  none: stateAfter([]),
  joined: stateAfter(toJoined),
  submitted: stateAfter(toSubmitted),
  withdrawn: stateAfter(toWithdrawn),
  revoked: stateAfter(toRevoked),
})
