import { expect, test } from 'vitest'
import { realInstantOf } from './checkpoint.ts'

/** Events as far as the trade's clock is told by them. */
const trade = (...events: { type: string; at: string; recordedAt: string; data?: object }[]) =>
  ({ view: { events: events.map((event) => ({ event: { data: {}, ...event } })) } }) as never
const created = {
  type: 'ProjectCreated',
  at: '2026-11-25T05:00:00.000Z',
  recordedAt: '2026-11-25T05:00:00.000Z',
  data: { startAt: '2026-03-02T01:00:00.000Z' },
}
const moved = (at: string, recordedAt: string, to: string | null, offsetTo: string) => ({
  type: 'ClockMoved',
  at,
  recordedAt,
  data: { offsetMs: Date.parse(offsetTo) - Date.parse(recordedAt), frozenAt: to },
})

test('a clock that runs reaches T by its offset', () =>
  expect(realInstantOf(trade(created), '2026-03-02T01:10:00.000Z')).toBe(
    '2026-11-25T05:10:00.000Z',
  ))

test('in production trade time is real time', () => {
  const real = { ...created, data: { startAt: null } }
  expect(realInstantOf(trade(real), '2026-11-25T06:00:00.000Z')).toBe('2026-11-25T06:00:00.000Z')
})

test('a move past T reaches it when the move was recorded', () => {
  const jump = moved(
    '2026-03-02T01:01:00.000Z',
    '2026-11-25T05:01:00.000Z',
    null,
    '2026-03-24T01:00:00.000Z',
  )
  expect(realInstantOf(trade(created, jump), '2026-03-10T01:00:00.000Z')).toBe(jump.recordedAt)
  expect(realInstantOf(trade(created, jump), '2026-03-24T01:00:00.000Z')).toBe(jump.recordedAt)
  expect(realInstantOf(trade(created, jump), '2026-03-24T01:05:00.000Z')).toBe(
    '2026-11-25T05:06:00.000Z',
  )
})

test('a later move changes nothing of what was reached before it', () => {
  const later = moved(
    '2026-03-02T01:20:00.000Z',
    '2026-11-25T05:20:00.000Z',
    null,
    '2026-03-24T01:00:00.000Z',
  )
  expect(realInstantOf(trade(created, later), '2026-03-02T01:10:00.000Z')).toBe(
    '2026-11-25T05:10:00.000Z',
  )
})

test('a held clock does not reach what lies after the instant it is held at', () => {
  const held = moved(
    '2026-03-02T01:01:00.000Z',
    '2026-11-25T05:01:00.000Z',
    '2026-03-03T01:00:00.000Z',
    '2026-03-03T01:00:00.000Z',
  )
  expect(realInstantOf(trade(created, held), '2026-03-03T01:00:00.000Z')).toBe(held.recordedAt)
  expect(realInstantOf(trade(created, held), '2026-03-04T01:00:00.000Z')).toBeNull()
})
