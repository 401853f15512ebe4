import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { post } from '../../shell/api.ts'
import { signAndSend } from '../../shell/signer.ts'
import { lotSubject } from '../subject.ts'
import { GroundForm } from './ground-form.tsx'
import type { AwardProps } from './use-award.ts'

const grounds = ['gaveUp', 'forceMajeure', 'noPerformanceBond', 'offence'] as const

/** Grounds of the law on which a candidate is not, or no longer, awarded (TR 55). */
export const cancelGrounds = () =>
  grounds.map((value) => ({ value, text: t(`awarding.cancel.${value}`) }))

/** The award is cancelled on a ground of the law alone; the next candidate follows. */
export function CancelForm(props: AwardProps): JSX.Element {
  return (
    <GroundForm
      name="cancel"
      title={t('awarding.cancel.title')}
      note={t('awarding.cancel.note')}
      grounds={cancelGrounds()}
      kind="danger"
      verb={t('awarding.cancel.cancel')}
      done={() => props.live.refresh()}
      send={({ ground, reason }) => {
        const { trade, page } = props
        return signAndSend(
          'cancel-award',
          { subject: lotSubject(trade, page.lot), ground, reason },
          { tender: trade.id, lot: page.lot, verb: t('awarding.cancel.verb') },
          (body, key) => post(`/api/lots/${page.lot}/award-cancellations`, body, { key }),
        )
      }}
    />
  )
}
