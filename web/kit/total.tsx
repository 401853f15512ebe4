import type { JSX } from 'solid-js'

/** An amount that decides: figures once large, its words under it. */
export function Total(props: { name: string; figures: string; words: string }): JSX.Element {
  return (
    <div class="yg-total">
      <span class="yg-total-name">{props.name}</span>
      <span class="yg-total-figures">{props.figures}</span>
      <span class="yg-total-words" lang="zh-CN">
        {props.words}
      </span>
    </div>
  )
}
