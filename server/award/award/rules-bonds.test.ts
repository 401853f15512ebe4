import { expect, test } from 'vitest'
import type { Trade } from '../../trade.ts'
import { isBondAtRisk } from './rules-bonds.ts'

const row = { lot: 'P-1', party: 'A', outcome: 'notOpened', problem: 'p', fault: 'bidder' }
const rejected = { bidder: 'A', ground: 'collusionFraudBribery' }
function isAtRisk(of: { rows?: object[]; atRisk?: string[]; rejected?: object[] }): boolean {
  const trade = {
    session: { stage: 'closed', rows: of.rows ?? [] },
    lots: new Map([['P-1', of.atRisk ? { stage: 'awarding', atRisk: of.atRisk } : {}]]),
    evaluations: new Map([['P-1', { stage: 'reported', rejected: of.rejected ?? [] }]]),
  } as unknown as Trade
  return isBondAtRisk(trade, 'P-1', 'A')
}

test('a bond is at risk by the bidder’s own cause alone', () => {
  expect(isAtRisk({})).toBe(false)
  expect(isAtRisk({ rows: [row] })).toBe(true)
  expect(isAtRisk({ rows: [{ ...row, fault: 'platform' }] })).toBe(false)
  expect(isAtRisk({ rows: [{ ...row, party: 'B' }] })).toBe(false)
  expect(isAtRisk({ rows: [{ ...row, lot: 'P-2' }] })).toBe(false)
  expect(isAtRisk({ atRisk: ['A'] })).toBe(true)
  expect(isAtRisk({ atRisk: ['B'] })).toBe(false)
  expect(isAtRisk({ rejected: [rejected] })).toBe(true)
  expect(isAtRisk({ rejected: [{ ...rejected, ground: 'unqualified' }] })).toBe(false)
})

test('where no session has begun nothing is at risk', () =>
  expect(
    isBondAtRisk(
      { session: { stage: 'scheduled' }, lots: new Map(), evaluations: new Map() } as never,
      'P-1',
      'A',
    ),
  ).toBe(false))
