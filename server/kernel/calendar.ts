import { builtInYears, type CalendarYear } from './calendar-data.ts'

/**
 * Days as the law counts them. Dates are `YYYY-MM-DD` in Beijing; instants are UTC text with
 * milliseconds (`2026-03-23T01:30:00.000Z`), which sort as text. Beijing is UTC+8 all year.
 *
 * The day of the event doesn't count, the next is day 1. The end of a day is 24:00, which as an
 * instant is the next day's 00:00 and is itself too late, as every limit is.
 * @source 民法典 art. 201-203 ○
 */

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const beijingMs = 8 * hourMs

export interface Calendar {
  readonly years: ReadonlySet<number>
  readonly rest: ReadonlySet<string>
  readonly work: ReadonlySet<string>
}

/** A date that was counted, and the years it needed that are not loaded: then it is provisional. */
export interface Counted {
  readonly date: string
  readonly missingYears: readonly number[]
}

export interface YearNotLoaded {
  readonly problem: 'year-not-loaded'
  readonly year: number
}

/** @throws RangeError on a date that doesn't exist or is out of its year */
export function calendarOf(years: readonly CalendarYear[]): Calendar {
  const rest = new Set<string>()
  const work = new Set<string>()
  for (const { year, rest: off, work: on } of years) {
    for (const entry of off) {
      const [from, to = from] = entry.split('/')
      const last = `${year}-${to}`
      for (let date = `${year}-${from}`; date <= last; date = addDays(date, 1)) rest.add(date)
    }
    for (const entry of on) work.add(assertDate(`${year}-${entry}`))
  }
  return { years: new Set(years.map((y) => y.year)), rest, work }
}

export const builtInCalendar: Calendar = calendarOf(builtInYears)

/** A date that is set by hand needs its year; a derived one is shown as provisional instead. */
export function settled(counted: Counted): string | YearNotLoaded {
  const [year] = counted.missingYears
  return year === undefined ? counted.date : { problem: 'year-not-loaded', year }
}

/** Whether the date is worked; weekends alone would be a guess, so an unknown year is a value. */
export function isWorkingDay(calendar: Calendar, date: string): boolean | YearNotLoaded {
  const year = yearOf(assertDate(date))
  return calendar.years.has(year) ? isWorked(calendar, date) : { problem: 'year-not-loaded', year }
}

/** The date n calendar days on (back where n < 0). @throws RangeError on a date that isn't one */
export function addDays(date: string, days: number): string {
  if (!Number.isSafeInteger(days)) throw new RangeError(`not a number of days: ${days}`)
  return dateOfMs(Date.parse(`${assertDate(date)}T00:00:00.000Z`) + days * dayMs)
}

/** Calendar days from one date to the other; negative where `to` is before `from`. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(assertDate(to)) - Date.parse(assertDate(from))) / dayMs
}

/** The date of the n-th working day after the date (before it where n < 0); n = 0: the date. */
export function addWorkingDays(calendar: Calendar, date: string, days: number): Counted {
  if (!Number.isSafeInteger(days)) throw new RangeError(`not a number of days: ${days}`)
  const step = days < 0 ? -1 : 1
  const missing = new Set<number>()
  let at = assertDate(date)
  for (let left = Math.abs(days); left > 0; ) {
    at = addDays(at, step)
    noteYear(calendar, at, missing)
    if (isWorked(calendar, at)) left--
  }
  return { date: at, missingYears: [...missing] }
}

/** "On a day off, the next working day": the date itself where it is worked. */
export function rollForward(calendar: Calendar, date: string): Counted {
  const missing = new Set<number>()
  let at = assertDate(date)
  for (; ; at = addDays(at, 1)) {
    noteYear(calendar, at, missing)
    if (isWorked(calendar, at)) return { date: at, missingYears: [...missing] }
  }
}

/** A number of days with its unit: `d` calendar days, `wd` working days. */
export interface Period {
  readonly value: number
  readonly unit: 'd' | 'wd'
}

/** The last day of a period that began with an event on the date; `rolled`: to the next working day. */
export function lastDay(
  calendar: Calendar,
  date: string,
  period: Period,
  end: 'plain' | 'rolled' = 'plain',
): Counted {
  if (period.unit === 'wd') return addWorkingDays(calendar, date, period.value)
  const plain = addDays(date, period.value)
  return end === 'rolled' ? rollForward(calendar, plain) : { date: plain, missingYears: [] }
}

/** Working days in (from, to]: what a page shows as "the days counted". */
export function workingDaysBetween(calendar: Calendar, from: string, to: string): string[] {
  const days: string[] = []
  for (let at = addDays(from, 1); at <= assertDate(to); at = addDays(at, 1))
    if (isWorked(calendar, at)) days.push(at)
  return days
}

/** 24:00 of a Beijing date as an instant: the limit that is too late itself. */
export function endOfDay(date: string): string {
  return instantAt(addDays(date, 1), '00:00')
}

/** A Beijing date and time of day (`09:30`, `09:30:00`, `09:30:00.000`) as an instant. */
export function instantAt(date: string, time: string): string {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{3}))?)?$/.exec(time)
  if (!match) throw new RangeError(`not a time of day: ${time}`)
  const [, hours, minutes, seconds = '00', ms = '000'] = match
  const utc = Date.parse(`${assertDate(date)}T${hours}:${minutes}:${seconds}.${ms}Z`)
  return new Date(utc - beijingMs).toISOString()
}

/** The instant of ISO text with any offset (`2026-03-02T09:00:00+08:00`), as UTC text with ms. */
export function instantOf(text: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text))
    throw new RangeError(`not an instant with its zone: ${text}`)
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new RangeError(`no such instant: ${text}`)
  return new Date(ms).toISOString()
}

/** @throws RangeError unless the text is UTC with ms: the only form that sorts as text */
export function assertInstant(text: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new RangeError(`not a UTC instant with ms: ${text}`)
  return text
}

/** Real elapsed time, not days: minutes of a window, hours of a clock. */
export function addMs(instant: string, ms: number): string {
  return new Date(Date.parse(assertInstant(instant)) + ms).toISOString()
}

export function addMinutes(instant: string, minutes: number): string {
  return addMs(instant, minutes * 60_000)
}

/** `2026-03-23T01:30:00.000Z` → `2026-03-23`. */
export function beijingDate(instant: string): string {
  return beijingText(instant).slice(0, 10)
}

/** `2026-03-23T01:30:00.000Z` → `09:30:00.000`. */
export function beijingTimeOfDay(instant: string): string {
  return beijingText(instant).slice(11, 23)
}

/** `2026-03-23T01:30:00.000Z` → `2026-03-23 09:30:00`. */
export function formatBeijing(instant: string): string {
  return beijingText(instant).slice(0, 19).replace('T', ' ')
}

/** As `formatBeijing`, but a limit at midnight is shown as the end of its day, `… 24:00:00`. */
export function formatLimit(instant: string): string {
  return beijingTimeOfDay(instant) === '00:00:00.000'
    ? `${addDays(beijingDate(instant), -1)} 24:00:00`
    : formatBeijing(instant)
}

function beijingText(instant: string): string {
  return new Date(Date.parse(assertInstant(instant)) + beijingMs).toISOString()
}

/** @throws RangeError unless `YYYY-MM-DD` and a day that exists */
export function assertDate(date: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new RangeError(`not a date: ${date}`)
  const ms = Date.parse(`${date}T00:00:00.000Z`)
  if (Number.isNaN(ms) || dateOfMs(ms) !== date) throw new RangeError(`no such day: ${date}`)
  return date
}

function dateOfMs(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4))
}

function noteYear(calendar: Calendar, date: string, missing: Set<number>): void {
  if (!calendar.years.has(yearOf(date))) missing.add(yearOf(date))
}

/** In a year that isn't loaded this is weekends alone; callers say that the date is provisional. */
function isWorked(calendar: Calendar, date: string): boolean {
  if (calendar.rest.has(date)) return false
  if (calendar.work.has(date)) return true
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}
