import { useSearchParams } from '@solidjs/router'
import { createEffect, type JSX, Match, onCleanup, Show, Switch } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { Stack } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { get } from '../../shell/api.ts'
import { createLive } from '../../shell/create-live.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { Ended } from '../ended-later.ts'
import { TradeFrame, useTrade, useTradeNo } from '../frame.tsx'
import { isOver } from '../lot-state.ts'
import { Before } from './before.tsx'
import { type HallPage, isBefore } from './hall-answer.ts'
import {
  BeforeActs,
  HostBar,
  LateSignIn,
  Objections,
  OpeningRecord,
  OwnActs,
} from './hall-later.ts'
import { Running } from './running.tsx'

export const parts = [BeforeActs, OwnActs, HostBar, LateSignIn, Objections, OpeningRecord]

/** 不见面开标大厅: the same for all; what one may do here follows from one's part in the trade. */
export default function HallPageView(): JSX.Element {
  const trade = useTrade()
  const no = useTradeNo()
  const [search] = useSearchParams<{ view?: string }>()
  const hall = createLive(
    () => get<HallPage>(`/api/projects/${no()}/opening`),
    () => [no()],
  )
  const isWall = () => search.view === 'wall'
  createEffect(() => {
    if (isWall()) document.documentElement.dataset.view = 'wall'
    else document.documentElement.removeAttribute('data-view')
  })
  onCleanup(() => document.documentElement.removeAttribute('data-view'))
  const now = useTradeNow(trade)
  return (
    <TradeFrame
      trade={trade}
      title={t('hall.title')}
      actions={
        <span class="yg-wide">
          <ButtonLink href={`/t/${no()}/opening${isWall() ? '' : '?view=wall'}`}>
            {t(isWall() ? 'hall.wall.leave' : 'hall.wall.enter')}
          </ButtonLink>
        </span>
      }
    >
      <Show when={hall.problem() && !hall()}>
        <Notice tone="danger">{hall.problem()?.message}</Notice>
      </Show>
      <Show when={hall() && trade()}>
        <Switch>
          <Match when={isCalledOff(hall() as HallPage, trade() as TradePage)}>
            <Aborted hall={hall() as HallPage} trade={trade() as TradePage} />
          </Match>
          <Match when={isBefore(hall() as HallPage)}>
            <Before hall={hall() as HallPage} now={now} onDone={hall.refresh} />
          </Match>
          <Match when={true}>
            <Running
              hall={hall() as HallPage}
              trade={trade() as TradePage}
              now={now}
              isWall={isWall()}
              onDone={hall.refresh}
            />
          </Match>
        </Switch>
      </Show>
    </TradeFrame>
  )
}

/** Nothing was opened and nothing will be, whatever ended the trade. */
const isCalledOff = (hall: HallPage, trade: TradePage): boolean =>
  hall.stage === 'aborted' || (!hall.startedAt && trade.lots.every(isOver))

function Aborted(props: { hall: HallPage; trade: TradePage }): JSX.Element {
  // Once the list was out it is known who had bid; no price is, until all are.
  const text = () => t(props.hall.startedAt ? 'hall.aborted.listed' : 'hall.aborted.text')
  return (
    <Stack>
      <Ended trade={props.trade} />
      <Notice title={t('hall.aborted.title')}>{text()}</Notice>
      <div>
        <ButtonLink href={`/t/${props.trade.id}`}>{t('hall.aborted.back')}</ButtonLink>
      </div>
    </Stack>
  )
}
