import type { Sql, Tx } from '../kernel/database.ts'
import type { Keys } from '../kernel/keys.ts'
import { Folder, foldIntoProject, type ProjectView, storedEvent } from '../kernel/streams.ts'
import { projectAll } from '../projections.ts'
import { deciderMap } from '../streams.ts'

/** The schema `read` holds nothing but readings of the events: all of its tables are made again. */
async function readTables(sql: Sql | Tx): Promise<string[]> {
  const rows = await sql`select tablename from pg_tables where schemaname = 'read' order by 1`
  return rows.map((row) => `read.${row.tablename}`)
}

/**
 * Makes the read tables anew from the events, in one transaction: whoever reads meanwhile sees the
 * old rows until the new ones are whole.
 * @returns how many events were read
 */
export async function rebuildReadTables(sql: Sql, keys: Keys): Promise<number> {
  const folder = new Folder(deciderMap)
  const views = new Map<string, ProjectView>()
  let count = 0
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`
    await tx.unsafe(`truncate ${(await readTables(tx)).join(', ')}`)
    const ends = await lastPositions(tx)
    // Page by page, not by a cursor: the statements between its pages would wait behind it.
    for (let after = '0'; ; ) {
      const page = await tx`
        select position, stream, project, digest, body, salt, sealed from log.events
        where body is not null and position > ${after} order by position limit 500`
      for (const row of page) {
        // Told since the tables were emptied: what has rows in them waits for their lock.
        if (row.project && !isWithin(row.position, ends.get(row.project))) continue
        const stored = storedEvent(row as never, keys)
        const view = row.project ? viewOf(views, row.project) : null
        await projectAll(tx, view, [stored])
        if (view) foldIntoProject(folder, view, stored)
        if (row.position === ends.get(row.project)) views.delete(row.project)
        count += 1
      }
      if (page.length < 500) break
      after = page[page.length - 1].position
    }
  })
  return count
}

/** Where each project's events end: past that its view is needed no more. */
async function lastPositions(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx`
    select project, max(position) as last from log.events
    where body is not null and project is not null group by project`
  return new Map(rows.map((row) => [row.project, row.last]))
}

const isWithin = (position: string, end: string | undefined): boolean =>
  end !== undefined && BigInt(position) <= BigInt(end)

function viewOf(views: Map<string, ProjectView>, id: string): ProjectView {
  let view = views.get(id)
  if (!view) {
    view = { id, position: 0, streams: new Map(), events: [] }
    views.set(id, view)
  }
  return view
}

/** Every row of the read tables as text, sorted: what a comparison before and after looks at. */
export async function readTableRows(sql: Sql): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const table of await readTables(sql)) {
    const rows = await sql.unsafe(`select to_jsonb(t)::text as row from ${table} t order by 1`)
    found[table] = rows.map((r) => r.row as string)
  }
  return found
}
