import { describe, expect, test } from 'vitest'
import type { LotStage, TradePage } from '../shell/answers.ts'
import { nextStepOf, stageOf } from './next-act.ts'

const trade = (roles: string[], stage: TradePage['stage'], ...stages: LotStage[]): TradePage =>
  ({
    id: 'YG-20260302-AAAAAA',
    stage,
    roles: ['Pub', ...roles],
    published: stage === 'published' ? { deadline: '2026-03-23T01:00:00.000Z' } : null,
    lots: stages.map((one, i) => ({ id: `YG-20260302-AAAAAA-${i + 1}`, stage: one })),
    next: { at: null },
  }) as unknown as TradePage

describe('the first thing said on a trade page', () => {
  test.each([
    [['Ag'], 'drafting', 'write'],
    [['Pu'], 'drafting', 'approve'],
    [['Ag'], 'approved', 'publish'],
    [['Pu'], 'approved', 'awaitPublication'],
  ] as const)('%s at %s: %s', (roles, stage, id) =>
    expect(nextStepOf(trade([...roles], stage)).id).toBe(id),
  )

  test.each([
    [['Pu'], 'awarded', 'conclude'],
    [['Bown'], 'awarded', 'awarded'],
    [['Ag'], 'contracted', 'archive'],
    [['Pu'], 'contracted', 'contracted'],
    [['Bown'], 'failed', 'failedBidder'],
    [['Ag'], 'failed', 'failedParty'],
    [[], 'failed', 'failed'],
    [['Bown'], 'terminated', 'terminated'],
    [['Pu'], 'terminated', 'terminatedParty'],
    [['Ag'], 'terminated', 'terminatedParty'],
    [[], 'terminated', 'terminated'],
  ] as const)('%s once it is %s: %s', (roles, stage, id) =>
    expect(nextStepOf(trade([...roles], 'published', stage)).id).toBe(id),
  )

  test('what ended a trade early is proven by its own event', () => {
    expect(nextStepOf(trade([], 'published', 'failed')).href).toMatch(/ledger[?]event=LotFailed$/)
    expect(nextStepOf(trade([], 'published', 'terminated')).href).toMatch(/event=LotTerminated$/)
  })

  test('a bidder obtains, then submits, then waits', () => {
    const lot = 'YG-20260302-AAAAAA-1'
    expect(nextStepOf(trade(['Bidder'], 'published', 'tendering')).id).toBe('obtain')
    const joined = trade(['Bidder', 'Bown'], 'published', 'tendering')
    expect(nextStepOf(joined, { [lot]: 'joined' })).toMatchObject({ kind: 'act', id: 'submit' })
    expect(nextStepOf(joined, { [lot]: 'submitted' })).toMatchObject({
      kind: 'wait',
      id: 'submitted',
    })
  })

  test.each([
    [{}, 'opening'],
    [{ 'YG-20260302-AAAAAA-1': 'submitted' }, 'opening'],
    [{ 'YG-20260302-AAAAAA-1': 'revoked', 'YG-20260302-AAAAAA-2': 'submitted' }, 'opening'],
    [{ 'YG-20260302-AAAAAA-1': 'revoked' }, 'watchOpening'],
    [{ 'YG-20260302-AAAAAA-1': 'withdrawn', 'YG-20260302-AAAAAA-2': undefined }, 'watchOpening'],
  ] as const)('a bidder whose bids are %j, once they are opened: %s', (own, id) =>
    expect(nextStepOf(trade(['Bidder', 'Bown'], 'published', 'opening'), own).id).toBe(id),
  )

  test('the public is told the deadline, and nothing of who has bid', () => {
    expect(nextStepOf(trade([], 'published', 'tendering'))).toEqual({
      kind: 'wait',
      id: 'await',
      at: '2026-03-23T01:00:00.000Z',
      href: null,
    })
  })
})

test('a trade is as far as its slowest lot that is still alive', () => {
  expect(stageOf(trade([], 'published', 'awarded', 'failed', 'evaluating'))).toBe('evaluating')
  expect(stageOf(trade([], 'published', 'failed', 'failed'))).toBe('failed')
})
