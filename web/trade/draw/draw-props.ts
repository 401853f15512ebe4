import { t } from '../../i18n/i18n.ts'
import type { TradePage } from '../../shell/answers.ts'
import type { Live } from '../../shell/create-live.ts'
import { viewer } from '../../shell/session.ts'
import type { DrawPage } from './draw-answers.ts'

/** What each part of the draw's page is given. */
export interface DrawProps {
  readonly trade: TradePage
  readonly page: DrawPage
  readonly live: Live<DrawPage>
}

/** What a contributor or named party is called; anyone else who contributes is the regulator. */
export function partyName(trade: TradePage, party: string): string {
  const known = [trade.purchaser, trade.agency, trade.tradingCentre].find((p) => p.id === party)
  if (known) return known.name
  const me = viewer()
  return me?.party === party ? me.partyName : t('draw.regulator')
}

export const isOfParameters = (page: DrawPage) => page.lot.endsWith('-0')

/** Whose nonces may be mixed into the seed. */
export const isContributor = (trade: TradePage) =>
  ['Ag', 'Pu', 'Ce', 'Re'].some((role) => trade.roles.includes(role))
