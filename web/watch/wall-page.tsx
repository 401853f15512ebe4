import { createSignal, For, type JSX, Show } from 'solid-js'
import { limit, time } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { Select } from '../kit/choice.tsx'
import { MoreRows } from '../kit/data-table.tsx'
import { Section, Split, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { regionText } from '../kit/region-text.ts'
import { Empty, Notice, Tag } from '../kit/status.tsx'
import { Tile, Tiles } from '../kit/tile.tsx'
import { toast } from '../kit/toast.tsx'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { createMore } from '../shell/create-more.ts'

interface Alarm {
  readonly rule: string
  readonly zh: string
  readonly en: string
  readonly source: string
  readonly at: string
}
type Kind = 'opening' | 'evaluation' | 'other'
interface Session {
  readonly trade: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly region: string
  readonly kind: Kind
  readonly stage: string
  readonly now: string
  readonly next: string | null
  readonly progress: { readonly done: number; readonly of: number } | null
  readonly alarms: readonly Alarm[]
}

interface WallAnswer {
  readonly tiles: readonly Session[]
  readonly next: string | null
}

function stageText(session: Session): string {
  for (const key of [`watch.stage.${session.stage}`, `trade.stage.${session.stage}`]) {
    const text = t(key as TextKey)
    if (text !== key) return text
  }
  return session.stage
}

/** The regulator's wall: alarms first, then every session that runs now. Read only. */
export default function WallPage(): JSX.Element {
  const wall = createLive(() => get<WallAnswer>('/api/watch'))
  const [kind, setKind] = createSignal<Kind | 'all'>('all')
  const [region, setRegion] = createSignal('all')
  const more = createMore<Session>(() => wall()?.next, {
    read: async (link) => {
      const page = await get<WallAnswer>(link)
      return { items: page.tiles, next: page.next }
    },
    failed: toast,
  })
  // A session that moved to the first page meanwhile stands there, as it is now.
  const all = () => {
    const first = wall()?.tiles ?? []
    return [
      ...first,
      ...more.rows().filter((one) => !first.some(({ trade }) => trade === one.trade)),
    ]
  }
  const regions = () => [...new Set(all().map((one) => one.region))].sort()
  const shown = () =>
    all().filter(
      (one) =>
        (kind() === 'all' || one.kind === kind()) &&
        (region() === 'all' || one.region === region()),
    )
  return (
    <Page title={t('watch.title')} lead={t('watch.lead')} live={wall}>
      <Split kind="lead" side={<Alarms sessions={all()} />}>
        <Section
          title={t('watch.sessions', { count: shown().length })}
          more={
            <div class="yg-row">
              <Select<Kind | 'all'>
                label={t('watch.byKind')}
                hideLabel
                name="watch-kind"
                value={kind()}
                options={(['all', 'opening', 'evaluation', 'other'] as const).map((value) => ({
                  value,
                  text: t(`watch.kind.${value}`),
                }))}
                onValue={setKind}
              />
              <Show when={regions().length > 1}>
                <Select
                  label={t('watch.byRegion')}
                  hideLabel
                  name="watch-region"
                  value={region()}
                  options={[
                    { value: 'all', text: t('watch.allRegions') },
                    ...regions().map((code) => ({ value: code, text: regionText(code) })),
                  ]}
                  onValue={setRegion}
                />
              </Show>
            </div>
          }
        >
          <Show
            when={shown().length > 0}
            fallback={
              <Empty title={t('watch.sessions.none')}>
                <Upcoming sessions={all()} />
              </Empty>
            }
          >
            <Tiles>
              <For each={shown()}>{(one) => <SessionTile session={one} />}</For>
            </Tiles>
          </Show>
          <Show when={more.isThere()}>
            <div>
              <MoreRows isLoading={more.isLoading()} onMore={() => void more.read()} />
            </div>
          </Show>
        </Section>
      </Split>
    </Page>
  )
}

/** Every alarm with its rule and article, the newest first; a look, never a verdict. */
function Alarms(props: { sessions: readonly Session[] }): JSX.Element {
  const alarms = () =>
    props.sessions
      .flatMap((session) => session.alarms.map((alarm) => ({ session, alarm })))
      .sort((a, b) => (a.alarm.at < b.alarm.at ? 1 : -1))
  return (
    <Section title={t('watch.alarms', { count: alarms().length })}>
      <Show
        when={alarms().length > 0}
        fallback={<Empty title={t('watch.alarms.none')}>{t('watch.alarms.noneHint')}</Empty>}
      >
        <Stack gap="small">
          <For each={alarms()}>
            {({ session, alarm }) => (
              <Notice tone="warn" title={pick(alarm)}>
                <p>
                  <a href={`/t/${session.trade}/ledger`}>{pick(session.title)}</a>
                </p>
                <p class="yg-note">
                  {t('watch.alarms.of', { time: time(alarm.at), source: alarm.source })}
                </p>
              </Notice>
            )}
          </For>
        </Stack>
      </Show>
    </Section>
  )
}

function SessionTile(props: { session: Session }): JSX.Element {
  const one = () => props.session
  return (
    <Tile
      href={`/t/${one().trade}/ledger`}
      title={pick(one().title)}
      tone={one().alarms.length > 0 ? 'warn' : undefined}
      tags={
        <>
          <Tag tone={one().kind === 'other' ? 'plain' : 'sun'}>{t(`watch.kind.${one().kind}`)}</Tag>
          <Tag>{stageText(one())}</Tag>
          <Show when={one().alarms.length > 0}>
            <Tag tone="warn">{t('watch.alarmCount', { count: one().alarms.length })}</Tag>
          </Show>
        </>
      }
      facts={[
        ...(one().progress
          ? [
              t(one().stage === 'decrypting' ? 'watch.released' : 'watch.confirmed', {
                done: one().progress?.done ?? 0,
                of: one().progress?.of ?? 0,
              }),
            ]
          : []),
        t('watch.nowIs', { time: time(one().now) }),
        ...(one().next ? [t('watch.nextIs', { time: limit(one().next ?? '') })] : []),
      ]}
    />
  )
}

/** What comes, where nothing runs. */
function Upcoming(props: { sessions: readonly Session[] }): JSX.Element {
  const next = () =>
    props.sessions
      .filter((one) => one.next !== null)
      .sort((a, b) => ((a.next ?? '') < (b.next ?? '') ? -1 : 1))
      .slice(0, 3)
  return (
    <For each={next()}>
      {(one) => (
        <p>
          <a href={`/t/${one.trade}`}>{pick(one.title)}</a> {limit(one.next ?? '')}
        </p>
      )}
    </For>
  )
}
