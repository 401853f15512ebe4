import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readInput } from '../../db/seed/play/input.ts'
import { type PlayStage, playTrade } from '../../db/seed/play/play.ts'
import { type TestSite, testSite } from '../kit/site.ts'

/**
 * Every page of `docs/generated/routes.json` at two widths, in both languages and both themes: axe
 * finds nothing, nothing hangs over the side, and nothing moves while it loads.
 */
interface Route {
  readonly path: string
  readonly who: string
}
const routes = JSON.parse(fs.readFileSync('docs/generated/routes.json', 'utf8')) as Route[]
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let site: TestSite
const trades = {} as Record<PlayStage | 'failed', string>

beforeAll(async () => {
  site = await testSite()
  const url = site.url.replace('localhost', '127.0.0.1')
  const folder = path.resolve('db/seed/examples/school-canteen')
  const input = readInput(folder)
  const small = {
    ...input,
    bids: input.bids.map((bid) => ({
      ...bid,
      files: bid.files.map((file) => ({ ...file, bytes: 20_000 })),
    })),
  }
  for (const stage of ['bidding', 'opening', 'evaluating', 'archived'] as const)
    trades[stage] = (await playTrade(url, small, stage)).published.project
  // Two bids: at the opening the lot fails, and its pages say so.
  const few = { ...small, bids: small.bids.slice(0, 2) }
  trades.failed = (await playTrade(url, few, 'opening')).published.project
}, 240_000)
afterAll(() => site?.stop())

/** The trade and the person by whom a page is best seen. */
function seenBy(route: Route): { at: string; identity: string | null } {
  const stage: PlayStage = /opening/.test(route.path)
    ? 'opening'
    : /desk|qualification|draw/.test(route.path)
      ? 'evaluating'
      : /award|result|ledger/.test(route.path)
        ? 'archived'
        : 'bidding'
  const no = trades[stage]
  const at = route.path
    .replace(':no', no)
    .replace(':lot', `${no}-1`)
    .replace(/^\*$/, '/no-such-page')
  const identities: Record<string, string> = {
    agency: 'agency-1',
    purchaser: 'purchaser-1',
    regulator: 'regulator-1',
    bidder: 'bidder-1',
    expert: 'expert-1',
    tradingCentre: 'centre-1',
    platformAdmin: 'admin-1',
    signedIn: 'bidder-1',
  }
  const who = route.who.split(',')[0].trim()
  if (/\/lots\/:lot\/bid/.test(route.path)) return { at, identity: 'bidder-1' }
  return { at, identity: identities[who] ?? null }
}

/** What people notice as a jump; of all shifts of one loading together. */
const mostShift = 0.1

/** Notes every part that moved although nobody had touched the page. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const found: string[] = []
    Object.assign(window, { shifts: found, shifted: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as Shift[]) {
        if (entry.hadRecentInput) continue
        Object.assign(window, { shifted: (window as unknown as Shifted).shifted + entry.value })
        for (const { node, previousRect, currentRect } of entry.sources)
          found.push(
            `${(node as Element | null)?.className} from ${previousRect.y} to ${currentRect.y}`,
          )
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}
interface Shift {
  readonly value: number
  readonly hadRecentInput: boolean
  readonly sources: readonly {
    readonly node: Node | null
    readonly previousRect: DOMRectReadOnly
    readonly currentRect: DOMRectReadOnly
  }[]
}
interface Shifted {
  readonly shifted: number
  readonly shifts: readonly string[]
}

async function shiftFindings(page: Page): Promise<string[]> {
  const { shifted, shifts } = await page.evaluate(() => {
    const all = window as unknown as Shifted
    return { shifted: all.shifted, shifts: all.shifts }
  })
  return shifted > mostShift ? [`shifts by ${shifted.toFixed(3)}: ${shifts.join('; ')}`] : []
}

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = (await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (d: Document, o: object) => Promise<never> } })
      .axe
    const { violations } = (await run.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] },
    })) as { violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }
    return violations.map(
      (v) =>
        `${v.id}: ${v.nodes
          .slice(0, 3)
          .map((n) => n.target.join(' '))
          .join(' | ')}`,
    )
  })) as string[]
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  // The bar stays one line high, whatever the language and however much waits.
  const bar = await page.evaluate(() => document.querySelector('.yg-bar')?.clientHeight ?? 0)
  return [
    ...found,
    ...(over > 1 ? [`hangs over by ${over} px`] : []),
    ...(bar > 80 ? [`the bar is ${bar} px high`] : []),
  ]
}

describe.each(routes)('$path', (route) => {
  test.each([
    ['zh-CN', 1440, ['light', 'dark']],
    ['zh-CN', 390, ['light']],
    ['en', 1440, ['light']],
    ['en', 390, ['dark']],
  ] as const)('%s at %i px, %s', async (language, width, [theme, ...others]) => {
    const { at, identity } = seenBy(route)
    const { page, context } = await site.person(identity, {
      language,
      width,
      dark: theme === 'dark',
    })
    try {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      await watchShifts(page)
      await page.goto(`${site.url}${at}`)
      await page.locator('h1').first().waitFor({ timeout: 20_000 })
      await page.waitForTimeout(500) // the live stream never lets the network fall idle
      expect(await page.locator('html').getAttribute('lang')).toBe(
        language === 'en' ? 'en' : 'zh-CN',
      )
      expect([...errors, ...(await shiftFindings(page)), ...(await findings(page))]).toEqual([])
      for (const colorScheme of others) {
        // Without motion: buttons change their colours by and by, and are looked at once they have.
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        expect([...errors, ...(await findings(page))], colorScheme).toEqual([])
      }
    } finally {
      await context.close()
    }
  })
})

/** Answers come late, all alike: what waits for them keeps its room, or is not drawn without them. */
const lateMs = 300

describe.each([
  '/login',
  '/t/:archived',
  '/t/:archived/ledger',
  '/t/:archived/award',
  '/t/:failed',
  '/t/:failed/ledger',
  '/t/:failed/award',
  '/t/:failed/result',
  '/t/:failed/opening',
])('%s by a slow line', (route) => {
  test.each([1440, 390])('does not jump at %i px', async (width) => {
    const { page, context } = await site.person(null, { width })
    try {
      await page.route('**/api/**', async (one) => {
        await new Promise((resolve) => setTimeout(resolve, lateMs))
        await one.continue()
      })
      await watchShifts(page)
      const at = route.replace(/:(archived|failed)/, (_, s: 'archived' | 'failed') => trades[s])
      await page.goto(`${site.url}${at}`)
      await page.locator('h1').first().waitFor({ timeout: 20_000 })
      await page.locator('.yg-skeleton').first().waitFor({ state: 'detached', timeout: 20_000 })
      await page.waitForTimeout(3 * lateMs) // what an answer leads to may ask again
      expect(await shiftFindings(page)).toEqual([])
    } finally {
      await context.close()
    }
  })
})

test('a mark in the record opens its event, far from it or near, and checks it on the device', async () => {
  const { page, context } = await site.person(null)
  await page.goto(`${site.url}/t/${trades.archived}/ledger`)
  await page.locator('.yg-seal').last().click()
  await page.getByText('在本机核对：一致').waitFor()
  expect(
    await page.locator('#ledger-event').evaluate((e) => e.getBoundingClientRect().top),
  ).toBeLessThan(900)
  await page.getByRole('button', { name: '关闭' }).click()
  expect(
    await page
      .locator('.yg-seal')
      .last()
      .evaluate((e) => e === document.activeElement),
  ).toBe(true)
  await context.close()
}, 60_000)

test('a mark beside a price opens the opening at that bidder’s own part, and closes to the record', async () => {
  const { page, context } = await site.person(null)
  await page.goto(`${site.url}/t/${trades.archived}/opening`)
  const mark = page.locator('.yg-table .yg-seal').nth(1)
  const of = new URL((await mark.getAttribute('href')) ?? '', site.url).searchParams.get('of')
  await mark.click()
  await page.getByText('在本机核对：一致').waitFor()
  expect(await page.locator('#ledger-event h2').textContent()).toBe('全部投标同时公布')
  expect(await page.locator('#ledger-event pre').first().textContent()).toContain(of)
  await page.getByRole('button', { name: '关闭' }).click()
  await page.locator('#ledger-event').waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('')
  await context.close()
}, 60_000)

test('paper says what it is checked by: digest, root of the log, and a code', async () => {
  const { page, context } = await site.person(null)
  await page.addInitScript(() => {
    window.print = () => {}
  })
  await page.goto(`${site.url}/t/${trades.archived}/result`)
  await page.getByRole('button', { name: '打印本页' }).click()
  await page.emulateMedia({ media: 'print' })
  const foot = page.locator('.yg-printed')
  await foot.locator('svg path').waitFor()
  await foot.getByText('中标（成交）结果').waitFor()
  expect((await foot.locator('code').allTextContents()).map((code) => code.length)).toEqual([
    43, 44,
  ])
  expect(await page.locator('.yg-bar').isVisible()).toBe(false)
  await context.close()
}, 60_000)

test('a page that cannot be fetched says so, and comes once the network is back', async () => {
  const { page, context } = await site.person(null)
  await page.goto(`${site.url}/t/${trades.archived}`)
  await page.locator('.yg-tabs').waitFor()
  await context.setOffline(true)
  await page
    .getByRole('link', { name: '公示与结果' })
    .or(page.getByRole('link', { name: '结果公告' }))
    .click()
  await page.getByRole('heading', { name: '页面没有打开' }).waitFor()
  await context.setOffline(false)
  await page.getByRole('button', { name: '重新读取' }).click()
  await page.locator('.yg-tabs').waitFor()
  await context.close()
}, 60_000)

test('a stage that does not exist is told, and all trades are listed', async () => {
  const { page, context } = await site.person(null)
  await page.goto(`${site.url}/search?stage=xx`)
  await page.getByText('网址里的阶段不存在').waitFor()
  await page.locator('.yg-list li').first().waitFor()
  await context.close()
}, 60_000)

test('times are Beijing’s, whatever the zone of who reads', async () => {
  const zones = ['Asia/Shanghai', 'America/New_York']
  const readers = await Promise.all(
    zones.map(async (timezoneId) => {
      const context = await site.browser.newContext({ locale: 'zh-CN', timezoneId })
      return { context, page: await context.newPage() }
    }),
  )
  for (const address of ['', '/result', '/opening']) {
    for (const { page } of readers) await page.goto(`${site.url}/t/${trades.archived}${address}`)
    await vi.waitFor(async () => {
      const [here, there] = await Promise.all(
        readers.map(({ page }) => page.locator('main').textContent()),
      )
      expect(here).toMatch(/20\d\d.{1,10}\d\d:\d\d/)
      expect(there).toBe(here)
    }, 15_000)
  }
  for (const { context } of readers) await context.close()
}, 90_000)
