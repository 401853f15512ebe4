import { createSignal, For, type JSX, Show } from 'solid-js'
import type { CalendarYear } from '../../server/kernel/calendar-data.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Confirm } from '../kit/confirm.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { Field } from '../kit/field.tsx'
import { FileDrop } from '../kit/file-drop.tsx'
import { Facts, Row, Section, Stack } from '../kit/layout.tsx'
import { Notice, RefusalNote } from '../kit/status.tsx'
import { get, newKey, post } from '../shell/api.ts'
import { createLive, type Live } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import {
  type BadRow,
  countOf,
  differencesOf,
  type ReadCalendar,
  readCalendar,
} from './calendar-file.ts'
import { type FieldErrors, fieldErrorsOf } from './field-errors.ts'
import { PartReading } from './part.tsx'

interface Calendars {
  readonly items: readonly CalendarYear[]
}
const fields = ['year', 'source', 'rest', 'work'] as const
type Name = (typeof fields)[number]
const noErrors: FieldErrors<Name> = { fields: {}, whole: null }

/** `02-06/02-12` as people read it. */
const entry = (one: string) => one.split('/').join(t('admin.calendar.to'))
const entries = (all: readonly string[]) =>
  all.length === 0 ? t('admin.calendar.noDays') : all.map(entry).join(t('admin.calendar.and'))

/** The calendars in force, kept fresh. */
export const liveCalendars = (): Live<Calendars> =>
  createLive(() => get<Calendars>('/api/platform/calendars'), ['CalendarLoaded'])

/** Working days by year: what dates are counted by, and loading the year that is missing. */
export function CalendarPart(props: { live: Live<Calendars> }): JSX.Element {
  return (
    <Section title={t('admin.calendar.title')} note={t('admin.calendar.note')} card>
      <PartReading of={props.live}>
        {(page) => (
          <>
            <DataTable
              caption={t('admin.calendar.title')}
              hideCaption
              rows={[...page().items].reverse()}
              keyOf={(one) => String(one.year)}
              columns={[
                {
                  id: 'year',
                  head: t('admin.calendar.year'),
                  cell: (one) => <span class="yg-nowrap">{one.year}</span>,
                },
                {
                  id: 'rest',
                  head: t('admin.calendar.rest'),
                  cell: (one) =>
                    t('admin.calendar.restOf', { count: countOf(one), days: entries(one.rest) }),
                },
                {
                  id: 'work',
                  head: t('admin.calendar.work'),
                  cell: (one) => entries(one.work),
                },
                {
                  id: 'source',
                  head: t('admin.calendar.source'),
                  cell: (one) => <Source of={one} />,
                },
              ]}
            />
            <LoadYear present={page().items} onLoaded={() => props.live.refresh()} />
          </>
        )}
      </PartReading>
    </Section>
  )
}

function Source(props: { of: CalendarYear }): JSX.Element {
  return (
    <Show when={/^https:\/\//.test(props.of.source)} fallback={props.of.source}>
      <a href={props.of.source} rel="external noopener" target="_blank">
        {t('admin.calendar.notice', { year: props.of.year })}
      </a>
    </Show>
  )
}

function LoadYear(props: {
  present: readonly CalendarYear[]
  onLoaded: () => Promise<void>
}): JSX.Element {
  const [read, setRead] = createSignal<{ name: string; found: ReadCalendar } | null>(null)
  const [source, setSource] = createSignal('')
  const [errors, setErrors] = createSignal(noErrors)
  const [loaded, setLoaded] = createSignal<string | null>(null)
  const [isAsked, setAsked] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)

  async function take(file: File | undefined): Promise<void> {
    if (!file) return
    setErrors(noErrors)
    setLoaded(null)
    const bytes = await file.arrayBuffer().catch(() => null)
    if (bytes === null)
      return void setErrors({ fields: {}, whole: t('admin.fileGone', { name: file.name }) })
    const found = readCalendar(new Uint8Array(bytes))
    setRead({ name: file.name, found })
    if (found.source) setSource(found.source)
  }

  const year = (): CalendarYear | null => {
    const found = read()?.found
    if (!found || found.year === null) return null
    const { rest, work } = found
    return { year: found.year, source: source().trim(), rest, work }
  }
  const off = () => {
    const found = read()?.found
    if (!found || found.bad.length > 0) return t('admin.calendar.badOff')
    return found.year === null ? t('admin.calendar.emptyOff') : null
  }

  function ask(): void {
    setErrors(noErrors)
    if (source().trim()) setAsked(true)
    else setErrors({ fields: { source: t('admin.calendar.sourceEmpty') }, whole: null })
  }
  async function load(): Promise<void> {
    const body = year()
    if (!body) return
    setBusy(true)
    try {
      await post('/api/platform/calendars', body, { key: newKey() })
      setLoaded(t('admin.calendar.loaded', { year: body.year }))
      setRead(null)
      setSource('')
      await props.onLoaded()
    } catch (error) {
      setErrors(fieldErrorsOf(asProblem(error), fields))
    }
    setBusy(false)
    setAsked(false)
  }
  const otherErrors = () => {
    const { year: one, rest, work } = errors().fields
    return [errors().whole, one, rest, work].filter(Boolean).join(' ') || null
  }

  return (
    <Stack gap="small">
      <h3 class="yg-subtitle">{t('admin.calendar.add')}</h3>
      <Show when={loaded()}>
        <Notice tone="ok" live="polite">
          {loaded()}
        </Notice>
      </Show>
      <FileDrop
        label={read()?.name ?? t('admin.calendar.file')}
        verb={t('admin.calendar.choose')}
        hint={t('admin.calendar.fileHint')}
        accept=".csv,.txt,.json,text/csv,text/plain,application/json"
        onFiles={([file]) => void take(file)}
      />
      <Show when={read()?.found}>
        {(found) => (
          <>
            <Preview found={found()} present={props.present} />
            <Field
              label={t('admin.calendar.sourceLabel')}
              hint={t('admin.calendar.sourceHint')}
              name="calendar-source"
              maxLength={2000}
              value={source()}
              error={errors().fields.source ?? null}
              onInput={setSource}
            />
            <RefusalNote text={otherErrors()} />
            <Row>
              <Button kind="primary" off={off()} onPress={ask}>
                {t('admin.calendar.load')}
              </Button>
            </Row>
          </>
        )}
      </Show>
      <Confirm
        isOpen={isAsked()}
        title={t('admin.calendar.confirm', { year: year()?.year ?? '' })}
        verb={t('admin.calendar.loadGo')}
        pending={isBusy()}
        onDo={() => void load()}
        onLeave={() => setAsked(false)}
      >
        <p>{t('admin.calendar.confirmText')}</p>
      </Confirm>
    </Stack>
  )
}

/** What the file says, read before anything is sent: its days, what changes, each bad row. */
function Preview(props: { found: ReadCalendar; present: readonly CalendarYear[] }): JSX.Element {
  const found = () => props.found
  const before = () => props.present.find((one) => one.year === found().year) ?? null
  const changes = () => {
    const { year, rest, work } = found()
    return year === null ? null : differencesOf(before(), { year, rest, work, source: '' })
  }
  const days = (all: readonly string[] | undefined) =>
    all && all.length > 0 ? all.join(t('admin.calendar.and')) : t('admin.calendar.noDays')
  return (
    <>
      <Show when={found().bad.length > 0}>
        <Notice
          tone="danger"
          live="assertive"
          title={t('admin.calendar.bad', { count: found().bad.length })}
        >
          <ul>
            <For each={found().bad}>{(row) => <li>{badText(row)}</li>}</For>
          </ul>
        </Notice>
      </Show>
      <Facts
        rows={[
          {
            name: t('admin.calendar.encoding'),
            value: t(`admin.calendar.encoding.${found().encoding}`),
          },
          {
            name: t('admin.calendar.year'),
            value: found().year === null ? t('admin.calendar.noYear') : String(found().year),
            note: before() ? t('admin.calendar.replaces') : undefined,
          },
          { name: t('admin.calendar.rest'), value: entries(found().rest) },
          { name: t('admin.calendar.work'), value: entries(found().work) },
          ...(changes()
            ? [
                {
                  name: t('admin.calendar.nowOff'),
                  value: days(changes()?.nowOff),
                  note: before() ? undefined : t('admin.calendar.byWeekends'),
                },
                { name: t('admin.calendar.nowWorked'), value: days(changes()?.nowWorked) },
              ]
            : []),
        ]}
      />
    </>
  )
}

function badText({ row, list, text, why }: BadRow): string {
  const place =
    list === null
      ? t('admin.calendar.row', { row, text })
      : t('admin.calendar.entry', { list: t(`admin.calendar.${list}`), row, text })
  return t('admin.calendar.badRow', { place, why: t(`admin.calendar.why.${why}`) })
}
