import { type JSX, Show } from 'solid-js'
import { reopenGrounds } from '../../../server/evaluation/evaluation/committee.ts'
import { t } from '../../i18n/i18n.ts'
import { post } from '../../shell/api.ts'
import { signAndSend } from '../../shell/signer.ts'
import { lotSubject } from '../subject.ts'
import { cancelGrounds } from './cancel-form.tsx'
import { GroundForm } from './ground-form.tsx'
import type { AwardProps } from './use-award.ts'

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
  return (
    <GroundForm
      name="back"
      title={t('awarding.back.title')}
      note={t('awarding.back.note')}
      grounds={reopenGrounds.map((value) => ({ value, text: t(`awarding.back.${value}`) }))}
      reasonHint={t('awarding.back.reasonHint')}
      verb={t('awarding.back.send')}
      done={() => props.live.refresh()}
      send={({ ground, reason }) => {
        const { trade, page } = props
        const report = page.party?.report ?? ''
        return signAndSend(
          'send-back-report',
          { subject: lotSubject(trade, page.lot), report, ground, reason },
          { tender: trade.id, lot: page.lot, verb: t('awarding.back.verb') },
          (body, key) => post(`/api/lots/${page.lot}/report-returns`, body, { key }),
        )
      }}
    />
  )
}

/** The first candidate can't be awarded, on a ground of the law, and a document shows it. */
function PassOver(props: AwardProps & { readonly bidder: string }): JSX.Element {
  // Its certificate was revoked when the bid was signed: it can't be awarded at all.
  const invalid = () =>
    props.page.party?.signatures[props.bidder] === 'revoked'
      ? [
          {
            value: 'signatureInvalid' as const,
            text: t('awarding.cancel.signatureInvalid'),
          },
        ]
      : []
  return (
    <GroundForm
      name="pass"
      title={t('awarding.pass.title')}
      note={t('awarding.pass.note', { name: props.nameOf(props.bidder) })}
      grounds={[...invalid(), ...cancelGrounds()]}
      wantsEvidence
      kind="danger"
      verb={t('awarding.pass.pass')}
      done={() => props.live.refresh()}
      send={(given) => {
        const { trade, page, bidder } = props
        return signAndSend(
          'pass-over-candidate',
          { subject: lotSubject(trade, page.lot), bidder, ...given },
          { tender: trade.id, lot: page.lot, verb: t('awarding.pass.verb') },
          (body, key) => post(`/api/lots/${page.lot}/passed-over`, body, { key }),
        )
      }}
    />
  )
}
