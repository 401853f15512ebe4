import { addMinutes } from '../../kernel/calendar.ts'
import type { Context } from '../../kernel/decider.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import { alarmsOf } from './aggregate.ts'
import { reportStanding } from './committee.ts'
import type { AlarmRow, Facts, Ranked, SignatureRow, Working } from './decider.ts'
import { correctionsAwaited } from './rules-corrections.ts'
import {
  awaited,
  isTooFew,
  schemeOf,
  strangers,
  suspended,
  unjudgedLowPrice,
} from './rules-phase.ts'
import { reportDigest, reportOf, resultOf } from './rules-report.ts'
import { isDiscussed } from './rules-returns.ts'
import { scoreSheets } from './rules-sheets.ts'
import { bidsLeft } from './rules-state.ts'

/** From the aggregated sheets to the signed report: alarms, ranking, signatures. */
type X = Context<Facts>

/** Alarms of the sheets as they are; an alarm's id names what it is about. */
export function alarmRows(s: Working, x: X): AlarmRow[] {
  const { scoring } = schemeOf(x)
  if (scoring.items.length === 0) return []
  const ids = s.members.map((m) => m.id)
  const sheets = scoreSheets(s.sheets)
  return bidsLeft(s).flatMap((bidder) =>
    alarmsOf(scoring, ids, bidder, sheets).map((a) => ({
      alarm: `${a.alarm}-${bidder}-${a.expert ?? a.item}`,
      kind: a.alarm,
      bidder,
      member: a.expert ?? null,
      item: a.item ?? null,
      percent: a.percent ?? null,
    })),
  )
}
/** Alarms not raised yet. */
export const newAlarms = (s: Working, x: X) =>
  alarmRows(s, x).filter((row) => !s.alarms.some((a) => a.alarm === row.alarm))
/** Open ones of bids that are still in; what a motion rejected needs no answer any more. */
export const openAlarms = (s: Working) =>
  s.alarms.filter((a) => a.confirmed === null && bidsLeft(s).includes(a.bidder))

export const rankCell = {
  after: { 'result-discussed': (s: Working) => s.discussUntil },
  unless: {
    ...suspended,
    // Without a chair nobody could submit the report, and who has not undertaken takes no part in it.
    'chair-missing': (s: Working) => s.chair === null,
    'undertaking-missing': (s: Working) => {
      const count = s.members.filter((m) => !s.committed.includes(m.id)).length
      return count > 0 && { count }
    },
    'too-few-left': (s: Working, _: unknown, x: X) => isTooFew(s, x),
    'alarms-open': (s: Working, _: unknown, x: X) => {
      const count = openAlarms(s).length + newAlarms(s, x).length
      return count > 0 && { count }
    },
    ...awaited,
    ...correctionsAwaited,
    'low-price-unjudged': unjudgedLowPrice,
    'not-rankable': (s: Working, _: unknown, x: X) => {
      const outcome = resultOf(s, x.facts)?.result.outcome
      if (outcome?.kind === 'ranked') return false
      return { reason: outcome && 'reason' in outcome ? outcome.reason : (outcome?.kind ?? 'none') }
    },
  },
  then: {
    BidsRanked: (s: Working, _: unknown, x: X) => {
      const known = resultOf(s, x.facts)
      if (!known) return false
      const { result, ties } = known
      const report = reportOf(s, x.facts, result, ties)
      return {
        ranking: result.ranking,
        candidates: result.candidates,
        benchmarkFen: result.benchmarkFen ?? null,
        tieOrder: ties,
        report,
        reportSha256: reportDigest(report),
        signUntil: addMinutes(x.now, wholeLimit('signReport')),
      }
    },
  },
} as const

export const signing = {
  ...strangers,
  'report-differs': (s: Ranked, c: { reportSha256: string }) => c.reportSha256 !== s.reportSha256,
  'signed-already': (s: Ranked, _: unknown, x: X) =>
    s.signatures.some((row) => row.member === x.actor.party),
}

/** Every member's row; silence after the time counts as agreed. */
export function allSignatures(s: Ranked): SignatureRow[] {
  return s.members.map(
    ({ id }) =>
      s.signatures.find((row) => row.member === id) ?? {
        member: id,
        how: 'silent',
        reason: null,
        act: null,
      },
  )
}
/** A result that was discussed and came out the same stands, its dissents noted (TR 53). */
export function standing(s: Ranked, now: string) {
  const found = signedStanding(s, now)
  return found === 'majority-dissents' && isDiscussed(s) ? 'complete' : found
}

function signedStanding(s: Ranked, now: string) {
  const how = { agreed: 'signed', dissent: 'dissented', silent: 'refusedWithoutReasons' } as const
  return reportStanding(
    allSignatures(s).map((row) =>
      row.how === 'silent' && now < s.signUntil ? 'missing' : how[row.how],
    ),
  )
}
