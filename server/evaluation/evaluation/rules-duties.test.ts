import { expect, test } from 'vitest'
import type { Trade } from '../../trade.ts'
import { evaluationDuties } from './rules-duties.ts'

const lot = 'YG-20260302-TEST-1'
const request = { bidder: 'b', answer: null, until: '2026-03-25T02:00:00.000Z' }

/** A lot in whose evaluation one bidder is asked to explain a price, and one expert owes a sheet. */
const tradeAt = (stage: string) =>
  ({
    id: 'YG-20260302-TEST',
    now: '2026-03-25T01:00:00.000Z',
    lots: new Map([[lot, { stage }]]),
    evaluations: new Map([
      [
        lot,
        {
          stage: 'phase',
          phase: 'scoring',
          members: [{ id: 'e' }],
          declared: { e: [] },
          sheets: [],
          motions: {},
          requests: [request],
          corrections: [],
        },
      ],
    ]),
  }) as unknown as Trade

const acts = (trade: Trade, party: string) =>
  evaluationDuties(trade, lot, { roles: new Set(), party, bids: new Map() }).map((d) => d.act)

test('members and bidders are asked while the lot is evaluated, and no more once it ended', () => {
  const open = tradeAt('evaluating')
  expect([acts(open, 'e'), acts(open, 'b')]).toEqual([['hand-in-sheet'], ['explain-bid']])
  for (const stage of ['failed', 'terminated'])
    expect([acts(tradeAt(stage), 'e'), acts(tradeAt(stage), 'b')]).toEqual([[], []])
})
