import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, gatherCast } from '../../db/seed/play/cast.ts'
import { type DemoInput, readInput } from '../../db/seed/play/input.ts'
import { release } from '../../db/seed/play/opening.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { joinAndAsk, type Published, publish } from '../../db/seed/play/tendering.ts'
import { type TestSite, testSite } from '../kit/site.ts'

/**
 * A bidder's way in a browser: joins, fills the price list, attaches files, seals, keeps a recovery
 * file, signs, holds a receipt; after the deadline releases by the recovery file and confirms.
 */
let site: TestSite
let cast: Cast
let trade: Published
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-bidder-'))
const passPhrase = '阳光之下一切公开透明很好'

function small(input: DemoInput): DemoInput {
  const files = (bid: DemoInput['bids'][number]) =>
    bid.files.map((file) => ({ ...file, bytes: 20_000 }))
  return { ...input, bids: input.bids.map((bid) => ({ ...bid, files: files(bid) })) }
}

beforeAll(async () => {
  site = await testSite()
  const url = site.url.replace('localhost', '127.0.0.1')
  const input = small(readInput(path.resolve('db/seed/examples/school-canteen')))
  cast = await gatherCast(url, input)
  trade = await publish(cast, input)
  const [, ...others] = input.bids
  const bidders = new Map([...cast.bidders].filter(([id]) => others.some((bid) => bid.id === id)))
  await joinAndAsk({ ...cast, bidders }, { ...input, bids: others }, trade)
  const place = { tender: trade.project, lot: trade.lot, subject: trade.lotSubject }
  for (const bid of others) await submitBidOf(bidders.get(bid.id) as never, place, bid)
}, 240_000)
afterAll(async () => {
  await site?.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

function madeFile(name: string, content: string): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, content)
  return file
}
const pressed = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click()
const gone = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).click()

test('a bid goes from the price list to a receipt, and opens by its recovery file', async () => {
  const [own, ...others] = [...cast.bidders.values()]
  const { page, context } = await site.person(own.identity?.id as string)
  await page.goto(`${site.url}/t/${trade.project}/lots/${trade.lot}/bid`)
  await pressed(page, '获取招标文件')
  await page.getByLabel('投标总报价').fill('2468800')
  await page.getByLabel('交货期（工期）').fill('45')
  await page.getByLabel('质保期').fill('36')
  await page.getByLabel('否', { exact: true }).check()
  expect(await page.getByText('贰佰肆拾陆万捌仟捌佰元整').count()).toBe(1)

  await gone(page, '下一步：文件')
  const locked = '%PDF-1.7\ntrailer\n<< /Encrypt 5 0 R >>\nstartxref\n9\n%%EOF\n'
  await page.setInputFiles('input[type=file]', [
    madeFile(
      '资格证明.pdf',
      `%PDF-1.7\n${'a'.repeat(400_000)}\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n`,
    ),
    madeFile('加密.pdf', locked),
  ])
  await page.getByText('PDF 带密码').waitFor()
  await pressed(page, '移除 加密.pdf')

  await gone(page, /^4 封装/)
  await pressed(page, '开始封装')
  await page.getByText('用您的加密证书取回了内容密钥').waitFor()

  await gone(page, '下一步：恢复文件')
  await page.getByLabel('设一个口令').fill(passPhrase)
  await page.getByLabel('再输一次').fill(passPhrase)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    pressed(page, '生成并保存恢复文件'),
  ])
  const kept = path.join(folder, download.suggestedFilename())
  await download.saveAs(kept)
  await page.setInputFiles('input[type=file]', kept)
  await page.getByLabel('恢复文件的口令').fill(passPhrase)
  await pressed(page, '打开试试')
  await gone(page, '下一步：签名')
  await pressed(page, '签名并提交投标')
  await pressed(page, '签名并提交')
  await page.getByText('事件已在公开存证日志中').waitFor()

  await cast.agency.post(`/api/demo/projects/${trade.project}/clock`, { to: trade.deadline })
  const hall = await context.newPage()
  await hall.goto(`${site.url}/t/${trade.project}/opening`)
  await hall.getByText('证书用不了').click()
  expect(await hall.getByText('同时公布', { exact: true }).count()).toBe(cast.bidders.size)
  await hall.setInputFiles('input[type=file]', kept)
  await hall.getByLabel('恢复文件的口令').fill(passPhrase)
  await pressed(hall, '用恢复文件解密')
  await hall.getByText('您的密钥已释放').waitFor()
  for (const other of others) await release(other, trade.lot)
  await hall.getByText('您的报价：2,468,800.00 元').waitFor()
  await pressed(hall, '签名确认')
  await hall.getByRole('dialog').getByRole('button', { name: '签名确认' }).click()
  await hall.getByText('您已签名确认').waitFor()
}, 120_000)
