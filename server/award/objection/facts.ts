import type { Calendar } from '../../kernel/calendar.ts'
import type { Trade } from '../../trade.ts'
import { objectionUntil } from '../award/rules.ts'
import { type Facts, isOpen, type State } from './decider.ts'

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
      ? lot.until
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

/** Objections to a tender's result that are not settled: they hold the lot. */
export function holdingObjections(trade: Trade, lot: string): Exclude<State, { stage: 'none' }>[] {
  return [...trade.objections.values()].filter(
    (o): o is Exclude<State, { stage: 'none' }> =>
      o.stage !== 'none' &&
      isOpen(o) &&
      o.lot === lot &&
      o.kind === 'objection' &&
      o.about === 'result',
  )
}
