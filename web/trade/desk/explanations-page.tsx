import { createSignal, For, type JSX, Show } from 'solid-js'
import { limit, time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { Field } from '../../kit/field.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { Empty, Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { signAndSend } from '../../shell/signer.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { Ended } from '../ended-later.ts'
import { TradeFrame, useTrade } from '../frame.tsx'
import { Reading } from '../reading.tsx'
import { useAct } from '../use-act.ts'
import { useDraftText } from '../use-draft-text.ts'
import { LotTabs } from '../use-lot.tsx'
import { CorrectionAnswer } from './correction-answer.tsx'
import type { DeskPage } from './desk-answers.ts'
import { useDesk } from './desk-page.tsx'

type Request = DeskPage['requests'][number]

/** What the committee asks a bidder; its answer is signed, in time, and changes nothing of substance. */
export default function ExplanationsPageView(): JSX.Element {
  const trade = useTrade()
  const { lot, desk } = useDesk()
  return (
    <TradeFrame trade={trade} title={t('desk.explain.title')} lead={t('desk.explain.lead')}>
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <LotTabs trade={one()} lot={lot()} path="/explanations" />
            <Reading of={desk}>
              {(page) => (
                <Show
                  when={page().lotStage !== 'terminated'}
                  fallback={<Ended trade={one()} lot={lot()} />}
                >
                  <For each={page().corrections}>
                    {(correction) => (
                      <CorrectionAnswer
                        trade={one()}
                        page={page()}
                        live={desk}
                        correction={correction}
                      />
                    )}
                  </For>
                  <For
                    each={page().requests}
                    fallback={
                      <Show when={page().corrections.length === 0}>
                        <Empty title={t('desk.explain.none')}>
                          <p>{t('desk.explain.noneText')}</p>
                        </Empty>
                      </Show>
                    }
                  >
                    {(request) => (
                      <Answer trade={one()} page={page()} live={desk} request={request} />
                    )}
                  </For>
                </Show>
              )}
            </Reading>
          </Stack>
        )}
      </Show>
    </TradeFrame>
  )
}

function Answer(props: {
  trade: TradePage
  page: DeskPage
  live: Live<DeskPage>
  request: Request
}): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const draft = useDraftText(() => `explanation ${props.page.lot} ${props.request.id}`)
  const [isSent, setSent] = createSignal(false)
  const acting = useAct(async () => {
    draft.clear()
    setSent(true)
    await props.live.refresh()
  })
  const isLate = () => now() >= Date.parse(props.request.until)
  async function send(): Promise<void> {
    const text = draft.text().trim()
    if (!text) return acting.setProblem(t('desk.explain.empty'))
    await acting.run('send', () =>
      signAndSend(
        'give-explanation',
        { subject: props.page.subject, request: props.request.id, text },
        { tender: props.trade.id, lot: props.page.lot },
        (body, key) => post(`/api/lots/${props.page.lot}/evaluation/explanations`, body, { key }),
      ),
    )
  }
  return (
    <Section
      title={t(`desk.about.${props.request.about}`)}
      more={
        <Show when={!props.request.answer && !isLate()}>
          <Countdown until={props.request.until} now={now} />
        </Show>
      }
      card
    >
      <p>{props.request.question}</p>
      <p class="yg-note">{t('desk.requests.until', { time: limit(props.request.until) })}</p>
      <Show
        when={props.request.answer}
        fallback={
          <Show
            when={!isLate()}
            fallback={
              <Notice tone="warn">
                {t('desk.explain.late', { time: limit(props.request.until) })}
              </Notice>
            }
          >
            <Field
              label={t('desk.explain.answer')}
              name={`explanation-${props.request.id}`}
              hint={t('desk.explain.hint')}
              lines={6}
              maxLength={20_000}
              value={draft.text()}
              error={acting.problem()}
              onInput={draft.setText}
            />
            <div>
              <Button kind="primary" pending={acting.busy() !== null} onPress={() => void send()}>
                {t('desk.explain.send')}
              </Button>
            </div>
          </Show>
        }
      >
        {(answer) => (
          <>
            <Notice tone="ok" live={isSent() ? 'polite' : undefined}>
              {t('desk.explain.sent', { time: time(answer().at) })}
            </Notice>
            <p>{answer().text}</p>
          </>
        )}
      </Show>
    </Section>
  )
}
