import { For, type JSX, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { DataTable } from '../kit/data-table.tsx'
import { Section, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { Empty, Notice, Tag } from '../kit/status.tsx'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'

interface Alarm {
  readonly rule: string
  readonly zh: string
  readonly en: string
  readonly source: string
  readonly at: string
}
interface Tile {
  readonly trade: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly kind: 'opening' | 'evaluation' | 'other'
  readonly stage: string
  readonly now: string
  readonly next: string | null
  readonly progress: { readonly done: number; readonly of: number } | null
  readonly alarms: readonly Alarm[]
}

function stageText(tile: Tile): string {
  for (const key of [`watch.stage.${tile.stage}`, `trade.stage.${tile.stage}`]) {
    const text = t(key as TextKey)
    if (text !== key) return text
  }
  return tile.stage
}

/** The regulator's wall: alarms first, then every session that runs now. Read only. */
export default function WallPage(): JSX.Element {
  const wall = createLive(() => get<{ tiles: readonly Tile[] }>('/api/watch'))
  const tiles = () => wall()?.tiles ?? []
  const alarms = () => tiles().flatMap((tile) => tile.alarms.map((alarm) => ({ tile, alarm })))
  return (
    <Page title={t('watch.title')} lead={t('watch.lead')} live={wall}>
      <Stack gap="large">
        <Section title={t('watch.alarms', { count: alarms().length })}>
          <Show when={alarms().length > 0} fallback={<Empty title={t('watch.alarms.none')} />}>
            <Stack gap="small">
              <For each={alarms()}>
                {({ tile, alarm }) => (
                  <Notice tone="warn" title={pick(alarm)}>
                    <p>
                      <a href={`/t/${tile.trade}/ledger`}>{pick(tile.title)}</a> · {time(alarm.at)}{' '}
                      · {alarm.source}
                    </p>
                  </Notice>
                )}
              </For>
            </Stack>
          </Show>
        </Section>
        <Section title={t('watch.sessions', { count: tiles().length })}>
          <DataTable
            caption={t('watch.title')}
            hideCaption
            rows={tiles()}
            keyOf={(tile) => tile.trade}
            empty={<Empty title={t('watch.sessions.none')} />}
            columns={[
              {
                id: 'what',
                head: t('watch.what'),
                cell: (tile) => <a href={`/t/${tile.trade}`}>{pick(tile.title)}</a>,
              },
              {
                id: 'stage',
                head: t('watch.stage'),
                nowrap: true,
                cell: (tile) => (
                  <Tag tone={tile.kind === 'other' ? 'plain' : 'sun'}>
                    {t(`watch.kind.${tile.kind}`)} · {stageText(tile)}
                  </Tag>
                ),
              },
              {
                id: 'progress',
                head: t('watch.progress'),
                nowrap: true,
                cell: (tile) =>
                  tile.progress ? `${tile.progress.done} / ${tile.progress.of}` : '—',
              },
              { id: 'now', head: t('watch.now'), nowrap: true, cell: (tile) => time(tile.now) },
              {
                id: 'next',
                head: t('watch.next'),
                nowrap: true,
                cell: (tile) => (tile.next ? time(tile.next) : '—'),
              },
              {
                id: 'timeline',
                head: t('watch.timeline'),
                nowrap: true,
                cell: (tile) => <a href={`/t/${tile.trade}/ledger`}>{t('watch.timeline')}</a>,
              },
            ]}
          />
        </Section>
      </Stack>
    </Page>
  )
}
