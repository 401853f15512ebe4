import { expect, test } from 'vitest'
import { closedAs } from './closed-as.ts'

test.each([
  ['submitted', 'opening', 'in'],
  ['submitted', 'evaluating', 'past'],
  ['submitted', 'awarded', 'past'],
  ['submitted', 'failed', 'ended'],
  ['joined', 'opening', 'out'],
  ['withdrawn', 'awarding', 'out'],
  ['joined', 'terminated', 'ended'],
  ['revoked', 'opening', 'revoked'],
  ['revoked', 'contracted', 'revoked'],
  ['revoked', 'failed', 'revoked'],
  [undefined, 'opening', 'out'],
] as const)('a bid that is %s, once its lot is %s: %s', (own, lot, as) =>
  expect(closedAs(own, lot)).toBe(as),
)
