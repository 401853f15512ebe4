import { createSignal, type JSX, Show } from 'solid-js'
import { timeExact } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { Button } from '../kit/button.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { Section, Stack } from '../kit/layout.tsx'
import { Hash, SealMark } from '../kit/proof.tsx'
import { Empty, Notice, RefusalNote } from '../kit/status.tsx'
import type { Page, TradeEvent } from '../shell/answers.ts'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import type { EventAnswer, EventCheck, TrustAnswer } from './check-event.ts'
import { TradeFrame, useTrade, useTradeNo } from './frame.tsx'

interface Opened {
  readonly digest: string
  readonly name: string
  readonly text: string
  readonly check: EventCheck
}

/** The trade's record: every event that the viewer may read, each with its place in the log. */
export default function LedgerPage(): JSX.Element {
  const trade = useTrade()
  const no = useTradeNo()
  const events = createLive(
    () => get<Page<TradeEvent>>(`/api/projects/${no()}/events`),
    () => [no()],
  )
  const [opened, setOpened] = createSignal<Opened | null>(null)
  let opener: HTMLElement | null = null
  const [problem, setProblem] = createSignal<string | null>(null)

  async function open(event: TradeEvent): Promise<void> {
    setProblem(null)
    opener = document.activeElement as HTMLElement | null
    try {
      const [{ checkEvent }, answer, trust] = await Promise.all([
        import('./check-event.ts'),
        get<EventAnswer>(`/api/projects/${no()}/events/${event.digest}`),
        get<TrustAnswer>('/api/trust'),
      ])
      setOpened({
        digest: event.digest,
        name: name(event),
        text: JSON.stringify(answer, null, 2),
        check: checkEvent(answer, event.digest, trust),
      })
      // It stands above the list: one may have come from far down.
      const place = document.getElementById('ledger-event')
      place?.scrollIntoView()
      place?.querySelector('button')?.focus({ preventScroll: true })
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }

  function close(): void {
    setOpened(null)
    opener?.focus()
  }

  const name = (event: TradeEvent) => {
    const key = `event.${event.type}` as TextKey
    const text = t(key)
    return text === key ? event.type : text
  }
  return (
    <TradeFrame trade={trade} title={t('trade.ledger.title')} lead={t('trade.ledger.lead')}>
      <Stack>
        <RefusalNote text={problem()} />
        <Show when={opened()}>
          {(one) => (
            <Section
              id="ledger-event"
              title={one().name}
              more={
                <Button small onPress={close}>
                  {t('shell.close')}
                </Button>
              }
              note={t('trade.ledger.event')}
              card
            >
              <Notice
                tone={one().check.isGood ? 'ok' : 'danger'}
                title={t(one().check.isGood ? 'trade.ledger.good' : 'trade.ledger.bad')}
                live="polite"
              >
                {one().check.isGood
                  ? t('trade.ledger.goodText', {
                      index: one().check.index ?? 0,
                      size: one().check.size ?? 0,
                    })
                  : t('trade.ledger.badText')}
              </Notice>
              <Hash value={one().digest} />
              <pre class="yg-act-text" tabindex="0">
                {one().text}
              </pre>
            </Section>
          )}
        </Show>
        <DataTable
          caption={t('trade.ledger.title')}
          hideCaption
          rows={[...(events()?.items ?? [])].reverse()}
          empty={<Empty title={t('trade.ledger.none')} />}
          columns={[
            { id: 'type', head: t('trade.ledger.what'), cell: name },
            {
              id: 'at',
              head: t('trade.ledger.when'),
              nowrap: true,
              cell: (event) => timeExact(event.at),
              by: (event) => event.at,
            },
            {
              id: 'digest',
              head: t('trade.ledger.digest'),
              cell: (event) => <Hash value={event.digest} label={name(event)} />,
            },
            {
              id: 'proof',
              head: t('trade.ledger.proof'),
              cell: (event) => <SealMark of={name(event)} onOpen={() => void open(event)} />,
            },
          ]}
        />
      </Stack>
    </TradeFrame>
  )
}
