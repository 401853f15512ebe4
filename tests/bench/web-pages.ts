import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { projectFolder } from './place.ts'

/** The product's pages, built now into a folder; a run for correctness alone takes those that are there. */
export function builtPages(folder: string, smoke: boolean): string {
  const there = path.join(projectFolder(), 'dist', 'web')
  if (smoke && fs.existsSync(path.join(there, 'index.html'))) return there
  buildPages(['--outDir', folder, '--emptyOutDir'])
  return folder
}

function buildPages(args: readonly string[], cwd = projectFolder()): void {
  const vite = path.join(projectFolder(), 'node_modules/vite/bin/vite.js')
  const made = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (made.status !== 0) throw new Error(`the pages could not be built:\n${made.stderr}`)
}

/** A page of Solid with a heading and nothing more: what any page of ours must load and run. */
export async function barePage(): Promise<{ url: string; close(): void }> {
  const folder = path.join(projectFolder(), 'node_modules', '.cache', `yg-bare-${process.pid}`)
  fs.mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text)
  const script = '<script type="module" src="/main.tsx"></script>'
  write('index.html', `<!doctype html><title>bare</title><div id="app"></div>${script}`)
  write(
    'main.tsx',
    `import { render } from 'solid-js/web'
    render(() => <main><h1>阳光 · 公共资源交易平台</h1></main>, document.getElementById('app')!)`,
  )
  write(
    'vite.config.mjs',
    `import solid from 'vite-plugin-solid'
    export default { plugins: [solid()], build: { target: 'chrome109' } }`,
  )
  try {
    buildPages([], folder)
    const files = new Map<string, Buffer>()
    const built = path.join(folder, 'dist')
    for (const name of fs.readdirSync(built, { recursive: true }) as string[])
      if (fs.statSync(path.join(built, name)).isFile())
        files.set(`/${name}`, fs.readFileSync(path.join(built, name)))
    return await serveFiles(files)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function serveFiles(files: ReadonlyMap<string, Buffer>) {
  const server = http.createServer((request, answer) => {
    const name = request.url === '/' ? '/index.html' : (request.url ?? '')
    const bytes = files.get(name)
    const type = name.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8'
    if (bytes) answer.writeHead(200, { 'content-type': type }).end(bytes)
    else answer.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  return { url: `http://localhost:${port}/`, close: () => void server.close() }
}

/** A phone four times slower than this machine, on 1.6 Mbit/s down, 0.75 up, 150 ms a round trip. */
export async function slowPage(
  browser: Browser,
  identity: { readonly url: string; readonly id: string } | null,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
  })
  if (identity) {
    const data = { identity: identity.id }
    const answer = await context.request.post(`${identity.url}/api/demo/sessions`, { data })
    if (!answer.ok()) throw new Error(`${identity.id} could not sign in`)
  }
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6e6 / 8) | 0,
    uploadThroughput: (0.75e6 / 8) | 0,
  })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.addInitScript(watchPage)
  return { context, page }
}

/** What a page notes of itself, from its first moment on. */
export interface Noted {
  lcp: number
  cls: number
  inp: number
  /** The stream has greeted. */
  live: boolean
  heard: number
  drawn: number
}

function watchPage(): void {
  const noted: Noted = { lcp: 0, cls: 0, inp: 0, live: false, heard: 0, drawn: 0 }
  ;(window as unknown as { noted: Noted }).noted = noted
  const watch = (type: string, take: (entry: never) => void, more: object = {}) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry as never)
    }).observe({ type, buffered: true, ...more } as PerformanceObserverInit)
  watch('largest-contentful-paint', (entry: PerformanceEntry) => {
    noted.lcp = entry.startTime
  })
  watch('layout-shift', (entry: { value: number; hadRecentInput: boolean }) => {
    if (!entry.hadRecentInput) noted.cls += entry.value
  })
  const event = (entry: PerformanceEntry & { interactionId: number }) => {
    if (entry.interactionId) noted.inp = Math.max(noted.inp, entry.duration)
  }
  watch('event', event, { durationThreshold: 16 })
  const Source = window.EventSource
  window.EventSource = class extends Source {
    constructor(address: string | URL) {
      super(address)
      this.addEventListener('hello', () => {
        noted.live = true
      })
      this.addEventListener('message', () => {
        if (noted.drawn === 0) noted.heard ||= performance.now()
      })
    }
  }
  // The table of the hall, that is: a clock that ticks elsewhere on the page is no answer.
  const isRow = ({ target }: MutationRecord) =>
    (target instanceof Element ? target : target.parentElement)?.closest('table, [role=table]')
  new MutationObserver((changes) => {
    if (noted.heard === 0 || noted.drawn > 0 || !changes.some(isRow)) return
    requestAnimationFrame(() => {
      noted.drawn ||= performance.now()
    })
  }).observe(document, { subtree: true, childList: true, characterData: true })
}

export const notedOf = (page: Page): Promise<Noted> =>
  page.evaluate(() => (window as unknown as { noted: Noted }).noted)

/**
 * Gzip bytes of what a first load brought. The list of the bundled Chinese font's faces is counted
 * for itself: it comes to a device without such a font alone, and after the page is drawn.
 */
export interface LoadBytes {
  js: number
  css: number
  fontCss: number
}

/** Loads an address. */
export async function load(page: Page, url: string): Promise<LoadBytes> {
  const bytes: LoadBytes = { js: 0, css: 0, fontCss: 0 }
  const under: Promise<void>[] = []
  page.on('response', (answer) => {
    const kind = kindOf(answer.request().resourceType(), answer.url())
    if (kind)
      under.push(
        answer.body().then(
          (body) => {
            bytes[kind] += gzipSync(body).length
          },
          () => {}, // a page that is left gives no bodies
        ),
      )
  })
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForFunction(() => document.querySelector('h1') !== null)
  await page.waitForTimeout(1500)
  // Where a font is on its way its swap belongs to the load, and its bytes to no later measure.
  await page.evaluate(() => document.fonts.ready.then(() => {}))
  await page.waitForTimeout(200)
  await Promise.all(under)
  return bytes
}

function kindOf(type: string, url: string): keyof LoadBytes | null {
  if (type === 'script') return 'js'
  if (type !== 'stylesheet') return null
  return /\/font-[^/]*\.css$/.test(url) ? 'fontCss' : 'css'
}
