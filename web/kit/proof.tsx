import { createSignal, type JSX, Show } from 'solid-js'
import { timeExact } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'
import { Icon, SealIcon } from './icons.tsx'
import { type Fact, Facts } from './layout.tsx'

/** ◈ beside a fact: opens its event and checks it. */
export function SealMark(props: {
  state?: 'unchecked' | 'checking' | 'good' | 'bad'
  /** What it proves, for those who hear it. */
  of: string
  onOpen?: () => void
  href?: string
}): JSX.Element {
  const body = () => (
    <>
      <SealIcon />
      {t(`kit.seal.${props.state ?? 'unchecked'}`)}
      <span class="yg-hidden-text">{props.of}</span>
    </>
  )
  return (
    <Show
      when={props.href}
      fallback={
        <button type="button" class="yg-seal" data-state={props.state} onClick={props.onOpen}>
          {body()}
        </button>
      }
    >
      {(href) => (
        <a class="yg-seal" data-state={props.state} href={href()}>
          {body()}
        </a>
      )}
    </Show>
  )
}

/** A digest: its first characters, the whole of it to copy. */
export function Hash(props: { value: string; label?: string }): JSX.Element {
  const [isCopied, setCopied] = createSignal(false)
  // To be picked out by hand, where the clipboard is closed.
  const [isWhole, setWhole] = createSignal(false)
  async function copy(): Promise<void> {
    if (!(await copyText(props.value))) return void setWhole(true)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <span class="yg-hash">
      <code title={props.value}>{isWhole() ? props.value : `${props.value.slice(0, 12)}…`}</code>
      <Button
        small
        kind="plain"
        label={t('kit.hash.copyOf', { name: props.label ?? t('kit.hash.name') })}
        onPress={() => void copy()}
      >
        <Icon name={isCopied() ? 'check' : 'copy'} size={14} />
        {t(isCopied() ? 'kit.hash.copied' : 'kit.hash.copy')}
      </Button>
    </span>
  )
}

/** What the platform has confirmed: only with it may a page say that something was submitted. */
export function Receipt(props: {
  title: string
  number: string
  at: string
  rows?: readonly Fact[]
  actions?: JSX.Element
}): JSX.Element {
  return (
    <section class="yg-receipt" aria-label={props.title}>
      <p class="yg-receipt-title">
        <Icon name="check" size={24} />
        {props.title}
      </p>
      <Facts
        rows={[
          { name: t('kit.receipt.number'), value: <Hash value={props.number} /> },
          { name: t('kit.receipt.at'), value: timeExact(props.at), note: t('kit.receipt.zone') },
          ...(props.rows ?? []),
        ]}
      />
      <Show when={props.actions}>
        <div class="yg-row">{props.actions}</div>
      </Show>
    </section>
  )
}
