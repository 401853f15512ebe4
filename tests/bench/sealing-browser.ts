import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../kit/browser.ts'
import type { Row } from './measure.ts'
import { projectFolder } from './place.ts'
import type { SealCalls } from './sealing-calls.ts'

/** Asks the place where sealing runs: what `sealing-calls.ts` names, its memory, its cancelling. */
export type Ask = <T>(
  call: keyof SealCalls | 'memory' | 'cancel',
  input: { readonly mib: number },
) => Promise<T>

/**
 * A page of a real Chromium with two workers: one that seals for the bench, and the product's own,
 * which is asked to cancel. Both are bundled for the browsers that the product is built for.
 */
export async function inBrowser(run: (ask: Ask) => Promise<Row[]>): Promise<Row[]> {
  const scripts = {
    '/bench.js': await bundled('tests/bench/sealing-worker.ts'),
    '/shipped.js': await bundled('web/workers/seal.worker.ts'),
  }
  const server = http.createServer((request, answer) => {
    const script = scripts[request.url as keyof typeof scripts]
    if (script) answer.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    else if (request.url === '/')
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>x</title>')
    else answer.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
    await page.evaluate(openBenchWorker)
    return await run(async <T>(call: string, { mib }: { mib: number }) => {
      if (call === 'cancel') return (await page.evaluate(cancelShipped, mib)) as T
      if (call !== 'memory') return (await page.evaluate(askWorker, { call, mib })) as T
      return (await memoryMeanwhile(browser, page, mib)) as T
    })
  } finally {
    await browser.close()
    server.close()
  }
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(projectFolder(), entry)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome109',
    minify: true,
    logLevel: 'error',
  })
  return outputFiles[0].text
}

function openBenchWorker(): void {
  ;(window as unknown as { bench: Worker }).bench = new Worker('/bench.js')
}

function askWorker(wish: { call: string; mib: number }): Promise<number> {
  const { bench } = window as unknown as { bench: Worker }
  return new Promise((resolve, reject) => {
    bench.onmessage = ({ data }) =>
      data.error === undefined ? resolve(data.value) : reject(new Error(data.error))
    bench.postMessage(wish)
  })
}

/** Starts the product's worker on a file, cancels it on its way. @returns ms until it says so */
function cancelShipped(mib: number): Promise<number> {
  const worker = new Worker('/shipped.js')
  const part = new Uint8Array(1024 * 1024)
  const file = new File(
    Array.from({ length: mib }, () => part),
    'a.pdf',
  )
  const caller = { csrf: null, language: 'zh' }
  const context = {
    ...{ v: 1, platform: `yg-${'a'.repeat(26)}`, tender: 'T', lot: 'T-1', part: 'whole' },
    ...{ document: { version: 1, sha256: 'x' }, bidder: { party: 'p', certSha256: 'x' } },
    ...{ revision: 1, suite: 'P256-A256GCM-S256', chunkBytes: 262_144, board: null },
  }
  const wished = { row: 'a', file, name: 'a.pdf', mediaType: 'application/pdf', role: 'technical' }
  const wish = { call: 'seal', caller, context, quotation: null, files: [wished], recipient: null }
  return new Promise((resolve, reject) => {
    let asked = 0
    worker.onmessage = ({ data }) => {
      if (data.news && data.news.sealedBytes > 0 && asked === 0) {
        asked = performance.now()
        worker.postMessage({ id: 2, call: { call: 'cancel' } })
      }
      if (data.id !== 1) return
      worker.terminate()
      if (data.failure?.slug === 'cancelled') resolve(performance.now() - asked)
      else reject(new Error(`sealing was not cancelled: ${JSON.stringify(data)}`))
    }
    worker.postMessage({ id: 1, call: wish })
  })
}

/** How much the page's process grows while its worker seals, as the system counts it. */
async function memoryMeanwhile(browser: Browser, page: Page, mib: number): Promise<number> {
  const cdp = await browser.newBrowserCDPSession()
  const { processInfo } = (await cdp.send('SystemInfo.getProcessInfo')) as {
    processInfo: readonly { readonly id: number; readonly type: string }[]
  }
  const ids = processInfo.filter((one) => one.type === 'renderer').map((one) => one.id)
  const before = residentBytes(ids)
  let most = before
  const look = setInterval(() => {
    most = Math.max(most, residentBytes(ids))
  }, 10)
  await page.evaluate(askWorker, { call: 'product', mib })
  clearInterval(look)
  return most - before
}

/** @returns NaN where the system has no /proc */
function residentBytes(ids: readonly number[]): number {
  let sum = 0
  for (const id of ids)
    try {
      const [, pages] = fs.readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')
      sum += Number(pages) * 4096
    } catch {
      if (process.platform !== 'linux') return Number.NaN
    }
  return sum
}
