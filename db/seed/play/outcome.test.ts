import { expect, test } from 'vitest'
import { differences } from './outcome.ts'

const found = {
  rejected: [
    { bid: 'b', at: 'qualification', item: 'q1', by: 'purchaser' },
    { bid: 'c', at: 'responsiveness', item: 'r1', by: 'committee', votes: { against: 3, for: 2 } },
  ],
  ranking: [
    { bid: 'a', rank: 1, total: '90.00', evaluatedPriceFen: 5 },
    { bid: 'd', rank: 2, total: '80.00', evaluatedPriceFen: 6 },
  ],
  candidates: ['a', 'd'],
  benchmarkFen: 7,
}

test('fields that are expected are compared, in rows too; sets in any order', () => {
  expect(differences({}, found)).toEqual([])
  expect(differences(found, found)).toEqual([])
  expect(differences({ rejected: [...found.rejected].reverse() }, found)).toEqual([])
  const ranking = [
    { bid: 'a', total: '90.00' },
    { bid: 'd', rank: 2 },
  ]
  expect(differences({ ranking, benchmarkFen: 7 }, found)).toEqual([])
})

test('each difference is a line of its own', () => {
  const ranking = [...found.ranking].reverse()
  expect(differences({ ranking, candidates: ['a'], benchmarkFen: 8 }, found)).toHaveLength(4)
  expect(differences({ rejected: [found.rejected[0]] }, found)).toEqual([
    expect.stringContaining('expected null, found {"bid":"c"'),
  ])
  const votes = { against: 4, for: 1 }
  expect(differences({ rejected: [found.rejected[0], { bid: 'c', votes }] }, found)).toHaveLength(2)
})
