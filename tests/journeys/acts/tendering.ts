import { expect } from 'vitest'
import type { Someone } from '../../kit/someone.ts'

/** From the empty editor to the published notice, and the questions of those who read it. */
export const title = '第三中学食堂厨房设备采购'
export const question = '交货地点是否为学校食堂一层？'
export const answer = '是。货物送到学校食堂一层，由供应商安装调试。'

/** The agency makes the project under its mandate. @returns the project's number */
export async function makeProject(agency: Someone, purchaser: string): Promise<string> {
  await agency.go('/t/new')
  await agency.field('purchaser').selectOption({ label: purchaser })
  await agency.field('centre').selectOption({ label: '演示交易中心（主场）' })
  await agency.fill({
    mandate: '演示委托代理协议 2026-018 号',
    approval: '演示采购计划 2026-0077',
  })
  await agency.press('建立项目')
  await agency.page.waitForURL(/\/t\/YG-[^/]+\/edit/)
  return /\/t\/([^/]+)\//.exec(agency.page.url())?.[1] as string
}

/** Goes to a part of the document in the editor. */
export const task = (agency: Someone, name: RegExp) =>
  agency.page
    .getByRole('navigation', { name: '招标文件各部分' })
    .getByRole('link', { name })
    .click()

const items = {
  qualification: [
    ['独立承担民事责任的营业执照', 'Business licence of an entity with civil liability'],
    ['食品设备强制性认证（CCC）', 'Compulsory certification (CCC)'],
  ],
  responsiveness: [
    ['报价未超过最高限价', 'Price within the ceiling'],
    ['★号条款无负偏离', 'No negative deviation from starred terms'],
  ],
} as const
export const scored = [
  { zh: '技术参数响应', en: 'Technical parameters', kind: 'technical', max: '40' },
  { zh: '安装与培训方案', en: 'Installation and training', kind: 'technical', max: '20' },
  { zh: '类似业绩', en: 'Similar contracts', kind: 'business', max: '10' },
] as const

/** A small and whole document, part by part; what is missing is named before it can be saved. */
export async function writeDocument(agency: Someone, file: string): Promise<void> {
  await agency.press('保存招标文件')
  await agency.sees(/处未填好，填好后才能保存/)
  await agency.fill({
    'title.zh': title,
    'title.en': 'Kitchen equipment of No. 3 Middle School',
    region: '371300',
    budgetFen: '2680000',
  })
  await task(agency, /^包（标段）/)
  await agency.fill({
    'lots.0.title.zh': '厨房设备一批',
    'lots.0.title.en': 'Kitchen equipment, one batch',
    'lots.0.ceilingPriceFen': '2,680,000元',
    'lots.0.bondFen': '50000',
    'lots.0.deliveryDays': '45',
  })
  await agency.sees('贰佰陆拾捌万元整')
  await task(agency, /^时间安排/)
  await agency.fill({ openAfterDays: '12' })
  await agency.sees('不少于 20 日（招标投标法第 24 条、政府采购法第 35 条）')
  await task(agency, /^资格与实质性要求/)
  for (const [at, group] of (['qualification', 'responsiveness'] as const).entries())
    for (const [i, [zh, en]] of items[group].entries()) {
      await agency.press('增加一条', at)
      await agency.fill({ [`${group}.${i}.zh`]: zh, [`${group}.${i}.en`]: en })
    }
  await task(agency, /^评标办法/)
  for (const [i, { zh, en, kind, max }] of scored.entries()) {
    await agency.press('增加评分项')
    const at = `scoring.items.${i}`
    await agency.fill({ [`${at}.zh`]: zh, [`${at}.en`]: en, [`${at}.kind`]: kind })
    await agency.fill({ [`${at}.max`]: max })
  }
  await agency.sees('价格 30 分 + 评分项 70 分 = 100 分，应为 100 分')
  await task(agency, /^文件/)
  await agency.attach('选择文件上传', file)
  await agency.row('招标文件.pdf').waitFor()
  await agency.press('保存招标文件')
  await agency.sees('第 1 次保存，采购人（招标人）现在可以看到。')
}

/** A period that the law forbids: the page names the article and the earliest day. */
export async function mendPeriod(agency: Someone, days: string): Promise<void> {
  await task(agency, /^预览与送审/)
  await agency.sees(/最早合法时间：2026-03-/)
  await task(agency, /^时间安排/)
  await agency.fill({ openAfterDays: days })
  await agency.press('保存招标文件')
  await agency.sees(/第 \d 次保存，采购人（招标人）现在可以看到。/)
}

export async function approve(purchaser: Someone, no: string): Promise<void> {
  await purchaser.takeUp('确认招标文件')
  await purchaser.page.waitForURL(new RegExp(`/t/${no}/approve`))
  await purchaser.press('签名确认')
  await purchaser.sign('签名确认', title)
  await purchaser.sees('招标文件已确认，等待代理机构发布公告。')
}

export async function publish(agency: Someone, no: string): Promise<void> {
  await agency.go(`/t/${no}`)
  await agency.follow('去发布')
  await agency.press('签名并发布')
  await agency.sign('签名并发布', title)
  await agency.sees('公告已发布。')
  await agency.follow('查看公告')
  await agency.page.getByRole('heading', { name: title, level: 1 }).waitFor()
}

/** The supplier asks; the agency reads the words and not whose they are; all read the answer. */
export async function askAndAnswer(
  asker: Someone,
  agency: Someone,
  visitor: Someone,
  no: string,
): Promise<void> {
  await asker.go(`/t/${no}/questions`)
  await asker.fill({ question })
  await asker.press('提交询问')
  await asker.sees(/平台已于 .* 收到您的询问，代理机构看不到提问人。/)
  await agency.go(`/t/${no}/questions`)
  await agency.sees(question)
  await agency.seesNot('演示投标人')
  await agency.page.getByLabel('答复内容').fill(answer)
  await agency.press('向全体公布答复')
  await agency.sees('没有待答复的询问')
  await visitor.go(`/t/${no}/questions`)
  await visitor.sees(answer)
  expect(await visitor.count(question)).toBe(1)
  await visitor.seesNot('演示投标人')
}
