import { For, type JSX } from 'solid-js'
import { Rational } from '../../../server/kernel/rational.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox, Select } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { FieldRows, Section } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import type { DraftScore } from './draft.ts'
import { FindingList } from './finding-list.tsx'
import { faultOf, type PartProps, Remove } from './parts.tsx'
import { PricePart } from './price-part.tsx'
import { taskOfPath } from './tasks.ts'

/** How bids are compared: the price formula, the scored items, what decides between equals. */
export function ScoringPart(props: PartProps): JSX.Element {
  const found = () =>
    props.work.findings().filter((finding) => taskOfPath(finding.fields[0] ?? '') === 'scoring')
  return (
    <>
      <FindingList findings={found()} />
      <PricePart work={props.work} />
      <Items work={props.work} />
      <Ranking work={props.work} />
    </>
  )
}

const decimal = (value: string) => (/^\d{1,6}(\.\d{1,6})?$/.test(value.trim()) ? value.trim() : '0')

function Items(props: PartProps): JSX.Element {
  const items = () => props.work.draft.items
  const itemSum = () => Rational.sum(items().map((item) => Rational.parse(decimal(item.max))))
  const weight = () => Rational.parse(decimal(props.work.draft.price.fields.weight ?? '0'))
  const total = () => itemSum().plus(weight())
  const change = (i: number, value: Partial<DraftScore>) => props.work.setDraft('items', i, value)
  const newId = () =>
    `t${1 + Math.max(0, ...items().map((item) => Number(/\d+$/.exec(item.id)?.[0] ?? 0)))}`
  const path = (i: number, part: string) => `scoring.items.${i}.${part}`
  return (
    <Section title={t('edit.score.items')} card>
      <Notice tone={total().toText() === '100' ? 'ok' : 'warn'} live="polite">
        {t('edit.score.sum', {
          price: weight().toText(),
          items: itemSum().toText(),
          total: total().toText(),
        })}
      </Notice>
      <FieldRows
        items={items()}
        row={(item, i) => (
          <>
            <Field
              label={t('edit.score.zh')}
              name={path(i(), 'zh')}
              value={item.zh}
              error={faultOf(props.work, path(i(), 'zh'))}
              onInput={(zh) => change(i(), { zh })}
            />
            <Field
              label={t('edit.score.en')}
              name={path(i(), 'en')}
              value={item.en}
              error={faultOf(props.work, path(i(), 'en'))}
              onInput={(en) => change(i(), { en })}
            />
            <Select
              label={t('edit.score.kind')}
              name={path(i(), 'kind')}
              width="short"
              value={item.kind}
              options={[
                { value: 'technical', text: t('document.part.technical') },
                { value: 'business', text: t('document.part.business') },
              ]}
              onValue={(kind) => change(i(), { kind })}
            />
            <Field
              label={t('edit.score.max')}
              name={path(i(), 'max')}
              width="short"
              numeric
              unit={t('edit.field.points')}
              value={item.max}
              error={faultOf(props.work, path(i(), 'max'))}
              onInput={(max) => change(i(), { max })}
            />
            <Field
              label={t('edit.score.step')}
              name={path(i(), 'step')}
              width="short"
              numeric
              unit={t('edit.field.points')}
              value={item.step}
              error={faultOf(props.work, path(i(), 'step'))}
              onInput={(step) => change(i(), { step })}
            />
            <Checkbox
              label={t('edit.score.objective')}
              name={path(i(), 'objective')}
              checked={item.objective}
              onChange={(objective) => change(i(), { objective })}
            />
          </>
        )}
        actions={(item, i) => (
          <Remove
            name={item.zh || item.id}
            onRemove={() =>
              props.work.setDraft('items', (all) => all.filter((_, at) => at !== i()))
            }
          />
        )}
        add={
          <Button
            onPress={() =>
              props.work.setDraft('items', (all) => [
                ...all,
                {
                  id: newId(),
                  zh: '',
                  en: '',
                  kind: 'technical' as const,
                  max: '',
                  step: '0.5',
                  objective: false,
                },
              ])
            }
          >
            {t('edit.score.add')}
          </Button>
        }
      />
    </Section>
  )
}

const tieKeys = [
  'lowerEvaluatedPrice',
  'lowerBidPrice',
  'higherTechnicalMean',
  'higherBusinessMean',
  'higherItemsMean',
  'equalRank',
  'draw',
] as const

function Ranking(props: PartProps): JSX.Element {
  const draft = () => props.work.draft
  // One empty place after the last key, until one that always decides stands there.
  const isDecided = () => ['equalRank', 'draw'].includes(draft().tieBreak.at(-1) ?? '')
  const places = () => (isDecided() ? draft().tieBreak : [...draft().tieBreak, ''])
  const choose = (at: number, key: string) =>
    props.work.setDraft('tieBreak', (all) =>
      key === '' ? all.slice(0, at) : [...all.slice(0, at), key, ...all.slice(at + 1)],
    )
  return (
    <Section title={t('edit.rank')} card>
      <Select
        label={t('edit.aggregation')}
        name="scoring.expertAggregation"
        width="medium"
        value={draft().aggregation}
        options={(['mean', 'trimmedMean', 'median'] as const).map((value) => ({
          value,
          text: t(`edit.aggregation.${value}`),
        }))}
        onValue={(aggregation) => props.work.setDraft({ aggregation })}
      />
      <Field
        label={t('edit.candidates')}
        name="scoring.candidates"
        width="short"
        numeric
        unit={t('edit.candidates.unit')}
        value={draft().candidates}
        error={faultOf(props.work, 'scoring.candidates')}
        onInput={(candidates) => props.work.setDraft({ candidates })}
      />
      <fieldset class="yg-stack" data-gap="small">
        <legend class="yg-field-label">{t('edit.tie')}</legend>
        <For each={places()}>
          {(key, i) => (
            <Select
              label={t('edit.tie.place', { n: i() + 1 })}
              name={`scoring.tieBreak.${i()}`}
              width="medium"
              value={key}
              options={[
                { value: '', text: t('edit.tie.none'), isOff: i() === 0 },
                ...tieKeys.map((one) => ({ value: one, text: t(`document.tie.${one}`) })),
              ]}
              onValue={(next) => choose(i(), next)}
            />
          )}
        </For>
      </fieldset>
    </Section>
  )
}
