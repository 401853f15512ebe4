import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { madeUscc } from '../../server/kernel/uscc.ts'
import { addPasskeyDevice, newKeyFile } from '../kit/device.ts'
import { Browser } from '../kit/member.ts'
import { type TestSite, testSite } from '../kit/site.ts'

/**
 * Coming in, in a browser with a device that holds passkeys: an organisation registers and is
 * approved, its member joins by a link and acts, certificates open the door and false ones don't.
 */
let site: TestSite
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-account-'))

beforeAll(async () => {
  site = await testSite()
}, 240_000)
afterAll(async () => {
  await site?.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

const pressed = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click()
/** A choice by its first words: the rest of its label says what follows from it. */
const ticked = (page: Page, name: string) =>
  page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check()
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const go = async (page: Page, address: string) => {
  await page.goto(`${site.url}${address}`)
  await page.locator('h1').first().waitFor()
}

/** Somebody at a device of his own, on the page of an address. */
async function somebody(address: string, identity: string | null = null): Promise<Page> {
  const { page } = await site.person(identity)
  page.setDefaultTimeout(15_000)
  await go(page, address)
  return page
}

async function fillRegistration(
  page: Page,
  { code, name, contact, role }: { code: string; name: string; contact: string; role: string },
): Promise<void> {
  await page.getByLabel('统一社会信用代码').fill(code)
  await page.getByLabel('单位名称').fill(name)
  await page.getByLabel('单位管理员姓名').fill(contact)
  await ticked(page, role)
}

/** The menu of who one is, in the bar. */
async function inMenu(page: Page, item: string | RegExp): Promise<void> {
  await page.locator('.yg-menu summary').click()
  await page.locator('.yg-menu-panel').getByText(item).click()
}

function keyFile(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, bytes)
  return file
}
async function demoKeyFile(identity: string): Promise<string> {
  const answer = await fetch(`${site.url}/api/demo/identities/${identity}/p12`)
  return keyFile(`${identity}.p12`, new Uint8Array(await answer.arrayBuffer()))
}
async function openKey(page: Page, file: string, passPhrase: string): Promise<void> {
  await page.setInputFiles('input[type=file]', file)
  await page.getByLabel('证书口令').fill(passPhrase)
  await pressed(page, '打开证书')
}

test('an organisation registers, is approved, and its member joins by a link and acts', async () => {
  const head = await somebody('/register')
  const device = await addPasskeyDevice(head)
  const code = madeUscc(6001)
  const wrong = `${code.slice(0, 17)}${code[17] === '0' ? '1' : '0'}`
  const entry = { code: wrong, name: '清风招标代理有限公司', contact: '王五', role: '代理机构' }
  await fillRegistration(head, entry)
  await pressed(head, '提交登记')
  await head.getByRole('alert').getByText('最后一位校验码不符').waitFor()
  await head.getByLabel('统一社会信用代码').fill(code.toLowerCase())
  await seen(head, '校验码正确')
  // Left and come back to: what was filled in is still there.
  await head.reload()
  await seen(head, '已恢复您')
  expect(await head.getByLabel('单位名称').inputValue()).toBe(entry.name)
  await pressed(head, '提交登记')
  await seen(head, '等待批准：代理机构')
  await head.getByLabel('给它起个名字').fill('办公室电脑')
  await pressed(head, '在本机添加通行密钥')
  await seen(head, '通行密钥已添加')
  expect(await device.count()).toBe(1)
  await head.getByRole('link', { name: '到“本单位”' }).click()
  await seen(head, '正在等待批准：代理机构')

  const centre = await somebody('/my', 'centre-1')
  await seen(centre, '审批单位登记')
  await centre.locator('.yg-bar-count').getByText('1').waitFor()
  await inMenu(centre, '单位登记审批')
  const card = centre.locator('section.yg-card', { hasText: entry.name })
  await card.getByText('王五').waitFor()
  await card.getByText('尚无证书证明').waitFor()
  await pressed(centre, `批准“${entry.name}”为代理机构`)
  await seen(centre, `已批准“${entry.name}”为代理机构`)
  await seen(centre, '没有等待审批的登记')

  await seen(head, '已批准')
  await inMenu(head, '退出登录')
  await head.getByRole('link', { name: '登录', exact: true }).first().click()
  await device.look(true)
  await pressed(head, '用通行密钥登录')
  await seen(head, '通行密钥没有完成')
  await device.look(false)
  await pressed(head, '用通行密钥登录')
  await head.getByRole('heading', { name: '待办', level: 1 }).waitFor()
  await inMenu(head, '我的账户')
  await head.getByRole('rowheader', { name: '办公室电脑' }).waitFor()

  await inMenu(head, '本单位')
  await pressed(head, '添加并生成邀请链接')
  await seen(head, '请填写姓名')
  await head.getByLabel('姓名', { exact: true }).fill('李四')
  await pressed(head, '添加并生成邀请链接')
  const link = await head.getByRole('textbox', { name: '登录链接' }).inputValue()
  expect(link.startsWith(`${site.url}/join#`)).toBe(true)
  expect(head.url()).not.toContain('#')

  const member = await somebody(link.slice(site.url.length))
  await addPasskeyDevice(member)
  await pressed(member, '使用链接登录')
  await seen(member, '李四，您好')
  expect(member.url()).toBe(`${site.url}/join`)
  await pressed(member, '在本机添加通行密钥')
  await seen(member, '已加入')
  await member.getByRole('link', { name: '开始办理' }).click()
  await member.getByRole('link', { name: '新建项目' }).click()
  await member.getByLabel('采购人').selectOption({ index: 1 })
  await member.getByLabel('交易中心').selectOption({ index: 1 })
  await member.getByLabel(/委托/).fill('委托代理协议')
  await member.getByRole('main').locator('button.yg-button[data-kind=primary]').click()
  await member.waitForURL(/\/t\/YG-\d{8}-\w+\/edit$/)

  const late = await somebody(link.slice(site.url.length))
  await pressed(late, '使用链接登录')
  await seen(late, '此链接已使用或已过期')

  await head.reload()
  await pressed(head, '终止 李四 的成员资格')
  await head.getByRole('dialog').getByRole('button', { name: '终止' }).click()
  await seen(head, '李四 的成员资格已终止')
  await go(member, '/my/company')
  await seen(member, '本页需要登录后办理')
  await go(member, '/login')
  await pressed(member, '用通行密钥登录')
  await seen(member, '您目前不代表任何单位')
}, 180_000)

test('a certificate opens the door: not by a wrong pass phrase, not once it is revoked', async () => {
  const page = await somebody('/login?to=/my/company')
  const file = await demoKeyFile('bidder-1')
  await openKey(page, file, 'falsch')
  await seen(page, '证书口令不对')
  await openKey(page, file, 'demo')
  await pressed(page, '签名登录')
  await page.waitForURL(`${site.url}/my/company`)
  await seen(page, '统一社会信用代码')

  await new Promise((r) => setTimeout(r, 1000)) // a certificate is revoked after it was issued
  const revoked = await somebody('/login')
  const theirs = await demoKeyFile('bidder-3')
  await fetch(`${site.url}/api/demo/identities/bidder-3/revocation`, { method: 'POST' })
  await openKey(revoked, theirs, 'demo')
  await pressed(revoked, '签名登录')
  await seen(revoked, '证书已被签发机构吊销，未登录')
  await pressed(revoked, '换一个证书文件')
  const code = madeUscc(6100)
  await openKey(
    revoked,
    keyFile('nobody.p12', await newKeyFile(site.platform, '无名有限公司', code)),
    'demo',
  )
  await seen(revoked, '该证书未绑定任何单位')
}, 120_000)

test('a certificate proves a registration: a bidder so proved may act at once, and binds its pair', async () => {
  const page = await somebody('/register')
  const [name, code] = ['明镜设备有限公司', madeUscc(6200)]
  await openKey(page, keyFile('new.p12', await newKeyFile(site.platform, name, code)), 'demo')
  await seen(page, `已打开“${name}”的证书`)
  expect(await page.getByLabel('统一社会信用代码').inputValue()).toBe(code)
  await page.getByLabel('单位管理员姓名').fill('赵六')
  await ticked(page, '投标人')
  await ticked(page, '代理机构')
  await pressed(page, '签名并提交登记')
  await seen(page, '已生效：投标人')
  await seen(page, '等待批准：代理机构')
  await page.getByRole('link', { name: '到“本单位”' }).click()
  // The key is still open: the encryption certificate of the same file is bound by one press.
  await pressed(page, '签名并绑定')
  await seen(page, '已绑定，现在可以用它签署')
  await page.getByRole('rowheader', { name: '加密' }).waitFor()
  await page.getByRole('rowheader', { name: '签名' }).waitFor()

  const centre = await somebody('/admin/people', 'centre-1')
  await centre.getByText('已由单位证书证明').waitFor()
  await pressed(centre, `不批准“${name}”为代理机构`)
  await pressed(centre, '不批准并告知理由')
  await seen(centre, '请写明理由')
  await centre.getByLabel('不批准的理由').fill('请补充代理机构名录登记')
  await pressed(centre, '不批准并告知理由')
  await seen(centre, '已告知')
  await page.reload()
  await seen(page, '请补充代理机构名录登记')
}, 120_000)

test('an expert is enrolled by the centre and comes in by the link, as nobody’s officer', async () => {
  const centre = await somebody('/admin/people', 'centre-1')
  await centre.locator('summary', { hasText: '填写入库信息' }).click()
  await centre.getByLabel('姓名').fill('周八')
  await centre.getByLabel('身份证件号码').fill('371302197001010010')
  await centre.getByLabel('所在地区').fill('371300')
  await centre.getByLabel('工作单位').fill('某设计院')
  await centre.getByLabel('职称').fill('高级工程师')
  await centre.getByLabel('评审专业代码').fill('A08、C01')
  await pressed(centre, '入库并生成登录链接')
  await seen(centre, '身份证件号码有误')
  await centre.getByLabel('身份证件号码').fill('371302197001010012')
  await pressed(centre, '入库并生成登录链接')
  const link = await centre.getByRole('textbox', { name: '登录链接' }).inputValue()
  const expert = await somebody(link.slice(site.url.length))
  await addPasskeyDevice(expert)
  await pressed(expert, '使用链接登录')
  await seen(expert, '周八，您好')
  await pressed(expert, '在本机添加通行密钥')
  await seen(expert, '已加入')
  await go(expert, '/my/company')
  await expert.getByRole('heading', { name: '我的证书', level: 1 }).waitFor()
}, 120_000)

test('a person of two organisations chooses for whom to act, and changes it in the bar', async () => {
  const page = await somebody('/register')
  await addPasskeyDevice(page)
  const first = { code: madeUscc(6301), name: '甲设备公司', contact: '孙七', role: '投标人' }
  await fillRegistration(page, first)
  await pressed(page, '提交登记')
  await pressed(page, '在本机添加通行密钥')
  await seen(page, '通行密钥已添加')
  const { viewer } = await page.evaluate(async () => (await fetch('/api/session')).json())
  const other = new Browser(site.url)
  const wish = { uscc: madeUscc(6302), name: '乙设备公司', roles: ['bidder'] }
  other.entered(await other.post('/api/parties', { ...wish, member: { name: '周八' } }))
  const more = { name: '孙七', capacity: 'operator', person: viewer.person }
  const { link } = await other.post<{ link: { url: string } }>('/api/party/members', more)
  const stranger = await somebody(link.url.slice(site.url.length))
  await pressed(stranger, '使用链接登录')
  await seen(stranger, '不能凭链接登录')
  await go(page, link.url.slice(site.url.length))
  await pressed(page, '使用链接登录')
  await seen(page, '“乙设备公司”邀请您为其办理业务')
  await pressed(page, '接受邀请')
  await seen(page, '您将以“经办人”的身份代表“乙设备公司”办理')

  await inMenu(page, '退出登录')
  await go(page, '/login')
  await pressed(page, '用通行密钥登录')
  await seen(page, '请选择代表哪个单位办理')
  await pressed(page, '乙设备公司 · 经办人')
  await page.getByRole('heading', { name: '待办', level: 1 }).waitFor()
  await page.locator('.yg-menu summary').getByText('乙设备公司').waitFor()
  await inMenu(page, '改为代表“甲设备公司”')
  await page.locator('.yg-menu summary').getByText('甲设备公司').waitFor()
}, 120_000)
