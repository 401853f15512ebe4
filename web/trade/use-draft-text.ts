import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import { dropDraft, readDraft, saveDraft } from '../shell/drafts.ts'

/** One text that survives refresh, crash and expiry on this device until it is sent. */
export function useDraftText(key: Accessor<string>): {
  readonly text: Accessor<string>
  readonly setText: (text: string) => void
  readonly clear: () => void
} {
  const [text, setText] = createSignal('')
  createEffect(
    on(key, async (name) => {
      const draft = await readDraft<string>(name)
      if (draft && text() === '') setText(draft.value)
    }),
  )
  return {
    text,
    setText: (next) => {
      setText(next)
      void saveDraft(key(), next)
    },
    clear: () => {
      setText('')
      void dropDraft(key())
    },
  }
}
