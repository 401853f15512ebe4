import { describe, expect, test } from 'vitest'
import { everyCell, given, type Past } from '../../../tests/kit/stories.ts'
import { builtInCalendar } from '../../kernel/calendar.ts'
import { type Event, type Facts, project, type State } from './decider.ts'
import { tenderDocument } from './document.ts'
import { deriveTimes } from './rules.ts'
import { checkMoney } from './rules-document.ts'

const item = (id: string) => ({ id, zh: '项', en: 'item' })
const document = tenderDocument.parse({
  title: { zh: '路面翻新', en: 'Resurfacing' },
  category: 'worksTender',
  method: 'openTender',
  objectKind: 'works',
  region: '371300',
  budgetFen: 1_286_000_000,
  lots: [
    {
      id: 'lot-1',
      title: { zh: '一标段', en: 'Section 1' },
      ceilingPriceFen: 1_250_000_000,
      bondFen: 20_000_000,
      deliveryDays: 180,
      validityDays: 90,
    },
  ],
  documentDays: 5,
  openAfterDays: 22,
  publicityDays: 3,
  qualification: [item('q1')],
  responsiveness: [item('r1')],
  scoring: {
    total: 100,
    price: { weight: 60, formula: 'lowPriceFirst' },
    items: [{ ...item('t1'), kind: 'technical', max: 40 }],
  },
})
const short = { ...document, openAfterDays: 10 }
const facts: Facts = {
  calendar: builtInCalendar,
  ruleSetId: 'rules',
  documentSha256: 'sha',
  documentFindings: [],
  failedLots: [],
  successorOf: 'pu',
  isDemo: true,
  deadlineHeld: false,
  rolesOf: { pu: ['purchaser', 'bidder'], ce: ['tradingCentre'] },
}
const now = '2026-03-02T01:00:00.000Z'
const deadline = '2026-03-24T01:00:00.000Z'
type P = Past<Event>
const created: P = {
  type: 'ProjectCreated',
  id: 'P',
  purchaser: 'pu',
  agency: 'ag',
  tradingCentre: 'ce',
  mandate: 'm',
  approvalNumber: null,
  startAt: null,
}
const saved = (doc = document): P => ({
  type: 'DocumentSaved',
  revision: 1,
  document: doc,
  documentSha256: 'sha',
  files: [],
})
const approved: P = { type: 'DocumentApproved', documentSha256: 'sha', waivers: [], act: 'x' }
const published: P = {
  type: 'NoticePublished',
  ruleSetId: 'rules',
  documentVersion: 1,
  documentSha256: 'sha',
  times: deriveTimes(document, now, builtInCalendar, '09:00'),
  act: 'x',
}
const toDraft = [created, saved()]
const toApproved = [...toDraft, approved]
const toPublished = [...toApproved, published]
const answerProposed: P = {
  type: 'AnswerProposed',
  id: 'A1',
  question: 'Q1',
  asked: '同等材质？',
  text: 't',
  act: 'bytes',
}
const deadlineProposed = (to: string): P => ({
  type: 'AmendmentProposed',
  kind: 'deadline',
  id: 'D1',
  deadline: to,
  reason: 'r',
  act: 'bytes',
})
const early = { facts, now: '2026-03-03T01:00:00.000Z' }
const mid = { facts, now: '2026-03-12T01:00:00.000Z' }
const over = { facts, now: deadline }

describe('drafting', () => {
  test('an agency creates a project under its mandate', () =>
    given(project)
      .when({ ...created, type: 'createProject' } as never, { facts })
      .then({ type: 'ProjectCreated' }))
  test('purchaser and centre are three with the agency, and registered as what they are', () => {
    const create = (change: object) =>
      given(project).when({ ...created, type: 'createProject', ...change } as never, { facts })
    create({ purchaser: 'ag' }).refused('parties-not-distinct')
    create({ tradingCentre: 'ag' }).refused('parties-not-distinct')
    create({ tradingCentre: 'pu' }).refused('parties-not-distinct')
    for (const purchaser of ['nobody', 'toString'])
      create({ purchaser }).refused('party-not-purchaser')
    create({ tradingCentre: 'nobody' }).refused('party-not-centre')
  })
  test('a document is saved over the revision it began from', () => {
    const save = { type: 'saveDocument' as const, basedOn: 1, document, files: [] }
    given(project, ...toDraft)
      .when({ ...save }, { facts })
      .then({ type: 'DocumentSaved', revision: 2 })
    given(project, ...toDraft)
      .when({ ...save, basedOn: 0 }, { facts })
      .refused('stale', { current: 1 })
  })
  test('approval is of the very document, lawful in words and times', () => {
    const approve = { type: 'approveDocument', documentSha256: 'sha', waivers: [] } as const
    given(project, ...toDraft)
      .when({ ...approve, waivers: [] }, { facts, now })
      .then({ type: 'DocumentApproved' })
    given(project, created)
      .when({ ...approve, waivers: [] }, { facts, now })
      .refused('document-missing')
    given(project, ...toDraft)
      .when({ ...approve, documentSha256: 'other', waivers: [] }, { facts, now })
      .refused('document-differs')
    const finding = {
      rule: 'weightsSum',
      source: 's',
      zh: '权重',
      en: 'w',
      fields: [],
      change: 'none',
    } as const
    given(project, ...toDraft)
      .when({ ...approve, waivers: [] }, { facts: { ...facts, documentFindings: [finding] }, now })
      .refused('document-unlawful', { rules: 'weightsSum' })
    given(project, created, saved(short))
      .when({ ...approve, waivers: [] }, { facts, now })
      .refused('times-unlawful', { rules: 'bidPeriod' })
  })
  test('nobody waives the twenty days of a mandatory tender, nor a bond above its ceiling', () => {
    const waivers = [
      { rule: 'bidPeriod', reason: '工期紧' },
      { rule: 'bondRate', reason: '惯例' },
    ]
    const approve = { type: 'approveDocument', documentSha256: 'sha', waivers } as const
    given(project, created, saved(short))
      .when({ ...approve, waivers }, { facts, now })
      .refused('times-unlawful', { rules: 'bidPeriod' })
    const bond = { ...document, lots: [{ ...document.lots[0], bondFen: 25_000_001 }] }
    given(project, created, saved(bond))
      .when(
        { ...approve, waivers },
        { facts: { ...facts, documentFindings: checkMoney(bond) }, now },
      )
      .refused('document-unlawful', { rules: 'bondRate' })
  })
  test('a tender that nothing obliges may give less time, with a reason', () => {
    const small = { ...short, budgetFen: 399_999_999, lots: [{ ...document.lots[0], bondFen: 0 }] }
    const approve = { type: 'approveDocument', documentSha256: 'sha' } as const
    given(project, created, saved(small))
      .when({ ...approve, waivers: [] }, { facts, now })
      .refused('times-unlawful', { rules: 'bidPeriod' })
    const waivers = [{ rule: 'bidPeriod', reason: '小型项目' }]
    given(project, created, saved(small))
      .when({ ...approve, waivers }, { facts, now })
      .then({ type: 'DocumentApproved', waivers })
  })
  test('a document is returned for change, also after approval', () => {
    const back = { type: 'returnDocument', reason: 'r' } as const
    given(project, created).when(back, { facts }).refused('document-missing')
    given(project, ...toDraft)
      .when(back, { facts })
      .then({ type: 'DocumentReturned' })
    given(project, ...toApproved)
      .when(back, { facts })
      .then({ type: 'DocumentReturned' })
  })
})

describe('the notice', () => {
  const publish = {
    type: 'publishNotice',
    documentSha256: 'sha',
    submissionDeadline: null,
  } as const
  test('its times run from the real publication', () =>
    given(project, ...toApproved)
      .when(publish, { facts, now: '2026-03-05T02:30:00.000Z' })
      .then({
        type: 'NoticePublished',
        times: { submissionDeadline: '2026-03-27T02:30:00.000Z' } as never,
      }))
  test('a deadline that was chosen carries its own validity; a year not loaded names its remedy', () => {
    const later = '2026-05-20T01:00:00.000Z'
    given(project, ...toApproved)
      .when({ ...publish, submissionDeadline: later }, { facts, now })
      .then({
        type: 'NoticePublished',
        times: { validityUntil: '2026-08-18T16:00:00.000Z', openingAt: later } as never,
      })
    // Chosen after the validity that would have followed from the document's own days.
    given(
      project,
      created,
      saved({ ...document, lots: [{ ...document.lots[0], validityDays: 20 }] }),
      approved,
    )
      .when({ ...publish, submissionDeadline: later }, { facts, now })
      .then({ type: 'NoticePublished' })
    given(project, ...toApproved)
      .when({ ...publish, submissionDeadline: '2027-01-05T01:00:00.000Z' }, { facts, now })
      .refused('year-not-loaded', { year: 2027 })
    given(project, ...toDraft)
      .when(
        { type: 'approveDocument', documentSha256: 'sha', waivers: [] },
        { facts, now: '2026-12-20T01:00:00.000Z' },
      )
      .refused('year-not-loaded', { year: 2027 })
  })
  test('a deadline sooner than the law is refused with its rule', () => {
    given(project, ...toApproved)
      .when({ ...publish, submissionDeadline: '2026-03-20T01:00:00.000Z' }, { facts, now })
      .refused('times-unlawful', { rules: 'bidPeriod' })
    given(project, ...toApproved)
      .when({ ...publish, documentSha256: 'old' }, { facts, now })
      .refused('document-differs')
  })
})

describe('answers and amendments', () => {
  test('an answer goes to all, once, before the deadline', () => {
    const answer = { type: 'answerQuestion', id: 'Q1', question: 'Q1', text: 't' } as const
    given(project, ...toPublished)
      .when(answer, early)
      .then({ type: 'ClarificationIssued', id: 'Q1' })
    given(project, ...toPublished, {
      type: 'ClarificationIssued',
      id: 'Q1',
      question: 'Q1',
      text: 't',
    })
      .when(answer, early)
      .refused('answered-already')
    given(project, ...toPublished)
      .when(answer, over)
      .refused('bidding-is-over')
    given(project, ...toPublished, answerProposed)
      .when(answer, early)
      .refused('proposal-open')
  })
  test('one that bears on bids waits for the purchaser', () => {
    const propose = {
      type: 'proposeAnswer',
      id: 'A1',
      question: 'Q1',
      asked: '同等材质？',
      text: 't',
    } as const
    given(project, ...toPublished)
      .when(propose, early)
      .then({ type: 'AnswerProposed' })
    for (const id of ['A1', 'A2'])
      given(project, ...toPublished, answerProposed)
        .when({ ...propose, id }, early)
        .refused('proposal-open')
    given(project, ...toPublished, answerProposed)
      .when({ ...propose, id: 'A2', question: 'Q2' }, early)
      .then({ type: 'AnswerProposed' })
    given(project, ...toPublished)
      .when(propose, over)
      .refused('bidding-is-over')
    given(project, ...toPublished, {
      type: 'ClarificationIssued',
      id: 'Q1',
      question: 'Q1',
      text: 't',
    })
      .when(propose, early)
      .refused('answered-already')
  })
  const countersign = { type: 'countersign', id: 'A1', proposalSha256: 'bytes' } as const
  test('countersigned with fifteen days left it moves nothing', () =>
    given(project, ...toPublished, answerProposed)
      .when(countersign, early)
      .then(
        { type: 'ClarificationIssued', id: 'Q1', question: '同等材质？' },
        { type: 'DocumentAmended', documentVersion: 2, by: 'A1' },
        { type: 'ProposalEnded', how: 'countersigned' },
      ))
  test('countersigned with less it moves the deadline in the same act', () =>
    given(project, ...toPublished, answerProposed)
      .when(countersign, mid)
      .then(
        { type: 'ClarificationIssued' },
        { type: 'DocumentAmended' },
        { type: 'DeadlineMoved', from: deadline, to: '2026-03-27T01:00:00.000Z' },
        { type: 'ProposalEnded' },
      ))
  test('it names the proposed bytes, and comes in time', () => {
    given(project, ...toPublished, answerProposed)
      .when({ ...countersign, proposalSha256: 'other' }, early)
      .refused('proposal-differs')
    given(project, ...toPublished)
      .when(countersign, early)
      .refused('no-open-proposal')
    given(project, ...toPublished, answerProposed)
      .when(countersign, over)
      .refused('bidding-is-over')
  })
  test('a question answered meanwhile is not answered again', () =>
    given(project, ...toPublished, answerProposed, {
      type: 'ClarificationIssued',
      id: 'Q1',
      question: 'Q1',
      text: 'another',
    })
      .when(countersign, early)
      .refused('answered-already'))
  test('a deadline moved into a year that is not loaded waits for its calendar', () => {
    const december = { facts, now: '2026-12-20T01:00:00.000Z' }
    const times = deriveTimes(document, '2026-12-01T01:00:00.000Z', builtInCalendar, '09:00')
    given(project, ...toApproved, { ...published, times } as P, answerProposed)
      .when(countersign, december)
      .refused('year-not-loaded', { year: 2027 })
  })
  test('an amendment keeps the lots and the law', () => {
    const amend = {
      type: 'proposeAmendment',
      id: 'M1',
      text: 't',
      document,
      files: [],
      affectsBids: true,
    } as const
    given(project, ...toPublished)
      .when({ ...amend, files: [] }, early)
      .then({ type: 'AmendmentProposed', kind: 'amendment' })
    given(project, ...toPublished, { ...answerProposed, id: 'M1' } as P)
      .when({ ...amend, files: [] }, early)
      .refused('proposal-open')
    const other: P = {
      ...{ type: 'AmendmentProposed', kind: 'amendment', id: 'M0', text: 't', act: 'bytes' },
      ...{ document, documentSha256: 'sha', files: [], affectsBids: true },
    } as P
    given(project, ...toPublished, other)
      .when({ ...amend, files: [] }, early)
      .refused('proposal-open')
    for (const change of [{ category: 'governmentProcurement' }, { method: 'invitedTender' }])
      given(project, ...toPublished)
        .when({ ...amend, files: [], document: { ...document, ...change } as never }, early)
        .refused('regime-changed')
    given(project, ...toPublished)
      .when(
        {
          ...amend,
          files: [],
          document: { ...document, lots: [...document.lots, { ...document.lots[0], id: 'lot-2' }] },
        },
        early,
      )
      .refused('lots-changed')
    const finding = {
      rule: 'weightsSum',
      source: 's',
      zh: 'z',
      en: 'e',
      fields: [],
      change: 'none',
    } as const
    given(project, ...toPublished)
      .when({ ...amend, files: [] }, { ...early, facts: { ...facts, documentFindings: [finding] } })
      .refused('document-unlawful')
    given(project, ...toPublished)
      .when({ ...amend, files: [] }, over)
      .refused('bidding-is-over')
  })
  test('an amendment cannot undo the times that the notice was checked by, nor hide what it bears on', () => {
    const amend = (change: object, affectsBids = true) =>
      given(project, ...toPublished).when(
        {
          ...{ type: 'proposeAmendment', id: 'M1', text: 't', files: null, affectsBids },
          document: { ...document, ...change },
        } as never,
        early,
      )
    amend({ publicityDays: 0 }).refused('times-unlawful', { rules: 'candidatePublicity' })
    amend({ publicityDays: 5 }, false).then({ type: 'AmendmentProposed' })
    amend({ documentDays: 1 }).refused('terms-counted-from-notice', { fields: 'documentDays' })
    amend({ openAfterDays: 40 }).refused('terms-counted-from-notice', { fields: 'openAfterDays' })
    const [lot] = document.lots
    for (const change of [
      { lots: [{ ...lot, ceilingPriceFen: 1 }] },
      { lots: [{ ...lot, validityDays: 1 }] },
      { lots: [{ ...lot, bondFen: 1 }] },
      { qualification: [item('q2')] },
      { responsiveness: [item('r2')] },
      { scoring: { ...document.scoring, items: [] } },
    ]) {
      amend(change, false).refused('bears-on-bids')
      amend(change).then({ type: 'AmendmentProposed' })
    }
    amend({ title: { zh: '新名', en: 'New name' } }, false).then({ type: 'AmendmentProposed' })
  })
  test('an amendment is judged again when it is countersigned', () => {
    const sign = (change: object, affectsBids = true, more: Partial<Facts> = {}) =>
      given(project, ...toPublished, {
        ...{ type: 'AmendmentProposed', kind: 'amendment', id: 'M1', text: 't', act: 'bytes' },
        ...{ document: { ...document, ...change }, documentSha256: 's', files: null, affectsBids },
      } as P).when(
        { type: 'countersign', id: 'M1', proposalSha256: 'bytes' },
        { ...early, facts: { ...facts, ...more } },
      )
    sign({}, false).then({ type: 'DocumentAmended' }, { type: 'ProposalEnded' })
    sign({ publicityDays: 0 }).refused('times-unlawful', { rules: 'candidatePublicity' })
    sign({ documentDays: 1 }).refused('terms-counted-from-notice')
    sign({ qualification: [item('q2')] }, false).refused('bears-on-bids')
    const finding = {
      rule: 'weightsSum',
      source: 's',
      zh: 'z',
      en: 'e',
      fields: [],
      change: 'none',
    }
    sign({}, true, { documentFindings: [finding as never] }).refused('document-unlawful')
  })
  test('an amendment in words alone makes a version too, and moves the deadline where it bears', () => {
    const proposed = (affectsBids: boolean): P => ({
      type: 'AmendmentProposed',
      kind: 'amendment',
      id: 'M1',
      text: '交货地点改为新校区',
      document: null,
      documentSha256: null,
      files: null,
      affectsBids,
      act: 'bytes',
    })
    const sign = { type: 'countersign', id: 'M1', proposalSha256: 'bytes' } as const
    const version = {
      type: 'DocumentAmended',
      documentVersion: 2,
      text: '交货地点改为新校区',
    } as const
    given(project, ...toPublished, proposed(false))
      .when(sign, mid)
      .then(version, { type: 'ProposalEnded' })
    given(project, ...toPublished, proposed(true))
      .when(sign, mid)
      .then(version, { type: 'DeadlineMoved' }, { type: 'ProposalEnded' })
  })
  test('a deadline only moves later, and before it has passed', () => {
    const move = {
      type: 'proposeDeadline',
      id: 'D1',
      deadline: '2026-03-30T01:00:00.000Z',
      reason: 'r',
    } as const
    given(project, ...toPublished)
      .when(move, mid)
      .then({ type: 'AmendmentProposed', kind: 'deadline' })
    given(project, ...toPublished)
      .when({ ...move, deadline: '2026-03-23T01:00:00.000Z' }, mid)
      .refused('deadline-only-later', { current: deadline })
    for (const id of ['D1', 'D2'])
      given(project, ...toPublished, deadlineProposed(move.deadline))
        .when({ ...move, id }, mid)
        .refused('proposal-open')
    given(project, ...toPublished)
      .when({ ...move, deadline: '2026-04-04T01:00:00.000Z' }, mid)
      .refused('times-unlawful', { rules: 'deadlineOnWorkingDay' })
    given(project, ...toPublished)
      .when({ ...move, deadline: '2027-01-05T01:00:00.000Z' }, mid)
      .refused('year-not-loaded', { year: 2027 })
    given(project, ...toPublished)
      .when(move, over)
      .refused('bidding-is-over')
    given(project, ...toPublished, deadlineProposed('2026-03-23T01:00:00.000Z'))
      .when({ type: 'countersign', id: 'D1', proposalSha256: 'bytes' }, mid)
      .refused('deadline-only-later')
  })
  test('a suspension of bidding moves it by whole days, to a working day, once a cause', () => {
    const hours = (n: number) => n * 3_600_000
    const from = '2026-03-20T01:00:00.000Z'
    const move = { type: 'moveDeadline', by: 'P-1:O1', from, stoodMs: hours(25) } as const
    const { events } = given(project, ...toPublished)
      .when(move, over)
      .then({ type: 'DeadlineMoved', from: deadline, to: '2026-03-26T01:00:00.000Z', act: null })
    given(project, ...toPublished)
      .when({ ...move, stoodMs: hours(24 * 4) }, mid)
      .then({ type: 'DeadlineMoved', to: '2026-03-30T01:00:00.000Z' })
    given(project, ...toPublished, events[0] as P)
      .when(move, mid)
      .refused('deadline-moved-already')
  })
  test('while a suspension holds the deadline its old instant ends no answer and no amendment', () => {
    const held = { facts: { ...facts, deadlineHeld: true }, now: '2026-03-25T01:00:00.000Z' }
    given(project, ...toPublished)
      .when({ type: 'answerQuestion', id: 'Q1', question: 'Q1', text: 't' }, held)
      .then({ type: 'ClarificationIssued' })
    given(project, ...toPublished, answerProposed)
      .when({ type: 'countersign', id: 'A1', proposalSha256: 'bytes' }, held)
      .then(
        { type: 'ClarificationIssued' },
        { type: 'DocumentAmended' },
        { type: 'DeadlineMoved', to: '2026-04-09T01:00:00.000Z' },
        { type: 'ProposalEnded' },
      )
    const move = { type: 'proposeDeadline', id: 'D1', reason: 'r' } as const
    given(project, ...toPublished)
      .when({ ...move, deadline: '2026-03-26T01:00:00.000Z' }, held)
      .then({ type: 'AmendmentProposed' })
    given(project, ...toPublished)
      .when({ ...move, deadline: '2026-03-24T09:00:00.000Z' }, held)
      .refused('deadline-only-later')
  })
  test('validity and the last day to object follow the deadline that stands', () => {
    const moved: P = {
      type: 'DeadlineMoved',
      from: deadline,
      to: '2026-03-30T01:00:00.000Z',
      by: 'D1',
      act: 'x',
    }
    expect(given(project, ...toPublished, moved).state).toMatchObject({
      times: {
        submissionDeadline: '2026-03-30T01:00:00.000Z',
        openingAt: '2026-03-30T01:00:00.000Z',
        validityUntil: '2026-06-28T16:00:00.000Z',
        objectDocumentUntil: '2026-03-20T16:00:00.000Z',
        amendFreelyUntil: '2026-03-15T16:00:00.000Z',
        documentUntil: '2026-03-07T16:00:00.000Z',
      },
    })
    const [lot] = document.lots
    const amended: P = {
      ...{ type: 'DocumentAmended', documentVersion: 2, by: 'M1', text: 't', act: 'x', files: [] },
      ...{ document: { ...document, lots: [{ ...lot, validityDays: 60 }] }, documentSha256: 's' },
    } as P
    expect(given(project, ...toPublished, amended).state).toMatchObject({
      times: { validityUntil: '2026-05-23T16:00:00.000Z' },
    })
  })
  test('the time to obtain the document is lengthened by what of it stood still, no more', () => {
    const hours = (n: number) => n * 3_600_000
    const move = { type: 'moveDeadline', by: 'P-1:O1', stoodMs: hours(49) } as const
    const within = '2026-03-05T01:00:00.000Z'
    const { events } = given(project, ...toPublished)
      .when({ ...move, from: within }, mid)
      .then({ type: 'DeadlineMoved', documentUntil: '2026-03-10T16:00:00.000Z' })
    expect(given(project, ...toPublished, events[0] as P).state).toMatchObject({
      times: { documentUntil: '2026-03-10T16:00:00.000Z' },
    })
    given(project, ...toPublished)
      .when({ ...move, from: '2026-03-07T16:00:00.000Z' }, mid)
      .then({ type: 'DeadlineMoved', documentUntil: '2026-03-07T16:00:00.000Z' })
    // Of an outage it is known how long it lasted, until now.
    given(project, ...toPublished)
      .when(move, mid)
      .then({ type: 'DeadlineMoved', documentUntil: '2026-03-07T16:00:00.000Z' })
    given(project, ...toPublished)
      .when(move, { facts, now: '2026-03-06T01:00:00.000Z' })
      .then({ type: 'DeadlineMoved', documentUntil: '2026-03-10T16:00:00.000Z' })
  })
  test('a proposal is withdrawn, declined, or lapses with the deadline', () => {
    const past = [...toPublished, answerProposed]
    given(project, ...past)
      .when({ type: 'withdrawProposal', id: 'A1' }, early)
      .then({ type: 'ProposalEnded', how: 'withdrawn' })
    given(project, ...past)
      .when({ type: 'declineProposal', id: 'A1', reason: 'r' }, early)
      .then({ type: 'ProposalEnded', how: 'declined' })
    given(project, ...past)
      .when({ type: 'lapseProposal', id: 'A1' }, over)
      .then({ type: 'ProposalEnded', how: 'lapsed' })
    given(project, ...past)
      .when({ type: 'lapseProposal', id: 'A1' }, early)
      .refused('not-yet')
    for (const command of [
      { type: 'withdrawProposal', id: 'X' },
      { type: 'declineProposal', id: 'X', reason: 'r' },
      { type: 'lapseProposal', id: 'X' },
    ] as const)
      given(project, ...past)
        .when(command, over)
        .refused('no-open-proposal')
  })
})

test('each failed lot is tendered again once, under a published project of the same purchaser', () => {
  const relink = { type: 'relink', lot: 'P-1', successor: 'P2', reason: 'r' } as const
  const failed = { facts: { ...facts, failedLots: ['P-1', 'P-2'] } }
  const { events } = given(project, ...toPublished)
    .when(relink, failed)
    .then({ type: 'ProjectRelinked', lot: 'P-1' })
  const linked: P[] = [...toPublished, events[0] as P]
  given(project, ...linked)
    .when(relink, failed)
    .refused('relinked-already')
  given(project, ...linked)
    .when({ ...relink, lot: 'P-2', successor: 'P3' }, failed)
    .then({ type: 'ProjectRelinked', lot: 'P-2', successor: 'P3' })
  given(project, ...toPublished)
    .when({ ...relink, lot: 'P-3' }, failed)
    .refused('no-failed-lot')
  given(project, ...toPublished)
    .when(relink, { facts: { ...failed.facts, successorOf: null } })
    .refused('successor-not-published')
  given(project, ...toPublished)
    .when({ ...relink, successor: 'P' }, failed)
    .refused('successor-not-published')
  given(project, ...toPublished)
    .when(relink, { facts: { ...failed.facts, successorOf: 'another' } })
    .refused('successor-not-own')
  // Of a time when a project had one successor for all its failed lots.
  given(project, ...toPublished, { type: 'ProjectRelinked', successor: 'P2', reason: 'r' })
    .when(relink, failed)
    .refused('relinked-already')
})

test('only a demo moves a trade clock', () => {
  for (const past of [toDraft, toApproved, toPublished]) {
    const move = { type: 'moveClock', offsetMs: 1, frozenAt: null } as const
    given(project, ...past)
      .when(move, { facts })
      .then({ type: 'ClockMoved' })
    given(project, ...past)
      .when(move, { facts: { ...facts, isDemo: false } })
      .refused('clock-not-movable')
  }
})

everyCell(
  project,
  Object.fromEntries(
    [[], toDraft, toApproved, toPublished].map((past) => {
      const { state } = given(project, ...past)
      return [state.stage, state]
    }),
  ) as Record<string, State>,
)
