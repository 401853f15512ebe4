import { For, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { FieldRows, Section } from '../../kit/layout.tsx'
import { MoneyField } from '../../kit/money-field.tsx'
import { RegionField } from '../../kit/region-field.tsx'
import { BudgetScale } from './budget-scale.tsx'
import { type DraftItem, newLot } from './draft.ts'
import type { Workspace } from './workspace.ts'

/** Parts of the document that are plain fields; each one's name is its path in the document. */
export interface PartProps {
  readonly work: Workspace
}

/** The fault of a field, once saving was tried. */
export function faultOf(work: Workspace, path: string): string | null {
  if (!work.isTried()) return null
  const issue = work.issues().find((one) => one.path === path)
  return issue ? t(`edit.short.${issue.code}`) : null
}

export function BasicsPart(props: PartProps): JSX.Element {
  const draft = () => props.work.draft
  const set = props.work.setDraft
  return (
    <Section title={t('edit.task.basics')} card>
      <Field
        label={t('edit.field.titleZh')}
        name="title.zh"
        value={draft().zh}
        error={faultOf(props.work, 'title.zh')}
        onInput={(zh) => set({ zh })}
      />
      <Field
        label={t('edit.field.titleEn')}
        name="title.en"
        value={draft().en}
        error={faultOf(props.work, 'title.en')}
        onInput={(en) => set({ en })}
      />
      <Radio
        label={t('edit.field.category')}
        name="category"
        value={draft().category}
        options={[
          { value: 'governmentProcurement', text: t('edit.category.governmentProcurement') },
          { value: 'worksTender', text: t('edit.category.worksTender') },
        ]}
        onValue={(category) => set({ category })}
      />
      <Radio
        label={t('edit.field.method')}
        name="method"
        inline
        value={draft().method}
        options={[
          { value: 'openTender', text: t('trade.method.openTender') },
          { value: 'invitedTender', text: t('trade.method.invitedTender') },
        ]}
        onValue={(method) => set({ method })}
      />
      <Radio
        label={t('edit.field.objectKind')}
        name="objectKind"
        inline
        value={draft().objectKind}
        options={[
          { value: 'works', text: t('trade.object.works') },
          { value: 'goods', text: t('trade.object.goods') },
          { value: 'services', text: t('trade.object.services') },
        ]}
        onValue={(objectKind) => set({ objectKind })}
      />
      <RegionField
        label={t('edit.field.region')}
        hint={t('edit.field.regionHint')}
        name="region"
        width="short"
        value={draft().region}
        error={faultOf(props.work, 'region')}
        onInput={(region) => set({ region })}
      />
      <MoneyField
        label={t('edit.field.budget')}
        name="budgetFen"
        fen={draft().budgetFen}
        error={faultOf(props.work, 'budgetFen')}
        onFen={(budgetFen) => set({ budgetFen })}
      />
      <BudgetScale work={props.work} />
    </Section>
  )
}

/** Removes a row; its button says which. */
export function Remove(props: { name: string; onRemove: () => void }): JSX.Element {
  return (
    <Button
      small
      kind="plain"
      label={t('edit.remove.of', { name: props.name })}
      onPress={props.onRemove}
    >
      {t('edit.remove')}
    </Button>
  )
}

export function LotsPart(props: PartProps): JSX.Element {
  const set = props.work.setDraft
  const nameOf = (n: number) => t('edit.field.lot', { n: n + 1 })
  const newNumber = () =>
    1 + Math.max(0, ...props.work.draft.lots.map((lot) => Number(/\d+$/.exec(lot.id)?.[0] ?? 0)))
  return (
    <Section title={t('edit.task.lots')} card>
      <FieldRows
        items={props.work.draft.lots}
        row={(lot, i) => (
          <>
            <Field
              label={t('edit.field.lotZh')}
              name={`lots.${i()}.title.zh`}
              value={lot.zh}
              error={faultOf(props.work, `lots.${i()}.title.zh`)}
              onInput={(zh) => set('lots', i(), { zh })}
            />
            <Field
              label={t('edit.field.lotEn')}
              name={`lots.${i()}.title.en`}
              value={lot.en}
              error={faultOf(props.work, `lots.${i()}.title.en`)}
              onInput={(en) => set('lots', i(), { en })}
            />
            <MoneyField
              label={t('edit.field.ceiling')}
              name={`lots.${i()}.ceilingPriceFen`}
              optional
              fen={lot.ceilingPriceFen}
              error={faultOf(props.work, `lots.${i()}.ceilingPriceFen`)}
              onFen={(ceilingPriceFen) => set('lots', i(), { ceilingPriceFen })}
            />
            <MoneyField
              label={t('edit.field.bond')}
              name={`lots.${i()}.bondFen`}
              fen={lot.bondFen}
              error={faultOf(props.work, `lots.${i()}.bondFen`)}
              onFen={(bondFen) => set('lots', i(), { bondFen })}
            />
            <Field
              label={t('edit.field.delivery')}
              name={`lots.${i()}.deliveryDays`}
              width="short"
              numeric
              unit={t('edit.field.days')}
              value={lot.deliveryDays}
              error={faultOf(props.work, `lots.${i()}.deliveryDays`)}
              onInput={(deliveryDays) => set('lots', i(), { deliveryDays })}
            />
            <Field
              label={t('edit.field.validity')}
              name={`lots.${i()}.validityDays`}
              width="short"
              numeric
              unit={t('edit.field.days')}
              value={lot.validityDays}
              error={faultOf(props.work, `lots.${i()}.validityDays`)}
              onInput={(validityDays) => set('lots', i(), { validityDays })}
            />
          </>
        )}
        actions={(_, i) => (
          <Show when={props.work.draft.lots.length > 1}>
            <Remove
              name={nameOf(i())}
              onRemove={() => set('lots', (lots) => lots.filter((__, at) => at !== i()))}
            />
          </Show>
        )}
        add={
          <Button onPress={() => set('lots', (lots) => [...lots, newLot(newNumber())])}>
            {t('edit.lot.add')}
          </Button>
        }
      />
      <BudgetScale work={props.work} />
    </Section>
  )
}

export function RequirementsPart(props: PartProps): JSX.Element {
  return (
    <For each={['qualification', 'responsiveness'] as const}>
      {(group) => <ItemsPart work={props.work} group={group} />}
    </For>
  )
}

function ItemsPart(props: PartProps & { group: 'qualification' | 'responsiveness' }): JSX.Element {
  const items = () => props.work.draft[props.group]
  const path = (i: number, part: string) => `${props.group}.${i}.${part}`
  const change = (i: number, value: Partial<DraftItem>) =>
    props.work.setDraft(props.group, i, value)
  const letter = () => (props.group === 'qualification' ? 'q' : 'r')
  const newId = () =>
    `${letter()}${1 + Math.max(0, ...items().map((item) => Number(/\d+$/.exec(item.id)?.[0] ?? 0)))}`
  return (
    <Section title={t(`edit.${props.group}`)} card>
      <FieldRows
        items={items()}
        row={(item, i) => (
          <>
            <Field
              label={t('edit.item.id')}
              name={path(i(), 'id')}
              width="short"
              value={item.id}
              error={faultOf(props.work, path(i(), 'id'))}
              onInput={(id) => change(i(), { id })}
            />
            <Field
              label={t('edit.item.zh')}
              name={path(i(), 'zh')}
              value={item.zh}
              error={faultOf(props.work, path(i(), 'zh'))}
              onInput={(zh) => change(i(), { zh })}
            />
            <Field
              label={t('edit.item.en')}
              name={path(i(), 'en')}
              value={item.en}
              error={faultOf(props.work, path(i(), 'en'))}
              onInput={(en) => change(i(), { en })}
            />
          </>
        )}
        actions={(item, i) => (
          <Remove
            name={item.id}
            onRemove={() =>
              props.work.setDraft(props.group, (all) => all.filter((_, at) => at !== i()))
            }
          />
        )}
        add={
          <Button
            onPress={() =>
              props.work.setDraft(props.group, (all) => [...all, { id: newId(), zh: '', en: '' }])
            }
          >
            {t('edit.item.add')}
          </Button>
        }
      />
    </Section>
  )
}
