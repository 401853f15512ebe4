import type { ActRequest } from '../../server/kernel/act-row.ts'
import { bareTable, insertOne } from './bare.ts'
import { join, never, openLot, submission, submit } from './bids.ts'
import {
  type BenchOptions,
  inFlight,
  latencyOf,
  pairs,
  type Row,
  row,
  type Slice,
  WrongResult,
} from './measure.ts'
import { type BenchPlace, benchPlace } from './place.ts'

/**
 * submit-bid through the kernel: key, decision, limit by the database's clock, one append call with
 * event, hidden row and unique tag, commit; distinct streams. The limit: a one-row INSERT of the same
 * event into a table of the same columns and indexes. One row more holds the signed act too, as the
 * product always does: a second sealed row that the limit does not write.
 */
const goals: Record<number, number> = { 1: 0.7, 8: 0.85, 32: 1, 256: 1.4 }

export async function commands(options: BenchOptions): Promise<Row[]> {
  const place = await benchPlace()
  try {
    await openLot(place)
    await bareTable(place.owner)
    const limit = (flying: number) => inFlight(flying, () => insertOne(place))
    const counted = { bids: 0, parties: 0 }
    const rows: Row[] = []
    for (const flying of options.smoke ? [1, 8] : [1, 8, 32, 256]) {
      const product = submissions(place, flying, false, counted)
      const m = await pairs(product, limit(flying), options)
      const goal = goals[flying]
      const tail = latencyOf(m.latencies).p99 / latencyOf(m.limitLatencies).p99
      const isTailShort = flying < 256 || tail <= 0.7
      rows.push(
        row(
          'submit',
          flying < 256 ? { inFlight: flying } : { inFlight: flying, p99Ratio: tail.toFixed(2) },
          'acts/s',
          m,
          `≥ ${goal} × INSERT${flying < 256 ? '' : ', p99 ≤ 0.7 × its'}`,
          m.ratio.median >= goal && isTailShort,
        ),
      )
    }
    const flying = options.smoke ? 8 : 32
    const m = await pairs(submissions(place, flying, true, counted), limit(flying), options)
    rows.push(row('submit with its signed act', { inFlight: flying }, 'acts/s', m, 'prints', true))
    await proveCount(place, counted)
    return rows
  } finally {
    await place.end()
  }
}

/** Parties join and their acts are made outside of what is measured, as many as the slice before could have used. */
function submissions(
  place: BenchPlace,
  flying: number,
  isSigned: boolean,
  counted: { bids: number; parties: number },
): Slice {
  let most = 400
  return async (ms) => {
    const waiting: ActRequest[] = []
    const made = Array.from({ length: most }, () => `bench-${counted.parties++}`)
    await inBatches(made, 128, async (party) => {
      await join(place, party)
      waiting.push(submission(place, party, never, isSigned))
    })
    const slice = await inFlight(flying, async () => {
      const act = waiting.pop()
      if (!act) return false
      await submit(place, act)
      counted.bids += 1
      return true
    })(ms)
    most = Math.max(400, Math.ceil((slice.done / ms) * 300 * 2))
    return slice
  }
}

async function inBatches<T>(
  all: T[],
  size: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < all.length; at += size)
    await Promise.all(all.slice(at, at + size).map(work))
}

/** Each act that was answered stands once: a wrong count fails the run. */
async function proveCount(
  { sql }: BenchPlace,
  { bids, parties }: { bids: number; parties: number },
): Promise<void> {
  const [{ count }] =
    await sql`select count(*)::int as count from log.events where sealed is not null`
  if (count !== bids + parties)
    throw new WrongResult(`${bids + parties} acts were answered, ${count} stand`)
}
