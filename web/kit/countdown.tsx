import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { left } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Icon } from './icons.tsx'

const minuteMs = 60_000
/** Minutes and seconds at which the clock speaks. */
const spokenMs = [30, 10, 5, 1, 0.5, 1 / 6].map((minutes) => minutes * minuteMs)

/** Brown in the last ten minutes, red in the last one. */
export function countTone(leftMs: number): 'warn' | 'danger' | undefined {
  if (leftMs <= minuteMs) return 'danger'
  return leftMs <= 10 * minuteMs ? 'warn' : undefined
}

/**
 * Time left by the server's clock. At zero it doesn't say that anything has closed: it waits for
 * the server's event.
 * @param props.now ms of the clock that counts, a signal
 */
export function Countdown(props: {
  until: string
  now: () => number
  over?: string
  atZero?: string
  big?: boolean
}): JSX.Element {
  const leftMs = () => Date.parse(props.until) - props.now()
  const [spoken, setSpoken] = createSignal('')
  createEffect(
    on(leftMs, (ms, before) => {
      if (before === undefined) return
      if (spokenMs.some((at) => ms <= at && before > at))
        setSpoken(t('kit.count.left', { left: left(ms) }))
    }),
  )
  return (
    <span class="yg-count-place">
      <Show
        when={leftMs() > 0}
        fallback={<span class="yg-count">{props.atZero ?? t('kit.count.atZero')}</span>}
      >
        <span class="yg-count-over">{props.over ?? t('kit.count.over')}</span>
        <span
          class="yg-count"
          data-tone={countTone(leftMs())}
          data-big={props.big ? '' : undefined}
          role="timer"
          aria-live="off"
        >
          {left(leftMs())}
        </span>
      </Show>
      <span class="yg-hidden-text" role="status">
        {spoken()}
      </span>
    </span>
  )
}

/** How well this device knows the server's clock. */
export function SyncBadge(props: {
  sync: { readonly offsetMs: number; readonly errorMs: number } | null
}): JSX.Element {
  const isDrifting = () => Math.abs(props.sync?.offsetMs ?? 0) > 1000
  return (
    <span class="yg-sync" data-tone={!props.sync || isDrifting() ? 'warn' : undefined}>
      <Icon name={props.sync ? 'clock' : 'alert'} size={16} />
      <Show when={props.sync} fallback={t('kit.sync.lost')}>
        {(sync) => (
          <>
            {t(isDrifting() ? 'kit.sync.drifting' : 'kit.sync.good', {
              offset: `${sync().offsetMs <= -0.5 ? '−' : '+'}${Math.abs(Math.round(sync().offsetMs))}`,
              error: sync().errorMs,
            })}
          </>
        )}
      </Show>
    </span>
  )
}
