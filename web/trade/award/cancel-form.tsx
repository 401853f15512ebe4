import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { post } from '../../shell/api.ts'
import { signAndSend } from '../../shell/signer.ts'
import { lotSubject } from '../subject.ts'
import type { AwardProps } from './award-page.tsx'
import { GroundForm } from './ground-form.tsx'

const grounds = ['gaveUp', 'forceMajeure', 'noPerformanceBond', 'offence'] as const

/** Grounds of the law on which a candidate is not, or no longer, awarded (TR 55). */
export const cancelGrounds = () =>
  grounds.map((value) => ({ value, text: t(`award.cancel.${value}`) }))

/** The award is cancelled on a ground of the law alone; the next candidate follows. */
export function CancelForm(props: AwardProps): JSX.Element {
  return (
    <GroundForm
      name="cancel"
      title={t('award.cancel.title')}
      note={t('award.cancel.note')}
      grounds={cancelGrounds()}
      kind="danger"
      verb={t('award.cancel.cancel')}
      done={() => props.live.refresh()}
      send={({ ground, reason }) => {
        const { trade, page } = props
        return signAndSend(
          'cancel-award',
          { subject: lotSubject(trade, page.lot), ground, reason },
          { tender: trade.id, lot: page.lot, verb: t('award.cancel.verb') },
          (body, key) => post(`/api/lots/${page.lot}/award-cancellations`, body, { key }),
        )
      }}
    />
  )
}
