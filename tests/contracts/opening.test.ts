import fs from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ServerProblem } from '../../db/seed/play/client.ts'
import {
  confirmRow,
  type Hall,
  playOpening,
  readHall,
  release,
  signInToHall,
} from '../../db/seed/play/opening.ts'
import { paperOf } from '../../db/seed/play/papers.ts'
import { ownRelease, sealBidOf, signedSubmission, submitBidOf } from '../../db/seed/play/seal.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { b64u, concat } from '../../server/formats/bytes.ts'
import { loadTrade } from '../../server/platform.ts'
import { newBidSecret } from '../../server/sealing/index.ts'
import { sealedPath } from '../../server/vault/blobs.ts'
import { findOpenedFile, openedFiles } from '../../server/vault/opened-files.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

let t: TestPlatform
beforeAll(async () => {
  t = await testPlatform()
})
afterAll(() => t.stop())

const slugOf = async (answer: Promise<unknown>): Promise<string> => {
  const error = await answer.then(
    () => new Error('it was taken'),
    (e) => e,
  )
  if (!(error instanceof ServerProblem)) throw error
  return error.slug
}
const submitAll = async (trade: TestTrade, count: number) => {
  for (let n = 1; n <= count; n++) await submitBidOf(trade.bidder(n), trade.at, trade.bid(n))
}
const isPriceIn = (hall: unknown, trade: TestTrade) =>
  [1, 2, 3, 4].some((n) => JSON.stringify(hall).includes(String(trade.bid(n).priceFen)))

test('a whole opening: listed at T, released, opened at once, confirmed, closed', async () => {
  const trade = await publishedTrade(t, 4)
  await submitAll(trade, 4)
  const { agency, centre, regulator } = trade.cast
  const lead = new Date(Date.parse(trade.deadline) - 30 * 60_000).toISOString()
  await moveClockTo(trade.cast, trade.project, lead)
  await signInToHall(agency, trade.project)
  expect(
    await slugOf(trade.bidder(1).post(`/api/projects/${trade.project}/opening/attendance`, {})),
  ).toBe('not-yet')
  await trade.bidder(1).post(`/api/lots/${trade.lot}/hall-entry`, {})
  expect((await readHall(agency, trade.project)).lots[0].rows).toEqual([])
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  const listed = await readHall(regulator, trade.project)
  expect(listed.stage).toBe('decrypting')
  expect(listed.lots[0].rows).toHaveLength(4)
  for (const n of [1, 2, 3]) await release(trade.bidder(n), trade.lot)
  await release(trade.bidder(3), trade.lot) // again: the same answer
  for (const person of [agency, centre, regulator, trade.bidder(1)])
    expect(isPriceIn(await readHall(person, trade.project), trade)).toBe(false)
  const events = await t.platform.store.project(trade.project)
  expect(
    isPriceIn(
      events.events.map((e) => e.event),
      trade,
    ),
  ).toBe(false)
  const closed = await playOpening(
    { agency, centre, bidders: [1, 2, 3, 4].map(trade.bidder) },
    trade,
  )
  expect(closed.stage).toBe('closed')
  expect(closed.lots[0].rows.map((r) => r.priceFen)).toEqual(
    [1, 2, 3, 4].map((n) => trade.bid(n).priceFen),
  )
  const state = await loadTrade(t.platform, trade.project)
  expect(state.lots.get(trade.lot)?.stage).toBe('qualifying')
  const nobody = await fetch(`${t.url}/api/projects/${trade.project}/opening/record`)
  const { record } = (await nobody.json()) as { record: { lots: { rows: unknown[] }[] } }
  expect(record.lots[0].rows).toHaveLength(4)
  expect((await t.platform.sql`select from work.releases`).length).toBe(0)
})

test('of a lot that is terminated while bids are opened no released key is kept', async () => {
  const trade = await publishedTrade(t, 3)
  await submitAll(trade, 3)
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  for (const n of [1, 2]) await release(trade.bidder(n), trade.lot)
  const kept = async () => (await t.platform.sql`select from work.releases`).length
  expect(await kept()).toBe(2)
  await trade.cast.purchaser.act(
    `/api/lots/${trade.lot}/termination`,
    'terminate-lot',
    { subject: trade.at.subject, reason: '演示：重大变故。' },
    { tender: trade.project, lot: trade.lot },
  )
  expect((await readHall(trade.cast.regulator, trade.project)).stage).toBe('aborted')
  expect(await kept()).toBe(0)
})

test('opened files come back byte for byte, and other ids are not found', async () => {
  const trade = await publishedTrade(t, 3)
  await submitAll(trade, 3)
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  const before = await loadTrade(t.platform, trade.project)
  const party = trade.bidder(1).identity?.party.id as string
  expect(await openedFiles(t.platform, before, trade.lot, party)).toEqual([])
  for (const n of [1, 2, 3]) await release(trade.bidder(n), trade.lot)
  const after = await loadTrade(t.platform, trade.project)
  const files = await openedFiles(t.platform, after, trade.lot, party)
  expect(files.map((f) => [f.name, f.role]).sort()).toEqual([
    ['技术文件.pdf', 'technical'],
    ['资格文件.pdf', 'qualification'],
  ])
  const wanted = trade.bid(1).files[1]
  const found = files.find((f) => f.name === wanted.name)
  const blob = found?.blob as string
  const { read } = await findOpenedFile(t.platform, after, trade.lot, party, blob)
  const bytesIn = async (range: readonly [number, number] | null) => {
    const parts: Uint8Array[] = []
    for await (const piece of read(range)) parts.push(piece)
    return concat(...parts)
  }
  const whole = concat(...paperOf(wanted))
  expect(await bytesIn(null)).toEqual(whole)
  const last = whole.length - 1
  for (const [from, to] of [
    [0, 0],
    [0, last],
    [last, last],
    [7, Math.floor(last / 2)],
  ] as const)
    expect(await bytesIn([from, to])).toEqual(whole.subarray(from, to + 1))
  await expect(
    findOpenedFile(t.platform, after, trade.lot, party, 'A'.repeat(22)),
  ).rejects.toMatchObject({ slug: 'not-found' })
})

test('a wrong key is refused at once; who releases nothing is opened by nobody, the others go on', async () => {
  const trade = await publishedTrade(t, 3)
  await submitAll(trade, 3)
  const own = await ownRelease(trade.bidder(1), trade.lot)
  expect(await slugOf(trade.bidder(1).post(`/api/lots/${trade.lot}/release`, own))).toBe(
    'not-at-this-stage',
  )
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  const wrong = { ...own, s: b64u(newBidSecret()) }
  expect(await slugOf(trade.bidder(1).post(`/api/lots/${trade.lot}/release`, wrong))).toBe(
    'key-not-this-bid',
  )
  const others = await ownRelease(trade.bidder(2), trade.lot)
  expect(await slugOf(trade.bidder(1).post(`/api/lots/${trade.lot}/release`, others))).toBe(
    'key-not-this-bid',
  )
  await release(trade.bidder(1), trade.lot)
  await release(trade.bidder(2), trade.lot)
  const hall = await readHall(trade.cast.agency, trade.project)
  await moveClockTo(trade.cast, trade.project, hall.windowEndsAt as string)
  const opened = await readHall(trade.cast.agency, trade.project)
  expect(opened.stage).toBe('confirming')
  const third = opened.lots[0].rows[2]
  expect(third).toMatchObject({
    outcome: 'notOpened',
    problem: 'key-not-released',
    fault: 'bidder',
  })
  expect(opened.lots[0].rows.slice(0, 2).map((r) => r.outcome)).toEqual(['opened', 'opened'])
  await confirmRow(trade.bidder(1), trade)
  await moveClockTo(trade.cast, trade.project, opened.windowEndsAt as string)
  const silent = await readHall(trade.cast.agency, trade.project)
  expect(silent.stage).toBe('closing')
  expect(silent.lots[0].rows.map((r) => r.confirmation)).toEqual(['signed', 'silent', 'silent'])
})

test('fewer than three bids: nothing is opened and nobody is named', async () => {
  const trade = await publishedTrade(t, 4)
  await submitAll(trade, 2)
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  const parties = [1, 2].map((n) => trade.bidder(n).identity?.party.id as string)
  for (const person of [trade.cast.agency, trade.cast.regulator, trade.bidder(4)]) {
    const hall = await readHall(person, trade.project)
    expect(hall.stage).toBe('aborted')
    expect(hall.lots[0]).toMatchObject({ outcome: 'returned', rows: [] })
    for (const party of parties) expect(JSON.stringify(hall.lots)).not.toContain(party)
  }
  const { events } = await t.platform.store.project(trade.project)
  for (const party of parties)
    expect(JSON.stringify(events.map((e) => e.event))).not.toContain(party)
})

test('what does not open says why and whose fault it is; the others go on', async () => {
  const trade = await publishedTrade(t, 4)
  await submitAll(trade, 3)
  const rubbish = trade.bidder(4)
  const quotation = { lines: [{ id: 'other-line', fen: 1 }] }
  const sealed = await sealBidOf(rubbish, trade.lot, trade.bid(4), { quotation })
  await rubbish.post(
    `/api/lots/${trade.lot}/bid`,
    await signedSubmission(rubbish, trade.at, sealed),
  )
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  const { session } = await loadTrade(t.platform, trade.project)
  if (session.stage !== 'decrypting') throw new Error(session.stage)
  const lost = session.lots[0].bids[0].envelopeSha256
  await release(trade.bidder(1), trade.lot)
  const key = t.platform.keys.name('envelope', Buffer.from(lost, 'base64url'))
  const place = sealedPath(t.platform, key)
  const bytes = fs.readFileSync(place)
  bytes[5000] ^= 1
  fs.writeFileSync(place, bytes)
  await trade
    .bidder(2)
    .act(
      `/api/lots/${trade.lot}/bid-revocations`,
      'revoke-bid',
      { subject: trade.lotSubject, reason: '演示' },
      { tender: trade.project, lot: trade.lot },
    )
  for (const n of [2, 3, 4]) await release(trade.bidder(n), trade.lot).catch(() => {})
  const hall = await readHall(trade.cast.agency, trade.project)
  await moveClockTo(trade.cast, trade.project, hall.windowEndsAt ?? hall.now)
  const { rows } = (await readHall(trade.cast.agency, trade.project)).lots[0]
  expect(rows.map((r) => [r.outcome, r.problem, r.fault])).toEqual([
    ['notOpened', 'envelope-altered', 'platform'],
    ['notOpened', 'bid-revoked', 'bidder'],
    ['opened', undefined, undefined],
    ['notOpened', 'quotation-invalid', 'bidder'],
  ])
})

test('a halted session keeps the time left and takes no key until it is resumed', async () => {
  const trade = await publishedTrade(t, 3)
  await submitAll(trade, 3)
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  const { agency } = trade.cast
  const opening = `/api/projects/${trade.project}/opening`
  await agency.post(`/api/demo/projects/${trade.project}/clock`, { frozen: true })
  const before = await readHall(agency, trade.project)
  await agency.post(`${opening}/halts`, { cause: '演示：网络中断' })
  expect(await slugOf(release(trade.bidder(1), trade.lot))).toBe('not-at-this-stage')
  await agency.post(`/api/demo/projects/${trade.project}/clock`, { advanceMs: 3_600_000 })
  expect((await readHall(agency, trade.project)).stage).toBe('halted')
  await agency.post(`${opening}/resumptions`, {})
  const after = await readHall(agency, trade.project)
  const left = (hall: Hall) => Date.parse(hall.windowEndsAt as string) - Date.parse(hall.now)
  expect(left(after)).toBe(left(before))
  await agency.post(`${opening}/extensions`, { minutes: 5, reason: '演示' })
  expect(left(await readHall(agency, trade.project))).toBe(left(before) + 5 * 60_000)
})

test('a bid revoked after the deadline was there when it counted: listed, and not opened', async () => {
  const trade = await publishedTrade(t, 3)
  await submitAll(trade, 3)
  const { agency } = trade.cast
  const opening = `/api/projects/${trade.project}/opening`
  const lead = new Date(Date.parse(trade.deadline) - 30 * 60_000).toISOString()
  await moveClockTo(trade.cast, trade.project, lead)
  await agency.post(`${opening}/halts`, { cause: '演示：网络中断' })
  const path = `/api/lots/${trade.lot}/bid-revocations`
  const revoke = () =>
    trade.bidder(3).act(path, 'revoke-bid', { subject: trade.lotSubject, reason: '演示' }, trade.at)
  expect(await slugOf(revoke())).toBe('not-yet')
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  await revoke()
  await agency.post(`${opening}/resumptions`, {})
  const listed = await readHall(agency, trade.project)
  expect([listed.stage, listed.lots[0].rows.length]).toEqual(['decrypting', 3])
  for (const n of [1, 2]) await release(trade.bidder(n), trade.lot)
  await moveClockTo(trade.cast, trade.project, listed.windowEndsAt as string)
  const { rows } = (await readHall(agency, trade.project)).lots[0]
  expect(rows.map((r) => r.problem ?? null)).toEqual([null, null, 'bid-revoked'])
})

/** What differs between two trades by chance alone. */
const withoutNames = (answer: unknown, trade: TestTrade) =>
  JSON.stringify(answer)
    .replaceAll(trade.project, 'PROJECT')
    .replace(/"(now|at|joinedAt|publishedAt|recordedAt)":"[^"]*"/g, '"$1":""')

test('ten bids and none answer alike before the deadline, to every role', async () => {
  const [none, ten] = [await publishedTrade(t, 12), await publishedTrade(t, 12)]
  await submitAll(ten, 10)
  const look = async (trade: TestTrade): Promise<string[]> => {
    await moveClockTo(
      trade.cast,
      trade.project,
      new Date(Date.parse(trade.deadline) - 30 * 60_000).toISOString(),
    )
    await trade.cast.agency.post(`/api/demo/projects/${trade.project}/clock`, { frozen: true })
    const { agency, purchaser, centre, regulator } = trade.cast
    const found: string[] = []
    for (const person of [agency, purchaser, centre, regulator, trade.bidder(12)])
      for (const path of [
        `/api/projects/${trade.project}/opening`,
        `/api/projects/${trade.project}/opening/record`,
        `/api/lots/${trade.lot}/bid`,
        `/api/lots/${trade.lot}/bid/envelope`,
        `/api/lots/${trade.lot}/blobs/${'A'.repeat(22)}`,
        `/api/lots/${trade.lot}/receipts/${'A'.repeat(43)}`,
      ]) {
        const answer = await person.get<Hall>(path).catch((e: ServerProblem) => e.body)
        found.push(withoutNames(answer, trade))
      }
    return found
  }
  expect(await look(ten)).toEqual(await look(none))
})
