import { type BenchOptions, pairs, type Row, row, type Slice } from './measure.ts'
import { type Handlers, startRole } from './process.ts'
import { type Ask, inBrowser } from './sealing-browser.ts'
import { type SealCalls, sealCalls } from './sealing-calls.ts'

/**
 * Sealing a file as the product does (`sealFile`: padding, AES-256-GCM by chunk, tree hash of what is
 * sealed, tree hash of the content), a stream from end to end with nothing kept, against the same
 * API, chunks and bytes alone: AES-256-GCM and SHA-256, four in flight. A file's sealing hashes twice
 * what the limit hashes once, so a row more shows it against GCM and both hashes; GCM alone is
 * another. In Node (a process of its own, for its memory) and in a worker of a real Chromium: 64 MiB,
 * with `--big` 1 GiB too. What was sealed is read and opened again: another root or
 * content is a wrong result. Cancelling is asked of the worker as it ships; memory is the process's.
 */
export async function sealing(options: BenchOptions): Promise<Row[]> {
  const sizes = options.smoke ? [1] : options.big ? [64, 1024] : [64]
  const rows: Row[] = []
  for (const mib of sizes) {
    const node = await startRole('seal')
    try {
      const ask: Ask = (call, input) => node.ask(call, input)
      rows.push(...(await sealingIn('Node', mib, options, ask)))
    } finally {
      await node.end()
    }
    rows.push(...(await inBrowser((ask) => sealingIn('Chromium worker', mib, options, ask))))
  }
  return rows
}

async function sealingIn(
  place: string,
  mib: number,
  options: BenchOptions,
  ask: Ask,
): Promise<Row[]> {
  const run =
    (call: keyof SealCalls): Slice =>
    async (ms) => {
      const size = ms < 100 ? Math.min(mib, 16) : mib // the first round only warms up
      const seconds = await ask<number>(call, { mib: size })
      return { done: size, seconds }
    }
  await ask('check', { mib: 1 })
  const product = run('product')
  const full = mib > 64 ? 3 : 8
  const params = { place, mib }
  const rows: Row[] = []
  for (const [name, limit, goal] of [
    ['file, against GCM + SHA-256', 'gcmAndHash', 0.85],
    ['file, against GCM + both hashes', 'gcmAndHashes', null],
    ['file, against GCM alone', 'gcm', 0.65],
  ] as const) {
    const m = await pairs(product, run(limit), options, full)
    const pass = goal === null || m.ratio.median >= goal
    rows.push(row(name, params, 'MiB/s', m, goal === null ? 'prints' : `≥ ${goal}`, pass))
  }
  const memory = await ask<number>('memory', { mib })
  const grown = memory / 1024 ** 2
  rows.push(row('memory', params, 'MiB more', { product: grown }, '≤ 64 MiB', grown <= 64))
  if (place === 'Node') return rows
  const cancelMs = await ask<number>('cancel', { mib: 64 })
  rows.push(row('cancel', params, 'ms', { product: cancelMs }, '≤ 200 ms', cancelMs <= 200))
  return rows
}

/** Sealing in a Node process of its own, with a look at its memory meanwhile. */
export async function sealRole(): Promise<Handlers> {
  const memory = async ({ mib }: { mib: number }) => {
    const before = process.memoryUsage().rss
    let most = before
    const look = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 5)
    await sealCalls.product({ mib })
    clearInterval(look)
    return most - before
  }
  return { ...sealCalls, memory } as Handlers
}
