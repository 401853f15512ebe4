import { createSignal, createUniqueId, For, type JSX, Match, Show, Switch } from 'solid-js'
import { day } from '../i18n/format.ts'
import { language, t } from '../i18n/i18n.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'
import { Notice, Tag } from './status.tsx'

/** A certificate that may sign, as its holder knows it. */
export interface SigningCertificate {
  readonly id: string
  readonly issuer: string
  readonly holder: string
  readonly algorithm: string
  readonly notAfter: string
  readonly isExpired: boolean
}

/** How far a signature is. */
export type SignState =
  | { readonly is: 'opening' }
  /** No key is at hand: the person opens a key file. */
  | { readonly is: 'no-key'; readonly message?: string }
  | { readonly is: 'ready' }
  | { readonly is: 'signing' }
  | { readonly is: 'sending' }
  /** Sent, and no answer came: it is looked up by the same key. */
  | { readonly is: 'unknown'; readonly message?: string }
  | { readonly is: 'refused'; readonly message: string }

export interface SignDialogProps {
  readonly isOpen: boolean
  readonly state: SignState
  /** The lines that the bytes to be signed hold: the act's name first, what follows from it last. */
  readonly text: { readonly zh: readonly string[]; readonly en: readonly string[] } | null
  readonly certificates: readonly SigningCertificate[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
  readonly onKeyFile: (file: File, passPhrase: string) => void
  readonly onSign: () => void
  readonly onCancel: () => void
  readonly onRetry: () => void
  /** Verb of the button; none: 签名并提交. */
  readonly verb?: string
}

/** One everywhere: what is signed, with which certificate, and how it stands. */
export function SignDialog(props: SignDialogProps): JSX.Element {
  const lines = () => props.text?.[language()] ?? []
  const isUnderWay = () => props.state.is === 'signing' || props.state.is === 'sending'
  return (
    <Dialog
      title={lines()[0] ?? t('keys.sign.title')}
      isOpen={props.isOpen}
      // Escape cancels before signing only; what was sent is left by its own button.
      onClose={isUnderWay() || props.state.is === 'unknown' ? null : props.onCancel}
      foot={<Foot {...props} isUnderWay={isUnderWay()} />}
    >
      <Show when={lines().length > 1}>
        <div class="yg-act-text" tabindex="0" role="region" aria-label={t('keys.sign.text')}>
          <For each={lines().slice(1)}>{(line) => <p>{line}</p>}</For>
        </div>
      </Show>
      <Show when={props.certificates.length > 0}>
        <Certificates {...props} isOff={isUnderWay() || props.state.is === 'unknown'} />
      </Show>
      <States {...props} />
    </Dialog>
  )
}

function Foot(props: SignDialogProps & { isUnderWay: boolean }): JSX.Element {
  const canSign = () => props.state.is === 'ready' || props.isUnderWay
  return (
    <>
      <span class="yg-dialog-foot-note">
        <Show when={props.state.is !== 'refused'}>{t('keys.sign.keyStays')}</Show>
      </span>
      <Show when={!props.isUnderWay}>
        <Button onPress={props.onCancel}>
          {t(props.state.is === 'unknown' ? 'keys.sign.later' : 'keys.sign.cancel')}
        </Button>
      </Show>
      <Show when={props.state.is === 'unknown' || props.state.is === 'refused'}>
        <Button kind="primary" onPress={props.onRetry}>
          {t(props.state.is === 'unknown' ? 'keys.sign.lookUp' : 'keys.sign.again')}
        </Button>
      </Show>
      <Show when={canSign()}>
        <Button
          kind="primary"
          pending={props.isUnderWay}
          off={props.chosen ? null : t('keys.sign.chooseFirst')}
          onPress={props.onSign}
        >
          {props.verb ?? t('keys.sign.verb')}
        </Button>
      </Show>
    </>
  )
}

function Certificates(props: SignDialogProps & { isOff: boolean }): JSX.Element {
  const name = createUniqueId()
  return (
    <fieldset class="yg-choices">
      <legend class="yg-field-label">{t('keys.sign.certificate')}</legend>
      <For each={props.certificates}>
        {(one) => (
          <label class="yg-choice" data-disabled={one.isExpired ? '' : undefined}>
            <input
              type="radio"
              name={name}
              checked={one.id === props.chosen}
              disabled={one.isExpired || props.isOff}
              onChange={() => props.onChoose(one.id)}
            />
            <span>
              {one.holder} <Tag>{one.algorithm}</Tag>
            </span>
            <span class="yg-choice-hint">
              {t(one.isExpired ? 'keys.sign.expired' : 'keys.sign.issuedBy', {
                issuer: one.issuer,
                day: day(one.notAfter),
              })}
            </span>
          </label>
        )}
      </For>
    </fieldset>
  )
}

function States(props: SignDialogProps): JSX.Element {
  return (
    <Switch>
      <Match when={props.state.is === 'opening'}>
        <Notice live="polite">{t('keys.sign.opening')}</Notice>
      </Match>
      <Match when={props.state.is === 'no-key' && props.state}>
        {(state) => (
          <KeyFile
            onKeyFile={props.onKeyFile}
            message={(state() as { message?: string }).message}
          />
        )}
      </Match>
      <Match when={props.state.is === 'signing'}>
        <Notice live="polite">{t('keys.sign.signing')}</Notice>
      </Match>
      <Match when={props.state.is === 'sending'}>
        <Notice live="polite">{t('keys.sign.sending')}</Notice>
      </Match>
      <Match when={props.state.is === 'unknown' && props.state}>
        {(state) => (
          <Notice tone="warn" live="assertive" title={t('keys.sign.unknown')}>
            <Show when={(state() as { message?: string }).message}>
              {(message) => <p>{message()}</p>}
            </Show>
            <p>{t('keys.sign.unknownHint')}</p>
          </Notice>
        )}
      </Match>
      <Match when={props.state.is === 'refused' && props.state}>
        {(state) => (
          <Notice tone="danger" live="assertive">
            {(state() as { message: string }).message}
          </Notice>
        )}
      </Match>
    </Switch>
  )
}

/** A key file of one's own; neither it nor its pass phrase leaves the browser. */
function KeyFile(props: Pick<SignDialogProps, 'onKeyFile'> & { message?: string }): JSX.Element {
  const [file, setFile] = createSignal<File | null>(null)
  const [passPhrase, setPassPhrase] = createSignal('')
  const id = createUniqueId()
  return (
    <div class="yg-stack" data-gap="small">
      <Notice title={t('keys.sign.noKey')}>{t('keys.sign.noKeyHint')}</Notice>
      <div class="yg-field">
        <label class="yg-field-label" for={id}>
          {t('keys.sign.keyFile')}
        </label>
        <input
          id={id}
          type="file"
          accept=".p12,.pfx"
          onChange={(e) => setFile(e.currentTarget.files?.[0] ?? null)}
        />
      </div>
      <Field
        label={t('keys.sign.passPhrase')}
        name="key-pass-phrase"
        kind="password"
        width="medium"
        value={passPhrase()}
        error={props.message}
        onInput={setPassPhrase}
      />
      <div>
        <Button
          off={file() ? null : t('keys.sign.fileFirst')}
          onPress={() => {
            const chosen = file()
            if (chosen) props.onKeyFile(chosen, passPhrase())
            setPassPhrase('')
          }}
        >
          {t('keys.sign.openKey')}
        </Button>
      </div>
    </div>
  )
}
