import { createSignal, For, type JSX, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { time } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Checkbox } from '../kit/choice.tsx'
import { Confirm } from '../kit/confirm.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { Fold } from '../kit/desk.tsx'
import { type ErrorLine, ErrorSummary } from '../kit/error-summary.tsx'
import { Field } from '../kit/field.tsx'
import { Icon } from '../kit/icons.tsx'
import { Row, Section, Stack } from '../kit/layout.tsx'
import { Empty, Notice } from '../kit/status.tsx'
import { get, newKey, post } from '../shell/api.ts'
import { serverNowMs } from '../shell/clock.ts'
import { createLive, type Live } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import { fieldErrorsOf } from './field-errors.ts'
import {
  type OutageEntry,
  type OutageName,
  outageFaults,
  outageInstant,
  outageNames,
} from './outage-entry.ts'
import { PartReading } from './part.tsx'

interface Outages {
  readonly items: readonly {
    readonly id: string
    readonly from: string
    readonly until: string
    readonly parts: readonly string[]
    readonly zh: string
    readonly en: string
  }[]
}
const parts = ['platform', 'database', 'ledger', 'files', 'video', 'mail'] as const
const isPart = (name: string): name is (typeof parts)[number] =>
  (parts as readonly string[]).includes(name)
const partName = (name: string) => (isPart(name) ? t(`admin.outage.part.${name}`) : name)

const labels = {
  from: 'fromLabel',
  until: 'untilLabel',
  parts: 'partsLabel',
  zh: 'zh',
  en: 'en',
} as const

const blank: OutageEntry = { from: '', until: '', parts: [], zh: '', en: '' }

/** The record, kept fresh. */
export const liveOutages = (): Live<Outages> =>
  createLive(() => get<Outages>('/api/platform/outages'), ['OutageRecorded'])

/** The public record of outages, and what was not recorded by itself. */
export function OutagePart(props: { live: Live<Outages> }): JSX.Element {
  const [said, setSaid] = createSignal<string | null>(null)
  return (
    <Section title={t('admin.outage.title')} note={t('admin.outage.note')} card>
      <PartReading of={props.live}>
        {(page) => (
          <DataTable
            caption={t('admin.outage.title')}
            hideCaption
            rows={[...page().items].reverse()}
            keyOf={(one) => one.id}
            empty={
              <Empty title={t('admin.outage.none')}>
                <p>{t('admin.outage.noneHint')}</p>
              </Empty>
            }
            columns={[
              { id: 'from', head: t('admin.outage.from'), cell: (one) => time(one.from) },
              { id: 'until', head: t('admin.outage.until'), cell: (one) => time(one.until) },
              {
                id: 'parts',
                head: t('admin.outage.parts'),
                cell: (one) => one.parts.map(partName).join(t('admin.outage.and')),
              },
              { id: 'cause', head: t('admin.outage.cause'), cell: (one) => pick(one) },
            ]}
          />
        )}
      </PartReading>
      <Notice title={t('admin.outage.follows')}>
        <p>{t('admin.outage.followsByItself')}</p>
        <p>{t('admin.outage.followsByHand')}</p>
      </Notice>
      <Show when={said()}>
        <Notice tone="ok" live="polite">
          {said()}
        </Notice>
      </Show>
      <Fold title={t('admin.outage.record')}>
        <RecordForm
          onRecorded={async (text) => {
            setSaid(text)
            await props.live.refresh()
          }}
        />
      </Fold>
    </Section>
  )
}

function RecordForm(props: { onRecorded: (text: string) => Promise<void> }): JSX.Element {
  const [entry, setEntry] = createStore({ ...blank })
  const [errors, setErrors] = createSignal<Partial<Record<OutageName, string>>>({})
  const [whole, setWhole] = createSignal<string | null>(null)
  const [isAsked, setAsked] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  // One outage, one id: sent again after a lost answer it is the same one.
  let id = `recorded-${newKey()}`

  const lines = (): ErrorLine[] => [
    ...outageNames.flatMap((name) => {
      const text = errors()[name]
      const at = name === 'parts' ? `outage-part-${parts[0]}` : `outage-${name}`
      const label = t(`admin.outage.${labels[name]}`)
      return text ? [{ name: at, text: t('admin.outage.wrong', { label, text }) }] : []
    }),
    ...(whole() ? [{ text: whole() ?? '' }] : []),
  ]

  function ask(): void {
    const faults = outageFaults(entry, serverNowMs())
    setWhole(null)
    setErrors(
      Object.fromEntries(
        Object.entries(faults).map(([name, fault]) => [name, t(`admin.outage.fault.${fault}`)]),
      ),
    )
    if (Object.keys(faults).length === 0) setAsked(true)
  }
  async function record(): Promise<void> {
    setBusy(true)
    try {
      const body = {
        id,
        from: outageInstant(entry.from),
        until: outageInstant(entry.until),
        parts: [...entry.parts],
        zh: entry.zh.trim(),
        en: entry.en.trim(),
      }
      await post('/api/platform/outages', body, { key: newKey() })
      id = `recorded-${newKey()}`
      setEntry({ ...blank })
      await props.onRecorded(t('admin.outage.recorded'))
    } catch (error) {
      const found = fieldErrorsOf(asProblem(error), outageNames)
      setErrors(found.fields)
      setWhole(found.whole)
    }
    setBusy(false)
    setAsked(false)
  }

  const field = (name: Exclude<OutageName, 'parts'>) => ({
    name: `outage-${name}`,
    get value() {
      return entry[name]
    },
    get error() {
      return errors()[name] ?? null
    },
    onInput: (text: string) => setEntry(name, text),
  })
  return (
    <Stack>
      <ErrorSummary errors={lines()} />
      <Row align="end">
        <Field
          {...field('from')}
          label={t('admin.outage.fromLabel')}
          kind="datetime-local"
          width="medium"
        />
        <Field
          {...field('until')}
          label={t('admin.outage.untilLabel')}
          kind="datetime-local"
          width="medium"
        />
      </Row>
      <fieldset class="yg-field" data-invalid={errors().parts ? '' : undefined}>
        <legend class="yg-field-label">{t('admin.outage.partsLabel')}</legend>
        <Show when={errors().parts}>
          <span class="yg-field-error">
            <Icon name="alert" size={16} />
            {errors().parts}
          </span>
        </Show>
        <div class="yg-choices" data-inline="">
          <For each={parts}>
            {(name) => (
              <Checkbox
                label={t(`admin.outage.part.${name}`)}
                name={`outage-part-${name}`}
                checked={entry.parts.includes(name)}
                onChange={(on) =>
                  setEntry('parts', (all) =>
                    on ? [...all, name] : all.filter((one) => one !== name),
                  )
                }
              />
            )}
          </For>
        </div>
      </fieldset>
      <Field
        {...field('zh')}
        label={t('admin.outage.zh')}
        hint={t('admin.outage.causeHint')}
        lines={2}
        maxLength={2000}
      />
      <Field {...field('en')} label={t('admin.outage.en')} lines={2} maxLength={2000} />
      <Row>
        <Button pending={isBusy()} onPress={ask}>
          {t('admin.outage.go')}
        </Button>
      </Row>
      <Confirm
        isOpen={isAsked()}
        title={t('admin.outage.confirm')}
        verb={t('admin.outage.confirmGo')}
        pending={isBusy()}
        onDo={() => void record()}
        onLeave={() => setAsked(false)}
      >
        <p>{t('admin.outage.confirmText')}</p>
      </Confirm>
    </Stack>
  )
}
