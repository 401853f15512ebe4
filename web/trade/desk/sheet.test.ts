import { expect, test } from 'vitest'
import { differing, draftRows, entriesOf, gapOf, gapsOf, keyOf, newsOf, rowsOf } from './sheet.ts'

const scored = {
  id: 't1',
  kind: 'technical',
  max: '8',
  step: '0.5',
  objective: false,
  zh: '方案',
  en: 'plan',
} as const
const judged = { id: 'r1', zh: '报价', en: 'price' }

test('points are missing, out of range, off the step, or in order', () => {
  expect(gapOf(undefined, scored)).toBe('missing')
  expect(gapOf({ points: '8.5', reason: '' }, scored)).toBe('range')
  expect(gapOf({ points: '6.3', reason: '' }, scored)).toBe('range')
  expect(gapOf({ points: '06', reason: '' }, scored)).toBe('range')
  expect(gapOf({ points: '6.5', reason: '' }, scored)).toBeNull()
})

test('a failing item needs a reason, a passing one none', () => {
  expect(gapOf({ pass: false, reason: ' ' }, judged)).toBe('reason')
  expect(gapOf({ pass: false, reason: '超过' }, judged)).toBeNull()
  expect(gapOf({ pass: true, reason: '' }, judged)).toBeNull()
})

test('a sheet has a row for each bid and item, in their order', () => {
  const entries = { [keyOf('b', 't1')]: { points: '6', reason: '' } }
  expect(gapsOf(entries, ['a', 'b'], [scored]).map((g) => g.bidder)).toEqual(['a'])
  expect(rowsOf(entries, ['b'], [scored])).toEqual([
    { bidder: 'b', item: 't1', points: '6', reason: null },
  ])
})

test('a draft holds what is readable alone, and comes back as it was', () => {
  const entries = {
    [keyOf('a', 't1')]: { points: '6.', reason: '' },
    [keyOf('b', 't1')]: { points: '6.5', reason: '〔技术文件.pdf 第 2 页〕' },
  }
  const rows = draftRows(entries)
  expect(rows).toHaveLength(1)
  expect(differing(entriesOf(rows), entries)).toEqual(['a t1'])
})

test('what another window saved is taken over; only where both changed it the person chooses', () => {
  const base = { 'a t1': { points: '1', reason: '' }, 'a t2': { points: '2', reason: '' } }
  const mine = { ...base, 'a t2': { points: '3', reason: '' }, 'b t1': { points: '5', reason: '' } }
  const theirs = {
    ...base,
    'a t1': { points: '4', reason: '' },
    'b t1': { points: '6', reason: '' },
  }
  expect(newsOf(base, mine, theirs)).toEqual({ taken: ['a t1'], clashing: ['b t1'] })
  expect(newsOf(base, mine, mine)).toEqual({ taken: [], clashing: [] })
})
