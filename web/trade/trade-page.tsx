import { type JSX, Show } from 'solid-js'
import { limit, time, timeProse } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { ButtonLink } from '../kit/button.tsx'
import { Countdown } from '../kit/countdown.tsx'
import { Facts, Section, Split, Stack } from '../kit/layout.tsx'
import { NextAct } from '../kit/next-act.tsx'
import { StageRail } from '../kit/stage-rail.tsx'
import { Notice } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { useTradeNow } from '../shell/use-now.ts'
import { DocumentView } from './document-view.tsx'
import { Ended } from './ended-later.ts'
import { TradeFrame, useTrade } from './frame.tsx'
import { isHeld, mayTerminate } from './lot-state.ts'
import { nextStepOf, type OwnLots } from './next-act.ts'
import { railOf } from './stages.ts'
import { Terminate } from './terminate-later.ts'
import { Changes, Lots } from './trade-sections.tsx'

/** One trade, the same address for everyone: my next act, its times, its stages, its document. */
export default function TradePageView(): JSX.Element {
  const trade = useTrade()
  // A bidder's own standing by lot; known to the bidder alone, so it is not in the trade's answer.
  const own = createLive(
    () => ownLots(trade()),
    () => [trade()?.id ?? ''],
  )
  /** What ended it stands at the top. */
  async function showEnd(): Promise<void> {
    await trade.refresh()
    window.scrollTo(0, 0)
  }
  return (
    <TradeFrame trade={trade}>
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <Show when={one().published?.successor}>
              {(successor) => (
                <Notice tone="warn" title={t('overview.successor')}>
                  <a href={`/t/${successor()}`}>{successor()}</a>
                </Notice>
              )}
            </Show>
            <Show when={one().lots.some(isHeld)}>
              <Ended trade={one()} />
            </Show>
            <Split kind="rail" side={<Side trade={one()} />}>
              <Next trade={one()} own={own() ?? {}} />
              <Parties trade={one()} />
            </Split>
            <Show when={one().published}>
              <StageRail label={t('overview.rail.label')} stages={railOf(one())} />
            </Show>
            <Show when={one().lots.length > 0}>
              <Lots trade={one()} live={trade} own={own() ?? {}} />
            </Show>
            <Show when={one().roles.includes('Pu') && one().lots.some(mayTerminate)}>
              <Terminate trade={one()} done={showEnd} />
            </Show>
            <Show when={one().published}>{(published) => <Changes published={published()} />}</Show>
            <Show when={one().document}>
              {(document) => (
                <DocumentView project={one().id} document={document()} files={latestFiles(one())} />
              )}
            </Show>
          </Stack>
        )}
      </Show>
    </TradeFrame>
  )
}

/** @returns by lot id; a lot that was not joined is left out */
async function ownLots(trade: TradePage | undefined): Promise<OwnLots> {
  if (!trade?.roles.includes('Bown')) return {}
  const all = await Promise.all(
    trade.lots.map(({ id }) =>
      get<{ stage: string }>(`/api/lots/${id}/bid`).then(
        (bid) => [id, bid.stage] as const,
        () => [id, undefined] as const,
      ),
    ),
  )
  return Object.fromEntries(all)
}

const latestFiles = (trade: TradePage) => trade.published?.versions.at(-1)?.files ?? trade.files

function Next(props: { trade: TradePage; own: OwnLots }): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const step = () => nextStepOf(props.trade, props.own)
  return (
    <NextAct
      kind={step().kind}
      title={t(`overview.next.${step().id}`)}
      clock={<Show when={step().at}>{(at) => <Countdown until={at()} now={now} />}</Show>}
      text={
        <>
          <Show when={step().at}>
            {(at) => <p>{t('overview.next.until', { time: timeProse(at()) })}</p>}
          </Show>
          <p class="yg-note">{t(`overview.next.${step().id}Text`)}</p>
        </>
      }
      act={
        step().href ? (
          <ButtonLink
            kind={step().kind === 'act' ? 'primary' : 'secondary'}
            href={step().href ?? ''}
          >
            {t(`overview.next.${step().id}Act`)}
          </ButtonLink>
        ) : undefined
      }
    />
  )
}

/** Key times; before the notice there are none yet. */
function Side(props: { trade: TradePage }): JSX.Element {
  return (
    <Show when={props.trade.published}>
      {(one) => (
        <Section title={t('document.times.title')} card>
          <Facts
            kind="rail"
            rows={[
              {
                name: t('document.times.deadline'),
                value: <strong>{time(one().deadline)}</strong>,
                note: t('document.times.lateNote'),
              },
              { name: t('document.times.notice'), value: time(one().at) },
              { name: t('document.times.documentUntil'), value: limit(one().times.documentUntil) },
              ...(props.trade.regime === 'tender'
                ? [
                    {
                      name: t('document.times.objectUntil'),
                      value: limit(one().times.objectDocumentUntil),
                    },
                  ]
                : []),
              { name: t('document.times.validUntil'), value: limit(one().times.validityUntil) },
            ]}
          />
        </Section>
      )}
    </Show>
  )
}

function Parties(props: { trade: TradePage }): JSX.Element {
  const purchaser = () =>
    props.trade.regime === 'tender' ? 'overview.parties.tenderer' : 'overview.parties.purchaser'
  return (
    <Section title={t('overview.parties.title')} card>
      <Facts
        rows={[
          { name: t(purchaser()), value: props.trade.purchaser.name },
          { name: t('overview.parties.agency'), value: props.trade.agency.name },
          { name: t('overview.parties.centre'), value: props.trade.tradingCentre.name },
        ]}
      />
    </Section>
  )
}
