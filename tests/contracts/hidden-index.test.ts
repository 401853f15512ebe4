import { afterAll, beforeAll, expect, test } from 'vitest'
import { openOwner, type Sql } from '../../server/kernel/database.ts'
import { digestOf, type Event, newSalt } from '../../server/kernel/event.ts'
import { padToRow } from '../../server/kernel/keys.ts'
import { HiddenIndex } from '../../server/tendering/bid/hidden-index.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'

/** The index of hidden streams: read in small pages, beside those who write and those who break off. */
let t: TestPlatform
let owner: Sql
beforeAll(async () => {
  t = await testPlatform()
  owner = openOwner(t.place, 4)
})
afterAll(async () => {
  await owner.end()
  await t.stop()
})

const project = 'YG-20260302-TEST'
const pageSize = 7

async function join(lot: string, party: string): Promise<void> {
  const { store } = t.platform
  await store.act({
    stream: store.hiddenStream('bid', lot, party),
    hidden: true,
    project,
    actor: { party, capacity: 'operator' },
    command: { type: 'joinLot', project, lot, party } as never,
    facts: () => ({
      published: true,
      tendering: true,
      documentUntil: '2099-01-01T00:00:00.000Z',
    }),
  })
}
const joinMany = (lot: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => join(lot, `p-${lot}-${i}`)))

/** One who joins in a transaction that its writer holds open. */
function joinSlowly(lot: string, party: string) {
  const { store, keys } = t.platform
  const stream = store.hiddenStream('bid', lot, party)
  const at = '2026-03-02T01:00:00.000Z'
  const event: Event = {
    ...{ v: 1, stream, version: 0, type: 'LotJoined', at, recordedAt: at, prev: null },
    ...{ actor: { party, capacity: 'operator' }, data: { project, lot, party } },
  }
  const salt = newSalt()
  const inner = JSON.stringify({ event, salt: salt.toString('base64url') })
  let commit = (): void => {}
  const held = new Promise<void>((resolve) => {
    commit = resolve
  })
  let wrote = (): void => {}
  const written = new Promise<void>((resolve) => {
    wrote = resolve
  })
  const over = owner.begin(async (tx) => {
    await tx`insert into log.events (stream, version, digest, recorded_at, sealed, tag)
      values (${stream.replace('bid:', 'hidden:')}, 0, ${digestOf(event, salt)}, ${at},
        ${keys.seal('event', padToRow(inner))}, ${newSalt()})`
    wrote()
    await held
  })
  return {
    written,
    commit: () => {
      commit()
      return over
    },
  }
}

/** The same database; what it is asked can be made to fail, and is counted. */
function watched(sql: Sql) {
  const asked = { pages: 0, rows: 0, opened: 0, failAt: Number.POSITIVE_INFINITY }
  const run = async (parts: TemplateStringsArray, ...values: never[]) => {
    const isPage = parts.join('').includes('order by log.events.xid')
    if (isPage && ++asked.pages >= asked.failAt) throw new Error('statement timeout')
    const rows = await (sql as unknown as (...all: unknown[]) => Promise<unknown[]>)(
      parts,
      ...values,
    )
    if (isPage) asked.rows = Math.max(asked.rows, rows.length)
    if (parts.join('').includes('salt, sealed')) asked.opened += rows.length
    return rows
  }
  return { asked, sql: run as unknown as Sql }
}

test('many rows are read in small pages, none of which is larger, and each row is opened once', async () => {
  await joinMany('L1', 60)
  const { asked, sql } = watched(t.platform.sql)
  const index = new HiddenIndex(sql, t.platform.keys, pageSize)
  await index.refresh()
  expect(index.streamsOfLot('L1')).toHaveLength(60)
  expect(asked.rows).toBe(pageSize)
  expect(asked.pages).toBeGreaterThan(60 / pageSize)
  const { opened } = asked
  await index.refresh()
  await index.refresh()
  expect(asked.opened).toBe(opened)
})

test('one that is broken off goes on where it stood, and misses nothing of what came since', async () => {
  const { asked, sql } = watched(t.platform.sql)
  const index = new HiddenIndex(sql, t.platform.keys, pageSize)
  asked.failAt = 5
  await expect(index.refresh()).rejects.toThrow('timeout')
  const { opened } = asked
  expect(opened).toBeGreaterThan(0)
  await joinMany('L2', 20)
  asked.failAt = Number.POSITIVE_INFINITY
  await index.refresh()
  const [{ n }] = await owner`select count(*)::int as n from log.events where sealed is not null`
  expect(asked.opened).toBe(n)
  expect(index.streamsOfLot('L1')).toHaveLength(60)
  expect(index.streamsOfLot('L2')).toHaveLength(20)
})

test('a transaction that began before and ends after the reading is found by the next', async () => {
  const slow = joinSlowly('L3', 'slow')
  await slow.written
  await joinMany('L3', 30)
  const index = new HiddenIndex(t.platform.sql, t.platform.keys, pageSize)
  await index.refresh()
  expect(index.streamsOfLot('L3')).toHaveLength(30)
  await joinMany('L4', 10)
  await index.refresh()
  await slow.commit()
  await index.refresh()
  expect(index.streamsOfLot('L3')).toHaveLength(31)
  expect(index.streamsOfParty('slow')).toMatchObject([{ lot: 'L3', party: 'slow' }])
})

test('beside many who write, each look finds all that was committed before it', async () => {
  const index = new HiddenIndex(t.platform.sql, t.platform.keys, pageSize)
  await index.refresh()
  const committed: string[] = []
  let isOver = false
  const writers = Promise.all(
    Array.from({ length: 6 }, async (_, w) => {
      for (let i = 0; i < 30; i++) {
        if (i % 10 === 0) {
          const slow = joinSlowly('L5', `w${w}-slow${i}`)
          await slow.written
          await join('L5', `w${w}-${i}`)
          await slow.commit()
          committed.push(`w${w}-slow${i}`)
        } else await join('L5', `w${w}-${i}`)
        committed.push(`w${w}-${i}`)
      }
    }),
  ).finally(() => {
    isOver = true
  })
  let looks = 0
  while (!isOver) {
    const before = [...committed]
    await index.refresh()
    looks += 1
    expect(before.filter((party) => index.streamsOfParty(party).length !== 1)).toEqual([])
  }
  await writers
  await index.refresh()
  expect(looks).toBeGreaterThan(3)
  expect(index.streamsOfLot('L5')).toHaveLength(committed.length)
})

test('what the process commits itself, or the bus hands on, is known without a look', async () => {
  const { hidden, keys } = t.platform
  await hidden.ready()
  const { asked, sql } = watched(t.platform.sql)
  const other = new HiddenIndex(sql, keys, pageSize)
  const heard: Promise<void> = new Promise((resolve) => {
    const end = t.platform.bus.subscribe((event) => {
      other.learn(event)
      if (event.stored.event.actor.party !== 'heard') return
      end()
      resolve()
    })
  })
  await join('L6', 'heard')
  expect(hidden.streamsOfLot('L6')).toHaveLength(1)
  await heard
  expect(other.streamsOfLot('L6')).toHaveLength(1)
  expect(asked).toMatchObject({ pages: 0, opened: 0 })
})
