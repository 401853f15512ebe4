import fs from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { readHall, release } from '../../db/seed/play/opening.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { openOwner } from '../../server/kernel/database.ts'
import { mindGap } from '../../server/service/outage/outages.ts'
import { testPlatform } from '../kit/platform.ts'
import { dataFolderOfTest, startServer } from '../kit/server.ts'
import { publishedTrade } from '../kit/trade.ts'
import { expectWhole, expectWholeFolder } from '../kit/whole.ts'

/** The platform stands still over a limit: nobody loses a bid or a bond by it, and all can read it. */
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true })
})

interface Outages {
  readonly items: readonly { readonly id: string; readonly from: string; readonly until: string }[]
}
interface Deadlines {
  readonly published: {
    readonly deadlines: readonly { readonly from: string; readonly by: string }[]
  }
}
const person = async (url: string, id: string) => {
  const identities = await Person.nobody(url).get<Identity[]>('/api/demo/identities')
  return Person.signIn(url, identities.find((one) => one.id === id) as Identity)
}

test('down over the deadline: it moves for all, and who could not submit still can', async () => {
  const data = dataFolderOfTest()
  folders.push(data)
  const first = await startServer(data)
  const trade = await publishedTrade({ url: first.url, person: (id) => person(first.url, id) }, 3)
  for (const n of [1, 2]) await submitBidOf(trade.bidder(n), trade.at, trade.bid(n))
  await moveClockTo(
    trade.cast,
    trade.project,
    new Date(Date.parse(trade.deadline) - 6000).toISOString(),
  )
  await first.kill()
  await wait(9000)
  const server = await startServer(data)
  try {
    const page = await Person.nobody(server.url).get<Deadlines>(`/api/projects/${trade.project}`)
    const { items } = await Person.nobody(server.url).get<Outages>('/api/platform/outages')
    expect(items).toHaveLength(1)
    const proven = await Person.nobody(server.url).get<{ proof: string }>(
      `/api/platform/outages/${items[0].id}`,
    )
    expect(proven).toMatchObject({ event: { type: 'OutageRecorded', data: { id: items[0].id } } })
    expect(proven.proof).toMatch(/^c2sp.org\/tlog-proof@v1\n/)
    expect(page.published.deadlines).toMatchObject([{ from: trade.deadline, by: items[0].id }])
    await submitBidOf(await person(server.url, 'bidder-3'), trade.at, trade.bid(3))
    await expectWholeFolder(data)
    // A further start finds no gap that was not answered.
    await server.stop()
  } finally {
    await server.kill()
  }
}, 180_000)

test('down in the decrypt window: halted with the time that was left, and nothing is lost', async () => {
  const t = await testPlatform()
  try {
    const trade = await publishedTrade(t, 3)
    for (const n of [1, 2, 3]) await submitBidOf(trade.bidder(n), trade.at, trade.bid(n))
    await moveClockTo(trade.cast, trade.project, trade.deadline)
    await release(trade.bidder(1), trade.lot)
    const now = t.platform.store.clock.nowMs()
    await mindGap(t.platform, now - 1000, now + 29 * 60_000)
    await mindGap(t.platform, now - 1000, now + 29 * 60_000)
    const { items } = await Person.nobody(t.url).get<Outages>('/api/platform/outages')
    expect(items).toHaveLength(1)
    const hall = await readHall(trade.cast.agency, trade.project)
    expect(hall).toMatchObject({ stage: 'halted' })
    await trade.cast.agency.post(`/api/projects/${trade.project}/opening/resumptions`, {})
    for (const n of [2, 3]) await release(trade.bidder(n), trade.lot)
    const opened = await readHall(trade.cast.agency, trade.project)
    expect(opened.lots[0].rows.map((row) => row.outcome)).toEqual(['opened', 'opened', 'opened'])
    const owner = openOwner(t.place)
    await expectWhole(owner, t.platform.folder)
    await owner.end()
  } finally {
    await t.stop()
  }
}, 180_000)
