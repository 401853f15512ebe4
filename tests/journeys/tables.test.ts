import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { paper } from '../kit/paper.ts'
import { gatherJourney, type JourneyCast } from './acts/cast.ts'
import * as tendering from './acts/tendering.ts'

/**
 * A price form of many lines: its lines come out of a spreadsheet, and so do the prices. What a file
 * says is shown before it is taken; of one with a fault nothing is.
 */
let cast: JourneyCast
beforeAll(async () => {
  cast = await gatherJourney()
}, 240_000)
afterEach(({ task }) => cast.settle(task.result?.state === 'fail'))
afterAll(() => cast?.leave())

function written(name: string, content: string | Uint8Array): string {
  const file = path.join(cast.folder, name)
  fs.writeFileSync(file, content)
  return file
}
/** “名称,单位,数量” and two rows in GB 18030, as an older Excel saves them. */
const inGb18030 = new Uint8Array([
  ...[
    0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb5, 0xa5, 0xce, 0xbb, 0x2c, 0xca, 0xfd, 0xc1, 0xbf, 0x0d, 0x0a,
  ],
  ...[0xb9, 0xa4, 0xd7, 0xf7, 0xcc, 0xa8, 0x2c, 0xd5, 0xc5, 0x2c, 0x31, 0x32, 0x0d, 0x0a],
  ...[0xd4, 0xee, 0x2c, 0xcc, 0xa8, 0x2c, 0x34, 0x0d, 0x0a],
])

test('the agency reads lines from a table, and a bidder its prices', async () => {
  const [agency, purchaser, bidder] = await cast.people('agency-1', 'purchaser-1', 'bidder-1')
  const no = await tendering.makeProject(agency, '演示采购人（第三实验小学）')
  await tendering.writeDocument(agency, await paper(cast.folder, '招标文件.pdf', '招标文件'))
  await tendering.task(agency, /^报价表/)
  await agency.page.getByText('从表格读取各行').click()
  await agency.attach('选择表格文件', written('坏.csv', '名称,数量\n工作台,12\n灶,若干\n'))
  await agency.sees('1 处有问题，什么都没有填入')
  await agency.sees('第 3 行“若干”：数量读不懂')
  await agency.attach('选择表格文件', written('工作簿.xlsx', new Uint8Array([80, 75, 3, 4])))
  await agency.sees('这是 Excel 或 WPS 的工作簿')
  await agency.attach('选择表格文件', written('价目.csv', inGb18030))
  await agency.sees('读到 2 行，将替换现有的 1 行')
  await agency.sees('GB 18030')
  await agency.press('替换为这些行')
  await expect.poll(() => agency.field('lots.0.quotation.lines.1.zh').inputValue()).toBe('灶')
  expect(await agency.field('lots.0.quotation.lines.0.quantity').inputValue()).toBe('12')
  await cast.look(agency, 'tables-01-lines')
  await tendering.mendPeriod(agency, '21')
  await tendering.approve(purchaser, no)
  await tendering.publish(agency, no)

  await bidder.go(`/t/${no}`)
  await bidder.press('获取文件')
  await bidder.row('厨房设备一批').getByRole('link', { name: '继续投标' }).click()
  await bidder.page.getByText('用表格填写 2 行报价').click()
  const sheet = fs.readFileSync(await bidder.save('存下报价表', cast.folder), 'utf8')
  const [, head, ...lines] = /^(\uFEFF.*)\r\n(.*)\r\n(.*)\r\n$/.exec(sheet) ?? []
  expect(head).toBe('\uFEFF编号,名称,单位,数量,单价（元）')
  const filled = (...prices: string[]) =>
    written('填好.csv', [head, ...lines.map((line, i) => `${line}${prices[i]}`), ''].join('\r\n'))
  await bidder.attach('选择表格文件', filled('2450', 'NaN'))
  await bidder.sees(/第 3 行“NaN”/)
  expect(await bidder.page.locator('[name^="line-"]').first().inputValue()).toBe('')
  await bidder.attach('选择表格文件', filled('2450', '"8,800.50元"'))
  await bidder.sees('读到的报价，合计 64,602.00 元')
  await cast.look(bidder, 'tables-02-prices')
  await bidder.press('填入这 2 行')
  await bidder.sees('陆万肆仟陆佰零贰元整')
  expect(await bidder.page.locator('[name^="line-"]').last().inputValue()).toBe('8,800.50')
}, 180_000)
