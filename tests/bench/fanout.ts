import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Arrivals } from './listeners.ts'
import {
  type BenchOptions,
  latencyOf,
  pairs,
  type Row,
  row,
  type Slice,
  spreadOf,
  WrongResult,
} from './measure.ts'
import { benchPlace, serveHttp } from './place.ts'
import { type Handlers, monotonicMs, type OtherProcess, sleep, startRole } from './process.ts'
import { playSmall, tellAll } from './trades.ts'

/**
 * One process tells all who listen to one trade: `/api/live` as it runs, rights judged an audience
 * and an event at a time, a tenth of the clients signed in as twelve bidders and four officers. The
 * limit is a bare `node:http` server that writes one shared framed buffer of the same length to each
 * socket. Product, limit and clients are three processes; 1,000 clients, with `--big` 10,000 too.
 * Latency runs from the moment that the bus hands an event on; processor time is the process's own.
 */
export async function fanout(options: BenchOptions): Promise<Row[]> {
  const rows: Row[] = []
  for (const clients of options.smoke ? [20] : options.big ? [1000, 10_000] : [1000])
    rows.push(...(await fanOutTo(clients, options)))
  return rows
}

const identities = [
  ...Array.from({ length: 12 }, (_, i) => `bidder-${i + 1}`),
  ...['agency-1', 'purchaser-1', 'centre-1', 'regulator-1'],
]

async function fanOutTo(clients: number, options: BenchOptions): Promise<Row[]> {
  const load = await startRole('listeners')
  const product = await startRole('fanout product')
  const limit = await startRole('fanout limit')
  try {
    const port = {
      product: await product.ask<number>('port'),
      limit: await limit.ask<number>('port'),
    }
    const bytes = { product: 0, limit: 0 }
    for (const [which, server] of [
      ['product', product],
      ['limit', limit],
    ] as const) {
      const before = await server.ask<number>('memory')
      const people = which === 'limit' ? [] : options.smoke ? ['bidder-1'] : identities
      const signedIn = which === 'limit' ? 0 : Math.floor(clients / 10)
      const wish = { port: port[which], path: '/api/live', count: clients, signedIn }
      await load.ask('open', { ...wish, identities: people })
      bytes[which] = ((await server.ask<number>('memory')) - before) / clients
    }
    const frame = { bytes: 0 }
    const events = clients > 2000 ? { count: 3, everyMs: 500 } : { count: 10, everyMs: 40 }
    const of = (server: OtherProcess, which: 'product' | 'limit'): Slice =>
      tellThem(server, load, { port: port[which], clients, ...events }, frame)
    const m = await pairs(of(product, 'product'), of(limit, 'limit'), options)
    const params = { clients, frameBytes: frame.bytes }
    const tail = { product: latencyOf(m.latencies).p99, limit: latencyOf(m.limitLatencies).p99 }
    const memory = bytes.product / bytes.limit
    return [
      row(
        'deliveries',
        params,
        'deliveries per CPU-second',
        m,
        '≥ 0.8 × bare',
        m.ratio.median >= 0.8,
      ),
      row(
        'latency',
        params,
        'ms, p99',
        { ...tail, ratio: m.tails, latencies: m.latencies },
        'p99 ≤ 1.5 × bare',
        m.tails.median <= 1.5,
      ),
      row(
        'memory',
        { clients },
        'bytes a client',
        { ...bytes, ratio: spreadOf([memory]) },
        '≤ 1.5 × bare',
        memory <= 1.5,
      ),
    ]
  } finally {
    for (const one of [load, product, limit]) await one.end()
  }
}

interface Telling {
  readonly port: number
  readonly clients: number
  readonly count: number
  readonly everyMs: number
}

/** A slice: some events, until every client has them all, in order and once. */
function tellThem(
  server: OtherProcess,
  load: OtherProcess,
  { port, clients, count, everyMs }: Telling,
  frame: { bytes: number },
): Slice {
  return async () => {
    const before = await server.ask<number>('cpuMs')
    const told = server.ask<number[]>('tell', { count, everyMs, bytes: frame.bytes })
    const { moments, frameBytes } = await load.ask<Arrivals>('collect', { port, frames: count })
    const at = await told
    const cpuMs = (await server.ask<number>('cpuMs')) - before
    frame.bytes ||= frameBytes
    const latencies: number[] = []
    for (const client of moments) {
      if (client.length !== count)
        throw new WrongResult(`a client was told ${client.length} of ${count} events`)
      for (const [i, moment] of client.entries()) latencies.push(moment - at[i])
    }
    return { done: clients * count, seconds: cpuMs / 1000, latencies }
  }
}

const usage = {
  /** What lives, without what waits for collection: pages that V8 holds would hide a thousand clients. */
  memory: () => {
    globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  },
  cpuMs: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
}

/** The platform with one published trade. */
export async function fanoutProduct(): Promise<Handlers> {
  const place = await benchPlace()
  const { url, close } = await serveHttp(place)
  const { platform } = place.running
  const { published } = await playSmall(url, 'published')
  let handed: number[] = []
  platform.bus.subscribe(() => handed.push(monotonicMs()))
  let n = 0
  return {
    ...usage,
    port: () => Number(new URL(url).port),
    tell: async ({ count, everyMs }: { count: number; everyMs: number }) => {
      await sleep(10) // what went before is handed on
      handed = []
      for (let i = 0; i < count; i++) {
        await tellAll(platform, published.project, `q-${n++}`)
        await sleep(everyMs)
      }
      return handed
    },
    end: async () => {
      close()
      await place.end()
    },
  } as Handlers
}

/** What any server must do: write the same bytes to each socket. */
export async function fanoutLimit(): Promise<Handlers> {
  const sockets = new Set<http.ServerResponse['socket']>()
  const server = http.createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    answer.write('event: hello\ndata: {}\n\n')
    sockets.add(answer.socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    ...usage,
    port: () => (server.address() as AddressInfo).port,
    tell: async ({ count, everyMs, bytes }: { count: number; everyMs: number; bytes: number }) => {
      const text = `id: x\ndata: ${'x'.repeat(Math.max(10, bytes - 14))}\n\n`
      const frame = Buffer.from(`${text.length.toString(16)}\r\n${text}\r\n`)
      const at: number[] = []
      for (let i = 0; i < count; i++) {
        at.push(monotonicMs())
        for (const socket of sockets) socket?.write(frame)
        await sleep(everyMs)
      }
      return at
    },
    end: async () => {
      server.closeAllConnections()
      server.close()
    },
  } as Handlers
}
