import { For, type JSX } from 'solid-js'

/** Tiles side by side, as many as there is room for. */
export function Tiles(props: { children: JSX.Element }): JSX.Element {
  return <ul class="yg-tiles">{props.children}</ul>
}

/** One thing that runs: its name leads to it, what it is doing now under that. */
export function Tile(props: {
  href: string
  title: string
  tags: JSX.Element
  facts: readonly string[]
  tone?: 'warn'
}): JSX.Element {
  return (
    <li class="yg-tile" data-tone={props.tone}>
      <div class="yg-row">{props.tags}</div>
      <a class="yg-tile-title" href={props.href}>
        {props.title}
      </a>
      <For each={props.facts}>{(fact) => <p class="yg-tile-fact">{fact}</p>}</For>
    </li>
  )
}
