import { describe, expect, test } from 'vitest'
import type { Trade } from '../../trade.ts'
import { consequencesOf, isOutage, mayMatter, type Standing } from './rules.ts'

/** What a time without ticks does to a trade made up to the streams that the rule looks at. */
const deadline = '2026-03-24T01:00:00.000Z'
const at = (ms: number) => new Date(Date.parse(deadline) + ms).toISOString()
const minutes = 60_000

const trade = (change: object = {}): Trade =>
  ({
    project: { stage: 'published', bidDeadline: deadline, deadlines: [] },
    lots: new Map([['P-1', { stage: 'tendering', suspensions: [] }]]),
    session: { stage: 'signIn', windowEndsAt: null },
    ...change,
  }) as unknown as Trade
const stood = (fromMs: number, untilMs: number): Standing => ({
  id: 'outage-1',
  from: at(fromMs),
  until: at(untilMs),
})
const typesOf = (t: Trade, s: Standing) => consequencesOf(t, s).map(({ command }) => command.type)

describe('before the deadline', () => {
  test.each<[string, number, number, boolean]>([
    ['over it', -10_000, 60_000, true],
    ['over it, a restart', -2000, 2999, false],
    ['over it, five seconds', -2000, 3000, true],
    ['until it to the millisecond', -5000, 0, true],
    ['begun at it', 0, 60_000, false],
    ['in the last two hours', -90 * minutes, -89 * minutes, true],
    ['in the last two hours, a restart', -90 * minutes, -90 * minutes + 29_999, false],
    ['ended two hours before', -121 * minutes, -120 * minutes, true],
    ['ended earlier', -122 * minutes, -120 * minutes - 1, false],
  ])('%s: from %d to %d ms', (_, from, until, moves) => {
    expect(typesOf(trade(), stood(from, until))).toEqual(moves ? ['moveDeadline'] : [])
  })

  test('it moves once, by as long as the platform stood', () => {
    const [{ kind, command }] = consequencesOf(trade(), stood(-1000, 70_000))
    expect({ kind, command }).toEqual({
      kind: 'project',
      command: { type: 'moveDeadline', by: 'outage-1', stoodMs: 71_000 },
    })
    const project = { stage: 'published', bidDeadline: deadline, deadlines: [{ by: 'outage-1' }] }
    expect(consequencesOf(trade({ project }), stood(-1000, 70_000))).toEqual([])
  })

  test('a deadline that a suspension holds moves by that; one that was passed does not move', () => {
    const held = new Map([['P-1', { stage: 'tendering', suspensions: ['o-1'] }]])
    expect(typesOf(trade({ lots: held }), stood(-1000, 70_000))).toEqual([])
    const passed = new Map([['P-1', { stage: 'opening', suspensions: [] }]])
    expect(typesOf(trade({ lots: passed }), stood(-1000, 70_000))).toEqual([])
  })
})

describe('after the deadline', () => {
  const opening = (windowEndsAt: string | null, stage = 'decrypting') =>
    trade({
      lots: new Map([['P-1', { stage: 'opening', suspensions: [] }]]),
      session: { stage, windowEndsAt },
    })

  test.each<[string, Trade, boolean]>([
    ['a window that ran when it began', opening(at(5 * minutes)), true],
    ['a window that had ended', opening(at(1 * minutes)), false],
    ['no window', opening(null), false],
    ['halted already', opening(at(5 * minutes), 'halted'), false],
  ])('%s', (_, t, halts) => {
    expect(consequencesOf(t, stood(1 * minutes, 10 * minutes))).toEqual(
      halts
        ? [
            {
              kind: 'openingSession',
              command: { type: 'halt', cause: 'outage', asOf: at(1 * minutes) },
            },
          ]
        : [],
    )
  })

  test('a restart halts nothing', () => {
    expect(typesOf(opening(at(5 * minutes)), stood(1 * minutes, 1 * minutes + 29_999))).toEqual([])
  })
})

test('what is looked at, and what is recorded', () => {
  expect([4999, 5000].map(mayMatter)).toEqual([false, true])
  expect([29_999, 30_000].map(isOutage)).toEqual([false, true])
})
