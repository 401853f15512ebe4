import type { JSX } from 'solid-js'

/** What is read out now, as a caption; large ones for those who sit far away. */
export function ReadingLine(props: {
  text: string
  isOn: boolean
  large?: boolean
  actions?: JSX.Element
}): JSX.Element {
  return (
    <div
      class="yg-reading"
      data-on={props.isOn ? '' : undefined}
      data-large={props.large ? '' : undefined}
    >
      <p class="yg-reading-text" role="status">
        {props.text}
      </p>
      <div class="yg-row">{props.actions}</div>
    </div>
  )
}
