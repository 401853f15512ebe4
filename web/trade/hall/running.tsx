import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Split, Stack } from '../../kit/layout.tsx'
import { isFew } from '../../kit/price-board.tsx'
import { StageRail } from '../../kit/stage-rail.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { LotTabs, useLot } from '../use-lot.tsx'
import { Board } from './board.tsx'
import { type HallLot, type HallPage, mayAct, shownStage } from './hall-answer.ts'
import { HostBar, Objections, OpeningRecord, OwnActs } from './hall-later.ts'
import { Reading } from './reading.tsx'
import { hallRail, haltCause } from './rows.ts'
import { releasedOf, Side } from './side.tsx'
import { Window } from './window.tsx'

/** The session from the list on: one's own act first, then the board, then what is said of it. */
export function Running(props: {
  hall: HallPage
  trade: TradePage
  now: () => number
  isWall: boolean
  onDone: () => Promise<void>
}): JSX.Element {
  const wanted = useLot()
  const lot = () => props.hall.lots.find((one) => one.lot === wanted()) ?? props.hall.lots[0]
  const [read, setRead] = createSignal<string | null>(null)
  const isOfficer = () => props.hall.me.role === 'host' || props.hall.me.role === 'witness'
  const acts = () => (
    <>
      <Show when={props.hall.me.role === 'bidder' && lot()}>
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
    </>
  )
  const board = () => (
    <>
      <Show when={!props.isWall}>
        <Narrow hall={props.hall} now={props.now} />
      </Show>
      <Show when={lot()}>
        {(one) => (
          <>
            <Board hall={props.hall} lot={one() as HallLot} read={read()} isWall={props.isWall} />
            <Reading hall={props.hall} isWall={props.isWall} onRead={setRead} />
          </>
        )}
      </Show>
    </>
  )
  const hasRecord = () =>
    props.hall.stage === 'closed' || (props.hall.openedAt && props.hall.me.role !== null)
  const hasObjections = () =>
    (props.hall.objections ?? []).length > 0 || mayAct(props.hall, `object ${lot()?.lot}`)
  const after = () => (
    <>
      <Show when={hasObjections() && lot()}>
        {(one) => <Objections hall={props.hall} lot={one() as HallLot} onDone={props.onDone} />}
      </Show>
      <Show when={hasRecord()}>
        <OpeningRecord hall={props.hall} />
      </Show>
    </>
  )
  return (
    <Stack>
      <StageRail label={t('hall.steps')} stages={hallRail(props.hall)} />
      <LotTabs trade={props.trade} lot={lot()?.lot ?? ''} path="/opening" />
      <Show when={props.hall.stage === 'halted'}>
        <Notice tone="warn" live="polite" title={t('hall.halted.title')}>
          {t('hall.halted.text', { cause: haltCause(props.hall.halts?.at(-1)?.cause ?? '') })}
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
        <Show
          when={isFew(lot()?.rows ?? [])}
          fallback={
            <>
              {acts()}
              <div class="yg-strip">
                <Side {...props} />
              </div>
              {board()}
              {after()}
            </>
          }
        >
          <Split kind="rail" side={<Side {...props} />}>
            {acts()}
            {board()}
            {after()}
          </Split>
        </Show>
      </Show>
    </Stack>
  )
}

/** Where the side stands below the board: what counts of it, above. */
function Narrow(props: { hall: HallPage; now: () => number }): JSX.Element {
  return (
    <div class="yg-narrow">
      <div class="yg-row" data-spread="">
        <Window hall={props.hall} now={props.now} />
        <span class="yg-note">
          {t('hall.side.released')} {releasedOf(props.hall)}
        </span>
      </div>
    </div>
  )
}
