import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Bus } from '../../server/kernel/bus.ts'
import { DatabaseClock } from '../../server/kernel/clock.ts'
import { openPool, type Sql } from '../../server/kernel/database.ts'
import type { AnyMessage, AnyState, Decider, Recorded } from '../../server/kernel/decider.ts'
import { decideBy, type Table } from '../../server/kernel/decider.ts'
import { openKeys } from '../../server/kernel/keys.ts'
import { Ledger } from '../../server/kernel/ledger.ts'
import { Store } from '../../server/kernel/store.ts'
import { type AnyDecider, Folder } from '../../server/kernel/streams.ts'
import { verifyProof } from '../../server/log/index.ts'
import { parseVkey } from '../../server/log/note.ts'
import { type TestPlace, testPlace } from '../kit/database.ts'

type S = { stage: 'open'; n: number }
type C = { type: 'add'; by: number } | { type: 'late'; limit: string }
type E = { type: 'Added'; by: number }
const problems = {
  'too-many': { status: 409, zh: '', en: '' },
  'too-late': { status: 409, zh: '', en: '' },
}
const table: Table<S, C, E, keyof typeof problems> = {
  open: {
    add: { unless: { 'too-many': (s) => s.n >= 10 }, then: { Added: (_, { by }) => ({ by }) } },
    late: { before: { 'too-late': (_, c) => c.limit }, then: { Added: () => ({ by: 1 }) } },
  },
}
const counter: Decider<S, C, E> = {
  kind: 'counter',
  initial: { stage: 'open', n: 0 },
  problems,
  table,
  decide: decideBy(table),
  evolve: (s: S, e: E & Recorded) => ({ ...s, n: s.n + e.by }),
}

let place: TestPlace
let sql: Sql
let store: Store
let ledger: Ledger
let bus: Bus

beforeAll(async () => {
  place = await testPlace()
  sql = openPool(place.place)
  const clock = new DatabaseClock()
  await clock.calibrate(sql)
  const keys = await openKeys(path.join(place.folder, 'keys'))
  const deciders = new Map([['counter', counter as unknown as AnyDecider]])
  store = new Store(sql, keys, clock, new Folder(deciders))
  ledger = new Ledger(
    sql,
    keys,
    clock,
    path.join(place.folder, 'log'),
    path.join(place.folder, 'second'),
    80,
  )
  bus = new Bus(sql, keys)
  await bus.start()
  store.onCommit(
    async () => {},
    () => bus.wake(),
  )
  await ledger.start()
})
afterAll(async () => {
  await ledger.stop()
  await bus.stop()
  await sql.end()
  await place.drop()
})

const actor = { party: 'P1', capacity: 'operator' } as const
const act = (id: string, command: C, extra: object = {}) =>
  store.act({
    stream: `counter:${id}`,
    hidden: false,
    project: null,
    command: command as AnyMessage,
    actor,
    ...extra,
  })

test('a refusal is named, and changes nothing', async () => {
  for (let i = 0; i < 10; i++) await act('a', { type: 'add', by: 1 })
  await expect(act('a', { type: 'add', by: 1 })).rejects.toMatchObject({ slug: 'too-many' })
  expect((await store.stream('counter:a')).state).toEqual({ stage: 'open', n: 10 } as AnyState)
})

test('the same key gives the first answer again; with other content it is refused', async () => {
  const first = await act('k', { type: 'add', by: 1 }, { key: 'one' })
  const again = await act('k', { type: 'add', by: 1 }, { key: 'one' })
  expect(again.repeated).toBe(true)
  expect(again.events[0].event).toEqual(first.events[0].event)
  await expect(act('k', { type: 'add', by: 2 }, { key: 'one' })).rejects.toMatchObject({
    slug: 'key-reused',
  })
  expect((await store.stream('counter:k')).version).toBe(0)
})

test('two hundred acts at once are one stream each, none lost or doubled', async () => {
  await Promise.all(
    Array.from({ length: 200 }, (_, i) => act(`many-${i % 50}`, { type: 'add', by: 1 })),
  )
  const [{ n }] =
    await sql`select count(*)::int as n from log.events where stream like 'counter:many-%'`
  expect(n).toBe(200)
})

test('a limit that passes before the lock is had refuses the act by the database clock', async () => {
  const limit = new Date(Date.parse(await store.now(null)) + 150).toISOString()
  await act('limit', { type: 'late', limit })
  await new Promise((r) => setTimeout(r, 160))
  await expect(act('limit', { type: 'late', limit })).rejects.toMatchObject({ slug: 'too-late' })
})

test('one refusal in a batch does not fail its neighbours', async () => {
  const all = await Promise.allSettled([
    act('n1', { type: 'add', by: 1 }),
    act('a', { type: 'add', by: 1 }),
    act('n2', { type: 'add', by: 1 }),
  ])
  expect(all.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('hidden acts keep no name in the table and fold as they were', async () => {
  const stream = store.hiddenStream('counter', 'lot', 'party')
  const request = {
    stream,
    hidden: true,
    project: null,
    command: { type: 'add', by: 3 } as C,
    actor,
  }
  await store.act(request)
  const [row] = await sql`select * from log.events where stream = ${`hidden:${stream.slice(8)}`}`
  expect(row.body).toBeNull()
  expect(row.sealed.length % 4096).toBe(0)
  expect((await store.stream(stream, true)).state).toEqual({ stage: 'open', n: 3 })
})

test('the application can neither change nor remove an event', async () => {
  for (const statement of [
    'update log.events set version = 9',
    'delete from log.events',
    'truncate log.events',
    'delete from log.acts',
  ])
    await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
})

test('each event gets one leaf, and its proof holds under the signed checkpoint', async () => {
  const { events } = await act('proof', { type: 'add', by: 1 })
  const proof = await ledger.proofOf(events[0].digest)
  const verdict = verifyProof(proof, events[0].digest, [{ vkey: parseVkey(ledger.vkey) }])
  expect(verdict.problems).toEqual([])
})

test('the bus gives each committed event once, in the order of its stream', async () => {
  const seen: number[] = []
  const end = bus.subscribe((e) => {
    if (e.stored.event.stream === 'counter:live') seen.push(e.stored.event.version)
  })
  for (let i = 0; i < 9; i++) await act('live', { type: 'add', by: 1 })
  // Positions are given once no transaction of the whole cluster can precede: other files' may.
  await vi.waitFor(() => expect(seen).toHaveLength(9), { timeout: 5000 })
  end()
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
})

test('rows of ticks go by whole tiles, and never the last one', async () => {
  const other = await testPlace()
  const own = openPool(other.place)
  const clock = new DatabaseClock()
  await clock.calibrate(own)
  const keys = await openKeys(path.join(other.folder, 'keys'))
  const folders = [path.join(other.folder, 'log'), path.join(other.folder, 'second')] as const
  const fast = new Ledger(own, keys, clock, ...folders, 10)
  await fast.start()
  await vi.waitFor(() => expect(fast.size).toBeGreaterThan(0))
  const seen: { first: number; rows: number }[] = []
  while (fast.size < 600) {
    const [row] =
      await own`select min(index)::int as first, count(*)::int as rows from ledger.ticks`
    seen.push(row as never)
  }
  await fast.stop()
  expect(Math.min(...seen.map(({ rows }) => rows))).toBeGreaterThan(0)
  expect([...new Set(seen.map(({ first }) => first))]).toEqual([0, 256, 512])
  await own.end({ timeout: 5 })
  await other.drop()
}, 120_000)
