import { type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Countdown } from '../../kit/countdown.tsx'
import type { HallPage } from './hall-answer.ts'

/** Time left of the window that runs, if one does. */
export function Window(props: { hall: HallPage; now: () => number }): JSX.Element {
  return (
    <Show when={props.hall.windowEndsAt}>
      {(until) => <Countdown until={until()} now={props.now} atZero={t('hall.window.atZero')} />}
    </Show>
  )
}
