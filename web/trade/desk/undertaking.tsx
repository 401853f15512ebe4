import { createSignal, For, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Section } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { viewer } from '../../shell/session.ts'
import { signAndSend } from '../../shell/signer.ts'
import { useAct } from '../use-act.ts'
import type { DeskPage } from './desk-answers.ts'
import { Members } from './members.tsx'

const points = ['one', 'two', 'three', 'four', 'five'] as const

/** First at the desk: to undertake independence and secrecy, and to say what stands against serving. */
export function Undertaking(props: {
  trade: TradePage
  page: DeskPage
  live: Live<DeskPage>
}): JSX.Element {
  const [answer, setAnswer] = createSignal<'none' | 'some' | null>(null)
  const [reason, setReason] = createSignal('')
  const acting = useAct(() => props.live.refresh())
  const own = () => props.page.members.find((m) => m.id === viewer()?.party)
  const hasDeclared = () => (own()?.declared.length ?? 0) > 0

  async function sign(): Promise<void> {
    if (answer() === null) return acting.setProblem(t('desk.undertaking.chooseFirst'))
    if (answer() === 'some' && !reason().trim())
      return acting.setProblem(t('desk.undertaking.sayWhy'))
    const recusals = answer() === 'some' ? [reason().trim()] : []
    await acting.run('sign', () =>
      signAndSend(
        'sign-commitment',
        { subject: props.page.subject, recusals },
        { tender: props.trade.id, lot: props.page.lot, verb: t('desk.undertaking.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/evaluation/commitments`, body, { key }),
      ),
    )
  }

  return (
    <>
      <Section title={t('desk.undertaking.title')} card>
        <Show
          when={!own()?.isCommitted && !hasDeclared()}
          fallback={
            <Notice tone={hasDeclared() ? 'warn' : 'ok'}>
              {t(hasDeclared() ? 'desk.undertaking.recused' : 'desk.undertaking.done')}
            </Notice>
          }
        >
          <ol class="yg-prose">
            <For each={points}>{(point) => <li>{t(`desk.undertaking.${point}`)}</li>}</For>
          </ol>
          <Radio
            label={t('desk.undertaking.recusal')}
            hint={t('desk.undertaking.recusalHint')}
            name="recusal"
            value={answer()}
            error={acting.problem()}
            options={[
              { value: 'none', text: t('desk.undertaking.none') },
              { value: 'some', text: t('desk.undertaking.some') },
            ]}
            onValue={setAnswer}
          />
          <Show when={answer() === 'some'}>
            <Field
              label={t('desk.undertaking.reason')}
              name="recusal-reason"
              lines={3}
              maxLength={2000}
              hint={t('desk.undertaking.reasonHint')}
              value={reason()}
              onInput={setReason}
            />
          </Show>
          <div>
            <Button kind="primary" pending={acting.busy() !== null} onPress={() => void sign()}>
              {t('desk.undertaking.sign')}
            </Button>
          </div>
        </Show>
      </Section>
      <Members page={props.page} />
    </>
  )
}
