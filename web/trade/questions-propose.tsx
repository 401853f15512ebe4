import { createSignal, type JSX, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Radio } from '../kit/choice.tsx'
import { Fold } from '../kit/desk.tsx'
import { Field } from '../kit/field.tsx'
import { Row, Section } from '../kit/layout.tsx'
import { RefusalNote } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import { newKey, post } from '../shell/api.ts'
import { viewer } from '../shell/session.ts'
import { signAndSend } from '../shell/signer.ts'
import { useTradeNow } from '../shell/use-now.ts'
import { instantOf } from './local-time.ts'
import { subjectOf } from './subject.ts'
import { useAct } from './use-act.ts'
import { useDraftText } from './use-draft-text.ts'

interface ProposeProps {
  readonly trade: TradePage
  readonly onDone: () => Promise<void>
}

const maySign = () => ['legalRepresentative', 'authorisedSigner'].includes(viewer()?.capacity ?? '')

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
  const draft = useDraftText(() => `amendment ${props.trade.id}`)
  const [affects, setAffects] = createSignal<'yes' | 'no'>('yes')
  const acting = useAct(async () => {
    draft.clear()
    await props.onDone()
  })
  function propose(): Promise<boolean> | undefined {
    const [text, { document, id: tender }] = [draft.text().trim(), props.trade]
    if (text === '' || !document) return void acting.setProblem(t('trade.questions.empty'))
    const own = {
      subject: subjectOf(document),
      id: `p-${newKey().slice(0, 16)}`,
      text,
      documentSha256: null,
      affectsBids: affects() === 'yes',
    }
    const none = { document: null, files: null }
    return acting.run('propose', () =>
      signAndSend('propose-amendment', own, { tender }, (body, key) =>
        post(`/api/projects/${tender}/amendment-proposals`, { ...body, with: none }, { key }),
      ),
    )
  }
  return (
    <>
      <Field
        label={t('proposal.change')}
        hint={t('proposal.new.changeHint')}
        name="amendment"
        lines={5}
        maxLength={20_000}
        value={draft.text()}
        error={acting.problem()}
        onInput={draft.setText}
      />
      <Radio
        label={t('trade.questions.bears')}
        name="amendment-affects"
        value={affects()}
        inline
        options={[
          { value: 'yes', text: t('proposal.new.affects') },
          { value: 'no', text: t('proposal.new.affectsNot') },
        ]}
        onValue={setAffects}
      />
      <Row>
        <Button pending={acting.busy() !== null} onPress={() => void propose()}>
          {t('trade.questions.propose')}
        </Button>
        <ButtonLink href={`/t/${props.trade.id}/edit`}>{t('proposal.new.whole')}</ButtonLink>
      </Row>
    </>
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
    const own = {
      subject: subjectOf(document),
      id: `p-${newKey().slice(0, 16)}`,
      deadline,
      reason: reason().trim(),
    }
    return acting.run('propose', () =>
      signAndSend('propose-deadline', own, { tender }, (body, key) =>
        post(`/api/projects/${tender}/deadline-proposals`, body, { key }),
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
          {t('trade.questions.propose')}
        </Button>
      </Row>
    </>
  )
}
