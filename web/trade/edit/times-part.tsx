import { For, type JSX, Show } from 'solid-js'
import { limit } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Field } from '../../kit/field.tsx'
import { Facts, FieldRows, Section } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import { FindingList } from './finding-list.tsx'
import { faultOf, type PartProps } from './parts.tsx'
import { taskOfPath } from './tasks.ts'

/** Numbers of days, each with its law beside; the dates they give if the notice went out now. */
export function TimesPart(props: PartProps): JSX.Element {
  const isTender = () => props.work.draft.category === 'worksTender'
  const found = () =>
    props.work.findings().filter((finding) => taskOfPath(finding.fields[0] ?? '') === 'times')
  return (
    <>
      <Section title={t('edit.task.times')} card>
        <Days
          work={props.work}
          name="documentDays"
          label={t('edit.field.documentDays')}
          unit={t(isTender() ? 'edit.field.days' : 'edit.field.workingDays')}
          law={t(isTender() ? 'edit.times.documentDays.tender' : 'edit.times.documentDays.gp')}
          source={t(
            isTender()
              ? 'edit.times.documentDays.tenderSource'
              : 'edit.times.documentDays.gpSource',
          )}
        />
        <Days
          work={props.work}
          name="openAfterDays"
          label={t('edit.field.openAfterDays')}
          unit={t('edit.field.days')}
          law={t('edit.times.openAfterDays')}
          source={t('edit.times.openAfterDaysSource')}
        />
        <Days
          work={props.work}
          name="publicityDays"
          label={t(isTender() ? 'edit.field.publicityDays.tender' : 'edit.field.publicityDays.gp')}
          unit={t(isTender() ? 'edit.field.days' : 'edit.field.workingDays')}
          law={t(isTender() ? 'edit.times.publicity.tender' : 'edit.times.publicity.gp')}
          source={t(
            isTender() ? 'edit.times.publicity.tenderSource' : 'edit.times.publicity.gpSource',
          )}
        />
        <FindingList findings={found()} />
      </Section>
      <Dates work={props.work} />
      <Section title={t('edit.times.opening')} card>
        <FieldRows items={[0]} row={() => <Minutes work={props.work} />} />
      </Section>
    </>
  )
}

function Days(
  props: PartProps & {
    name: 'documentDays' | 'openAfterDays' | 'publicityDays'
    label: string
    unit: string
    law: string
    source: string
  },
): JSX.Element {
  return (
    <Field
      label={props.label}
      name={props.name}
      numeric
      width="short"
      unit={props.unit}
      hint={t('edit.times.lawOf', { law: props.law, source: props.source })}
      value={props.work.draft[props.name]}
      error={faultOf(props.work, props.name)}
      onInput={(value) => props.work.setDraft(props.name, value)}
    />
  )
}

function Dates(props: PartProps): JSX.Element {
  return (
    <Show when={props.work.times()}>
      {(times) => (
        <Section title={t('edit.times.ifNow')} note={t('edit.times.ifNowHint')} card>
          <Show when={times().missingYears.length > 0}>
            <Notice tone="warn">
              {t('edit.times.missingYears', { years: times().missingYears.join('、') })}
            </Notice>
          </Show>
          <Facts
            rows={[
              { name: t('document.times.documentUntil'), value: limit(times().documentUntil) },
              { name: t('document.times.deadline'), value: limit(times().submissionDeadline) },
              ...(times().regime === 'tender'
                ? [
                    {
                      name: t('document.times.objectUntil'),
                      value: limit(times().objectDocumentUntil),
                    },
                  ]
                : []),
              { name: t('document.times.validUntil'), value: limit(times().validityUntil) },
            ]}
          />
        </Section>
      )}
    </Show>
  )
}

const windows = [
  'signInLeadMinutes',
  'decryptMinutes',
  'confirmMinutes',
  'objectionMinutes',
] as const

function Minutes(props: PartProps): JSX.Element {
  return (
    <For each={windows}>
      {(name) => (
        <Field
          label={t(`edit.field.${name}`)}
          name={`opening.${name}`}
          width="short"
          numeric
          unit={t('edit.field.minutes')}
          value={props.work.draft.opening[name]}
          error={faultOf(props.work, `opening.${name}`)}
          onInput={(value) => props.work.setDraft('opening', name, value)}
        />
      )}
    </For>
  )
}
