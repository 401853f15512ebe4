import { expect, test } from 'vitest'
import { readTable } from '../../kit/table-file.ts'
import { readLines } from './line-sheet.ts'

const read = (text: string) => {
  const table = readTable(new TextEncoder().encode(text))
  if (table.problem) throw new Error(table.problem)
  return readLines(table.rows)
}
const why = (text: string) => read(text).bad.map(({ row, why }) => [row, why])

test('lines with their quantities, numbers as spreadsheets write them', () => {
  expect(
    read('名称,英文名称,单位,数量\n工作台,Work table,张,"1,200.00"\n灶,,台,０.５０\n'),
  ).toEqual({
    columns: ['名称', '英文名称', '单位', '数量'],
    hasQuantities: true,
    bad: [],
    lines: [
      { zh: '工作台', en: 'Work table', unit: '张', quantity: '1200' },
      { zh: '灶', en: '灶', unit: '台', quantity: '0.5' },
    ],
  })
})

test('one column of names is enough', () => {
  expect(read('Item\nTables\nStoves\n')).toMatchObject({
    bad: [],
    hasQuantities: false,
    lines: [
      { zh: 'Tables', en: 'Tables', unit: '', quantity: '' },
      { zh: 'Stoves', quantity: '' },
    ],
  })
})

test('each row that cannot be taken is named', () => {
  const long = '长'.repeat(201)
  expect(
    why(`名称,单位,数量\n,台,1\n${long},台,2\n灶,${'台'.repeat(21)},3\n柜,台,\n锅,口,-1\n`),
  ).toEqual([
    [2, 'no-name'],
    [3, 'name-long'],
    [4, 'unit-long'],
    [5, 'no-quantity'],
    [6, 'quantity-unreadable'],
  ])
  expect(why('单位,数量\n台,1\n')).toEqual([[null, 'no-head']])
  expect(why('名称,单位\n')).toEqual([[null, 'no-lines']])
  expect(why(`名称\n${'灶\n'.repeat(1001)}`)).toEqual([[null, 'too-many']])
  expect(why(`名称\n${'灶\n'.repeat(1000)}`)).toEqual([])
})
