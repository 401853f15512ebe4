import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { newProjectId } from '../../db/seed/play/tendering.ts'
import { openOwner, type Sql } from '../../server/kernel/database.ts'
import { parseVkey, verifyCheckpoint } from '../../server/log/index.ts'
import { watchLog } from '../../server/maintenance/monitor.ts'
import { type TestPlace, testPlace } from '../kit/database.ts'
import { type ServerProcess, startServer } from '../kit/server.ts'
import { expectWhole, untilQuiet } from '../kit/whole.ts'

/**
 * The server killed at each step of a tick, and two of them on one database: each event has one
 * leaf, every checkpoint ever seen is a prefix of what stands afterwards, and nothing hangs.
 */
interface Ground {
  readonly place: TestPlace
  readonly sql: Sql
  start(env?: Record<string, string>): Promise<ServerProcess>
}
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function ground(): Promise<Ground> {
  const place = await testPlace()
  fs.chmodSync(place.folder, 0o755)
  const { socketFolder, database } = place.place
  const url = `postgres://postgres@localhost/${database}?host=${encodeURIComponent(socketFolder)}`
  const sql = openOwner(place.place)
  ends.push(
    () => place.drop(),
    () => sql.end(),
  )
  return {
    place,
    sql,
    start: async (env = {}) => {
      const server = await startServer(place.folder, {
        DATABASE_URL: url,
        YANGGUANG_MODE: 'demo',
        ...env,
      })
      ends.push(() => server.kill())
      return server
    },
  }
}

/** Signed checkpoints as anybody saw them, each verified. */
class Witness {
  readonly seen = new Map<number, string>()
  vkey = ''

  async look(url: string): Promise<void> {
    this.vkey ||= (await (await fetch(`${url}/log/vkey`)).text()).trim()
    const response = await fetch(`${url}/log/checkpoint`)
    if (!response.ok) return
    const text = await response.text()
    const verdict = verifyCheckpoint(text, [{ vkey: parseVkey(this.vkey) }])
    if (verdict.problem !== undefined) throw new Error(verdict.problem)
    const known = this.seen.get(verdict.checkpoint.size)
    if (known !== undefined && known !== text) throw new Error('two checkpoints of one size')
    this.seen.set(verdict.checkpoint.size, text)
  }

  /** Looks until the server is gone. */
  async watch(url: string): Promise<void> {
    try {
      for (;;) {
        await this.look(url)
        await new Promise((r) => setTimeout(r, 40))
      }
    } catch (error) {
      if (error instanceof TypeError) return // the connection
      throw error
    }
  }

  /** Every checkpoint ever seen is a prefix of the log as it is now. */
  async expectOneLog(url: string): Promise<void> {
    expect(this.seen.size).toBeGreaterThan(0)
    for (const seen of this.seen.values()) {
      const result = await watchLog({ url, vkey: this.vkey, times: 1, everyMs: 0, seen })
      expect(result.faults).toEqual([])
    }
  }
}

/** Acts one after another until the server is gone. @returns ids that were acknowledged */
async function actUntilGone(url: string): Promise<string[]> {
  const done: string[] = []
  const agency = await signedIn(url, 'agency-1')
  try {
    for (;;) {
      const id = newProjectId('2026-03-02')
      await create(agency, id)
      done.push(id)
    }
  } catch {
    return done
  }
}

async function signedIn(url: string, id: string): Promise<Person> {
  const all = await Person.nobody(url).get<Identity[]>('/api/demo/identities')
  return Person.signIn(url, all.find((one) => one.id === id) as Identity)
}

async function create(agency: Person, id: string): Promise<unknown> {
  // Who signs in is registered by then; the other demo identities follow.
  const purchaser = await signedIn(agency.url, 'purchaser-1')
  const centre = await signedIn(agency.url, 'centre-1')
  return agency.post('/api/projects', {
    id,
    purchaser: purchaser.identity?.party.id,
    tradingCentre: centre.identity?.party.id,
    mandate: '演示委托代理协议',
  })
}

async function expectGroundWhole({ sql, place }: Ground): Promise<void> {
  await untilQuiet(sql)
  await expectWhole(sql, place.folder)
}

for (const point of [
  'tick-after-rows',
  'tick-after-tile',
  'file-before-name',
  'tick-after-checkpoint',
])
  test(`killed at ${point}, twice, and started again`, async () => {
    const g = await ground()
    const witness = new Witness()
    const done: string[] = []
    // Some four seconds: a slow machine too is ready and acted on by then.
    for (const passes of [50, 40]) {
      const server = await g.start({ YANGGUANG_FAULT: `${point}:${passes}` })
      const [acted] = await Promise.all([
        actUntilGone(server.url).catch(() => []),
        witness.watch(server.url),
      ])
      done.push(...acted)
      expect(await server.ended).toBe('SIGKILL')
    }
    const server = await g.start()
    await expectGroundWhole(g)
    const [{ n }] = await g.sql`
      select count(*)::int as n from log.events where stream = any(${done.map((id) => `project:${id}`)})`
    expect(n).toBe(done.length)
    await new Promise((r) => setTimeout(r, 1100))
    await witness.expectOneLog(server.url)
  })

test('killed at any moment, five times over', async () => {
  const g = await ground()
  const witness = new Witness()
  for (let i = 0; i < 5; i++) {
    const server = await g.start()
    const acting = actUntilGone(server.url).catch(() => [])
    const watching = witness.watch(server.url)
    await new Promise((r) => setTimeout(r, 300 + Math.random() * 1200))
    await server.kill()
    await Promise.all([acting, watching])
  }
  const server = await g.start()
  await expectGroundWhole(g)
  await new Promise((r) => setTimeout(r, 1100))
  await witness.expectOneLog(server.url)
})

test('over a stored checkpoint that cannot be read it serves, says so, and signs nothing', async () => {
  const g = await ground()
  const folder = path.join(g.place.folder, 'second', 'checkpoints')
  // Parts beside them are of a checkpoint that was on its way.
  const sizes = () => fs.readdirSync(folder).filter((name) => /^\d+$/.test(name))
  const first = await g.start()
  while (sizes().length === 0) await new Promise((r) => setTimeout(r, 20))
  await first.kill()
  const newest = Math.max(...sizes().map(Number))
  fs.writeFileSync(path.join(folder, String(newest)), '')
  const server = await g.start()
  const health = await fetch(`${server.url}/healthz`)
  expect(health.status).toBe(503)
  const { parts } = (await health.json()) as { parts: { ledger: string } }
  expect(parts.ledger).toBe(`ledger-behind-checkpoint: the one stored for ${newest} cannot be read`)
  const agency = await signedIn(server.url, 'agency-1')
  const refused = await create(agency, newProjectId('2026-03-02')).catch((error) => error)
  expect(refused).toMatchObject({ slug: 'ledger-behind-checkpoint' })
})

test('of two on one database the stalled one stops at the fence, and serves what the other signs', async () => {
  const g = await ground()
  const witness = new Witness()
  const first = await g.start()
  const agency = await signedIn(first.url, 'agency-1')
  await create(agency, newProjectId('2026-03-02'))
  await new Promise((r) => setTimeout(r, 1200))
  await witness.look(first.url)
  process.kill(first.pid, 'SIGSTOP')
  const second = await g.start()
  await new Promise((r) => setTimeout(r, 2500))
  await witness.look(second.url)
  process.kill(first.pid, 'SIGCONT')
  const [before] = await g.sql`select epoch::text from ledger.fence`
  for (let i = 0; i < 30; i++) {
    await witness.look(first.url)
    await witness.look(second.url)
    await new Promise((r) => setTimeout(r, 100))
  }
  const [after] = await g.sql`select epoch::text from ledger.fence`
  expect(after.epoch).toBe(before.epoch)
  // An act in the stalled one has its leaf from the other, and a receipt's proof comes through both.
  const id = newProjectId('2026-03-02')
  await create(agency, id)
  await expectGroundWhole(g)
  for (const { url } of [first, second]) {
    const person = await signedIn(url, 'agency-1')
    const place = `/api/projects/${id}/events`
    const { items } = await person.get<{ items: { digest: string }[] }>(place)
    const { proof } = await person.get<{ proof: string }>(`${place}/${items[0].digest}`)
    expect(proof).toContain('c2sp.org/tlog-proof@v1')
  }
  await witness.expectOneLog(second.url)
  await witness.expectOneLog(first.url)
})

test('when the one that ticks dies, another takes its place', async () => {
  const g = await ground()
  const witness = new Witness()
  const first = await g.start()
  const second = await g.start()
  await new Promise((r) => setTimeout(r, 1500))
  await witness.look(first.url)
  await second.kill()
  await new Promise((r) => setTimeout(r, 6000))
  const [{ age }] = await g.sql`
    select extract(epoch from clock_timestamp()) * 1000 - max(tick_ms) as age from ledger.ticks`
  expect(Number(age)).toBeLessThan(1500)
  await witness.expectOneLog(first.url)
})
