import { useSearchParams } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { pick, t } from '../../i18n/i18n.ts'
import { Stack } from '../../kit/layout.tsx'
import { Tabs } from '../../kit/page.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { get } from '../../shell/api.ts'
import { createLive } from '../../shell/create-live.ts'
import { Ended } from '../ended-later.ts'
import { TradeFrame, useTrade, useTradeNo } from '../frame.tsx'
import { isOver } from '../lot-state.ts'
import { Reading } from '../reading.tsx'
import { drawsParameters, mayReadDraw } from '../tabs.ts'
import { useLot } from '../use-lot.tsx'
import { CommitPanel } from './commit-panel.tsx'
import { CommitteePanel } from './committee-panel.tsx'
import type { DrawPage } from './draw-answers.ts'
import { CheckIn, DrawForms, NonceAct, OwnCall } from './draw-later.ts'
import { DrawNext } from './draw-next.tsx'
import { type DrawProps, isOfParameters } from './draw-props.ts'
import { CheckpointPanel, NoncePanel } from './nonce-panel.tsx'
import { StepsPanel } from './steps-panel.tsx'

export const parts = [DrawForms, NonceAct, CheckIn, OwnCall]

/** The draw: committed, fixed by the log, mixed, walked, seated; anyone recomputes it on his device. */
export default function DrawPageView(): JSX.Element {
  const trade = useTrade()
  const no = useTradeNo()
  const chosen = useLot()
  const [search] = useSearchParams<{ lot?: string }>()
  // Who may not read the draw of experts comes for the parameters, where there are any.
  const lot = () => {
    const one = trade()
    if (search.lot || !one || mayReadDraw(one) || !drawsParameters(one)) return chosen()
    return `${no()}-0`
  }
  const isSealed = () => {
    const one = trade()
    return one !== undefined && !lot().endsWith('-0') && !mayReadDraw(one)
  }
  // Who has declined may not read the draw any more.
  const [isDeclined, setDeclined] = createSignal(false)
  const draw = createLive(
    // Nothing is asked before it is known what this viewer comes for, nor what is sealed to him.
    () =>
      trade() && !isSealed()
        ? get<DrawPage>(`/api/lots/${lot()}/draw`)
        : new Promise<DrawPage>(() => {}),
    () => [no()],
  )
  return (
    <TradeFrame
      trade={trade}
      title={t(lot().endsWith('-0') ? 'draw.ofParameters' : 'draw.title')}
      lead={t('draw.lead')}
    >
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <DrawTabs trade={one()} lot={lot()} />
            <Show when={isSealed() && !isDeclined()}>
              <Notice tone="sealed">{t('draw.sealed')}</Notice>
            </Show>
            <Show
              when={!isDeclined()}
              fallback={
                <Notice tone="ok" title={t('draw.declined')} live="polite">
                  {t('draw.declinedText')}
                </Notice>
              }
            >
              <Show when={!isSealed()}>
                <Reading of={draw}>
                  {(page) => (
                    <Body
                      trade={one()}
                      page={page()}
                      live={draw}
                      onDeclined={() => setDeclined(true)}
                    />
                  )}
                </Reading>
              </Show>
            </Show>
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

function Body(props: DrawProps & { onDeclined: () => void }): JSX.Element {
  const isEnded = () => isOver(props.trade.lots.find((lot) => lot.id === props.page.lot))
  return (
    <Stack>
      <Show when={!isEnded()} fallback={<Ended trade={props.trade} lot={props.page.lot} />}>
        <Show when={!props.page.own && (props.page.rules ?? props.page.stage === 'none')}>
          <DrawNext {...props} />
        </Show>
        <Show when={props.page.own}>
          <OwnCall {...props} />
        </Show>
      </Show>
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
