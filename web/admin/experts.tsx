import { createSignal, type JSX, Show } from 'solid-js'
import { regionCode } from '../../server/kernel/regions.ts'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Select } from '../kit/choice.tsx'
import { DataTable, MoreRows } from '../kit/data-table.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Field } from '../kit/field.tsx'
import { Row, Section } from '../kit/layout.tsx'
import { regionText } from '../kit/region-text.ts'
import { Empty, Notice, RefusalNote, Tag } from '../kit/status.tsx'
import type { Page } from '../shell/answers.ts'
import { get, newKey, post } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { createMore } from '../shell/create-more.ts'
import { asProblem } from '../shell/problem.ts'
import { PartReading } from './part.tsx'

/** An expert of the pool, as `GET /api/experts` gives him to those who enrol. */
interface Expert {
  readonly id: string
  readonly name: string | null
  readonly specialties: readonly string[]
  readonly region: string | null
  readonly employer: string | null
  readonly suspended: { readonly at: string; readonly reason: string } | null
}
type State = 'all' | 'active' | 'suspended'
const states: readonly State[] = ['all', 'active', 'suspended']
const pageSize = 30

const nameOf = (one: Expert) => one.name ?? one.id

/** What is looked for in the pool, and what was found, kept fresh. */
export function createPool() {
  const [asked, ask] = createSignal({ text: '', state: 'all' as State })
  const address = () => {
    const query = new URLSearchParams({ limit: String(pageSize) })
    if (asked().text) query.set('text', asked().text)
    if (asked().state !== 'all') query.set('state', asked().state)
    return `/api/experts?${query}`
  }
  const live = createLive(() => get<Page<Expert>>(address()), ['ExpertEnrolled', 'ExpertSuspended'])
  return { ask, address, live }
}

/** The pool: found by name, employer, specialty or region; suspended with the reason in writing. */
export function Experts(props: { pool: ReturnType<typeof createPool> }): JSX.Element {
  const [text, setText] = createSignal('')
  const [state, setState] = createSignal<State>('all')
  const { ask, address, live } = props.pool
  const [leaving, setLeaving] = createSignal<Expert | null>(null)
  const [said, setSaid] = createSignal<string | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)
  const more = createMore<Expert>(() => live()?.next, {
    list: () => `${address()} ${live.at()}`,
    failed: setProblem,
  })
  // Who looks for a region may write what it is called.
  const search = () => {
    const word = text().trim()
    ask({ text: regionCode(word) ?? word, state: state() })
  }
  async function suspended(one: Expert): Promise<void> {
    setLeaving(null)
    setSaid(t('admin.pool.done', { name: nameOf(one) }))
    await live.refresh()
  }
  return (
    <Section title={t('admin.pool.title')} note={t('admin.pool.note')} id="pool">
      <form
        role="search"
        aria-label={t('admin.pool.search')}
        onSubmit={(event) => {
          event.preventDefault()
          search()
        }}
      >
        <Row align="end">
          <Field
            label={t('admin.pool.text')}
            hint={t('admin.pool.textHint')}
            name="pool-text"
            kind="search"
            maxLength={100}
            value={text()}
            onInput={setText}
          />
          <Select
            label={t('admin.pool.state')}
            name="pool-state"
            width="medium"
            value={state()}
            options={states.map((one) => ({ value: one, text: t(`admin.pool.state.${one}`) }))}
            onValue={setState}
          />
          <Button type="submit">{t('admin.pool.find')}</Button>
        </Row>
      </form>
      <Show when={said()}>
        <Notice tone="ok" live="polite">
          {said()}
        </Notice>
      </Show>
      <RefusalNote text={problem()} />
      <PartReading of={live}>
        {(page) => (
          <>
            <DataTable
              caption={t('admin.pool.title')}
              hideCaption
              rows={[...page().items, ...more.rows()]}
              keyOf={(one) => one.id}
              empty={
                <Empty title={t('admin.pool.none')}>
                  <p>{t('admin.pool.noneHint')}</p>
                </Empty>
              }
              columns={[
                { id: 'name', head: t('admin.pool.name'), cell: nameOf },
                {
                  id: 'employer',
                  head: t('admin.pool.employer'),
                  cell: (one) => one.employer ?? '',
                },
                {
                  id: 'specialties',
                  head: t('admin.pool.specialties'),
                  cell: (one) => one.specialties.join(t('admin.and')),
                },
                {
                  id: 'region',
                  head: t('admin.pool.region'),
                  cell: (one) => regionText(one.region),
                },
                { id: 'state', head: t('admin.pool.state'), cell: (one) => <Standing of={one} /> },
                {
                  id: 'act',
                  head: t('admin.pool.act'),
                  cell: (one) => (
                    <Show when={!one.suspended} fallback="—">
                      <Button
                        small
                        label={t('admin.pool.suspendOf', { name: nameOf(one) })}
                        onPress={() => setLeaving(one)}
                      >
                        {t('admin.pool.suspend')}
                      </Button>
                    </Show>
                  ),
                },
              ]}
            />
            <Show when={more.isThere()}>
              <Row>
                <MoreRows isLoading={more.isLoading()} onMore={() => void more.read()} />
              </Row>
            </Show>
          </>
        )}
      </PartReading>
      <Suspend of={leaving()} onLeave={() => setLeaving(null)} onDone={suspended} />
    </Section>
  )
}

function Standing(props: { of: Expert }): JSX.Element {
  return (
    <Show when={props.of.suspended} fallback={<Tag tone="ok">{t('admin.pool.active')}</Tag>}>
      {(one) => (
        <>
          <Tag tone="warn">{t('admin.pool.suspended')}</Tag>
          <span class="yg-facts-note">
            {t('admin.pool.since', { time: time(one().at), reason: one().reason })}
          </span>
        </>
      )}
    </Show>
  )
}

/** Asks for the reason, says what follows; the words stay for good. */
function Suspend(props: {
  of: Expert | null
  onLeave: () => void
  onDone: (one: Expert) => Promise<void>
}): JSX.Element {
  const [reason, setReason] = createSignal('')
  const [isBusy, setBusy] = createSignal(false)
  const [wrong, setWrong] = createSignal<string | null>(null)
  const name = () => (props.of ? nameOf(props.of) : '')

  async function suspend(): Promise<void> {
    const one = props.of
    if (!one) return
    if (!reason().trim()) return void setWrong(t('admin.pool.reasonEmpty'))
    setBusy(true)
    setWrong(null)
    try {
      const at = `/api/experts/${encodeURIComponent(one.id)}/suspensions`
      await post(at, { reason: reason().trim() }, { key: newKey() })
      setReason('')
      await props.onDone(one)
    } catch (error) {
      setWrong(asProblem(error).message)
    }
    setBusy(false)
  }
  // What was written about one expert is no reason for another.
  function leave(): void {
    setReason('')
    setWrong(null)
    props.onLeave()
  }

  return (
    <Dialog
      title={t('admin.pool.suspendTitle', { name: name() })}
      isOpen={props.of !== null}
      onClose={isBusy() ? null : leave}
      foot={
        <>
          <Button onPress={leave}>{t('kit.confirm.leave')}</Button>
          <Button kind="danger" pending={isBusy()} onPress={() => void suspend()}>
            {t('admin.pool.suspendGo')}
          </Button>
        </>
      }
    >
      <p>{t('admin.pool.suspendText', { name: name() })}</p>
      <Field
        label={t('admin.pool.reason')}
        hint={t('admin.pool.reasonHint')}
        name="suspend-reason"
        lines={3}
        maxLength={2000}
        value={reason()}
        error={wrong()}
        onInput={setReason}
      />
    </Dialog>
  )
}
