import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Field } from '../../kit/field.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { newKey, post } from '../../shell/api.ts'
import { signAndSend } from '../../shell/signer.ts'
import { subjectOf } from '../subject.ts'
import { useAct } from '../use-act.ts'
import { type HallPage, mayAct, whyNot } from './hall-answer.ts'
import { ReasonForm } from './reason-form.tsx'

/** Stages that go on by themselves: host and witness are told what they wait for. */
const waits = ['decrypting', 'readingOut', 'confirming'] as const

type Form = 'halt' | 'extend' | null

/** What host and witness do: sign in, halt, resume, extend for all, sign the record. */
export function HostBar(props: {
  hall: HallPage
  trade: TradePage
  onDone: () => Promise<void>
}): JSX.Element {
  const [form, setForm] = createSignal<Form>(null)
  const acting = useAct(async () => {
    setForm(null)
    await props.onDone()
  })
  const path = (noun: string) => `/api/projects/${props.hall.project}/opening/${noun}`
  const may = (act: string) => mayAct(props.hall, act)
  const simple = (name: string, noun: string) =>
    void acting.run(name, () => post(path(noun), {}, { key: newKey() }))
  const close = () =>
    acting.run('close', async () => {
      const { document } = props.trade
      const { recordSha256 } = props.hall
      if (!document || !recordSha256) return null
      return signAndSend(
        'close-opening',
        { subject: subjectOf(document), recordSha256 },
        { tender: props.hall.project, verb: t('attending.host.closeVerb') },
        (body, key) => post<unknown>(path('closings'), body, { key }),
      )
    })
  return (
    <Section
      title={t(`attending.host.${props.hall.me.role === 'witness' ? 'witness' : 'host'}`)}
      card
    >
      <RefusalNote text={acting.problem()} />
      <Show when={props.hall.stage === 'closing'}>
        <p>
          {t('attending.host.record')} <Hash value={props.hall.recordSha256 ?? ''} />
        </p>
      </Show>
      <div class="yg-row">
        <Show when={may('signIn')}>
          <Button
            pending={acting.busy() === 'signIn'}
            onPress={() => simple('signIn', 'attendance')}
          >
            {t('hall.signIn')}
          </Button>
        </Show>
        <Show when={may('close')}>
          <Button kind="primary" pending={acting.busy() === 'close'} onPress={() => void close()}>
            {t('attending.host.close')}
          </Button>
        </Show>
        <Show when={may('resume')}>
          <Button
            kind="primary"
            pending={acting.busy() === 'resume'}
            onPress={() => simple('resume', 'resumptions')}
          >
            {t('attending.host.resume')}
          </Button>
        </Show>
        <Show when={may('extendWindow')}>
          <Button pressed={form() === 'extend'} onPress={() => setForm('extend')}>
            {t('attending.host.extend')}
          </Button>
        </Show>
        <Show when={may('halt')}>
          <Button pressed={form() === 'halt'} onPress={() => setForm('halt')}>
            {t('attending.host.halt')}
          </Button>
        </Show>
      </div>
      <Show when={!may('close') && props.hall.stage === 'closing'}>
        <p class="yg-note">{whyNot(props.hall, 'close')}</p>
      </Show>
      <Show when={waits.find((stage) => stage === props.hall.stage)}>
        {(stage) => <p class="yg-note">{t(`attending.host.wait.${stage()}`)}</p>}
      </Show>
      <Switch>
        <Match when={form() === 'halt'}>
          <ReasonForm
            label={t('attending.host.cause')}
            hint={t('attending.host.haltHint')}
            verb={t('attending.host.haltVerb')}
            busy={acting.busy() === 'halt'}
            onCancel={() => setForm(null)}
            onSend={(cause) =>
              void acting.run('halt', () => post(path('halts'), { cause }, { key: newKey() }))
            }
          />
        </Match>
        <Match when={form() === 'extend'}>
          <ExtendForm
            busy={acting.busy() === 'extend'}
            onCancel={() => setForm(null)}
            onSend={(minutes, reason) =>
              void acting.run('extend', () =>
                post(path('extensions'), { minutes, reason }, { key: newKey() }),
              )
            }
          />
        </Match>
      </Switch>
    </Section>
  )
}

function ExtendForm(props: {
  busy: boolean
  onSend: (minutes: number, reason: string) => void
  onCancel: () => void
}): JSX.Element {
  const [minutes, setMinutes] = createSignal('15')
  const count = () => (/^\d{1,4}$/.test(minutes().trim()) ? Number(minutes()) : 0)
  const isRight = () => count() >= 1 && count() <= 24 * 60
  return (
    <Stack gap="small">
      <Field
        label={t('attending.host.minutes')}
        name="extend-minutes"
        width="short"
        numeric
        unit={t('attending.host.minute')}
        value={minutes()}
        error={isRight() ? null : t('attending.host.minutesWrong')}
        onInput={setMinutes}
      />
      <ReasonForm
        label={t('attending.host.reason')}
        hint={t('attending.host.extendHint')}
        verb={t('attending.host.extendVerb')}
        busy={props.busy}
        onCancel={props.onCancel}
        onSend={(reason) => {
          if (isRight()) props.onSend(count(), reason)
        }}
      />
    </Stack>
  )
}
