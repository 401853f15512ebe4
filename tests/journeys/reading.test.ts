import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleOf, playToOpened } from '../kit/evaluation.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { Someone } from '../kit/someone.ts'

/** Papers of a bid are read where they are judged: page by page, whatever the length of the file. */
let site: TestSite
let reader = { identity: null as string | null, desk: '', trade: '' }
beforeAll(async () => {
  site = await testSite()
  const example = exampleOf('school-canteen')
  const bids = example.bids.map((bid, i) => ({
    ...bid,
    files: bid.files.map((file) =>
      file.name.includes('资格') ? { ...file, bytes: i === 0 ? longBytes : shortBytes } : file,
    ),
  }))
  const url = site.url.replace('localhost', '127.0.0.1')
  const { cast, p } = await playToOpened(url, { ...example, bids })
  const trade = `/t/${p.project}`
  const desk = `${trade}/qualification?lot=${p.lot}`
  reader = { identity: cast.purchaser.identity?.id ?? null, desk, trade }
}, 240_000)
afterAll(() => site?.stop())

const longBytes = 24_000_000
const shortBytes = 700_000

const textOfPage = (page: Page, text: string) =>
  page.locator('.yg-doc-text').filter({ hasText: text }).waitFor({ timeout: 20_000 })

test('a long scan opens by the pages that are looked at, and is never read whole', async () => {
  const purchaser = await Someone.enter(site, reader.identity)
  const { page } = purchaser
  const read = { bytes: 0, whole: 0 }
  page.on('response', (answer) => {
    if (!answer.url().includes('/evaluation/bids/')) return
    if (answer.status() !== 206) read.whole++
    read.bytes += Number(answer.headers()['content-length'])
  })
  await purchaser.go(reader.desk)
  await textOfPage(page, '演示数据 · 样张')
  await purchaser.press('下一页')
  await textOfPage(page, '主体资格')
  const at = page.locator('.yg-doc-at input')
  await at.fill('5')
  await at.press('Enter')
  await textOfPage(page, '人员')
  expect(read.whole).toBe(0)
  expect(read.bytes).toBeGreaterThan(0)
  expect(read.bytes).toBeLessThan(longBytes / 10)
  await page.locator('#yg-doc-find').fill('业绩')
  await page.locator('#yg-doc-find').press('Enter')
  await textOfPage(page, '近三年完成同类项目三个')
  expect(purchaser.errors).toEqual([])
}, 180_000)

test('a file that is left while its pages are on their way is no fault, nor is turning fast', async () => {
  const purchaser = await Someone.enter(site, reader.identity)
  const { page } = purchaser
  // Pieces come late, as over a slow line; what a file begins with comes at once.
  const isPiece = (range = '') => range !== '' && range !== 'bytes=0-4'
  await page.route('**/evaluation/bids/*/files/*', async (route) => {
    if (isPiece(route.request().headers().range))
      await new Promise((resolve) => setTimeout(resolve, 700))
    await route.continue().catch(() => {})
  })
  const nextPiece = () => page.waitForRequest((request) => isPiece(request.headers().range))
  const afterAsking = async (act: () => Promise<unknown>) => {
    const asked = nextPiece()
    await act()
    await asked
  }
  await afterAsking(() => purchaser.go(reader.desk))
  // Another bidder's paper, and another's, each before the one before has come.
  for (const name of ['演示投标人二', '演示投标人三', '演示投标人一'])
    await afterAsking(() => purchaser.press(new RegExp(name)))
  await textOfPage(page, '演示数据 · 样张')
  for (let i = 0; i < 4; i++) await purchaser.press('下一页')
  await textOfPage(page, '人员')
  await page.locator('#yg-doc-find').fill('业绩')
  await page.locator('#yg-doc-find').press('Enter')
  await afterAsking(() => purchaser.press(/演示投标人二/))
  await page.locator(`a[href="${reader.trade}"]`).first().click()
  await page.locator('.yg-doc').waitFor({ state: 'detached' })
  await page.waitForTimeout(2000)
  expect(purchaser.errors).toEqual([])
}, 120_000)
