import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  publishCandidates,
  publishResult,
  readAward,
  signContract,
} from '../../db/seed/play/award.ts'
import { gatherCast } from '../../db/seed/play/cast.ts'
import type { Person } from '../../db/seed/play/client.ts'
import {
  beginEvaluation,
  bidderOf,
  playEvaluation,
  playPhase,
  readDesk,
} from '../../db/seed/play/evaluation.ts'
import type { Committee } from '../../db/seed/play/experts.ts'
import { moveClockTo, newProjectId, publish } from '../../db/seed/play/tendering.ts'
import { type TrustFile, verifyArchive } from '../../server/archive/verify/verify.ts'
import { exampleOf, type Played, playToCommittee, playToOpened, slugOf } from '../kit/evaluation.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { OpenBag } from '../kit/tamper.ts'

/**
 * What the law has beside the usual way: bids revoked after the opening, corrected prices, reports
 * from which a majority dissents or which the purchaser sends back, candidates who can't be awarded,
 * prices of zero, and the bonds of lots that were never opened.
 */
let t: TestPlatform
beforeAll(async () => {
  t = await testPlatform()
})
afterAll(() => t.stop())

const placeOf = ({ p }: Pick<Played, 'p'>) => ({ tender: p.project, lot: p.lot })
const bidderNamed = ({ cast }: Pick<Played, 'cast'>, bid: string) => cast.bidders.get(bid) as Person

/** A majority carries a motion; the chair puts it. */
async function carry(committee: Committee, lot: string, motion: object): Promise<void> {
  const chair = committee.seats.get(committee.chairSeat) as Person
  const members = [...committee.seats.values()]
  const most = Math.floor(members.length / 2) + 1
  for (const member of [chair, ...members.filter((m) => m !== chair)].slice(0, most))
    await member.post(`/api/lots/${lot}/evaluation/votes`, { motion, choice: true })
}

/** Signs, or dissents: the first so many members dissent. */
async function signReport(played: Played, committee: Committee, dissenting: number): Promise<void> {
  const { p } = played
  const base = `/api/lots/${p.lot}/evaluation`
  for (const [i, member] of [...committee.seats.values()].entries()) {
    const desk = await readDesk(member, p.lot)
    if (desk.stage !== 'ranked' || !desk.report) return
    const own = { subject: p.lotSubject, reportSha256: desk.report.reportSha256 }
    if (i < dissenting)
      await member.act(
        `${base}/dissents`,
        'dissent',
        { ...own, reason: '演示：不同意排名。' },
        placeOf(played),
      )
    else await member.act(`${base}/report-signatures`, 'sign-report', own, placeOf(played))
  }
}

async function revoke(played: Played, bid: string): Promise<void> {
  const { p } = played
  await bidderNamed(played, bid).act(
    `/api/lots/${p.lot}/bid-revocations`,
    'revoke-bid',
    { subject: p.lotSubject, reason: '演示：原材料涨价。' },
    placeOf(played),
  )
}

interface Seen {
  readonly stage: string
  readonly lotStage: string
  readonly left?: readonly string[]
  readonly discussUntil: string | null
  readonly corrections: readonly { readonly id: string; readonly correctedFen: number }[]
  readonly report: { readonly ranking: readonly { readonly bid: string }[] } | null
}

describe('a trade in which all of it happens', () => {
  let played: Played
  let committee: Committee
  let base: string
  const seen = (person: Person) => person.get<Seen>(base)
  const chair = () => committee.seats.get(committee.chairSeat) as Person
  const without = (bid: string) => {
    const { input } = played
    return { ...input, bids: input.bids.filter((b) => b.id !== bid) }
  }

  beforeAll(async () => {
    played = await playToOpened(t.url, exampleOf('road-resurfacing'))
    committee = await playToCommittee(played)
    base = `/api/lots/${played.p.lot}/evaluation`
    await beginEvaluation(committee, played.p)
    await playPhase(played.cast, played.input, committee, played.p, 'qualification')
  }, 120_000)

  test('a bid that is revoked is judged no more, and its bond may be kept', async () => {
    const { cast, p } = played
    const out = bidderOf(cast, 'bid-6')
    expect((await seen(chair())).left).toContain(out)
    await revoke(played, 'bid-6')
    expect((await seen(chair())).left).not.toContain(out)
    const { items } = await cast.agency.get<{
      items: { bidder: string; mayForfeit: boolean; isRevoked: boolean; id: string }[]
    }>(`/api/lots/${p.lot}/bonds`)
    expect(items.filter((b) => b.isRevoked).map((b) => b.bidder)).toEqual([out])
    expect(items.every((b) => b.mayForfeit === (b.bidder === out))).toBe(true)
    const [own] = items.filter((b) => b.bidder === out)
    const settle = (bidder: string, id: string) =>
      cast.agency.post(`/api/lots/${p.lot}/bond-settlements`, { bidder, id, how: 'forfeited' })
    await settle(out, own?.id as string)
    const other = items.find((b) => b.bidder !== out)
    expect(await slugOf(settle(other?.bidder as string, other?.id as string))).toBe(
      'bond-not-at-risk',
    )
    played = { ...played, input: without('bid-6') }
  }, 60_000)

  test('a corrected price waits for its bidder, who alone may confirm it', async () => {
    const { cast, input, p } = played
    const bid = input.bids.find((b) => b.id === 'bid-3')
    const priceFen = bid?.priceFen as number
    const motion = {
      kind: 'correctPrice',
      id: 'c-1',
      bidder: bidderOf(cast, 'bid-3'),
      items: [{ item: 1, quantity: '1', unitPriceFen: priceFen + 100, statedTotalFen: priceFen }],
      wordsTotal: null,
      reason: '演示：单价与合计不一致。',
      minutes: 30,
    }
    await carry(committee, p.lot, motion)
    const own = bidderNamed(played, 'bid-3')
    expect((await seen(own)).corrections).toMatchObject([{ correctedFen: priceFen + 100 }])
    expect((await seen(bidderNamed(played, 'bid-1'))).corrections).toEqual([])
    const answer = (person: Person, correctedFen: number) =>
      person.act(
        `${base}/correction-answers`,
        'confirm-correction',
        { subject: p.lotSubject, id: 'c-1', correctedFen, isConfirmed: true },
        placeOf(played),
      )
    expect(await slugOf(answer(own, priceFen))).toBe('correction-differs')
    expect(await slugOf(answer(bidderNamed(played, 'bid-1'), priceFen + 100))).toBe(
      'correction-unknown',
    )
    await answer(own, priceFen + 100)
    await playPhase(cast, played.input, committee, p, 'responsiveness')
    await playPhase(cast, played.input, committee, p, 'scoring')
  }, 60_000)

  test('a report from which a majority dissents is discussed once, then goes with the dissents', async () => {
    const { cast, p } = played
    const desk = await readDesk(chair(), p.lot)
    for (const alarm of (desk.alarms ?? []).filter((a) => a.confirmed === null)) {
      const member = [...committee.seats.values()].find(
        (m) => m.identity?.party.id === alarm.member,
      )
      await member?.post(`${base}/score-confirmations`, {
        alarm: alarm.alarm,
        reason: '独立评分。',
      })
    }
    const most = Math.floor(committee.seats.size / 2) + 1
    expect((await seen(chair())).report?.ranking.map((r) => r.bid)).not.toContain(
      bidderOf(cast, 'bid-6'),
    )
    await signReport(played, committee, most)
    const back = await seen(chair())
    expect(back.stage).toBe('aggregated')
    expect(back.discussUntil).not.toBeNull()
    await carry(committee, p.lot, { kind: 'rankAgain' })
    expect((await seen(chair())).stage).toBe('ranked')
    await signReport(played, committee, most)
    await chair().post(`${base}/report`, {})
    expect(await seen(cast.regulator)).toMatchObject({ stage: 'reported', lotStage: 'evaluated' })
    const { party } = await cast.purchaser.get<{
      party: { ranking: { bidder: string; priceFen: number; openedFen?: number }[] }
    }>(`/api/lots/${p.lot}/award`)
    const corrected = party.ranking.filter((row) => row.openedFen !== undefined)
    expect(corrected.map((row) => [row.bidder, row.priceFen - (row.openedFen ?? 0)])).toEqual([
      [bidderOf(cast, 'bid-3'), 100],
    ])
  }, 60_000)

  test('the purchaser sends the report back once; the same committee reports again', async () => {
    const { cast, p } = played
    const { party } = await cast.purchaser.get<{ party: { report: string } }>(
      `/api/lots/${p.lot}/award`,
    )
    const sendBack = (report: string) =>
      cast.purchaser.act(
        `/api/lots/${p.lot}/report-returns`,
        'send-back-report',
        { subject: p.lotSubject, report, ground: 'sumError', reason: '演示：合计有误。' },
        placeOf(played),
      )
    await sendBack(party.report)
    expect(await seen(chair())).toMatchObject({ stage: 'aggregated', lotStage: 'evaluating' })
    await carry(committee, p.lot, { kind: 'rankAgain' })
    await signReport(played, committee, 0)
    await chair().post(`${base}/report`, {})
    expect((await seen(cast.regulator)).lotStage).toBe('evaluated')
    expect(await slugOf(sendBack(party.report))).toBe('report-rechecked')
  }, 60_000)

  test('a candidate who revokes, and one who is passed over with evidence, are not awarded', async () => {
    const { cast, p } = played
    await publishCandidates(cast, p)
    const published = await readAward(cast.purchaser, p.lot)
    const [first, second, third] = published.candidates ?? []
    const bidOf = (party: string | undefined) =>
      [...cast.bidders].find(([, person]) => person.identity?.party.id === party)?.[0] as string
    await revoke(played, bidOf(second?.bidder))
    await moveClockTo(cast, p.project, published.publicityUntil as string)
    await cast.purchaser.act(
      `/api/lots/${p.lot}/passed-over`,
      'pass-over-candidate',
      {
        subject: p.lotSubject,
        bidder: first?.bidder as string,
        ground: 'offence',
        reason: '演示：业绩造假。',
        evidence: '演示处罚决定书〔2026〕1号',
      },
      placeOf(played),
    )
    const decide = (bidder: string, priceFen: number) =>
      cast.purchaser.act(
        `/api/lots/${p.lot}/award`,
        'award',
        { subject: p.lotSubject, bidder, priceFen, reason: null },
        placeOf(played),
      )
    for (const gone of [first, second])
      expect(await slugOf(decide(gone?.bidder as string, gone?.priceFen as number))).toBe(
        'not-first-candidate',
      )
    await decide(third?.bidder as string, third?.priceFen as number)
    await publishResult(cast, p)
    await signContract(cast, p)
    expect((await readAward(cast.purchaser, p.lot)).stage).toBe('contracted')
    const letter = await bidderNamed(played, 'bid-6').get<{ letter: { reason: object } }>(
      `/api/lots/${p.lot}/letter`,
    )
    expect(letter.letter.reason).toEqual({ kind: 'revoked' })
  }, 60_000)

  test('both bags of it verify: revocations, corrections and the second report included', async () => {
    const { cast, p } = played
    const trust = await cast.regulator.get<TrustFile>('/api/trust')
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-law-'))
    for (const kind of ['full', 'public'] as const) {
      const answer = await cast.regulator.raw(`/api/lots/${p.lot}/bags/${kind}`)
      const file = path.join(folder, `${kind}.zip`)
      fs.writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
      const bag = await OpenBag.read(file)
      const result = await verifyArchive(bag.asFiles(), trust, Date.now())
      expect(result.findings).toEqual([])
      expect(result.verdict).toBe('passed')
    }
  }, 120_000)
})

test('a project names three organisations, each registered as what it takes part as', async () => {
  const cast = await gatherCast(t.url, exampleOf('road-resurfacing'))
  const id = (person: Person) => person.identity?.party.id as string
  const create = (purchaser: string, tradingCentre: string) =>
    cast.agency.post('/api/projects', {
      id: newProjectId('2026-03-02'),
      ...{ purchaser, tradingCentre, mandate: '演示委托代理协议' },
    })
  const [agency, purchaser, centre] = [cast.agency, cast.purchaser, cast.centre].map(id)
  expect(await slugOf(create(agency, agency))).toBe('parties-not-distinct')
  expect(await slugOf(create('任意文字', centre))).toBe('party-not-purchaser')
  expect(await slugOf(create(centre, purchaser))).toBe('party-not-purchaser')
  expect(await slugOf(create(purchaser, id(cast.regulator)))).toBe('party-not-centre')
  await create(purchaser, centre)
})

test('a price of zero is read out, rejected by the rule, and the others are ranked', async () => {
  const input = exampleOf('school-canteen')
  const bids = input.bids.map((b) => (b.id === 'bid-2' ? { ...b, priceFen: 0 } : b))
  const played = await playToOpened(t.url, { ...input, bids })
  const { cast, p } = played
  const committee = await playToCommittee(played)
  const desk = await playEvaluation(cast, played.input, committee, p)
  expect(desk.stage).toBe('reported')
  const free = bidderOf(cast, 'bid-2')
  expect(desk.report?.ranking.map((r) => r.bid)).not.toContain(free)
  const { rejections = [] } = desk.report?.report ?? {}
  expect(rejections).toContainEqual(
    expect.objectContaining({ bidder: free, ground: 'unacceptableCondition', item: null }),
  )
}, 120_000)

test('bonds of a lot that was never opened go back, and nobody learns who had bid', async () => {
  const input = exampleOf('road-resurfacing')
  const cast = await gatherCast(t.url, input)
  const p = await publish(cast, input)
  const [bid] = input.bids
  const bidder = cast.bidders.get(bid?.id as string) as Person
  await bidder.post(`/api/lots/${p.lot}/participation`, {})
  await bidder.post(`/api/lots/${p.lot}/bond`, {
    id: 'bond-1',
    amountFen: input.tender.lots[0].bondFen,
    form: 'transfer',
    reference: '演示流水',
  })
  interface Row {
    readonly bidder: string
    readonly id: string
    readonly settled: string | null
    readonly mayForfeit: boolean
  }
  const read = () => cast.agency.get<{ items: readonly Row[] }>(`/api/lots/${p.lot}/bonds`)
  const settle = (how: 'returned' | 'forfeited') =>
    cast.agency.post(`/api/lots/${p.lot}/bond-settlements`, {
      bidder: bidder.identity?.party.id,
      id: 'bond-1',
      how,
    })
  expect((await read()).items).toEqual([])
  expect(await slugOf(settle('returned'))).toBe('not-at-this-stage')
  await moveClockTo(cast, p.project, p.deadline)
  expect((await readAward(cast.agency, p.lot)).stage).toBe('failed')
  expect((await read()).items).toMatchObject([{ settled: null, mayForfeit: false }])
  expect(await slugOf(settle('forfeited'))).toBe('bond-not-at-risk')
  await settle('returned')
  expect((await read()).items).toMatchObject([{ settled: 'returned' }])
}, 60_000)
