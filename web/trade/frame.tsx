import { useLocation, useParams } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { limit, time, yuanList } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Page } from '../kit/page.tsx'
import type { TradePage } from '../shell/answers.ts'
import { get, post } from '../shell/api.ts'
import { createLive, type Live } from '../shell/create-live.ts'
import { usePrintout } from '../shell/print.ts'
import { asProblem } from '../shell/problem.ts'
import { isDemo } from '../shell/session.ts'
import { useTradeNow } from '../shell/use-now.ts'
import { roomTabs } from './tabs.ts'

/** The number in the address of a trade's page. */
export function useTradeNo(): () => string {
  const params = useParams<{ no: string }>()
  return () => params.no ?? ''
}

/** Reads the trade of the address and keeps it fresh. */
export function useTrade(): Live<TradePage> {
  const no = useTradeNo()
  return createLive(
    () => get<TradePage>(`/api/projects/${no()}`),
    () => [no()],
  )
}

/**
 * What all pages of one trade share: its name and facts, its tabs, in the demo its clock.
 * @param props.title of a page under the trade; none: the trade itself
 */
export function TradeFrame(props: {
  trade: Live<TradePage>
  title?: string
  lead?: JSX.Element
  actions?: JSX.Element
  hideTabs?: boolean
  children: JSX.Element
}): JSX.Element {
  const no = useTradeNo()
  const location = useLocation()
  const tab = (path: string, text: string) => {
    const href = `/t/${no()}${path}`
    const isUnder = path !== '' && location.pathname.startsWith(`${href}/`)
    return { href, text, isHere: location.pathname === href || isUnder }
  }
  usePrintout(() => {
    const digest = props.trade()?.published?.versions.at(-1)?.documentSha256
    return digest ? { name: t('trade.documentDigest'), digest } : null
  })
  const name = () => {
    const title = props.trade()?.title
    return title ? pick(title) : no()
  }
  const tabs = () => [
    tab('', t('trade.tab.overview')),
    tab(
      '/questions',
      t('trade.tab.questions', { count: props.trade()?.published?.answers.length ?? 0 }),
    ),
    ...roomTabs(props.trade()).map(({ path, text }) => tab(path, text)),
    tab('/ledger', t('trade.tab.ledger')),
  ]
  return (
    <>
      <Show when={isDemo() && props.trade()}>
        {(trade) => <TradeClock trade={trade()} live={props.trade} />}
      </Show>
      <Page
        title={props.title ? t('trade.under', { title: props.title, trade: name() }) : name()}
        facts={props.title ? [no()] : factsOf(props.trade())}
        lead={props.lead}
        actions={props.actions}
        tabs={!props.hideTabs && props.trade()?.stage === 'published' ? tabs() : []}
        live={props.trade}
      >
        {props.children}
      </Page>
    </>
  )
}

function factsOf(trade: TradePage | undefined): JSX.Element[] {
  const document = trade?.document
  if (!trade) return []
  if (!document) return [trade.id]
  return [
    trade.id,
    t('trade.kind', {
      regime: t(
        document.category === 'governmentProcurement'
          ? 'trade.regime.governmentProcurement'
          : 'trade.regime.tender',
      ),
      method: t(`trade.method.${document.method}`),
      object: t(`trade.object.${document.objectKind}`),
    }),
    t('trade.budgetOf', { amount: yuanList(document.budgetFen) }),
    t(
      document.category === 'governmentProcurement'
        ? 'trade.lotCount.governmentProcurement'
        : 'trade.lotCount.tender',
      { count: document.lots.length },
    ),
  ]
}

const dayMs = 86_400_000

/** A demo trade's own clock; it moves forward only. */
function TradeClock(props: { trade: TradePage; live: Live<TradePage> }): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  async function move(body: { to: string } | { advanceMs: number } | { frozen: boolean }) {
    setBusy(true)
    setProblem(null)
    try {
      await post(`/api/demo/projects/${props.trade.id}/clock`, body)
      await props.live.refresh()
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }
  return (
    <aside class="yg-band yg-page-stale" aria-label={t('trade.clock.label')}>
      <span>{t('trade.clock.now', { time: time(new Date(now()).toISOString()) })}</span>
      <Button pending={isBusy()} onPress={() => void move({ advanceMs: dayMs })}>
        {t('trade.clock.day')}
      </Button>
      <Button
        pressed={props.trade.clock.frozen}
        onPress={() => void move({ frozen: !props.trade.clock.frozen })}
      >
        {t(props.trade.clock.frozen ? 'trade.clock.run' : 'trade.clock.hold')}
      </Button>
      <Show when={props.trade.next.at}>
        {(at) => (
          <Button pending={isBusy()} onPress={() => void move({ to: at() })}>
            {t('trade.clock.next', { time: limit(at()) })}
          </Button>
        )}
      </Show>
      <Show when={problem()}>
        <span role="alert">{problem()}</span>
      </Show>
    </aside>
  )
}
