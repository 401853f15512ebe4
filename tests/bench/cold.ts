import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { startPostgres } from '../../infra/embedded/postgres.ts'
import { ensureDatabase } from '../../server/kernel/database.ts'
import {
  type BenchOptions,
  pairs,
  quantile,
  type Row,
  row,
  type Slice,
  spreadOf,
  WrongResult,
} from './measure.ts'
import { benchFolder, projectFolder } from './place.ts'

/**
 * `npm start` on an empty data folder until the first page is there, and again on the same folder,
 * against making a PostgreSQL folder and starting on it. What is started is what npm runs
 * (`infra/run.mjs start`, bundling included); the pages are built before, by one start that does not
 * count. While the first page answers, the demo city must still be filling behind it.
 */
const readyMs = 60_000

export async function cold(options: BenchOptions): Promise<Row[]> {
  const seed = options.smoke ? 'none' : 'city'
  const warm: number[] = []
  await withFolder((folder) => firstPage(folder, 'none', () => {}))
  const product: Slice = (ms) =>
    withFolder(async (folder) => {
      const first = await firstPage(folder, seed, options.smoke ? () => {} : seedingBehind)
      if (ms > 50) warm.push(await firstPage(folder, seed, () => {}))
      return once(first)
    })
  const limit: Slice = () => withFolder(async (folder) => once(await bareStart(folder)))
  const m = await startPairs(product, limit, options)
  const [a, b] = [m.latencies, m.limitLatencies].map(median)
  const again = median(warm)
  return [
    row(
      'empty folder',
      { seed, allowedMs: Math.round(1.5 * b + 1000) },
      'ms to the first page',
      { product: a, limit: b, ratio: m.medians, latencies: m.latencies },
      '≤ 1.5 × (initdb + start) + 1 s',
      a <= 1.5 * b + 1000,
    ),
    row(
      'again',
      {},
      'ms to the first page',
      { product: again, latencies: warm },
      '≤ 2 s',
      again <= 2000,
    ),
  ]
}

/** Starts take seconds: four pairs, one where only correctness is asked. */
async function startPairs(product: Slice, limit: Slice, { smoke }: BenchOptions) {
  if (!smoke) return pairs(product, limit, { smoke }, 4)
  const [a, b] = [await product(100), await limit(100)]
  return {
    latencies: a.latencies ?? [],
    limitLatencies: b.latencies ?? [],
    medians: spreadOf([a.seconds / b.seconds]),
  }
}

const once = (ms: number) => ({ done: 1, seconds: ms / 1000, latencies: [ms] })

const median = (values: readonly number[]): number => quantile(values, 0.5)

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = benchFolder()
  try {
    return await work(folder)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** Starts the product, asks for the first page, and ends it. @returns ms from the start */
async function firstPage(
  folder: string,
  seed: string,
  look: (health: Health) => void,
): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, [path.join(projectFolder(), 'infra/run.mjs'), 'start'], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      YANGGUANG_DATA: folder,
      YANGGUANG_SEED: seed,
      YANGGUANG_LOG: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    const url = await readyUrl(child)
    const page = await fetch(url)
    const text = await page.text()
    const ms = performance.now() - started
    if (page.status !== 200 || !text.includes('<div id="app">'))
      throw new WrongResult(`the first page answers ${page.status}: ${text.slice(0, 200)}`)
    look((await (await fetch(`${url}/healthz`)).json()) as Health)
    return ms
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

interface Health {
  readonly seeding: { readonly done: number; readonly total: number }
}

function seedingBehind({ seeding }: Health): void {
  if (seeding.total === 0 || seeding.done >= seeding.total)
    throw new WrongResult(`seeding is not behind: ${seeding.done} of ${seeding.total}`)
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stderr?.on('data', (piece: Buffer) => {
      text += piece.toString('utf8')
    })
    const late = setTimeout(() => reject(new WrongResult(`not ready: ${text}`)), readyMs)
    child.stdout?.on('data', (piece: Buffer) => {
      text += piece.toString('utf8')
      const found = /Yangguang ready at (\S+)/.exec(text)
      if (!found) return
      clearTimeout(late)
      resolve(found[1])
    })
    child.once('exit', () => reject(new WrongResult(`the server ended: ${text}`)))
  })
}

async function bareStart(folder: string): Promise<number> {
  const started = performance.now()
  const server = await startPostgres({ folder: path.join(folder, 'pg') })
  await ensureDatabase(server.socketFolder, 'yangguang')
  const ms = performance.now() - started
  await server.stop()
  return ms
}
