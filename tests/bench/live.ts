import { randomBytes } from 'node:crypto'
import type { Arrivals } from './listeners.ts'
import {
  type BenchOptions,
  latencyOf,
  pairs,
  type Row,
  row,
  type Slice,
  WrongResult,
} from './measure.ts'
import { type BenchPlace, benchPlace, serveHttp } from './place.ts'
import { monotonicMs, type OtherProcess, sleep, startRole } from './process.ts'
import { playSmall, tellAll } from './trades.ts'

/**
 * From the commit of an event to its arrival at a client: bus, rights, stream, socket. 200 commands
 * a second go through the kernel, at times set beforehand, in eight trades; ten clients of
 * `/api/live` in another process hear each. The limit is a bare NOTIFY at the same pace.
 */
const perSecond = 200
const clients = 10

export async function live(options: BenchOptions): Promise<Row[]> {
  const place = await benchPlace()
  const http = await serveHttp(place)
  const load = await startRole('listeners')
  try {
    const projects: string[] = []
    for (let i = 0; i < (options.smoke ? 1 : 8); i++)
      projects.push((await playSmall(http.url, 'published')).published.project)
    const port = Number(new URL(http.url).port)
    const wish = { port, path: '/api/live', count: clients, identities: ['bidder-1'], signedIn: 5 }
    await load.ask('open', wish)
    const trip = await notifyTrip(place)
    const fromIntended: number[] = []
    const m = await pairs(
      productSlice(place, load, port, projects, options, fromIntended),
      async (ms) => slice(await trip.send(countFor(ms, options))),
      options,
    )
    await trip.end()
    const [product, limit] = [latencyOf(m.latencies), latencyOf(m.limitLatencies)]
    return [
      row(
        'commit to client',
        {
          perSecond,
          clients,
          notifyP99: limit.p99,
          fromIntendedTimeP99: latencyOf(fromIntended).p99,
        },
        'ms, p50',
        {
          product: product.p50,
          limit: limit.p50,
          ratio: m.medians,
          latencies: m.latencies,
        },
        'p50 ≤ 10 ms, p99 ≤ 50 ms',
        product.p50 <= 10 && product.p99 <= 50,
      ),
    ]
  } finally {
    await load.end()
    http.close()
    await place.end()
  }
}

/** A slice of a second, so that the pace is kept. */
const countFor = (ms: number, { smoke }: BenchOptions): number =>
  smoke || ms < 100 ? 20 : perSecond

const slice = (latencies: number[]) => ({ done: latencies.length, seconds: 1, latencies })

interface Sent {
  readonly position: number
  readonly intended: number
  readonly committed: number
}

/** Runs a call at each of `count` moments, whether or not earlier ones have ended. */
async function paced<T>(count: number, call: (intended: number) => Promise<T>): Promise<T[]> {
  const started = monotonicMs() + 5
  const under: Promise<T>[] = []
  for (let i = 0; i < count; i++) {
    const intended = started + (i * 1000) / perSecond
    const wait = intended - monotonicMs()
    if (wait > 0) await sleep(wait)
    under.push(call(intended))
  }
  return Promise.all(under)
}

function productSlice(
  place: BenchPlace,
  load: OtherProcess,
  port: number,
  projects: readonly string[],
  options: BenchOptions,
  fromIntended: number[],
): Slice {
  const { platform } = place.running
  let n = 0
  return async (ms) => {
    const count = countFor(ms, options)
    const sent = await paced(count, async (intended): Promise<Sent> => {
      const id = `q-${n++}`
      const position = await tellAll(platform, projects[n % projects.length], id)
      return { position, intended, committed: monotonicMs() }
    })
    const arrivals = await load.ask<Arrivals>('collect', { port, frames: count })
    const order = await inLiveOrder(place, sent)
    const latencies: number[] = []
    for (const moments of arrivals.moments) {
      if (moments.length !== count)
        throw new WrongResult(`a client was told ${moments.length} of ${count} events`)
      for (const [i, { committed, intended }] of order.entries()) {
        // The bus may be faster than the answer to the one who asked.
        latencies.push(Math.max(0, moments[i] - committed))
        fromIntended.push(moments[i] - intended)
      }
    }
    return slice(latencies)
  }
}

/** As the bus handed them on: what every client hears, in that order. */
async function inLiveOrder({ sql }: BenchPlace, sent: readonly Sent[]): Promise<Sent[]> {
  const rows = await sql`
    select position from work.live
    where position in ${sql(sent.map((s) => s.position))} order by seq`
  const known = new Map(sent.map((s) => [s.position, s]))
  if (rows.length !== sent.length) throw new WrongResult('an event has no live position')
  return rows.map((r) => known.get(Number(r.position)) as Sent)
}

/** A notification to oneself through PostgreSQL. */
async function notifyTrip({ sql }: BenchPlace) {
  const waiting = new Map<string, () => void>()
  const listening = await sql.listen('bench', (name) => waiting.get(name)?.())
  return {
    send: (count: number) =>
      paced(count, async () => {
        const name = randomBytes(8).toString('hex')
        const heard = new Promise<void>((resolve) => waiting.set(name, resolve))
        const sent = monotonicMs()
        await sql.notify('bench', name)
        await heard
        waiting.delete(name)
        return monotonicMs() - sent
      }),
    end: () => listening.unlisten(),
  }
}
