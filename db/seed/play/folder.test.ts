import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ServerProblem } from './client.ts'
import { BadFolder, readInput } from './input.ts'
import { placeOfRefusal } from './refused.ts'

const shipped = path.join(import.meta.dirname, '..', 'examples', 'school-canteen')
const made: string[] = []
afterAll(() => {
  for (const folder of made) fs.rmSync(folder, { recursive: true })
})

/** What is said of a folder in which the text of one file was changed; null: it can be played. */
function told(file: string, change: (text: string) => string): string | null {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yangguang-folder-'))
  made.push(folder)
  fs.cpSync(shipped, folder, { recursive: true })
  const at = path.join(folder, file)
  fs.writeFileSync(at, change(fs.readFileSync(at, 'utf8')))
  try {
    readInput(folder)
    return null
  } catch (error) {
    if (!(error instanceof BadFolder)) throw error
    return error.message.replace(`${folder}/`, '')
  }
}
const put = (text: string, by: string) => (whole: string) => whole.replace(text, by)
const startAt = (at: string) => told('tender.json', put('{', `{"startAt": ${JSON.stringify(at)},`))

test('what a folder may hold', () => {
  expect(told('tender.json', (text) => `\ufeff${text}`)).toBeNull()
  expect(told('bids.json', put('演示投标人一', `${'𠮷'.repeat(40)} \\"甲\\" = O’Brien`))).toBeNull()
  expect(startAt('2024-02-29T23:59:59.999+08:00')).toBeNull()
})

test.each([
  ['a repeated key', 'bids.json', put('{', '{"id": "bid-0",'), /id: line \d+: json-duplicate-key/],
  ['a number too large', 'bids.json', put('246880000', '1e400'), /priceFen: .*number-unsafe/],
  ['deep nesting', 'sheets.json', () => '['.repeat(9999), /json-too-deep/],
  ['half a pair', 'bids.json', put('演示投标人一', '\\ud800'), /bidder: line 4: json-malformed/],
  ['U+0000', 'tender.json', put('厨房设备一批', '\\u0000'), /lots.0.title.zh: holds U\+0000/],
  ['a bidi name', 'bids.json', put('演示投标人一', '甲\u202e乙'), /bids.json: 0.bidder: 1 to 100/],
  ['no delivery', 'bids.json', put(': 45', ': 36501'), /0.deliveryDays/],
  [
    'a party on both sides',
    'bids.json',
    put('演示投标人一', '演示代理机构一'),
    /0.bidder: .* runs/,
  ],
  ['a repeated id', 'bids.json', put('bid-2', 'bid-1'), /bids.json: id: bid-1 is there twice/],
  ['a repeated seat', 'experts.json', put('"e2"', '"e1"'), /experts.json: id: e1 is there twice/],
  ['no pool', 'experts.json', (t: string) => t.replaceAll('"pool"', '"purchaser"'), /represents/],
  ['another top field', 'sheets.json', put('{', '{"x": 1,'), /sheets.json: .*"x"/],
  ['an unknown item', 'sheets.json', put('"b3"', '"b4"'), /scores.0.scores.b4: tender.json has no/],
  ['a repeated row', 'sheets.json', put('"bid": "bid-2"', '"bid": "bid-1"'), /is there twice/],
])('%s is named by file and field', (_, file, change, message) => {
  expect(told(file, change)).toMatch(message)
})

test.each(['2026-03-02', '2026-02-29T09:00:00+08:00', '9999-12-31T00:00:00Z', 'yesterday'])(
  'a start that is no instant of the trade clock: %s',
  (at) => {
    expect(startAt(at)).toMatch(/^tender.json: startAt: /)
  },
)

test('a refusal of the platform is named by file and field too', () => {
  const place = (slug: string, values: object) =>
    placeOfRefusal(new ServerProblem(422, { type: `/problems/${slug}`, values }))
  expect(
    place('times-unlawful', { rules: 'bidPeriod', fields: 'noticeAt,submissionDeadline' }),
  ).toBe('tender.json: startAt, openAfterDays')
  expect(place('times-unlawful', { rules: 'x,yearNotLoaded', fields: 'y' })).toBe(
    'tender.json: startAt',
  )
  expect(place('document-unlawful', { rules: 'bondRate', fields: 'lots.0.bondFen' })).toBe(
    'tender.json: lots.0.bondFen',
  )
  expect(place('composition-unlawful', {})).toBe('experts.json: represents')
  expect(place('not-yet', {})).toBeNull()
})
