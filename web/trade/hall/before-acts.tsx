import { createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { day, time } from '../../i18n/format.ts'
import { language, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { CheckList, type CheckRow } from '../../kit/check-list.tsx'
import { Section } from '../../kit/layout.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { sync } from '../../shell/clock.ts'
import { createLoaded } from '../../shell/create-loaded.ts'
import { KeyFileForm } from '../../shell/key-file.tsx'
import { encryptionKeys, openCertificates, openOwnKeys } from '../../shell/keys.ts'
import { liveStatus } from '../../shell/live.ts'
import { useAct } from '../use-act.ts'
import { type HallPage, mayAct, whyNot } from './hall-answer.ts'

interface BeforeActsProps {
  hall: HallPage
  now: () => number
  onDone: () => Promise<void>
}

/** Whoever takes part enters or signs in; a bidder's device is looked at first. */
export function BeforeActs(props: BeforeActsProps): JSX.Element {
  return (
    <>
      <Enter {...props} />
      <Show when={props.hall.me.role === 'bidder'}>
        <SelfCheck />
      </Show>
    </>
  )
}

function Enter(props: BeforeActsProps): JSX.Element {
  const acting = useAct(props.onDone)
  const { role } = props.hall.me
  const lots = () => props.hall.me.lots
  const isOpen = () => props.now() >= Date.parse(props.hall.hallOpensAt)
  const entered = () => lots().find((one) => one.hallEnteredAt)?.hallEnteredAt ?? null
  const signedInAt = () => props.hall.signedIn.find((one) => one.role === role)?.at ?? null
  const notYet = () =>
    isOpen() ? null : t('attending.before.notOpen', { time: time(props.hall.hallOpensAt) })
  const enter = () =>
    acting.run('enter', async () => {
      for (const { lot, hallEnteredAt } of lots())
        if (!hallEnteredAt) await post(`/api/lots/${lot}/hall-entry`, {}, { key: newKey() })
    })
  const signIn = () =>
    acting.run('signIn', () =>
      post(`/api/projects/${props.hall.project}/opening/attendance`, {}, { key: newKey() }),
    )
  return (
    <>
      <RefusalNote text={acting.problem()} />
      <Show when={role === 'bidder' && lots().length > 0}>
        <Section
          title={t('attending.before.enterTitle')}
          note={t('attending.before.enterNote')}
          card
        >
          <Show
            when={entered()}
            fallback={
              <div class="yg-row">
                <Button
                  kind="primary"
                  pending={acting.busy() !== null}
                  off={notYet()}
                  onPress={() => void enter()}
                >
                  {t('attending.before.enter')}
                </Button>
              </div>
            }
          >
            {(at) => (
              <Notice tone="ok">{t('attending.before.entered', { time: time(at()) })}</Notice>
            )}
          </Show>
        </Section>
      </Show>
      <Show when={role === 'host' || role === 'witness'}>
        <Section title={t('attending.before.officer')} card>
          <Show
            when={signedInAt()}
            fallback={
              <div class="yg-row">
                <Button
                  kind="primary"
                  pending={acting.busy() !== null}
                  off={
                    mayAct(props.hall, 'signIn') ? null : (notYet() ?? whyNot(props.hall, 'signIn'))
                  }
                  onPress={() => void signIn()}
                >
                  {t('hall.signIn')}
                </Button>
              </div>
            }
          >
            {(at) => (
              <Notice tone="ok">{t('attending.before.signedIn', { time: time(at()) })}</Notice>
            )}
          </Show>
        </Section>
      </Show>
    </>
  )
}

/** Certificates, clock, sound and network, before they are needed. */
function SelfCheck(): JSX.Element {
  const [pair, { reload }] = createLoaded(async () => {
    const isOpen = await openOwnKeys().catch(() => false)
    return { isOpen, keys: isOpen ? await encryptionKeys().catch(() => []) : [] }
  })
  const sign = () => openCertificates().find((one) => !one.isExpired)
  const encrypt = () => pair()?.keys.find((one) => one.key && !one.isExpired)
  const hasVoice = useVoice()
  const rows = (): CheckRow[] => [
    {
      id: 'sign',
      text: t('attending.check.sign'),
      state: pair() === null ? 'busy' : sign() ? 'good' : 'look',
      note: sign()
        ? t('attending.check.until', { day: day(sign()?.notAfter ?? '') })
        : t('attending.check.openFirst'),
    },
    {
      id: 'encrypt',
      text: t('attending.check.encrypt'),
      state: pair() === null ? 'busy' : encrypt() ? 'good' : 'look',
      note: encrypt()
        ? t('attending.check.until', { day: day(encrypt()?.notAfter ?? '') })
        : t('attending.check.orFile'),
    },
    {
      id: 'clock',
      text: t('attending.check.clock'),
      state: sync() ? 'good' : 'busy',
      note: sync() ? t('attending.check.clockOf', { error: sync()?.errorMs ?? 0 }) : undefined,
    },
    {
      id: 'network',
      text: t('attending.check.network'),
      state: liveStatus() === 'lost' ? 'bad' : liveStatus() === 'off' ? 'busy' : 'good',
      note: t(`attending.check.live.${liveStatus()}`),
    },
    {
      id: 'sound',
      text: t('attending.check.sound'),
      state: hasVoice() ? 'good' : 'look',
      note: t(hasVoice() ? 'attending.check.voice' : 'attending.check.noVoice'),
    },
  ]
  return (
    <Section title={t('attending.check.title')} card>
      <CheckList label={t('attending.check.title')} rows={rows()} />
      <Show when={pair()?.isOpen === false}>
        <KeyFileForm
          choose={t('attending.check.choose')}
          name="hall-pass-phrase"
          onOpened={reload}
        />
      </Show>
    </Section>
  )
}

function useVoice(): () => boolean {
  const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined
  const has = () =>
    speech?.getVoices().some((voice) => voice.lang.toLowerCase().startsWith(language())) ?? false
  const [hasVoice, setVoice] = createSignal(has())
  const look = () => setVoice(has())
  speech?.addEventListener?.('voiceschanged', look)
  onCleanup(() => speech?.removeEventListener?.('voiceschanged', look))
  return hasVoice
}
