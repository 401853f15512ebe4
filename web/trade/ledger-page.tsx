import { createSignal, type JSX, Show } from 'solid-js'
import { timeExact } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { Button } from '../kit/button.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { Section, Stack } from '../kit/layout.tsx'
import { Hash, SealMark } from '../kit/proof.tsx'
import { Empty, RefusalNote } from '../kit/status.tsx'
import type { Page, TradeEvent } from '../shell/answers.ts'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import { TradeFrame, useTrade, useTradeNo } from './frame.tsx'

/** The trade's record: every event that the viewer may read, each with its place in the log. */
export default function LedgerPage(): JSX.Element {
  const trade = useTrade()
  const no = useTradeNo()
  const events = createLive(
    () => get<Page<TradeEvent>>(`/api/projects/${no()}/events`),
    () => [no()],
  )
  const [opened, setOpened] = createSignal<{ digest: string; text: string } | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)

  async function open(event: TradeEvent): Promise<void> {
    setProblem(null)
    try {
      const answer = await get<unknown>(`/api/projects/${no()}/events/${event.digest}`)
      setOpened({ digest: event.digest, text: JSON.stringify(answer, null, 2) })
    } catch (error) {
      setProblem(asProblem(error).message)
    }
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
              title={t('trade.ledger.event')}
              more={
                <Button small onPress={() => setOpened(null)}>
                  {t('shell.close')}
                </Button>
              }
              card
            >
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
