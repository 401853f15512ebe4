import { createHash, randomBytes } from 'node:crypto'
import { type BenchOptions, inFlight, latencyOf, pairs, type Row, row } from './measure.ts'
import { benchPlace } from './place.ts'

/**
 * submit-bid through the kernel: key, decision, one append call with event and hidden row, commit;
 * distinct streams. The limit: a one-row INSERT of the same event into the same kind of table.
 */
const goals: Record<number, number> = { 1: 0.7, 8: 0.85, 32: 1, 256: 1.4 }

export async function commands(options: BenchOptions): Promise<Row[]> {
  const place = await benchPlace()
  try {
    const { store } = place.running.platform
    await openBidding(place)
    await bareTable(place)
    let n = 0
    const product = async () => {
      const party = `bench-${n++}`
      await store.act({
        stream: store.hiddenStream('bid', lot, party),
        hidden: true,
        project,
        command: { type: 'joinLot', project, lot, party } as never,
        actor: { party, capacity: 'authorisedSigner' },
        key: party,
        facts: () => facts,
      })
    }
    const sealed = randomBytes(4096)
    const limit = async () => {
      const digest = createHash('sha256').update(randomBytes(16)).digest()
      await place.sql`
        insert into work.bench (stream, version, digest, recorded_at, sealed, tag)
        values (${digest.toString('hex')}, 0, ${digest}, clock_timestamp(), ${sealed}, ${digest})`
    }
    const rows: Row[] = []
    for (const flying of options.smoke ? [1, 8] : [1, 8, 32, 256]) {
      const m = await pairs(inFlight(flying, product), inFlight(flying, limit), options)
      const goal = goals[flying]
      const tail =
        flying === 256 ? latencyOf(m.latencies).p99 <= 0.7 * latencyOf(m.limitLatencies).p99 : true
      rows.push(
        row(
          'submit',
          { inFlight: flying },
          'acts/s',
          m,
          `≥ ${goal} × INSERT`,
          m.ratio.median >= goal && tail,
        ),
      )
    }
    await proveCount(place, n)
    return rows
  } finally {
    await place.end()
  }
}

const project = 'YG-20260302-BENCH'
const lot = `${project}-1`
const facts = {
  published: true,
  deadline: '2099-01-01T00:00:00.000Z',
  documentUntil: '2099-01-01T00:00:00.000Z',
  documentVersion: 1,
  documentSha256: 'x',
  signInFrom: null,
  bondFen: 0,
  tendering: true,
  suspended: false,
  incompatible: false,
}

async function openBidding({ running }: Awaited<ReturnType<typeof benchPlace>>): Promise<void> {
  await running.platform.store.act({
    stream: `project:${project}`,
    hidden: false,
    project,
    actor: { party: 'bench', capacity: 'operator' },
    command: {
      type: 'createProject',
      id: project,
      purchaser: 'p',
      agency: 'a',
      tradingCentre: 'c',
      mandate: 'm',
      approvalNumber: null,
      startAt: null,
    } as never,
  })
}

/** The same columns and indexes, without triggers. */
async function bareTable({ running, sql }: Awaited<ReturnType<typeof benchPlace>>): Promise<void> {
  const owner = (await import('../../server/kernel/database.ts')).openOwner
  const place = running.platform.sql.options as unknown as { host: string[]; database: string }
  const db = owner({ socketFolder: place.host[0], database: place.database })
  await db`create table work.bench (
    position bigint generated always as identity primary key, xid xid8 not null default pg_current_xact_id(),
    stream text not null, version integer not null, digest bytea not null, recorded_at timestamptz not null,
    sealed bytea, tag bytea, unique (stream, version), unique (tag))`
  await db`create index on work.bench (xid)`
  await db`grant select, insert on work.bench to yangguang_app`
  await db.end()
  void sql
}

/** Each act that was answered stands once: a wrong count fails the run. */
async function proveCount(
  { sql }: Awaited<ReturnType<typeof benchPlace>>,
  n: number,
): Promise<void> {
  const [{ count }] =
    await sql`select count(*)::int as count from log.events where sealed is not null`
  if (count !== n) throw new Error(`${n} acts were answered, ${count} stand`)
}
