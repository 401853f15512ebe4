import { createSignal, type JSX, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Select } from '../kit/choice.tsx'
import { Field } from '../kit/field.tsx'
import { Section } from '../kit/layout.tsx'
import { Notice } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import { newKey, post } from '../shell/api.ts'
import { asProblem, isTurnedAway, isUnanswered } from '../shell/problem.ts'
import { useTradeNow } from '../shell/use-now.ts'
import { useDraftText } from './use-draft-text.ts'

/** The bidder's form; after the deadline it becomes a sentence with the remedy that is left. */
export function AskQuestion(props: { trade: TradePage }): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const deadline = () => props.trade.published?.deadline ?? ''
  const isLate = () => now() >= Date.parse(deadline())
  const [lot, setLot] = createSignal(props.trade.lots[0]?.id ?? '')
  const draft = useDraftText(() => `question ${props.trade.id}`)
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const [receivedAt, setReceivedAt] = createSignal<string | null>(null)
  let key = newKey()

  async function ask(): Promise<void> {
    if (draft.text().trim() === '') {
      setProblem(t('questions.empty'))
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      const body = { id: `q-${key.slice(0, 16)}`, text: draft.text().trim() }
      const { at } = await post<{ at: string }>(`/api/lots/${lot()}/questions`, body, { key })
      setReceivedAt(at)
      draft.clear()
      key = newKey()
    } catch (error) {
      if (!isUnanswered(error) && !isTurnedAway(error)) key = newKey()
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }

  return (
    <Section title={t('questions.ask')} card>
      <Show
        when={!isLate()}
        fallback={
          <Notice tone="warn">
            {t(props.trade.regime === 'tender' ? 'questions.lateTender' : 'questions.lateGp', {
              time: time(deadline()),
            })}
          </Notice>
        }
      >
        <Show when={receivedAt()}>
          {(at) => (
            <Notice tone="ok" live="polite">
              {t('questions.received', { time: time(at()) })}
            </Notice>
          )}
        </Show>
        <Show when={props.trade.lots.length > 1}>
          <Select
            label={t('questions.lot')}
            name="lot"
            value={lot()}
            options={props.trade.lots.map((one) => ({
              value: one.id,
              text: pick(one.terms.title),
            }))}
            onValue={setLot}
          />
        </Show>
        <Field
          label={t('questions.text')}
          name="question"
          hint={t('questions.hint')}
          lines={4}
          maxLength={5000}
          value={draft.text()}
          error={problem()}
          onInput={draft.setText}
        />
        <div>
          <Button kind="primary" pending={isBusy()} onPress={() => void ask()}>
            {t('questions.send')}
          </Button>
        </div>
      </Show>
    </Section>
  )
}
