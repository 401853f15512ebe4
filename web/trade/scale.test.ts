import { expect, test } from 'vitest'
import { budgetDoubt, scaleDoubt } from './scale.ts'

const yuan = (amount: number) => Math.round(amount * 100)

test('a price in ten thousands, typed as yuan, is asked about', () => {
  expect(scaleDoubt(yuan(246.88), yuan(2_500_000), yuan(2_600_000))).toEqual({
    fen: 24_688,
    referenceFen: 250_000_000,
    of: 'ceiling',
    isSmall: true,
    times: 10_126,
  })
  expect(scaleDoubt(yuan(2500), yuan(2_500_000), undefined)?.times).toBe(1000)
})

test('so is one a thousand times too large', () => {
  expect(scaleDoubt(yuan(2_500_000_000), yuan(2_500_000), undefined)).toMatchObject({
    isSmall: false,
    times: 1000,
  })
})

test('where there is no ceiling the budget measures', () => {
  expect(scaleDoubt(yuan(268), undefined, yuan(2_680_000))).toMatchObject({
    of: 'budget',
    times: 10_000,
  })
})

test('a low price is no doubt, nor is one without anything to measure it by', () => {
  expect(scaleDoubt(yuan(2501), yuan(2_500_000), undefined)).toBeNull()
  expect(scaleDoubt(yuan(2_499_999_999), yuan(2_500_000), undefined)).toBeNull()
  expect(scaleDoubt(yuan(2), undefined, undefined)).toBeNull()
  expect(scaleDoubt(null, yuan(2_500_000), undefined)).toBeNull()
  expect(scaleDoubt(0, yuan(2_500_000), undefined)).toBeNull()
})

test('a budget is asked about where its ceilings are of another scale, or where no tender is so small', () => {
  expect(budgetDoubt(yuan(2_680_000), [yuan(130), yuan(138)])?.kind).toBe('ceilings')
  expect(budgetDoubt(yuan(268), [yuan(268)])?.kind).toBe('small')
  expect(budgetDoubt(yuan(268), [yuan(2_680_000)])?.kind).toBe('ceilings')
  expect(budgetDoubt(yuan(2_680_000), [yuan(1_340_000), null])).toBeNull()
  expect(budgetDoubt(yuan(2_680_000), [null])).toBeNull()
  expect(budgetDoubt(null, [yuan(1)])).toBeNull()
})
