import { createSignal, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Stack } from '../kit/layout.tsx'
import { RefusalNote } from '../kit/status.tsx'
import { deviceName, makePasskey, whyNoPasskeys } from './passkeys.ts'
import { asProblem } from './problem.ts'

/** Makes a passkey on this device, under a name by which its holder will know it again. */
export function PasskeyForm(props: {
  kind?: 'primary'
  onDone: () => Promise<void> | void
}): JSX.Element {
  const [name, setName] = createSignal(deviceName())
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  async function make(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await makePasskey(name())
      await props.onDone()
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }
  return (
    <Stack gap="small">
      <Field
        label={t('keys.passkey.nameLabel')}
        hint={t('keys.passkey.nameHint')}
        name="passkey-name"
        width="medium"
        maxLength={40}
        value={name()}
        onInput={setName}
      />
      <RefusalNote text={problem()} />
      <div>
        <Button
          kind={props.kind}
          pending={isBusy()}
          off={whyNoPasskeys()}
          onPress={() => void make()}
        >
          {t('keys.passkey.make')}
        </Button>
      </div>
    </Stack>
  )
}
