import { type JSX, Show } from 'solid-js'
import { limit, timeExact } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { ButtonLink } from '../kit/button.tsx'
import { DataTable, MoreRows } from '../kit/data-table.tsx'
import { Section, Stack } from '../kit/layout.tsx'
import { NextAct } from '../kit/next-act.tsx'
import { Page } from '../kit/page.tsx'
import { Empty } from '../kit/status.tsx'
import { toast } from '../kit/toast.tsx'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { createMore, type More } from '../shell/create-more.ts'
import { viewer } from '../shell/session.ts'
import { setWaiting } from '../shell/waiting.ts'

interface Bilingual {
  readonly zh: string
  readonly en: string
}
interface Duty {
  readonly act: string
  readonly trade: string
  readonly lot: string | null
  readonly title: Bilingual
  readonly until: string | null
  readonly path: string
  readonly isDue: boolean
}
interface Notified {
  readonly id: string
  readonly trade: string
  readonly title: Bilingual
  readonly type: string
  readonly recordedAt: string
}
interface MyTrade {
  readonly id: string
  readonly title: Bilingual | null
  readonly stage: string
}
interface Mine {
  readonly duties: readonly Duty[]
  readonly messages: readonly Notified[]
  readonly messagesNext: string | null
  readonly trades: readonly MyTrade[]
  readonly next: string | null
}

/** The words of a key that may be newer than the texts: then its name. */
function words(key: string, fallback: string): string {
  const text = t(key as TextKey)
  return text === key ? fallback : text
}
const actText = (act: string) => words(`my.duty.${act}`, act)
const stageText = (stage: string) =>
  words(`my.trades.stage.${stage}`, words(`trade.stage.${stage}`, stage))
const until = (at: string | null) => (at ? limit(at) : t('my.duties.noLimit'))

/** 待办: what to do next and by when, notices as they were served, and one's trades. */
export default function MyPage(): JSX.Element {
  const mine = createLive(async () => {
    const found = await get<Mine>('/api/my')
    setWaiting(found.duties.length)
    return found
  })
  const first = () => mine()?.duties.find((d) => d.isDue) ?? mine()?.duties[0]
  const isWatching = () => viewer()?.roles.includes('regulator') === true
  const others = () => mine()?.duties.filter((d) => d !== first()) ?? []
  const messages = createMore<Notified>(() => mine()?.messagesNext, { failed: toast })
  const trades = createMore<MyTrade>(() => mine()?.next, {
    read: async (link) => {
      const page = await get<Mine>(link)
      return { items: page.trades, next: page.next }
    },
    failed: toast,
  })
  const lead = () => {
    const one = viewer()
    if (!one) return ''
    return t('my.lead', { party: one.partyName, capacity: t(`shell.capacity.${one.capacity}`) })
  }
  return (
    <Page
      title={t('my.title')}
      lead={lead()}
      live={mine}
      actions={
        <>
          <Show when={viewer()?.roles.includes('bidder')}>
            <ButtonLink href="/my/receipts">{t('my.receipts')}</ButtonLink>
          </Show>
          <Show when={isWatching()}>
            <ButtonLink kind="primary" href="/watch">
              {t('my.watch')}
            </ButtonLink>
          </Show>
        </>
      }
    >
      <Stack gap="large">
        <Show when={first()}>
          {(duty) => (
            <NextAct
              kind="act"
              title={actText(duty().act)}
              text={
                <p>
                  {pick(duty().title)} · <span class="yg-nowrap">{until(duty().until)}</span>
                </p>
              }
              act={
                <ButtonLink kind="primary" href={duty().path}>
                  {t('my.duties.go')}
                </ButtonLink>
              }
            />
          )}
        </Show>
        {/* The first stands above, large: the list has the others, or says that there is nothing. */}
        <Show when={!first() || others().length > 0}>
          <DutyList duties={others()} isRest={first() !== undefined} />
        </Show>
        {/* A regulator takes part in none and sees them all on the wall. */}
        <Show when={!isWatching()}>
          <TradeList trades={mine()?.trades ?? []} more={trades} />
        </Show>
        <NoticeList messages={mine()?.messages ?? []} more={messages} />
      </Stack>
    </Page>
  )
}

function DutyList(props: { duties: readonly Duty[]; isRest: boolean }): JSX.Element {
  const title = () => t(props.isRest ? 'my.duties.others' : 'my.duties')
  return (
    <Section title={title()}>
      <DataTable
        caption={title()}
        hideCaption
        rows={props.duties}
        keyOf={(d) => `${d.act} ${d.trade} ${d.lot}`}
        empty={
          <Empty title={t('my.duties.none')}>
            <p>{t('my.duties.noneHint')}</p>
          </Empty>
        }
        columns={[
          {
            id: 'act',
            head: t('my.duties.what'),
            cell: (d) => <a href={d.path}>{actText(d.act)}</a>,
          },
          { id: 'trade', head: t('my.duties.trade'), cell: (d) => pick(d.title) },
          {
            id: 'until',
            head: t('my.duties.until'),
            nowrap: true,
            cell: (d) => until(d.until),
            by: (d) => d.until ?? '9',
          },
        ]}
      />
    </Section>
  )
}

/** The newest may have moved an earlier row on to the next page: each is shown once. */
function withMore<T extends { readonly id: string }>(rows: readonly T[], more: More<T>): T[] {
  return [...new Map([...rows, ...more.rows()].map((one) => [one.id, one])).values()]
}

function Further<T>(props: { more: More<T> }): JSX.Element {
  return (
    <Show when={props.more.isThere()}>
      <div>
        <MoreRows isLoading={props.more.isLoading()} onMore={() => void props.more.read()} />
      </div>
    </Show>
  )
}

function TradeList(props: { trades: readonly MyTrade[]; more: More<MyTrade> }): JSX.Element {
  const isAgency = () => viewer()?.roles.includes('agency') ?? false
  return (
    <Section
      title={t('my.trades')}
      more={
        <Show when={isAgency()}>
          <ButtonLink href="/t/new">{t('my.trades.new')}</ButtonLink>
        </Show>
      }
    >
      <DataTable
        caption={t('my.trades')}
        hideCaption
        rows={withMore(props.trades, props.more)}
        keyOf={(one) => one.id}
        empty={
          <Empty title={t('my.trades.none')}>
            <p>{t('my.trades.noneHint')}</p>
            <ButtonLink href="/search">{t('my.trades.search')}</ButtonLink>
          </Empty>
        }
        columns={[
          {
            id: 'name',
            head: t('my.trades.name'),
            cell: (one) => <a href={`/t/${one.id}`}>{one.title ? pick(one.title) : one.id}</a>,
          },
          {
            id: 'stage',
            head: t('my.trades.stage'),
            nowrap: true,
            cell: (one) => stageText(one.stage),
          },
        ]}
      />
      <Further more={props.more} />
    </Section>
  )
}

function NoticeList(props: { messages: readonly Notified[]; more: More<Notified> }): JSX.Element {
  return (
    <Section title={t('my.messages')}>
      <DataTable
        caption={t('my.messages')}
        hideCaption
        rows={withMore(props.messages, props.more)}
        keyOf={(m) => m.id}
        empty={<Empty title={t('my.messages.none')} />}
        columns={[
          {
            id: 'what',
            head: t('my.messages.what'),
            cell: (m) => (
              <a href={`/t/${m.trade}`}>
                {words(`event.${m.type}`, m.type)} · {pick(m.title)}
              </a>
            ),
          },
          {
            id: 'when',
            head: t('my.messages.when'),
            nowrap: true,
            cell: (m) => timeExact(m.recordedAt),
            by: (m) => m.recordedAt,
          },
        ]}
      />
      <Further more={props.more} />
    </Section>
  )
}
