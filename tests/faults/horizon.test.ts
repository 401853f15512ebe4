import { createHash } from 'node:crypto'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { DatabaseClock } from '../../server/kernel/clock.ts'
import { openOwner, type Sql, type Tx } from '../../server/kernel/database.ts'
import { openKeys } from '../../server/kernel/keys.ts'
import { Ledger } from '../../server/kernel/ledger.ts'
import { testPlace } from '../kit/database.ts'

/**
 * An event whose transaction began before a tick and commits amid it. Wherever the tick's statements
 * are held apart, the event must come into the log: at this tick, or at the next. And the horizon
 * and the events are read in one statement: two have two snapshots, and lose it.
 */
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** The database as the sequencer has it, with a moment of ours before the n-th statement of a tick. */
function heldBefore(sql: Sql, statement: number, act: () => Promise<void>): Sql {
  let count = 0
  return new Proxy(sql, {
    apply(target, self, args) {
      const text = (args[0] as { raw?: readonly string[] }).raw?.join('') ?? ''
      const isOfTick = /pg_snapshot_xmin|ledger\.enter/.test(text)
      if (isOfTick) count += 1
      if (!isOfTick || count !== statement) return Reflect.apply(target, self, args)
      return act().then(() => Reflect.apply(target, self, args))
    },
  })
}

// What is there; the rows of the tick; what is there at the next.
test.each([1, 2, 3])(
  'an event that commits before statement %i of a tick has its leaf',
  async (n) => {
    const place = await testPlace()
    ends.push(() => place.drop())
    const [sql, other, late] = [1, 2, 3].map(() => openOwner(place.place, 4))
    for (const one of [sql, other, late]) ends.push(() => one.end())
    const clock = new DatabaseClock()
    await clock.calibrate(sql)
    const digest = createHash('sha256').update(`late ${n}`).digest()
    const neighbour = createHash('sha256').update(`neighbour ${n}`).digest()
    const write = (tx: Sql | Tx, stream: string, bytes: Buffer) => tx`
    insert into log.events (stream, version, digest, recorded_at, body, salt)
    values (${stream}, 0, ${bytes}, clock_timestamp(), '{}', ${Buffer.alloc(32)})`

    let commit = () => {}
    const mayCommit = new Promise<void>((resolve) => {
      commit = resolve
    })
    let isWritten = () => {}
    const written = new Promise<void>((resolve) => {
      isWritten = resolve
    })
    const committing = late.begin(async (tx) => {
      await write(tx, 'late', digest)
      isWritten()
      await mayCommit
    })
    await written

    const held = heldBefore(sql, n, async () => {
      commit()
      await committing
      // A later transaction too, so that the snapshot's oldest is surely past the late one.
      await write(other, 'neighbour', neighbour)
    })
    const keys = await openKeys(path.join(place.folder, 'keys'))
    const [files, second] = ['log', 'second'].map((name) => path.join(place.folder, name))
    const ledger = new Ledger(held, keys, clock, files, second, 80)
    const failures: unknown[] = []
    ledger.onFailure = (error) => failures.push(error)
    await ledger.start()
    ends.push(() => ledger.stop())
    await committing
    // One that is lost never comes. One that is not may wait: a transaction in any database of this
    // server, another test's too, holds the snapshot's oldest back.
    for (const bytes of [digest, neighbour])
      await expect
        .poll(() => other`select tick from ledger.leaves where digest = ${bytes}`, {
          timeout: 20_000,
          message: bytes === digest ? 'the late one' : 'its neighbour',
        })
        .toHaveLength(1)
    expect(failures).toEqual([])
  },
)
