import { type JSX, Show } from 'solid-js'
import { Icon } from './icons.tsx'

/** What came of a check, on top: green only where all of it holds. */
export function Verdict(props: {
  tone: 'ok' | 'warn' | 'danger'
  title: string
  text: JSX.Element
  actions?: JSX.Element
}): JSX.Element {
  return (
    <section class="yg-verdict" data-tone={props.tone} role="status" aria-label={props.title}>
      <p class="yg-verdict-title">
        <Icon
          name={props.tone === 'ok' ? 'check' : props.tone === 'warn' ? 'alert' : 'cross'}
          size={28}
        />
        {props.title}
      </p>
      <p class="yg-verdict-text">{props.text}</p>
      <Show when={props.actions}>
        <div class="yg-row">{props.actions}</div>
      </Show>
    </section>
  )
}
