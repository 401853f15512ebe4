import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Field } from '../../kit/field.tsx'
import { Stack } from '../../kit/layout.tsx'

/** One text and its act: a cause, an objection, an answer. */
export function ReasonForm(props: {
  label: string
  hint?: string
  verb: string
  busy: boolean
  onSend: (text: string) => void
  onCancel?: () => void
}): JSX.Element {
  const [text, setText] = createSignal('')
  return (
    <Stack gap="small">
      <Field
        label={props.label}
        hint={props.hint}
        name={`reason-${props.verb}`}
        lines={3}
        maxLength={5000}
        value={text()}
        onInput={setText}
      />
      <div class="yg-row">
        <Button
          kind="primary"
          pending={props.busy}
          off={text().trim() ? null : t('attending.host.textFirst')}
          onPress={() => props.onSend(text().trim())}
        >
          {props.verb}
        </Button>
        <Show when={props.onCancel}>
          <Button onPress={() => props.onCancel?.()}>{t('attending.host.cancel')}</Button>
        </Show>
      </div>
    </Stack>
  )
}
