import path from 'node:path'
import { expect, test } from 'vitest'
import { BadFolder, type DemoInput, readInput } from './input.ts'
import { sheetsProblem } from './sheets.ts'

const read = (name: string): DemoInput =>
  readInput(path.join(import.meta.dirname, '..', 'examples', name))
/** A copy of which one thing was changed. */
function changed(name: string, change: (input: DemoInput) => void): DemoInput {
  const input = structuredClone(read(name))
  change(input)
  return input
}
const canteen = (change: (input: DemoInput) => void) =>
  sheetsProblem(changed('school-canteen', change))

test('both examples are whole', () => {
  expect(sheetsProblem(read('school-canteen'))).toBeNull()
  expect(sheetsProblem(read('road-resurfacing'))).toBeNull()
})

test('a row or an item that is missing is named', () => {
  expect(canteen(({ sheets }) => sheets.scores.shift())).toMatch(/t1 of e1 for bid-1 is missing/)
  expect(canteen(({ sheets }) => delete sheets.scores[0].scores.b2)).toMatch(/b2 of e1 for bid-1/)
  expect(canteen(({ sheets }) => sheets.review.shift())).toMatch(/e1 has no vote on r1 of bid-1/)
  expect(canteen(({ sheets }) => delete sheets.purchaserReview)).toMatch(/purchaserReview has no/)
  expect(canteen(({ sheets }) => Object.assign(sheets.scores[0].scores, { t1: 'many' }))).toMatch(
    /no decimal number: many/,
  )
})

test('rows of a bid that is out are not asked for', () => {
  expect(
    canteen(({ sheets }) => {
      for (const row of sheets.review) if (row.bid === 'bid-1') row.responsiveness = { r1: false }
      for (const row of sheets.review)
        Object.assign(row.responsiveness ?? {}, { r2: true, r3: true })
      sheets.scores = sheets.scores.filter((row) => row.bid !== 'bid-1')
    }),
  ).toBeNull()
  expect(
    canteen(({ sheets }) => {
      for (const row of sheets.purchaserReview ?? []) row.qualification.q1 = false
      sheets.review.length = sheets.scores.length = 0
    }),
  ).toBeNull()
})

test('a folder that is none is told as such', () =>
  expect(() => readInput('/nowhere')).toThrow(BadFolder))

test('points beyond their bounds or off their step are named', () => {
  const scored = (t1: string) =>
    canteen(({ sheets }) => Object.assign(sheets.scores[0].scores, { t1 }))
  expect(scored('18')).toBeNull()
  expect(scored('18.00')).toBeNull()
  for (const points of ['18.5', '17.3', '0.49'])
    expect(scored(points)).toMatch(/t1 of e1 for bid-1 is .*, not from 0 to 18 in steps of 0.5/)
  for (const points of ['-1', '1e1', '１２', '9'.repeat(5000)])
    expect(scored(points)).toMatch(/is no decimal number/)
})
