import { For, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox, Radio } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { FieldRows, Section } from '../../kit/layout.tsx'
import type { DraftLine, DraftLot } from './draft.ts'
import { FindingList } from './finding-list.tsx'
import { LineFile } from './line-file-later.ts'
import type { ReadLines } from './line-sheet.ts'
import { faultOf, type PartProps, Remove } from './parts.tsx'
import { taskOfPath } from './tasks.ts'

/** What bidders of each lot fill in: the form of the price and what is read out beside it. */
export function QuotationPart(props: PartProps): JSX.Element {
  const found = () =>
    props.work.findings().filter((finding) => taskOfPath(finding.fields[0] ?? '') === 'quotation')
  return (
    <>
      <FindingList findings={found()} />
      <For each={props.work.draft.lots}>
        {(lot, i) => <LotForm work={props.work} lot={lot} at={i()} />}
      </For>
    </>
  )
}

const asks = ['deliveryDays', 'warrantyMonths', 'quality', 'brand', 'smallOrMicro'] as const

function LotForm(props: PartProps & { lot: DraftLot; at: number }): JSX.Element {
  const form = () => props.lot.quotation
  const path = (part: string) => `lots.${props.at}.quotation.${part}`
  const change = (i: number, value: Partial<DraftLine>) =>
    props.work.setDraft('lots', props.at, 'quotation', 'lines', i, value)
  const newest = () =>
    Math.max(0, ...form().lines.map((line) => Number(/\d+$/.exec(line.id)?.[0] ?? 0)))
  const newId = () => `line-${1 + newest()}`
  /** A line of the same name is the same line. */
  function replace({ lines, hasQuantities }: ReadLines): void {
    const known = new Map(form().lines.map((line) => [line.zh, line.id]))
    let last = newest()
    const next = lines.map((line) => {
      const id = known.get(line.zh)
      known.delete(line.zh)
      if (id === undefined) last += 1
      return { ...line, id: id ?? `line-${last}` }
    })
    const kind = hasQuantities && form().kind === 'total' ? 'unitPrices' : form().kind
    props.work.setDraft('lots', props.at, 'quotation', { kind, lines: next })
  }
  return (
    <Section title={props.lot.zh || t('edit.field.lot', { n: props.at + 1 })} card>
      <Radio
        label={t('edit.quote.kind')}
        name={path('kind')}
        inline
        value={form().kind}
        options={(['total', 'unitPrices', 'discountRate'] as const).map((value) => ({
          value,
          text: t(`edit.quote.${value}`),
        }))}
        onValue={(kind) => props.work.setDraft('lots', props.at, 'quotation', { kind })}
      />
      <LineFile lines={form().lines} onLines={replace} />
      <FieldRows
        items={form().lines}
        row={(line, i) => (
          <>
            <Field
              label={t('edit.quote.zh')}
              name={path(`lines.${i()}.zh`)}
              value={line.zh}
              error={faultOf(props.work, path(`lines.${i()}.zh`))}
              onInput={(zh) => change(i(), { zh })}
            />
            <Field
              label={t('edit.quote.en')}
              name={path(`lines.${i()}.en`)}
              value={line.en}
              error={faultOf(props.work, path(`lines.${i()}.en`))}
              onInput={(en) => change(i(), { en })}
            />
            <Field
              label={t('edit.quote.unit')}
              name={path(`lines.${i()}.unit`)}
              width="short"
              optional
              value={line.unit}
              error={faultOf(props.work, path(`lines.${i()}.unit`))}
              onInput={(unit) => change(i(), { unit })}
            />
            <Field
              label={t('edit.quote.quantity')}
              name={path(`lines.${i()}.quantity`)}
              width="short"
              numeric
              optional={form().kind !== 'unitPrices'}
              value={line.quantity}
              error={faultOf(props.work, path(`lines.${i()}.quantity`))}
              onInput={(quantity) => change(i(), { quantity })}
            />
          </>
        )}
        actions={(line, i) =>
          form().lines.length > 1 ? (
            <Remove
              name={line.zh || line.id}
              onRemove={() =>
                props.work.setDraft('lots', props.at, 'quotation', 'lines', (all) =>
                  all.filter((_, at) => at !== i()),
                )
              }
            />
          ) : undefined
        }
        add={
          <Button
            onPress={() =>
              props.work.setDraft('lots', props.at, 'quotation', 'lines', (all) => [
                ...all,
                { id: newId(), zh: '', en: '', unit: '', quantity: '' },
              ])
            }
          >
            {t('edit.quote.add')}
          </Button>
        }
      />
      <fieldset class="yg-choices">
        <legend class="yg-field-label">{t('edit.quote.asks')}</legend>
        <For each={asks}>
          {(name) => (
            <Checkbox
              label={t(`edit.asks.${name}`)}
              name={path(`asks.${name}`)}
              checked={form().asks.includes(name)}
              onChange={(isAsked) =>
                props.work.setDraft('lots', props.at, 'quotation', 'asks', (all) =>
                  isAsked ? [...all, name] : all.filter((one) => one !== name),
                )
              }
            />
          )}
        </For>
      </fieldset>
      <Checkbox
        label={t('edit.quote.tax')}
        name={path('taxInclusive')}
        checked={form().taxInclusive}
        onChange={(taxInclusive) =>
          props.work.setDraft('lots', props.at, 'quotation', { taxInclusive })
        }
      />
    </Section>
  )
}
