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
import { makePdf } from '../kit/pdf.ts'
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

function madeFile(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, content)
  return file
}

const demoIdentity = (at: number) => [...cast.bidders.values()][at]?.identity

test('two windows of one draft: neither writes over the other', async () => {
  const first = await Someone.enter(site, demoIdentity(1)?.id as string)
  const address = `${bidPage(trade.project, trade.lot)}?step=quotation`
  const second = await first.context.newPage()
  await first.go(address)
  await second.goto(`${site.url}${address}`)
  const price = second.getByLabel('投标总报价')
  await price.waitFor()
  await first.page.getByLabel('投标总报价').fill('2500000')
  await second.getByText('另一窗口改了这份草稿').waitFor()
  await price.fill('2400000')
  await second.getByText('两份都还在').waitFor()
  await second.waitForTimeout(600)
  expect(await first.page.getByText('另一窗口改了这份草稿').count()).toBe(0)
  await second.getByRole('button', { name: '用另一窗口的', exact: true }).click()
  await expect.poll(() => price.inputValue()).toMatch(/^2,?500,?000/)
  await second.getByLabel('质保期').fill('24')
  await first.sees('另一窗口改了这份草稿')
  await first.press('用另一窗口的')
  await expect.poll(() => first.page.getByLabel('质保期').inputValue()).toBe('24')
  await second.close()
  expect(first.errors).toEqual([])
})

test('a price typed in ten thousands is asked about; an upload outlives a reload and a log-out', async () => {
  const identity = demoIdentity(1)
  const bidder = await Someone.enter(site, identity?.id as string)
  const { page, context } = bidder
  let made = 0
  let pieces = 0
  let onPiece: ((number: number) => Promise<'lost' | 'signed out' | null>) | null = null
  await context.route(/\/uploads(\/|$)/, async (route) => {
    const method = route.request().method()
    if (method === 'POST') made += 1
    if (method !== 'PATCH') return route.fallback()
    pieces += 1
    const what = await onPiece?.(pieces)
    if (what === 'lost') return route.abort()
    if (what !== 'signed out') return route.fallback()
    return route.fulfill({
      status: 401,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: '/problems/session-expired',
        status: 401,
        detail: '登录已过期',
      }),
    })
  })
  await bidder.go(`${bidPage(trade.project, trade.lot)}?step=quotation`)
  await fillQuotation(bidder, {
    ...{ price: '246.88', days: '45', warranty: '36', isSmall: false, files: [] },
  })
  await bidder.sees('约为最高限价 2,680,000.00 元 的 1/10,855')
  await bidder.follow('下一步：文件')
  const large = Buffer.alloc(20 * 1024 * 1024, 7)
  await bidder.attach('选择文件', madeFile('施工组织设计.zip', large))
  await bidder.follow('下一步：核对')
  await bidder.sees('自检：证书和本机')
  await bidder.follow(/^4 封装/)
  await bidder.sees('请先确认金额')
  await bidder.choose('金额无误：246.88 元，贰佰肆拾陆元捌角捌分')

  const reached = (at: number, answer: 'lost' | 'signed out', then: () => Promise<void>) =>
    new Promise<void>((resolve) => {
      onPiece = async (number) => {
        if (number < at) return null
        onPiece = null
        await then()
        resolve()
        return answer
      }
    })
  const half = reached(2, 'lost', async () => {})
  await bidder.press('开始封装')
  await half
  await page.reload()
  await bidder.sees('请先确认金额')
  await bidder.choose('金额无误：246.88 元，贰佰肆拾陆元捌角捌分')
  const signedOut = reached(pieces + 1, 'signed out', () => context.clearCookies())
  await bidder.press('开始封装')
  await signedOut
  await page.locator('a[href="/login"]').first().click()
  await bidder.press(new RegExp(`^${identity?.party.name}`))
  await page.waitForURL(/\/my$/)
  await page.goBack()
  await page.goBack()
  await bidder.sees('用您的加密证书取回了内容密钥')
  expect(made).toBe(1)
  expect(bidder.errors).toEqual([])
}, 120_000)

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
  const locked = await makePdf({ userPassword: 'secret', ownerPassword: 'owner' })
  const limited = await makePdf({ pages: 3, ownerPassword: 'owner' })
  const plain = `%PDF-1.7\n${'a'.repeat(400_000)}\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n`
  await bidder.attach('选择文件', madeFile('资格证明.pdf', plain), madeFile('加密.pdf', locked))
  await bidder.sees('PDF 打开要密码')
  await bidder.press('移除 加密.pdf')
  await bidder.attach('选择文件', madeFile('技术方案.pdf', limited))
  await bidder.follow('下一步：核对')
  await bidder.row('技术方案.pdf').getByRole('cell', { name: '3', exact: true }).waitFor()
  await bidder.sees('自检：证书和本机')
  await seal(bidder)
  const kept = await keepRecovery(bidder, passPhrase, folder)
  // The first answer is lost on the way: the act is done, and asked about under its own key.
  const sent: { key: string | undefined; body: string | null }[] = []
  await page.route(`**/api/lots/${trade.lot}/bid`, async (route) => {
    const request = route.request()
    if (request.method() !== 'POST') return route.fallback()
    sent.push({ key: request.headers()['idempotency-key'], body: request.postData() })
    if (sent.length > 1) return route.fallback()
    await route.fetch()
    return route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' })
  })
  const unknown = bidder.sees('已发出，尚未收到答复')
  await submit(bidder)
  await unknown
  expect(sent.length).toBe(2)
  expect(sent[1]).toEqual(sent[0])
  await page.unroute(`**/api/lots/${trade.lot}/bid`)

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
