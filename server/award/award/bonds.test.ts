import { expect, test } from 'vitest'
import type { Trade } from '../../trade.ts'
import { isShown } from './rules-bonds.ts'

const trade = (stage: string, session: object = { stage: 'scheduled' }) =>
  ({ session, lots: new Map([['P-1', { stage }]]) }) as unknown as Trade

test('who paid a bond is shown once the lot was opened, or is over without an opening', () => {
  for (const stage of ['tendering', 'opening', 'evaluating'])
    expect(isShown(trade(stage), 'P-1')).toBe(false)
  for (const stage of ['failed', 'terminated']) expect(isShown(trade(stage), 'P-1')).toBe(true)
  const opened = { stage: 'decrypting', lots: [{ lot: 'P-1' }] }
  expect(isShown(trade('opening', opened), 'P-1')).toBe(true)
  expect(isShown(trade('opening', { ...opened, lots: [{ lot: 'P-2' }] }), 'P-1')).toBe(false)
})
