import { createSignal, type JSX, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { Section } from '../kit/layout.tsx'
import { Hash } from '../kit/proof.tsx'
import { RefusalNote } from '../kit/status.tsx'
import { StageTag } from '../portal/trade-item.tsx'
import type { PublishedTrade, TradeLot, TradePage } from '../shell/answers.ts'
import { newKey, post } from '../shell/api.ts'
import type { Live } from '../shell/create-live.ts'
import { keepFocus } from '../shell/keep-focus.ts'
import { asProblem } from '../shell/problem.ts'
import { lotColumns } from './document-view.tsx'
import type { OwnLots } from './next-act.ts'

/** Lots with where they stand; a bidder obtains the document here, seen by nobody else. */
export function Lots(props: {
  trade: TradePage
  live: Live<TradePage>
  own: OwnLots
}): JSX.Element {
  const [problem, setProblem] = createSignal<string | null>(null)
  const [busy, setBusy] = createSignal<string | null>(null)
  const mayJoin = () => props.trade.roles.includes('Bidder')
  const title = () =>
    t(
      props.trade.regime === 'tender'
        ? 'document.lots.tender'
        : 'document.lots.governmentProcurement',
    )
  async function join(lot: TradeLot): Promise<void> {
    const goOn = keepFocus()
    setBusy(lot.id)
    setProblem(null)
    try {
      await post(`/api/lots/${lot.id}/participation`, {}, { key: newKey() })
      await props.live.refresh()
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(null)
    goOn()
  }
  return (
    <Section title={title()} id="lots">
      <RefusalNote text={problem()} />
      <DataTable
        caption={title()}
        hideCaption
        rows={props.trade.lots}
        columns={[
          ...lotColumns<TradeLot>(),
          {
            id: 'stage',
            head: t('document.lots.stage'),
            cell: (lot) => <StageTag stage={lot.stage} />,
          },
          ...(mayJoin()
            ? [
                {
                  id: 'act',
                  head: t('document.lots.act'),
                  cell: (lot: TradeLot) => (
                    <Show when={lot.stage === 'tendering'} fallback={t('document.lots.closed')}>
                      <Show
                        when={props.own[lot.id]}
                        fallback={
                          <Button small pending={busy() === lot.id} onPress={() => void join(lot)}>
                            {t('document.lots.obtain')}
                          </Button>
                        }
                      >
                        <a href={`/t/${props.trade.id}/lots/${lot.id}/bid`}>
                          {t('document.lots.bid')}
                        </a>
                      </Show>
                    </Show>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Show when={mayJoin()}>
        <p class="yg-note">{t('document.lots.secret')}</p>
      </Show>
    </Section>
  )
}

/** What was published, version by version, and every move of the deadline. */
export function Changes(props: { published: PublishedTrade }): JSX.Element {
  const rows = () =>
    [
      ...props.published.versions.map((version) => ({
        at: version.at,
        text:
          version.version === 1
            ? t('overview.changes.notice')
            : t('overview.changes.version', { version: version.version, text: version.text ?? '' }),
        digest: version.documentSha256 as string | null,
      })),
      ...props.published.deadlines.map((move) => ({
        at: move.at,
        text: t(
          move.by.startsWith('outage-') ? 'overview.changes.outage' : 'overview.changes.deadline',
          {
            from: time(move.from),
            to: time(move.to),
          },
        ),
        digest: null,
      })),
    ].sort((a, b) => (a.at < b.at ? 1 : -1))
  return (
    <Section title={t('overview.changes.title')} id="changes">
      <DataTable
        caption={t('overview.changes.title')}
        hideCaption
        rows={rows()}
        columns={[
          { id: 'text', head: t('overview.changes.what'), cell: (row) => row.text },
          { id: 'at', head: t('overview.changes.when'), nowrap: true, cell: (row) => time(row.at) },
          {
            id: 'digest',
            head: t('trade.documentDigest'),
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
