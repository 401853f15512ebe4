import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { texts } from '../../../server/acts/texts.ts'
import { toWords } from '../../../server/kernel/money-words.ts'
import { yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Field } from '../../kit/field.tsx'
import { Facts, Prose, Row, Section, Stack } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Empty, Notice, RefusalNote, Tag } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { viewer } from '../../shell/session.ts'
import { signAndSend } from '../../shell/signer.ts'
import { lotSubject } from '../subject.ts'
import { useAct } from '../use-act.ts'
import { useDraftText } from '../use-draft-text.ts'
import type { Proposal } from './award-answers.ts'
import { type AwardProps, has } from './use-award.ts'

/** The contract: proposed by the purchaser, countersigned by the winner over the same bytes. */
export function Contract(props: AwardProps): JSX.Element {
  const contract = () => props.page.contract
  const isWinner = () => props.page.award?.bidder === viewer()?.party
  const isOpen = () => props.page.stage === 'awarded'
  return (
    <Section
      id="contract"
      title={t('awarding.contract.title')}
      more={
        <Tag tone={contract()?.isSigned ? 'ok' : contract()?.proposal ? 'sun' : undefined}>
          {t(
            contract()?.isSigned
              ? 'awarding.contract.signed'
              : contract()?.proposal
                ? 'awarding.contract.proposed'
                : 'awarding.contract.none',
          )}
        </Tag>
      }
      card
    >
      <Stack>
        <Show when={contract()?.proposal}>
          {(proposal) => <ProposalView proposal={proposal()} />}
        </Show>
        <Switch>
          <Match when={isOpen() && isWinner() && contract()?.proposal}>
            {(proposal) => <Countersign {...props} proposal={proposal()} />}
          </Match>
          <Match when={isOpen() && has(props.trade, 'Pu') && contract()?.proposal}>
            {(proposal) => <Withdraw {...props} proposal={proposal()} />}
          </Match>
          <Match when={isOpen() && has(props.trade, 'Pu')}>
            <Propose {...props} />
          </Match>
          <Match when={!contract()?.proposal && !contract()?.isSigned}>
            <Empty title={t('awarding.contract.waits')} />
          </Match>
        </Switch>
      </Stack>
    </Section>
  )
}

function ProposalView(props: { proposal: Proposal }): JSX.Element {
  return (
    <>
      <Facts
        rows={[
          { name: t('awarding.contract.number'), value: props.proposal.number },
          {
            name: t('awarding.contract.price'),
            value: yuan(props.proposal.priceFen),
            note: toWords(props.proposal.priceFen),
          },
          {
            name: t('awarding.contract.digest'),
            value: <Hash value={props.proposal.act} label={t('awarding.contract.digest')} />,
          },
        ]}
      />
      <Fold title={t('awarding.contract.terms')} open>
        <Prose>{props.proposal.terms}</Prose>
      </Fold>
    </>
  )
}

function Propose(props: AwardProps): JSX.Element {
  const [number, setNumber] = createSignal('')
  const terms = useDraftText(() => `contract ${props.page.lot}`)
  const acting = useAct(async () => {
    terms.clear()
    await props.live.refresh()
  })
  async function propose(): Promise<void> {
    if (!number().trim() || !terms.text().trim())
      return acting.setProblem(t('awarding.contract.empty'))
    await acting.run('propose', (intent) =>
      signAndSend(
        'propose-contract',
        {
          subject: lotSubject(props.trade, props.page.lot),
          id: `contract-${intent.slice(0, 12)}`,
          number: number().trim(),
          priceFen: props.page.award?.priceFen ?? 0,
          terms: terms.text().trim(),
        },
        { tender: props.trade.id, lot: props.page.lot },
        (body, key) => post(`/api/lots/${props.page.lot}/contract-proposals`, body, { key }),
      ),
    )
  }
  return (
    <>
      <p class="yg-note">{t('awarding.contract.note')}</p>
      <Facts
        rows={[
          {
            name: t('awarding.contract.price'),
            value: yuan(props.page.award?.priceFen ?? 0),
            note: t('awarding.contract.priceNote'),
          },
        ]}
      />
      <Field
        label={t('awarding.contract.number')}
        name="contract-number"
        width="medium"
        maxLength={2000}
        value={number()}
        onInput={setNumber}
      />
      <Field
        label={t('awarding.contract.terms')}
        name="contract-terms"
        lines={8}
        maxLength={20_000}
        width="full"
        hint={t('awarding.contract.termsHint')}
        value={terms.text()}
        error={acting.problem()}
        onInput={terms.setText}
      />
      <Row>
        <Button
          kind={props.page.award?.resultUntil === null ? 'secondary' : 'primary'}
          pending={acting.busy() !== null}
          onPress={() => void propose()}
        >
          {t('awarding.contract.propose')}
        </Button>
      </Row>
    </>
  )
}

function Withdraw(props: AwardProps & { proposal: Proposal }): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  return (
    <>
      <Notice>{t('awarding.contract.awaitsWinner')}</Notice>
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button
          pending={acting.busy() !== null}
          onPress={() =>
            void acting.run('withdraw', () =>
              post(
                `/api/lots/${props.page.lot}/contract-withdrawals`,
                { id: props.proposal.id },
                { key: newKey() },
              ),
            )
          }
        >
          {t('awarding.contract.withdraw')}
        </Button>
      </Row>
    </>
  )
}

function Countersign(props: AwardProps & { proposal: Proposal }): JSX.Element {
  const [reason, setReason] = createSignal('')
  const acting = useAct(() => props.live.refresh())
  const sign = () => {
    const subject = lotSubject(props.trade, props.page.lot)
    const { id, number, priceFen, terms, act } = props.proposal
    const { zh, en } = texts['propose-contract']({ subject, id, number, priceFen, terms })
    return acting.run('sign', () =>
      signAndSend(
        'countersign',
        { subject, id, proposalSha256: act, proposalText: { zh: [...zh], en: [...en] } },
        { tender: props.trade.id, lot: props.page.lot },
        (body, key) => post(`/api/lots/${props.page.lot}/contract`, body, { key }),
      ),
    )
  }
  async function decline(): Promise<void> {
    if (!reason().trim()) return acting.setProblem(t('awarding.contract.reasonFirst'))
    await acting.run('decline', () =>
      post(
        `/api/lots/${props.page.lot}/contract-refusals`,
        { id: props.proposal.id, reason: reason().trim() },
        { key: newKey() },
      ),
    )
  }
  return (
    <>
      <p class="yg-note">{t('awarding.contract.countersignNote')}</p>
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button kind="primary" pending={acting.busy() === 'sign'} onPress={() => void sign()}>
          {t('awarding.contract.countersign')}
        </Button>
      </Row>
      <Fold title={t('awarding.contract.declineTitle')}>
        <Field
          label={t('awarding.contract.declineReason')}
          name="contract-decline"
          lines={2}
          maxLength={2000}
          value={reason()}
          onInput={setReason}
        />
        <Row>
          <Button
            kind="danger"
            pending={acting.busy() === 'decline'}
            onPress={() => void decline()}
          >
            {t('awarding.contract.decline')}
          </Button>
        </Row>
      </Fold>
    </>
  )
}
