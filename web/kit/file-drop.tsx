import { createSignal, createUniqueId, type JSX, Show } from 'solid-js'
import { Button } from './button.tsx'

/** A place to drop files on, with a button for those who don't drag. */
export function FileDrop(props: {
  label: string
  /** Verb of the button. */
  verb: string
  hint?: JSX.Element
  accept?: string
  multiple?: boolean
  off?: string | null
  onFiles: (files: readonly File[]) => void
}): JSX.Element {
  const [isOver, setOver] = createSignal(false)
  const hint = createUniqueId()
  let input: HTMLInputElement | undefined
  function take(list: FileList | null | undefined): void {
    const files = [...(list ?? [])]
    if (files.length > 0 && !props.off) props.onFiles(props.multiple ? files : files.slice(0, 1))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way, the button does it all
    <div
      class="yg-drop"
      data-over={isOver() ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files)
      }}
    >
      <p class="yg-drop-label">{props.label}</p>
      <Show when={props.hint}>
        <p class="yg-note" id={hint}>
          {props.hint}
        </p>
      </Show>
      <div>
        <Button off={props.off} onPress={() => input?.click()}>
          {props.verb}
        </Button>
        <input
          ref={input}
          class="yg-hidden-text"
          type="file"
          tabindex="-1"
          aria-label={props.label}
          aria-describedby={props.hint ? hint : undefined}
          accept={props.accept}
          multiple={props.multiple}
          onChange={(event) => {
            take(event.currentTarget.files)
            event.currentTarget.value = '' // the same file may be chosen again
          }}
        />
      </div>
    </div>
  )
}
