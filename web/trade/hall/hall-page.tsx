import { useSearchParams } from '@solidjs/router'
import { createEffect, type JSX, Match, onCleanup, Show, Switch } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { Split, Stack } from '../../kit/layout.tsx'
import { StageRail } from '../../kit/stage-rail.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { get } from '../../shell/api.ts'
import { createLive } from '../../shell/create-live.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { TradeFrame, useTrade, useTradeNo } from '../frame.tsx'
import { LotTabs, useLot } from '../use-lot.tsx'
import { Before } from './before.tsx'
import { Board } from './board.tsx'
import { type HallLot, type HallPage, isBefore, shownStage } from './hall-answer.ts'
import { HostBar } from './host-bar.tsx'
import { Objections } from './objections.tsx'
import { OwnActs } from './own-acts.tsx'
import { Reading } from './reading.tsx'
import { OpeningRecord } from './record.tsx'
import { hallRail } from './rows.ts'
import { Side } from './side.tsx'
import { Window } from './window.tsx'

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
        <ButtonLink href={`/t/${no()}/opening${isWall() ? '' : '?view=wall'}`}>
          {t(isWall() ? 'hall.wall.leave' : 'hall.wall.enter')}
        </ButtonLink>
      }
    >
      <Show when={hall.problem() && !hall()}>
        <Notice tone="danger">{hall.problem()?.message}</Notice>
      </Show>
      <Show when={hall() && trade()}>
        <Switch>
          <Match when={hall()?.stage === 'aborted'}>
            <Aborted hall={hall() as HallPage} />
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

function Aborted(props: { hall: HallPage }): JSX.Element {
  return (
    <Stack>
      <Notice tone="warn" title={t('hall.aborted.title')}>
        {t('hall.aborted.text')}
      </Notice>
      <div>
        <ButtonLink href={`/t/${props.hall.project}`}>{t('hall.aborted.back')}</ButtonLink>
      </div>
    </Stack>
  )
}

function Running(props: {
  hall: HallPage
  trade: TradePage
  now: () => number
  isWall: boolean
  onDone: () => Promise<void>
}): JSX.Element {
  const wanted = useLot()
  const lot = () => props.hall.lots.find((one) => one.lot === wanted()) ?? props.hall.lots[0]
  const isOfficer = () => props.hall.me.role === 'host' || props.hall.me.role === 'witness'
  const board = () => (
    <Show when={lot()}>
      {(one) => (
        <>
          <Board hall={props.hall} lot={one() as HallLot} />
          <Reading hall={props.hall} isWall={props.isWall} />
        </>
      )}
    </Show>
  )
  return (
    <Stack>
      <StageRail label={t('hall.steps')} stages={hallRail(props.hall)} />
      <LotTabs trade={props.trade} lot={lot()?.lot ?? ''} path="/opening" />
      <Show when={props.hall.stage === 'halted'}>
        <Notice tone="warn" live="polite" title={t('hall.halted.title')}>
          {t('hall.halted.text', { cause: props.hall.halts?.at(-1)?.cause ?? '' })}
        </Notice>
      </Show>
      <Show when={shownStage(props.hall) === 'drawing'}>
        <Notice live="polite">
          <p>{t('hall.drawing.text')}</p>
          <a href={`/t/${props.hall.project}/draw`}>{t('hall.drawing.link')}</a>
        </Notice>
      </Show>
      <Show
        when={!props.isWall}
        fallback={
          <>
            <Window hall={props.hall} now={props.now} />
            {board()}
          </>
        }
      >
        <Split kind="rail" side={<Side {...props} />}>
          <Show when={lot()}>
            {(one) => (
              <OwnActs
                hall={props.hall}
                lot={one() as HallLot}
                trade={props.trade}
                now={props.now}
                onDone={props.onDone}
              />
            )}
          </Show>
          <Show when={isOfficer() && props.hall.stage !== 'closed'}>
            <HostBar hall={props.hall} trade={props.trade} onDone={props.onDone} />
          </Show>
          {board()}
          <Show when={lot()}>
            {(one) => <Objections hall={props.hall} lot={one() as HallLot} onDone={props.onDone} />}
          </Show>
          <Show
            when={
              props.hall.openedAt && props.hall.me.role !== null
                ? true
                : props.hall.stage === 'closed'
            }
          >
            <OpeningRecord hall={props.hall} />
          </Show>
        </Split>
      </Show>
    </Stack>
  )
}
