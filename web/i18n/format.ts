import {
  beijingDate,
  beijingTimeOfDay,
  formatBeijing,
  formatLimit,
} from '../../server/kernel/calendar.ts'
import { formatTenThousandYuan, formatYuan } from '../../server/kernel/money.ts'
import { language } from './i18n.ts'

/** Times and amounts as people read them, in the present language; times are always Beijing's. */
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const weekdays = '日一二三四五六'

function dayEn(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day} ${months[month - 1]} ${year}`
}

/** A server's instant may lack milliseconds; ours never do. */
const whole = (instant: string) => new Date(instant).toISOString()

/** `2026-03-23 09:30:00`; en `23 Mar 2026, 09:30:00`. */
export function time(instant: string): string {
  const text = formatBeijing(whole(instant))
  return language() === 'zh' ? text : `${dayEn(text.slice(0, 10))}, ${text.slice(11)}`
}

/** As `time`, a limit at midnight as 24:00:00 of the day it ends. */
export function limit(instant: string): string {
  const text = formatLimit(whole(instant))
  return language() === 'zh' ? text : `${dayEn(text.slice(0, 10))}, ${text.slice(11)}`
}

/** `2026年3月23日（星期一）09:30:00`; en with zone. Of limits: midnight is the end of its day. */
export function timeProse(instant: string): string {
  const text = formatLimit(whole(instant))
  if (language() === 'en') return `${limit(instant)} Beijing time (UTC+8)`
  const [year, month, day] = text.slice(0, 10).split('-').map(Number)
  const weekday = weekdays[new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDay()]
  return `${year}年${month}月${day}日（星期${weekday}）${text.slice(11)}`
}

/** With milliseconds: receipts and refusals. */
export function timeExact(instant: string): string {
  return `${time(instant)}.${beijingTimeOfDay(whole(instant)).slice(9)}`
}

/** `03-23 09:30`; en `23 Mar, 09:30`: in lists that stand beside the full time. */
export function timeShort(instant: string): string {
  const text = formatBeijing(whole(instant))
  if (language() === 'zh') return text.slice(5, 16)
  return `${dayEn(text.slice(0, 10)).replace(/ \d{4}$/, '')}, ${text.slice(11, 16)}`
}

export function day(instant: string): string {
  const date = beijingDate(whole(instant))
  return language() === 'zh' ? date : dayEn(date)
}

/** Whether two instants fall on one Beijing day. */
export function isSameDay(a: string, b: string): boolean {
  return beijingDate(whole(a)) === beijingDate(whole(b))
}

/** Acts and boards: `2,731,000.00 元`, `¥2,731,000.00`. */
export function yuan(fen: number): string {
  return language() === 'zh' ? `${formatYuan(fen)} 元` : `¥${formatYuan(fen)}`
}

/**
 * Lists: `286.00 万元`, with 约 where two places do not hold it; English has no such unit, and
 * what is less than one is told in yuan.
 */
export function yuanList(fen: number): string {
  if (language() === 'en' || fen < fenOfTenThousand) return yuan(fen)
  const rounded = Math.round(fen / fenOfHundred) * fenOfHundred
  const text = `${formatTenThousandYuan(rounded)} 万元`
  return rounded === fen ? text : `约 ${text}`
}

const fenOfHundred = 10_000
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
