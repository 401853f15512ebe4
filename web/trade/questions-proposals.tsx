import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { texts } from '../../server/acts/texts.ts'
import type { Proposal } from '../../server/tendering/project/decider.ts'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Fold } from '../kit/desk.tsx'
import { Field } from '../kit/field.tsx'
import { type Fact, Facts, Prose, Row, Section } from '../kit/layout.tsx'
import { Hash } from '../kit/proof.tsx'
import { RefusalNote, Tag } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import { newKey, post } from '../shell/api.ts'
import { signAndSend } from '../shell/signer.ts'
import { DocumentView } from './document-view.tsx'
import { maySign } from './may-sign.ts'
import { subjectOf } from './subject.ts'
import { useAct } from './use-act.ts'

interface ProposalsProps {
  readonly trade: TradePage
  readonly proposals: readonly Proposal[]
  /** Text of the question that an answer is about. */
  readonly questionOf: (id: string) => string | null
  readonly onDone: () => Promise<void>
}

/**
 * Acts of two parties that wait for the second signature: the agency has signed, the purchaser
 * countersigns the same bytes or declines; until then nothing has effect and nobody else reads it.
 */
export function Proposals(props: ProposalsProps): JSX.Element {
  return (
    <Show when={props.proposals.length > 0}>
      <Section title={t('proposal.title')} note={t('proposal.note')} id="proposals">
        <For each={props.proposals}>{(one) => <ProposalCard {...props} proposal={one} />}</For>
      </Section>
    </Show>
  )
}

type CardProps = ProposalsProps & { readonly proposal: Proposal }

function ProposalCard(props: CardProps): JSX.Element {
  return (
    <article class="yg-card">
      <Row spread>
        <h3 class="yg-section-title">{t(`proposal.${props.proposal.kind}`)}</h3>
        <Tag tone="sun">{t('proposal.waits')}</Tag>
      </Row>
      <Facts
        rows={[
          ...factsOf(props),
          {
            name: t('proposal.digest'),
            value: <Hash value={props.proposal.act} label={t('proposal.digest')} />,
          },
        ]}
      />
      <AmendedDocument {...props} />
      <Switch>
        <Match when={props.trade.roles.includes('Pu')}>
          <Countersign {...props} />
        </Match>
        <Match when={props.trade.roles.includes('Ag')}>
          <Withdraw {...props} />
        </Match>
      </Switch>
    </article>
  )
}

/** What would come into force, word for word. */
function factsOf({ trade, proposal, questionOf }: CardProps): Fact[] {
  const effect = (moves: boolean) => ({
    name: t('proposal.effect'),
    value: t(moves ? 'proposal.mayMove' : 'proposal.moves'),
  })
  switch (proposal.kind) {
    case 'answer':
      return [
        {
          name: t('questions.text'),
          value: questionOf(proposal.question) ?? proposal.question,
        },
        { name: t('questions.answer'), value: <Prose>{proposal.text}</Prose> },
        effect(true),
      ]
    case 'deadline':
      return [
        {
          name: t('proposal.now'),
          value: time(trade.published?.deadline ?? proposal.deadline),
        },
        { name: t('proposal.to'), value: time(proposal.deadline) },
        { name: t('proposal.reason'), value: <Prose>{proposal.reason}</Prose> },
      ]
    case 'amendment':
      return [
        { name: t('proposal.change'), value: <Prose>{proposal.text}</Prose> },
        effect(proposal.affectsBids),
      ]
  }
}

/** The whole document as an amendment would make it. */
function AmendedDocument(props: CardProps): JSX.Element {
  const amended = () => (props.proposal.kind === 'amendment' ? props.proposal : null)
  return (
    <Show when={amended()?.document}>
      {(document) => (
        <Fold title={t('proposal.document')}>
          <DocumentView
            project={props.trade.id}
            document={document()}
            files={amended()?.files ?? props.trade.files}
          />
        </Fold>
      )}
    </Show>
  )
}

/** The lines that the agency signed, made again from the proposal: the purchaser signs over them. */
function proposalText(trade: TradePage, one: Proposal): { zh: string[]; en: string[] } {
  if (!trade.document) throw new Error('a proposal about a trade without a document')
  const common = { subject: subjectOf(trade.document), id: one.id }
  const { zh, en } =
    one.kind === 'answer'
      ? texts['propose-answer']({ ...common, question: one.question, text: one.text })
      : one.kind === 'deadline'
        ? texts['propose-deadline']({ ...common, deadline: one.deadline, reason: one.reason })
        : texts['propose-amendment']({
            ...common,
            text: one.text,
            documentSha256: one.documentSha256,
            affectsBids: one.affectsBids,
          })
  return { zh: [...zh], en: [...en] }
}

function Countersign(props: CardProps): JSX.Element {
  const [reason, setReason] = createSignal('')
  const acting = useAct(() => props.onDone())
  const base = () => `/api/projects/${props.trade.id}`
  const sign = () =>
    acting.run('sign', async () => {
      const { document, id } = props.trade
      if (!document) return null
      return signAndSend(
        'countersign',
        {
          subject: subjectOf(document),
          id: props.proposal.id,
          proposalSha256: props.proposal.act,
          proposalText: proposalText(props.trade, props.proposal),
        },
        { tender: id, verb: t('proposal.countersign') },
        (body, key) => post(`${base()}/countersignatures`, body, { key }),
      )
    })
  async function decline(): Promise<void> {
    if (!reason().trim()) return acting.setProblem(t('proposal.reasonFirst'))
    const body = { id: props.proposal.id, reason: reason().trim() }
    await acting.run('decline', () => post(`${base()}/proposal-refusals`, body, { key: newKey() }))
  }
  return (
    <>
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button
          kind="primary"
          pending={acting.busy() === 'sign'}
          off={maySign() ? null : t('proposal.signersOnly')}
          onPress={() => void sign()}
        >
          {t('proposal.countersign')}
        </Button>
      </Row>
      <Fold title={t('proposal.decline')}>
        <Field
          label={t('proposal.declineReason')}
          hint={t('proposal.declineHint')}
          name={`decline-${props.proposal.id}`}
          lines={2}
          maxLength={2000}
          value={reason()}
          onInput={setReason}
        />
        <Row>
          <Button
            kind="danger"
            pending={acting.busy() === 'decline'}
            off={maySign() ? null : t('proposal.signersOnly')}
            onPress={() => void decline()}
          >
            {t('proposal.declineGo')}
          </Button>
        </Row>
      </Fold>
    </>
  )
}

function Withdraw(props: CardProps): JSX.Element {
  const acting = useAct(() => props.onDone())
  return (
    <>
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button
          pending={acting.busy() !== null}
          off={maySign() ? null : t('proposal.signersOnly')}
          onPress={() =>
            void acting.run('withdraw', () =>
              post(
                `/api/projects/${props.trade.id}/proposal-withdrawals`,
                { id: props.proposal.id },
                { key: newKey() },
              ),
            )
          }
        >
          {t('proposal.withdraw')}
        </Button>
      </Row>
    </>
  )
}
