import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Fold } from '../../kit/desk.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { newKey } from '../../shell/api.ts'
import { KeyFileForm, SecretFileForm } from '../../shell/key-file.tsx'
import { encryptionKeys, openOwnKeys } from '../../shell/keys.ts'
import { Problem } from '../../shell/problem.ts'
import { askSealer, sealCaller } from '../../shell/sealer.ts'
import type { Opener } from '../../workers/seal/messages.ts'
import { useAct } from '../use-act.ts'
import type { OwnActProps } from './own-acts.tsx'
import { Window } from './window.tsx'

const retryMs = 3000

/** 解密: the secret goes up once, is asked for again while the line is broken and the window runs. */
export function Release(props: OwnActProps): JSX.Element {
  const [isRetrying, setRetrying] = createSignal(false)
  const [needsKey, setNeedsKey] = createSignal(false)
  const [needsFile, setNeedsFile] = createSignal(false)
  const acting = useAct(props.onDone)
  const key = newKey()

  async function release(opener: Opener): Promise<void> {
    for (;;) {
      try {
        const caller = sealCaller()
        await askSealer({ call: 'release', lot: props.lot.lot, opener, caller, key })
        setRetrying(false)
        return
      } catch (error) {
        const isOver = props.now() >= Date.parse(props.hall.windowEndsAt ?? '')
        const mayRetry =
          error instanceof Problem && (error.slug === 'unreachable' || error.status >= 500)
        if (!mayRetry || isOver) {
          setRetrying(false)
          throw error
        }
        setRetrying(true)
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }
  const byKey = () =>
    acting.run('release', async () => {
      try {
        if (!(await openOwnKeys())) {
          setNeedsKey(true)
          throw new Error(t('attending.release.noKey'))
        }
        const keys = (await encryptionKeys()).flatMap((one) => (one.key ? [one.key] : []))
        await release({ by: 'key', keys })
      } catch (error) {
        if (!needsKey()) setNeedsFile(true)
        if (error instanceof Problem) throw error
        throw new Problem('no-key', 0, (error as Error).message)
      }
    })
  return (
    <NextAct
      kind="act"
      title={t('attending.release.title')}
      clock={<Window hall={props.hall} now={props.now} />}
      text={
        <>
          <p>{t('attending.release.text')}</p>
          <Show when={isRetrying()}>
            <Notice tone="warn" live="polite">
              {t('attending.release.retrying')}
            </Notice>
          </Show>
          <RefusalNote text={acting.problem()} />
          <Show when={needsKey()}>
            <Fold title={t('attending.release.openKey')} open>
              <KeyFileForm
                choose={t('attending.check.choose')}
                name="release-key-pass-phrase"
                onOpened={async () => {
                  setNeedsKey(false)
                  await byKey()
                }}
              />
            </Fold>
          </Show>
          <Fold title={t('attending.release.byFile')} open={needsFile()}>
            <SecretFileForm
              label={t('seal.keep.file')}
              choose={t('attending.release.chooseFile')}
              hint={t('attending.release.fileHint')}
              accept=".ygkeep"
              passPhraseLabel={t('seal.keep.passPhrase')}
              verb={t('attending.release.byFileVerb')}
              name="release-pass-phrase"
              onOpen={async (file, passPhrase) => {
                const bytes = new Uint8Array(await file.arrayBuffer())
                await release({ by: 'file', bytes, passPhrase })
                await props.onDone()
              }}
            />
          </Fold>
        </>
      }
      act={
        <Button kind="primary" pending={acting.busy() !== null} onPress={() => void byKey()}>
          {t('attending.release.verb')}
        </Button>
      }
    />
  )
}
