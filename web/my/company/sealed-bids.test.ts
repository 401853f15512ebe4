import { expect, test } from 'vitest'
import type { Certificate } from './party-answer.ts'
import { newestOf, type SealedBid, withOlderKey } from './sealed-bids.ts'

const bid = (certificate: string | null): SealedBid => ({
  id: `lot ${certificate}`,
  trade: 'YG-20260302-0001',
  title: { zh: '项目', en: 'Trade' },
  lot: 'YG-20260302-0001-1',
  lotTitle: { zh: '包一', en: 'Lot 1' },
  revision: 1,
  deadline: '2026-03-23T01:30:00.000Z',
  isOver: false,
  certificate,
})
const bound = (sha256: string, use: Certificate['use']): Certificate => ({
  sha256,
  use,
  notAfter: '2027-03-01T00:00:00.000Z',
})
const [s1, e1, s2, e2] = [
  bound('s1', 'sign'),
  bound('e1', 'encrypt'),
  bound('s2', 'sign'),
  bound('e2', 'encrypt'),
]

test('before a renewal no bid needs another key than the one in use', () => {
  expect(withOlderKey([bid('e1')], [s1, e1])).toEqual([])
  expect(withOlderKey([], [])).toEqual([])
})

test('after it, what was sealed before needs the old key, and what was sealed since does not', () => {
  expect(newestOf([s1, e1, s2, e2])).toBe('e2')
  expect(withOlderKey([bid('e1'), bid('e2')], [s1, e1, s2, e2])).toEqual([bid('e1')])
})

test('a bid whose certificate was unbound needs its key all the same', () => {
  expect(withOlderKey([bid(null)], [s1])).toEqual([bid(null)])
  expect(withOlderKey([bid(null), bid('e2')], [s1, s2, e2])).toEqual([bid(null)])
})
