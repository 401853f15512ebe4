import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openOwner, openPool, type Sql, type Tx } from '../../server/kernel/database.ts'
import { type TestPlace, testPlace } from '../kit/database.ts'

/**
 * The database ends a connection: an idle transaction's limit, a restart, a takeover. The driver as
 * published then ends the process, or sends the rest of a dead transaction outside of any;
 * `infra/patches` mends it at install (docs/adr/0007).
 */
let at: TestPlace
let owner: Sql
let sql: Sql
beforeAll(async () => {
  at = await testPlace()
  owner = openOwner(at.place)
  sql = openPool(at.place, 2)
})
afterAll(async () => {
  await sql?.end({ timeout: 1 })
  await owner?.end()
  await at?.drop()
})

const closed = { code: 'CONNECTION_CLOSED' }
const pidOf = async (tx: Tx): Promise<number> => (await tx`select pg_backend_pid() as pid`)[0].pid

/** Ends a backend and waits until it is gone and our side has heard of it. */
async function endBackend(pid: number): Promise<void> {
  await owner`select pg_terminate_backend(${pid}, 5000)`
  await new Promise((r) => setTimeout(r, 50))
}

const setting = (name: string) => ({ name, value: 'x' })
const settings = async (): Promise<string[]> =>
  (await owner`select name from work.settings order by name`).map((r) => r.name)

test('a transaction whose connection has ended writes nothing more, whoever has it now', async () => {
  const late: Promise<unknown>[] = []
  const transaction = sql.begin(async (tx) => {
    await tx`insert into work.settings ${tx(setting('before'))}`
    await endBackend(await pidOf(tx))
    // The pool's connections are opened again for others before the dead transaction goes on.
    await Promise.all(Array.from({ length: 4 }, () => sql`select pg_sleep(0.05)`))
    const insert = tx`insert into work.settings ${tx(setting('after'))}`
    late.push(insert.execute())
    await insert
  })
  await expect(transaction).rejects.toMatchObject(closed)
  await vi.waitFor(() => expect(late).toHaveLength(1))
  await expect(late[0]).rejects.toMatchObject(closed)
  expect(await settings()).not.toContain('before')
  expect(await settings()).not.toContain('after')
})

test('the pool serves on after each of its connections has ended amid a transaction', async () => {
  for (let i = 0; i < 6; i++) {
    const transaction = sql.begin(async (tx) => {
      await endBackend(await pidOf(tx))
      await tx`select 1`
    })
    await expect(transaction).rejects.toMatchObject(closed)
  }
  const rows = await Promise.all(
    Array.from({ length: 8 }, (_, i) => sql`select ${i}::int as i, pg_sleep(0.01)`),
  )
  expect(rows.map(([{ i }]) => i)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('statements sent while connections end are answered, each with its rows or an error', async () => {
  const killer = (async () => {
    for (let i = 0; i < 20; i++) {
      await owner`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'yangguang'`
      await new Promise((r) => setTimeout(r, 15))
    }
  })()
  let isOver = false
  void killer.then(() => {
    isOver = true
  })
  const told = { answered: 0, refused: 0 }
  const ask = async (): Promise<void> => {
    while (!isOver)
      await sql`select 1`.then(
        () => {
          told.answered += 1
        },
        () => {
          told.refused += 1
        },
      )
  }
  await Promise.all(Array.from({ length: 4 }, ask))
  expect(told.answered).toBeGreaterThan(0)
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
})
