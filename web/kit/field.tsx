import { createUniqueId, type JSX, Show } from 'solid-js'
import { withoutHiddenMarks } from '../../server/kernel/hidden-marks.ts'
import { t } from '../i18n/i18n.ts'
import { Icon } from './icons.tsx'

/** How a field stands: what is typed, what is kept, what is wrong. */
export interface FieldFrame {
  readonly label: string
  /** Only heard: its column or place says it to those who see. */
  readonly hideLabel?: boolean
  /** Name of the field in the data; the id that an error summary links to. */
  readonly name: string
  readonly hint?: JSX.Element
  readonly error?: string | null
  readonly state?: 'saving' | 'saved' | null
  readonly optional?: boolean
  readonly width?: 'short' | 'medium' | 'full'
}

/** Ids of the input in a frame: what it is called and described by. */
export interface FieldIds {
  readonly id: string
  readonly describedBy: string | undefined
  readonly invalid: 'true' | undefined
}

export const fieldId = (name: string): string => `f-${name.replace(/[^\w-]+/g, '-')}`

/** Label, hint, input, error, in that order; every kind of input sits in it. */
export function Frame(
  props: FieldFrame & { echo?: JSX.Element; children: (ids: FieldIds) => JSX.Element },
): JSX.Element {
  const unique = createUniqueId()
  const describedBy = () =>
    [
      props.hint ? `${unique}-hint` : '',
      props.error ? `${unique}-error` : '',
      props.echo ? `${unique}-echo` : '',
    ]
      .filter(Boolean)
      .join(' ') || undefined
  return (
    <div class="yg-field" data-width={props.width} data-invalid={props.error ? '' : undefined}>
      <label
        class={props.hideLabel ? 'yg-hidden-text' : 'yg-field-label'}
        for={fieldId(props.name)}
      >
        {props.label}
        <Show when={props.optional}>
          <span class="yg-field-optional">{t('kit.field.optional')}</span>
        </Show>
      </label>
      <Show when={props.hint}>
        <span class="yg-field-hint" id={`${unique}-hint`}>
          {props.hint}
        </span>
      </Show>
      <Show when={props.error}>
        <span class="yg-field-error" id={`${unique}-error`}>
          <Icon name="alert" size={16} />
          {props.error}
        </span>
      </Show>
      {props.children({
        get id() {
          return fieldId(props.name)
        },
        get describedBy() {
          return describedBy()
        },
        get invalid() {
          return props.error ? ('true' as const) : undefined
        },
      })}
      <Show when={props.echo}>
        <span class="yg-field-echo" id={`${unique}-echo`}>
          {props.echo}
        </span>
      </Show>
      <Show when={props.state}>
        <span class="yg-field-state">
          <Show when={props.state === 'saved'}>
            <Icon name="check" size={14} />
          </Show>
          {t(props.state === 'saved' ? 'kit.field.saved' : 'kit.field.saving')}
        </span>
      </Show>
    </div>
  )
}

export interface FieldProps extends FieldFrame {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly onCommit?: (value: string) => void
  readonly kind?: 'text' | 'password' | 'search' | 'datetime-local' | 'date' | 'email'
  readonly lines?: number
  readonly unit?: string
  readonly numeric?: boolean
  readonly maxLength?: number
  readonly autocomplete?: string
  readonly readOnly?: boolean
}

/** What was typed; what was pasted along unseen, and would be refused, is taken out at once. */
function seen(input: HTMLInputElement | HTMLTextAreaElement): string {
  const text = withoutHiddenMarks(input.value)
  if (input.type !== 'password' && text !== input.value) input.value = text
  return input.value
}

/** One line of text, or several. */
export function Field(props: FieldProps): JSX.Element {
  return (
    <Frame {...frameOf(props)}>
      {(ids) => (
        <Show
          when={props.lines}
          fallback={
            <span class="yg-input-line">
              <input
                class="yg-input"
                id={ids.id}
                name={props.name}
                type={props.kind ?? 'text'}
                step={props.kind === 'datetime-local' ? 1 : undefined}
                value={props.value}
                inputmode={props.numeric ? 'decimal' : undefined}
                data-align={props.numeric ? 'end' : undefined}
                maxlength={props.maxLength}
                readonly={props.readOnly}
                autocomplete={props.autocomplete ?? 'off'}
                aria-describedby={ids.describedBy}
                aria-invalid={ids.invalid}
                onInput={(e) => props.onInput(seen(e.currentTarget))}
                onChange={(e) => props.onCommit?.(e.currentTarget.value)}
              />
              <Show when={props.unit}>
                <span class="yg-input-unit">{props.unit}</span>
              </Show>
            </span>
          }
        >
          <textarea
            class="yg-input"
            id={ids.id}
            name={props.name}
            rows={props.lines}
            maxlength={props.maxLength}
            readonly={props.readOnly}
            aria-describedby={ids.describedBy}
            aria-invalid={ids.invalid}
            value={props.value}
            onInput={(e) => props.onInput(seen(e.currentTarget))}
            onChange={(e) => props.onCommit?.(e.currentTarget.value)}
          />
        </Show>
      )}
    </Frame>
  )
}

/** The frame's part of a field's props, as getters so that they stay live. */
export function frameOf(props: FieldFrame): FieldFrame {
  return {
    get label() {
      return props.label
    },
    get hideLabel() {
      return props.hideLabel
    },
    get name() {
      return props.name
    },
    get hint() {
      return props.hint
    },
    get error() {
      return props.error
    },
    get state() {
      return props.state
    },
    get optional() {
      return props.optional
    },
    get width() {
      return props.width
    },
  }
}
