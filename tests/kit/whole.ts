import fs from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { openOwner, type Sql } from '../../server/kernel/database.ts'
import { openKeys } from '../../server/kernel/keys.ts'
import { readTableRows, rebuildReadTables } from '../../server/maintenance/rebuild.ts'

const eventCount = async (sql: Sql): Promise<number> =>
  (await sql`select count(*)::int as n from log.events`)[0].n

/** A start registers the demo identities after it listens; rows are compared once that is over. */
export async function untilQuiet(sql: Sql): Promise<void> {
  let before = -1
  for (let now = await eventCount(sql); now !== before; now = await eventCount(sql)) {
    before = now
    await new Promise((r) => setTimeout(r, 1500))
  }
}

/**
 * What holds after every fault: each event has one leaf, with its digest, and the read tables are
 * what a rebuild makes of the events.
 * @param folder the data folder, in which the keys lie
 */
export async function expectWhole(sql: Sql, folder: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const [{ without }] = await sql`
      select count(*)::int as without from log.events e
      where not exists (select from ledger.leaves l where l.position = e.position)`
    if (without === 0) break
    await new Promise((r) => setTimeout(r, 50))
  }
  // Listed, not counted: a leaf missing and a leaf doubled are different faults.
  const wrong = await sql`
    select e.position::text, e.stream, l.leaves, (select max(position)::text from log.events) as last
    from log.events e, lateral (
      select count(*)::int as leaves, coalesce(bool_and(x.digest = e.digest), false) as agrees
      from ledger.leaves x where x.position = e.position) l
    where l.leaves <> 1 or not l.agrees`
  expect([...wrong]).toEqual([])
  const keys = await openKeys(path.join(folder, 'keys'))
  for (;;) {
    const before = await eventCount(sql)
    const rows = await readTableRows(sql)
    await rebuildReadTables(sql, keys)
    const rebuilt = await readTableRows(sql)
    // On a busy machine a key of the demo's takes longer than it seemed quiet: then once more.
    if ((await eventCount(sql)) !== before) continue
    expect(rebuilt).toEqual(rows)
    return
  }
}

/** The same of a running server with a database of its own, found by the file that PostgreSQL keeps. */
export async function expectWholeFolder(data: string): Promise<void> {
  const lines = fs.readFileSync(path.join(data, 'pg', 'postmaster.pid'), 'utf8').split('\n')
  const sql = openOwner({ socketFolder: lines[4].trim(), database: 'yangguang' })
  try {
    await expectWhole(sql, data)
  } finally {
    await sql.end()
  }
}
