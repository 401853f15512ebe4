import { t } from '../i18n/i18n.ts'
import type { LotStage, TradePage } from '../shell/answers.ts'

/** Tabs of a trade that go by stage and by who looks; an address works without its tab too. */
export interface RoomTab {
  readonly path: string
  readonly text: string
}

const early: readonly LotStage[] = ['none', 'tendering']
const untilReport: readonly LotStage[] = [...early, 'opening', 'qualifying', 'evaluating']
const awarded: readonly LotStage[] = ['awarded', 'contracted', 'archived']

/** Whether the draw of experts is open to this viewer: its parties, those called, later everyone. */
export function mayReadDraw({ roles, lots }: TradePage): boolean {
  return (
    ['Pu', 'Ag', 'Ce', 'Re', 'Ex', 'Drawn'].some((role) => roles.includes(role)) ||
    lots.some((lot) => awarded.includes(lot.stage))
  )
}

/** Whether the document leaves K or a method to a draw. */
export function drawsParameters(trade: TradePage): boolean {
  const price = trade.document?.scoring.price
  if (!price) return false
  const lists = [
    'kCandidates' in price && price.k === undefined ? price.kCandidates : undefined,
    'methodCandidates' in price ? price.methodCandidates : undefined,
  ]
  return lists.some((list) => (list?.length ?? 0) > 1)
}

export function roomTabs(trade: TradePage | undefined): RoomTab[] {
  if (trade?.stage !== 'published') return []
  const is = (...roles: string[]) => roles.some((role) => trade.roles.includes(role))
  const some = (stages: readonly LotStage[]) => trade.lots.some((l) => stages.includes(l.stage))
  const past = (stages: readonly LotStage[]) => trade.lots.some((l) => !stages.includes(l.stage))
  const isGp = trade.regime === 'governmentProcurement'
  const all: (RoomTab | false)[] = [
    (is('Pu', 'Ag', 'Ce', 'Re', 'Bown') || past(early)) && {
      path: '/opening',
      text: t('trade.tab.opening'),
    },
    (mayReadDraw(trade) || drawsParameters(trade)) && {
      path: '/draw',
      text: t('trade.tab.draw'),
    },
    isGp &&
      is('Pu', 'Ag') &&
      past([...early, 'opening']) && {
        path: '/qualification',
        text: t('trade.tab.qualification'),
      },
    is('Ex') && { path: '/desk', text: t('trade.tab.desk') },
    is('Pu', 'Ag', 'Ce', 'Re') &&
      some(['evaluating']) && { path: '/desk/chair', text: t('trade.tab.course') },
    is('Bown') &&
      some(['evaluating']) && { path: '/explanations', text: t('trade.tab.explanations') },
    (is('Pu', 'Ag', 'Re', 'Ce') ? past(untilReport) : is('Bown') && some(awarded)) && {
      path: '/award',
      text: t('trade.tab.award'),
    },
    past(untilReport) && {
      path: '/result',
      text: t(isGp ? 'trade.tab.resultGp' : 'trade.tab.resultTender'),
    },
  ]
  return all.filter((tab) => tab !== false)
}
