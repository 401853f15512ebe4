import { createEffect, For, type JSX, Match, Show, Switch } from 'solid-js'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from './button.tsx'
import { Loading, Notice } from './status.tsx'

/** What a page needs to know of its reading; `createLive` gives it. */
export interface Reading {
  (): unknown
  readonly problem: () => { readonly message: string; readonly slug: string } | null
  readonly at: () => number
  readonly refresh: () => Promise<void>
}

export interface PageTab {
  readonly href: string
  readonly text: string
  readonly isHere?: boolean
}

/**
 * A page's head and its four states. With a reading: a skeleton while it comes, the refusal with
 * retry where nothing came, the last good answer with its time where a newer one failed.
 */
export function Page(props: {
  title: string
  facts?: readonly JSX.Element[]
  lead?: JSX.Element
  actions?: JSX.Element
  tabs?: readonly PageTab[]
  live?: Reading
  children: JSX.Element
}): JSX.Element {
  const parts = () => {
    const [first, ...rest] = props.title.split(' · ')
    return rest.length > 0 ? [first, rest.join(' · ')] : [props.title]
  }
  const isMissing = () => props.live !== undefined && props.live() === undefined
  createEffect(() => {
    document.title = t('kit.page.title', { title: props.title })
  })
  return (
    <>
      <div class="yg-page-head">
        <div class="yg-page-top">
          <h1 class="yg-page-title" tabindex="-1">
            {/* What is done here stands large; the trade that it is done in, on a line of its own. */}
            {parts()[0]}
            <Show when={parts()[1]}>
              <span class="yg-hidden-text"> · </span>
              <span class="yg-page-of">{parts()[1]}</span>
            </Show>
          </h1>
          <Show when={props.actions}>
            <div class="yg-row">{props.actions}</div>
          </Show>
        </div>
        <Show when={props.facts?.length}>
          <p class="yg-page-facts">
            <For each={props.facts}>{(fact) => <span>{fact}</span>}</For>
          </p>
        </Show>
        <Show when={props.lead}>
          <p class="yg-page-lead">{props.lead}</p>
        </Show>
      </div>
      <Show when={props.tabs?.length}>
        <Tabs tabs={props.tabs ?? []} />
      </Show>
      <Show when={props.live?.problem()}>
        {(problem) => (
          <div class="yg-page-stale">
            <Notice
              tone={isMissing() ? 'danger' : 'warn'}
              live="polite"
              title={
                isMissing()
                  ? undefined
                  : t('kit.page.stale', {
                      time: time(new Date(props.live?.at() ?? 0).toISOString()),
                    })
              }
            >
              <p>{problem().message}</p>
              <WayOn slug={problem().slug} onRetry={() => void props.live?.refresh()} />
            </Notice>
          </div>
        )}
      </Show>
      <Show when={!isMissing()} fallback={props.live?.problem() ? null : <Loading />}>
        {props.children}
      </Show>
    </>
  )
}

/** What helps after a refusal: reading again, where it may help; else another place or identity. */
export function WayOn(props: { slug: string; onRetry: () => void }): JSX.Element {
  const here = () => encodeURIComponent(location.pathname + location.search)
  return (
    <div class="yg-row">
      <Switch
        fallback={
          <Button small onPress={props.onRetry}>
            {t('kit.page.retry')}
          </Button>
        }
      >
        <Match when={props.slug === 'not-found'}>
          <ButtonLink small href="/search">
            {t('kit.page.find')}
          </ButtonLink>
          <ButtonLink small href={`/login?to=${here()}`}>
            {t('kit.page.switch')}
          </ButtonLink>
        </Match>
        <Match when={props.slug === 'not-entitled'}>
          <ButtonLink small href={`/login?to=${here()}`}>
            {t('kit.page.switch')}
          </ButtonLink>
        </Match>
      </Switch>
    </div>
  )
}

/** Tabs of one object; each is an address of its own. */
export function Tabs(props: { tabs: readonly PageTab[] }): JSX.Element {
  let list: HTMLElement | undefined
  // On a narrow screen the present tab is brought into sight, sideways alone.
  const show = () => {
    const at = props.tabs.findIndex((tab) => tab.isHere)
    const one = list?.children[at] as HTMLElement | undefined
    if (list && one) list.scrollLeft = one.offsetLeft - list.offsetLeft - 16
  }
  createEffect(show)
  // A font that comes later makes the tabs wider.
  void document.fonts?.ready.then(show)
  return (
    <nav class="yg-tabs" aria-label={t('kit.tabs')} ref={list}>
      <For each={props.tabs}>
        {(tab) => (
          <a class="yg-tabs-tab" href={tab.href} aria-current={tab.isHere ? 'page' : undefined}>
            {tab.text}
          </a>
        )}
      </For>
    </nav>
  )
}
