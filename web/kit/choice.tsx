import { createUniqueId, For, type JSX, Show } from 'solid-js'
import { type FieldFrame, Frame, fieldId, frameOf } from './field.tsx'

export interface Option<V extends string = string> {
  readonly value: V
  readonly text: string
  readonly hint?: string
  readonly isOff?: boolean
}

/** One of many, by the browser's own list: it suits keyboards, phones and old hands alike. */
export function Select<V extends string>(
  props: FieldFrame & {
    value: V
    options: readonly Option<V>[]
    onValue: (value: V) => void
  },
): JSX.Element {
  return (
    <Frame {...frameOf(props)}>
      {(ids) => (
        <select
          class="yg-input"
          id={ids.id}
          name={props.name}
          aria-describedby={ids.describedBy}
          aria-invalid={ids.invalid}
          onChange={(e) => props.onValue(e.currentTarget.value as V)}
        >
          <For each={props.options}>
            {(option) => (
              <option
                value={option.value}
                selected={option.value === props.value}
                disabled={option.isOff}
              >
                {option.text}
              </option>
            )}
          </For>
        </select>
      )}
    </Frame>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly hint?: string
  readonly name: string
  readonly isOff?: boolean
}

export function Checkbox(
  props: ChoiceProps & { checked: boolean; onChange: (checked: boolean) => void },
): JSX.Element {
  const hint = createUniqueId()
  return (
    <label class="yg-choice" data-disabled={props.isOff ? '' : undefined}>
      <input
        type="checkbox"
        id={fieldId(props.name)}
        name={props.name}
        checked={props.checked}
        disabled={props.isOff}
        aria-describedby={props.hint ? hint : undefined}
        onChange={(e) => props.onChange(e.currentTarget.checked)}
      />
      <span>{props.label}</span>
      <Show when={props.hint}>
        <span class="yg-choice-hint" id={hint}>
          {props.hint}
        </span>
      </Show>
    </label>
  )
}

/** One of a few, all in sight. */
export function Radio<V extends string>(props: {
  label: string
  hint?: string
  name: string
  value: V | null
  options: readonly Option<V>[]
  onValue: (value: V) => void
  inline?: boolean
  error?: string | null
}): JSX.Element {
  const unique = createUniqueId()
  return (
    <fieldset
      class="yg-field"
      data-invalid={props.error ? '' : undefined}
      aria-describedby={props.hint || props.error ? unique : undefined}
    >
      <legend class="yg-field-label">{props.label}</legend>
      <Show when={props.hint || props.error}>
        <span class={props.error ? 'yg-field-error' : 'yg-field-hint'} id={unique}>
          {props.error || props.hint}
        </span>
      </Show>
      <div class="yg-choices" data-inline={props.inline ? '' : undefined}>
        <For each={props.options}>
          {(option, i) => (
            <label class="yg-choice" data-disabled={option.isOff ? '' : undefined}>
              <input
                type="radio"
                id={i() === 0 ? fieldId(props.name) : undefined}
                name={props.name}
                value={option.value}
                checked={option.value === props.value}
                disabled={option.isOff}
                onChange={() => props.onValue(option.value)}
              />
              <span>{option.text}</span>
              <Show when={option.hint}>
                <span class="yg-choice-hint">{option.hint}</span>
              </Show>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}
