import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { timeExact } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { DataTable } from '../kit/data-table.tsx'
import { Stack } from '../kit/layout.tsx'
import { Hash, SealMark } from '../kit/proof.tsx'
import { Empty, Notice, RefusalNote } from '../kit/status.tsx'
import type { TradeEvent } from '../shell/answers.ts'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import type { EventAnswer, TrustAnswer } from './check-event.ts'
import { TradeFrame, useTrade, useTradeNo } from './frame.tsx'
import { EventView, type Opened } from './ledger-event.tsx'
import { Reading } from './reading.tsx'
import { findEvent, readEvents } from './trade-events.ts'

/**
 * The trade's record: every event that the viewer may read, each with its place in the log. An
 * address opens it at one of them, so that a mark ◈ elsewhere leads to its own proof.
 */
export default function LedgerPage(): JSX.Element {
  const trade = useTrade()
  const no = useTradeNo()
  const [search, setSearch] = useSearchParams<{ event?: string; lot?: string; of?: string }>()
  const events = createLive(
    () => readEvents(no()),
    () => [no()],
  )
  const [opened, setOpened] = createSignal<Opened | null>(null)
  let opener: HTMLElement | null = null
  const [problem, setProblem] = createSignal<string | null>(null)
  const wanted = () => {
    const { event, lot, of } = search
    const all = events()
    if (!event || !all) return null
    return { of, found: findEvent(all, { event, ...(lot ? { lot } : {}) })?.digest ?? null }
  }
  const isMissing = () => wanted() !== null && wanted()?.found === null
  createEffect(
    on(
      () => [wanted()?.found, search.of].join(' '),
      () => {
        const found = wanted()?.found
        if (!found) setOpened(null)
        else if (found !== opened()?.digest || search.of !== opened()?.of) void open(found)
      },
    ),
  )

  async function open(digest: string): Promise<void> {
    setProblem(null)
    const event = events()?.find((one) => one.digest === digest)
    if (!event) return
    try {
      const [{ checkEvent }, answer, trust] = await Promise.all([
        import('./check-event.ts'),
        get<EventAnswer>(`/api/projects/${no()}/events/${digest}`),
        get<TrustAnswer>('/api/trust'),
      ])
      setOpened({
        digest,
        name: name(event),
        at: event.at,
        of: search.of,
        answer,
        check: checkEvent(answer, digest, trust),
      })
      // It stands above the list: one may have come from far down.
      const place = document.getElementById('ledger-event')
      place?.scrollIntoView()
      place?.querySelector('button')?.focus({ preventScroll: true })
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }

  function show(event: TradeEvent): void {
    opener = document.activeElement as HTMLElement | null
    setSearch({ event: event.digest, lot: undefined, of: undefined }, { scroll: false })
  }

  function close(): void {
    setOpened(null)
    setSearch({ event: undefined, lot: undefined, of: undefined }, { scroll: false })
    opener?.focus()
  }

  const name = (event: TradeEvent) => {
    const key = `event.${event.type}` as TextKey
    const text = t(key)
    return text === key ? event.type : text
  }
  return (
    <TradeFrame trade={trade} title={t('ledger.title')} lead={t('ledger.lead')}>
      <Stack>
        <RefusalNote text={problem()} />
        <Show when={isMissing()}>
          <Notice tone="warn" live="polite" title={t('ledger.missing')}>
            {t('ledger.missingText')}
          </Notice>
        </Show>
        <Show when={opened()}>{(one) => <EventView opened={one()} onClose={close} />}</Show>
        <Reading of={events}>
          {(all) => (
            <DataTable
              caption={t('ledger.title')}
              hideCaption
              rows={[...all()].reverse()}
              empty={<Empty title={t('ledger.none')} />}
              keyOf={(event) => event.digest}
              picked={opened()?.digest ?? null}
              columns={[
                { id: 'type', head: t('ledger.what'), cell: name },
                {
                  id: 'at',
                  head: t('ledger.when'),
                  nowrap: true,
                  cell: (event) => timeExact(event.at),
                  by: (event) => event.at,
                },
                {
                  id: 'digest',
                  head: t('ledger.digest'),
                  cell: (event) => <Hash value={event.digest} label={name(event)} />,
                },
                {
                  id: 'proof',
                  head: t('ledger.proof'),
                  cell: (event) => <SealMark of={name(event)} onOpen={() => show(event)} />,
                },
              ]}
            />
          )}
        </Reading>
      </Stack>
    </TradeFrame>
  )
}
