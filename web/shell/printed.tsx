import { createSignal, type JSX, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { serverNowMs } from './clock.ts'
import type { LogHead } from './paper-foot.tsx'
import { isPrintReady, preparePrint, whenPrinting } from './print.ts'

const loadFoot = () => import('./paper-foot.tsx')
const PaperFoot = lazy(async () => ({ default: (await loadFoot()).PaperFoot }))

/** On paper: where it was, when it was printed, and by what it is checked. */
export function Printed(): JSX.Element {
  const [printed, setPrinted] = createSignal({ address: '', time: '' })
  const [log, setLog] = createSignal<LogHead>({ size: '', root: '' })
  const look = () =>
    setPrinted({
      address: window.location.href,
      time: time(new Date(serverNowMs()).toISOString()),
    })
  const beforeKey = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'p') void preparePrint()
  }
  whenPrinting(async () => {
    const { readLogHead } = await loadFoot()
    setLog(await readLogHead())
    look()
  })
  onMount(() => {
    addEventListener('beforeprint', look)
    addEventListener('keydown', beforeKey)
    onCleanup(() => {
      removeEventListener('beforeprint', look)
      removeEventListener('keydown', beforeKey)
    })
  })
  return (
    <section class="yg-printed">
      <Show when={isPrintReady()}>
        <Suspense>
          <PaperFoot log={log()} address={printed().address} />
        </Suspense>
      </Show>
      <p class="yg-printed-place">{t('shell.printed', printed())}</p>
    </section>
  )
}
