import { createUniqueId, For, type JSX, Show } from 'solid-js'

/** The grid that pages are laid on: they have no styles of their own. */
export function Stack(props: { gap?: 'small' | 'large'; children: JSX.Element }): JSX.Element {
  return (
    <div class="yg-stack" data-gap={props.gap}>
      {props.children}
    </div>
  )
}

/** @param props.align `end`: fields and their button stand on one line */
export function Row(props: {
  spread?: boolean
  align?: 'end'
  children: JSX.Element
}): JSX.Element {
  return (
    <div class="yg-row" data-spread={props.spread ? '' : undefined} data-align={props.align}>
      {props.children}
    </div>
  )
}

/** Main part and side: `rail` on the right, `lead` on the left, `even` halves; one column on phones. */
export function Split(props: {
  kind: 'rail' | 'lead' | 'even'
  side: JSX.Element
  children: JSX.Element
}): JSX.Element {
  const side = () => <div class="yg-split-side">{props.side}</div>
  return (
    <div class="yg-split" data-kind={props.kind}>
      <Show when={props.kind === 'lead'}>{side()}</Show>
      <div class="yg-stack">{props.children}</div>
      <Show when={props.kind !== 'lead'}>{side()}</Show>
    </div>
  )
}

/** A part of a page with its heading; `card` sets it on a surface. */
export function Section(props: {
  title: string
  more?: JSX.Element
  note?: string
  card?: boolean
  id?: string
  children: JSX.Element
}): JSX.Element {
  const heading = createUniqueId()
  return (
    <section
      class={props.card ? 'yg-section yg-card' : 'yg-section'}
      aria-labelledby={heading}
      id={props.id}
    >
      <div class="yg-section-head">
        <h2 class="yg-section-title" id={heading}>
          {props.title}
        </h2>
        {props.more}
      </div>
      <Show when={props.note}>
        <p class="yg-note">{props.note}</p>
      </Show>
      {props.children}
    </section>
  )
}

export interface Fact {
  readonly name: string
  readonly value: JSX.Element
  readonly note?: JSX.Element
}

/** Names and values of one thing. */
export function Facts(props: { rows: readonly Fact[]; kind?: 'rail' }): JSX.Element {
  return (
    <dl class="yg-facts" data-kind={props.kind}>
      <For each={props.rows}>
        {(row) => (
          <div class="yg-facts-row">
            <dt class="yg-facts-name">{row.name}</dt>
            <dd>
              {row.value}
              <Show when={row.note}>
                <span class="yg-facts-note">{row.note}</span>
              </Show>
            </dd>
          </div>
        )}
      </For>
    </dl>
  )
}

/** Text as its author broke it into lines. */
export function Prose(props: { children: JSX.Element }): JSX.Element {
  return <div class="yg-prose">{props.children}</div>
}

/** A list of things, each one with a name that leads to it. */
export function Items<T>(props: {
  items: readonly T[]
  row: (item: T) => JSX.Element
  label?: string
}): JSX.Element {
  return (
    <ul class="yg-list" aria-label={props.label}>
      <For each={props.items}>{(item) => <li>{props.row(item)}</li>}</For>
    </ul>
  )
}

/** Rows of fields that can be added and taken away. */
export function FieldRows<T>(props: {
  items: readonly T[]
  row: (item: T, index: () => number) => JSX.Element
  actions?: (item: T, index: () => number) => JSX.Element
  add?: JSX.Element
}): JSX.Element {
  return (
    <div class="yg-rows">
      <For each={props.items}>
        {(item, index) => (
          <div class="yg-rows-row">
            <div class="yg-rows-fields">{props.row(item, index)}</div>
            {props.actions?.(item, index)}
          </div>
        )}
      </For>
      <Show when={props.add}>
        <div>{props.add}</div>
      </Show>
    </div>
  )
}
