import {
  addDays,
  beijingDate,
  beijingTimeOfDay,
  type Calendar,
  daysBetween,
  endOfDay,
  instantAt,
  rollForward,
} from '../../kernel/calendar.ts'
import { wholeLimit } from './limits-data.ts'
import { lastDayOf } from './rules.ts'

/**
 * How a deadline moves: by an amendment that may bear on bids, and after bidding stood still. Only
 * ever later.
 * @source 招标投标法 art. 23; 招标投标法实施条例 art. 21, 22; 政府采购法实施条例 art. 31
 */

/**
 * The earliest deadline after an amendment that may bear on bids: fifteen days on, on a working day.
 * @param atTime time of day to keep, usually that of the old deadline; absent: that of `now`
 */
export function earliestDeadline(now: string, calendar: Calendar, atTime?: string): string {
  const day = addDays(beijingDate(now), wholeLimit('amendBeforeDeadline'))
  return instantAt(rollForward(calendar, day).date, atTime ?? beijingTimeOfDay(now))
}

/** The deadline that an amendment moves to, or null where fifteen days are left anyway. */
export function movedDeadline(now: string, deadline: string, calendar: Calendar): string | null {
  const left = daysBetween(beijingDate(now), beijingDate(deadline))
  if (left >= wholeLimit('amendBeforeDeadline')) return null
  return earliestDeadline(now, calendar, beijingTimeOfDay(deadline))
}

/**
 * The deadline after bidding stood still 暂停: later by as many days, part of a day counting whole, at
 * the same hour of a working day.
 * @source 招标投标法实施条例 art. 22
 */
export function deadlineAfterStanding(
  deadline: string,
  stoodMs: number,
  calendar: Calendar,
): string {
  const day = addDays(beijingDate(deadline), Math.ceil(stoodMs / 86_400_000))
  return instantAt(rollForward(calendar, day).date, beijingTimeOfDay(deadline))
}

/**
 * The end of the time to obtain the document after bidding stood still: what was left of it is left,
 * in whole days; what was over stays over.
 * @source 招标投标法实施条例 art. 16, 22
 */
export function documentUntilAfterStanding(
  documentUntil: string,
  stood: { readonly from: string; readonly stoodMs: number },
): string {
  if (stood.from >= documentUntil) return documentUntil
  return endOfDay(addDays(lastDayOf(documentUntil), Math.ceil(stood.stoodMs / 86_400_000)))
}

/** A deadline only ever moves later, and before the old one has passed (trap 8). */
export function mayMoveDeadline(now: string, from: string, to: string): boolean {
  return now < from && to > from
}
