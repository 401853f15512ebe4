import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { signInToHall } from '../../db/seed/play/opening.ts'
import type { Played } from '../../db/seed/play/play.ts'
import { launchBrowser } from '../kit/browser.ts'
import { type BenchOptions, quantile, type Row, row, spreadOf, WrongResult } from './measure.ts'
import { benchPlace, serveHttp } from './place.ts'
import { playSmall } from './trades.ts'
import { barePage, builtPages, load, notedOf, slowPage } from './web-pages.ts'

/**
 * The built pages in Chromium at a phone's width, four times slowed and on a slow line, beside a bare
 * page of Solid under the same conditions: sizes by gzip of every script and style that the first
 * load takes, largest paint, layout shift, the slowest of a few interactions, an event of the live
 * stream until the hall is drawn anew, and a hall of a thousand rows while it is scrolled (its rows
 * are the real ones again and again, put into the answer on its way).
 */
export async function web(options: BenchOptions): Promise<Row[]> {
  const place = await benchPlace()
  const pages = builtPages(path.join(place.folder, 'pages'), options.smoke)
  const http = await serveHttp(place, pages)
  const url = place.running.platform.origin
  const browser = await launchBrowser()
  const bare = await barePage()
  try {
    const played = await playSmall(http.url, 'opening')
    const { project } = played.published
    const times = options.smoke ? 1 : 5
    const loads = (address: string, who: string | null) =>
      firstLoads(browser, url, `${url}${address}`, who, times)
    const limit = await firstLoads(browser, url, bare.url, null, times)
    const rows: Row[] = []
    for (const [name, address, who, js] of [
      ['public: portal', '/', null, 60],
      ['public: trade', `/t/${project}`, null, 60],
      ['signed in: duties', '/my', 'bidder-1', 120],
      ['signed in: hall', `/t/${project}/opening`, 'bidder-1', 120],
    ] as const)
      rows.push(...loadRows(name, await loads(address, who), limit, js))
    rows.push(await interactions(browser, url))
    rows.push(await eventToDrawn(browser, url, played))
    rows.push(await longHall(browser, url, project))
    return rows
  } finally {
    await browser.close()
    bare.close()
    http.close()
    await place.end()
  }
}

interface Loads {
  readonly lcp: readonly number[]
  readonly cls: number
  readonly js: number
  readonly css: number
  readonly fontCss: number
}

async function firstLoads(
  browser: Browser,
  url: string,
  address: string,
  who: string | null,
  times: number,
): Promise<Loads> {
  const lcp: number[] = []
  let [cls, js, css, fontCss] = [0, 0, 0, 0]
  for (let i = 0; i < times; i++) {
    const { context, page } = await slowPage(browser, who ? { url, id: who } : null)
    const bytes = await load(page, address)
    const noted = await notedOf(page)
    await context.close()
    if (noted.lcp === 0) throw new WrongResult(`${address} painted nothing`)
    lcp.push(noted.lcp)
    cls = Math.max(cls, noted.cls)
    js = bytes.js
    css = bytes.css
    fontCss = bytes.fontCss
  }
  return { lcp, cls, js, css, fontCss }
}

function loadRows(page: string, found: Loads, limit: Loads, jsKb: number): Row[] {
  const kb = (bytes: number) => bytes / 1000
  const ratio = spreadOf(found.lcp.map((ms, i) => ms / limit.lcp[i]))
  const lcp = { product: quantile(found.lcp, 0.5), limit: quantile(limit.lcp, 0.5) }
  const most = (name: string, unit: string, product: number, goal: number, of: number | null) =>
    row(name, { page }, unit, { product, limit: of }, `≤ ${goal}`, product <= goal)
  return [
    most('JS', 'KB gzip', kb(found.js), jsKb, kb(limit.js)),
    most('CSS', 'KB gzip', kb(found.css), 20, null),
    row(
      "CSS, a device without Chinese: the font's list, later",
      { page },
      'KB gzip',
      { product: kb(found.fontCss) },
      'prints',
      true,
    ),
    row(
      'LCP',
      { page },
      'ms',
      { ...lcp, ratio, latencies: found.lcp },
      '≤ 2000',
      lcp.product <= 2000,
    ),
    most('CLS', 'shift', found.cls, 0.05, null),
  ]
}

/** A search typed and sent, and a way by keyboard through the portal. */
async function interactions(browser: Browser, url: string): Promise<Row> {
  const { context, page } = await slowPage(browser, null)
  await load(page, `${url}/`)
  const field = page.locator('main input[type=search], input[type=search]').first()
  await field.click()
  await page.keyboard.type('食堂设备', { delay: 120 })
  await page.keyboard.press('Enter')
  await page.waitForTimeout(2500)
  for (let i = 0; i < 5; i++) await page.keyboard.press('Tab', { delay: 50 })
  await page.waitForTimeout(500)
  const { inp } = await notedOf(page)
  await context.close()
  return row('INP', { page: 'portal, search' }, 'ms', { product: inp }, '≤ 100', inp <= 100)
}

/** Another bidder signs in to the hall: from the message of the stream to the hall drawn anew. */
async function eventToDrawn(browser: Browser, url: string, played: Played): Promise<Row> {
  const { context, page } = await slowPage(browser, { url, id: 'bidder-1' })
  const { project } = played.published
  await load(page, `${url}/t/${project}/opening`)
  const until = async (what: 'live' | 'heard' | 'drawn') => {
    const isSo = (name: typeof what) =>
      Boolean((window as unknown as { noted: Record<string, unknown> }).noted[name])
    await page.waitForFunction(isSo, what, { timeout: 30_000 }).catch(() => {
      throw new WrongResult(`an event was to be ${what} in the hall, and was not`)
    })
  }
  await until('live')
  const [someone] = [...played.cast.bidders.values()]
  await signInToHall(someone, project)
  await until('heard')
  await until('drawn')
  const { heard, drawn } = await notedOf(page)
  await context.close()
  const ms = drawn - heard
  return row('event at client to drawn', {}, 'ms', { product: ms }, '≤ 300', ms <= 300)
}

const manyRows = 1000

async function longHall(browser: Browser, url: string, project: string): Promise<Row> {
  const { context, page } = await slowPage(browser, { url, id: 'bidder-1' })
  await page.route(`**/api/projects/${project}/opening`, async (route) => {
    const answer = await route.fetch()
    const hall = (await answer.json()) as { lots: { rows: { party: string; name?: string }[] }[] }
    const [lot] = hall.lots
    const given = lot.rows
    lot.rows = Array.from({ length: manyRows }, (_, i) => ({
      ...given[i % given.length],
      ...(i < given.length ? {} : { party: `bench-${i}` }),
    }))
    await route.fulfill({ response: answer, json: hall })
  })
  // The answer that comes with the first HTML is given another name, so that the page asks anew.
  await page.route(`**/t/${project}/opening`, async (route) => {
    const answer = await route.fetch()
    const html = await answer.text()
    const name = `/api/projects/${project}/opening`
    await route.fulfill({ response: answer, body: html.replace(name, '/not-asked-for') })
  })
  await load(page, `${url}/t/${project}/opening`)
  const shown = await page.locator('tbody tr, [role=row]').count()
  const frames = await framesWhileScrolling(page)
  await context.close()
  const perSecond = 1000 / quantile(frames, 0.5)
  return row(
    'hall of 1,000 rows, scrolled',
    { rows: manyRows, shown, frameP99Ms: Math.round(quantile(frames, 0.99)) },
    'frames/s',
    { product: perSecond, latencies: frames },
    '60 fps: half of the frames within 17 ms',
    quantile(frames, 0.5) <= 17,
  )
}

/** Times between frames, ms, over two seconds of scrolling. */
const framesWhileScrolling = (page: Page): Promise<number[]> =>
  page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        let last = performance.now()
        const end = last + 2000
        const step = () => {
          const now = performance.now()
          times.push(now - last)
          last = now
          window.scrollBy(0, 40)
          if (now < end || times.length < 10) requestAnimationFrame(step)
          else resolve(times)
        }
        requestAnimationFrame(step)
      }),
  )
