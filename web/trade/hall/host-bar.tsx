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
        { tender: props.hall.project, verb: t('hall.host.closeVerb') },
        (body, key) => post<unknown>(path('closings'), body, { key }),
      )
    })
  return (
    <Section title={t(`hall.host.${props.hall.me.role === 'witness' ? 'witness' : 'host'}`)} card>
      <RefusalNote text={acting.problem()} />
      <Show when={props.hall.stage === 'closing'}>
        <p>
          {t('hall.host.record')} <Hash value={props.hall.recordSha256 ?? ''} />
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
            {t('hall.host.close')}
          </Button>
        </Show>
        <Show when={may('resume')}>
          <Button
            kind="primary"
            pending={acting.busy() === 'resume'}
            onPress={() => simple('resume', 'resumptions')}
          >
            {t('hall.host.resume')}
          </Button>
        </Show>
        <Show when={may('extendWindow')}>
          <Button pressed={form() === 'extend'} onPress={() => setForm('extend')}>
            {t('hall.host.extend')}
          </Button>
        </Show>
        <Show when={may('halt')}>
          <Button pressed={form() === 'halt'} onPress={() => setForm('halt')}>
            {t('hall.host.halt')}
          </Button>
        </Show>
      </div>
      <Show when={!may('close') && props.hall.stage === 'closing'}>
        <p class="yg-note">{whyNot(props.hall, 'close')}</p>
      </Show>
      <Show when={waits.find((stage) => stage === props.hall.stage)}>
        {(stage) => <p class="yg-note">{t(`hall.host.wait.${stage()}`)}</p>}
      </Show>
      <Switch>
        <Match when={form() === 'halt'}>
          <ReasonForm
            label={t('hall.host.cause')}
            hint={t('hall.host.haltHint')}
            verb={t('hall.host.haltVerb')}
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
          off={text().trim() ? null : t('hall.host.textFirst')}
          onPress={() => props.onSend(text().trim())}
        >
          {props.verb}
        </Button>
        <Show when={props.onCancel}>
          <Button onPress={() => props.onCancel?.()}>{t('hall.host.cancel')}</Button>
        </Show>
      </div>
    </Stack>
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
        label={t('hall.host.minutes')}
        name="extend-minutes"
        width="short"
        numeric
        unit={t('hall.host.minute')}
        value={minutes()}
        error={isRight() ? null : t('hall.host.minutesWrong')}
        onInput={setMinutes}
      />
      <ReasonForm
        label={t('hall.host.reason')}
        hint={t('hall.host.extendHint')}
        verb={t('hall.host.extendVerb')}
        busy={props.busy}
        onCancel={props.onCancel}
        onSend={(reason) => {
          if (isRight()) props.onSend(count(), reason)
        }}
      />
    </Stack>
  )
}
