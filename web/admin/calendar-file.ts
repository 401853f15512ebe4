import { addDays, calendarOf } from '../../server/kernel/calendar.ts'
import type { CalendarYear } from '../../server/kernel/calendar-data.ts'
import { decodeText, type Encoding } from '../kit/decode-text.ts'

/**
 * A year of rest days and make-up days as somebody has it in a file: rows as a spreadsheet writes
 * them (a day or two, and whether it is off or worked), or the JSON of the API. Every row that is
 * not understood is named; none is guessed at and none is left out.
 * @source user-needs "Tendering: time, money, text"
 */
type Why =
  | 'no-date'
  | 'no-such-day'
  | 'backwards'
  | 'other-year'
  | 'no-kind'
  | 'twice'
  | 'work-on-weekday'
  | 'not-a-calendar'

export interface BadRow {
  readonly id: string
  /** Counted from 1: a line of the file, or an entry of a list in JSON. */
  readonly row: number
  readonly list: 'rest' | 'work' | null
  readonly text: string
  readonly why: Why
}
export interface ReadCalendar {
  readonly encoding: Encoding
  /** Null where no row names a day. */
  readonly year: number | null
  /** The notice that the file itself names; rows name none. */
  readonly source: string
  readonly rest: readonly string[]
  readonly work: readonly string[]
  readonly bad: readonly BadRow[]
}

export function readCalendar(bytes: Uint8Array): ReadCalendar {
  const { text, encoding } = decodeText(bytes)
  const reading = new Reading()
  let source = ''
  if (text.trimStart().startsWith('{')) source = readJson(text, reading)
  else readRows(text, reading)
  return { encoding, source, ...reading.result() }
}

interface Row {
  readonly row: number
  readonly list: 'rest' | 'work' | null
  readonly text: string
}

/** Days as they are read, each of one kind, all of one year. */
class Reading {
  private year: number | null = null
  private readonly rest = new Set<string>()
  private readonly work = new Set<string>()
  private readonly bad: BadRow[] = []

  refuse(at: Row, why: Why): void {
    this.bad.push({ ...at, id: `${at.list ?? ''} ${at.row}`, why })
  }

  setYear(year: number): void {
    this.year = year
  }

  /** Both ends are in. */
  take(at: Row, kind: 'rest' | 'work', from: string, to: string): void {
    const days = daysFrom(from, to)
    if (typeof days === 'string') {
      this.refuse(at, days)
      return
    }
    const why = this.fault(kind, days, to)
    if (why) {
      this.refuse(at, why)
      return
    }
    this.year = Number(from.slice(0, 4))
    for (const day of days) this[kind].add(day)
  }

  private fault(kind: 'rest' | 'work', days: readonly string[], to: string): Why | null {
    const years = [...days.slice(0, 1), to].map((day) => Number(day.slice(0, 4)))
    if (years.some((year) => year !== (this.year ?? years[0]))) return 'other-year'
    if (days.some((day) => this.rest.has(day) || this.work.has(day))) return 'twice'
    return kind === 'work' && days.some((day) => !isWeekend(day)) ? 'work-on-weekday' : null
  }

  result(): Pick<ReadCalendar, 'year' | 'rest' | 'work' | 'bad'> {
    const work = [...this.work].sort().map((day) => day.slice(5))
    return { year: this.year, rest: ranges(this.rest), work, bad: this.bad }
  }
}

function daysFrom(from: string, to: string): string[] | Why {
  if (to < from) return 'backwards'
  const days: string[] = []
  try {
    // A year has no more; what is longer crosses its end, which is told by the year.
    for (let day = addDays(from, 0); day <= to && days.length <= 366; day = addDays(day, 1))
      days.push(day)
    addDays(to, 0)
  } catch {
    return 'no-such-day'
  }
  return days
}

const isWeekend = (day: string): boolean =>
  [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** Neighbouring days as one entry, `MM-DD/MM-DD`. */
function ranges(days: ReadonlySet<string>): string[] {
  const found: [string, string][] = []
  for (const day of [...days].sort()) {
    const last = found.at(-1)
    if (last && addDays(last[1], 1) === day) last[1] = day
    else found.push([day, day])
  }
  return found.map(([from, to]) =>
    from === to ? from.slice(5) : `${from.slice(5)}/${to.slice(5)}`,
  )
}

const dated = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/g
/** Worked days first: 调休上班 names both, and is worked; 调休 alone says neither. */
const worked = /班|工作日|\bwork/i
const off = /休|放假|节|\brest\b|\boff\b|holiday/i
const unclear = /^调休$/

function readRows(text: string, reading: Reading): void {
  const lines = text.split(/\r\n|\r|\n/)
  let isFirst = true
  for (const [i, line] of lines.entries()) {
    const written = line.trim()
    if (/^[\s,;\t"]*$/.test(written)) continue
    const at: Row = { row: i + 1, list: null, text: written }
    const dates = [...written.matchAll(dated)].map(([, y, m, d]) =>
      [y, m?.padStart(2, '0'), d?.padStart(2, '0')].join('-'),
    )
    const isHead = isFirst && dates.length === 0 && /日期|date/i.test(written)
    isFirst = false
    if (isHead) continue
    const [from, to = from] = dates
    const words = written
      .replace(dated, '')
      .replace(/[\s,;\t"，；~/–—-]+/g, ' ')
      .trim()
    if (from === undefined || to === undefined || dates.length > 2) reading.refuse(at, 'no-date')
    else if (unclear.test(words)) reading.refuse(at, 'no-kind')
    else if (worked.test(words)) reading.take(at, 'work', from, to)
    else if (off.test(words)) reading.take(at, 'rest', from, to)
    else reading.refuse(at, 'no-kind')
  }
}

/** @returns the notice that it names */
function readJson(text: string, reading: Reading): string {
  const whole: Row = { row: 1, list: null, text: text.slice(0, 60) }
  let given: Partial<Record<keyof CalendarYear, unknown>>
  try {
    given = JSON.parse(text)
  } catch {
    reading.refuse(whole, 'not-a-calendar')
    return ''
  }
  const { year, source, rest, work } = given
  if (!Number.isSafeInteger(year) || !Array.isArray(rest) || !Array.isArray(work)) {
    reading.refuse(whole, 'not-a-calendar')
    return ''
  }
  reading.setYear(Number(year))
  for (const [list, entries] of [
    ['rest', rest],
    ['work', work],
  ] as const)
    for (const [i, entry] of entries.entries()) {
      const at: Row = { row: i + 1, list, text: String(entry) }
      const match = /^(\d\d-\d\d)(?:\/(\d\d-\d\d))?$/.exec(String(entry))
      if (!match || (list === 'work' && match[2])) reading.refuse(at, 'no-date')
      else reading.take(at, list, `${year}-${match[1]}`, `${year}-${match[2] ?? match[1]}`)
    }
  return typeof source === 'string' ? source : ''
}

/** Which days a newer calendar of the same year makes other than they are now. */
interface Differences {
  readonly nowOff: readonly string[]
  readonly nowWorked: readonly string[]
}

export function differencesOf(before: CalendarYear | null, after: CalendarYear): Differences {
  const [old, next] = [before ? [before] : [], [after]].map(calendarOf)
  if (!old || !next) return { nowOff: [], nowWorked: [] }
  const isOff = (calendar: typeof old, day: string) =>
    calendar.rest.has(day) || (isWeekend(day) && !calendar.work.has(day))
  const named = [old.rest, old.work, next.rest, next.work].flatMap((days) => [...days])
  const changed = [...new Set(named)].sort().filter((day) => isOff(old, day) !== isOff(next, day))
  return {
    nowOff: changed.filter((day) => isOff(next, day)),
    nowWorked: changed.filter((day) => !isOff(next, day)),
  }
}

/** How many days the entries name. */
export const countOf = (year: Pick<CalendarYear, 'year' | 'rest'>): number =>
  calendarOf([{ ...year, source: '', work: [] }]).rest.size
