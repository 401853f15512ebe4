import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPublic, tickAt, ticksDue } from './rhythm.ts'

const tickMs = fc.integer({ min: 20, max: 1000 })

test('every tick is on the grid, they follow one another, and the due one is the last', () => {
  fc.assert(
    fc.property(
      tickMs,
      fc.nat(10_000_000),
      fc.integer({ min: 1, max: 100_000 }),
      (tick, last, ms) => {
        const due = tickAt(last + ms, tick)
        fc.pre(due > last)
        const times = ticksDue(last, due, tick)
        expect(times.at(-1)).toBe(due)
        expect(times.every((at) => at % tick === 0 && at > last)).toBe(true)
        expect(times.slice(1).every((at, i) => at - times[i] === tick)).toBe(true)
        expect(times.length).toBeLessThanOrEqual(Math.floor(1000 / tick))
      },
    ),
  )
})

test('a pause below a second leaves no gap; a longer one is made up by a second at most', () => {
  expect(ticksDue(8000, 8080, 80)).toEqual([8080])
  expect(ticksDue(8000, 8320, 80)).toEqual([8080, 8160, 8240, 8320])
  expect(ticksDue(8000, 16_000, 80)).toHaveLength(12)
  expect(ticksDue(0, 16_000, 80)).toEqual([16_000])
})

test('one checkpoint a second is public', () => {
  let count = 0
  for (let at = 80; at <= 80_000; at += 80) if (isPublic(at, at, 80)) count += 1
  expect(count).toBe(80)
})
