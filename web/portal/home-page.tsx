import { useNavigate } from '@solidjs/router'
import { createEffect, type JSX, Show } from 'solid-js'
import { isSameDay, limit } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Items, Section, Split, Stack } from '../kit/layout.tsx'
import { Empty, Loading, Notice } from '../kit/status.tsx'
import type { Page, TradeRow } from '../shell/answers.ts'
import { get } from '../shell/api.ts'
import { serverNowMs } from '../shell/clock.ts'
import { createLive, type Live } from '../shell/create-live.ts'
import { TradeItem } from './trade-item.tsx'

const shownLatest = 10
const shownToday = 5

/** What the public comes for: search, what happens today, the latest notices. */
export default function HomePage(): JSX.Element {
  const page = createLive(() => get<Page<TradeRow>>('/api/projects?limit=50'))
  createEffect(() => {
    document.title = t('portal.home.title')
  })
  const rows = () => page()?.items ?? []
  const opening = () => rows().filter((row) => row.stage === 'opening')
  // Still open for bids, the soonest deadline first; a demo trade counts by its own clock.
  const open = () =>
    rows()
      .filter((row) => row.stage === 'tendering')
      .sort((a, b) => (a.deadline < b.deadline ? -1 : 1))
  const due = () => open().filter((row) => isSameDay(row.deadline, nowOf(row)))
  return (
    <Stack gap="large">
      <Hero />
      <Show when={page()} fallback={<Missing page={page} />}>
        <Split kind="even" side={<Due today={due()} open={open()} />}>
          <Section title={t('portal.home.opening')}>
            <Show
              when={opening().length > 0}
              fallback={
                <Empty title={t('portal.home.noneOpening')}>
                  <Show when={open()[0]}>{(next) => <NextOpening trade={next()} />}</Show>
                </Empty>
              }
            >
              <Items
                items={opening().slice(0, shownToday)}
                row={(trade) => <TradeItem trade={trade} />}
              />
            </Show>
          </Section>
        </Split>
        <Section
          title={t('portal.home.latest')}
          more={<a href="/search">{t('portal.home.all')}</a>}
        >
          <Show
            when={rows().length > 0}
            fallback={
              <Empty title={t('portal.home.noneYet')}>{t('portal.home.noneYetHint')}</Empty>
            }
          >
            <Items
              items={rows().slice(0, shownLatest)}
              row={(trade) => <TradeItem trade={trade} />}
            />
          </Show>
        </Section>
        <Guides />
      </Show>
    </Stack>
  )
}

const nowOf = (row: TradeRow) => row.now ?? new Date(serverNowMs()).toISOString()

function Hero(): JSX.Element {
  const navigate = useNavigate()
  return (
    <div class="yg-hero">
      <h1 class="yg-hero-title" tabindex="-1">
        {t('portal.home.heading')}
      </h1>
      <form
        class="yg-hero-search"
        role="search"
        aria-label={t('portal.search.title')}
        action="/search"
        onSubmit={(event) => {
          event.preventDefault()
          const words = String(new FormData(event.currentTarget).get('query') ?? '').trim()
          navigate(words ? `/search?query=${encodeURIComponent(words)}` : '/search')
        }}
      >
        <input class="yg-input" type="search" name="query" aria-label={t('portal.search.words')} />
        <Button kind="primary" type="submit">
          {t('portal.search.go')}
        </Button>
      </form>
      <p class="yg-note">{t('portal.home.promise')}</p>
    </div>
  )
}

/** What closes today; nothing today: what closes soonest. */
function Due(props: { today: readonly TradeRow[]; open: readonly TradeRow[] }): JSX.Element {
  const rows = () => (props.today.length > 0 ? props.today : props.open)
  return (
    <Section title={t(props.today.length > 0 ? 'portal.home.due' : 'portal.home.soon')}>
      <Show when={rows().length > 0} fallback={<Empty title={t('portal.home.noneDue')} />}>
        <Items items={rows().slice(0, shownToday)} row={(trade) => <TradeItem trade={trade} />} />
      </Show>
    </Section>
  )
}

function NextOpening(props: { trade: TradeRow }): JSX.Element {
  return (
    <p>
      {t('portal.home.next', { time: limit(props.trade.deadline) })}{' '}
      <a href={`/t/${props.trade.id}`}>{pick(props.trade.title)}</a>
    </p>
  )
}

function Guides(): JSX.Element {
  return (
    <Section title={t('portal.home.guides')}>
      <Split
        kind="even"
        side={
          <Notice title={t('portal.home.help')}>
            <p>{t('portal.home.helpText')}</p>
            <a href="/help">{t('portal.home.helpLink')}</a>
          </Notice>
        }
      >
        <Notice title={t('portal.home.verify')}>
          <p>{t('portal.home.verifyText')}</p>
          <a href="/verify">{t('portal.home.verifyLink')}</a>
        </Notice>
      </Split>
    </Section>
  )
}

function Missing(props: { page: Live<Page<TradeRow>> }): JSX.Element {
  return (
    <Show when={props.page.problem()} fallback={<Loading />}>
      {(problem) => (
        <Notice tone="danger" live="polite">
          <p>{problem().message}</p>
          <Button small onPress={() => void props.page.refresh()}>
            {t('kit.page.retry')}
          </Button>
        </Notice>
      )}
    </Show>
  )
}
