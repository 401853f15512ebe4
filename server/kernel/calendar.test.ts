import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addWorkingDays,
  assertDate,
  assertInstant,
  beijingDate,
  builtInCalendar,
  calendarOf,
  daysBetween,
  endOfDay,
  formatBeijing,
  formatLimit,
  instantAt,
  instantOf,
  isWorkingDay,
  lastDay,
  rollForward,
  settled,
  workingDaysBetween,
} from './calendar.ts'

const cal = builtInCalendar
const formulas = JSON.parse(
  readFileSync(new URL('../../db/seed/examples/formulas.json', import.meta.url), 'utf8'),
)
const example = (id: string) => formulas.examples.find((e: { id: string }) => e.id === id)
const vectors = new URL('../../../shared/vectors/zh/', import.meta.url)
const isThere = existsSync(vectors)
const absent = isThere ? '' : ' (skipped where ../shared/vectors is absent)'
const anyDay = fc.integer({ min: 0, max: 700 }).map((n) => addDays('2025-01-10', n))

describe('counting days', () => {
  test('working-days: the day of the event does not count', () => {
    const { inputs, expected } = example('working-days')
    const days = inputs.cases.map((c: { event: string; days: number }) =>
      settled(addWorkingDays(cal, c.event, c.days)),
    )
    expect(days).toEqual(expected.lastDay)
  })

  test('calendar-days: a last day on a holiday moves to the next working day', () => {
    const { inputs, expected } = example('calendar-days')
    const last = (end: 'plain' | 'rolled') =>
      inputs.cases.map(
        (c: { event: string; days: number }) =>
          lastDay(cal, c.event, { value: c.days, unit: 'd' }, end).date,
      )
    expect(last('plain')).toEqual(expected.plainLastDay)
    expect(last('rolled')).toEqual(expected.rolledLastDay)
  })

  test('a Sunday that is worked counts, a Monday of the Spring Festival does not', () => {
    expect(isWorkingDay(cal, '2026-09-20')).toBe(true)
    expect(isWorkingDay(cal, '2026-02-16')).toBe(false)
  })

  test('a year that is not loaded is said, never guessed from weekends', () => {
    expect(isWorkingDay(cal, '2027-01-04')).toEqual({ problem: 'year-not-loaded', year: 2027 })
    const counted = addWorkingDays(cal, '2026-12-30', 3)
    expect(counted).toEqual({ date: '2027-01-04', missingYears: [2027] })
    expect(settled(counted)).toEqual({ problem: 'year-not-loaded', year: 2027 })
    expect(settled(addWorkingDays(cal, '2026-12-28', 3))).toBe('2026-12-31')
  })

  test('a loaded year settles what was provisional', () => {
    const loaded = calendarOf([{ year: 2027, source: 'test', rest: ['01-01/01-03'], work: [] }])
    expect(settled(rollForward(loaded, '2027-01-01'))).toBe('2027-01-04')
  })

  test('working days forwards and backwards agree', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 15 }), (day, n) => {
        const from = rollForward(cal, day).date
        const to = addWorkingDays(cal, from, n).date
        expect(addWorkingDays(cal, to, -n).date).toBe(from)
        expect(workingDaysBetween(cal, from, to)).toHaveLength(n)
      }),
    )
  })

  test('rolling forward never goes back and rests on a working day', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { date } = rollForward(cal, day)
        expect(date >= day && isWorkingDay(cal, date)).toBe(true)
      }),
    )
  })

  test.skipIf(!isThere)(`the periods of vectors/zh come out${absent}`, () => {
    const v = JSON.parse(readFileSync(new URL('workdays.json', vectors), 'utf8'))
    for (const c of v.addWorkingDays)
      expect(settled(addWorkingDays(cal, c.from, c.n))).toBe(c.expect)
    for (const c of v.calendarDaysThenRollForward) {
      expect(addDays(c.from, c.days)).toBe(c.plain)
      expect(settled(rollForward(cal, c.plain))).toBe(c.rolled)
    }
    for (const day of v.workingSaturdays) expect(isWorkingDay(cal, day)).toBe(true)
  })

  test.skipIf(!isThere).each([2024, 2025, 2026])(
    `every day of %i is as in vectors/zh/holidays${absent}`,
    (year) => {
      const v = JSON.parse(readFileSync(new URL(`holidays/${year}.json`, vectors), 'utf8'))
      const known = new Map(
        v.days.map((d: { date: string; isOffDay: boolean }) => [d.date, !d.isOffDay]),
      )
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
        const weekday = new Date(day).getUTCDay()
        expect(isWorkingDay(cal, day), day).toBe(known.get(day) ?? (weekday !== 0 && weekday !== 6))
      }
    },
  )
})

describe('Beijing time', () => {
  test('an instant is shown as Beijing time whatever the zone of the machine', () => {
    expect(formatBeijing('2026-03-23T01:30:00.000Z')).toBe('2026-03-23 09:30:00')
    expect(beijingDate('2026-03-22T16:00:00.000Z')).toBe('2026-03-23')
    expect(instantAt('2026-03-23', '09:30')).toBe('2026-03-23T01:30:00.000Z')
    expect(instantOf('2026-03-02T09:00:00+08:00')).toBe('2026-03-02T01:00:00.000Z')
  })

  test('the end of a day is 24:00 and shown so', () => {
    expect(endOfDay('2026-03-07')).toBe('2026-03-07T16:00:00.000Z')
    expect(formatLimit(endOfDay('2026-03-07'))).toBe('2026-03-07 24:00:00')
    expect(formatLimit('2026-03-23T01:30:00.000Z')).toBe('2026-03-23 09:30:00')
  })

  test('days that do not exist and instants without a zone are bugs', () => {
    for (const bug of ['2026-02-30', '2026-13-01', '20260301', '2026-3-1'])
      expect(() => assertDate(bug), bug).toThrow(RangeError)
    expect(() => instantOf('2026-03-02T09:00:00')).toThrow(RangeError)
    expect(() => instantAt('2026-03-02', '24:00')).toThrow(RangeError)
    expect(() => assertInstant('2026-03-02T01:00:00Z')).toThrow(RangeError)
  })

  test('adding days and counting them are inverse', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -800, max: 800 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n)
      }),
    )
  })
})
