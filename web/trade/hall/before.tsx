import { createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { day, time, timeProse } from '../../i18n/format.ts'
import { language, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { CheckList, type CheckRow } from '../../kit/check-list.tsx'
import { Countdown, SyncBadge } from '../../kit/countdown.tsx'
import { Section, Split, Stack } from '../../kit/layout.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { sync } from '../../shell/clock.ts'
import { createLoaded } from '../../shell/create-loaded.ts'
import { SecretFileForm } from '../../shell/key-file.tsx'
import { encryptionKeys, openCertificates, openKeyFile, openOwnKeys } from '../../shell/keys.ts'
import { liveStatus } from '../../shell/live.ts'
import { useAct } from '../use-act.ts'
import { type HallPage, mayAct, whyNot } from './hall-answer.ts'

/** Before the deadline: the clock, the agenda, the own device. No list, and no word of who is here. */
export function Before(props: {
  hall: HallPage
  now: () => number
  onDone: () => Promise<void>
}): JSX.Element {
  return (
    <Split kind="rail" side={<Agenda hall={props.hall} />}>
      <div class="yg-clock">
        <p>{t('hall.before.opens', { time: timeProse(props.hall.deadline) })}</p>
        <Countdown until={props.hall.deadline} now={props.now} big />
        <SyncBadge sync={sync()} />
      </div>
      <Enter {...props} />
      <Show when={props.hall.me.role === 'bidder'}>
        <SelfCheck />
      </Show>
    </Split>
  )
}

function Enter(props: {
  hall: HallPage
  now: () => number
  onDone: () => Promise<void>
}): JSX.Element {
  const acting = useAct(props.onDone)
  const { role } = props.hall.me
  const lots = () => props.hall.me.lots
  const isOpen = () => props.now() >= Date.parse(props.hall.hallOpensAt)
  const entered = () => lots().find((one) => one.hallEnteredAt)?.hallEnteredAt ?? null
  const signedInAt = () => props.hall.signedIn.find((one) => one.role === role)?.at ?? null
  const notYet = () =>
    isOpen() ? null : t('hall.before.notOpen', { time: time(props.hall.hallOpensAt) })
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
        <Section title={t('hall.before.enterTitle')} note={t('hall.before.enterNote')} card>
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
                  {t('hall.before.enter')}
                </Button>
              </div>
            }
          >
            {(at) => <Notice tone="ok">{t('hall.before.entered', { time: time(at()) })}</Notice>}
          </Show>
        </Section>
      </Show>
      <Show when={role === 'host' || role === 'witness'}>
        <Section title={t('hall.before.officer')} card>
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
            {(at) => <Notice tone="ok">{t('hall.before.signedIn', { time: time(at()) })}</Notice>}
          </Show>
        </Section>
      </Show>
    </>
  )
}

function Agenda(props: { hall: HallPage }): JSX.Element {
  const { windows } = props.hall
  return (
    <Stack>
      <Section title={t('hall.agenda.title')} card>
        <ol class="yg-agenda">
          <li>{t('hall.agenda.signIn', { time: time(props.hall.hallOpensAt) })}</li>
          <li>{t('hall.agenda.list', { time: time(props.hall.deadline) })}</li>
          <li>{t('hall.agenda.decrypt', { minutes: windows.decryptMinutes })}</li>
          <li>{t('hall.agenda.open')}</li>
          <li>{t('hall.agenda.confirm', { minutes: windows.confirmMinutes })}</li>
          <li>{t('hall.agenda.close')}</li>
        </ol>
      </Section>
      <Notice tone="sealed">{t('hall.before.noList')}</Notice>
    </Stack>
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
      text: t('hall.check.sign'),
      state: pair() === null ? 'busy' : sign() ? 'good' : 'look',
      note: sign()
        ? t('hall.check.until', { day: day(sign()?.notAfter ?? '') })
        : t('hall.check.openFirst'),
    },
    {
      id: 'encrypt',
      text: t('hall.check.encrypt'),
      state: pair() === null ? 'busy' : encrypt() ? 'good' : 'look',
      note: encrypt()
        ? t('hall.check.until', { day: day(encrypt()?.notAfter ?? '') })
        : t('hall.check.orFile'),
    },
    {
      id: 'clock',
      text: t('hall.check.clock'),
      state: sync() ? 'good' : 'busy',
      note: sync() ? t('hall.check.clockOf', { error: sync()?.errorMs ?? 0 }) : undefined,
    },
    {
      id: 'network',
      text: t('hall.check.network'),
      state: liveStatus() === 'lost' ? 'bad' : liveStatus() === 'off' ? 'busy' : 'good',
      note: t(`hall.check.live.${liveStatus()}`),
    },
    {
      id: 'sound',
      text: t('hall.check.sound'),
      state: hasVoice() ? 'good' : 'look',
      note: t(hasVoice() ? 'hall.check.voice' : 'hall.check.noVoice'),
    },
  ]
  return (
    <Section title={t('hall.check.title')} card>
      <CheckList label={t('hall.check.title')} rows={rows()} />
      <Show when={pair()?.isOpen === false}>
        <SecretFileForm
          label={t('kit.sign.keyFile')}
          choose={t('hall.check.choose')}
          hint={t('kit.sign.noKeyHint')}
          accept=".p12,.pfx"
          passPhraseLabel={t('kit.sign.passPhrase')}
          verb={t('kit.sign.openKey')}
          name="hall-pass-phrase"
          onOpen={async (file, passPhrase) => {
            await openKeyFile(new Uint8Array(await file.arrayBuffer()), passPhrase)
            await reload()
          }}
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
