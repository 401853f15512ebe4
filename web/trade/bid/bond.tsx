import { createSignal, type JSX, Show } from 'solid-js'
import { yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Section } from '../../kit/layout.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { post } from '../../shell/api.ts'
import { useAct } from '../use-act.ts'
import type { Workspace } from './workspace.ts'

export const hasBond = (work: Workspace): boolean =>
  work.terms().bondFen === 0 || (work.own()?.bonds.some((one) => one.settled === null) ?? false)

/** 保证金: recorded before the deadline, by transfer or guarantee. */
export function Bond(props: { work: Workspace }): JSX.Element {
  const [form, setForm] = createSignal<'transfer' | 'guarantee'>('guarantee')
  const [reference, setReference] = createSignal('')
  const acting = useAct(() => props.work.own.refresh())
  const record = () =>
    acting.run('bond', (intent) =>
      post(
        `/api/lots/${props.work.lot().id}/bond`,
        {
          id: intent,
          amountFen: props.work.terms().bondFen,
          form: form(),
          reference: reference().trim(),
        },
        { key: intent },
      ),
    )
  return (
    <Show when={!hasBond(props.work)}>
      <Section
        title={t('bid.bond.title')}
        note={t('bid.bond.note', { amount: yuan(props.work.terms().bondFen) })}
        card
      >
        <Radio<'transfer' | 'guarantee'>
          label={t('bid.bond.form')}
          name="bond-form"
          inline
          value={form()}
          options={[
            { value: 'guarantee', text: t('bid.bond.guarantee') },
            { value: 'transfer', text: t('bid.bond.transfer') },
          ]}
          onValue={setForm}
        />
        <Field
          label={t(form() === 'guarantee' ? 'bid.bond.guaranteeNo' : 'bid.bond.transferNo')}
          name="bond-reference"
          width="medium"
          maxLength={200}
          value={reference()}
          onInput={setReference}
        />
        <RefusalNote text={acting.problem()} />
        <div class="yg-row">
          <Button
            pending={acting.busy() !== null}
            off={reference().trim() ? null : t('bid.bond.referenceFirst')}
            onPress={() => void record()}
          >
            {t('bid.bond.record')}
          </Button>
        </div>
      </Section>
    </Show>
  )
}
