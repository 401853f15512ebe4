import { For, type JSX, Show } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import type { QuotationLine } from '../../../server/tendering/project/document-quotation.ts'
import { yuan } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { Radio } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { MoneyField } from '../../kit/money-field.tsx'
import { Notice } from '../../kit/status.tsx'
import { Total } from '../../kit/total.tsx'
import { PriceFile } from './price-file-later.ts'
import { lineFen } from './quotation.ts'
import { ScaleQuestion } from './scale.tsx'
import type { Workspace } from './workspace.ts'

/** 报价: the lot's own form, and what is asked for beside the price. */
export function QuotationStep(props: { work: Workspace }): JSX.Element {
  const form = () => props.work.terms().quotation
  const isOne = () => form().lines.length === 1 && form().kind === 'total'
  return (
    <>
      <Section title={t('bid.quotation.title')} note={t('bid.quotation.public')} card>
        <Stack>
          <Show when={form().lines.length > 1}>
            <PriceFile work={props.work} />
          </Show>
          <For each={form().lines}>{(line) => <Line work={props.work} line={line} />}</For>
          <Show when={form().kind === 'discountRate'}>
            <Field
              label={t('bid.quotation.discount')}
              hint={t('bid.quotation.discountHint')}
              name="discountPercent"
              width="short"
              numeric
              unit="%"
              value={props.work.draft.quotation.discountPercent}
              onInput={(discountPercent) => props.work.setQuotation({ discountPercent })}
            />
          </Show>
          <Show when={!isOne() && props.work.price().totalFen !== null}>
            <Total
              name={t('bid.quotation.total')}
              figures={yuan(props.work.price().totalFen ?? 0)}
              words={toWords(props.work.price().totalFen ?? 0)}
            />
          </Show>
          <Show when={props.work.price().problems.some((p) => p.problem === 'price-not-positive')}>
            <Notice tone="danger" live="polite">
              {t('bid.quotation.zero')}
            </Notice>
          </Show>
          <Ceiling work={props.work} />
          <ScaleQuestion work={props.work} />
        </Stack>
      </Section>
      <Show when={form().asks.length > 0}>
        <Section title={t('bid.terms.title')} card>
          <Terms work={props.work} />
        </Section>
      </Show>
    </>
  )
}

function Line(props: { work: Workspace; line: QuotationLine }): JSX.Element {
  const form = () => props.work.terms().quotation
  const fen = () => props.work.draft.quotation.fen[props.line.id] ?? null
  const total = () => lineFen(form(), props.line.id, fen())
  const hint = () =>
    props.line.quantity !== undefined
      ? t('bid.quotation.unitOf', {
          quantity: props.line.quantity,
          unit: props.line.unit ?? '',
        })
      : t(form().taxInclusive ? 'bid.quotation.withTax' : 'bid.quotation.withoutTax')
  return (
    <div class="yg-stack" data-gap="small">
      <MoneyField
        label={pick(props.line)}
        name={`line-${props.line.id}`}
        hint={hint()}
        fen={fen()}
        onFen={(value) =>
          props.work.setQuotation({
            fen: { ...props.work.draft.quotation.fen, [props.line.id]: value },
          })
        }
      />
      <Show when={props.line.quantity !== undefined && total() !== null}>
        <p class="yg-note">{t('bid.quotation.lineTotal', { amount: yuan(total() ?? 0) })}</p>
      </Show>
    </div>
  )
}

/** Over the ceiling: looked at, never stopped. */
export function Ceiling(props: { work: Workspace }): JSX.Element {
  const ceiling = () => props.work.terms().ceilingPriceFen
  return (
    <Show
      when={props.work.price().isOverCeiling}
      fallback={
        <Show when={ceiling() !== undefined}>
          <p class="yg-note">{t('bid.quotation.ceiling', { amount: yuan(ceiling() ?? 0) })}</p>
        </Show>
      }
    >
      <Notice tone="warn" live="polite">
        {t('bid.quotation.overCeiling', { amount: yuan(ceiling() ?? 0) })}
      </Notice>
    </Show>
  )
}

function Terms(props: { work: Workspace }): JSX.Element {
  const asks = (term: string) =>
    (props.work.terms().quotation.asks as readonly string[]).includes(term)
  const draft = () => props.work.draft.quotation
  return (
    <Stack>
      <Show when={asks('deliveryDays')}>
        <Field
          label={t('bid.terms.deliveryDays')}
          hint={t('bid.terms.deliveryHint', { days: props.work.terms().deliveryDays })}
          name="deliveryDays"
          width="short"
          numeric
          unit={t('bid.terms.days')}
          value={draft().deliveryDays}
          error={wholeError(draft().deliveryDays)}
          onInput={(deliveryDays) => props.work.setQuotation({ deliveryDays })}
        />
      </Show>
      <Show when={asks('warrantyMonths')}>
        <Field
          label={t('bid.terms.warrantyMonths')}
          name="warrantyMonths"
          width="short"
          numeric
          unit={t('bid.terms.months')}
          value={draft().warrantyMonths}
          error={wholeError(draft().warrantyMonths)}
          onInput={(warrantyMonths) => props.work.setQuotation({ warrantyMonths })}
        />
      </Show>
      <Show when={asks('quality')}>
        <Field
          label={t('bid.terms.quality')}
          name="quality"
          maxLength={200}
          value={draft().quality}
          onInput={(quality) => props.work.setQuotation({ quality })}
        />
      </Show>
      <Show when={asks('brand')}>
        <Field
          label={t('bid.terms.brand')}
          name="brand"
          maxLength={100}
          value={draft().brand}
          onInput={(brand) => props.work.setQuotation({ brand })}
        />
      </Show>
      <Show when={asks('smallOrMicro')}>
        <Radio<'yes' | 'no'>
          label={t('bid.terms.smallOrMicro')}
          hint={t('bid.terms.smallHint')}
          name="smallOrMicro"
          inline
          value={draft().smallOrMicro === null ? null : draft().smallOrMicro ? 'yes' : 'no'}
          options={[
            { value: 'yes', text: t('bid.terms.yes') },
            { value: 'no', text: t('bid.terms.no') },
          ]}
          onValue={(value) => props.work.setQuotation({ smallOrMicro: value === 'yes' })}
        />
      </Show>
    </Stack>
  )
}

const wholeError = (text: string): string | null =>
  text.trim() === '' || /^\d{1,6}$/.test(text.trim()) ? null : t('bid.terms.whole')
