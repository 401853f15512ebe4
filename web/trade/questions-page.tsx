import { type JSX, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Items, Prose, Section, Stack } from '../kit/layout.tsx'
import { Empty } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import { later } from '../shell/later.tsx'
import { Ended } from './ended-later.ts'
import { TradeFrame, useTrade } from './frame.tsx'
import { isOver } from './lot-state.ts'

const AskQuestion = later(async () => (await import('./questions-ask.tsx')).AskQuestion)
const QuestionsWaiting = later(
  async () => (await import('./questions-waiting.tsx')).QuestionsWaiting,
  'proposal',
  'document',
)
export const parts = [AskQuestion, QuestionsWaiting]

/** Questions 询问 and answers 答疑: answered for all, the asker unnamed. */
export default function QuestionsPage(): JSX.Element {
  const trade = useTrade()
  const answers = () => [...(trade()?.published?.answers ?? [])].reverse()
  return (
    <TradeFrame trade={trade} title={t('questions.title')}>
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <Show when={one().lots.some(isOver)}>
              <Ended trade={one()} />
            </Show>
            <Show when={isParty(one()) && !one().lots.every(isOver)}>
              <QuestionsWaiting trade={one()} live={trade} />
            </Show>
            <Show when={one().roles.includes('Bown') && !one().lots.every(isOver)}>
              <AskQuestion trade={one()} />
            </Show>
            <Section title={t('questions.answered')}>
              <Show
                when={answers().length > 0}
                fallback={
                  <Empty title={t('questions.none')}>
                    <p>{t('questions.noneHint')}</p>
                  </Empty>
                }
              >
                <Items
                  items={answers()}
                  row={(answer) => (
                    <>
                      <p class="yg-list-name">{answer.question}</p>
                      <Prose>{answer.text}</Prose>
                      <p class="yg-list-facts">
                        {t('questions.answeredAt', { time: time(answer.at) })}
                      </p>
                    </>
                  )}
                />
              </Show>
            </Section>
          </Stack>
        )}
      </Show>
    </TradeFrame>
  )
}

const isParty = ({ roles }: TradePage) => roles.includes('Ag') || roles.includes('Pu')
