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

/**
 * The whole way of a trade: done, now, to come, dated. Where it is narrow all marks stay in sight
 * and the present stage alone has its name, on a line below.
 */
export function StageRail(props: { stages: readonly Stage[]; label: string }): JSX.Element {
  let list: HTMLOListElement | undefined
  // Where large type makes it wider than its place, the present stage is brought into sight.
  createEffect(() => {
    const at = props.stages.findIndex((stage) => stage.state === 'now')
    const one = list?.children[at] as HTMLElement | undefined
    if (list && one) list.scrollLeft = one.offsetLeft - list.clientWidth / 2 + one.clientWidth / 2
  })
  return (
    <div class="yg-stages-way">
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
      <p class="yg-stages-here" aria-hidden="true">
        <Here stages={props.stages} />
      </p>
    </div>
  )
}

/** The stage that counts now, and what comes after it. */
function Here(props: { stages: readonly Stage[] }): JSX.Element {
  const at = () => {
    const open = props.stages.findIndex(({ state }) => state === 'now' || state === 'blocked')
    return open >= 0 ? open : props.stages.findLastIndex(({ state }) => state === 'done')
  }
  const next = () => props.stages[at() + 1]
  return (
    <Show when={props.stages[at()]}>
      {(stage) => (
        <>
          <span>
            <strong>{stage().name}</strong>
            <Show when={stage().at}> {stage().at}</Show>
          </span>
          <Show when={stage().state !== 'blocked'}>
            <span class="yg-stages-place">
              {t('kit.stage.place', { at: at() + 1, of: props.stages.length })}
              <Show when={next()}>{(one) => t('kit.stage.next', { name: one().name })}</Show>
            </span>
          </Show>
        </>
      )}
    </Show>
  )
}
