import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { beijingDate, formatBeijing, formatLimit } from '../../server/kernel/calendar.ts'
import { fenMax, formatTenThousandYuan, formatYuan } from '../../server/kernel/money.ts'
import { day, figures, limit, time, timeProse, yuanList } from './format.ts'

// Node has a navigator of its own from 21 on, in the language of its machine.
vi.hoisted(() => vi.stubGlobal('navigator', { language: 'zh-CN', languages: ['zh-CN'] }))

test('a limit at midnight ends its day, in a line and in prose alike', () => {
  const midnight = '2026-03-07T16:00:00.000Z'
  expect(time(midnight)).toBe('2026-03-08 00:00:00')
  expect(limit(midnight)).toBe('2026-03-07 24:00:00')
  expect(timeProse(midnight)).toBe('2026年3月7日（星期六）24:00:00')
  expect(timeProse('2026-03-23T01:30:00.000Z')).toBe('2026年3月23日（星期一）09:30:00')
})

test('an amount in a list is exact, or says that it is rounded', () => {
  expect(yuanList(268_000_000)).toBe('268.00 万元')
  expect(yuanList(268_010_000)).toBe('268.01 万元')
  expect(yuanList(9_999_999_999_999)).toBe('约 10,000,000.00 万元')
  expect(yuanList(268_000_001)).toBe('约 268.00 万元')
  expect(yuanList(1)).toBe('0.01 元')
})

test('times and amounts read as those of the kernel, of which pages load nothing', () => {
  const hourMs = 3_600_000
  const instants = fc.oneof(
    fc.integer({ min: 0, max: 4_102_444_800_000 }),
    fc.integer({ min: 0, max: 1_139_000 }).map((hours) => hours * hourMs),
  )
  fc.assert(
    fc.property(instants, (ms) => {
      const instant = new Date(ms).toISOString()
      expect([time(instant), limit(instant), day(instant)]).toEqual([
        formatBeijing(instant),
        formatLimit(instant),
        beijingDate(instant),
      ])
    }),
  )
  fc.assert(
    fc.property(fc.nat(fenMax), fc.nat(999_999_999), (fen, some) => {
      expect([figures(fen), figures(some)]).toEqual([formatYuan(fen), formatYuan(some)])
      const whole = (some + 100) * 10_000
      expect(yuanList(whole)).toBe(`${formatTenThousandYuan(whole)} 万元`)
    }),
  )
  for (const fen of [-1, 0.5, Number.NaN]) expect(() => figures(fen)).toThrow(RangeError)
})
