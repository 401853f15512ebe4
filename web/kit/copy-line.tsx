import { createSignal, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'
import { Frame, fieldId } from './field.tsx'
import { Icon } from './icons.tsx'

/** A line that is to be taken elsewhere whole: seen in full by scrolling, copied by one press. */
export function CopyLine(props: {
  label: string
  hint?: string
  name: string
  value: string
}): JSX.Element {
  const [isCopied, setCopied] = createSignal(false)
  async function copy(): Promise<void> {
    const done = await copyText(props.value)
    setCopied(done)
    if (!done) (document.getElementById(fieldId(props.name)) as HTMLInputElement | null)?.select()
  }
  return (
    <Frame label={props.label} hint={props.hint} name={props.name} width="full">
      {(ids) => (
        <span class="yg-input-line">
          <input
            class="yg-input"
            id={ids.id}
            aria-describedby={ids.describedBy}
            readonly
            value={props.value}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button label={t('kit.hash.copyOf', { name: props.label })} onPress={() => void copy()}>
            <Icon name={isCopied() ? 'check' : 'copy'} size={16} />
            {t(isCopied() ? 'kit.hash.copied' : 'kit.hash.copy')}
          </Button>
        </span>
      )}
    </Frame>
  )
}
