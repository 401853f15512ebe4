import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Person } from '../../db/seed/play/client.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { openOwner } from '../../server/kernel/database.ts'
import type { Operation } from '../../server/kernel/operation.ts'
import type { Viewer } from '../../server/kernel/viewer.ts'
import { decodeBundle, decodeEntry } from '../../server/log/index.ts'
import { operationsOf } from '../../server/operations.ts'
import { audienceOf } from '../../server/service/live/audience.ts'
import { openCursor } from '../../server/service/live/cursor.ts'
import { allHandedOn, LiveClient } from '../kit/live.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

/**
 * Before the deadline nobody can learn who has bid or how many. Two cities that differ in nothing
 * but their bids: in one, one party has joined a lot and not bid; in the other, ten have bid beside
 * it and hundreds have joined. All that each role can get is held against each other, word for
 * word; only what is random or tells the time may differ.
 */
interface City {
  readonly t: TestPlatform
  readonly trade: TestTrade
  readonly people: ReadonlyMap<string, Person>
  readonly streams: ReadonlyMap<string, LiveClient>
  readonly cursors: ReadonlyMap<string, string>
}

/** Joined, and has no bid. */
const idle = 'bidder-11'
const roles = [
  ...['public', 'agency-1', 'agency-2', 'purchaser-1', 'purchaser-2', 'centre-1', 'regulator-1'],
  ...['admin-1', 'expert-1', 'supplier-1', idle, 'bidder-12'],
]
const silentJoiners = 300
const mostBidders = 10

async function makeCity(bids: number): Promise<City> {
  const t = await testPlatform()
  const trade = await publishedTrade(t, 0)
  const people = new Map<string, Person>()
  for (const role of roles)
    people.set(role, role === 'public' ? Person.nobody(t.url) : await t.person(role))
  await joinAndHear(people.get(idle) as Person, trade.lot)
  // Whoever bids in one city is registered in both: that is no secret.
  const known = await Promise.all(
    Array.from({ length: mostBidders }, (_, i) => t.person(`bidder-${i + 1}`)),
  )
  for (let i = 1; i <= mostBidders; i++) await known[0].raw(`/api/demo/identities/bidder-${i}/p12`)
  // What registration wrote lies before all cursors.
  await allHandedOn(t.place, t.platform.bus)
  const streams = new Map<string, LiveClient>()
  const cursors = new Map<string, string>()
  for (const [role, person] of people) {
    streams.set(role, await LiveClient.open(person))
    cursors.set(role, (await person.get<{ cursor: string }>('/api/live/poll')).cursor)
  }
  const bidders = known.slice(0, bids)
  await bid({ t, trade }, bidders)
  // What follows all hear, after all that they may not.
  const before = new Date(Date.parse(trade.deadline) - 30 * 60_000).toISOString()
  await moveClockTo(trade.cast, trade.project, before)
  for (const person of bidders) await person.post(`/api/lots/${trade.lot}/hall-entry`, {})
  await trade.cast.agency.post(`/api/demo/projects/${trade.project}/clock`, { frozen: true })
  await new Promise((r) => setTimeout(r, 1500))
  return { t, trade, people, streams, cursors }
}

/** Joins, and waits until that is told: whatever opens then begins behind it, in either city. */
async function joinAndHear(person: Person, lot: string): Promise<void> {
  const own = await LiveClient.open(person)
  await person.post(`/api/lots/${lot}/participation`, {})
  await own.untilKind('LotJoined')
  own.close()
}

/** These join and bid, and hundreds more join. */
async function bid(
  { t, trade }: Pick<City, 't' | 'trade'>,
  bidders: readonly Person[],
): Promise<void> {
  if (bidders.length === 0) return
  for (const [i, person] of bidders.entries()) {
    await person.post(`/api/lots/${trade.lot}/participation`, {})
    await submitBidOf(person, trade.at, trade.bid(i + 1))
  }
  const { store } = t.platform
  await Promise.all(
    Array.from({ length: silentJoiners }, (_, i) => {
      const party = `silent-${i}`
      return store.act({
        stream: store.hiddenStream('bid', trade.lot, party),
        hidden: true,
        project: trade.project,
        actor: { party, capacity: 'operator' },
        command: { type: 'joinLot', project: trade.project, lot: trade.lot, party } as never,
        facts: () => ({
          published: true,
          tendering: true,
          documentUntil: '2099-01-01T00:00:00.000Z',
        }),
      })
    }),
  )
}

let none: City
let ten: City
beforeAll(async () => {
  none = await makeCity(0)
  ten = await makeCity(mostBidders)
})
afterAll(async () => {
  for (const city of [none, ten]) {
    for (const stream of city?.streams.values() ?? []) stream.close()
    await city?.t.stop()
  }
})

/** What differs between two cities by chance or by the clock alone, made the same. */
function plain(text: string, { trade, t }: City): string {
  return (
    text
      .replaceAll(trade.project, 'PROJECT')
      .replaceAll(t.url, 'URL')
      .replaceAll(t.platform.keys.platform, 'PLATFORM')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME')
      .replace(/"(offsetMs|size)":-?\d+/g, '"$1":0')
      .replace(/"csrf":"[^"]+"/g, '"csrf":""')
      .replace(/"proof":"[^"]+"/g, '"proof":""')
      // In the order of their digests.
      .replace(/"certificates":\[[^\]]*\]/g, '"certificates":[]')
      .replace(/"[A-Za-z0-9_+/-]{40,}={0,2}"/g, (s) => `"BYTES ${s.length}"`)
      .replace(/\b[0-9a-f]{64}\b/g, 'DIGEST')
      .replace(/"[0-9a-f-]{36}"/g, '"ID"')
      .replace(/\/log\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}/g, '/log+KEY')
  )
}

const volatileHeaders = new Set(['date', 'content-length', 'x-request-id'])
/** Keys and signatures made anew in each city, whatever happens in it. */
const randomBodies = new Set([
  'demo.keyFile',
  'ca.crl',
  'ca.certificate',
  'log.checkpoint',
  'log.tile',
  'platform.readTrust',
  'platform.readTrustList',
])

async function valuesOf({ t, trade }: City): Promise<Record<string, string>> {
  const { events } = await t.platform.store.project(trade.project)
  const notice = events.find((e) => e.event.type === 'NoticePublished')
  const page = await trade.cast.agency.get<{ files: { sha256: string }[] }>(
    `/api/projects/${trade.project}`,
  )
  return {
    project: trade.project,
    lot: trade.lot,
    digest: Buffer.from(notice?.digest ?? []).toString('base64url'),
    sha256: page.files[0].sha256,
    bidder: ten.people.get(idle)?.identity?.party.id as string,
    identity: 'bidder-1',
    blob: 'A'.repeat(22),
    act: 'A'.repeat(43),
    family: 'p256',
    outage: 'outage-0',
    rest: '0/000.p/5',
  }
}

async function answerOf(city: City, person: Person, operation: Operation<never, never>) {
  const values = await valuesOf(city)
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!(name in values)) throw new Error(`${operation.id}: no value for ${name} in this test`)
    return values[name]
  })
  const response = await person.request('GET', path)
  const body = Buffer.from(await response.arrayBuffer())
  const headers = [...response.headers]
    .filter(([name]) => !volatileHeaders.has(name))
    .map(([name, value]) => `${name}: ${plain(value, city)}`)
    .sort()
  const type = response.headers.get('content-type') ?? ''
  const isText = /json|text/.test(type)
  const known = randomBodies.has(operation.id) && response.ok
  return {
    status: response.status,
    headers,
    body: known ? 'KEYS' : isText ? plain(body.toString('utf8'), city) : `${body.length} bytes`,
  }
}

/** What is done for an answer in hidden streams: rows that are opened, streams that are read. */
async function hiddenWork<T>({ t }: City, answer: () => Promise<T>) {
  const { keys, store } = t.platform
  const open = vi.spyOn(keys, 'open')
  const stream = vi.spyOn(store, 'stream')
  try {
    const answered = await answer()
    const opened = open.mock.calls.filter(([purpose]) => purpose === 'event').length
    return { answered, work: { opened, read: stream.mock.calls.filter((c) => c[1]).length } }
  } finally {
    open.mockRestore()
    stream.mockRestore()
  }
}

/** Rows that the database meets to say what happened since a cursor, by table, counted by itself. */
async function rowsMet({ t, people, cursors }: City, role: string) {
  const person = people.get(role) as Person
  const { viewer } = await person.get<{ viewer: Viewer | null }>('/api/session')
  const { keys, hidden, bus } = t.platform
  const at = openCursor(keys, cursors.get(role) as string, audienceOf(viewer).id)
  if (!at) throw new Error('the cursor is not this role’s')
  const own = viewer ? hidden.streamsOfParty(viewer.party).map((e) => e.stream) : []
  const columns = own.map((name) => name.replace('bid:', 'hidden:'))
  const owner = openOwner(t.place)
  try {
    return await owner.begin(async (tx) => {
      const ask = () => tx`select * from log.live_since(
        ${at.epoch}, ${at.seq}, ${bus.position.seq}, ${columns}::text[], 1000)`
      const metSoFar = () => tx`
        select schemaname || '.' || relname as name, seq_scan::int, seq_tup_read::int,
          idx_scan::int, idx_tup_fetch::int
        from pg_stat_xact_user_tables where schemaname in ('log', 'work') order by 1`
      // Planned once, before it counts: a planner that has statistics looks into indexes, too.
      await tx`set local plan_cache_mode = force_generic_plan`
      await ask()
      const before = await metSoFar()
      const rows = await ask()
      const met = (await metSoFar()).map(({ name, ...counts }, i) => [
        name,
        ...Object.entries(counts).map(([count, value]) => value - before[i][count]),
      ])
      return { rows: rows.length, met }
    })
  } finally {
    await owner.end()
  }
}

describe.each(roles)('%s', (role) => {
  const personIn = (city: City) => city.people.get(role) as Person

  test('gets the same answer from every reading operation', async () => {
    const operations = operationsOf('demo', { seeding: { done: 0, total: 0 } } as never)
    const reading = operations.filter((o) => o.method === 'get' && o.id !== 'live.stream')
    expect(reading.length).toBeGreaterThan(35)
    for (const operation of reading) {
      const read = (city: City) =>
        hiddenWork(city, () =>
          answerOf(city, personIn(city), operation as unknown as Operation<never, never>),
        )
      const [a, b] = [await read(none), await read(ten)]
      expect(b, operation.id).toEqual(a)
    }
  })

  test('makes the server do the same for it, counted in rows and openings', async () => {
    const cursor = (city: City) => city.cursors.get(role) as string
    const poll = (city: City) =>
      hiddenWork(city, () => personIn(city).get(`/api/live/poll?cursor=${cursor(city)}`))
    expect((await poll(ten)).work).toEqual((await poll(none)).work)
    const stream = (city: City) =>
      hiddenWork(city, async () => {
        const client = await LiveClient.open(personIn(city), cursor(city))
        await client.until((city.streams.get(role) as LiveClient).told.length)
        client.close()
      })
    expect((await stream(ten)).work).toEqual((await stream(none)).work)
    const [a, b] = [await rowsMet(none, role), await rowsMet(ten, role)]
    expect(a.rows).toBeGreaterThan(0)
    expect(b).toEqual(a)
  })

  test('hears the same of it live: kinds, order, number and size', async () => {
    const [a, b] = [none, ten].map((city) => city.streams.get(role) as LiveClient)
    expect(a.kinds.length).toBeGreaterThan(0)
    expect(b.kinds).toEqual(a.kinds)
    const sizes = (client: LiveClient) => client.frames.map((frame) => frame.length)
    expect(sizes(b)).toEqual(sizes(a))
    expect([a.restarts, b.restarts]).toEqual([0, 0])
  })

  test('gets the same by polling, in as many pages', async () => {
    const pages = async (city: City) => {
      const found: string[] = []
      let cursor = city.cursors.get(role) as string
      for (;;) {
        const page = await personIn(city).get<{ cursor: string; items: unknown[] }>(
          `/api/live/poll?cursor=${cursor}`,
        )
        found.push(plain(JSON.stringify(page), city))
        if (page.items.length === 0) return found
        cursor = page.cursor
      }
    }
    expect(await pages(ten)).toEqual(await pages(none))
  })
})

test('the public log grows by one entry a tick, with bids or without', async () => {
  for (const { t } of [none, ten]) {
    const size = t.platform.ledger.checkpoint()?.size ?? 0
    const width = Math.min(size, 256)
    const name = width === 256 ? '000' : `000.p/${width}`
    const url = new URL(`/log/tile/entries/${name}`, t.url)
    const bundle = new Uint8Array(await (await fetch(url)).arrayBuffer())
    const times = decodeBundle(bundle, width).map((entry) => decodeEntry(entry).atMs)
    expect(times.length).toBe(width)
    const steps = new Set(times.slice(1).map((at, i) => at - times[i]))
    expect([...steps]).toEqual([t.platform.ledger.tickMs])
  }
})

test('no table tells a lot or a party of a hidden act, and all such rows are of one size', async () => {
  const { sql } = ten.t.platform
  const rows = await sql`select * from log.events where sealed is not null`
  expect(rows.length).toBeGreaterThan(silentJoiners + 30)
  const names = ['silent-', ten.trade.project, ten.people.get(idle)?.identity?.party.id as string]
  for (const row of rows) {
    expect(row.project).toBeNull()
    expect(row.stream).toMatch(/^hidden:/)
    const text = JSON.stringify(row) + Buffer.from(row.sealed).toString('latin1')
    for (const name of names) expect(text.includes(name)).toBe(false)
  }
  // Signed acts, whatever they are and whatever family their certificates are of, fill one size.
  const sizes = await sql`select distinct length(bytes) as n from log.acts where sealed`
  expect(sizes).toHaveLength(1)
  const bidder = (await ten.t.person('bidder-1')).identity?.party.id as string
  const tables = ['acts', 'uploads', 'quotas', 'drafts', 'receipts', 'releases']
  for (const table of tables.map((name) => `work.${name}`)) {
    const hidden = (await sql.unsafe(`select * from ${table}`)).filter(
      (row) => row.answer === undefined || /"hidden:/.test(row.answer),
    )
    const text = JSON.stringify(hidden)
    for (const name of [bidder, ten.trade.project]) expect(text.includes(name), table).toBe(false)
  }
})
