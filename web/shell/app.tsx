import { Route, Router, type RouteSectionProps, useLocation } from '@solidjs/router'
import { createEffect, createSignal, type JSX, lazy, on, onMount, Show, Suspense } from 'solid-js'
import { time } from '../i18n/format.ts'
import { loadTexts, t } from '../i18n/i18n.ts'
import { Loading } from '../kit/status.tsx'
import { Toasts } from '../kit/toast.tsx'
import { ElderStrip, Foot } from './foot.tsx'
import { liveStatus, liveStatusAt } from './live.ts'
import { pages } from './pages.tsx'
import { Printed } from './printed.tsx'
import { isDemo } from './session.ts'
import { signRequest } from './signer.ts'
import { TopBar } from './top-bar.tsx'

const SignHost = lazy(async () => {
  const [host] = await Promise.all([import('./sign-host.tsx'), loadTexts('keys')])
  return host
})

/** The client: one bar, the page, one signing dialog. */
export function App(): JSX.Element {
  return (
    <Router root={Frame}>
      {pages.map((page) => (
        <Route path={page.path} component={page.component} />
      ))}
    </Router>
  )
}

function Frame(props: RouteSectionProps): JSX.Element {
  const location = useLocation()
  const [hasSigned, setSigned] = createSignal(false)
  let main: HTMLElement | undefined
  // A new page is announced by its heading, which takes the focus.
  createEffect(
    on(
      () => location.pathname,
      () => requestAnimationFrame(() => (main?.querySelector('h1') ?? main)?.focus()),
      { defer: true },
    ),
  )
  createEffect(() => {
    if (signRequest()) setSigned(true)
  })
  onMount(() => {
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  })
  return (
    <>
      <a class="yg-skip" href="#main" onClick={() => main?.focus()}>
        {t('shell.skip')}
      </a>
      <Show when={isDemo()}>
        <aside class="yg-band" aria-label={t('shell.demo.label')}>
          <span>{t('shell.demo.band')}</span>
          <a href="/login">{t('shell.demo.identities')}</a>
        </aside>
      </Show>
      <TopBar />
      <ElderStrip />
      <Lost />
      <main class="yg-main" id="main" tabindex="-1" ref={main}>
        <Suspense fallback={<Loading />}>{props.children}</Suspense>
      </main>
      <Foot />
      <Printed />
      <Show when={hasSigned()}>
        <Suspense>
          <SignHost />
        </Suspense>
      </Show>
      <Toasts closeText={t('shell.close')} />
    </>
  )
}

/** Says since when nothing new comes; two seconds of silence are not worth a word. */
function Lost(): JSX.Element {
  const [isShown, setShown] = createSignal(false)
  createEffect(
    on(liveStatus, (status) => {
      if (status !== 'lost') setShown(false)
      else setTimeout(() => setShown(liveStatus() === 'lost'), 2000)
    }),
  )
  return (
    <Show when={isShown()}>
      <div class="yg-band" data-tone="warn" role="status">
        {t('shell.lost', { time: time(new Date(liveStatusAt()).toISOString()) })}
      </div>
    </Show>
  )
}
