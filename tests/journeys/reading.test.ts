import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleOf, playToOpened } from '../kit/evaluation.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { Someone } from '../kit/someone.ts'

/** Papers of a bid are read where they are judged: page by page, whatever the length of the file. */
let site: TestSite
beforeAll(async () => {
  site = await testSite()
}, 120_000)
afterAll(() => site?.stop())

const longBytes = 24_000_000

test('a long scan opens by the pages that are looked at, and is never read whole', async () => {
  const example = exampleOf('school-canteen')
  const bids = example.bids.map((bid, i) => ({
    ...bid,
    files: bid.files.map((file) =>
      i === 0 && file.name.includes('资格') ? { ...file, bytes: longBytes } : file,
    ),
  }))
  const { cast, p } = await playToOpened(site.url.replace('localhost', '127.0.0.1'), {
    ...example,
    bids,
  })
  const purchaser = await Someone.enter(site, cast.purchaser.identity?.id ?? null)
  const { page } = purchaser
  const read = { bytes: 0, whole: 0 }
  page.on('response', (answer) => {
    if (!answer.url().includes('/evaluation/bids/')) return
    if (answer.status() !== 206) read.whole++
    read.bytes += Number(answer.headers()['content-length'])
  })
  const textOfPage = (text: string) =>
    page.locator('.yg-doc-text').filter({ hasText: text }).waitFor({ timeout: 20_000 })
  await purchaser.go(`/t/${p.project}/qualification?lot=${p.lot}`)
  await textOfPage('演示数据 · 样张')
  await purchaser.press('下一页')
  await textOfPage('主体资格')
  const at = page.locator('.yg-doc-at input')
  await at.fill('5')
  await at.press('Enter')
  await textOfPage('人员')
  expect(read.whole).toBe(0)
  expect(read.bytes).toBeGreaterThan(0)
  expect(read.bytes).toBeLessThan(longBytes / 10)
  await page.locator('#yg-doc-find').fill('业绩')
  await page.locator('#yg-doc-find').press('Enter')
  await textOfPage('近三年完成同类项目三个')
  expect(purchaser.errors).toEqual([])
}, 180_000)
