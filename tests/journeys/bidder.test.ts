import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, gatherCast } from '../../db/seed/play/cast.ts'
import { type DemoInput, readInput } from '../../db/seed/play/input.ts'
import { release } from '../../db/seed/play/opening.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { joinAndAsk, type Published, publish } from '../../db/seed/play/tendering.ts'
import { bidPage, fillQuotation, keepRecovery, seal, submit } from '../kit/bidding.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { Someone } from '../kit/someone.ts'

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

test('a bid goes from the price list to a receipt, and opens by its recovery file', async () => {
  const [own, ...others] = [...cast.bidders.values()]
  const bidder = await Someone.enter(site, own.identity?.id as string)
  const { page } = bidder
  // A busy disk may never say how much room it has: no step waits for that. And it may give the draft
  // late: what was typed by then must not give way to it.
  await page.addInitScript(() => {
    navigator.storage.estimate = () => new Promise(() => {})
    Object.defineProperty(IDBRequest.prototype, 'onsuccess', {
      set(this: IDBRequest, done: (event: Event) => void) {
        this.addEventListener('success', (event) => setTimeout(() => done(event), 300))
      },
    })
  })
  await bidder.go(bidPage(trade.project, trade.lot))
  await bidder.press('获取招标文件')
  const typed = { price: '2468800', days: '45', warranty: '36', isSmall: false, files: [] }
  await fillQuotation(bidder, typed)
  await bidder.sees('贰佰肆拾陆万捌仟捌佰元整')

  await bidder.follow('下一步：文件')
  const locked = '%PDF-1.7\ntrailer\n<< /Encrypt 5 0 R >>\nstartxref\n9\n%%EOF\n'
  const plain = `%PDF-1.7\n${'a'.repeat(400_000)}\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n`
  await bidder.attach('选择文件', madeFile('资格证明.pdf', plain), madeFile('加密.pdf', locked))
  await bidder.sees('PDF 带密码')
  await bidder.press('移除 加密.pdf')
  await bidder.follow('下一步：核对')
  await bidder.sees('自检：证书和本机')
  await seal(bidder)
  const kept = await keepRecovery(bidder, passPhrase, folder)
  await submit(bidder)

  await cast.agency.post(`/api/demo/projects/${trade.project}/clock`, { to: trade.deadline })
  await bidder.go(`/t/${trade.project}/opening`)
  await page.getByText('证书用不了').click()
  expect(await bidder.count('同时公布')).toBe(cast.bidders.size)
  await bidder.attach('选择恢复文件', kept)
  await page.getByLabel('恢复文件的口令').fill(passPhrase)
  await bidder.press('用恢复文件解密')
  await bidder.sees('您的密钥已释放')
  for (const other of others) await release(other, trade.lot)
  await bidder.sees('您的报价：2,468,800.00 元')
  await bidder.press('签名确认')
  await bidder.sign('签名确认')
  await bidder.sees('您已签名确认')
  expect(bidder.errors).toEqual([])
}, 120_000)
