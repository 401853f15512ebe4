import { createSignal, type JSX, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Fold } from '../kit/desk.tsx'
import { Field } from '../kit/field.tsx'
import { Row, Section } from '../kit/layout.tsx'
import { RefusalNote } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import { post } from '../shell/api.ts'
import { signAndSend } from '../shell/signer.ts'
import { useTradeNow } from '../shell/use-now.ts'
import { AmendmentForm } from './amendment-form.tsx'
import { instantOf } from './local-time.ts'
import { maySign } from './may-sign.ts'
import { subjectOf } from './subject.ts'
import { useAct } from './use-act.ts'

interface ProposeProps {
  readonly trade: TradePage
  readonly onDone: () => Promise<void>
}

/** What the agency may propose of its own accord until the deadline: an amendment, a later deadline. */
export function Propose(props: ProposeProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const isOpen = () => now() < Date.parse(props.trade.published?.deadline ?? '')
  return (
    <Show when={isOpen() && maySign()}>
      <Section title={t('proposal.new.title')} note={t('proposal.new.note')}>
        <Fold title={t('proposal.amendment')}>
          <Amendment {...props} />
        </Fold>
        <Fold title={t('proposal.deadline')}>
          <LaterDeadline {...props} />
        </Fold>
      </Section>
    </Show>
  )
}

/** A change in words; a whole new document is written in the editor, and proposed by the same act. */
function Amendment(props: ProposeProps): JSX.Element {
  return (
    <AmendmentForm
      project={props.trade.id}
      inForce={props.trade.document}
      verb={t('questions.propose')}
      onDone={props.onDone}
    >
      <ButtonLink href={`/t/${props.trade.id}/edit`}>{t('proposal.new.whole')}</ButtonLink>
    </AmendmentForm>
  )
}

function LaterDeadline(props: ProposeProps): JSX.Element {
  const [local, setLocal] = createSignal('')
  const [reason, setReason] = createSignal('')
  const acting = useAct(async () => {
    setLocal('')
    setReason('')
    await props.onDone()
  })
  const present = () => props.trade.published?.deadline ?? ''
  function propose(): Promise<boolean> | undefined {
    const { document, id: tender } = props.trade
    const deadline = instantOf(local())
    if (!document || !deadline || deadline <= present())
      return void acting.setProblem(t('proposal.new.later', { time: time(present()) }))
    if (!reason().trim()) return void acting.setProblem(t('proposal.new.reasonFirst'))
    const own = { subject: subjectOf(document), deadline, reason: reason().trim() }
    return acting.run('propose', (intent) =>
      signAndSend(
        'propose-deadline',
        { ...own, id: `p-${intent.slice(0, 16)}` },
        { tender },
        (body, key) => post(`/api/projects/${tender}/deadline-proposals`, body, { key }),
      ),
    )
  }
  return (
    <>
      <RefusalNote text={acting.problem()} />
      <Field
        label={t('proposal.to')}
        hint={t('proposal.new.toHint', { time: time(present()) })}
        name="later-deadline"
        kind="datetime-local"
        width="medium"
        value={local()}
        onInput={setLocal}
      />
      <Field
        label={t('proposal.reason')}
        name="later-reason"
        lines={2}
        maxLength={2000}
        value={reason()}
        onInput={setReason}
      />
      <Row>
        <Button pending={acting.busy() !== null} onPress={() => void propose()}>
          {t('questions.propose')}
        </Button>
      </Row>
    </>
  )
}
