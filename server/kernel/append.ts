import type { Sql, Tx } from './database.ts'
import type { StoredEvent } from './event.ts'
import type { ProjectView } from './streams.ts'

/** A decided act on its way into the tables. */
export interface ToAppend {
  /** As `log.append` takes it. */
  readonly row: Record<string, unknown>
  readonly events: readonly StoredEvent[]
  readonly project: ProjectView | null
  readonly isHidden: boolean
}

/** What the application adds to the commit of open events: projections and jobs. */
export type InCommit = (tx: Tx, view: ProjectView | null, events: StoredEvent[]) => Promise<void>

const uniqueViolation = '23505'

/** What `log.append` says of one act. */
export interface AppendAnswer {
  readonly taken: boolean
  readonly positions?: readonly number[]
  readonly why?: 'stale' | 'late' | 'repeated' | 'key-reused' | 'tag-reused'
  readonly answer?: string
}
/** An answer for each act of a batch, in order. */
export interface Judged {
  readonly answers: readonly AppendAnswer[]
  /** The database's time, ISO text. */
  readonly clock: string
}
/** As the call answers; where all are taken it gives the positions of all events, in order. */
export type AppendResult =
  | Judged
  | { readonly positions: readonly number[]; readonly clock: string }

/** The answer for each act. @param batch in the order of the call, with the events of each */
export function judged(
  result: AppendResult,
  batch: readonly { readonly events: readonly StoredEvent[] }[],
): Judged {
  if ('answers' in result) return result
  let at = 0
  const answers = batch.map(({ events }) => {
    const positions = result.positions.slice(at, at + events.length)
    at += events.length
    return { taken: true, positions }
  })
  return { answers, clock: result.clock }
}

/** Events with the positions that the table gave them. */
export function placed(
  events: readonly StoredEvent[],
  positions: readonly number[],
): StoredEvent[] {
  return events.map((stored, i) => ({ ...stored, position: Number(positions[i]) }))
}

/**
 * Judges and appends a batch in one call, in one commit.
 * @param inCommit called for each open act that was taken
 */
export async function append(
  sql: Sql,
  batch: readonly ToAppend[],
  inCommit: InCommit,
): Promise<Judged> {
  try {
    return await appendBy('log.append', sql, batch, inCommit)
  } catch (error) {
    if ((error as { code?: string }).code !== uniqueViolation) throw error
    // Another process has just taken a version, key or tag: each act is judged for itself.
    return await appendBy('log.append_each', sql, batch, inCommit)
  }
}

/** Hidden acts alone need no transaction of ours: the one call is it. */
async function appendBy(
  name: 'log.append' | 'log.append_each',
  sql: Sql,
  batch: readonly ToAppend[],
  inCommit: InCommit,
): Promise<Judged> {
  const rows = JSON.stringify(batch.map((one) => one.row))
  const call = async (on: Sql | Tx): Promise<Judged> => {
    const [{ result }] = await on`select ${on(name)}(${rows}::text::jsonb) as result`
    return judged(result as AppendResult, batch)
  }
  if (batch.every((one) => one.isHidden)) return call(sql)
  return (await sql.begin(async (tx) => {
    const result = await call(tx)
    for (const [i, { isHidden, project, events }] of batch.entries()) {
      const { taken, positions } = result.answers[i]
      if (taken && !isHidden) await inCommit(tx, project, placed(events, positions ?? []))
    }
    return result
  })) as Judged
}
