import { createEffect, For, type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Icon } from './icons.tsx'

export interface Stage {
  readonly id: string
  readonly name: string
  readonly state: 'done' | 'now' | 'todo' | 'blocked'
  /** When it was, or when it is due; already a text. */
  readonly at?: string | null
}

/** The whole way of a trade: done, now, to come, dated. */
export function StageRail(props: { stages: readonly Stage[]; label: string }): JSX.Element {
  let list: HTMLOListElement | undefined
  // On a narrow screen the present stage is brought into sight, sideways alone.
  createEffect(() => {
    const at = props.stages.findIndex((stage) => stage.state === 'now')
    const one = list?.children[at] as HTMLElement | undefined
    if (list && one) list.scrollLeft = one.offsetLeft - list.clientWidth / 2 + one.clientWidth / 2
  })
  return (
    <ol class="yg-stages" aria-label={props.label} ref={list} tabindex="0">
      <For each={props.stages}>
        {(stage) => (
          <li
            class="yg-stages-stage"
            data-state={stage.state}
            aria-current={stage.state === 'now' ? 'step' : undefined}
          >
            <span class="yg-stages-mark">
              <Show when={stage.state === 'done'}>
                <Icon name="check" size={14} />
              </Show>
              <Show when={stage.state === 'blocked'}>
                <Icon name="cross" size={14} />
              </Show>
              <span class="yg-hidden-text">{t(`kit.stage.${stage.state}`)}</span>
            </span>
            <span class="yg-stages-name">{stage.name}</span>
            <Show when={stage.at}>
              <span class="yg-stages-at">{stage.at}</span>
            </Show>
          </li>
        )}
      </For>
    </ol>
  )
}
