import { For, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import type { TextKey } from '../../i18n/texts.ts'
import { Select } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Section } from '../../kit/layout.tsx'
import { MoneyField } from '../../kit/money-field.tsx'
import { type FormulaField, type FormulaName, fieldsOf, formulaNames } from './formulas.ts'
import { faultOf, type PartProps } from './parts.tsx'

/** The price formula and the parameters that it asks for. */
export function PricePart(props: PartProps): JSX.Element {
  const price = () => props.work.draft.price
  return (
    <Section title={t('edit.price')} card>
      <Select
        label={t('edit.formula')}
        name="scoring.price.formula"
        value={price().formula}
        options={formulaNames.map((name) => ({ value: name, text: t(`document.formula.${name}`) }))}
        onValue={(formula: FormulaName) => props.work.setDraft('price', { formula })}
      />
      <For each={fieldsOf(price().formula)}>
        {(field) => <Parameter work={props.work} field={field} />}
      </For>
    </Section>
  )
}

const units: Readonly<Record<string, TextKey>> = {
  weight: 'edit.field.points',
  aboveDeductPerPercent: 'edit.field.points',
  belowDeductPerPercent: 'edit.field.points',
  minScore: 'edit.field.points',
  smallBusinessDeductionPercent: 'edit.field.percent',
  baseAdvancePercent: 'edit.field.percent',
  baseDurationDays: 'edit.field.days',
}
const hints: Readonly<Record<string, TextKey>> = {
  points: 'edit.param.pointsHint',
  dropEach: 'edit.param.dropEachHint',
  methodCandidates: 'edit.param.methodCandidatesHint',
  kCandidates: 'edit.param.listHint',
}

/** One parameter of the formula, in the kind of field that suits it. */
function Parameter(props: PartProps & { field: FormulaField }): JSX.Element {
  const name = () => props.field.name
  const path = () => `scoring.price.${name()}`
  const value = () => props.work.draft.price.fields[name()] ?? ''
  const label = () => t(`edit.param.${name()}` as TextKey)
  const change = (next: string) => props.work.setDraft('price', 'fields', { [name()]: next })
  const unit = () => units[name()]
  const hint = () => hints[name()]
  return (
    <Show
      when={props.field.kind === 'choice'}
      fallback={
        <Show
          when={props.field.kind === 'money'}
          fallback={
            <Field
              label={label()}
              name={path()}
              width={props.field.kind === 'list' ? undefined : 'short'}
              numeric={props.field.kind === 'decimal'}
              optional={props.field.optional}
              unit={unit() ? t(unit() as TextKey) : undefined}
              hint={hint() ? t(hint() as TextKey) : undefined}
              value={value()}
              error={faultOf(props.work, path())}
              onInput={change}
            />
          }
        >
          <MoneyField
            label={label()}
            name={path()}
            optional={props.field.optional}
            fen={value() === '' ? null : Number(value())}
            error={faultOf(props.work, path())}
            onFen={(fen) => change(fen === null ? '' : String(fen))}
          />
        </Show>
      }
    >
      <Select
        label={label()}
        name={path()}
        value={value()}
        error={faultOf(props.work, path())}
        options={[
          { value: '', text: t('edit.new.choose') },
          ...(props.field.options ?? []).map((one) => ({
            value: one,
            text: t(`edit.variant.${one}` as TextKey),
          })),
        ]}
        onValue={change}
      />
    </Show>
  )
}
