import { type JSX, onCleanup, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { SyncBadge } from '../kit/countdown.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { type Fact, Facts, Section, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { Hash } from '../kit/proof.tsx'
import { Notice, Tag, type Tone } from '../kit/status.tsx'
import { get } from '../shell/api.ts'
import { sync, useTick } from '../shell/clock.ts'
import { createLive } from '../shell/create-live.ts'
import { liveStatus } from '../shell/live.ts'

interface Health {
  readonly status: 'ready' | 'degraded'
  readonly version: string
  readonly mode: 'demo' | 'production'
  readonly now: string
  readonly parts: Readonly<Record<'database' | 'ledger' | 'files' | 'video' | 'mail', string>>
  readonly log: { readonly origin: string; readonly vkey: string; readonly size: number }
}
interface Outages {
  readonly items: readonly {
    readonly id: string
    readonly from: string
    readonly until: string
    readonly zh: string
    readonly en: string
  }[]
}
const againMs = 15_000

/** How the platform is right now, part by part; a part that is missing says what it means. */
export default function StatusPage(): JSX.Element {
  // 503 has the same body as 200: a part is away, and that is what is shown.
  const page = createLive<Health>(async () => (await fetch('/healthz')).json() as Promise<Health>)
  const timer = setInterval(() => void page.refresh(), againMs)
  onCleanup(() => clearInterval(timer))
  useTick()
  const tone = (state: string): Tone =>
    state === 'away' || state.includes('behind') ? 'danger' : state === 'off' ? 'warn' : 'ok'
  const part = (name: keyof Health['parts'], state: string): Fact => ({
    name: t(`portal.status.${name}`),
    value: <Tag tone={tone(state)}>{t(wordOf(state))}</Tag>,
    note:
      state === 'off'
        ? t(name === 'video' ? 'portal.status.videoOff' : 'portal.status.mailOff')
        : undefined,
  })
  return (
    <Page title={t('portal.status.title')} live={page}>
      <Show when={page()}>
        {(health) => (
          <Stack>
            <Notice
              tone={health().status === 'ready' ? 'ok' : 'danger'}
              title={t(`portal.status.${health().status}`)}
            >
              {t('portal.status.asOf', { time: time(health().now) })}
            </Notice>
            <Section title={t('portal.status.parts')} card>
              <Facts
                rows={[
                  ...(['database', 'ledger', 'files', 'video', 'mail'] as const).map((name) =>
                    part(name, health().parts[name]),
                  ),
                  {
                    name: t('portal.status.stream'),
                    value: (
                      <Tag tone={liveStatus() === 'lost' ? 'danger' : 'ok'}>
                        {t(`portal.status.live.${liveStatus()}`)}
                      </Tag>
                    ),
                  },
                  { name: t('portal.status.clock'), value: <SyncBadge sync={sync()} /> },
                ]}
              />
            </Section>
            <Section title={t('portal.status.log')} note={t('portal.status.logHint')} card>
              <Facts
                rows={[
                  { name: t('portal.status.origin'), value: health().log.origin },
                  { name: t('portal.status.size'), value: health().log.size.toLocaleString('en') },
                  { name: t('portal.status.vkey'), value: <Hash value={health().log.vkey} /> },
                  { name: t('portal.status.version'), value: health().version },
                ]}
              />
            </Section>
            <OutageRecord />
          </Stack>
        )}
      </Show>
    </Page>
  )
}

/** When the platform stood still, newest first; what that did to limits is on each trade's page. */
function OutageRecord(): JSX.Element {
  const outages = createLive(() => get<Outages>('/api/platform/outages'), ['OutageRecorded'])
  return (
    <Section title={t('portal.status.outages')} note={t('portal.status.outagesNote')} card>
      <Show when={outages()}>
        {(page) => (
          <DataTable
            caption={t('portal.status.outages')}
            hideCaption
            rows={[...page().items].reverse()}
            empty={<p>{t('portal.status.outagesNone')}</p>}
            columns={[
              { id: 'from', head: t('portal.status.outageFrom'), cell: (row) => time(row.from) },
              { id: 'until', head: t('portal.status.outageUntil'), cell: (row) => time(row.until) },
              { id: 'what', head: t('portal.status.outageWhat'), cell: (row) => pick(row) },
            ]}
          />
        )}
      </Show>
    </Section>
  )
}

function wordOf(state: string) {
  if (state === 'off') return 'portal.status.off' as const
  return state === 'away' || state.includes('behind')
    ? ('portal.status.away' as const)
    : ('portal.status.works' as const)
}
