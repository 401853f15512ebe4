import fs from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gatherCast } from '../../db/seed/play/cast.ts'
import type { Person } from '../../db/seed/play/client.ts'
import type { DemoInput } from '../../db/seed/play/input.ts'
import { readHall, release } from '../../db/seed/play/opening.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { joinAndAsk, moveClockTo, type Published, publish } from '../../db/seed/play/tendering.ts'
import { makeLink } from '../../server/identity/login/challenges.ts'
import { systemActor } from '../../server/kernel/viewer.ts'
import { actOf } from '../../server/platform.ts'
import { keepPersonal } from '../../server/vault/personal.ts'
import { bidPage } from '../kit/bidding.ts'
import { exampleOf } from '../kit/evaluation.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { Someone } from '../kit/someone.ts'

/**
 * What ends before its time, at the pages where it is done: the purchaser terminates a lot, and a
 * bidder revokes its bid once the deadline is over.
 */
let site: TestSite
let url = ''
beforeAll(async () => {
  site = await testSite()
  url = site.url.replace('localhost', '127.0.0.1')
}, 120_000)
afterAll(() => site?.stop())

const enter = (person: Person | undefined) => Someone.enter(site, person?.identity?.id ?? null)
const fold = (who: Someone, title: string) => who.page.locator('summary', { hasText: title })
const focused = (who: Someone) =>
  who.page.evaluate(() => document.activeElement?.getAttribute('name'))
const noFaults = (...people: Someone[]) => {
  for (const one of people) expect(one.errors).toEqual([])
}

/** Somebody who prepares for an organisation and may not sign, come in by his link. */
async function operatorOf(person: Person): Promise<Someone> {
  const { platform } = site
  const party = person.identity?.party.id as string
  const operator = `operator-of-${party}`
  const nameDigest = await keepPersonal(platform, operator)
  await actOf(platform, {
    kind: 'party',
    id: party,
    project: null,
    actor: systemActor,
    command: { type: 'addMember', person: operator, nameDigest, capacity: 'operator' },
  })
  const who = await Someone.enter(site, null)
  const link = await makeLink(platform, { party, person: operator })
  await who.go(new URL(link.url).pathname + new URL(link.url).hash)
  await who.press('使用链接登录')
  await who.sees('经办人')
  return who
}

function withTwoLots(input: DemoInput): DemoInput {
  const [first] = input.tender.lots
  const second = { ...first, id: 'lot-2', title: { zh: '施工二标段', en: 'Works, section 2' } }
  const budgetFen = input.tender.budgetFen * 2
  return { ...input, tender: { ...input.tender, budgetFen, lots: [first, second] } }
}

test('the purchaser ends one of two lots by signature, then the other; all read why', async () => {
  const input = withTwoLots(exampleOf('road-resurfacing'))
  const cast = await gatherCast(url, input)
  const { project } = await publish(cast, input)
  const operator = await operatorOf(cast.purchaser)
  await operator.go(`/t/${project}`)
  await fold(operator, '终止招标').click()
  await operator.sees('由法定代表人或授权签署人办理')
  expect(await operator.button('签名终止').getAttribute('aria-disabled')).toBe('true')

  const purchaser = await enter(cast.purchaser)
  await purchaser.go(`/t/${project}`)
  await fold(purchaser, '终止招标').click()
  await purchaser.sees('原样密封退回')
  await purchaser.press('签名终止')
  await purchaser.sees('请选择要终止的标段（包）。')
  await purchaser.sees('请写明终止的原因。')
  expect(await focused(purchaser)).toBe('terminate-lot')
  await purchaser.fill({ 'terminate-lot': `${project}-1` })
  await purchaser.press('签名终止')
  expect(await focused(purchaser)).toBe('terminate-reason')
  const first = '规划调整，一标段不再实施。'
  await purchaser.fill({ 'terminate-reason': first })
  // A reload loses nothing of it; which lot is asked again.
  await purchaser.page.reload()
  await fold(purchaser, '终止招标').click()
  await expect.poll(() => purchaser.field('terminate-reason').inputValue()).toBe(first)
  await purchaser.fill({ 'terminate-lot': `${project}-1` })
  await purchaser.press('签名终止')
  await purchaser.sign('签名并终止', '施工一标段', first)
  await purchaser.sees('施工一标段：已依法终止')
  await purchaser.sees(first)
  await purchaser.row('施工一标段').getByText('已终止').waitFor()
  await purchaser.row('施工二标段').getByText('投标中').waitFor()

  // What was written for the one is not there for the other, which is now the only one left.
  await purchaser.sees('只终止“施工二标段”')
  expect(await purchaser.field('terminate-reason').inputValue()).toBe('')
  const second = '不可抗力，二标段不能实施。'
  await purchaser.fill({ 'terminate-reason': second })
  await purchaser.press('签名终止')
  await purchaser.sign('签名并终止', '施工二标段', second)
  await purchaser.sees('公告终止，退还费用')
  await fold(purchaser, '终止招标').waitFor({ state: 'detached' })

  const visitor = await enter(undefined)
  await visitor.go(`/t/${project}`)
  await visitor.sees(first)
  await visitor.sees(second)
  await visitor.seesNot('终止招标', '公告终止，退还费用')
  noFaults(operator, purchaser, visitor)
}, 180_000)

/** School canteen with every bid in and the deadline over, its opening under way. */
async function playToDecrypting(input: DemoInput) {
  const cast = await gatherCast(url, input)
  const p: Published = await publish(cast, input)
  await joinAndAsk(cast, input, p)
  const at = { tender: p.project, lot: p.lot, subject: p.lotSubject }
  for (const bid of input.bids) await submitBidOf(cast.bidders.get(bid.id) as Person, at, bid)
  return { cast, p, at }
}

test('a bid is revoked after the deadline, with a reason, and is not opened', async () => {
  const input = exampleOf('school-canteen')
  const { cast, p } = await playToDecrypting(input)
  const [own, ...others] = input.bids.map((bid) => cast.bidders.get(bid.id) as Person)
  const bidder = await enter(own)
  await bidder.go(bidPage(p.project))
  await bidder.button('撤回投标').waitFor()
  expect(await fold(bidder, '撤销投标').count()).toBe(0)
  await moveClockTo(cast, p.project, p.deadline)

  await bidder.sees('您的投标已密封在案')
  await fold(bidder, '撤销投标').click()
  await bidder.sees('财政部令第87号第二十三条')
  await bidder.press('撤销投标')
  await bidder.sees('请写明撤销的理由。')
  expect(await focused(bidder)).toBe('revoke-reason')
  const reason = '主要设备停产，无法按期供货。'
  await bidder.fill({ 'revoke-reason': reason })
  await bidder.press('撤销投标')
  await bidder.sees('确定撤销这份投标？')
  await bidder.press('不撤销')
  expect(await bidder.count('确定撤销这份投标？')).toBe(0)
  await bidder.press('撤销投标')
  await bidder.press('签名并撤销')
  await bidder.sign('签名并撤销', reason, '保证金可能不予退还')
  await bidder.sees(/您已于 .* 撤销投标/)
  await bidder.sees('第 1 次，已撤销')
  await bidder.seesNot('您的投标已密封在案', '未提交的投标不再接收', '第 1 次，有效')
  expect(await fold(bidder, '撤销投标').count()).toBe(0)
  await bidder.page.reload()
  await bidder.sees('撤销时间')
  await bidder.sees('投标已撤销')
  await bidder.go(`/t/${p.project}/opening`)
  await bidder.sees('您已撤销这份投标，不用解密')
  await bidder.go(`/t/${p.project}`)
  await bidder.sees('观看开标')
  expect(await bidder.count('参加开标')).toBe(0)

  for (const other of others) await release(other, p.lot)
  const { windowEndsAt } = await readHall(cast.agency, p.project)
  if (windowEndsAt) await moveClockTo(cast, p.project, windowEndsAt)
  const visitor = await enter(undefined)
  await visitor.go(`/t/${p.project}/opening`)
  await visitor.sees('截止后撤销了投标')
  noFaults(bidder, visitor)
}, 180_000)

test('a lot that ends while its bidder signs: the bid is not revoked, but goes back', async () => {
  const input = exampleOf('school-canteen')
  const { cast, p, at } = await playToDecrypting(input)
  await moveClockTo(cast, p.project, p.deadline)
  const bidder = await enter(cast.bidders.get(input.bids[0].id))
  await bidder.go(bidPage(p.project))
  await fold(bidder, '撤销投标').click()
  await bidder.fill({ 'revoke-reason': '报价有误。' })
  await bidder.press('撤销投标')
  await bidder.press('签名并撤销')
  const dialog = bidder.page.getByRole('dialog')
  const sign = dialog.getByRole('button', { name: '签名并撤销', exact: true })
  await sign.waitFor()
  const reason = '重大变故，采购任务取消。'
  await cast.purchaser.act(
    `/api/lots/${p.lot}/termination`,
    'terminate-lot',
    { subject: p.lotSubject, reason },
    at,
  )
  await sign.click()
  await dialog.getByText('投标已退回，或合同已签订，无需撤销，状态未变。').waitFor()
  await dialog.getByRole('button', { name: '取消', exact: true }).click()
  await bidder.sees('已依法终止')
  await bidder.sees(reason)
  await bidder.sees('没有开启的投标原样密封退回')
  expect(await fold(bidder, '撤销投标').count()).toBe(0)
  // What was refused has a signed note, kept without anybody's asking.
  await bidder.go('/my/receipts')
  await bidder.sees('投标已退回，或合同已签订，无需撤销，状态未变。')
  const [file] = await Promise.all([
    bidder.page.waitForEvent('download'),
    bidder.press('保存拒收通知'),
  ])
  const note = JSON.parse(fs.readFileSync(await file.path(), 'utf8'))
  expect(note).toMatchObject({ kind: 'refusal', problem: 'nothing-to-revoke' })
  expect(note.signature).toBeTruthy()
  noFaults(bidder)
}, 180_000)
