import { createSignal, type JSX, Show } from 'solid-js'
import { limit, time, timeProse } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Countdown } from '../kit/countdown.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { Facts, Section, Split, Stack } from '../kit/layout.tsx'
import { NextAct } from '../kit/next-act.tsx'
import { Hash } from '../kit/proof.tsx'
import { StageRail } from '../kit/stage-rail.tsx'
import { Notice } from '../kit/status.tsx'
import { StageTag } from '../portal/trade-item.tsx'
import type { PublishedTrade, TradeLot, TradePage } from '../shell/answers.ts'
import { newKey, post } from '../shell/api.ts'
import type { Live } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import { useTradeNow } from '../shell/use-now.ts'
import { DocumentView, lotColumns } from './document-view.tsx'
import { TradeFrame, useTrade } from './frame.tsx'
import { nextStepOf } from './next-act.ts'
import { railOf } from './stages.ts'

/** One trade, the same address for everyone: my next act, its times, its stages, its document. */
export default function TradePageView(): JSX.Element {
  const trade = useTrade()
  return (
    <TradeFrame trade={trade}>
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <Show when={one().published?.successor}>
              {(successor) => (
                <Notice tone="warn" title={t('trade.successor')}>
                  <a href={`/t/${successor()}`}>{successor()}</a>
                </Notice>
              )}
            </Show>
            <Split kind="rail" side={<Side trade={one()} />}>
              <Next trade={one()} />
              <Parties trade={one()} />
            </Split>
            <Show when={one().published}>
              <StageRail label={t('trade.rail.label')} stages={railOf(one())} />
            </Show>
            <Show when={one().lots.length > 0}>
              <Lots trade={one()} live={trade} />
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

const latestFiles = (trade: TradePage) => trade.published?.versions.at(-1)?.files ?? trade.files

function Next(props: { trade: TradePage }): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const step = () => nextStepOf(props.trade)
  return (
    <NextAct
      kind={step().kind}
      title={t(`trade.next.${step().id}`)}
      clock={<Show when={step().at}>{(at) => <Countdown until={at()} now={now} />}</Show>}
      text={
        <>
          <Show when={step().at}>
            {(at) => <p>{t('trade.next.until', { time: timeProse(at()) })}</p>}
          </Show>
          <p class="yg-note">{t(`trade.next.${step().id}Text`)}</p>
        </>
      }
      act={
        step().href ? (
          <ButtonLink
            kind={step().kind === 'act' ? 'primary' : 'secondary'}
            href={step().href ?? ''}
          >
            {t(`trade.next.${step().id}Act`)}
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
        <Section title={t('trade.times.title')} card>
          <Facts
            kind="rail"
            rows={[
              {
                name: t('trade.times.deadline'),
                value: <strong>{time(one().deadline)}</strong>,
                note: t('trade.times.lateNote'),
              },
              { name: t('trade.times.notice'), value: time(one().at) },
              { name: t('trade.times.documentUntil'), value: limit(one().times.documentUntil) },
              ...(props.trade.regime === 'tender'
                ? [
                    {
                      name: t('trade.times.objectUntil'),
                      value: limit(one().times.objectDocumentUntil),
                    },
                  ]
                : []),
              { name: t('trade.times.validUntil'), value: limit(one().times.validityUntil) },
            ]}
          />
        </Section>
      )}
    </Show>
  )
}

function Parties(props: { trade: TradePage }): JSX.Element {
  const purchaser = () =>
    props.trade.regime === 'tender' ? 'trade.parties.tenderer' : 'trade.parties.purchaser'
  return (
    <Section title={t('trade.parties.title')} card>
      <Facts
        rows={[
          { name: t(purchaser()), value: props.trade.purchaser.name },
          { name: t('trade.parties.agency'), value: props.trade.agency.name },
          { name: t('trade.parties.centre'), value: props.trade.tradingCentre.name },
        ]}
      />
    </Section>
  )
}

function Lots(props: { trade: TradePage; live: Live<TradePage> }): JSX.Element {
  const [problem, setProblem] = createSignal<string | null>(null)
  const [busy, setBusy] = createSignal<string | null>(null)
  const mayJoin = () => props.trade.roles.includes('Bidder')
  const title = () =>
    t(props.trade.regime === 'tender' ? 'trade.lots.tender' : 'trade.lots.governmentProcurement')
  async function join(lot: TradeLot): Promise<void> {
    setBusy(lot.id)
    setProblem(null)
    try {
      await post(`/api/lots/${lot.id}/participation`, {}, { key: newKey() })
      await props.live.refresh()
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(null)
  }
  return (
    <Section title={title()} id="lots">
      <Show when={problem()}>
        <Notice tone="danger" live="assertive">
          {problem()}
        </Notice>
      </Show>
      <DataTable
        caption={title()}
        hideCaption
        rows={props.trade.lots}
        columns={[
          ...lotColumns<TradeLot>(),
          {
            id: 'stage',
            head: t('trade.lots.stage'),
            cell: (lot) => <StageTag stage={lot.stage} />,
          },
          ...(mayJoin()
            ? [
                {
                  id: 'act',
                  head: t('trade.lots.act'),
                  cell: (lot: TradeLot) => (
                    <Show when={lot.stage === 'tendering'} fallback={t('trade.lots.closed')}>
                      <Button small pending={busy() === lot.id} onPress={() => void join(lot)}>
                        {t('trade.lots.obtain')}
                      </Button>
                    </Show>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Show when={mayJoin()}>
        <p class="yg-note">{t('trade.lots.secret')}</p>
      </Show>
    </Section>
  )
}

/** What was published, version by version, and every move of the deadline. */
function Changes(props: { published: PublishedTrade }): JSX.Element {
  const rows = () =>
    [
      ...props.published.versions.map((version) => ({
        at: version.at,
        text:
          version.version === 1
            ? t('trade.changes.notice')
            : t('trade.changes.version', { version: version.version, text: version.text ?? '' }),
        digest: version.documentSha256 as string | null,
      })),
      ...props.published.deadlines.map((move) => ({
        at: move.at,
        text: t('trade.changes.deadline', { from: time(move.from), to: time(move.to) }),
        digest: null,
      })),
    ].sort((a, b) => (a.at < b.at ? 1 : -1))
  return (
    <Section title={t('trade.changes.title')} id="changes">
      <DataTable
        caption={t('trade.changes.title')}
        hideCaption
        rows={rows()}
        columns={[
          { id: 'text', head: t('trade.changes.what'), cell: (row) => row.text },
          { id: 'at', head: t('trade.changes.when'), nowrap: true, cell: (row) => time(row.at) },
          {
            id: 'digest',
            head: t('trade.changes.digest'),
            cell: (row) => (
              <Show when={row.digest} fallback="–">
                {(digest) => <Hash value={digest()} label={row.text} />}
              </Show>
            ),
          },
        ]}
      />
    </Section>
  )
}
