import { describe, expect, test } from 'vitest'
import { evaluation, type State } from './evaluation/evaluation/decider.ts'
import { evaluationFacts } from './evaluation/evaluation/rules-facts.ts'
import { digestOfValue } from './evaluation/evaluation/rules-sheets.ts'
import { builtInCalendar, calendarOf, endOfDay } from './kernel/calendar.ts'
import { systemActor } from './kernel/viewer.ts'
import { nextLimit, nextPublicLimit, stepsOf } from './policies.ts'
import { tenderDocument } from './tendering/project/document.ts'
import type { Trade } from './trade.ts'

/** What falls due by itself, of trades made up to the streams that a policy looks at. */
const item = { id: 'q1', zh: '项', en: 'item' }
const lotTerms = {
  id: 'lot-1',
  title: { zh: '一包', en: 'Lot 1' },
  deliveryDays: 30,
  validityDays: 90,
}
const document = tenderDocument.parse({
  title: { zh: '食堂', en: 'Canteen' },
  category: 'governmentProcurement',
  method: 'openTender',
  objectKind: 'goods',
  region: '371300',
  budgetFen: 268_000_000,
  lots: [lotTerms, { ...lotTerms, id: 'lot-2' }],
  documentDays: 5,
  openAfterDays: 22,
  publicityDays: 1,
  qualification: [item],
  responsiveness: [{ ...item, id: 'r1' }],
  scoring: { total: 100, price: { formula: 'lowestEvaluatedPrice' }, items: [] },
})
const deadline = '2026-03-24T01:00:00.000Z'
const project = {
  stage: 'published',
  id: 'P',
  regime: 'governmentProcurement',
  document,
  bidDeadline: deadline,
  proposals: {},
  deadlines: [],
}
const lot = (stage: string, more: object = {}) => ({
  stage,
  project: 'P',
  regime: 'governmentProcurement',
  suspensions: [],
  stood: [],
  ...more,
})

/** A trade of two lots; one that a test does not speak of has failed. */
function tradeWith({ lots, ...change }: Partial<Record<keyof Trade, object | string>>): Trade {
  return {
    id: 'P',
    now: deadline,
    calendar: builtInCalendar,
    view: {},
    project,
    lots: new Map([
      ...['P-1', 'P-2'].map((id) => [id, lot('failed')] as const),
      ...((lots ?? []) as Iterable<[string, object]>),
    ]),
    session: { stage: 'scheduled' },
    draws: new Map(),
    evaluations: new Map(),
    objections: new Map(),
    ...change,
  } as unknown as Trade
}
/** What is due, without the looks for revoked bids, which mostly find nothing. */
const due = (trade: Trade) =>
  stepsOf(trade)
    .filter((s) => s.at === null || s.at <= trade.now)
    .map((s) => s.command.type)
    .filter((type) => type !== 'noteRevocation')
/** What the look for revoked bids finds, where one is held. */
const looked = async (trade: Trade, revocations: object[]) => {
  const hidden = { refresh: async () => {}, revocationsOf: () => revocations }
  const steps = stepsOf(trade).filter((s) => s.command.type === 'noteRevocation')
  return Promise.all(steps.map((s) => s.prepare?.({ hidden } as never, trade)))
}

describe('lots of one project at different stages', () => {
  const bids = [{ party: 'A' }, { party: 'B' }, { party: 'C' }]
  const session = {
    stage: 'decrypting',
    lots: [{ lot: 'P-1', bids, draws: [] }],
    returned: [],
    parameters: [],
    released: [],
    rows: [],
    windowEndsAt: '2026-03-24T01:30:00.000Z',
  }
  const lots = (...stages: string[]) =>
    new Map(stages.map((stage, i) => [`P-${i + 1}`, lot(stage, { ground: 'tooFewBidders' })]))
  test('the session begins once every lot has passed the deadline, has failed or is terminated', () => {
    const waiting = { ...session, stage: 'signIn', windowEndsAt: null }
    for (const [stages, first] of [
      [['opening', 'tendering'], 'passDeadline'],
      [['opening', 'failed'], 'startOpening'],
      [['terminated', 'failed'], 'startOpening'],
    ] as const)
      expect(due(tradeWith({ session: waiting, lots: lots(...stages) }))).toEqual([first])
  })
  test('a suspended lot holds the deadline for all, which then moves by the time it stood', () => {
    const bidding = (more: object) =>
      new Map([
        ['P-1', lot('tendering')],
        ['P-2', lot('tendering', more)],
      ])
    const signIn = { ...session, stage: 'signIn' }
    const suspensions = [{ by: 'O', cause: 'c', since: deadline }]
    expect(due(tradeWith({ session: signIn, lots: bidding({ suspensions }) }))).toEqual([])
    expect(due(tradeWith({ lots: bidding({ suspensions }) }))).toEqual([])
    expect(due(tradeWith({ lots: bidding({}) }))).toContain('openHall')
    const resumed = {
      session: signIn,
      lots: bidding({ stood: [{ by: 'O', from: deadline, ms: 1000 }] }),
    }
    const [first] = stepsOf(tradeWith(resumed))
    const move = { type: 'moveDeadline', by: 'P-2:O', from: deadline, stoodMs: 1000 }
    expect(first.command).toEqual(move)
    const to = '2026-03-25T01:00:00.000Z'
    const deadlines = [{ from: deadline, to, at: deadline, by: 'P-2:O' }]
    const moved = { ...project, bidDeadline: to, deadlines }
    expect(due(tradeWith({ ...resumed, project: moved }))).toEqual([])
    expect(nextLimit(tradeWith({ ...resumed, project: moved }))).toBe(to)
  })
  test('days on which two lots stood move the deadline once; a lot that ends while held lets go', () => {
    const day = 86_400_000
    const on = (days: number) => new Date(Date.parse('2026-03-10T01:00:00Z') + days * day)
    const stood = (by: string, from: number, to: number) => ({
      ...{ by, from: on(from).toISOString(), ms: (to - from) * day },
    })
    const moves = (deadlines: object[], ...lots: [string, object][]) =>
      stepsOf(tradeWith({ project: { ...project, deadlines }, lots: new Map(lots) })).flatMap(
        ({ command }) =>
          command.type === 'moveDeadline'
            ? [
                [
                  (command as never as { by: string }).by,
                  (command as never as { stoodMs: number }).stoodMs / day,
                ],
              ]
            : [],
      )
    const one = ['P-1', lot('tendering', { stood: [stood('O1', 0, 3)] })] as [string, object]
    const two = (from: number, to: number, stage = 'tendering') =>
      ['P-2', lot(stage, { stood: [stood('O2', from, to)] })] as [string, object]
    expect(moves([], one, two(0, 3))).toEqual([['P-1:O1', 3]])
    expect(moves([], one, two(1, 5))).toEqual([
      ['P-1:O1', 3],
      ['P-2:O2', 2],
    ])
    expect(moves([{ by: 'P-1:O1' }], one, two(1, 5))).toEqual([['P-2:O2', 2]])
    expect(moves([{ by: 'P-2:O2' }], one, two(1, 2))).toEqual([['P-1:O1', 2]])
    expect(moves([], ['P-1', lot('tendering')], two(0, 4, 'terminated'))).toEqual([['P-2:O2', 4]])
    expect(moves([], ['P-1', lot('failed')], two(0, 4, 'terminated'))).toEqual([])
  })
  test('no released key is kept once the session is aborted, as when all is read out', async () => {
    const forgotten: unknown[] = []
    const platform = {
      keys: { name: (...parts: string[]) => parts.join(' ') },
      sql: async (_: unknown, ...values: unknown[]) => void forgotten.push(...values),
    }
    const listed = [{ party: 'A', headerHash: 'h' }]
    const opened = { ...session, lots: [{ lot: 'P-1', bids: listed, draws: [] }] }
    for (const trade of [
      tradeWith({ session: opened, lots: lots('terminated', 'failed') }),
      tradeWith({ session: { ...opened, stage: 'readingOut' }, lots: lots('opening', 'failed') }),
    ]) {
      await stepsOf(trade)[0].prepare?.(platform as never, trade)
      expect(forgotten.splice(0)).toEqual(['release P-1 A h'])
    }
  })
  test('an objection to a tender’s document holds its lot until it is settled', () => {
    const filed = { stage: 'filed', id: 'O', lot: 'P-1', kind: 'objection', about: 'document' }
    const objections = (change: object) =>
      new Map([['P-1-O', { ...filed, replyUntil: '2026-03-31T16:00:00.000Z', ...change }]])
    const held = [{ by: 'O', cause: 'objection', since: deadline }]
    const now = '2026-03-10T01:00:00.000Z'
    const of = (one: object, more: object = {}) =>
      due(tradeWith({ now, objections: one, lots: new Map([['P-1', lot('tendering', more)]]) }))
    expect(of(objections({}))).toEqual(['suspend'])
    expect(of(objections({}), { suspensions: held })).toEqual([])
    expect(of(objections({ stage: 'answered' }), { suspensions: held })).toEqual(['resume'])
    // A challenge in government procurement holds nothing.
    expect(of(objections({ kind: 'challenge' }))).toEqual([])
  })
  test('of lots that are gone nothing is opened: the session is aborted first', () => {
    const gone = tradeWith({ session, lots: lots('terminated', 'failed') })
    expect(due(gone)[0]).toBe('abort')
    // Halted before T, the hall has lots that still take bids.
    const halted = { ...session, stage: 'halted', back: 'signIn', lots: [], leftMs: null }
    expect(
      due(tradeWith({ now: '2026-03-24T00:30:00.000Z', session: halted, lots: lots('tendering') })),
    ).toEqual([])
    const left = tradeWith({ session, lots: lots('opening', 'terminated') })
    expect(due(left)).toEqual([])
    expect(nextLimit(left)).toBe(session.windowEndsAt)
    expect(nextPublicLimit(left)).toBe(session.windowEndsAt)
  })
  test('after the opening each lot that is still there goes on, by its regime', () => {
    const closed = { ...session, stage: 'closed', lots: [...session.lots, { lot: 'P-2', bids }] }
    const steps = stepsOf(tradeWith({ session: closed, lots: lots('opening', 'terminated') }))
    expect(steps.map((s) => [s.id, s.command.type])).toEqual([['P-1', 'beginQualification']])
  })
  test('a lot of which nothing was opened fails: there is nothing to review', () => {
    const rows = bids.map(({ party }) => ({ lot: 'P-1', party, outcome: 'notOpened' }))
    const none = tradeWith({
      session: { ...session, stage: 'closed', rows },
      lots: lots('qualifying'),
    })
    expect(stepsOf(none).map((s) => s.command)).toEqual([
      { type: 'fail', ground: 'tooFewQualified' },
    ])
    const quotation = { lines: [{ id: 'total', fen: 1 }] }
    const opened = [...rows, { lot: 'P-1', party: 'D', outcome: 'opened', quotation, priceFen: 1 }]
    const one = { ...session, stage: 'closed', rows: opened }
    expect(due(tradeWith({ session: one, lots: lots('qualifying') }))).toEqual([])
    const held = { suspensions: [{ by: 'x', cause: 'y', since: deadline }] }
    const suspended = [['P-1', lot('qualifying', held)]]
    expect(due(tradeWith({ session: { ...one, rows }, lots: suspended }))).toEqual([])
  })
})

describe('from the report to the contract', () => {
  const evaluated = {
    evaluatedAt: '2026-12-29T08:00:00.000Z',
    ranking: [{ bidder: 'A', rank: 1, priceFen: 100, total: null }],
    candidates: ['A'],
    failed: [],
  }
  const at = (trade: Trade, type: string) =>
    stepsOf(trade).find((s) => s.command.type === type)?.at ?? null
  test('silence is rank 1 after five working days of the calendar that is loaded', () => {
    const lots = new Map([['P-1', lot('evaluated', evaluated)]])
    // Weekends alone would say 5 January; New Year's Day is off, and 4 January with it.
    const calendar = calendarOf([
      { year: 2026, source: 's', rest: [], work: [] },
      { year: 2027, source: 's', rest: ['01-01/01-04'], work: [] },
    ])
    expect(at(tradeWith({ lots }), 'award')).toBe(endOfDay('2027-01-05'))
    expect(at(tradeWith({ lots, calendar }), 'award')).toBe(endOfDay('2027-01-07'))
  })
  test('what the purchaser and the parties wait for is not everyone’s to know', () => {
    const silent = tradeWith({ lots: new Map([['P-1', lot('evaluated', evaluated)]]) })
    expect(nextLimit(silent)).not.toBeNull()
    expect(nextPublicLimit(silent)).toBeNull()
    const until = endOfDay('2026-12-30')
    const shown = { ...evaluated, until }
    const publicity = tradeWith({ lots: new Map([['P-1', lot('publicity', shown)]]) })
    expect(nextPublicLimit(publicity)).toBe(until)
  })
  test('a proposed contract lapses thirty days after the award', () => {
    const proposal = { id: 'c1', number: 'C', priceFen: 100, terms: 't', act: 'a' }
    const awarded = { ...evaluated, winner: evaluated.ranking[0], resultUntil: null }
    const of = (more: object) =>
      tradeWith({
        lots: new Map([
          ['P-1', lot('awarded', { ...awarded, awardedAt: '2026-03-26T09:00:00.000Z', ...more })],
        ]),
      })
    expect(at(of({ proposal }), 'lapseProposal')).toBe(endOfDay('2026-04-27'))
    expect(at(of({ proposal: null }), 'lapseProposal')).toBeNull()
  })
  test('when the last candidate has failed nobody is left, and the lot fails', () => {
    const awarding = (failed: string[]) =>
      tradeWith({ lots: new Map([['P-1', lot('awarding', { ...evaluated, failed })]]) })
    expect(due(awarding(['A']))).toEqual(['fail'])
    expect(due(awarding([]))).toEqual([])
  })
})

test('of a member who left, the draw empties the seat and calls a wider circle', () => {
  const stratum = { key: 's/371300', specialty: null, region: '371300', count: 1 }
  const pool = [
    { id: 'm1', employer: 'a', specialty: 'A08', region: '371300' },
    { id: 'm2', employer: 'b', specialty: 'A08', region: '370100' },
  ]
  const drawn = (expert: string | null, gone: string[]) => ({
    ...{ stage: 'complete', lot: 'P-1', plan: { pool }, perEmployer: 1, seed: 'ab'.repeat(32) },
    ...{ recused: [], gone, named: [], representatives: 0, checkedIn: [], answerMinutes: 30 },
    drawn: [{ stratum, label: 'l', order: ['m1'], selected: ['m1'], passedOver: [], missing: 0 }],
    seats: [
      {
        ...{ stratum: stratum.key, expert, calledAt: deadline },
        status: expert ? 'accepted' : 'vacant',
      },
    ],
  })
  const working = { replaced: [{ leaves: 'm1', by: 'm2', ground: 'health' }], members: [] }
  const of = (draw: object) =>
    tradeWith({
      lots: new Map([['P-1', lot('evaluating')]]),
      draws: new Map([['P-1', draw]]),
      evaluations: new Map([['P-1', { stage: 'ready', ...working }]]),
    })
  const [replace] = stepsOf(of(drawn('m1', [])))
  expect(replace.command).toEqual({ type: 'replace', leaves: 'm1', by: null, cause: 'health' })
  expect(due(of(drawn(null, ['m1'])))).toEqual(['widen'])
})

describe('a committee that lost a member', () => {
  const stratum = { key: 's/371300', specialty: null, region: '371300', count: 2 }
  const pool = ['m1', 'm2', 'm3'].map((id) => ({
    ...{ id, employer: id, specialty: 'A08', region: '371300' },
  }))
  const order = pool.map((e) => e.id)
  const seat = (expert: string | null, status: string) => ({
    ...{ stratum: stratum.key, expert, status, calledAt: deadline },
  })
  const drawn = (seats: object[], more: object = {}) => ({
    ...{ stage: 'complete', lot: 'P-1', plan: { pool }, perEmployer: 1, seed: 'ab'.repeat(32) },
    ...{ recused: [], gone: [], named: [], representatives: 0, checkedIn: [], answerMinutes: 30 },
    drawn: [{ stratum, label: 'l', order, selected: ['m1', 'm2'], passedOver: [], missing: 0 }],
    seats,
    ...more,
  })
  const working = (ids: string[], more: object = {}) => ({
    stage: 'ready',
    ...{ members: ids.map((id) => ({ id, represents: 'pool' })), chair: null, phases: [] },
    ...{ declared: {}, committed: [], motions: {}, requests: [], sheets: [], replaced: [] },
    ...{ rejected: [], corrections: [], bidders: [], revoked: [], qualification: null },
    ...more,
  })
  const of = (draw: object, evaluation: object) =>
    tradeWith({
      lots: new Map([['P-1', lot('evaluating')]]),
      draws: new Map([['P-1', draw]]),
      evaluations: new Map([['P-1', evaluation]]),
    })
  const both = [seat('m1', 'accepted'), seat('m2', 'accepted')]
  const replacing = (trade: Trade) =>
    stepsOf(trade)
      .map((s) => s.command as { type: string; member?: string })
      .filter((c) => c.type === 'replaceMember')
      .map((c) => c.member)
  test('because he declared a recusal replaces him by itself', () => {
    expect(replacing(of(drawn(both), working(['m1', 'm2'])))).toEqual([])
    const declared = working(['m1', 'm2'], { declared: { m1: ['kin'], m2: [] } })
    expect(replacing(of(drawn(both), declared))).toEqual(['m1'])
    expect(replacing(of(drawn(both), { ...declared, stage: 'paused' }))).toEqual([])
  })
  test('since one whom the draw called declined, was silent or stood aside takes the next', () => {
    // m2 took a seat in the committee, and then declined the call; m3 was called.
    const seats = [seat('m1', 'accepted'), seat('m3', 'called')]
    const declined = drawn(seats, { gone: ['m2'], causes: { m2: 'declined' } })
    const trade = of(declined, working(['m1', 'm2']))
    expect(replacing(trade)).toEqual(['m2'])
    const x = { now: trade.now, actor: systemActor, facts: evaluationFacts(trade, 'P-1') }
    const state = trade.evaluations.get('P-1') as State
    expect(evaluation.decide(state, { type: 'replaceMember', member: 'm2' }, x)).toMatchObject({
      events: [{ type: 'MemberReplaced', leaves: 'm2', by: 'm3', ground: 'absence' }],
    })
  })
  test('whom nobody follows has its draw made anew before it is assembled again', () => {
    const former = { times: 1, recused: [], until: 9 }
    const none = { stage: 'none', revoked: [], former }
    const whole = drawn(both, { checkedIn: [{ member: 'm1' }, { member: 'm2' }] })
    const tender = { ...project, regime: 'tender', document: { ...document, category: 'works' } }
    const at = (draw: object) => ({ ...of(draw, none), project: tender }) as unknown as Trade
    expect(due(at(whole))).toEqual(['dissolve'])
    expect(due(at({ ...whole, dissolutions: 1 }))).toEqual(['assembleCommittee'])
  })
})

describe('the ranking', () => {
  const rows = ['A', 'B', 'C'].map((party, i) => ({
    ...{ lot: 'P-1', party, outcome: 'opened', priceFen: 200_000_000 + i, quotation: {} },
  }))
  const passing = rows.map(({ party: bidder }) => ({
    ...{ bidder, item: 'q1', pass: true, reason: null },
  }))
  const request = {
    ...{ id: 'x1', bidder: 'A', about: 'ambiguity', question: 'q', isAccepted: false },
    ...{ until: '2026-03-25T02:00:00.000Z', answer: null },
  }
  const aggregated = (now: string, requests: object[], more: object = {}) =>
    tradeWith({
      now,
      session: { stage: 'closed', lots: [], rows, parameters: [], returned: [] },
      lots: new Map([['P-1', lot('evaluating')]]),
      evaluations: new Map([
        [
          'P-1',
          {
            stage: 'aggregated',
            qualification: { rows: passing, by: 'Pu' },
            ...{ members: [], chair: 'm1', phases: [], bidders: ['A', 'B', 'C'], rejected: [] },
            ...{ committed: [], declared: {}, motions: {}, sheets: [], alarms: [], replaced: [] },
            requests,
            ...{ revoked: [], corrections: [], discussUntil: null, returned: [], rechecks: 0 },
            ...more,
          },
        ],
      ]),
    })
  test('waits for an answer that is still in time, and comes by itself afterwards', () => {
    const asked = aggregated('2026-03-25T01:59:59.999Z', [request])
    expect(due(asked)).toEqual([])
    expect(nextLimit(asked)).toBe(request.until)
    expect(nextPublicLimit(asked)).toBeNull()
    expect(due(aggregated(request.until, [request]))).toEqual(['rank'])
    expect(due(aggregated(deadline, []))).toEqual(['rank'])
  })
  test('waits while a result that came back is discussed, and for a corrected price', () => {
    const discussUntil = request.until
    const back = aggregated(deadline, [], { discussUntil })
    expect(due(back)).toEqual([])
    expect(nextLimit(back)).toBe(discussUntil)
    expect(due(aggregated(discussUntil, [], { discussUntil }))).toEqual(['rank'])
    const corrections = [{ id: 'c1', bidder: 'A', until: request.until, answer: null }]
    expect(due(aggregated(deadline, [], { corrections }))).toEqual([])
    expect(due(aggregated(request.until, [], { corrections }))).toEqual(['lapseCorrection'])
  })
  test('goes back where a majority dissents, once for each result', () => {
    const signatures = ['m1', 'm2'].map((member) => ({ member, how: 'dissent', reason: 'r' }))
    const members = ['m1', 'm2', 'm3'].map((id) => ({ id, represents: 'pool' }))
    const report = { rejections: [] }
    const result = { ranking: [], candidates: [], report, reportSha256: 's', members, signatures }
    const ranked = { ...result, stage: 'ranked' }
    expect(due(aggregated(deadline, [], ranked))).toEqual(['returnReport'])
    const [one] = signatures
    expect(due(aggregated(deadline, [], { ...ranked, signatures: [one] }))).toEqual([])
    const returned = [digestOfValue({ ranking: [], candidates: [], rejections: [] })]
    expect(due(aggregated(deadline, [], { ...ranked, returned }))).toEqual([])
  })
  test('is taken up again as often as the purchaser sent it back, and else handed to the lot', () => {
    const reported = { stage: 'reported', ranking: [], candidates: [], reportSha256: 's' }
    const of = (rechecks: number, sent: object[]) => {
      const trade = aggregated(deadline, [], { ...reported, rechecks })
      const state = lot('evaluating', { rechecks: sent })
      return {
        ...trade,
        lots: new Map<string, unknown>([...trade.lots, ['P-1', state]]),
      } as unknown as Trade
    }
    const sent = { report: 's', ground: 'sumError', reason: 'r' }
    expect(due(of(0, []))).toEqual(['completeEvaluation'])
    expect(due(of(0, [sent]))).toEqual(['beginRecheck'])
    expect(due(of(1, [sent]))).toEqual(['completeEvaluation'])
  })
  test('loses a bid that was revoked, and nothing where none was', async () => {
    const trade = aggregated(deadline, [])
    const row = { bidder: 'B', reason: 'r', revocation: 'sha', revokedAt: deadline }
    expect(await looked(trade, [])).toEqual(['nothing'])
    expect(await looked(trade, [{ ...row, bidder: 'Z' }])).toEqual(['nothing'])
    expect(await looked(trade, [row])).toEqual([{ command: { type: 'noteRevocation', ...row } }])
    const known = aggregated(deadline, [], { revoked: [row] })
    expect(await looked(known, [row])).toEqual(['nothing'])
  })
  test('gives its candidates up one by one, the lot itself where none is left', async () => {
    const evaluated = { ranking: [], candidates: ['A', 'B'], evaluatedAt: deadline, atRisk: [] }
    const of = (stage: string, failed: string[]) =>
      tradeWith({ lots: new Map([['P-1', lot(stage, { ...evaluated, failed })]]) })
    const row = { bidder: 'B', reason: 'r', revocation: 'sha', revokedAt: deadline }
    const { revokedAt: _, ...command } = row
    for (const stage of ['evaluated', 'publicity', 'awarding'])
      expect(await looked(of(stage, []), [row])).toEqual([
        { command: { type: 'noteRevocation', ...command } },
      ])
    expect(await looked(of('evaluated', ['B']), [row])).toEqual(['nothing'])
    expect(due(of('evaluated', ['A', 'B']))).toEqual(['fail'])
  })
})
