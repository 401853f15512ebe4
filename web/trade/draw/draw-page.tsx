import { type JSX, Show } from 'solid-js'
import { pick, t } from '../../i18n/i18n.ts'
import { Stack } from '../../kit/layout.tsx'
import { Tabs } from '../../kit/page.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { get } from '../../shell/api.ts'
import { createLive, type Live } from '../../shell/create-live.ts'
import { viewer } from '../../shell/session.ts'
import { TradeFrame, useTrade, useTradeNo } from '../frame.tsx'
import { Reading } from '../reading.tsx'
import { useLot } from '../use-lot.tsx'
import { CommitPanel } from './commit-panel.tsx'
import { CommitteePanel } from './committee-panel.tsx'
import type { DrawPage } from './draw-answers.ts'
import { CheckpointPanel, NoncePanel } from './nonce-panel.tsx'
import { OwnCall } from './own-call.tsx'
import { StepsPanel } from './steps-panel.tsx'

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

/** The draw: committed, fixed by the log, mixed, walked, seated; anyone recomputes it on his device. */
export default function DrawPageView(): JSX.Element {
  const trade = useTrade()
  const no = useTradeNo()
  const lot = useLot()
  const draw = createLive(
    () => get<DrawPage>(`/api/lots/${lot()}/draw`),
    () => [no()],
  )
  return (
    <TradeFrame trade={trade} title={t('draw.title')} lead={t('draw.lead')}>
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <DrawTabs trade={one()} lot={lot()} />
            <Reading of={draw}>
              {(page) => <Body trade={one()} page={page()} live={draw} />}
            </Reading>
          </Stack>
        )}
      </Show>
    </TradeFrame>
  )
}

/** Lots, and the draw of K or a method where the document leaves it to chance. */
function DrawTabs(props: { trade: TradePage; lot: string }): JSX.Element {
  const tabs = () => {
    const lots = props.trade.lots.map((lot) => ({
      id: lot.id,
      text: t('draw.ofExperts', { lot: pick(lot.terms.title) }),
    }))
    const own = { id: `${props.trade.id}-0`, text: t('draw.ofParameters') }
    return drawsParameters(props.trade) ? [...lots, own] : lots
  }
  return (
    <Show when={tabs().length > 1}>
      <Tabs
        tabs={tabs().map(({ id, text }) => ({
          href: `/t/${props.trade.id}/draw?lot=${id}`,
          text,
          isHere: id === props.lot,
        }))}
      />
    </Show>
  )
}

export function drawsParameters(trade: TradePage): boolean {
  const price = trade.document?.scoring.price
  if (!price) return false
  const lists = [
    'kCandidates' in price && price.k === undefined ? price.kCandidates : undefined,
    'methodCandidates' in price ? price.methodCandidates : undefined,
  ]
  return lists.some((list) => (list?.length ?? 0) > 1)
}

function Body(props: DrawProps): JSX.Element {
  return (
    <Stack>
      <OwnCall {...props} />
      <Show
        when={props.page.rules ?? props.page.stage === 'none'}
        fallback={<Notice tone="sealed">{t('draw.sealed')}</Notice>}
      >
        <CommitPanel {...props} />
        <CheckpointPanel {...props} />
        <NoncePanel {...props} />
        <StepsPanel {...props} />
        <Show when={!isOfParameters(props.page)}>
          <CommitteePanel {...props} />
        </Show>
      </Show>
    </Stack>
  )
}
