import { describe, expect, test } from 'vitest'
import type { QuotationForm } from '../../../server/tendering/project/document-quotation.ts'
import { readTable, writeTable } from '../../kit/table-file.ts'
import { priceSheet, readPrices } from './price-sheet.ts'

const form: QuotationForm = {
  kind: 'unitPrices',
  lines: [
    { id: 'line-1', zh: '双层 工作台', en: 'Work table', unit: '张', quantity: '12' },
    { id: 'line-2', zh: '燃气灶', en: 'Stove', unit: '台', quantity: '4' },
    { id: 'line-3', zh: '燃气灶', en: 'Stove, small', unit: '台', quantity: '2' },
  ],
  asks: [],
  taxInclusive: true,
}
const heads = { id: '编号', name: '名称', unit: '单位', quantity: '数量', price: '单价（元）' }
const rowsOf = (text: string) => {
  const table = readTable(new TextEncoder().encode(text))
  if (table.problem) throw new Error(table.problem)
  return table.rows
}
const read = (text: string) => readPrices(form, rowsOf(text))
const why = (text: string) => read(text).bad.map(({ row, why }) => [row, why])

test('the sheet that is saved, filled in, gives its prices', () => {
  const sheet = priceSheet(form, { 'line-1': 123_450 }, heads, (line) => line.zh)
  expect(sheet).toEqual([
    ['编号', '名称', '单位', '数量', '单价（元）'],
    ['line-1', '双层 工作台', '张', '12', '1234.50'],
    ['line-2', '燃气灶', '台', '4', ''],
    ['line-3', '燃气灶', '台', '2', ''],
  ])
  const filled = sheet.map((row, i) => (i < 2 ? row : [...row.slice(0, 4), `${i}00`]))
  expect(readPrices(form, rowsOf(writeTable(filled)))).toEqual({
    columns: ['编号', '单价（元）'],
    fen: { 'line-1': 123_450, 'line-2': 20_000, 'line-3': 30_000 },
    bad: [],
  })
})

test('amounts are read as people write them, below a title, whatever the order', () => {
  const text = '报价明细\n单价（元）,编号\n"1,234.50元",line-3\n１２,line-1\n0.5,line-2\n'
  expect(read(text)).toMatchObject({
    bad: [],
    fen: { 'line-3': 123_450, 'line-1': 1200, 'line-2': 50 },
  })
})

describe('each row that cannot be taken is named', () => {
  test('by its row, and what is wrong', () => {
    const text = [
      '编号,名称,单价',
      'line-1,双层工作台,NaN',
      'line-2,燃气灶,',
      'line-2,燃气灶,5',
      'line-9,别的,1',
      ',合计,100',
      'line-3,燃气灶,1.005',
    ].join('\n')
    expect(why(text)).toEqual([
      [2, 'amount-unreadable'],
      [3, 'no-price'],
      [4, 'twice'],
      [5, 'unknown-line'],
      [6, 'unknown-line'],
      [7, 'amount-too-precise'],
    ])
  })

  test('a formula, a negative amount and one past what can be exact are no prices', () => {
    const text = '编号,单价\nline-1,=1+1\nline-2,-5\nline-3,99999999999999999999\n'
    expect(why(text).map(([, w]) => w)).toEqual([
      'amount-unreadable',
      'amount-unreadable',
      'amount-too-large',
    ])
  })

  test('a line without a row, by its name; a name that two lines have is no line', () => {
    expect(why('名称,单价\n双层工作台,1\n燃气灶,2\n')).toEqual([
      [3, 'unknown-line'],
      [null, 'missing'],
      [null, 'missing'],
    ])
    expect(read('item,price\nwork table,1\nStove,2\n').fen).toEqual({
      'line-1': 100,
      'line-2': 200,
    })
  })

  test('a file without heads', () => {
    expect(read('line-1,5\n')).toMatchObject({
      columns: [],
      bad: [{ why: 'no-head', text: 'line-1，5' }],
    })
    expect(why('')).toEqual([[null, 'no-head']])
  })
})
