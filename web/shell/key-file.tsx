import { createSignal, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { FileDrop } from '../kit/file-drop.tsx'
import { Stack } from '../kit/layout.tsx'
import { RefusalNote } from '../kit/status.tsx'
import { openCertificates, openKeyFile } from './keys.ts'
import { Problem } from './problem.ts'

/** A file and its pass phrase, both staying on this device: a key file, a recovery file. */
export function SecretFileForm(props: {
  label: string
  choose: string
  hint: string
  accept: string
  passPhraseLabel: string
  verb: string
  /** Name of the pass phrase's field, one of its own on the page. */
  name: string
  /** @throws Problem, shown here */
  onOpen: (file: File, passPhrase: string) => Promise<void>
}): JSX.Element {
  const [file, setFile] = createSignal<File | null>(null)
  const [passPhrase, setPassPhrase] = createSignal('')
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  async function open(): Promise<void> {
    const one = file()
    if (!one) return
    setBusy(true)
    setProblem(null)
    try {
      await props.onOpen(one, passPhrase())
      setPassPhrase('')
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  return (
    <Stack gap="small">
      <FileDrop
        label={file()?.name ?? props.label}
        verb={props.choose}
        hint={props.hint}
        accept={props.accept}
        onFiles={([one]) => setFile(one)}
      />
      <Field
        label={props.passPhraseLabel}
        name={props.name}
        kind="password"
        width="medium"
        value={passPhrase()}
        onInput={setPassPhrase}
      />
      <RefusalNote text={problem()} />
      <div class="yg-row">
        <Button
          pending={isBusy()}
          off={file() ? null : t('keys.secret.fileFirst')}
          onPress={() => void open()}
        >
          {props.verb}
        </Button>
      </div>
    </Stack>
  )
}

/** A certificate file: opened here, kept in memory, never sent. */
export function KeyFileForm(props: {
  /** Words of the button that chooses the file. */
  choose: string
  /** Name of the pass phrase's field, one of its own on the page. */
  name: string
  /** Once it is open. @throws Problem, shown here */
  onOpened: () => Promise<void> | void
}): JSX.Element {
  return (
    <SecretFileForm
      label={t('keys.sign.keyFile')}
      choose={props.choose}
      hint={t('keys.sign.noKeyHint')}
      accept=".p12,.pfx"
      passPhraseLabel={t('keys.sign.passPhrase')}
      verb={t('keys.sign.openKey')}
      name={props.name}
      onOpen={async (file, passPhrase) => {
        await openKeyFile(new Uint8Array(await file.arrayBuffer()), passPhrase)
        await props.onOpened()
      }}
    />
  )
}

/** A certificate file of one's own, which must hold a key to sign with. */
export function OwnKeyForm(props: { onOpened?: () => Promise<void> | void }): JSX.Element {
  async function opened(): Promise<void> {
    if (openCertificates().length === 0) throw new Problem('key-not-for-signing', 0, t('keys.none'))
    await props.onOpened?.()
  }
  return <KeyFileForm choose={t('keys.choose')} name="own-key" onOpened={opened} />
}
