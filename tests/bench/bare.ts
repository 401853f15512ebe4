import { createHash, randomBytes } from 'node:crypto'
import type { Sql } from '../../server/kernel/database.ts'
import { inFlight, type Slice } from './measure.ts'
import type { BenchPlace } from './place.ts'

/** Events without a platform: a table of the same columns and indexes, no trigger, no decision. */
export async function bareTable(owner: Sql): Promise<void> {
  await owner`create table work.bench (
    position bigint generated always as identity primary key, xid xid8 not null default pg_current_xact_id(),
    stream text not null, version integer not null, project text, digest bytea not null,
    recorded_at timestamptz not null, body text, salt bytea, sealed bytea, tag bytea,
    unique (stream, version), unique (tag))`
  await owner`create index on work.bench (project, position) where project is not null`
  await owner`create index on work.bench (xid)`
  await owner`grant select, insert on work.bench to yangguang_app`
}

const digestOfNothing = (): Buffer => createHash('sha256').update(randomBytes(16)).digest()
const sealed = randomBytes(4096)
const body = 'x'.repeat(800)

/** One row of a hidden event: 4 KiB sealed, as the kernel writes it. */
export async function insertOne({ sql }: Pick<BenchPlace, 'sql'>): Promise<void> {
  const digest = digestOfNothing()
  await sql`
    insert into work.bench (stream, version, digest, recorded_at, sealed, tag)
    values (${digest.toString('hex')}, 0, ${digest}, clock_timestamp(), ${sealed}, ${digest})`
}

/** A hundred rows of open events in one statement, one statement at a time: the rows of bulk work. */
export function insertHundreds({ sql }: Pick<BenchPlace, 'sql'>): Slice {
  const slice = inFlight(1, () => {
    const rows = Array.from({ length: 100 }, () => {
      const digest = digestOfNothing()
      const stream = digest.toString('hex')
      return { stream, version: 0, digest, recorded_at: new Date(), body, salt: digest }
    })
    return sql`insert into work.bench ${sql(rows)}`
  })
  return async (ms) => {
    const { done, seconds } = await slice(ms)
    return { done: done * 100, seconds }
  }
}

/** So many committed events of streams of their own, in one statement, past the kernel. */
export async function insertEvents(sql: Sql, count: number): Promise<Buffer[]> {
  const digests = Array.from({ length: count }, digestOfNothing)
  await sql`
    insert into log.events (stream, version, digest, recorded_at, sealed, tag)
    select 'hidden:' || d, 0, decode(d, 'hex'), clock_timestamp(), decode(d, 'hex'), decode(d, 'hex')
    from unnest(${digests.map((d) => d.toString('hex'))}::text[]) as d`
  return digests
}
