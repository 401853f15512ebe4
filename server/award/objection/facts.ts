import type { Calendar } from '../../kernel/calendar.ts'
import type { Trade } from '../../trade.ts'
import { afterSuspension, complaintUntil, objectionUntil } from '../award/rules.ts'
import { type Facts, isOpen, type State } from './decider.ts'

type Publicity = Extract<
  Trade['lots'] extends ReadonlyMap<string, infer S> ? S : never,
  { stage: 'publicity' }
>

/** Until when each subject may be objected to, by what has been published so far. */
export function objectionFacts(trade: Trade, lotId: string, calendar: Calendar): Facts {
  const { project, session } = trade
  const lot = trade.lots.get(lotId)
  if (project.stage !== 'published' || !lot)
    return { regime: 'tender', calendar, until: { document: null, opening: null, result: null } }
  const { regime } = project
  const isTender = regime === 'tender'
  const closedAt = session.stage === 'scheduled' ? null : session.closedAt
  const documentFrom = isTender ? project.bidDeadline : project.times.documentUntil
  const resultFrom = isTender
    ? lot.stage === 'publicity'
      ? standingUntil(lot, trade.now)
      : null
    : 'resultUntil' in lot
      ? lot.resultUntil
      : null
  const limit = (about: 'document' | 'opening' | 'result', from: string | null | undefined) =>
    from ? objectionUntil(regime, about, from, calendar).at : null
  return {
    regime,
    calendar,
    until: {
      document: limit('document', documentFrom),
      opening: limit('opening', closedAt),
      result: limit('result', resultFrom),
    },
  }
}

/** End of the publicity; while the lot is suspended its clock stands, and what was left is left. */
function standingUntil(lot: Publicity, now: string): string {
  const [since] = lot.suspensions.map((one) => one.since).sort()
  return since === undefined ? lot.until : afterSuspension(lot.until, since, now)
}

/**
 * Objections of a tender that are not settled: to the document while bids are taken, and to the
 * result, they hold the lot.
 * @source 招标投标法实施条例 art. 22, 54
 */
export function holdingObjections(trade: Trade, lot: string): Exclude<State, { stage: 'none' }>[] {
  const isBidding = trade.lots.get(lot)?.stage === 'tendering'
  return [...trade.objections.values()].filter(
    (o): o is Exclude<State, { stage: 'none' }> =>
      o.stage !== 'none' &&
      isOpen(o) &&
      o.lot === lot &&
      o.kind === 'objection' &&
      (o.about === 'result' || (o.about === 'document' && isBidding)),
  )
}

/**
 * Until when its filer may complain to the regulator; null: not yet. Tender: ten days from when what
 * it objects to was published, the time of the objection not counted.
 * @source 招标投标法实施条例 art. 60; 政府采购法 art. 55
 */
export function complaintLimit(
  trade: Trade,
  o: Exclude<State, { stage: 'none' }>,
  calendar: Calendar,
): string | null {
  const { project, session, view } = trade
  if (!['answered', 'refused', 'overdue'].includes(o.stage)) return null
  if (project.stage !== 'published') return null
  const { regime } = project
  if (regime === 'governmentProcurement') return complaintUntil(regime, o.replyUntil, calendar).at
  const shown = view.streams
    .get(`lot:${o.lot}`)
    ?.events.findLast(({ event }) => event.type === 'CandidatesPublished')?.event.at
  const opened = session.stage === 'scheduled' ? null : session.openedAt
  const known = { document: project.publishedAt, opening: opened, result: shown }[o.about]
  const answeredAt = o.answer?.at ?? o.replyUntil
  const objection = { filedAt: o.filedAt, answeredAt }
  return complaintUntil(regime, known ?? o.filedAt, calendar, objection).at
}
