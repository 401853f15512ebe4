import { addMinutes, addMs, assertInstant } from '../../kernel/calendar.ts'
import { toWords } from '../../kernel/money-words.ts'
import type { OpeningWindows } from '../../tendering/project/document.ts'
import type { PriceFormula } from '../../tendering/project/document-price.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'

/**
 * The opening: the windows of the hall, and what of a bid is read out. T is the deadline, at which opening
 * begins. A lot with fewer than three bids isn't opened: they go back sealed and nobody learns them.
 * From three submitted on, fewer that can be decrypted don't fail the lot: the others go on.
 * @source 招标投标法 art. 28, 34-36; 招标投标法实施条例 art. 44; 财政部令第87号 art. 40-42 ○;
 * 电子招标投标办法 art. 29-31 ○
 */

/** When the hall opens: an hour before T unless the document says otherwise. */
export function hallOpensAt(deadline: string, windows: OpeningWindows): string {
  return addMinutes(deadline, -windows.signInLeadMinutes)
}

/** From some minutes after T on the witness goes on without an absent host: a rule of the platform. */
export function mayGoOnWithoutHost(now: string, deadline: string): boolean {
  return now >= addMinutes(deadline, wholeLimit('hostAbsent'))
}

/** What must be drawn before the bids are decrypted: lists with more than one entry. */
export function parametersToDraw(price: PriceFormula): ('k' | 'method')[] {
  const names: ('k' | 'method')[] = []
  if ('kCandidates' in price && price.k === undefined && (price.kCandidates?.length ?? 0) > 1)
    names.push('k')
  if ('methodCandidates' in price && price.methodCandidates.length > 1) names.push('method')
  return names
}

/** End of the window in which bidders release their keys, from the moment it begins. */
export function decryptEndsAt(beganAt: string, windows: OpeningWindows): string {
  return addMinutes(beganAt, windows.decryptMinutes)
}

/** The host extends for all, on a platform's cause; never shortens. @throws RangeError otherwise */
export function extendedEnd(endsAt: string, minutes: number): string {
  if (!Number.isSafeInteger(minutes) || minutes < 1) throw new RangeError(`extend by ${minutes}`)
  return addMinutes(endsAt, minutes)
}

/** All bids are opened at once: when every live bid is released, or the window is over. */
export function mayOpenAll(
  now: string,
  endsAt: string,
  live: readonly string[],
  released: readonly string[],
): boolean {
  return now >= endsAt || live.every((bid) => released.includes(bid))
}

/**
 * End of the window in which rows are confirmed and silence counts as such: never before the time
 * to object on the spot is over.
 */
export function confirmEndsAt(beganAt: string, windows: OpeningWindows): string {
  return addMinutes(beganAt, Math.max(windows.confirmMinutes, windows.objectionMinutes))
}

/** Time left in a window when the session is halted, ms, not negative. */
export function remainingMs(now: string, endsAt: string): number {
  return Math.max(0, Date.parse(assertInstant(endsAt)) - Date.parse(assertInstant(now)))
}

/** The window's end after resuming: what was left is left. */
export function resumedEnd(resumedAt: string, leftMs: number): string {
  return addMs(resumedAt, leftMs)
}

export type NotOpenedFault = 'bidder' | 'platform' | 'other'

/**
 * What a bid that won't open counts as: by the bidder's cause revoked 撤销, its bond at risk; by the
 * platform's or another cause withdrawn 撤回, bond back. The other bids go on.
 */
export function notOpenedStanding(fault: NotOpenedFault): {
  counts: 'revoked' | 'withdrawn'
  bond: 'atRisk' | 'returned'
} {
  return fault === 'bidder'
    ? { counts: 'revoked', bond: 'atRisk' }
    : { counts: 'withdrawn', bond: 'returned' }
}

/** What is read out of a price: figures, words, and whether it is over the ceiling (a warning). */
export function readOutPrice(
  priceFen: number,
  ceilingFen: number | undefined,
): { priceFen: number; words: string; isOverCeiling: boolean } {
  const isOverCeiling = ceilingFen !== undefined && priceFen > ceilingFen
  return { priceFen, words: toWords(priceFen), isOverCeiling }
}

/** By when the seed of a draw must be fixed; once more after that, then the session halts. */
export function drawingEndsAt(from: string): string {
  return addMinutes(from, wholeLimit('drawParameters'))
}
