import { expect, test } from 'vitest'
import { bidFactsOf } from './rules-opened.ts'

test('a brand that was left empty is none: such bids are not one bidder', () => {
  const bid = (party: string, brand?: string) => ({
    party,
    priceFen: 1,
    quotation: { lines: [], ...(brand === undefined ? {} : { brand }) },
  })
  const facts = bidFactsOf([bid('A', ''), bid('B', ' '), bid('C'), bid('D', '甲牌')])
  expect(facts.map(({ brand }) => brand)).toEqual([undefined, undefined, undefined, '甲牌'])
})
