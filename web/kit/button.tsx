import { createUniqueId, type JSX, Show } from 'solid-js'

/** A verb that says the act. Off it stays focusable and says why; pending it keeps its width. */
interface Common {
  readonly kind?: 'primary' | 'secondary' | 'danger' | 'plain'
  readonly small?: boolean
  readonly children: JSX.Element
}

export interface ButtonProps extends Common {
  readonly type?: 'button' | 'submit'
  /** Why it can't be pressed now; shown under it. */
  readonly off?: string | null | false
  readonly pending?: boolean
  readonly onPress?: (event: MouseEvent) => void
  readonly label?: string
  readonly controls?: string
  readonly pressed?: boolean
}

export function Button(props: ButtonProps): JSX.Element {
  const reason = createUniqueId()
  const isOff = () => Boolean(props.off) || props.pending
  return (
    <>
      <button
        type={props.type ?? 'button'}
        class="yg-button"
        data-kind={props.kind ?? 'secondary'}
        data-small={props.small ? '' : undefined}
        aria-disabled={isOff() ? 'true' : undefined}
        aria-busy={props.pending ? 'true' : undefined}
        aria-describedby={props.off ? reason : undefined}
        aria-label={props.label}
        aria-controls={props.controls}
        aria-pressed={props.pressed}
        onClick={(event) => {
          if (isOff()) event.preventDefault()
          else props.onPress?.(event)
        }}
      >
        <Show when={props.pending}>
          <span class="yg-button-busy" aria-hidden="true" />
        </Show>
        {props.children}
      </button>
      <Show when={props.off}>
        {(text) => (
          <span id={reason} class="yg-button-reason">
            {text()}
          </span>
        )}
      </Show>
    </>
  )
}

/** Looks as a button and goes somewhere. */
export function ButtonLink(props: Common & { href: string; download?: string }): JSX.Element {
  return (
    <a
      class="yg-button"
      data-kind={props.kind ?? 'secondary'}
      data-small={props.small ? '' : undefined}
      href={props.href}
      download={props.download}
      rel={props.download === undefined ? undefined : 'external'}
    >
      {props.children}
    </a>
  )
}
