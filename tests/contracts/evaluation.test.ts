import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AwardView, playAward, readAward } from '../../db/seed/play/award.ts'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import {
  beginEvaluation,
  type Desk,
  playEvaluation,
  playPhase,
  readDesk,
  rowsOf,
} from '../../db/seed/play/evaluation.ts'
import { prepareDraw, runDraw, seatCommittee } from '../../db/seed/play/experts.ts'
import type { DemoInput } from '../../db/seed/play/input.ts'
import { differences, type Outcome, readOutcome } from '../../db/seed/play/outcome.ts'
import { playTrade } from '../../db/seed/play/play.ts'
import { type TrustFile, verifyArchive } from '../../server/archive/verify/verify.ts'
import { digestOfValue } from '../../server/evaluation/evaluation/rules-sheets.ts'
import { drawExperts, drawnParameter } from '../../server/experts/draw/rules.ts'
import { commitmentOf, type DrawPlan, seedOf } from '../../server/experts/draw/seed.ts'
import { verifyCheckpoint } from '../../server/log/index.ts'
import { parseVkey } from '../../server/log/note.ts'
import { loadTrade } from '../../server/platform.ts'
import { exampleOf, type Played, playToCommittee, playToOpened, slugOf } from '../kit/evaluation.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { OpenBag } from '../kit/tamper.ts'

let t: TestPlatform
beforeAll(async () => {
  t = await testPlatform()
})
afterAll(() => t.stop())

interface DrawView {
  readonly rules: {
    readonly plan: DrawPlan
    readonly commitment: string
    readonly seed: string
    readonly checkpoint: { readonly root: string; readonly size: number; readonly note: string }
    readonly nonces: readonly { readonly party: string; readonly nonce: string }[]
  }
  readonly committee: {
    readonly recused: readonly string[]
    readonly drawn: readonly {
      readonly order: readonly string[]
      readonly selected: readonly string[]
    }[]
    readonly seats: readonly { readonly expert: string | null; readonly name: string | null }[]
  }
}

async function lettersAreOwn({ cast, p }: Played, end: AwardView, outcome: Outcome) {
  expect(end.stage).toBe('archived')
  const [first] = outcome.candidates as string[]
  expect(end.award?.bidder).toBe(cast.bidders.get(first)?.identity?.party.id)
  interface Letter {
    readonly letter: { readonly kind: string; readonly to: string; readonly toName: string }
    readonly steps: readonly { readonly bid?: string }[]
    readonly addressees: readonly { readonly bidder: string; readonly name: string }[] | null
  }
  const letterOf = (person: Person, query = '') =>
    person.get<Letter>(`/api/lots/${p.lot}/letter${query}`)
  // The parties may choose every bidder's, the rejected among them; a bidder is told of no other.
  const { addressees } = await letterOf(cast.agency, `?bidder=${end.award?.bidder}`)
  const own = [...cast.bidders.values()].map((b) => b.identity?.party.id)
  expect(addressees?.map((a) => a.bidder).sort()).toEqual(own.sort())
  for (const { bidder, name } of addressees ?? [])
    expect((await letterOf(cast.regulator, `?bidder=${bidder}`)).letter).toMatchObject({
      to: bidder,
      toName: name,
    })
  for (const [id, bidder] of cast.bidders) {
    const { letter, steps, addressees } = await letterOf(bidder)
    expect(addressees).toBeNull()
    expect(letter.kind).toBe(id === first ? 'award' : 'notAwarded')
    const own = bidder.identity?.party.id
    expect(letter.to).toBe(own)
    expect(steps.every((s) => s.bid === undefined || s.bid === own)).toBe(true)
    expect(steps.length).toBeGreaterThan(0)
  }
}

/** Recomputes the seed as a visitor's browser does. */
function seedAgain({ rules }: DrawView): string {
  expect(commitmentOf(rules.plan)).toBe(rules.commitment)
  const { note, size, root } = rules.checkpoint
  expect(verifyCheckpoint(note, [{ vkey: parseVkey(t.platform.ledger.vkey) }])).toMatchObject({
    checkpoint: { size },
  })
  return seedOf({
    commitmentHex: rules.commitment,
    checkpointRootHex: root,
    treeSize: size,
    revealed: rules.nonces.map(({ party, nonce }) => ({ party, nonceHex: nonce })),
  })
}

test.each(['road-resurfacing', 'school-canteen'])(
  '%s: drawn, evaluated, reported and awarded as expected, to the archive',
  async (name) => {
    const played = await playToOpened(t.url, exampleOf(name))
    const { input, cast, p } = played
    const committee = await playToCommittee(played)
    const desk = await playEvaluation(cast, input, committee, p)
    expect(desk.stage).toBe('reported')
    expect((await readDesk(cast.regulator, p.lot)).lotStage).toBe('evaluated')
    expect(digestOfValue(desk.report?.report)).toBe(desk.report?.reportSha256)
    // Each signature with its moment, to those who may read the report.
    type Signed = { report: { signatures: { how: string; at: string | null }[] } }
    const { report } = await cast.regulator.get<Signed>(`/api/lots/${p.lot}/evaluation`)
    expect(report.signatures.map((s) => [s.how, s.at !== null])).toEqual(
      [...committee.seats].map(() => ['agreed', true]),
    )
    const outcome = await readOutcome(cast, p)
    expect(differences(input.expected ?? {}, outcome)).toEqual([])
    await lettersAreOwn(played, await playAward(cast, input, p), outcome)
    const draw = await Person.nobody(t.url).get<DrawView>(`/api/lots/${p.lot}/draw`)
    expect(seedAgain(draw)).toBe(draw.rules.seed)
    const again = drawExperts(draw.rules.plan, draw.rules.seed, { experts: draw.committee.recused })
    expect(again.strata.map((s) => s.order)).toEqual(draw.committee.drawn.map((d) => d.order))
    expect(draw.committee.seats.every((s) => s.name === null)).toBe(true)
  },
  120_000,
)

/** The road's tender with another price formula. */
function withPrice(input: DemoInput, price: object): DemoInput {
  const scoring = { ...input.tender.scoring, price }
  return { ...input, tender: { ...input.tender, scoring } as DemoInput['tender'] }
}

test('K is drawn at the deadline from the published list, by a seed that anyone makes again', async () => {
  const road = exampleOf('road-resurfacing')
  const kCandidates = ['0.01', '0.02', '0.03', '0.04']
  const { formula: _, ...rest } = road.tender.scoring.price as { formula: string }
  const input = withPrice(road, { ...rest, formula: 'benchmarkDrawnK', kCandidates })
  const { cast, published: p } = await playTrade(t.url, input, 'archived')
  const draw = await Person.nobody(t.url).get<DrawView>(`/api/lots/${p.project}-0/draw`)
  expect(draw.rules.plan.at).toBe(p.deadline)
  const { value } = drawnParameter(seedAgain(draw), `${p.project}-0`, 'k', kCandidates)
  const hall = await cast.agency.get<{ lots: { parameters: { k: string } }[] }>(
    `/api/projects/${p.project}/opening`,
  )
  expect(hall.lots[0].parameters.k).toBe(value)
  expect((await readAward(cast.agency, p.lot)).stage).toBe('archived')
}, 120_000)

test('too few qualified: the lot fails before a committee meets', async () => {
  const input = exampleOf('school-canteen')
  const purchaserReview = input.sheets.purchaserReview?.map((row) => ({
    ...row,
    qualification: { ...row.qualification, q1: row.bid === 'bid-1' },
    reason: '演示：无营业执照',
  }))
  const changed = { ...input, sheets: { ...input.sheets, purchaserReview } }
  const { cast, published } = await playTrade(t.url, changed, 'archived')
  expect((await readDesk(cast.regulator, published.lot)).lotStage).toBe('failed')
  const { rejected } = await readOutcome(cast, published)
  expect((rejected as { item: string }[]).filter((r) => r.item === 'q1')).toHaveLength(4)
}, 60_000)

test('all rejected: the committee fails the evaluation, and the lot with it', async () => {
  const input = exampleOf('road-resurfacing')
  const review = input.sheets.review.map((row) => ({
    ...row,
    responsiveness: { ...row.responsiveness, r2: false },
    reason: '演示：工期不满足',
  }))
  const changed = { ...input, sheets: { ...input.sheets, review } }
  const { cast, published } = await playTrade(t.url, changed, 'archived')
  const desk = await readDesk(cast.regulator, published.lot)
  expect([desk.stage, desk.lotStage]).toEqual(['failed', 'failed'])
}, 60_000)

test('a low price is explained and accepted; equal bids are ranked in the order drawn', async () => {
  const input = exampleOf('school-canteen')
  const bids = input.bids.map((b) => ({
    ...b,
    smallOrMicro: false,
    priceFen: b.id === 'bid-2' ? 100_000_000 : 240_000_000,
  }))
  const scores = input.sheets.scores.map((row) => ({
    ...row,
    scores: Object.fromEntries(Object.keys(row.scores).map((id) => [id, '5'])),
  }))
  const changed = { ...input, bids, sheets: { ...input.sheets, scores } }
  const { cast, published: p } = await playTrade(t.url, changed, 'evaluated')
  const { report } = await readDesk(cast.regulator, p.lot)
  const { explanations, tieOrder } = (report as NonNullable<Desk['report']>).report as {
    explanations: { about: string; isAccepted: boolean }[]
    tieOrder: string[]
  }
  expect(explanations).toMatchObject([{ about: 'lowPrice', isAccepted: true }])
  expect(tieOrder).toHaveLength(3)
  expect(report?.ranking.slice(1).map((r) => r.bid)).toEqual(tieOrder)
}, 60_000)

test('who was drawn, and what others wrote, is seen by those alone who may', async () => {
  const played = await playToOpened(t.url, exampleOf('school-canteen'))
  const { input, cast, p } = played
  await prepareDraw(cast, input, p)
  // Before it is committed purchaser and agency read how many there are for a seat, never who.
  type Counted = { pool: { stratum: string; found: number; advised: number }[] | null }
  const counted = (person: Person) => person.get<Counted>(`/api/lots/${p.lot}/draw`)
  const { pool } = await counted(cast.agency)
  expect(pool?.map((row) => Object.keys(row).sort().join())).toEqual(
    pool?.map(() => 'advised,employers,found,seats,standing,stratum'),
  )
  expect(pool?.map((row) => row.stratum)).toEqual(['*/371300', '*/370100', '*/370200'])
  expect(pool?.every((row) => row.found > 0)).toBe(true)
  expect((await counted(cast.purchaser)).pool).toEqual(pool)
  for (const person of [cast.centre, cast.regulator])
    expect((await counted(person)).pool).toBeNull()
  await runDraw(cast, p)
  expect((await counted(cast.agency)).pool).toBeNull()
  const seen = async (person: Person) =>
    (await person.get<DrawView>(`/api/lots/${p.lot}/draw`)).committee.seats
  for (const person of [cast.agency, cast.purchaser])
    expect((await seen(person)).every((s) => s.expert === null && s.name === null)).toBe(true)
  const drawn = (await seen(cast.centre)).map((s) => s.expert as string)
  expect((await seen(cast.regulator)).map((s) => s.expert)).toEqual(drawn)
  const [bidder] = cast.bidders.values()
  for (const person of [bidder, Person.nobody(t.url)])
    expect(await slugOf(seen(person))).toBe('not-found')
  const stranger = (await Person.nobody(t.url).get<Identity[]>('/api/demo/identities')).find(
    (i) => i.role === 'expert' && !drawn.includes(i.party.id),
  ) as Identity
  const outside = await Person.signIn(t.url, stranger)
  expect(await slugOf(outside.post(`/api/lots/${p.lot}/draw/acceptances`, {}))).toBe('not-entitled')
  expect(await slugOf(readDesk(outside, p.lot))).toBe('not-entitled')
}, 60_000)

test('a sheet is its author’s until all are in; a replaced member’s work is done again', async () => {
  const played = await playToOpened(t.url, exampleOf('road-resurfacing'))
  const { cast, p } = played
  const committee = await playToCommittee(played)
  const base = `/api/lots/${p.lot}/evaluation`
  const place = { tender: p.project, lot: p.lot }
  const members = [...committee.seats.values()]
  for (const m of members)
    await m.act(
      `${base}/commitments`,
      'sign-commitment',
      { subject: p.lotSubject, recusals: [] },
      place,
    )
  const chair = committee.seats.get('e1') as Person
  const motion = { kind: 'electChair', member: chair.identity?.party.id }
  for (const m of members.slice(0, 4)) await m.post(`${base}/votes`, { motion, choice: true })
  const desk = await readDesk(chair, p.lot)
  const rows = desk.bids.flatMap((b) =>
    desk.items.qualification.map((i) => ({
      bidder: b.party,
      item: i.id,
      pass: true,
      reason: null,
    })),
  )
  await chair.put(`${base}/draft`, { phase: 'qualification', rows })
  const sheet = { subject: p.lotSubject, phase: 'qualification' as const, rows }
  await chair.act(`${base}/sheets`, 'submit-sheet', sheet, place)
  expect(await slugOf(chair.act(`${base}/sheets`, 'submit-sheet', sheet, place))).toBe(
    'sheet-locked',
  )
  type Seen = Desk & { sheets: unknown[]; you: { draft: unknown; sheets: unknown[] } | null }
  const seenBy = (person: Person) => person.get<Seen>(base)
  expect((await seenBy(chair)).you?.sheets).toHaveLength(1)
  for (const other of [
    committee.seats.get('e2') as Person,
    cast.purchaser,
    cast.agency,
    cast.centre,
  ]) {
    const seen = await seenBy(other)
    expect(seen.sheets).toEqual([])
    expect(seen.you?.draft ?? null).toBeNull()
  }
  expect((await seenBy(cast.regulator)).sheets).toHaveLength(1)
  expect(await slugOf(chair.post(`${base}/phase-closings`, {}))).toBe('sheets-missing')
  // The chair leaves: the next of the reserve takes the seat, accepts, checks in, undertakes.
  await cast.agency.post(`${base}/absences`, { seat: 1, ground: 'health', evidence: '演示证明' })
  const sitting = new Set(members.map((m) => m.identity?.party.id))
  const identities = await Person.nobody(t.url).get<Identity[]>('/api/demo/identities')
  const signInCalled = async () => {
    const draw = await cast.centre.get<DrawView>(`/api/lots/${p.lot}/draw`)
    const found = draw.committee.seats.find((s) => !sitting.has(s.expert as string))
    const identity = identities.find((i) => i.party.id === found?.expert) as Identity
    return Person.signIn(t.url, identity)
  }
  type Mine = {
    duties: { act: string; trade: string; title: { zh: string } }[]
    trades: { id: string }[]
    messages: { trade: string }[]
  }
  const mine = async (person: Person) => {
    const { duties, trades, messages } = await person.get<Mine>('/api/my')
    const own = duties.filter((d) => d.trade === p.project)
    const named = [...trades.map((o) => o.id), ...messages.map((m) => m.trade)]
    return [own.map((d) => `${d.act} ${d.title.zh}`), named.filter((id) => id === p.project)]
  }
  // Called, he knows a time to answer and no project; who declines has never been a member.
  const declining = await signInCalled()
  expect(await mine(declining)).toEqual([['answer-call 评标专家通知'], []])
  expect(await slugOf(readDesk(declining, p.lot))).toBe('not-entitled')
  await declining.post(`/api/lots/${p.lot}/draw/refusals`, {})
  expect(await mine(declining)).toEqual([[], []])
  expect(await slugOf(readDesk(declining, p.lot))).toBe('not-entitled')
  // The next is called and has the seat by himself, without anyone's word.
  const fresh = await signInCalled()
  const id = fresh.identity?.party.id as string
  expect(id).not.toBe(declining.identity?.party.id)
  expect(await slugOf(readDesk(fresh, p.lot))).toBe('not-entitled')
  await fresh.post(`/api/lots/${p.lot}/draw/acceptances`, {})
  const undertaking = { subject: p.lotSubject, recusals: [] }
  expect(
    await slugOf(fresh.act(`${base}/commitments`, 'sign-commitment', undertaking, place)),
  ).toBe('not-checked-in')
  await cast.centre.post(`/api/lots/${p.lot}/draw/check-ins`, {
    member: id,
    venue: '371300',
    cardShown: true,
    faceMatches: true,
  })
  await fresh.act(`${base}/commitments`, 'sign-commitment', undertaking, place)
  expect(await slugOf(chair.get(base))).toBe('not-entitled')
  const { evaluations } = await loadTrade(t.platform, p.project)
  expect(evaluations.get(p.lot)).toMatchObject({ stage: 'phase', chair: null, sheets: [] })
}, 60_000)

interface Course {
  readonly stage: string
  readonly phase: string | null
  readonly phaseBids: readonly string[]
  readonly members: readonly { name: string | null; isChair: boolean | null; place: string }[]
  readonly course: {
    readonly pause: { readonly cause: string } | null
    readonly changes: readonly object[]
  } | null
  readonly acts: Readonly<Record<string, { readonly type: string } | null>>
}

test('who organises knows seats and progress: no name, no sheet, and not who was rejected', async () => {
  const played = await playToOpened(t.url, exampleOf('road-resurfacing'))
  const { input, cast, p } = played
  const committee = await playToCommittee(played)
  await beginEvaluation(committee, p)
  for (const phase of ['qualification', 'responsiveness'] as const)
    await playPhase(cast, input, committee, p, phase)
  const base = `/api/lots/${p.lot}/evaluation`
  const ids = [...committee.seats.values()].map((m) => m.identity?.party.id as string)
  const names = [...committee.seats.values()].map((m) => m.identity?.party.name as string)
  const read = (person: Person) => person.get<Course>(base)
  const seenBy = async (person: Person) => JSON.stringify(await read(person))
  const isSealed = async (...people: Person[]) => {
    for (const person of people) {
      const text = await seenBy(person)
      for (const one of [...ids, ...names]) expect(text).not.toContain(one)
    }
  }
  const member = committee.seats.get('e2') as Person
  const [bidder] = cast.bidders.values()
  // Some were rejected: the list of the next phase tells which.
  const { bids } = await readDesk(member, p.lot)
  const left = bids.filter((b) => b.rejected.length === 0).map((b) => b.party)
  expect(left.length).toBeLessThan(bids.length)
  expect((await read(member)).phaseBids).toEqual(left)
  for (const person of [cast.agency, cast.purchaser, cast.centre, bidder])
    expect((await read(person)).phaseBids).toEqual([])
  expect(await read(bidder)).toMatchObject({ phase: null, members: [], course: null, acts: {} })
  expect(await read(cast.agency)).toMatchObject({
    phase: 'scoring',
    course: { pause: null, changes: [] },
    acts: { pause: null, recordAbsence: null, resume: { type: '/problems/not-at-this-stage' } },
  })
  expect((await read(cast.purchaser)).acts).toEqual({})
  expect(Object.keys((await read(cast.regulator)).acts)).toEqual(['pause', 'resume'])
  await isSealed(cast.agency, cast.purchaser)

  const absence = { ground: 'health', evidence: '就诊记录（演示）' }
  await cast.agency.post(`${base}/pauses`, { cause: '停电' })
  for (const person of [cast.agency, cast.purchaser, member])
    expect(await read(person)).toMatchObject({
      stage: 'paused',
      course: { pause: { cause: '停电' } },
    })
  expect((await read(bidder)).course).toBeNull()
  expect(await read(cast.agency)).toMatchObject({
    acts: { resume: null, recordAbsence: { type: '/problems/not-at-this-stage' } },
  })
  expect(await slugOf(cast.agency.post(`${base}/absences`, { seat: 1, ...absence }))).toBe(
    'not-at-this-stage',
  )
  await cast.agency.post(`${base}/resumptions`, {})

  // The chair's seat, then a representative's, which the purchaser alone can fill.
  await cast.agency.post(`${base}/absences`, { seat: 1, ...absence })
  await cast.agency.post(`${base}/absences`, { seat: 7, ground: 'leaving', evidence: '记录' })
  const after = await read(cast.agency)
  expect(after.course?.changes).toEqual([
    { seat: 1, ground: 'health' },
    { seat: 7, ground: 'leaving' },
  ])
  expect(after.members.map((m) => m.place)).toEqual([
    'called',
    ...Array.from({ length: 5 }, () => 'present'),
    'awaited',
  ])
  expect(after.members.every((m) => m.name === null && m.isChair === null)).toBe(true)
  await isSealed(cast.agency, cast.purchaser)
  type Mine = { duties: { act: string; trade: string }[] }
  const duties = async (person: Person) =>
    (await person.get<Mine>('/api/my')).duties
      .filter((d) => d.trade === p.project)
      .map((d) => d.act)
  expect(await duties(cast.purchaser)).toContain('name-representatives')
  // Without a chair a pause is the agency's to end.
  await cast.regulator.post(`${base}/pauses`, { cause: '核查' })
  expect(await duties(cast.agency)).toContain('resume-evaluation')
  await cast.regulator.post(`${base}/resumptions`, {})
  expect(await duties(cast.agency)).not.toContain('resume-evaluation')
}, 120_000)

test('a member who declares a recusal reads nothing more; where nobody is left another committee is drawn', async () => {
  const played = await playToOpened(t.url, exampleOf('road-resurfacing'))
  const { input, cast, p } = played
  const base = `/api/lots/${p.lot}/evaluation`
  const [recused, ...others] = [...(await playToCommittee(played)).seats.values()] as [
    Person,
    ...Person[],
  ]
  const undertaking = { subject: p.lotSubject, recusals: ['演示：与投标人有亲属关系'] }
  const place = { tender: p.project, lot: p.lot }
  await recused.act(`${base}/commitments`, 'sign-commitment', undertaking, place)
  expect(await slugOf(readDesk(recused, p.lot))).toBe('not-entitled')
  const state = async () => (await loadTrade(t.platform, p.project)).evaluations.get(p.lot)
  expect(await state()).toMatchObject({
    stage: 'assembled',
    replaced: [{ leaves: recused.identity?.party.id, ground: 'recusal' }],
  })
  // Whoever follows cannot come either, until the pool is exhausted: nobody has to end the lot for it.
  for (let i = 0; (await state())?.stage === 'assembled' && i < 100; i++)
    await cast.agency.post(`${base}/absences`, { seat: 1, ground: 'absence', evidence: '演示' })
  expect(await state()).toMatchObject({
    stage: 'none',
    former: { times: 1, recused: [recused.identity?.party.id] },
  })
  expect(await slugOf(readDesk(others[0] as Person, p.lot))).toBe('not-entitled')
  await runDraw(cast, p)
  const committee = await seatCommittee(cast, input, p)
  const ids = [...committee.seats.values()].map((m) => m.identity?.party.id)
  expect(ids).not.toContain(recused.identity?.party.id)
  expect((await playEvaluation(cast, input, committee, p)).stage).toBe('reported')
  // Both draws and the committee that is none any more are in the bag, and hold.
  await playAward(cast, input, p)
  const bag = await cast.regulator.raw(`/api/lots/${p.lot}/bags/full`)
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'yg-dissolved-')), 'full.zip')
  fs.writeFileSync(file, Buffer.from(await bag.arrayBuffer()))
  const trust = await cast.regulator.get<TrustFile>('/api/trust')
  const found = await verifyArchive((await OpenBag.read(file)).asFiles(), trust, Date.now())
  expect(found.findings).toEqual([])
  expect(found.verdict).toBe('passed')
}, 180_000)

test('scores out of range, off the step, missing or of another bid are refused, and the draft stays', async () => {
  const played = await playToOpened(t.url, exampleOf('school-canteen'))
  const { input, cast, p } = played
  const committee = await playToCommittee(played)
  await beginEvaluation(committee, p)
  await playPhase(cast, input, committee, p, 'responsiveness')
  const [[seat, member]] = committee.seats
  const base = `/api/lots/${p.lot}/evaluation`
  const good = rowsOf(cast, input, seat, await readDesk(member, p.lot), 'scoring')
  await member.put(`${base}/draft`, { phase: 'scoring', rows: good })
  const [first, ...rest] = good
  const send = (rows: typeof good) =>
    slugOf(
      member.act(
        `${base}/sheets`,
        'submit-sheet',
        { subject: p.lotSubject, phase: 'scoring', rows },
        { tender: p.project, lot: p.lot },
      ),
    )
  expect(await send([{ ...first, points: '18.5' }, ...rest])).toBe('score-range')
  expect(await send([{ ...first, points: '3.25' }, ...rest])).toBe('score-range')
  expect(await send(rest)).toBe('sheet-incomplete')
  const [rejected] = (await readDesk(member, p.lot)).bids.filter((b) => b.rejected.length > 0)
  expect(await send([{ ...first, bidder: rejected.party }, ...rest])).toBe('sheet-foreign-row')
  const { you } = await member.get<{ you: { draft: { rows: unknown[] }; sheets: unknown[] } }>(base)
  expect(you.draft.rows).toHaveLength(good.length)
  expect(you.sheets.filter((s) => (s as { phase: string }).phase === 'scoring')).toEqual([])
}, 60_000)

test('files of a bid go by role: qualification alone to the purchaser, all to the committee', async () => {
  const played = await playToOpened(t.url, exampleOf('school-canteen'))
  const { cast, p } = played
  type Files = { bids: { party: string; files: { blob: string; role: string; bytes: number }[] }[] }
  const base = `/api/lots/${p.lot}/evaluation`
  const reviewed = await cast.purchaser.get<Files>(base)
  expect(reviewed.bids).toHaveLength(5)
  for (const bid of reviewed.bids) expect(bid.files.map((f) => f.role)).toEqual(['qualification'])
  const [{ party, files }] = reviewed.bids
  const path = (blob: string) => `${base}/bids/${party}/files/${blob}`
  const bytes = await (await cast.purchaser.raw(path(files[0].blob))).arrayBuffer()
  expect(bytes.byteLength).toBe(files[0].bytes)
  const watched = await cast.regulator.get<Files>(base)
  const technical = watched.bids
    .find((b) => b.party === party)
    ?.files.find((f) => f.role === 'technical')
  await expect(cast.purchaser.raw(path(technical?.blob as string))).rejects.toMatchObject({
    status: 404,
  })
  await expect(cast.regulator.raw(path(technical?.blob as string))).rejects.toMatchObject({
    status: 403,
  })
  await cast.regulator.raw(
    `${path(technical?.blob as string)}?reason=${encodeURIComponent('演示监督')}`,
  )
  const looks = async () => {
    const [{ n }] = await t.platform.sql`
      select count(*)::int as n from log.events where stream like 'access:%'`
    return n
  }
  expect(await looks()).toBe(2)
  // Page after page of a long scan: parts of the same bytes, and one look.
  const part = async (range: string) => {
    const answer = await cast.purchaser.request('GET', path(files[0].blob), { headers: { range } })
    const content = new Uint8Array(await answer.arrayBuffer())
    return { status: answer.status, of: answer.headers.get('content-range'), content }
  }
  const whole = new Uint8Array(bytes)
  const size = whole.length
  expect(await part('bytes=0-9')).toEqual({
    ...{ status: 206, of: `bytes 0-9/${size}`, content: whole.subarray(0, 10) },
  })
  expect((await part(`bytes=${size - 3}-`)).content).toEqual(whole.subarray(size - 3))
  expect((await part('bytes=-5')).content).toEqual(whole.subarray(size - 5))
  expect(await part(`bytes=${size}-`)).toMatchObject({ status: 200, of: null })
  expect(await looks()).toBe(3)
  const committee = await playToCommittee(played)
  const expert = committee.seats.get('e1') as Person
  expect((await expert.get<Files>(base)).bids[0].files.length).toBeGreaterThan(1)
}, 60_000)
