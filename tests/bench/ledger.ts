import { randomBytes, randomInt } from 'node:crypto'
import path from 'node:path'
import type { Sql } from '../../server/kernel/database.ts'
import { type Keys, openKeys } from '../../server/kernel/keys.ts'
import { TileFiles } from '../../server/kernel/log-files.ts'
import { LogTree } from '../../server/kernel/log-tree.ts'
import {
  buildBatch,
  drawSlots,
  encodeEntry,
  parseVkey,
  verifyProof,
} from '../../server/log/index.ts'
import { bareTable, insertEvents, insertHundreds } from './bare.ts'
import {
  type BenchOptions,
  latencyOf,
  pairs,
  type Row,
  row,
  type Slice,
  WrongResult,
} from './measure.ts'
import { type BenchPlace, benchPlace } from './place.ts'
import { sleep } from './process.ts'

/**
 * The log as it runs, a tick each 80 ms. `receipted`: a burst of committed events until each of
 * them has its proof under a durable checkpoint, against rows in INSERTs of a hundred. `idle`: one
 * event, from its commit to its proof. `proof`: proofs of old ticks out of a log of 262,144 entries
 * (`--big`: ten million), all of whose tiles are really there; a few ticks hold real batches.
 */
export async function ledger(options: BenchOptions): Promise<Row[]> {
  const { smoke, big } = options
  const leaves = (smoke ? 4 : big ? 39_063 : 1024) * 256
  let old: Buffer[] = []
  const place = await benchPlace(async ({ folder, owner }) => {
    old = await longLog(folder, owner, leaves, smoke ? 5 : 200)
  })
  try {
    await bareTable(place.owner)
    const rows = [
      await receipted(place, options),
      await idle(place, smoke ? 3 : 50),
      await oldProofs(place, old, leaves),
    ]
    await proveLeaves(place)
    return rows
  } finally {
    await place.end()
  }
}

/** Each burst is one tick's most; a few proofs of it are checked against the log's key. */
async function receipted(place: BenchPlace, options: BenchOptions): Promise<Row> {
  const burst = options.smoke ? 64 : 4096
  const product: Slice = async () => {
    const digests = await insertEvents(place.sql, burst)
    const started = performance.now()
    const left = [...digests]
    const proofs = new Map<Buffer, string>()
    const work = async () => {
      for (let digest = left.pop(); digest; digest = left.pop())
        proofs.set(digest, await place.running.platform.ledger.proofOf(digest))
    }
    await Promise.all(Array.from({ length: 32 }, work))
    const seconds = (performance.now() - started) / 1000
    for (const digest of digests.slice(0, 5)) checkProof(place, digest, proofs.get(digest) ?? '')
    return { done: burst, seconds }
  }
  const m = await pairs(product, insertHundreds(place), options)
  return row(
    'receipted',
    { burst },
    'events/s',
    m,
    '≥ 0.35 × INSERT of 100 rows',
    m.ratio.median >= 0.35,
  )
}

async function idle(place: BenchPlace, samples: number): Promise<Row> {
  const { ledger: log } = place.running.platform
  const latencies: number[] = []
  for (let i = 0; i < samples; i++) {
    await sleep(randomInt(80))
    const [digest] = await insertEvents(place.sql, 1)
    const committed = performance.now()
    const proof = await log.proofOf(digest)
    latencies.push(performance.now() - committed)
    checkProof(place, digest, proof)
  }
  const most = log.tickMs + 50
  const { p50, p99 } = latencyOf(latencies)
  return row(
    'idle',
    { tickMs: log.tickMs, samples },
    'ms from commit to receipt, p50',
    { product: p50, latencies },
    `p99 ≤ ${most} ms`,
    p99 <= most,
  )
}

async function oldProofs(place: BenchPlace, old: Buffer[], leaves: number): Promise<Row> {
  const latencies: number[] = []
  for (const digest of old) {
    const started = performance.now()
    const proof = await place.running.platform.ledger.proofOf(digest)
    latencies.push(performance.now() - started)
    checkProof(place, digest, proof)
  }
  const { p50, p99 } = latencyOf(latencies)
  return row(
    'proof',
    { leaves },
    'ms a proof, p50',
    { product: p50, latencies },
    'p99 ≤ 5 ms at 10 M leaves',
    p99 <= 5,
  )
}

function checkProof({ running }: BenchPlace, digest: Buffer, proof: string): void {
  const { problems } = verifyProof(proof, digest, [
    { vkey: parseVkey(running.platform.ledger.vkey), fromSize: 0, toSize: null },
  ])
  if (problems.length > 0) throw new WrongResult(`a proof does not hold: ${problems.join(', ')}`)
}

/** Every event has one leaf, no more. */
async function proveLeaves({ sql }: BenchPlace): Promise<void> {
  const [{ events, leaves }] = await sql`
    select (select count(*) from log.events)::int as events,
      (select count(*) from log.events e join ledger.leaves l on l.position = e.position
        where l.digest = e.digest)::int as leaves`
  if (events !== leaves) throw new WrongResult(`${events} events, ${leaves} leaves`)
}

/** A log of full tiles on disk, with batches of nine events in some of its ticks. */
async function longLog(
  folder: string,
  owner: Sql,
  size: number,
  batches: number,
): Promise<Buffer[]> {
  const keys = await openKeys(path.join(folder, 'keys'))
  const tree = new LogTree(new TileFiles(path.join(folder, 'log')))
  const chosen = new Map<number, ReturnType<typeof realBatch>>()
  while (chosen.size < batches) {
    const tick = randomInt(size)
    chosen.set(tick, realBatch(keys, tick))
  }
  const firstMs = Math.floor(Date.now() / 80) * 80 - (size + 1) * 80
  for (let at = 0; at < size; at += 256) {
    const entries = Array.from({ length: 256 }, (_, i) =>
      encodeEntry({
        atMs: firstMs + (at + i) * 80,
        root: chosen.get(at + i)?.root ?? randomBytes(32),
      }),
    )
    tree.append(entries)
    await tree.flush()
  }
  const root = randomBytes(32)
  const entry = Buffer.from(encodeEntry({ atMs: firstMs + size * 80, root }))
  await owner`insert into ledger.ticks (index, tick_ms, entry, root)
    values (${size}, ${firstMs + size * 80}, ${entry}, ${root})`
  let position = -1 // below all that the platform gives
  for (const [tick, { items }] of chosen) {
    const rows = items.map((item) => ({ ...item, tick, position: position-- }))
    await owner`insert into ledger.leaves ${owner(rows, 'position', 'digest', 'tick', 'slot')}`
  }
  return [...chosen.values()].map(({ items }) => items[0].digest)
}

function realBatch(keys: Keys, tick: number) {
  const slots = drawSlots(9, (n) => randomInt(n))
  const items = slots.map((slot) => ({ digest: randomBytes(32), slot }))
  return { items, root: buildBatch(items, keys.batchSecret(tick)).root }
}
