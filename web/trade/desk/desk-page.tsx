import { type JSX, Match, Show, Switch } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { Stack } from '../../kit/layout.tsx'
import { Empty, Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { get } from '../../shell/api.ts'
import { createLive, type Live } from '../../shell/create-live.ts'
import { Ended } from '../ended-later.ts'
import { TradeFrame, useTrade, useTradeNo } from '../frame.tsx'
import { Reading } from '../reading.tsx'
import { LotTabs, useLot } from '../use-lot.tsx'
import { Alarms } from './alarms.tsx'
import { CorrectionList } from './corrections.tsx'
import type { DeskPage } from './desk-answers.ts'
import { Discussion } from './discussion.tsx'
import { Election } from './election.tsx'
import { Matrices } from './matrices-view.tsx'
import { MotionList } from './motions.tsx'
import { Paused } from './pausing.tsx'
import { ReportPart } from './report.tsx'
import { RequestList } from './requests.tsx'
import { ScoringDesk } from './scoring-desk.tsx'
import { Undertaking } from './undertaking.tsx'

/** Reads the evaluation of a lot and keeps it fresh. */
export function useDesk(): { lot: () => string; desk: Live<DeskPage> } {
  const lot = useLot()
  const no = useTradeNo()
  const desk = createLive(
    () => get<DeskPage>(`/api/lots/${lot()}/evaluation`),
    () => [no()],
  )
  return { lot, desk }
}

/** The expert's desk: undertake, elect, judge alone, answer for the report. */
export default function DeskPageView(): JSX.Element {
  const trade = useTrade()
  const { lot, desk } = useDesk()
  return (
    <TradeFrame
      trade={trade}
      title={t('desk.title')}
      actions={
        <Show when={desk()?.you?.isChair}>
          <ButtonLink href={`/t/${trade()?.id}/desk/chair?lot=${lot()}`}>
            {t('desk.toChair')}
          </ButtonLink>
        </Show>
      }
    >
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <LotTabs trade={one()} lot={lot()} path="/desk" />
            <Reading of={desk}>
              {(page) => (
                <Show
                  when={page().lotStage !== 'terminated'}
                  fallback={<Ended trade={one()} lot={lot()} />}
                >
                  <Body trade={one()} page={page()} live={desk} />
                </Show>
              )}
            </Reading>
          </Stack>
        )}
      </Show>
    </TradeFrame>
  )
}

interface BodyProps {
  readonly trade: TradePage
  readonly page: DeskPage
  readonly live: Live<DeskPage>
}

function Body(props: BodyProps): JSX.Element {
  const isMember = () => props.page.you?.isMember ?? false
  const isOpen = () => ['aggregated', 'ranked', 'reported'].includes(props.page.stage)
  return (
    <Show
      when={isMember()}
      fallback={
        <Notice tone="warn" title={t('desk.notMember')}>
          {t('desk.notMemberText')}
        </Notice>
      }
    >
      <Stack>
        <Switch>
          <Match when={props.page.stage === 'assembled'}>
            <Undertaking {...props} />
          </Match>
          <Match when={props.page.stage === 'ready'}>
            <Election {...props} />
          </Match>
          <Match when={props.page.stage === 'phase'}>
            <ScoringDesk {...props} />
          </Match>
          <Match when={props.page.stage === 'aggregated'}>
            <Discussion {...props} />
            <Show when={!props.page.discussUntil && !props.page.undecided}>
              <Alarms {...props} />
            </Show>
          </Match>
          <Match when={props.page.stage === 'paused'}>
            <Paused {...props} mayResume={false} />
          </Match>
          <Match when={props.page.stage === 'ranked' || props.page.stage === 'reported'}>
            <ReportPart {...props} />
          </Match>
          <Match when={props.page.stage === 'failed'}>
            <Notice tone="warn" title={t('desk.failed')}>
              {t('desk.failedText')}
            </Notice>
          </Match>
        </Switch>
        <Show when={props.page.stage === 'phase' || props.page.stage === 'aggregated'}>
          <RequestList {...props} />
          <CorrectionList page={props.page} />
          <MotionList {...props} />
        </Show>
        <Show when={isOpen()}>
          <Matrices page={props.page} />
        </Show>
        <Show when={props.page.stage === 'none' || props.page.stage === 'waiting'}>
          <Empty title={t('desk.notYet')} />
        </Show>
      </Stack>
    </Show>
  )
}
