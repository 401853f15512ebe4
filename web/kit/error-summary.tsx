import { createEffect, For, type JSX, on, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { fieldId } from './field.tsx'

export interface ErrorLine {
  /** The field it leads to; none: it is about the whole. */
  readonly name?: string
  readonly text: string
  /** Opens what the field is in, where it is not in sight. */
  readonly reveal?: () => void
}

/** All that is wrong, first on the page: takes the focus, leads to each field. */
export function ErrorSummary(props: { errors: readonly ErrorLine[]; title?: string }): JSX.Element {
  let box: HTMLDivElement | undefined
  createEffect(
    on(
      () => props.errors,
      (errors) => {
        if (errors.length > 0) queueMicrotask(() => box?.focus())
      },
    ),
  )
  function go(event: MouseEvent, line: ErrorLine): void {
    event.preventDefault()
    line.reveal?.()
    requestAnimationFrame(() => document.getElementById(fieldId(line.name ?? ''))?.focus())
  }
  return (
    <Show when={props.errors.length > 0}>
      <div class="yg-errors" role="alert" tabindex="-1" ref={box}>
        <h2 class="yg-errors-title">{props.title ?? t('kit.errors.title')}</h2>
        <ul>
          <For each={props.errors}>
            {(line) => (
              <li>
                <Show when={line.name} fallback={line.text}>
                  <a href={`#${fieldId(line.name ?? '')}`} onClick={(e) => go(e, line)}>
                    {line.text}
                  </a>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  )
}
