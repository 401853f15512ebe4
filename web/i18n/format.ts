import { language } from './i18n.ts'

/**
 * Times and amounts as people read them, in the present language; times are always Beijing's. Every
 * page shows some, so nothing is imported: the kernel's own would bring the calendar of working days
 * and exact arithmetic to each first load. A test holds the two alike.
 */
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const weekdays = '日一二三四五六'

function dayEn(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day} ${months[month - 1]} ${year}`
}

const dayMs = 86_400_000
const beijingMs = 8 * 3_600_000

/** `2026-03-23 09:30:00.000` of an instant, which may lack milliseconds. */
const beijing = (ms: number) =>
  new Date(ms + beijingMs).toISOString().slice(0, 23).replace('T', ' ')
const beijingOf = (instant: string) => beijing(Date.parse(instant))
const beijingDate = (instant: string) => beijingOf(instant).slice(0, 10)

/** Midnight is the end of the day before, `… 24:00:00`. */
function limitOf(instant: string): string {
  const text = beijingOf(instant)
  if (!text.endsWith(' 00:00:00.000')) return text.slice(0, 19)
  return `${beijing(Date.parse(instant) - dayMs).slice(0, 10)} 24:00:00`
}

/** `2026-03-23 09:30:00`; en `23 Mar 2026, 09:30:00`. */
export function time(instant: string): string {
  const text = beijingOf(instant).slice(0, 19)
  return language() === 'zh' ? text : `${dayEn(text.slice(0, 10))}, ${text.slice(11)}`
}

/** As `time`, a limit at midnight as 24:00:00 of the day it ends. */
export function limit(instant: string): string {
  const text = limitOf(instant)
  return language() === 'zh' ? text : `${dayEn(text.slice(0, 10))}, ${text.slice(11)}`
}

/** `2026年3月23日（星期一）09:30:00`; en with zone. Of limits: midnight is the end of its day. */
export function timeProse(instant: string): string {
  const text = limitOf(instant)
  if (language() === 'en') return `${limit(instant)} Beijing time (UTC+8)`
  const [year, month, day] = text.slice(0, 10).split('-').map(Number)
  const weekday = weekdays[new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDay()]
  return `${year}年${month}月${day}日（星期${weekday}）${text.slice(11)}`
}

/** With milliseconds: receipts and refusals. */
export function timeExact(instant: string): string {
  return `${time(instant)}.${beijingOf(instant).slice(20)}`
}

/** `03-23 09:30`; en `23 Mar, 09:30`: in lists that stand beside the full time. */
export function timeShort(instant: string): string {
  const text = beijingOf(instant).slice(0, 19)
  if (language() === 'zh') return text.slice(5, 16)
  return `${dayEn(text.slice(0, 10)).replace(/ \d{4}$/, '')}, ${text.slice(11, 16)}`
}

export function day(instant: string): string {
  const date = beijingDate(instant)
  return language() === 'zh' ? date : dayEn(date)
}

/** Whether two instants fall on one Beijing day. */
export function isSameDay(a: string, b: string): boolean {
  return beijingDate(a) === beijingDate(b)
}

/** Columns whose head names the unit: `2,731,000.00`. @throws RangeError on what is no amount */
export function figures(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`not an amount in fen: ${fen}`)
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

/** Acts and boards: `2,731,000.00 元`, `¥2,731,000.00`. */
export function yuan(fen: number): string {
  return language() === 'zh' ? `${figures(fen)} 元` : `¥${figures(fen)}`
}

/**
 * Lists: `286.00 万元`, with 约 where two places do not hold it; English has no such unit, and
 * what is less than one is told in yuan.
 */
export function yuanList(fen: number): string {
  if (language() === 'en' || fen < fenOfTenThousand) return yuan(fen)
  const hundredths = Math.round(fen / fenOfHundredth)
  const text = `${figures(hundredths)} 万元`
  return hundredths * fenOfHundredth === fen ? text : `约 ${text}`
}

/** A hundredth of ten thousand yuan. */
const fenOfHundredth = 10_000
const fenOfTenThousand = 1_000_000

/** A name at the head of a line: English writes it with a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `812.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KB', 'MB', 'GB']
  let value = bytes / 1024
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value.toFixed(1)} ${units[unit]}`
}

/** What is left, never below zero: over a day `3 天 4 小时`, then `04:12:36`. */
export function left(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  if (days > 0) return language() === 'zh' ? `${days} 天 ${hours} 小时` : `${days} d ${hours} h`
  const pad = (n: number) => String(n).padStart(2, '0')
  return `${pad(hours)}:${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`
}
