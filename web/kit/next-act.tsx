import { createUniqueId, type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'

/**
 * First on a page: what to do now, by when. No act: the same place says what comes and when; late:
 * what closed and the remedy that is left.
 */
export function NextAct(props: {
  kind: 'act' | 'wait' | 'late'
  title: string
  /** The time that counts, usually a `Countdown`. */
  clock?: JSX.Element
  text?: JSX.Element
  /** One primary button. */
  act?: JSX.Element
}): JSX.Element {
  const id = createUniqueId()
  return (
    <section class="yg-next" data-kind={props.kind} aria-labelledby={`${id}-over ${id}-title`}>
      <p class="yg-next-over" id={`${id}-over`}>
        {t(`kit.next.${props.kind}`)}
      </p>
      <div class="yg-next-top">
        <p class="yg-next-title" id={`${id}-title`}>
          {props.title}
        </p>
        {props.clock}
      </div>
      {props.text}
      <Show when={props.act}>
        <div class="yg-next-act" data-stuck={props.kind === 'act' ? '' : undefined}>
          {props.act}
        </div>
      </Show>
    </section>
  )
}
