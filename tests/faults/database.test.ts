import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, ServerProblem } from '../../db/seed/play/client.ts'
import { openOwner, type Sql } from '../../server/kernel/database.ts'
import { LiveClient } from '../kit/live.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'
import { expectWhole } from '../kit/whole.ts'

/**
 * The database ends every connection again and again, as at a restart, while people act. An act
 * whose answer is lost is sent again under its key: each stands once, has its leaf, and is told.
 */
let t: TestPlatform
let trade: TestTrade
let owner: Sql
beforeAll(async () => {
  t = await testPlatform()
  trade = await publishedTrade(t)
  owner = openOwner(t.place)
})
afterAll(async () => {
  await owner?.end()
  await t?.stop()
})

const endBackends = async (): Promise<number> =>
  (
    await owner`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'yangguang'`
  ).length

/** Asks as a browser does whose answer may be lost: again, under the same key. */
async function ask(person: Person, id: string): Promise<number> {
  const question = { id, text: `演示提问 ${id}` }
  for (let tries = 1; ; tries++) {
    try {
      await person.post(`/api/lots/${trade.lot}/questions`, question, `ask-${id}`)
      return tries
    } catch (error) {
      if (!(error instanceof ServerProblem) || error.slug !== 'database-away' || tries > 100)
        throw error
      await new Promise((r) => setTimeout(r, 20))
    }
  }
}

test('acts that lost their answer stand once, and nothing is stuck', async () => {
  const asker = trade.bidder(1)
  const own = await LiveClient.open(asker)
  let isOver = false
  let ended = 0
  const killer = (async () => {
    while (!isOver) {
      ended += await endBackends()
      await new Promise((r) => setTimeout(r, 150))
    }
  })()
  const ids = [1, 2, 3].flatMap((n) => Array.from({ length: 12 }, (_, i) => `q${n}-${i}`))
  const tries: number[] = []
  await Promise.all(
    [1, 2, 3].map(async (n) => {
      for (const id of ids.filter((one) => one.startsWith(`q${n}-`)))
        tries.push(await ask(trade.bidder(n), id))
    }),
  )
  isOver = true
  await killer
  expect(ended).toBeGreaterThan(10)
  expect(Math.max(...tries)).toBeGreaterThan(1)

  const { items } = await trade.cast.agency.get<{ items: { text: string }[] }>(
    `/api/projects/${trade.project}/questions`,
  )
  expect(items.map((q) => q.text).sort()).toEqual(ids.map((id) => `演示提问 ${id}`).sort())
  await expectWhole(owner, t.platform.folder)
  await ask(asker, 'q-after')
  await expect.poll(() => own.kinds.filter((k) => k === 'QuestionAsked').length).toBe(13)
  own.close()
})
