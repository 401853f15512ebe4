import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio } from '../../kit/choice.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Field } from '../../kit/field.tsx'
import { Row, Stack } from '../../kit/layout.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { signAndSend } from '../../shell/signer.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { lotSubject } from '../subject.ts'
import { useAct } from '../use-act.ts'
import { useDraftText } from '../use-draft-text.ts'
import type { Objection } from './award-answers.ts'
import type { ObjectionProps } from './objections.tsx'

type OneProps = ObjectionProps & { readonly one: Objection }
const baseOf = (props: OneProps) => `/api/lots/${props.page.lot}/objections/${props.one.id}`

/** The addressee takes it up, sends it back to be completed, refuses it, or replies, signed. */
export function ObjectionReply(props: OneProps): JSX.Element {
  return (
    <Switch>
      <Match when={props.one.stage === 'filed'}>
        <First {...props} />
      </Match>
      <Match when={props.one.stage === 'correcting'}>
        <Unmended {...props} />
      </Match>
      <Match when={props.one.stage === 'accepted' || props.one.stage === 'overdue'}>
        <Reply {...props} />
      </Match>
    </Switch>
  )
}

/** Sent back and not completed within the time of the reply: it may be refused, else it holds the lot. */
function Unmended(props: OneProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const [text, setText] = createSignal('')
  const acting = useAct(() => props.objections.refresh())
  async function refuse(): Promise<void> {
    const reason = text().trim()
    if (!reason) return acting.setProblem(t('awarding.reply.reasonFirst'))
    await acting.run('refusal', () =>
      post(`${baseOf(props)}/refusal`, { reason }, { key: newKey() }),
    )
  }
  return (
    <Show
      when={now() >= Date.parse(props.one.replyUntil)}
      fallback={<p class="yg-note">{t('awarding.reply.waits')}</p>}
    >
      <Fold title={t('awarding.reply.unmended')}>
        <Field
          label={t('awarding.reply.reason')}
          name={`objection-unmended-${props.one.id}`}
          lines={3}
          maxLength={2000}
          value={text()}
          error={acting.problem()}
          onInput={setText}
        />
        <Row>
          <Button kind="danger" pending={acting.busy() !== null} onPress={() => void refuse()}>
            {t('awarding.reply.refuse')}
          </Button>
        </Row>
      </Fold>
    </Show>
  )
}

function First(props: OneProps): JSX.Element {
  const [text, setText] = createSignal('')
  const acting = useAct(() => props.objections.refresh())
  async function send(what: 'refusal' | 'correction-requests'): Promise<void> {
    if (!text().trim()) return acting.setProblem(t('awarding.reply.reasonFirst'))
    const body = what === 'refusal' ? { reason: text().trim() } : { text: text().trim() }
    await acting.run(what, () => post(`${baseOf(props)}/${what}`, body, { key: newKey() }))
  }
  return (
    <Stack gap="small">
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button
          kind="primary"
          pending={acting.busy() === 'accept'}
          onPress={() =>
            void acting.run('accept', () =>
              post(`${baseOf(props)}/acceptance`, {}, { key: newKey() }),
            )
          }
        >
          {t('awarding.reply.accept')}
        </Button>
      </Row>
      <Fold title={t('awarding.reply.other')}>
        <Field
          label={t('awarding.reply.reason')}
          name={`objection-first-${props.one.id}`}
          lines={3}
          maxLength={2000}
          value={text()}
          onInput={setText}
        />
        <Row>
          <Show when={props.one.correction === null}>
            <Button
              pending={acting.busy() === 'correction-requests'}
              onPress={() => void send('correction-requests')}
            >
              {t('awarding.reply.correct')}
            </Button>
          </Show>
          <Button
            kind="danger"
            pending={acting.busy() === 'refusal'}
            onPress={() => void send('refusal')}
          >
            {t('awarding.reply.refuse')}
          </Button>
        </Row>
      </Fold>
    </Stack>
  )
}

function Reply(props: OneProps): JSX.Element {
  const [upheld, setUpheld] = createSignal<'yes' | 'no' | null>(null)
  const draft = useDraftText(() => `reply ${props.page.lot} ${props.one.id}`)
  const acting = useAct(async () => {
    draft.clear()
    await props.objections.refresh()
  })
  async function send(): Promise<void> {
    if (upheld() === null || !draft.text().trim())
      return acting.setProblem(t('awarding.reply.empty'))
    await acting.run('reply', () =>
      signAndSend(
        'reply-objection',
        {
          subject: lotSubject(props.trade, props.page.lot),
          id: props.one.id,
          upheld: upheld() === 'yes',
          text: draft.text().trim(),
        },
        { tender: props.trade.id, lot: props.page.lot },
        (body, key) => post(`${baseOf(props)}/reply`, body, { key }),
      ),
    )
  }
  return (
    <Stack gap="small">
      <Radio
        label={t('awarding.reply.decision')}
        name={`objection-upheld-${props.one.id}`}
        inline
        value={upheld()}
        options={[
          { value: 'yes', text: t('awarding.reply.yes') },
          { value: 'no', text: t('awarding.reply.no') },
        ]}
        onValue={setUpheld}
      />
      <Field
        label={t('awarding.reply.text')}
        name={`objection-reply-${props.one.id}`}
        hint={t('awarding.reply.textHint')}
        lines={5}
        maxLength={20_000}
        value={draft.text()}
        error={acting.problem()}
        onInput={draft.setText}
      />
      <Row>
        <Button kind="primary" pending={acting.busy() !== null} onPress={() => void send()}>
          {t('awarding.reply.send')}
        </Button>
      </Row>
    </Stack>
  )
}

/** Withdrawn by its filer: it ends there, and what it held goes on. */
export function WithdrawObjection(props: OneProps): JSX.Element {
  const acting = useAct(() => props.objections.refresh())
  return (
    <>
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button
          small
          pending={acting.busy() !== null}
          onPress={() =>
            void acting.run('withdraw', () =>
              post(`${baseOf(props)}/withdrawal`, {}, { key: newKey() }),
            )
          }
        >
          {t('awarding.reply.withdraw')}
        </Button>
      </Row>
    </>
  )
}
