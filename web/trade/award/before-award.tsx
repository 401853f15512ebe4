import { createSignal, type JSX, Show } from 'solid-js'
import { reopenGrounds } from '../../../server/evaluation/evaluation/committee.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Select } from '../../kit/choice.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Field } from '../../kit/field.tsx'
import { Row } from '../../kit/layout.tsx'
import { post } from '../../shell/api.ts'
import { signAndSend } from '../../shell/signer.ts'
import { lotSubject } from '../subject.ts'
import { useAct } from '../use-act.ts'
import type { AwardProps } from './award-page.tsx'
import { cancelGrounds } from './cancel-form.tsx'

/** The purchaser's two ways beside the award: back to the committee, or past the first candidate. */
export function BeforeAward(props: AwardProps): JSX.Element {
  const isGp = () => props.page.regime === 'governmentProcurement'
  const mayPass = () =>
    props.page.stage === 'awarding' || (props.page.stage === 'evaluated' && isGp())
  return (
    <>
      <Show when={mayPass() && props.page.party?.awardable[0]}>
        {(bidder) => <PassOver {...props} bidder={bidder()} />}
      </Show>
      <Show when={props.page.stage === 'evaluated'}>
        <SendBack {...props} />
      </Show>
    </>
  )
}

/** An evident error of the four kinds: the same committee takes its report up again. */
function SendBack(props: AwardProps): JSX.Element {
  const [ground, setGround] = createSignal<(typeof reopenGrounds)[number]>('sumError')
  const [reason, setReason] = createSignal('')
  const acting = useAct(() => props.live.refresh())
  async function send(): Promise<void> {
    if (!reason().trim()) return acting.setProblem(t('award.cancel.reasonFirst'))
    await acting.run('send', () =>
      signAndSend(
        'send-back-report',
        {
          subject: lotSubject(props.trade, props.page.lot),
          report: props.page.party?.report ?? '',
          ground: ground(),
          reason: reason().trim(),
        },
        { tender: props.trade.id, lot: props.page.lot, verb: t('award.back.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/report-returns`, body, { key }),
      ),
    )
  }
  return (
    <Fold title={t('award.back.title')}>
      <p class="yg-note">{t('award.back.note')}</p>
      <Select
        label={t('award.cancel.ground')}
        name="back-ground"
        value={ground()}
        options={reopenGrounds.map((value) => ({ value, text: t(`award.back.${value}`) }))}
        onValue={setGround}
      />
      <Field
        label={t('award.cancel.reason')}
        name="back-reason"
        hint={t('award.back.reasonHint')}
        lines={3}
        maxLength={2000}
        value={reason()}
        error={acting.problem()}
        onInput={setReason}
      />
      <Row>
        <Button pending={acting.busy() !== null} onPress={() => void send()}>
          {t('award.back.send')}
        </Button>
      </Row>
    </Fold>
  )
}

/** The first candidate can't be awarded, on a ground of the law, and a document shows it. */
function PassOver(props: AwardProps & { readonly bidder: string }): JSX.Element {
  const [ground, setGround] = createSignal<(typeof cancelGrounds)[number]>('gaveUp')
  const [reason, setReason] = createSignal('')
  const [evidence, setEvidence] = createSignal('')
  const acting = useAct(() => props.live.refresh())
  async function pass(): Promise<void> {
    if (!reason().trim() || !evidence().trim())
      return acting.setProblem(t('award.pass.evidenceFirst'))
    await acting.run('pass', () =>
      signAndSend(
        'pass-over-candidate',
        {
          subject: lotSubject(props.trade, props.page.lot),
          bidder: props.bidder,
          ground: ground(),
          reason: reason().trim(),
          evidence: evidence().trim(),
        },
        { tender: props.trade.id, lot: props.page.lot, verb: t('award.pass.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/passed-over`, body, { key }),
      ),
    )
  }
  return (
    <Fold title={t('award.pass.title')}>
      <p class="yg-note">{t('award.pass.note', { name: props.nameOf(props.bidder) })}</p>
      <Select
        label={t('award.cancel.ground')}
        name="pass-ground"
        value={ground()}
        options={cancelGrounds.map((value) => ({ value, text: t(`award.cancel.${value}`) }))}
        onValue={setGround}
      />
      <Field
        label={t('award.cancel.reason')}
        name="pass-reason"
        lines={3}
        maxLength={2000}
        value={reason()}
        onInput={setReason}
      />
      <Field
        label={t('award.pass.evidence')}
        name="pass-evidence"
        hint={t('award.pass.evidenceHint')}
        maxLength={2000}
        value={evidence()}
        error={acting.problem()}
        onInput={setEvidence}
      />
      <Row>
        <Button kind="danger" pending={acting.busy() !== null} onPress={() => void pass()}>
          {t('award.pass.pass')}
        </Button>
      </Row>
    </Fold>
  )
}
