import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findColumns, readTable, writeTable } from './table-file.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const cellsOf = (bytes: Uint8Array) => {
  const table = readTable(bytes)
  return table.problem ? table.problem : table.rows.map(({ cells }) => cells)
}

describe('a table as a spreadsheet writes it', () => {
  test('its mark takes nothing from the first column; quotes, breaks and empty rows', () => {
    const text = '\uFEFF编号,名称\r\n\r\n"line-1","双层, ""工作台""\n不锈钢"\r\n ,\r\n'
    expect(readTable(utf8(text))).toEqual({
      encoding: 'utf-8',
      rows: [
        { row: 1, cells: ['编号', '名称'] },
        { row: 3, cells: ['line-1', '双层, "工作台"\n不锈钢'] },
      ],
    })
  })

  test('in the national character set, and in UTF-16 with tabs', () => {
    // “编号,价” in GB 18030.
    const gb = new Uint8Array([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xbc, 0xdb])
    expect(readTable(gb)).toMatchObject({ encoding: 'gb18030', rows: [{ cells: ['编号', '价'] }] })
    const text = '编号\t价\r\n1\t2\r\n'
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from([...text].map((c) => c.charCodeAt(0))).buffer),
    ])
    expect(readTable(utf16)).toMatchObject({ encoding: 'utf-16' })
    expect(cellsOf(utf16)).toEqual([
      ['编号', '价'],
      ['1', '2'],
    ])
  })

  test('a workbook itself is told, and not read as text', () => {
    expect(cellsOf(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]))).toBe('workbook')
    expect(cellsOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toBe('workbook')
  })

  test('what was written is read again, whatever stands in a cell', () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC').trim())
    const plain = cell.filter((text) => !/^[=+\-@\t\r]/.test(text) && !text.includes('\r'))
    fc.assert(
      fc.property(
        fc.array(fc.array(plain, { minLength: 2, maxLength: 4 }), { minLength: 2 }),
        (rows) => {
          const kept = rows.filter((row) => row.some((one) => one !== ''))
          // One width: a separator is found by what is the same in all rows.
          const same = kept.map((row) => [...row, '', '', ''].slice(0, 4))
          expect(cellsOf(utf8(writeTable([['a', 'b', 'c', 'd'], ...same])))).toEqual([
            ['a', 'b', 'c', 'd'],
            ...same,
          ])
        },
      ),
    )
  })

  test('a cell that begins like a formula is written as text', () => {
    for (const text of ['=1+1', '+1', '-1', '@sum'])
      expect(writeTable([[text, 'b']])).toMatch(/'[=+\-@]/)
  })
})

test('columns are found under titles, in any order; not where one that is needed is missing', () => {
  const rows = [['某项目报价'], ['单位', '单价（元）', '编号'], ['台', '1', 'a']].map(
    (cells, i) => ({
      row: i + 1,
      cells,
    }),
  )
  const wanted = { id: [/^编号$/], price: [/单价/], name: [/名称/] }
  expect(findColumns(rows, wanted, (at) => at.id !== undefined)).toMatchObject({
    at: { id: 2, price: 1 },
    head: { row: 2 },
    body: [{ row: 3 }],
  })
  expect(findColumns(rows, wanted, (at) => at.name !== undefined)).toBe(null)
})
