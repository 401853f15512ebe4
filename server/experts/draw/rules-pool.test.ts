import { expect, test } from 'vitest'
import { candidatesPerSeat, poolCounts } from './rules-pool.ts'
import type { PoolExpert } from './seed.ts'

const stratum = (
  count: number,
  specialty: string | null = 'A08',
  region: string | null = '371300',
) => ({
  key: `${specialty ?? '*'}/${region ?? '*'}`,
  specialty,
  region,
  count,
})
const expert = (id: number, employer = `of ${id}`, part: Partial<PoolExpert> = {}): PoolExpert => ({
  id: `e${id}`,
  specialty: 'A08',
  region: '371300',
  employer,
  ...part,
})
const pool = [1, 2, 3, 4, 5, 6].map((id) => expert(id))
const standing = (count: number, experts: readonly PoolExpert[], perEmployer = 1) =>
  poolCounts([stratum(count)], experts, perEmployer)[0].standing

test('candidates are counted by specialty and region, against the seats', () => {
  const other = [expert(7, 'x', { region: '370100' }), expert(8, 'y', { specialty: 'C01' })]
  expect(poolCounts([stratum(2), stratum(1, null, null)], [...pool, ...other], 1)).toEqual([
    { stratum: 'A08/371300', seats: 2, found: 6, employers: 6, advised: 6, standing: 'enough' },
    { stratum: '*/*', seats: 1, found: 8, employers: 8, advised: 3, standing: 'enough' },
  ])
})

test('fewer than so many a seat are few, and too few to fill the seats are short', () => {
  expect(standing(2, pool)).toBe('enough')
  expect(standing(2, pool.slice(0, 2 * candidatesPerSeat - 1))).toBe('few')
  expect(standing(2, pool.slice(0, 1))).toBe('short')
  expect(standing(2, [])).toBe('short')
})

test('many of one employer fill no more than its seats', () => {
  const same = [1, 2, 3, 4, 5, 6].map((id) => expert(id, 'one'))
  expect(standing(2, same)).toBe('short')
  expect(standing(2, same, 2)).toBe('enough')
})
