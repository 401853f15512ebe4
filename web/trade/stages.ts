import { timeShort } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import type { Stage } from '../kit/stage-rail.tsx'
import type { LotStage, TradePage } from '../shell/answers.ts'
import { stageOf } from './next-act.ts'

/** The way of a trade as its law draws it: stage of the page, and lot stages that are at it. */
const ways = {
  governmentProcurement: [
    ['notice', []],
    ['bidding', ['none', 'tendering']],
    ['opening', ['opening']],
    ['qualification', ['qualifying']],
    ['evaluation', ['evaluating', 'evaluated']],
    ['award', ['awarding']],
    ['result', ['publicity', 'awarded']],
    ['contract', ['contracted', 'archived']],
  ],
  tender: [
    ['notice', []],
    ['bidding', ['none', 'tendering']],
    ['opening', ['opening']],
    ['evaluation', ['qualifying', 'evaluating', 'evaluated']],
    ['publicity', ['publicity']],
    ['award', ['awarding', 'awarded']],
    ['contract', ['contracted', 'archived']],
  ],
} as const satisfies Record<string, readonly (readonly [string, readonly LotStage[]])[]>

/** Stages of a published trade, done, now and to come; dated where the date is known. */
export function railOf(trade: TradePage): Stage[] {
  const { published } = trade
  if (!published) return []
  const way: readonly (readonly [string, readonly LotStage[]])[] =
    ways[trade.regime ?? 'governmentProcurement']
  const stage = stageOf(trade)
  const dates: Record<string, string> = {
    notice: published.at,
    bidding: published.deadline,
    opening: published.deadline,
  }
  const shown = (id: string, state: Stage['state']): Stage => ({
    id,
    name: t(`overview.rail.${id as RailId}`),
    state,
    at: dates[id] ? timeShort(dates[id]) : null,
  })
  // Of a trade that ended early: what is known to have been, and that it ended.
  if (stage === 'failed' || stage === 'terminated')
    return [
      shown('notice', 'done'),
      ...(trade.now >= published.deadline ? [shown('bidding', 'done')] : []),
      shown(stage, 'blocked'),
    ]
  const at = way.findIndex(([, stages]) => stages.includes(stage))
  return way.map(([id], i) =>
    shown(id, i < at || stage === 'archived' ? 'done' : i === at ? 'now' : 'todo'),
  )
}

type RailId =
  | 'notice'
  | 'bidding'
  | 'opening'
  | 'qualification'
  | 'evaluation'
  | 'publicity'
  | 'award'
  | 'result'
  | 'contract'
  | 'failed'
  | 'terminated'
