import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { iso } from '../../server/kernel/clock.ts'
import { receiptOf } from '../../server/tendering/bid/receipts.ts'
import { bareTable, insertOne } from './bare.ts'
import { join, openLot, submission, submit } from './bids.ts'
import { type BenchOptions, latencyOf, type Row, row, spreadOf, WrongResult } from './measure.ts'
import { type BenchPlace, benchPlace } from './place.ts'
import { type OtherProcess, startRole } from './process.ts'
import type { RushAnswer, RushWish } from './rush-load.ts'

/**
 * 1,000 bidders in ten seconds, three in ten of them in the last one (`--big`: 10,000 in a minute).
 * Another process sends each at its time, whatever the answers, over loopback to a bare door of
 * `node:http`; behind it stands what the product does once a bid is checked: the kernel's submit-bid
 * with its signed act, then the receipt under a durable checkpoint (`receiptOf`). The limit is a
 * one-row INSERT behind the same door, at the same times. Each act that was committed stands once,
 * before the deadline, with a receipt that holds; else the result is wrong.
 */
export async function rush(options: BenchOptions): Promise<Row[]> {
  const bidders = options.smoke ? 20 : options.big ? 10_000 : 1000
  const spanMs = options.smoke ? 500 : options.big ? 60_000 : 10_000
  const place = await benchPlace()
  const load = await startRole('rush load')
  const door = await openDoor(place)
  try {
    await openLot(place)
    await bareTable(place.owner)
    const vkey = place.running.platform.ledger.vkey
    const wish = { port: door.port, vkey, bidders, spanMs, startInMs: 50 }
    await load.ask('run', { ...wish, path: '/insert', bidders: 50, spanMs: 300 }) // warms up
    const limit = await load.ask<RushAnswer>('run', { ...wish, path: '/insert' })
    const product = await submitAll(place, load, door, { ...wish, path: '/submit' })
    return rowsOf(product, limit, { bidders, seconds: spanMs / 1000 })
  } finally {
    await load.end()
    door.close()
    await place.end()
  }
}

function rowsOf(product: RushAnswer, limit: RushAnswer, params: Row['params']): Row[] {
  const [committed, insert] = [latencyOf(product.committed), latencyOf(limit.committed)]
  const receipts = latencyOf(product.receipts)
  const x = committed.p99 / insert.p99
  const more = { ...params, late: product.late }
  return [
    row(
      'committed',
      { ...more, insertP50: insert.p50 },
      'ms, p99',
      {
        product: committed.p99,
        limit: insert.p99,
        ratio: spreadOf([x]),
        latencies: product.committed,
      },
      'p99 ≤ 3 × INSERT, none late',
      x <= 3 && product.late === 0,
    ),
    row(
      'receipt',
      more,
      'ms, p99',
      { product: receipts.p99, latencies: product.receipts },
      'p99 ≤ 400 ms, none late',
      receipts.p99 <= 400 && product.late === 0,
    ),
  ]
}

/** The deadline falls half a second after the last bid was sent. */
const graceMs = 500

async function submitAll(
  place: BenchPlace,
  load: OtherProcess,
  door: Door,
  wish: RushWish,
): Promise<RushAnswer> {
  const { store } = place.running.platform
  for (let at = 0; at < wish.bidders; at += 128)
    await Promise.all(
      Array.from({ length: Math.min(128, wish.bidders - at) }, (_, i) => join(place, `${at + i}`)),
    )
  door.deadline = iso(store.clock.nowMs() + wish.startInMs + wish.spanMs + graceMs)
  const answer = await load.ask<RushAnswer>('run', wish)
  if (answer.failed.length > 0) throw new WrongResult(`refused: ${answer.failed[0]}`)
  if (answer.committed.length !== answer.receipts.length)
    throw new WrongResult('a committed bid has no receipt')
  const [{ count, leaves }] = await place.sql`
    select count(*)::int as count, count(l.position)::int as leaves from log.events e
    left join ledger.leaves l on l.position = e.position where e.version = 1 and e.sealed is not null`
  if (count !== answer.committed.length || leaves !== count)
    throw new WrongResult(`${answer.committed.length} committed, ${count} stand, ${leaves} leaves`)
  const late = door.times.filter((at) => at >= door.deadline)
  if (late.length > 0) throw new WrongResult(`${late.length} bids stand after the deadline`)
  return answer
}

interface Door {
  readonly port: number
  deadline: string
  /** Trade time of each bid that was taken. */
  readonly times: string[]
  close(): void
}

/** Answers a line when the act is committed, then a line with its receipt. */
async function openDoor(place: BenchPlace): Promise<Door> {
  const { platform } = place.running
  const state = { deadline: '', times: [] as string[] }
  const answer = async (url: string, out: http.ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    if (pathname === '/insert') {
      await insertOne(place)
      out.end('committed\n')
      return
    }
    const act = submission(place, searchParams.get('bidder') ?? '', state.deadline, true)
    const stored = await submit(place, act)
    state.times.push(stored.event.at)
    out.write('committed\n')
    const data = stored.event.data as unknown as Parameters<typeof receiptOf>[1]['bid']
    const digest = Buffer.from(act.signed?.digest ?? []).toString('base64url')
    const one = { act: digest, stored, bid: data, deadline: state.deadline }
    out.end(`${await receiptOf(platform, one)}\n`)
  }
  const server = http.createServer((request, out) => {
    answer(request.url ?? '/', out).catch((error) => {
      out.end(`${String((error as { slug?: string }).slug ?? error)}\n`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    close: () => void server.close(),
  })
}
