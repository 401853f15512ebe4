import {
  addDays,
  addMs,
  assertInstant,
  beijingDate,
  type Calendar,
  daysBetween,
  endOfDay,
} from '../../kernel/calendar.ts'
import type { Regime } from '../../tendering/project/document.ts'
import type { LimitId } from '../../tendering/project/limits-data.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import { limitUntil, type Until } from '../../tendering/project/rules.ts'

/**
 * From the report to the contract: who is awarded, by when the next act is due, and how long each may
 * object. The contract is made at the bid price, or the corrected one, never at the
 * evaluated price.
 * @source 招标投标法 art. 45, 46, 60; 招标投标法实施条例 art. 54, 55, 57, 60, 61; 政府采购法 art. 46, 47,
 * 52, 53, 55; 政府采购法实施条例 art. 43, 50, 53; 财政部令第87号 art. 68, 69 ○
 */

/** By when the next act is due after the report, and after the award. */
export interface AwardLimits {
  /** Candidates published (tender), or the award decided (GP). */
  readonly decideUntil: Until
  /** GP: silence until then means that rank 1 is awarded. */
  readonly isSilenceRankOne: boolean
}

export function limitsAfterReport(
  regime: Regime,
  reportAt: string,
  calendar: Calendar,
): AwardLimits {
  return regime === 'tender'
    ? { decideUntil: limitUntil('publishCandidates', reportAt, calendar), isSilenceRankOne: false }
    : { decideUntil: limitUntil('purchaserDecideGp', reportAt, calendar), isSilenceRankOne: true }
}

export interface ContractLimits {
  readonly signUntil: Until
  /** GP alone. */
  readonly resultNoticeUntil?: Until
}

/** Limits that the award letter starts. */
export function limitsAfterAward(
  regime: Regime,
  awardedAt: string,
  calendar: Calendar,
): ContractLimits {
  const signUntil = limitUntil('signContract', awardedAt, calendar)
  return regime === 'tender'
    ? { signUntil }
    : { signUntil, resultNoticeUntil: limitUntil('resultNoticeGp', awardedAt, calendar) }
}

/** A limit that stood still while the trade was suspended moves by that time. */
export function afterSuspension(limit: string, suspendedAt: string, resumedAt: string): string {
  const stood = Date.parse(assertInstant(resumedAt)) - Date.parse(assertInstant(suspendedAt))
  if (stood < 0) throw new RangeError('resumed before it was suspended')
  return limit <= suspendedAt ? limit : addMs(limit, stood)
}

/**
 * Whom the purchaser awards: the first candidate who hasn't failed, where the law obliges (state
 * money controls, or government procurement); else any of them as the document says.
 * @param candidates in order of rank
 * @returns bids that may be awarded; empty: the lot fails
 */
export function awardable(
  candidates: readonly string[],
  failed: readonly string[],
  isRankOneObliged: boolean,
): string[] {
  const left = candidates.filter((bid) => !failed.includes(bid))
  return isRankOneObliged ? left.slice(0, 1) : left
}

/** The price of the contract: corrected and confirmed, else as bid. */
export function contractPriceFen(bid: {
  priceFen: number
  correctedFen?: number | undefined
}): number {
  return bid.correctedFen ?? bid.priceFen
}

/** What an objection (tender) or challenge (GP) is about. */
export type Against = 'document' | 'opening' | 'result'

/**
 * Until when one may object. Tender: to the document ten days before the deadline, to the opening
 * while it lasts, to the result during publicity. GP: seven working days after the time to
 * obtain the document, the stage, or the result's period ended.
 * @param from deadline, end of the session, or end of publicity (tender); that end (GP)
 */
export function objectionUntil(
  regime: Regime,
  against: Against,
  from: string,
  calendar: Calendar,
): Until {
  if (regime === 'governmentProcurement') {
    // A period ends at 24:00 of its last day, which as an instant is the next day's 00:00.
    const isPeriod = against !== 'opening'
    return limitUntil('challengeGp', isPeriod ? addMs(from, -1) : from, calendar)
  }
  if (against !== 'document') return { at: from, missingYears: [] }
  const last = addDays(beijingDate(from), -wholeLimit('objectDocument'))
  return { at: endOfDay(last), missingYears: [] }
}

/** Until when the addressee replies: three days (objection), seven working days (challenge). */
export function replyUntil(regime: Regime, receivedAt: string, calendar: Calendar): Until {
  const rule: LimitId = regime === 'tender' ? 'answerObjection' : 'challengeReplyGp'
  return limitUntil(rule, receivedAt, calendar)
}

/**
 * Until when one may complain. Tender: ten days from knowing, the time of an objection that had to
 * come first not counted. GP: fifteen working days from the end of the reply period.
 * @param from when it was known or should have been (tender); the end of the reply period (GP)
 */
export function complaintUntil(
  regime: Regime,
  from: string,
  calendar: Calendar,
  objection?: { readonly filedAt: string; readonly answeredAt: string },
): Until {
  if (regime === 'governmentProcurement')
    return limitUntil('complaintGp', addMs(from, -1), calendar)
  const days = objection
    ? Math.max(0, daysBetween(beijingDate(objection.filedAt), beijingDate(objection.answeredAt)))
    : 0
  return limitUntil('complaintTender', addMs(from, days * 86_400_000), calendar)
}
