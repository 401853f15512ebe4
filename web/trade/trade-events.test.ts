import { expect, test } from 'vitest'
import type { TradeEvent } from '../shell/answers.ts'
import { findEvent, partOf, proofHref } from './trade-events.ts'

const event = (type: string, digest: string, lot: string | null = null) =>
  ({ type, digest, lot }) as TradeEvent

test('a mark leads to the newest event of its type, in its own lot', () => {
  const events = [
    event('LotAwarded', 'a', 'T-1'),
    event('LotAwarded', 'b', 'T-1'),
    event('LotAwarded', 'c', 'T-2'),
    event('BidsOpened', 'd'),
  ]
  expect(findEvent(events, { event: 'LotAwarded', lot: 'T-1' })?.digest).toBe('b')
  expect(findEvent(events, { event: 'LotAwarded' })?.digest).toBe('c')
  // An opening is of the whole trade, whatever the lot that is looked at.
  expect(findEvent(events, { event: 'BidsOpened', lot: 'T-2' })?.digest).toBe('d')
  expect(findEvent(events, { event: 'a' })?.type).toBe('LotAwarded')
  expect(findEvent(events, { event: 'LotFailed' })).toBeUndefined()
})

test('of an event with many bids the part of one is shown', () => {
  const row = { party: 'P2', priceFen: 5, quotation: { lines: [{ id: 'total', fen: 5 }] } }
  const data = { rows: [{ party: 'P1', priceFen: 4 }, row] }
  expect(partOf(data, 'P2')).toBe(row)
  expect(partOf(data, 'P9')).toBeNull()
})

test('what is named in an address is written so that it can be', () => {
  expect(proofHref('YG-1', { event: 'BidsOpened', lot: 'YG-1-1', of: 'A&B' })).toBe(
    '/t/YG-1/ledger?event=BidsOpened&lot=YG-1-1&of=A%26B',
  )
})
