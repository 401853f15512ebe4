import fs from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gatherCast } from '../../db/seed/play/cast.ts'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { beginEvaluation, playPhase, readDesk } from '../../db/seed/play/evaluation.ts'
import { type Committee, prepareDraw, runDraw } from '../../db/seed/play/experts.ts'
import { playOpening } from '../../db/seed/play/opening.ts'
import { playTrade } from '../../db/seed/play/play.ts'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { joinAndAsk, moveClockTo, publish } from '../../db/seed/play/tendering.ts'
import { exampleOf, type Played, playToCommittee, playToOpened } from '../kit/evaluation.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { Someone } from '../kit/someone.ts'

/**
 * An evaluation as those see it who organise it: the agency pauses and resumes, records why a member
 * cannot go on, and sees what became of the seat; names and opinions stay sealed to it. Then the
 * committee signs, and each member sees who has.
 */
let site: TestSite
let played: Played
let committee: Committee
beforeAll(async () => {
  site = await testSite()
  played = await playToOpened(
    site.url.replace('localhost', '127.0.0.1'),
    exampleOf('road-resurfacing'),
  )
  committee = await playToCommittee(played)
  await beginEvaluation(committee, played.p)
}, 180_000)
afterAll(() => site?.stop())

const enter = (person: Person | undefined) => Someone.enter(site, person?.identity?.id ?? null)
const chairPage = () => `/t/${played.p.project}/desk/chair?lot=${played.p.lot}`
const members = () => [...committee.seats.values()]
const names = () => members().map((m) => m.identity?.party.name as string)
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// A tab half out of sight at the edge of its bar is measured by what is seen of it: the bar of a
// trade is left out here, and walked with every page.
const looks = [
  ['zh-CN', 390, false],
  ['zh-CN', 1440, true],
  ['en', 390, true],
  ['en', 1440, false],
] as const
/** What axe finds on the page as it stands, and by how much it hangs over its side. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = (await page.evaluate(`axe.run({ exclude: ['.yg-tabs'] }, { runOnly: { type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } }).then((r) =>
    r.violations.map((v) => v.id + ': ' + v.nodes[0].target.join(' ')))`)) as string[]
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  return over > 1 ? [...found, `hangs over by ${over} px`] : found
}

test('the agency sees seats and progress, and pauses with a cause by the keyboard alone', async () => {
  const agency = await enter(played.cast.agency)
  await agency.go(chairPage())
  await agency.sees('资格审查：等待评委提交（0 / 7）')
  await agency.sees('第 7 席')
  await agency.seesNot(...names())
  const { page } = agency
  await page.locator('summary', { hasText: '暂停评标' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await agency.sees('请写明暂停原因。')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.type('评标场所停电')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await agency.sees(/起暂停。原因：评标场所停电/)
  // While it stands still nobody is replaced, and the members read why.
  await page.getByText('评委不能继续评审：更换', { exact: true }).click()
  await agency.sees('暂停期间不能更换评委，请先恢复评标。')
  const member = await enter(committee.seats.get('e2'))
  await member.go(`/t/${played.p.project}/desk?lot=${played.p.lot}`)
  await member.sees(/原因：评标场所停电/)
  expect(await member.button('恢复评标').count()).toBe(0)
  await agency.press('恢复评标')
  await agency.sees('资格审查：等待评委提交（0 / 7）')
  expect([...agency.errors, ...member.errors]).toEqual([])
}, 120_000)

test('the agency records why the chair cannot go on, and resumes where there is none', async () => {
  const agency = await enter(played.cast.agency)
  await agency.go(chairPage())
  await agency.page.getByText('评委不能继续评审：更换', { exact: true }).click()
  await agency.press('记录并更换')
  await agency.sees('请选择席位。')
  await agency.fill({ 'absence-seat': '1' })
  await agency.press('记录并更换')
  await agency.sees('请选择原因。')
  await agency.choose('健康等原因')
  await agency.press('记录并更换')
  await agency.sees('请写明证明。')
  await agency.fill({ 'absence-evidence': '就诊记录（演示），经办人演示代理机构' })
  await agency.press('记录并更换')
  await agency.sign('记录并更换', '更换第 1 席？', '健康等原因', '候补专家按抽取顺序接替')
  await agency.sees('第 1 席已更换，接替的评委将重新评审。')
  await agency.sees('第 1 席：已通知候补专家，等待答复')
  await agency.sees('席位变动')
  expect(await agency.count('已通知，待答复')).toBe(2)
  await agency.seesNot(...names())
  for (const [language, width, dark] of looks) {
    const { page, context } = await site.person(agency.identity, { language, width, dark })
    await page.goto(`${site.url}${chairPage()}`)
    await page.locator('details').first().waitFor()
    for (const fold of await page.locator('summary').all()) await fold.click()
    expect(await faultsOf(page)).toEqual([])
    await context.close()
  }

  // The regulator stops the work; with the chair gone it is the agency's to let it go on.
  const regulator = await enter(played.cast.regulator)
  await regulator.go(chairPage())
  await regulator.sees(names()[1] as string)
  expect(await regulator.count('评委不能继续评审：更换')).toBe(0)
  await regulator.page.locator('summary', { hasText: '暂停评标' }).click()
  await regulator.fill({ 'pause-cause': '核查签到记录' })
  await regulator.press('暂停评标')
  await regulator.sees(/原因：核查签到记录/)
  await agency.takeUp('恢复已暂停的评标')
  await agency.press('恢复评标')
  await agency.sees('第 1 席：已通知候补专家，等待答复')

  await agency.page.getByText('评委不能继续评审：更换', { exact: true }).click()
  await agency.fill({ 'absence-seat': '7', 'absence-evidence': '签到台记录' })
  await agency.choose('擅离职守')
  await agency.press('记录并更换')
  await agency.sign('记录并更换', '由采购人另行指定代表')
  await agency.sees('第 7 席已空缺，等待采购人另行指定代表。')
  await agency.sees('第 7 席：等待采购人另行指定代表')
  const purchaser = await enter(played.cast.purchaser)
  await purchaser.go(chairPage())
  await purchaser.sees('第 7 席：等待采购人另行指定代表')
  expect(await purchaser.count('暂停评标')).toBe(0)
  const bidder = await enter([...played.cast.bidders.values()][0])
  await bidder.go(chairPage())
  await bidder.sees('本页由委员会推选的组长（负责人）办理，您不是组长。')
  await bidder.seesNot('第 1 席', '健康等原因')
  expect([agency, regulator, purchaser, bidder].flatMap((one) => one.errors)).toEqual([])
}, 180_000)

test('a member sees who has signed the report, when, and until when others are awaited', async () => {
  const url = site.url.replace('localhost', '127.0.0.1')
  const other = await playToOpened(url, exampleOf('school-canteen'))
  const { cast, input, p } = other
  const seats = await playToCommittee(other)
  await beginEvaluation(seats, p)
  for (const phase of ['responsiveness', 'scoring'] as const)
    await playPhase(cast, input, seats, p, phase)
  const [chair, second, third] = [...seats.seats.values()] as [Person, Person, Person]
  const { alarms = [], report } = await readDesk(chair, p.lot)
  expect(alarms).toEqual([])
  const base = `/api/lots/${p.lot}/evaluation`
  const place = { tender: p.project, lot: p.lot }
  const own = { subject: p.lotSubject, reportSha256: report?.reportSha256 as string }
  await second.act(`${base}/report-signatures`, 'sign-report', own, place)
  const dissent = { ...own, reason: '对配送一项的评分标准有不同理解。' }
  await third.act(`${base}/dissents`, 'dissent', dissent, place)
  const member = await enter(second)
  await member.go(`/t/${p.project}/desk?lot=${p.lot}`)
  await member.sees('等待其他评委签署（2 / 7）')
  await member.sees('2 / 7 位已签署')
  // A name may begin another.
  const rowOf = (person: Person) => {
    const name = new RegExp(`^${person.identity?.party.name}( |$)`)
    return member.page.locator('tr', { has: member.page.locator('th', { hasText: name }) }).first()
  }
  expect(await rowOf(second).textContent()).toMatch(/同意\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/)
  expect(await rowOf(third).textContent()).toContain(dissent.reason)
  expect(await rowOf(chair).textContent()).toMatch(/待签截止 \d{4}-/)
  expect(await faultsOf(member.page)).toEqual([])
  expect(member.errors).toEqual([])
}, 180_000)

test('few candidates are warned of before the draw; who is tied to a bidder is turned away', async () => {
  const url = site.url.replace('localhost', '127.0.0.1')
  const input = exampleOf('school-canteen')
  const gathered = await gatherCast(url, input)
  const nobody = Person.nobody(url)
  // Named while nobody knows who bids: he works for one who does.
  const tied = await nobody.post<Identity>('/api/demo/parties', {
    name: '演示采购人代表甲',
    role: 'expert',
    region: '371300',
    employer: input.bids[0]?.bidder,
    specialties: [],
  })
  const [seat, ...seats] = gathered.representatives
  const named = [[seat?.[0] ?? '', await Person.signIn(url, tied)] as const, ...seats]
  const cast = { ...gathered, representatives: new Map(named) }
  const p = await publish(cast, input)
  await joinAndAsk(cast, input, p)
  const at = { tender: p.project, lot: p.lot, subject: p.lotSubject }
  for (const bid of input.bids) await submitBidOf(cast.bidders.get(bid.id) as Person, at, bid)

  const drawPage = `/t/${p.project}/draw?lot=${p.lot}`
  const agency = await enter(cast.agency)
  await agency.go(drawPage)
  await agency.fill({ 'stratum-region-0': '370200', 'stratum-count-0': '6' })
  await agency.press('保存抽取条件')
  await agency.sees(/候选太少：/)
  await agency.sees(/抽 6 人，候选 \d+ 人。建议不少于 18 人/)
  await agency.sees(/先不限地区，再不限专业；种子不变/)
  expect(await faultsOf(agency.page)).toEqual([])
  await agency.page.getByText('修改抽取条件（已承诺的随机数作废）', { exact: true }).click()
  await agency.fill({ 'stratum-region-0': '' })
  await agency.press('保存抽取条件')
  await agency.sees('地区不限，专业不限')
  await agency.seesNot('候选太少')
  const centre = await enter(cast.centre)
  await centre.go(drawPage)
  await centre.seesNot('在库候选')

  await prepareDraw(cast, input, p)
  await moveClockTo(cast, p.project, p.deadline)
  await playOpening({ agency: cast.agency, centre: cast.centre, bidders: cast.bidders.values() }, p)
  await runDraw(cast, p)
  type Drawn = { committee: { seats: { expert: string }[] } }
  const { committee } = await cast.centre.get<Drawn>(`/api/lots/${p.lot}/draw`)
  const known = await nobody.get<Identity[]>('/api/demo/identities')
  for (const { expert } of committee.seats) {
    const identity = known.find((one) => one.party.id === expert) as Identity
    const called = await Person.signIn(url, identity)
    await called.post(`/api/lots/${p.lot}/draw/acceptances`, {})
  }
  await centre.go(drawPage)
  await centre.row('演示采购人代表甲').getByRole('button', { name: '办理签到' }).click()
  await centre.choose('已核验身份证件')
  await centre.choose('人证一致')
  await centre.press('确认签到')
  await centre.sees('演示采购人代表甲 不能担任本项目评委，未签到')
  await centre.sees(/招标投标法第三十七条/)
  await centre.sees(/由采购人另行指定代表/)
  await centre.seesNot(input.bids[0]?.bidder as string)
  expect(await faultsOf(centre.page)).toEqual([])
  const purchaser = await enter(cast.purchaser)
  await purchaser.takeUp('指定采购人代表')
  await purchaser.sees('需指定 2 人')
  expect([agency, centre, purchaser].flatMap((one) => one.errors)).toEqual([])
}, 240_000)

test('the agency reads the letter of everyone who bid, the rejected with their reason', async () => {
  const url = site.url.replace('localhost', '127.0.0.1')
  const { cast, published } = await playTrade(url, exampleOf('school-canteen'), 'archived')
  const agency = await enter(cast.agency)
  await agency.go(`/t/${published.project}/award?lot=${published.lot}`)
  const choice = agency.field('letter-of')
  await agency.sees('结果通知书')
  const options = choice.locator('option')
  await options.nth(cast.bidders.size - 1).waitFor({ state: 'attached' })
  expect(await options.allTextContents()).toEqual([
    '演示投标人三（第 1 名）',
    '演示投标人二（第 2 名）',
    '演示投标人一（第 3 名）',
    '演示投标人五（第 4 名）',
    '演示投标人四（未进入排名）',
  ])
  await choice.selectOption({ label: '演示投标人四（未进入排名）' })
  await agency.sees('结果告知：演示投标人四 未中标')
  await agency.sees('投标被否决，理由见下。')
  await agency.sees('未提供有效CCC证书')
  expect(agency.errors).toEqual([])
}, 120_000)
