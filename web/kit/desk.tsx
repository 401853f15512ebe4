import { createEffect, For, type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Icon } from './icons.tsx'

/** A desk of three columns: what there is to judge, the paper, the judgement. One under the other on phones. */
export function Desk(props: {
  left: JSX.Element
  right: JSX.Element
  children: JSX.Element
}): JSX.Element {
  return (
    <div class="yg-desk">
      <div class="yg-desk-left">{props.left}</div>
      <div class="yg-desk-middle">{props.children}</div>
      <div class="yg-desk-right">{props.right}</div>
    </div>
  )
}

export interface Step {
  readonly id: string
  readonly text: string
  /** At the end of the line: `6.5`, `3 / 12`. */
  readonly value?: string
  readonly state: 'done' | 'todo' | 'wrong' | 'out'
  readonly isHere?: boolean
}

/** A list that is worked through: each line says how far it is, in a word for those who hear it. */
export function Steps(props: {
  label: string
  steps: readonly Step[]
  onPick: (id: string) => void
}): JSX.Element {
  let list: HTMLUListElement | undefined
  // Of a long list the line that is looked at is in sight, without moving the page.
  createEffect(() => {
    const one = list?.children[props.steps.findIndex((step) => step.isHere)] as
      | HTMLElement
      | undefined
    if (!list || !one || list.scrollHeight <= list.clientHeight) return
    const [top, end] = [one.offsetTop - list.offsetTop, one.offsetHeight]
    if (top < list.scrollTop) list.scrollTop = top
    else if (top + end > list.scrollTop + list.clientHeight)
      list.scrollTop = top + end - list.clientHeight
  })
  return (
    <ul class="yg-desk-steps" aria-label={props.label} ref={list}>
      <For each={props.steps}>
        {(step) => (
          <li>
            <button
              type="button"
              class="yg-desk-step"
              data-state={step.state}
              aria-current={step.isHere ? 'true' : undefined}
              onClick={() => props.onPick(step.id)}
            >
              <span class="yg-desk-mark">
                <Show when={step.state === 'done'}>
                  <Icon name="check" size={14} />
                </Show>
                <Show when={step.state === 'wrong'}>
                  <Icon name="alert" size={14} />
                </Show>
                <Show when={step.state === 'out'}>
                  <Icon name="cross" size={14} />
                </Show>
                <span class="yg-hidden-text">{t(`kit.desk.${step.state}`)}</span>
              </span>
              <span class="yg-desk-text" title={step.text}>
                {step.text}
              </span>
              <Show when={step.value}>
                <span class="yg-desk-value">{step.value}</span>
              </Show>
            </button>
          </li>
        )}
      </For>
    </ul>
  )
}

/** Keys of a page, each with what it does. */
export function KeyList(props: {
  keys: readonly { readonly key: string; readonly text: string }[]
}): JSX.Element {
  return (
    <dl class="yg-keys">
      <For each={props.keys}>
        {(row) => (
          <div class="yg-keys-row">
            <dt>
              <kbd>{row.key}</kbd>
            </dt>
            <dd>{row.text}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}

/** A part that opens: native, so it works before and without script. */
export function Fold(props: {
  title: string
  note?: JSX.Element
  open?: boolean
  children: JSX.Element
}): JSX.Element {
  return (
    <details class="yg-fold" open={props.open}>
      <summary class="yg-fold-head">
        <span class="yg-fold-title">{props.title}</span>
        <span class="yg-fold-note">{props.note}</span>
      </summary>
      <div class="yg-fold-body">{props.children}</div>
    </details>
  )
}
