import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { makeLink } from '../../server/identity/login/challenges.ts'
import { beijingDate } from '../../server/kernel/calendar.ts'
import { madeUscc } from '../../server/kernel/uscc.ts'
import { systemActor } from '../../server/kernel/viewer.ts'
import { actOf } from '../../server/platform.ts'
import { keepPersonal } from '../../server/vault/personal.ts'
import { addPasskeyDevice, newKeyFile } from '../kit/device.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { publishedTrade } from '../kit/trade.ts'

/**
 * What centre and administrator keep, and what an organisation keeps of its own: the pool of experts,
 * the platform's data, invitations that wait, and the keys that sealed bids still need.
 */
let site: TestSite
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-administration-'))

beforeAll(async () => {
  site = await testSite()
}, 240_000)
afterAll(async () => {
  await site?.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

const pressed = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click()
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const inDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

async function somebody(address: string, identity: string | null = null): Promise<Page> {
  const { page } = await site.person(identity)
  page.setDefaultTimeout(15_000)
  await page.goto(`${site.url}${address}`)
  await page.locator('h1').first().waitFor()
  return page
}

/** An administrator of a demo's party, who came in by a link. */
async function headOf(party: string): Promise<Page> {
  const { platform } = site
  const person = `head-${party}`
  const nameDigest = await keepPersonal(platform, '单位管理员')
  await actOf(platform, {
    kind: 'party',
    id: party,
    project: null,
    actor: systemActor,
    command: { type: 'addMember', person, nameDigest, capacity: 'orgAdmin' },
  })
  const { url } = await makeLink(platform, { party, person })
  const page = await somebody(url.slice(site.url.length))
  await pressed(page, '使用链接登录')
  await seen(page, '单位管理员，您好')
  return page
}

function written(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, content)
  return file
}

test('the centre finds an expert of the pool, suspends him, and enrols him anew', async () => {
  const page = await somebody('/admin/people', 'centre-1')
  const row = (name: string) => page.locator('#pool tbody tr', { hasText: name })
  await page.locator('summary', { hasText: '填写入库信息' }).click()
  const enrol = async () => {
    await page.getByLabel('姓名', { exact: true }).fill('周九')
    await page.getByLabel('身份证件号码').fill('371302197001010012')
    await page.getByLabel('所在地区').fill('370300')
    await page.getByLabel('工作单位').fill('某某设计院')
    await page.getByLabel('职称').fill('高级工程师')
    await page.getByLabel('评审专业代码').fill('B07')
    await pressed(page, '入库并生成登录链接')
    await page.getByRole('textbox', { name: '登录链接' }).waitFor()
  }
  await enrol()

  await page.locator('#pool').getByRole('searchbox').fill('淄博市')
  await page.keyboard.press('Enter')
  await row('周九').getByText('在库').waitFor()
  expect(await page.locator('#pool tbody tr').count()).toBe(1)
  await pressed(page, '停用专家 周九')
  await inDialog(page, '停用并记录理由')
  await seen(page, '请写明理由')
  await page.getByRole('dialog').getByLabel('停用理由').fill('连续三次无故缺席')
  await inDialog(page, '停用并记录理由')
  await seen(page, '已停用 周九')
  await row('周九').getByText('理由：连续三次无故缺席').waitFor()
  expect(await row('周九').getByRole('button').count()).toBe(0)

  await page.locator('#pool').getByLabel('状态').selectOption({ label: '在库' })
  await page.locator('#pool').getByRole('button', { name: '查找', exact: true }).click()
  await seen(page, '没有找到专家')
  await enrol()
  await row('周九').getByText('在库').waitFor()
}, 120_000)

test('the pool goes on page by page', async () => {
  const page = await somebody('/admin/people', 'admin-1')
  const rows = page.locator('#pool tbody tr')
  await rows.first().waitFor()
  const before = await rows.count()
  expect(before).toBe(30)
  await pressed(page, '更多')
  await rows.nth(before).waitFor()
  const names = await page.locator('#pool tbody th').allTextContents()
  expect(names).toHaveLength(new Set(names).size)
}, 60_000)

test('the administrator loads a calendar once every row is right, and records an outage', async () => {
  const page = await somebody('/my', 'admin-1')
  await page.locator('.yg-menu summary').click()
  await page.getByRole('link', { name: '平台数据' }).click()
  await page.getByRole('rowheader', { name: '2026' }).waitFor()
  const calendar = page.locator('input[type=file]').nth(1)
  const rows = ['日期,安排', '2027-01-01,元旦放假', '2027-02-06至2027-02-12,放假']
  const more = ['2027-02-30,放假', '2027-03-03,上班']
  await calendar.setInputFiles(written('bad.csv', [...rows, ...more].join('\r\n')))
  await seen(page, '2 行读不懂')
  await seen(page, '第 4 行“2027-02-30,放假”：没有这一天')
  await seen(page, '第 5 行“2027-03-03,上班”：不是周末，本来就上班')
  const load = page.getByRole('button', { name: '载入日历' })
  expect(await load.getAttribute('aria-disabled')).toBe('true')

  const good = `\uFEFF${[...rows, '2027-02-20,上班'].join('\r\n')}`
  await calendar.setInputFiles(written('good.csv', good))
  await seen(page, '2027-02-08、2027-02-09')
  expect(await load.getAttribute('aria-disabled')).toBe(null)
  await load.click()
  await seen(page, '请写明日期出自哪份通知')
  await page.getByLabel('来源通知', { exact: true }).fill('国办发明电第九号')
  await load.click()
  await seen(page, '已经公布的投标截止时间不会因此移动')
  await inDialog(page, '载入')
  await seen(page, '2027 年日历已生效')
  await page.getByRole('rowheader', { name: '2027' }).waitFor()

  // A list that no key of the present one signed is seen through before anything is sent.
  const answer = await (await fetch(`${site.url}/api/platform/trust-list`)).json()
  const trust = page.locator('input[type=file]').first()
  await trust.setInputFiles(written('other.json', '{"trustList":"AA"}'))
  await seen(page, '“other.json”不是信任列表文件')
  const same = { trustList: answer.trustList, signatures: answer.signatures }
  await trust.setInputFiles(written('same.json', JSON.stringify(same)))
  await seen(page, '机构、服务和密钥都与当前列表相同')
  const next = page.getByRole('button', { name: /^载入第 \d+ 份$/ })
  expect(await next.getAttribute('aria-disabled')).toBe('true')

  await page.locator('summary', { hasText: '手工登记一次故障' }).click()
  await pressed(page, '登记故障')
  await page.getByRole('alert').getByText('结束时间（北京时间）：请填写日期和时间').waitFor()
  const today = beijingDate(new Date(Date.now() - 86_400_000).toISOString())
  await page.getByLabel('开始时间').fill(`${today}T09:30:00`)
  await page.getByLabel('结束时间').fill(`${today}T09:00:00`)
  await page.getByLabel('视频', { exact: true }).check()
  await page.getByLabel('情况（中文）').fill('视频服务中断三十分钟。')
  await page.getByLabel('情况（英文）').fill('Video failed for half an hour.')
  await pressed(page, '登记故障')
  await page.getByRole('alert').getByText('结束时间应晚于开始时间').waitFor()
  await page.getByLabel('结束时间').fill(`${today}T10:00:00`)
  await pressed(page, '登记故障')
  await page.getByRole('dialog').getByText('不移动任何截止时间').waitFor()
  await inDialog(page, '登记并公开')
  await seen(page, '已登记，并公开在')
  await page.getByRole('rowheader', { name: `${today} 09:30:00` }).waitFor()
  const anybody = await somebody('/status')
  await seen(anybody, '视频服务中断三十分钟')
}, 120_000)

test('an invitation waits in sight, gives a new link, is withdrawn, and is the person’s own', async () => {
  const invited = await somebody('/my/account', 'bidder-9')
  const number = await invited.getByRole('textbox', { name: '本人编号' }).inputValue()
  const head = await somebody('/register')
  await addPasskeyDevice(head)
  await head.getByLabel('统一社会信用代码').fill(madeUscc(6401))
  await head.getByLabel('单位名称').fill('明远设备有限公司')
  await head.getByLabel('单位管理员姓名').fill('郑一')
  await head.getByRole('checkbox', { name: /^投标人/ }).check()
  await pressed(head, '提交登记')
  await pressed(head, '在本机添加通行密钥')
  await seen(head, '通行密钥已添加')
  await head.goto(`${site.url}/my/company`)
  await head.getByLabel('添加谁').selectOption({ label: '已为其他单位办理的人（须本人接受）' })
  await head.getByLabel('姓名', { exact: true }).fill('李四')
  await pressed(head, '邀请并生成邀请链接')
  await seen(head, '请填写本人编号')
  await head.getByLabel('本人编号').fill(number)
  await pressed(head, '邀请并生成邀请链接')
  const first = await head.getByRole('textbox', { name: '邀请链接' }).inputValue()
  await seen(head, '在此之前，邀请不给任何人任何权限')
  // Not a member: the row stands among those that wait, and in no other list.
  const rowsOf = (name: string) =>
    head.getByRole('table', { name, exact: true }).locator('tbody tr', { hasText: '李四' }).count()
  expect(await rowsOf('等待接受的邀请')).toBe(1)
  expect(await rowsOf('成员')).toBe(0)

  await pressed(head, '为 李四 重发邀请链接')
  const handed = head.getByRole('textbox', { name: '邀请链接' })
  await expect.poll(() => handed.inputValue()).not.toBe(first)
  const link = await handed.inputValue()
  await pressed(head, '撤回对 李四 的邀请')
  await inDialog(head, '撤回邀请')
  await seen(head, '已撤回对 李四 的邀请')
  await invited.goto(link)
  await pressed(invited, '使用链接登录')
  await pressed(invited, '接受邀请')
  await seen(invited, '没有给您的这项邀请，或已撤销')
}, 120_000)

test('who renews a certificate is told which sealed bids the old key still opens', async () => {
  const identities = await Person.nobody(site.url).get<Identity[]>('/api/demo/identities')
  const person = (id: string) =>
    Person.signIn(site.url, identities.find((one) => one.id === id) as Identity)
  const trade = await publishedTrade({ url: site.url, person }, 1)
  const bidder = trade.bidder(1)
  await submitBidOf(bidder, trade.at, trade.bid(1))
  const { party } = bidder.identity as Identity
  const renewed = await newKeyFile(site.platform, party.name, party.id)

  const page = await somebody('/my/company', 'bidder-1')
  await page.getByRole('rowheader', { name: '加密' }).waitFor()
  expect(await page.getByText('要用原来的密钥开启').count()).toBe(0)
  await page.setInputFiles('input[type=file]', written('new.p12', renewed))
  await page.getByLabel('证书口令').fill('demo')
  await pressed(page, '打开证书')
  await seen(page, '绑定新证书之后，这 1 份投标仍要用原来的密钥开启')
  await pressed(page, '签名并绑定')
  await seen(page, '已绑定，现在可以用它签署')
  await seen(page, '1 份已封装的投标要用原来的密钥开启')
  await seen(page, '请把原来的证书文件和口令保留到开标解密之后')

  // A head of the same organisation unbinds the old one: told again before it is done.
  const head = await headOf(party.id)
  await head.goto(`${site.url}/my/company`)
  await head
    .getByRole('button', { name: /^解除绑定（加密证书/ })
    .first()
    .click()
  await head.getByRole('dialog').getByText('要用这张证书的密钥开启').waitFor()
  await inDialog(head, '解除绑定')
  await head.getByRole('dialog').waitFor({ state: 'detached' })
  await seen(head, '1 份已封装的投标要用原来的密钥开启')

  await page.reload()
  await page.getByRole('link', { name: /第 1 次提交$/ }).click()
  await page.waitForURL(`${site.url}/t/${trade.project}/lots/${trade.lot}/bid`)

  // The old key opens the bid here once more; the new one then opens it without it.
  await seen(page, '已换新证书，这份投标仍要用原来的密钥开启')
  await pressed(page, '用加密证书打开')
  await seen(page, '改由新证书开启这份投标')
  await pressed(page, '签名并改由新证书开启')
  await inDialog(page, '签名并改由新证书开启')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await seen(page, '投标已改由新证书开启')
  await page.goto(`${site.url}/t/${trade.project}/lots/${trade.lot}/bid`)
  await pressed(page, '用加密证书打开')
  await seen(page, '密钥与这份投标的承诺不符')
  await page.setInputFiles('input[accept*=".p12"]', written('new-again.p12', renewed))
  await page.getByLabel('证书口令').fill('demo')
  await pressed(page, '打开证书')
  await seen(page, '以下内容只在本页内存中')
  expect(await page.getByText('仍要用原来的密钥开启').count()).toBe(0)
  await page.goto(`${site.url}/my/company`)
  await page.getByRole('rowheader', { name: '加密' }).first().waitFor()
  expect(await page.getByText('要用原来的密钥开启').count()).toBe(0)
  // Of another organisation nothing is told.
  const other = await somebody('/my/company', 'bidder-2')
  await other.getByRole('rowheader', { name: '加密' }).waitFor()
  expect(await other.getByText('密钥开启').count()).toBe(0)
}, 180_000)
