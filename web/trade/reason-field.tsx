import { type Accessor, createSignal, type JSX } from 'solid-js'
import { Field, fieldId } from '../kit/field.tsx'
import { useDraftText } from './use-draft-text.ts'

/** A reason that an act is not done without; what is written is kept on this device till then. */
interface Reason {
  readonly name: string
  readonly text: () => string
  readonly isMissed: () => boolean
  readonly write: (text: string) => void
  /** What was written; nothing: null, and who presses stands at the field that says so. */
  readonly given: () => string | null
  readonly clear: () => void
}

/**
 * @param name of its field
 * @param draft whose and of what the reason is, that no other's is found in its place
 */
export function useReason(name: string, draft: Accessor<string>): Reason {
  const { text, setText, clear } = useDraftText(() => `${name} ${draft()}`)
  const [isMissed, setMissed] = createSignal(false)
  return {
    name,
    text,
    isMissed,
    clear,
    write: (next) => {
      setText(next)
      if (next.trim()) setMissed(false)
    },
    given: () => {
      const reason = text().trim()
      setMissed(reason === '')
      if (reason === '') document.getElementById(fieldId(name))?.focus()
      return reason || null
    },
  }
}

export function ReasonField(props: {
  reason: Reason
  label: string
  hint: string
  /** What is said where nothing was written. */
  missed: string
}): JSX.Element {
  return (
    <Field
      label={props.label}
      name={props.reason.name}
      hint={props.hint}
      lines={3}
      maxLength={2000}
      value={props.reason.text()}
      error={props.reason.isMissed() ? props.missed : null}
      onInput={props.reason.write}
    />
  )
}
