import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishCandidates, readAward } from '../../db/seed/play/award.ts'
import { gatherCast } from '../../db/seed/play/cast.ts'
import type { Person } from '../../db/seed/play/client.ts'
import {
  beginEvaluation,
  bidderOf,
  playEvaluation,
  playPhase,
  readDesk,
} from '../../db/seed/play/evaluation.ts'
import { joinAndAsk, moveClockTo, publish } from '../../db/seed/play/tendering.ts'
import { exampleOf, playToCommittee, playToOpened } from '../kit/evaluation.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { Someone } from '../kit/someone.ts'

/**
 * What the law has beside the usual way, at the pages where it is done: a price is corrected and its
 * bidder confirms it, a report goes back to its committee, the first candidate is passed over, and
 * the bonds of a lot that was never opened are returned.
 */
let site: TestSite
let url = ''
beforeAll(async () => {
  site = await testSite()
  url = site.url.replace('localhost', '127.0.0.1')
}, 120_000)
afterAll(() => site?.stop())

const enter = (person: Person | undefined) => Someone.enter(site, person?.identity?.id ?? null)
const noFaults = (...people: Someone[]) => {
  for (const one of people) expect(one.errors).toEqual([])
}

test('the committee corrects a price by motion, and its bidder confirms it by signature', async () => {
  const played = await playToOpened(url, exampleOf('road-resurfacing'))
  const { cast, input, p } = played
  const committee = await playToCommittee(played)
  await beginEvaluation(committee, p)
  await playPhase(cast, input, committee, p, 'qualification')
  const chair = committee.seats.get(committee.chairSeat) as Person
  const at = await enter(chair)
  await at.go(`/t/${p.project}/desk?lot=${p.lot}`)
  await at.page.getByText('表决', { exact: true }).first().click()
  await at.press('提出表决')
  await at.field('motion-kind').selectOption('correctPrice')
  await at.field('motion-bidder').selectOption(bidderOf(cast, 'bid-3'))
  await at.press('添加一行')
  await at.fill({
    'correct-quantity-0': '1000',
    'correct-unit-0': '11752.10',
    'correct-stated-0': '11752000',
    'motion-text': '单价与数量之积与合计不一致。',
  })
  await at.sees('11,752,100.00')
  await at.press('提出并投赞成票')
  await at.sees(/修正演示投标人三的报价为 11,752,100\.00 元/)
  const others = [...committee.seats.values()].filter((m) => m !== chair)
  const { motions = [] } = await readDesk(chair, p.lot)
  const key = motions.find((m) => m.outcome === 'open')?.key
  for (const member of others.slice(0, 3))
    await member.post(`/api/lots/${p.lot}/evaluation/votes`, { key, choice: true })
  const own = await enter(cast.bidders.get('bid-3'))
  await own.takeUp('确认评标委员会修正的报价')
  await own.sees('11,752,100.00')
  await own.choose('确认修正后的报价')
  await own.press('签名并答复')
  await own.sign('签名并提交', '11,752,100.00', '确认后按此报价评审和签订合同')
  await own.sees('您已确认修正后的报价。')
  await at.go(`/t/${p.project}/desk?lot=${p.lot}`)
  await at.sees('投标人已确认')
  noFaults(at, own)
}, 180_000)

test('the purchaser sends a report back, and then passes over the first candidate', async () => {
  const played = await playToOpened(url, exampleOf('road-resurfacing'))
  const { cast, input, p } = played
  const committee = await playToCommittee(played)
  await playEvaluation(cast, input, committee, p)
  const purchaser = await enter(cast.purchaser)
  await purchaser.go(`/t/${p.project}/award?lot=${p.lot}`)
  await purchaser.page.getByText('评标报告有明显错误：退回复核', { exact: true }).click()
  await purchaser.fill({ 'back-ground': 'sumError', 'back-reason': '第二位评委的合计有误。' })
  await purchaser.press('签名退回复核')
  await purchaser.sign('签名并退回', '分值汇总计算错误', '由原评标委员会复核。')
  await purchaser.sees('评标报告尚未提交')
  const chair = committee.seats.get(committee.chairSeat) as Person
  const at = await enter(chair)
  await at.go(`/t/${p.project}/desk/chair?lot=${p.lot}`)
  await at.sees('评审结果复议中')
  const base = `/api/lots/${p.lot}/evaluation`
  for (const member of [...committee.seats.values()].slice(0, 4))
    await member.post(`${base}/votes`, { motion: { kind: 'rankAgain' }, choice: true })
  const { report } = await readDesk(chair, p.lot)
  const own = { subject: p.lotSubject, reportSha256: report?.reportSha256 as string }
  for (const member of committee.seats.values())
    await member.act(`${base}/report-signatures`, 'sign-report', own, {
      tender: p.project,
      lot: p.lot,
    })
  await chair.post(`${base}/report`, {})
  await publishCandidates(cast, p)
  const { publicityUntil, candidates } = await readAward(cast.purchaser, p.lot)
  await moveClockTo(cast, p.project, publicityUntil as string)
  await purchaser.go(`/t/${p.project}/award?lot=${p.lot}`)
  await purchaser.page.getByText('排名第一的候选人不能中标', { exact: true }).click()
  await purchaser.fill({ 'pass-ground': 'gaveUp', 'pass-reason': '来函放弃。' })
  await purchaser.press('认定不能中标')
  await purchaser.sees('请写明事实和理由，以及证明文件。')
  await purchaser.fill({ 'pass-evidence': '放弃函〔2026〕3号' })
  await purchaser.press('认定不能中标')
  await purchaser.sign('签名并认定', '放弃函〔2026〕3号', '放弃中标')
  await purchaser.sees(candidates?.[1]?.bidder ?? 'nobody')
  expect(await purchaser.count('已取消')).toBe(1)
  noFaults(purchaser, at)
}, 180_000)

test('of a lot with too few bidders the agency returns every bond, and nothing can be kept', async () => {
  const input = exampleOf('school-canteen')
  const cast = await gatherCast(url, input)
  const p = await publish(cast, input)
  await joinAndAsk(cast, input, p)
  await moveClockTo(cast, p.project, p.deadline)
  const agency = await enter(cast.agency)
  await agency.go(`/t/${p.project}/award?lot=${p.lot}`)
  await agency.button('已退还').first().waitFor()
  expect(await agency.button('不予退还').count()).toBe(0)
  const held = await agency.button('已退还').count()
  expect(held).toBe(input.bids.length)
  await agency.press('已退还', 0)
  await agency.page.waitForFunction(
    (left) =>
      [...document.querySelectorAll('button')].filter((b) => b.textContent?.trim() === '已退还')
        .length === left,
    held - 1,
  )
  noFaults(agency)
}, 120_000)
