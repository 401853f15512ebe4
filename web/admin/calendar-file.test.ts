import { describe, expect, test } from 'vitest'
import { builtInYears } from '../../server/kernel/calendar-data.ts'
import type { Encoding } from '../kit/decode-text.ts'
import { countOf, differencesOf, readCalendar } from './calendar-file.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const rows = `日期,安排
2027-01-01,元旦放假
2027-02-06至2027-02-12,春节放假
2027/2/20,上班
2027年10月9日,调休上班
`
const read = {
  year: 2027,
  rest: ['01-01', '02-06/02-12'],
  work: ['02-20', '10-09'],
  bad: [],
}

test('rows are read as a spreadsheet writes them, whichever way it writes a day', () => {
  expect(readCalendar(utf8(rows))).toMatchObject(read)
  const quoted = '"2027-01-01";"休"\r\n"2027-01-02"\t"rest"\r\n\r\n;;\r\n'
  expect(readCalendar(utf8(quoted))).toMatchObject({ rest: ['01-01/01-02'], bad: [] })
})

test.each<[string, Encoding, Uint8Array]>([
  ['a byte-order mark', 'utf-8', utf8(`\uFEFF${rows}`)],
  ['UTF-16', 'utf-16', new Uint8Array(Buffer.from(`\uFEFF${rows}`, 'utf16le'))],
  [
    'the national character set',
    'gb18030',
    // 2027-01-01,元旦放假 / 2027-02-20,上班
    Uint8Array.from([
      ...utf8('2027-01-01,'),
      ...[0xd4, 0xaa, 0xb5, 0xa9, 0xb7, 0xc5, 0xbc, 0xd9, 0x0a],
      ...utf8('2027-02-20,'),
      ...[0xc9, 0xcf, 0xb0, 0xe0],
    ]),
  ],
])('%s eats no column', (_, encoding, bytes) => {
  const found = readCalendar(bytes)
  expect(found).toMatchObject({ encoding, year: 2027, bad: [] })
  expect(found.rest).toContain('01-01')
  expect(found.work).toContain('02-20')
})

test.each([
  ['2027-02-30,放假', 'no-such-day'],
  ['2027-02-06至2027-02-31,放假', 'no-such-day'],
  ['2027-02-12至2027-02-06,放假', 'backwards'],
  ['2028-01-01,放假', 'other-year'],
  ['2027-12-30至2028-01-02,放假', 'other-year'],
  ['2027-01-01,休', 'twice'],
  ['2027-01-01,班', 'twice'],
  ['2027-03-03,班', 'work-on-weekday'],
  ['2027-03-03,调休', 'no-kind'],
  ['2027-03-03', 'no-kind'],
  ['三月三日,放假', 'no-date'],
  ['2027-03-03,2027-03-04,2027-03-05,休', 'no-date'],
])('“%s” is named with its line and reason, and the others stand', (line, why) => {
  const { bad, rest } = readCalendar(utf8(`2027-01-01,放假\n${line}\n2027-05-01,放假`))
  expect(bad).toMatchObject([{ row: 2, list: null, text: line, why }])
  expect(rest).toEqual(['01-01', '05-01'])
})

test('an empty file names no year', () => {
  expect(readCalendar(utf8('日期,安排\n'))).toMatchObject({ year: null, rest: [], work: [] })
})

describe('the JSON of the API', () => {
  test.each(builtInYears)('$year reads back as it is', (year) => {
    expect(readCalendar(utf8(JSON.stringify(year)))).toEqual({
      encoding: 'utf-8',
      ...year,
      bad: [],
    })
  })
  test('a wrong entry is named by its list and place', () => {
    const given = { year: 2027, source: 's', rest: ['01-01', '02-30'], work: ['1-2', '03-03'] }
    expect(readCalendar(utf8(JSON.stringify(given)))).toMatchObject({
      rest: ['01-01'],
      bad: [
        { list: 'rest', row: 2, text: '02-30', why: 'no-such-day' },
        { list: 'work', row: 1, text: '1-2', why: 'no-date' },
        { list: 'work', row: 2, text: '03-03', why: 'work-on-weekday' },
      ],
    })
  })
  test.each(['{"year":2027', '{"year":"x","rest":[],"work":[]}', '{"rest":[]}'])(
    '%s is no calendar',
    (text) => {
      expect(readCalendar(utf8(text)).bad).toMatchObject([{ why: 'not-a-calendar' }])
    },
  )
})

test('a newer calendar tells which days become other than they are', () => {
  const before = { year: 2027, source: '', rest: ['01-01', '05-03'], work: ['01-09'] }
  const after = { year: 2027, source: '', rest: ['01-01', '05-04'], work: [] }
  expect(differencesOf(before, after)).toEqual({
    nowOff: ['2027-01-09', '2027-05-04'],
    nowWorked: ['2027-05-03'],
  })
  // Of a year that is new, weekends are what stood before.
  expect(differencesOf(null, { ...after, work: ['01-09'] })).toEqual({
    nowOff: ['2027-01-01', '2027-05-04'],
    nowWorked: ['2027-01-09'],
  })
  expect(countOf({ year: 2027, rest: ['01-01', '05-01/05-05'] })).toBe(6)
})
