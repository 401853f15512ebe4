import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  beijingDate,
  builtInCalendar,
  daysBetween,
  formatLimit,
  instantAt,
  isWorkingDay,
} from '../../kernel/calendar.ts'
import { type TenderFile, tenderFile } from './document.ts'
import { limitOf, limits, periodOf } from './limits-data.ts'
import { checkTimes, deriveTimes, isVoluntaryTender, publicityEnd } from './rules.ts'
import { earliestDeadline, mayMoveDeadline, movedDeadline } from './rules-deadline.ts'

const cal = builtInCalendar
const start = '2026-03-02T01:00:00.000Z'
const read = (folder: string): TenderFile =>
  tenderFile.parse(
    JSON.parse(
      readFileSync(
        new URL(`../../../db/seed/examples/${folder}/tender.json`, import.meta.url),
        'utf8',
      ),
    ),
  )
const road = read('road-resurfacing')
const canteen = read('school-canteen')
const plan = (file: TenderFile) => deriveTimes(file, start, cal)

describe('the times of a tender', () => {
  test('road-resurfacing: calendar days, and the deadline at the hour of the start', () => {
    const times = plan(road)
    expect(formatLimit(times.documentUntil)).toBe('2026-03-07 24:00:00')
    expect(formatLimit(times.submissionDeadline)).toBe('2026-03-24 09:00:00')
    expect(formatLimit(times.validityUntil)).toBe('2026-06-22 24:00:00')
    expect(times.missingYears).toEqual([])
  })

  test('school-canteen: the document is provided for working days', () => {
    const times = plan(canteen)
    expect(formatLimit(times.documentUntil)).toBe('2026-03-09 24:00:00')
    expect(formatLimit(times.submissionDeadline)).toBe('2026-03-23 09:00:00')
  })

  test('candidates are published 3 days, a result 1 working day, to the end of that day', () => {
    const friday = instantAt('2026-03-27', '15:00')
    expect(formatLimit(publicityEnd('tender', 3, friday, cal).at)).toBe('2026-03-30 24:00:00')
    expect(formatLimit(publicityEnd('governmentProcurement', 1, friday, cal).at)).toBe(
      '2026-03-30 24:00:00',
    )
    const before = instantAt('2026-04-02', '15:00')
    expect(formatLimit(publicityEnd('tender', 3, before, cal).at)).toBe('2026-04-07 24:00:00')
  })

  test('a deadline on a day off moves to the next working day', () => {
    const times = deriveTimes({ ...road, openAfterDays: 26 }, start, cal)
    expect(formatLimit(times.submissionDeadline)).toBe('2026-03-30 09:00:00')
  })

  test('both examples are lawful as they stand', () => {
    expect(checkTimes(plan(road), cal)).toEqual([])
    expect(checkTimes(plan(canteen), cal)).toEqual([])
  })

  test('a document offered for four days is unlawful, and the fifth day is offered', () => {
    const times = deriveTimes({ ...road, documentDays: 4 }, start, cal)
    const [finding] = checkTimes(times, cal)
    expect(finding).toMatchObject({
      rule: 'documentSalePeriod',
      source: 'TR 16',
      fields: ['noticeAt', 'documentUntil'],
      earliest: plan(road).documentUntil,
      change: 'none',
    })
  })

  test('nineteen days to the deadline are too few, and the earliest lawful one is offered', () => {
    const times = { ...plan(road), submissionDeadline: instantAt('2026-03-20', '09:00') }
    const findings = checkTimes({ ...times, openingAt: times.submissionDeadline }, cal)
    expect(findings.map((f) => [f.rule, f.earliest && formatLimit(f.earliest)])).toEqual([
      ['bidPeriod', '2026-03-23 09:00:00'],
    ])
  })

  test('only a tender that nothing obliges may give less than twenty days, with its reason', () => {
    const times = { ...plan(road), submissionDeadline: instantAt('2026-03-20', '09:00') }
    const early = { ...times, openingAt: times.submissionDeadline }
    expect(checkTimes(early, cal).map((f) => f.change)).toEqual(['none'])
    expect(checkTimes(early, cal, true).map((f) => f.change)).toEqual(['document'])
    const works = { category: 'worksTender', objectKind: 'works', budgetFen: 399_999_999 } as const
    expect(isVoluntaryTender(works)).toBe(true)
    expect(isVoluntaryTender({ ...works, budgetFen: 400_000_000 })).toBe(false)
    expect(isVoluntaryTender({ ...works, objectKind: 'services' })).toBe(false)
    expect(isVoluntaryTender({ ...works, category: 'governmentProcurement' })).toBe(false)
  })

  test('twenty days are counted from the day after issue, so the twentieth is lawful', () => {
    const deadline = instantAt('2026-03-23', '09:00')
    const issued = instantAt('2026-03-03', '16:00')
    const times = {
      ...plan(road),
      noticeAt: issued,
      documentUntil: instantAt('2026-03-09', '00:00'),
    }
    expect(
      checkTimes({ ...times, submissionDeadline: deadline, openingAt: deadline }, cal),
    ).toEqual([])
  })

  test('opening before the deadline names both fields', () => {
    const findings = checkTimes({ ...plan(road), openingAt: instantAt('2026-03-24', '08:00') }, cal)
    expect(findings.map((f) => [f.rule, f.fields])).toEqual([
      ['openingAtDeadline', ['openingAt', 'submissionDeadline']],
    ])
  })

  test('every finding is told at once', () => {
    const wrong = {
      ...plan(road),
      noticeAt: instantAt('2026-03-30', '09:00'),
      validityUntil: instantAt('2026-03-01', '00:00'),
      publicityDays: 2,
    }
    expect(checkTimes(wrong, cal).map((f) => f.rule)).toEqual([
      'documentSalePeriod',
      'bidPeriod',
      'candidatePublicity',
      'deadlineAfterNotice',
      'validityAfterDeadline',
    ])
  })

  test('a date that is set in a year without a calendar is refused with the remedy', () => {
    const late = instantAt('2027-01-04', '09:00')
    const findings = checkTimes(
      {
        ...plan(road),
        submissionDeadline: late,
        openingAt: late,
        validityUntil: '2027-06-01T00:00:00.000Z',
      },
      cal,
    )
    expect(findings.map((f) => f.rule)).toEqual(['yearNotLoaded'])
    expect(findings[0]!.zh).toContain('2027')
  })

  test('a derived date that reaches such a year is provisional', () => {
    const times = deriveTimes({ ...road, openAfterDays: 22 }, instantAt('2026-12-25', '09:00'), cal)
    expect(times.missingYears).toEqual([2027])
  })
})

describe('an amendment that may bear on bids', () => {
  test('with less than 15 days left moves the deadline, keeping its hour', () => {
    const now = instantAt('2026-03-10', '14:07')
    const deadline = instantAt('2026-03-20', '09:00')
    expect(movedDeadline(now, deadline, cal)).toBe(instantAt('2026-03-25', '09:00'))
  })

  test('with 15 days left moves nothing', () => {
    const now = instantAt('2026-03-10', '23:59')
    expect(movedDeadline(now, instantAt('2026-03-25', '09:00'), cal)).toBeNull()
  })

  test('never lands on a day off, before the old deadline or within 15 days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 0, max: 14 }), (n, left) => {
        const now = instantAt(addDays('2026-01-05', n), '10:00')
        const deadline = instantAt(addDays('2026-01-05', n + left), '11:00')
        const moved = movedDeadline(now, deadline, cal)!
        expect(mayMoveDeadline(now, deadline, moved)).toBe(true)
        expect(isWorkingDay(cal, beijingDate(moved))).toBe(true)
        expect(daysBetween(beijingDate(now), beijingDate(moved))).toBeGreaterThanOrEqual(15)
      }),
    )
  })

  test('a deadline never moves earlier, nor after it has passed', () => {
    const [a, b] = [instantAt('2026-03-20', '09:00'), instantAt('2026-03-25', '09:00')]
    expect(mayMoveDeadline(start, b, a)).toBe(false)
    expect(mayMoveDeadline(a, a, b)).toBe(false)
    expect(earliestDeadline(instantAt('2026-03-10', '09:00'), cal)).toBe(b)
  })
})

describe('the table of limits', () => {
  test('names each rule once and gives each a source', () => {
    expect(new Set(limits.map((limit) => limit.id)).size).toBe(limits.length)
    expect(limits.every((limit) => limit.source !== '')).toBe(true)
    expect(limitOf('bidPeriod')).toMatchObject({ value: 20, unit: 'd', mark: '✔' })
  })

  test('a limit that is not in days cannot be counted as days', () => {
    expect(periodOf('challengeGp')).toEqual({ value: 7, unit: 'wd' })
    expect(() => periodOf('bondRate')).toThrow(RangeError)
  })
})
