import { expect, test } from 'vitest'
import type { LotStage, TradePage } from '../shell/answers.ts'
import { railOf } from './stages.ts'

const deadline = '2026-03-23T01:00:00.000Z'
const states = (stage: LotStage, now: string) =>
  railOf({
    now,
    regime: 'tender',
    published: { at: '2026-03-02T01:00:00.000Z', deadline },
    lots: [{ id: 'a', stage }],
  } as unknown as TradePage).map((one) => one.state)

test('a trade that failed after its deadline was open for bids; nothing after that is said', () => {
  expect(states('failed', deadline)).toEqual(['done', 'done', 'blocked'])
})

test('a trade that was ended before its deadline has had its notice alone', () => {
  expect(states('terminated', '2026-03-10T01:00:00.000Z')).toEqual(['done', 'blocked'])
})

test('of an archived trade nothing is still to come', () => {
  expect(new Set(states('archived', deadline))).toEqual(new Set(['done']))
})
