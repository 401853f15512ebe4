import { createSignal, For, type JSX, Show } from 'solid-js'
import { Button } from './button.tsx'

/** Trifles that can be undone; never for a legal act. */
interface Toast {
  readonly id: number
  readonly text: string
  readonly undo?: { readonly text: string; readonly run: () => void }
}
const [toasts, setToasts] = createSignal<readonly Toast[]>([])
let count = 0
const shownMs = 8000

export function toast(text: string, undo?: Toast['undo']): void {
  count += 1
  const id = count
  setToasts((all) => [...all.slice(-2), { id, text, undo }])
  // In the elder mode nothing hides by itself.
  if (document.documentElement.dataset.size !== 'large') setTimeout(() => close(id), shownMs)
}

function close(id: number): void {
  setToasts((all) => all.filter((one) => one.id !== id))
}

export function Toasts(props: { closeText: string }): JSX.Element {
  return (
    <div class="yg-toasts" role="status">
      <For each={toasts()}>
        {(one) => (
          <div class="yg-toast">
            <span>{one.text}</span>
            <Show
              when={one.undo}
              fallback={<Button onPress={() => close(one.id)}>{props.closeText}</Button>}
            >
              {(undo) => (
                <Button
                  onPress={() => {
                    undo().run()
                    close(one.id)
                  }}
                >
                  {undo().text}
                </Button>
              )}
            </Show>
          </div>
        )}
      </For>
    </div>
  )
}
