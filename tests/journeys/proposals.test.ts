import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, gatherCast } from '../../db/seed/play/cast.ts'
import { readInput } from '../../db/seed/play/input.ts'
import { type Published, publish } from '../../db/seed/play/tendering.ts'
import { type TestSite, testSite } from '../kit/site.ts'

/** What the agency proposes about a published document, and the purchaser countersigns or declines. */
let site: TestSite
let cast: Cast
let trade: Published

beforeAll(async () => {
  site = await testSite()
  const input = readInput(path.resolve('db/seed/examples/school-canteen'))
  cast = await gatherCast(site.url.replace('localhost', '127.0.0.1'), input)
  trade = await publish(cast, input)
}, 240_000)
afterAll(() => site?.stop())

const pressed = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click()
/** Signs in the dialog and waits until it is gone: the page behind it is hidden to roles till then. */
async function signed(page: Page, verb: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}
const waiting = '等待采购人（招标人）确认'

async function somebody(who: 'agency' | 'purchaser', address: string): Promise<Page> {
  const { page } = await site.person(cast[who].identity?.id as string)
  page.setDefaultTimeout(15_000)
  await page.goto(`${site.url}${address}`)
  await page.locator('h1').first().waitFor()
  return page
}
interface TradeAnswer {
  readonly published: { readonly answers: readonly []; readonly version: number; deadline: string }
}
const published = async () =>
  (await cast.agency.get<TradeAnswer>(`/api/projects/${trade.project}`)).published
const questions = () => `/t/${trade.project}/questions`

test('an answer that bears on bids takes effect by the purchaser’s signature, and not before', async () => {
  const [asker] = [...cast.bidders.values()]
  await asker.post(`/api/lots/${trade.lot}/participation`, {})
  const question = { id: 'q-1', text: '是否接受同等材质的台面？' }
  await asker.post(`/api/lots/${trade.lot}/questions`, question)

  const agency = await somebody('agency', questions())
  await agency.getByLabel('答复内容').fill('接受，厚度不得低于招标文件要求。')
  await agency.getByLabel(/须采购人/).check()
  await pressed(agency, '签名并提请确认')
  await signed(agency, '签名并提交')
  await agency.getByRole('heading', { name: waiting }).waitFor()

  const purchaser = await somebody('purchaser', '/my')
  await purchaser.getByText('确认或谢绝代理机构的提议').first().waitFor()
  await purchaser.getByRole('link', { name: '去办理' }).click()
  await purchaser.getByText('接受，厚度不得低于招标文件要求').waitFor()
  expect((await published()).answers).toHaveLength(0)
  await pressed(purchaser, '签名确认')
  await signed(purchaser, '签名确认')
  await purchaser.getByText('答复时间').waitFor()
  await purchaser.getByRole('heading', { name: waiting }).waitFor({ state: 'detached' })
  expect(await published()).toMatchObject({ version: 2, answers: [{ question: question.text }] })
}, 120_000)

test('a later deadline is declined with a reason and stays; an amendment is countersigned', async () => {
  const agency = await somebody('agency', questions())
  await agency.getByText('推迟投标截止时间', { exact: true }).click()
  const later = agency.locator('details', { hasText: '推迟投标截止时间' })
  await later.getByLabel('理由').fill('答疑较多')
  await later.getByLabel('推迟至').fill('2026-03-01T09:00:00')
  await later.getByRole('button', { name: '签名并提请确认' }).click()
  await later.getByText(/请选择晚于/).waitFor()
  await later.getByLabel('推迟至').fill('2026-12-21T09:30:00')
  await later.getByRole('button', { name: '签名并提请确认' }).click()
  await signed(agency, '签名并提交')
  await agency.getByRole('heading', { name: waiting }).waitFor()

  const { deadline, version } = await published()
  const purchaser = await somebody('purchaser', questions())
  await purchaser.getByText('2026-12-21 09:30:00').waitFor()
  await purchaser.getByText('谢绝', { exact: true }).click()
  await pressed(purchaser, '谢绝并告知理由')
  await purchaser.getByText('请写明谢绝的理由').waitFor()
  await purchaser.getByLabel('谢绝的理由').fill('时间充足，不必推迟')
  await pressed(purchaser, '谢绝并告知理由')
  await purchaser.getByRole('heading', { name: waiting }).waitFor({ state: 'detached' })
  expect(await published()).toMatchObject({ deadline, version })

  await agency.reload()
  await agency.getByText('修改招标文件', { exact: true }).click()
  const change = agency.locator('details', { hasText: '修改招标文件' })
  await change.getByLabel('修改内容').fill('交货地点改为新校区。')
  await change.getByLabel(/不影响/).check()
  await change.getByRole('button', { name: '签名并提请确认' }).click()
  await signed(agency, '签名并提交')
  await agency.getByRole('heading', { name: waiting }).waitFor()
  // A person of no demo: the key is no one's to hand out, so the dialog asks for its file.
  await purchaser.route('**/api/demo/identities', (route) => route.fulfill({ json: [] }))
  await purchaser.reload()
  await purchaser.getByText('交货地点改为新校区').waitFor()
  await pressed(purchaser, '签名确认')
  const dialog = purchaser.getByRole('dialog')
  const key = await fetch(`${site.url}/api/demo/identities/${cast.purchaser.identity?.id}/p12`)
  const file = {
    name: 'key.p12',
    mimeType: 'application/x-pkcs12',
    buffer: Buffer.from(await key.arrayBuffer()),
  }
  for (const passPhrase of ['wrong', 'demo']) {
    await dialog.locator('input[type=file]').setInputFiles(file)
    await dialog.getByLabel('证书口令').fill(passPhrase)
    await dialog.getByRole('button', { name: '打开证书' }).click()
    if (passPhrase === 'wrong') await dialog.getByText('证书口令不对').waitFor()
  }
  await signed(purchaser, '签名确认')
  await purchaser.getByRole('heading', { name: waiting }).waitFor({ state: 'detached' })
  expect(await published()).toMatchObject({ deadline, version: version + 1 })
}, 120_000)

test('a whole document is amended in the editor, kept over a reload, proposed and countersigned', async () => {
  const { version } = await published()
  const agency = await somebody('agency', `/t/${trade.project}/edit?task=preview`)
  await agency.getByText(`与现行第 ${version} 版相同`).waitFor()
  await agency.getByRole('link', { name: /标段|包/ }).click()
  await agency.getByLabel('保证金').fill('12345.67')
  await agency.getByText('已存在本机').waitFor()
  await agency.reload()
  await agency.getByText('已恢复本机上未保存的修改').waitFor()
  await agency.getByRole('link', { name: '核对并提出修改' }).click()
  await agency.getByText(`与现行第 ${version} 版不同的部分`).waitFor()
  await pressed(agency, '签名并提出修改')
  await agency.getByText('请写明改哪一处、改成什么').waitFor()
  await agency.getByLabel('修改内容').fill('投标保证金改为 12,345.67 元。')
  // A bond bears on bids: the platform takes no other word for it.
  await agency.getByLabel(/可能影响/).check()
  await pressed(agency, '签名并提出修改')
  await signed(agency, '签名并提交')
  await agency.getByRole('heading', { name: waiting }).waitFor()

  const purchaser = await somebody('purchaser', questions())
  await purchaser.getByText('投标保证金改为').waitFor()
  await pressed(purchaser, '签名确认')
  await signed(purchaser, '签名确认')
  await purchaser.getByRole('heading', { name: waiting }).waitFor({ state: 'detached' })
  const after = await cast.agency.get<{
    published: { version: number }
    document: { lots: { bondFen: number }[] }
  }>(`/api/projects/${trade.project}`)
  expect(after.published.version).toBe(version + 1)
  expect(after.document.lots[0].bondFen).toBe(1_234_567)
  await agency.goto(`${site.url}/t/${trade.project}/edit?task=preview`)
  await agency.getByText(`与现行第 ${version + 1} 版相同`).waitFor()
}, 120_000)
