import fs from 'node:fs'
import type { AddressInfo } from 'node:net'
import net from 'node:net'
import { PassThrough } from 'node:stream'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { makeApp } from '../../server/app.ts'
import type { LiveEvent } from '../../server/kernel/bus.ts'
import { openOwner } from '../../server/kernel/database.ts'
import { makeLogger } from '../../server/kernel/logger.ts'
import { audienceOf } from '../../server/service/live/audience.ts'
import { hubOf } from '../../server/service/live/hub.ts'
import { assemble } from '../../server/start.ts'
import { allHandedOn, LiveClient, type Told } from '../kit/live.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { dataFolderOfTest, startServer } from '../kit/server.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

interface Page {
  readonly cursor: string
  readonly items: readonly Told[]
  readonly restart: boolean
}
const poll = (person: Person, cursor?: string) =>
  person.get<Page>(`/api/live/poll${cursor ? `?cursor=${cursor}` : ''}`)
const kindsOf = (page: Page) => page.items.flatMap((item) => [...item.kinds])

let t: TestPlatform
let trade: TestTrade
beforeAll(async () => {
  t = await testPlatform()
  trade = await publishedTrade(t, 3)
})
afterAll(() => t.stop())

/** Events that all hear, one after the other: the trade's clock is set anew to what it shows. */
async function heardByAll(count: number, of: Pick<TestTrade, 'project'> = trade): Promise<void> {
  const clock = await t.platform.store.tradeClock(of.project)
  for (let i = 0; i < count; i++)
    await t.platform.store.act({
      stream: `project:${of.project}`,
      hidden: false,
      project: of.project,
      actor: { party: 'platform', capacity: 'system' },
      command: { type: 'moveClock', ...clock } as never,
      clock,
      facts: () => ({ isDemo: true }),
    })
}

describe('who hears what', () => {
  test('a draft is heard by its parties alone, its publication by all', async () => {
    const nobody = Person.nobody(t.url)
    const people = [nobody, trade.cast.agency, trade.cast.regulator, trade.bidder(1)]
    const [all, agency, regulator, bidder] = await Promise.all(
      people.map((person) => LiveClient.open(person)),
    )
    const other = await publishedTrade(t, 0)
    await Promise.all([all, agency, regulator, bidder].map((c) => c.until(2)))
    await new Promise((r) => setTimeout(r, 200))
    const of = (client: LiveClient) =>
      client.told.filter((m) => m.trade === other.project).flatMap((m) => [...m.kinds])
    expect(of(agency)).toEqual(expect.arrayContaining(['ProjectCreated', 'DocumentSaved']))
    for (const client of [all, bidder]) {
      expect(of(client)).toContain('NoticePublished')
      expect(of(client)).toContain('LotOpened')
      for (const kind of ['ProjectCreated', 'DocumentSaved', 'DocumentApproved', 'ClockMoved'])
        expect(of(client)).not.toContain(kind)
    }
    expect(of(regulator)).toContain('NoticePublished')
    for (const client of [all, agency, regulator, bidder]) client.close()
  })

  test('a hidden act is heard by the party whose it is, and by nobody else', async () => {
    const people = [Person.nobody(t.url), ...Object.values(partiesOf(trade)), trade.bidder(2)]
    const others = await Promise.all(people.map((person) => LiveClient.open(person)))
    const own = await LiveClient.open(trade.bidder(1))
    await trade
      .bidder(1)
      .post(`/api/lots/${trade.lot}/questions`, { id: 'q-live-1', text: '演示提问' })
    await own.until(1)
    expect(own.told).toMatchObject([{ trade: trade.project, kinds: ['QuestionAsked'] }])
    await heardByAll(1)
    for (const client of others) {
      await client.until(1)
      expect(client.kinds).toEqual(['ClockMoved'])
      client.close()
    }
    own.close()
  })
})
const partiesOf = ({ cast }: TestTrade) => {
  const { agency, purchaser, centre, regulator } = cast
  return { agency, purchaser, centre, regulator }
}

describe('resuming', () => {
  test('goes on after the last id: nothing is lost, nothing comes twice', async () => {
    const nobody = Person.nobody(t.url)
    const whole = await LiveClient.open(nobody)
    const first = await LiveClient.open(nobody)
    await heardByAll(5)
    await first.until(5)
    const at = first.told[2].cursor
    first.close()
    await heardByAll(3)
    const second = await LiveClient.open(nobody, at)
    await heardByAll(2)
    await second.until(7)
    await whole.until(10)
    expect([...first.kinds.slice(0, 3), ...second.kinds]).toEqual(whole.kinds)
    expect(second.restarts).toBe(0)
    whole.close()
    second.close()
  })

  test('an unknown cursor, and one of another audience, begin anew and say so', async () => {
    const nobody = Person.nobody(t.url)
    const { cursor } = await poll(trade.cast.agency)
    for (const unknown of [cursor, 'A'.repeat(170)]) {
      const stream = await LiveClient.open(nobody, unknown)
      expect(stream.restarts).toBe(1)
      stream.close()
      expect(await poll(nobody, unknown)).toMatchObject({ items: [], restart: true })
    }
    expect(await poll(trade.cast.agency, cursor)).toMatchObject({ restart: false })
  })

  test('two cursors of one place differ, and neither tells it', async () => {
    const nobody = Person.nobody(t.url)
    const [a, b] = [await poll(nobody), await poll(nobody)]
    expect(a.cursor).not.toBe(b.cursor)
    expect(a.cursor.length).toBe(b.cursor.length)
  })

  test('polling on the cursors of a stream gives the same', async () => {
    const { agency } = trade.cast
    const stream = await LiveClient.open(agency)
    const { cursor } = await poll(agency)
    await heardByAll(4)
    await trade.bidder(2).post(`/api/lots/${trade.lot}/questions`, { id: 'q-2', text: '演示' })
    await heardByAll(1)
    await stream.until(5)
    const page = await poll(agency, cursor)
    expect(kindsOf(page)).toEqual(stream.kinds)
    expect(kindsOf(await poll(agency, stream.told[3].cursor))).toEqual(stream.kinds.slice(4))
    expect(kindsOf(await poll(agency, page.items[1].cursor))).toEqual(stream.kinds.slice(2))
    expect(kindsOf(await poll(agency, page.cursor))).toEqual([])
    stream.close()
  })
})

/** Another server on the same database and keys, as behind one address: it commits nothing itself. */
async function secondServer() {
  const { platform: first } = t
  const { platform, sessions } = await assemble(first.config, first.folder, t.place)
  platform.trust = first.trust
  platform.origin = t.url
  const { bus, hidden } = platform
  bus.subscribe((event) => hidden.learn(event))
  await bus.start()
  const services = { sessions, demo: null, seeding: { done: 0, total: 0 } }
  const app = makeApp(platform, services, makeLogger('error'))
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    platform,
    /** The same session, at this server. */
    at: (person: Person): Person => Object.assign(Object.create(person), { url }),
    stop: async () => {
      await new Promise((r) => server.close(r))
      await bus.stop()
      await platform.sql.end()
    },
  }
}

test('a stream ends with its session: signed out, member removed, run out or party replaced', async () => {
  const { sessions } = t.services
  const isOpen = (client: LiveClient) =>
    Promise.race([
      client.ended.then(() => false),
      new Promise<boolean>((resolve) => setTimeout(resolve, 100, true)),
    ])
  const ids = ['bidder-6', 'bidder-6', 'bidder-7', 'bidder-8', 'bidder-9']
  const people = await Promise.all(ids.map((id) => t.person(id)))
  const clients = await Promise.all(people.map((one) => LiveClient.open(one)))
  const [left, other, removed, over, replaced] = clients
  const nobody = await LiveClient.open(Person.nobody(t.url))
  const partyOf = (n: number) => people[n].identity?.party.id as string

  await people[0].request('DELETE', '/api/session', { body: '{}' })
  await left.ended
  await sessions.endOfMember({ party: partyOf(2), person: 'person-bidder-7' })
  await removed.ended
  await sessions.endOfParty(partyOf(4))
  await replaced.ended
  // Run out, or ended by another process: heard of at the next heartbeat.
  const name = t.platform.keys.name('session-party', partyOf(3))
  await t.platform
    .sql`update work.sessions set expires_at = clock_timestamp() where party = ${name}`
  await hubOf(t.platform).endOver()
  await over.ended
  // Another browser of the same person goes on, and so does the public.
  expect(await Promise.all([other, nobody].map(isOpen))).toEqual([true, true])
  for (const client of [other, nobody]) client.close()
})

test('what one server commits another tells, open and hidden, in the same order', async () => {
  const second = await secondServer()
  const [nobody, bidder, agency] = [Person.nobody(t.url), trade.bidder(1), trade.cast.agency]
  const heard: string[] = []
  await allHandedOn(t.place, t.platform.bus, second.platform.bus)
  second.platform.bus.subscribe(({ stored: { event } }) => {
    // The demo's identities may still be on their way.
    if (!event.stream.startsWith('party:')) heard.push(event.type)
  })
  const people = [nobody, bidder, agency]
  const here = await Promise.all(people.map((person) => LiveClient.open(person)))
  const there = await Promise.all(people.map((person) => LiveClient.open(second.at(person))))
  const { cursor } = await poll(bidder)
  const ask = (id: string) =>
    bidder.post(`/api/lots/${trade.lot}/questions`, { id, text: '演示提问' })
  await heardByAll(2)
  await ask('q-there-1')
  await heardByAll(1)
  await ask('q-there-2')
  await heardByAll(1)
  await there[1].until(6)
  expect(heard).toEqual(here[1].kinds)
  expect(heard.filter((kind) => kind === 'QuestionAsked')).toHaveLength(2)
  for (const [i, client] of there.entries()) {
    await client.until(here[i].told.length)
    expect(client.kinds).toEqual(here[i].kinds)
  }
  expect(there[0].kinds).toEqual(['ClockMoved', 'ClockMoved', 'ClockMoved', 'ClockMoved'])
  // A cursor of one serves at the other, also for who joined at neither's memory.
  expect(kindsOf(await poll(second.at(bidder), cursor))).toEqual(heard)
  const late = await publishedTrade(t, 1)
  await second.platform.hidden.ready()
  await late.bidder(1).post(`/api/lots/${late.lot}/questions`, { id: 'q-late', text: '演示' })
  await vi.waitFor(
    () => expect(there[1].kinds.slice(-2)).toEqual(['LotJoined', 'QuestionAsked']),
    20_000,
  )
  expect(there[1].kinds.filter((kind) => kind === 'LotJoined')).toHaveLength(1)
  for (const client of [...here, ...there]) client.close()
  await second.stop()
})

test('a hidden act makes the hub do nothing for those who may not hear it', async () => {
  const hub = hubOf(t.platform)
  const others = await Promise.all(
    [Person.nobody(t.url), trade.cast.agency, trade.bidder(2)].map((p) => LiveClient.open(p)),
  )
  const tell = vi.spyOn(hub as unknown as { tell(event: LiveEvent): Promise<void> }, 'tell')
  await trade.bidder(1).post(`/api/lots/${trade.lot}/questions`, { id: 'q-hub', text: '演示提问' })
  await heardByAll(1)
  for (const client of others) {
    await client.until(1)
    expect(client.kinds).toEqual(['ClockMoved'])
    client.close()
  }
  const told = tell.mock.calls.map(([{ stored }]) => stored.event)
  expect(told.filter(({ stream }) => !stream.startsWith('party:'))).toHaveLength(1)
  tell.mockRestore()
})

test('who catches up is told once what came meanwhile, and reads on where that was too much', () => {
  const hub = hubOf(t.platform)
  const hand = (client: object, seq: number) =>
    (hub as unknown as { hand(client: object, framed: object): void }).hand(client, {
      seq,
      frame: Buffer.from(`${seq};`),
    })
  const out = new PassThrough()
  const client = hub.admit(audienceOf(null), out as never, 'here')
  for (const seq of [1, 2, 3]) hand(client, seq)
  expect(hub.goOn(client, { epoch: 'e', seq: 2 })).toBe(true)
  hand(client, 4)
  expect(String(out.read())).toBe('3;4;')
  const slow = new PassThrough()
  const late = hub.admit(audienceOf(null), slow as never, 'here')
  for (let seq = 1; seq <= 2000; seq++) hand(late, seq)
  expect(hub.goOn(late, { epoch: 'e', seq: 0 })).toBe(false)
  hand(late, 2001)
  expect(hub.goOn(late, { epoch: 'e', seq: 2000 })).toBe(true)
  expect(String(slow.read())).toBe('2001;')
  for (const one of [out, slow]) one.destroy()
})

test('one source holds a bounded number of streams; others, and polling, are not touched', async () => {
  const { config } = t.platform
  const before = { ...config }
  Object.assign(config, { trustedProxies: 1, streamsPerSource: 3 })
  const open = async (source: string) => {
    const ending = new AbortController()
    const headers = { 'x-forwarded-for': source }
    const answer = await fetch(`${t.url}/api/live`, { headers, signal: ending.signal })
    return { status: answer.status, answer, end: () => ending.abort() }
  }
  const [office, home] = ['203.0.113.7', '203.0.113.8']
  try {
    const held = [await open(office), await open(office), await open(office)]
    expect(held.map(({ status }) => status)).toEqual([200, 200, 200])
    const fourth = await open(office)
    expect(fourth.status).toBe(429)
    expect(await fourth.answer.json()).toMatchObject({ type: '/problems/rate-limited' })
    held.push(await open(home))
    expect(held[3].status).toBe(200)
    const headers = { 'x-forwarded-for': office }
    expect((await fetch(`${t.url}/api/live/poll`, { headers })).status).toBe(200)
    held.shift()?.end()
    await vi.waitFor(async () => {
      const next = await open(office)
      if (next.status === 200) held.push(next)
      expect(next.status).toBe(200)
    }, 5000)
    for (const one of held) one.end()
  } finally {
    Object.assign(config, before)
  }
})

test('fifty who act at once: each client hears each event once, in the order of all', async () => {
  const trades = await Promise.all(Array.from({ length: 10 }, () => publishedTrade(t, 0)))
  const clients = await Promise.all(
    Array.from({ length: 8 }, () => LiveClient.open(Person.nobody(t.url))),
  )
  await Promise.all(Array.from({ length: 50 }, (_, i) => heardByAll(6, trades[i % trades.length])))
  for (const client of clients) {
    await client.until(300)
    expect(client.told.length).toBe(300)
    expect(client.told.map((m) => m.trade)).toEqual(clients[0].told.map((m) => m.trade))
  }
  for (const one of trades)
    expect(clients[0].told.filter((m) => m.trade === one.project)).toHaveLength(30)
  for (const client of clients) client.close()
})

/** A client that sends its request and reads nothing. */
function deafClient(url: string): Promise<net.Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), hostname, () => {
      socket.write(`GET /api/live HTTP/1.1\r\nhost: ${hostname}:${port}\r\n\r\n`)
      socket.once('data', () => {
        socket.pause()
        resolve(socket)
      })
    })
    socket.on('error', () => {})
  })
}

test('a client that reads nothing is let go, and resumes where it stood', {
  timeout: 300_000,
}, async () => {
  const hub = hubOf(t.platform)
  const good = await LiveClient.open(Person.nobody(t.url))
  const { cursor } = await poll(Person.nobody(t.url))
  const deaf = await deafClient(t.url)
  const closed = new Promise<void>((resolve) => deaf.once('close', () => resolve()))
  const trades = await Promise.all(Array.from({ length: 24 }, () => publishedTrade(t, 0)))
  const before = good.told.length
  const all = hub.listening
  // The system's own buffers of both ends hold much, and how much is its own affair.
  let acts = 0
  for (; hub.listening === all && acts < 2500; acts += 100) {
    await Promise.all(trades.map((one) => heardByAll(100, one)))
    await good.until(before + trades.length * (acts + 100), 60_000)
  }
  expect(hub.listening).toBe(all - 1)
  deaf.resume()
  await closed
  const resumed = await LiveClient.open(Person.nobody(t.url), cursor)
  await resumed.until(good.told.length, 120_000)
  expect(resumed.told.map((m) => [m.trade, m.kinds])).toEqual(
    good.told.map((m) => [m.trade, m.kinds]),
  )
  good.close()
  resumed.close()
})

test('a cursor that is none of ours begins anew, and ends no stream', async () => {
  const nobody = Person.nobody(t.url)
  for (const cursor of ['x', 'A'.repeat(60), '0'.repeat(3000), '../..']) {
    const client = await LiveClient.open(nobody, cursor)
    expect(client.restarts).toBe(1)
    client.close()
  }
  expect(await poll(nobody, 'x')).toMatchObject({ restart: true, items: [] })
})

test('after a crash of the database the live order begins anew, and all read anew', async () => {
  const nobody = Person.nobody(t.url)
  const listening = await LiveClient.open(nobody)
  await heardByAll(1)
  await listening.until(1)
  const { cursor } = await poll(nobody)
  // What a crash leaves of tables that have no write-ahead log: nothing.
  const owner = openOwner(t.place)
  await owner`truncate work.live, work.live_hidden, work.live_cursor`
  await owner.end()
  await heardByAll(1)
  await listening.ended
  expect(await poll(nobody, cursor)).toMatchObject({ restart: true, items: [] })
  const resumed = await LiveClient.open(nobody, cursor)
  expect(resumed.restarts).toBe(1)
  await heardByAll(2)
  await resumed.until(2)
  // What came right after the crash may have been told to it too.
  for (;;) {
    const { restart, items } = await poll(nobody, resumed.lastId)
    expect(restart).toBe(false)
    if (items.length === 0) break
    await resumed.until(resumed.told.length + 1)
  }
  resumed.close()
})

test('a stream goes on after the process was killed and started again', async () => {
  const data = dataFolderOfTest()
  const begin = async () => {
    const server = await startServer(data)
    const identities = await Person.nobody(server.url).get<Identity[]>('/api/demo/identities')
    const person = (id: string) =>
      Person.signIn(server.url, identities.find((i) => i.id === id) as Identity)
    return { server, person }
  }
  const first = await begin()
  const stream = await LiveClient.open(Person.nobody(first.server.url))
  const made = await publishedTrade({ url: first.server.url, person: first.person }, 0)
  await stream.until(2)
  const seen = [...stream.told]
  await first.server.kill()
  await stream.ended
  const second = await begin()
  const resumed = await LiveClient.open(Person.nobody(second.server.url), seen[0].cursor)
  const agency = await second.person('agency-1')
  await moveClockTo({ ...made.cast, agency }, made.project, '2026-03-03T01:00:00.000Z')
  await resumed.until(seen.length)
  expect(resumed.restarts).toBe(0)
  expect(resumed.kinds.slice(0, seen.length - 1)).toEqual(seen.slice(1).flatMap((m) => m.kinds))
  expect(resumed.kinds).toContain('ClockMoved')
  resumed.close()
  await second.server.stop()
  fs.rmSync(data, { recursive: true, force: true })
})
