import { createSignal, type JSX } from 'solid-js'
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

/** Grounds of the law on which a candidate is not, or no longer, awarded (TR 55). */
export const cancelGrounds = ['gaveUp', 'forceMajeure', 'noPerformanceBond', 'offence'] as const

/** The award is cancelled on a ground of the law alone; the next candidate follows. */
export function CancelForm(props: AwardProps): JSX.Element {
  const [ground, setGround] = createSignal<(typeof cancelGrounds)[number]>('gaveUp')
  const [reason, setReason] = createSignal('')
  const acting = useAct(() => props.live.refresh())
  async function cancel(): Promise<void> {
    if (!reason().trim()) return acting.setProblem(t('award.cancel.reasonFirst'))
    await acting.run('cancel', () =>
      signAndSend(
        'cancel-award',
        {
          subject: lotSubject(props.trade, props.page.lot),
          ground: ground(),
          reason: reason().trim(),
        },
        { tender: props.trade.id, lot: props.page.lot, verb: t('award.cancel.verb') },
        (body, key) => post(`/api/lots/${props.page.lot}/award-cancellations`, body, { key }),
      ),
    )
  }
  return (
    <Fold title={t('award.cancel.title')}>
      <p class="yg-note">{t('award.cancel.note')}</p>
      <Select
        label={t('award.cancel.ground')}
        name="cancel-ground"
        value={ground()}
        options={cancelGrounds.map((value) => ({ value, text: t(`award.cancel.${value}`) }))}
        onValue={setGround}
      />
      <Field
        label={t('award.cancel.reason')}
        name="cancel-reason"
        lines={3}
        maxLength={2000}
        value={reason()}
        error={acting.problem()}
        onInput={setReason}
      />
      <Row>
        <Button kind="danger" pending={acting.busy() !== null} onPress={() => void cancel()}>
          {t('award.cancel.cancel')}
        </Button>
      </Row>
    </Fold>
  )
}
