import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { limit } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../kit/button.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { StageRail } from '../../kit/stage-rail.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { newKey, post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { Ended } from '../ended-later.ts'
import { TradeFrame, useTrade } from '../frame.tsx'
import { Reading } from '../reading.tsx'
import { useAct } from '../use-act.ts'
import { LotTabs } from '../use-lot.tsx'
import { alarmText } from './alarms.tsx'
import { CorrectionList } from './corrections.tsx'
import type { DeskPage } from './desk-answers.ts'
import { useDesk } from './desk-page.tsx'
import { Discussion } from './discussion.tsx'
import { Matrices } from './matrices-view.tsx'
import { Members } from './members.tsx'
import { MotionList } from './motions.tsx'
import { isOrganiser, Organising } from './organising.tsx'
import { Paused, PauseForm } from './pausing.tsx'
import { railOf } from './rail.ts'
import { ReportPart } from './report.tsx'
import { RequestList } from './requests.tsx'

interface ChairProps {
  readonly trade: TradePage
  readonly page: DeskPage
  readonly live: Live<DeskPage>
}

/**
 * How far the committee is. To its chair: what came out once all is in, and what goes on. To those
 * who organise the evaluation: seats and progress, and what they do where it cannot go on.
 */
export default function ChairPageView(): JSX.Element {
  const trade = useTrade()
  const { lot, desk } = useDesk()
  const title = () => {
    const one = trade()
    return t(one && isOrganiser(one) ? 'desk.course.title' : 'desk.chair.title')
  }
  return (
    <TradeFrame
      trade={trade}
      title={title()}
      actions={
        <Show when={desk()?.you?.isMember}>
          <ButtonLink href={`/t/${trade()?.id}/desk?lot=${lot()}`}>{t('desk.toDesk')}</ButtonLink>
        </Show>
      }
    >
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <LotTabs trade={one()} lot={lot()} path="/desk/chair" />
            <Reading of={desk}>
              {(page) => (
                <Switch>
                  <Match when={!page().you?.isChair && !isOrganiser(one())}>
                    <Notice tone="warn" title={t('desk.chair.notYou')} />
                  </Match>
                  <Match when={page().lotStage === 'terminated'}>
                    <Ended trade={one()} lot={lot()} />
                  </Match>
                  <Match when={page().you?.isChair}>
                    <Chair trade={one()} page={page()} live={desk} />
                  </Match>
                  <Match when={isOrganiser(one())}>
                    <Organising trade={one()} page={page()} live={desk} />
                  </Match>
                </Switch>
              )}
            </Reading>
          </Stack>
        )}
      </Show>
    </TradeFrame>
  )
}

function Chair(props: ChairProps): JSX.Element {
  const isOver = () => props.page.stage === 'ranked' || props.page.stage === 'reported'
  return (
    <Stack>
      <StageRail label={t('desk.chair.rail')} stages={railOf(props.page)} />
      <Paused {...props} mayResume />
      <Show when={props.page.stage === 'phase'}>
        <CloseAct {...props} />
      </Show>
      <Discussion {...props} />
      <Show when={props.page.stage === 'aggregated' && !props.page.discussUntil}>
        <Section title={t('desk.chair.aggregated')} note={t('desk.chair.aggregatedNote')} card>
          <For each={(props.page.alarms ?? []).filter((a) => a.confirmed === null)}>
            {(alarm) => <Notice tone="warn">{alarmText(props.page, alarm)}</Notice>}
          </For>
        </Section>
      </Show>
      <Show when={props.page.stage === 'ranked'}>
        <ReportAct {...props} />
      </Show>
      <LowPrice page={props.page} />
      <Show when={!isOver()}>
        <Members page={props.page} />
      </Show>
      <Show when={isOver()}>
        <ReportPart {...props} />
      </Show>
      <Matrices page={props.page} />
      <Show when={props.page.stage === 'phase' || props.page.stage === 'aggregated'}>
        <RequestList page={props.page} />
        <CorrectionList page={props.page} />
        <MotionList {...props} />
      </Show>
      <Show when={!isOver() && props.page.stage !== 'failed'}>
        <PauseForm {...props} />
      </Show>
    </Stack>
  )
}

/** Closing a phase is the chair's act; the server says why it can't be done yet. */
function CloseAct(props: ChairProps): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  const done = () => props.page.members.filter((m) => m.isHandedIn).length
  const phase = () => props.page.phase ?? 'scoring'
  const off = () => props.page.acts.closePhase?.detail ?? null
  const isOwnOpen = () => props.page.members.some((m) => m.isChair && !m.isHandedIn)
  return (
    <>
      <Show when={isOwnOpen()}>
        <NextAct
          kind="act"
          title={t('desk.chair.ownFirst', { phase: t(`desk.phase.${phase()}`) })}
          act={
            <ButtonLink kind="primary" href={`/t/${props.trade.id}/desk?lot=${props.page.lot}`}>
              {t('desk.toDesk')}
            </ButtonLink>
          }
        />
      </Show>
      <NextAct
        kind={off() ? 'wait' : 'act'}
        title={t(off() ? 'desk.chair.waiting' : 'desk.chair.closeTitle', {
          phase: t(`desk.phase.${phase()}`),
        })}
        text={
          <p class="yg-note">
            {t('desk.chair.closeText', { done: done(), all: props.page.members.length })}
          </p>
        }
        act={
          <Button
            kind="primary"
            off={off()}
            pending={acting.busy() !== null}
            onPress={() =>
              void acting.run('close', () =>
                post(
                  `/api/lots/${props.page.lot}/evaluation/phase-closings`,
                  {},
                  { key: newKey() },
                ),
              )
            }
          >
            {t('desk.chair.close', { phase: t(`desk.phase.${phase()}`) })}
          </Button>
        }
      />
      <RefusalNote text={acting.problem()} />
    </>
  )
}

function ReportAct(props: ChairProps): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  const off = () => props.page.acts.submitReport?.detail ?? null
  return (
    <>
      <NextAct
        kind={off() ? 'wait' : 'act'}
        title={t(off() ? 'desk.chair.signing' : 'desk.chair.reportTitle')}
        text={
          <p class="yg-note">
            {t('desk.chair.signed', {
              done: props.page.report?.signatures.length ?? 0,
              all: props.page.members.length,
              time: limit(props.page.report?.signUntil ?? props.page.now),
            })}
          </p>
        }
        act={
          <Button
            kind="primary"
            off={off()}
            pending={acting.busy() !== null}
            onPress={() =>
              void acting.run('report', () =>
                post(`/api/lots/${props.page.lot}/evaluation/report`, {}, { key: newKey() }),
              )
            }
          >
            {t('desk.chair.report')}
          </Button>
        }
      />
      <RefusalNote text={acting.problem()} />
    </>
  )
}

/** Prices that must be explained before the phase can close. */
function LowPrice(props: { page: DeskPage }): JSX.Element {
  const names = () =>
    (props.page.lowPrice?.reviewed ?? [])
      .map((party) => props.page.bids.find((b) => b.party === party)?.name ?? party)
      .join('、')
  return (
    <Show when={(props.page.lowPrice?.reviewed.length ?? 0) > 0}>
      <Notice tone="warn" title={t('desk.lowPrice.title', { names: names() })}>
        {t('desk.lowPrice.text')}
      </Notice>
    </Show>
  )
}
