import { afterAll, beforeAll, expect, test } from 'vitest'
import { award, publishCandidates, publishResult, readAward } from '../../db/seed/play/award.ts'
import { gatherCast } from '../../db/seed/play/cast.ts'
import type { Person } from '../../db/seed/play/client.ts'
import { playEvaluation } from '../../db/seed/play/evaluation.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { moveClockTo, publish } from '../../db/seed/play/tendering.ts'
import { exampleOf, type Played, playToCommittee, playToOpened, slugOf } from '../kit/evaluation.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'

let t: TestPlatform
beforeAll(async () => {
  t = await testPlatform()
})
afterAll(() => t.stop())

async function playToReport(name: string): Promise<Played> {
  const played = await playToOpened(t.url, exampleOf(name))
  const committee = await playToCommittee(played)
  await playEvaluation(played.cast, played.input, committee, played.p)
  return played
}
const filing = (played: Played, change: object = {}) =>
  ({
    subject: played.p.lotSubject,
    id: 'obj-1',
    kind: 'objection',
    about: 'result',
    facts: '演示异议：对中标候选人的业绩有异议。',
    request: '重新核实。',
    law: '招标投标法实施条例 art. 54',
    ...change,
  }) as never
const place = ({ p }: Played) => ({ tender: p.project, lot: p.lot })
const daysAfter = (instant: string, days: number) =>
  new Date(Date.parse(instant) + days * 86_400_000).toISOString()

test('an objection to the result holds the lot until it is answered, and the days go on after', async () => {
  const played = await playToReport('road-resurfacing')
  const { cast, p } = played
  const loser = cast.bidders.get('bid-6') as Person
  const path = `/api/lots/${p.lot}/objections`
  expect(await slugOf(loser.act(path, 'file-objection', filing(played), place(played)))).toBe(
    'nothing-to-object',
  )
  await publishCandidates(cast, p)
  const { publicityUntil, now } = await readAward(cast.purchaser, p.lot)
  expect(
    await slugOf(
      loser.act(path, 'file-objection', filing(played, { kind: 'challenge' }), place(played)),
    ),
  ).toBe('wrong-kind')
  await loser.act(path, 'file-objection', filing(played), place(played))
  expect(await slugOf(loser.get(`/api/lots/${p.lot}/letter`))).toBe('not-found')
  const other = cast.bidders.get('bid-1') as Person
  expect((await other.get<{ items: unknown[] }>(path)).items).toEqual([])
  expect((await loser.get<{ items: unknown[] }>(path)).items).toHaveLength(1)
  const page = await cast.agency.get<{ lots: { suspended: boolean }[] }>(
    `/api/projects/${p.project}`,
  )
  expect(page.lots[0].suspended).toBe(true)
  await cast.agency.post(`${path}/obj-1/acceptance`, {})
  // Past its end, and still the publicity doesn't end: its clock stands.
  await moveClockTo(cast, p.project, daysAfter(publicityUntil as string, 2))
  expect((await readAward(cast.purchaser, p.lot)).stage).toBe('publicity')
  await cast.purchaser.act(
    `${path}/obj-1/reply`,
    'reply-objection',
    { subject: p.lotSubject, id: 'obj-1', upheld: false, text: '经核实，业绩属实。' },
    place(played),
  )
  // The answer goes to all whom it concerns, and names nobody.
  const seen = await other.get<{ items: object[]; copies: object[] }>(path)
  expect(seen.items).toEqual([])
  expect(seen.copies).toMatchObject([{ about: 'result', answer: { upheld: false } }])
  expect(JSON.stringify(seen.copies)).not.toContain(loser.identity?.party.id)
  const resumed = await readAward(cast.purchaser, p.lot)
  const heldMs = Date.parse(resumed.publicityUntil as string) - Date.parse(publicityUntil as string)
  expect(heldMs).toBeGreaterThan(Date.parse(publicityUntil as string) - Date.parse(now))
  await moveClockTo(cast, p.project, resumed.publicityUntil as string)
  expect((await readAward(cast.purchaser, p.lot)).stage).toBe('awarding')
  await award(cast, p)
  expect((await readAward(loser, p.lot)).stage).toBe('awarded')
}, 60_000)

test('an objection to the document stops bidding until it is answered, and the deadline makes up for it', async () => {
  const input = exampleOf('road-resurfacing')
  const cast = await gatherCast(t.url, input)
  const p = await publish(cast, input)
  const played = { input, cast, p }
  const [bid] = input.bids
  const bidder = cast.bidders.get(bid.id) as Person
  await bidder.post(`/api/lots/${p.lot}/participation`, {})
  const path = `/api/lots/${p.lot}/objections`
  const at = { tender: p.project, lot: p.lot, subject: p.lotSubject }
  await submitBidOf(bidder, at, bid)
  await bidder.act(path, 'file-objection', filing(played, { about: 'document' }), place(played))
  expect(await slugOf(submitBidOf(bidder, at, bid))).toBe('lot-suspended')
  await cast.agency.post(`${path}/obj-1/acceptance`, {})
  // Past the deadline as it was: nothing is opened, and nobody is late.
  await moveClockTo(cast, p.project, daysAfter(p.deadline, 1))
  const read = () =>
    cast.agency.get<{
      lots: { stage: string }[]
      published: {
        deadline: string
        times: { openingAt: string; objectDocumentUntil: string; validityUntil: string }
      }
    }>(`/api/projects/${p.project}`)
  expect((await read()).lots[0].stage).toBe('tendering')
  // Its old instant has gone by, and still a bid is withdrawn, with its bond, and not revoked.
  const own = await bidder.get<{ bid: { act: string } }>(`/api/lots/${p.lot}/bid`)
  const revoking = bidder.act(
    `/api/lots/${p.lot}/bid-revocations`,
    'revoke-bid',
    { subject: p.lotSubject, reason: '演示：放弃。' },
    place(played),
  )
  expect(await slugOf(revoking)).toBe('deadline-held')
  await bidder.act(
    `/api/lots/${p.lot}/bid-withdrawals`,
    'withdraw-bid',
    { subject: p.lotSubject, withdraws: own.bid.act },
    place(played),
  )
  await cast.purchaser.act(
    `${path}/obj-1/reply`,
    'reply-objection',
    { subject: p.lotSubject, id: 'obj-1', upheld: false, text: '招标文件的要求与项目相适应。' },
    place(played),
  )
  const { deadline } = (await read()).published
  expect(Date.parse(deadline)).toBeGreaterThan(Date.parse(daysAfter(p.deadline, 20)))
  expect(deadline.slice(10)).toBe(p.deadline.slice(10))
  const { times } = (await read()).published
  expect(times.openingAt).toBe(deadline)
  expect(times.objectDocumentUntil < deadline).toBe(true)
  expect(Date.parse(times.validityUntil)).toBeGreaterThan(Date.parse(daysAfter(deadline, 80)))
  await submitBidOf(bidder, at, bid)
}, 60_000)

test('the purchaser is bound to rank 1 at its bid price, then to who follows', async () => {
  const played = await playToReport('school-canteen')
  const { cast, p } = played
  const { candidates } = await readAward(cast.purchaser, p.lot)
  const [first, second] = candidates ?? []
  const decide = (bidder: string, priceFen: number) =>
    cast.purchaser.act(
      `/api/lots/${p.lot}/award`,
      'award',
      { subject: p.lotSubject, bidder, priceFen, reason: null },
      place(played),
    )
  expect(await slugOf(decide(second.bidder, second.priceFen))).toBe('not-first-candidate')
  expect(await slugOf(decide(first.bidder, first.priceFen - 1))).toBe('price-differs')
  await decide(first.bidder, first.priceFen)
  await cast.purchaser.act(
    `/api/lots/${p.lot}/award-cancellations`,
    'cancel-award',
    { subject: p.lotSubject, ground: 'gaveUp', reason: '演示：中标人放弃。' },
    place(played),
  )
  await decide(second.bidder, second.priceFen)
  const personOf = (party: string) =>
    [...cast.bidders.values()].find((one) => one.identity?.party.id === party) as Person
  const loser = personOf(first.bidder)
  const letter = `/api/lots/${p.lot}/letter`
  // Until its notice nobody but the parties knows the result.
  expect((await readAward(loser, p.lot)).award).toBeNull()
  expect(await slugOf(loser.get(letter))).toBe('not-found')
  expect(await slugOf(loser.get(`/api/lots/${p.lot}/bags/public`))).toBe('result-not-published')
  const awards = async (person: Person) => {
    const { items } = await person.get<{ items: { type: string }[] }>(
      `/api/projects/${p.project}/events`,
    )
    return items.filter(({ type }) => type === 'LotAwarded' || type === 'AwardCancelled').length
  }
  expect([await awards(loser), await awards(cast.purchaser)]).toEqual([0, 3])
  await publishResult(cast, p)
  expect(await awards(loser)).toBe(3)
  const shown = (await readAward(loser, p.lot)).award as unknown as {
    bidder: string
    notice: { goods: { fen: number | null }[]; experts: { name: string }[]; uscc: string }
  }
  expect(shown.bidder).toBe(second.bidder)
  expect(shown.notice.uscc).toBe(second.bidder)
  expect(shown.notice.goods.map((line) => line.fen)).toEqual([second.priceFen])
  expect(shown.notice.experts.length).toBeGreaterThanOrEqual(5)
  expect((await loser.get<{ letter: object }>(letter)).letter).toMatchObject({
    kind: 'notAwarded',
    rank: 1,
    reason: { kind: 'cancelled', ground: 'gaveUp' },
  })
  const challenger = cast.bidders.get('bid-5') as Person
  const challenge = filing(played, { id: 'c-1', kind: 'challenge' })
  await challenger.act(`/api/lots/${p.lot}/objections`, 'file-objection', challenge, place(played))
  const page = await cast.agency.get<{ lots: { suspended: boolean }[] }>(
    `/api/projects/${p.project}`,
  )
  expect(page.lots[0].suspended).toBe(false)
  expect(await slugOf(cast.agency.post(`/api/lots/${p.lot}/archive`, {}))).toBe('not-at-this-stage')
}, 60_000)

test('government procurement: five working days of silence are rank 1', async () => {
  const played = await playToReport('school-canteen')
  const { cast, p } = played
  const { candidates, now } = await readAward(cast.purchaser, p.lot)
  await moveClockTo(cast, p.project, daysAfter(now, 10))
  const { stage, award: made } = await readAward(cast.purchaser, p.lot)
  expect(stage).toBe('awarded')
  expect(made?.bidder).toBe(candidates?.[0].bidder)
}, 60_000)
