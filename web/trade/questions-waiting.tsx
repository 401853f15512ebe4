import { createSignal, For, type JSX, Show } from 'solid-js'
import type { Proposal } from '../../server/tendering/project/decider.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Radio } from '../kit/choice.tsx'
import { Field } from '../kit/field.tsx'
import { Section } from '../kit/layout.tsx'
import { Empty } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import { get, newKey, post } from '../shell/api.ts'
import { createLive, type Live } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import { signAndSend } from '../shell/signer.ts'
import { Proposals } from './questions-proposals.tsx'
import { Propose } from './questions-propose.tsx'
import { subjectOf } from './subject.ts'
import { useDraftText } from './use-draft-text.ts'

interface Question {
  readonly id: string
  readonly text: string
}

/** What waits for the agency's answer, and what it proposed for the purchaser to countersign. */
export function QuestionsWaiting(props: { trade: TradePage; live: Live<TradePage> }): JSX.Element {
  const page = createLive(
    () =>
      get<{ items: Question[]; proposals: Proposal[] }>(
        `/api/projects/${props.trade.id}/questions`,
      ),
    () => [props.trade.id],
  )
  const refresh = async () => {
    await Promise.all([props.live.refresh(), page.refresh()])
  }
  const proposals = () => page()?.proposals ?? []
  const isProposed = (id: string) =>
    proposals().some((one) => one.kind === 'answer' && one.question === id)
  const questionOf = (id: string) => page()?.items.find((one) => one.id === id)?.text ?? null
  return (
    <>
      <Proposals
        trade={props.trade}
        proposals={proposals()}
        questionOf={questionOf}
        onDone={refresh}
      />
      <Section title={t('questions.waiting')} note={t('questions.waitingNote')}>
        <For
          each={page()?.items.filter((one) => !isProposed(one.id))}
          fallback={
            <Show when={page()}>
              <Empty title={t('questions.noneWaiting')} />
            </Show>
          }
        >
          {(question) => (
            <div class="yg-card">
              <p class="yg-list-name">{question.text}</p>
              <Show when={props.trade.roles.includes('Ag')}>
                <Answer trade={props.trade} question={question} onDone={() => void refresh()} />
              </Show>
            </div>
          )}
        </For>
      </Section>
      <Show when={props.trade.roles.includes('Ag')}>
        <Propose trade={props.trade} onDone={refresh} />
      </Show>
    </>
  )
}

function Answer(props: { trade: TradePage; question: Question; onDone: () => void }): JSX.Element {
  const draft = useDraftText(() => `answer ${props.question.id}`)
  const [bears, setBears] = createSignal<'no' | 'yes'>('no')
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const here = () => `/api/projects/${props.trade.id}`
  /** One proposal at a time: pressed again, it is the same one. */
  let intent = newKey()

  async function answer(): Promise<void> {
    const text = draft.text().trim()
    const document = props.trade.document
    if (text === '' || !document) {
      setProblem(t('questions.empty'))
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      if (bears() === 'no')
        await post(`${here()}/answers`, { id: props.question.id, text }, { key: newKey() })
      else {
        const own = {
          subject: subjectOf(document),
          id: `p-${intent.slice(0, 16)}`,
          question: props.question.id,
          text,
        }
        const done = await signAndSend(
          'propose-answer',
          own,
          { tender: props.trade.id },
          (body, key) => post(`${here()}/answer-proposals`, body, { key }),
        )
        if (done === null) return
      }
      draft.clear()
      intent = newKey()
      props.onDone()
    } catch (error) {
      setProblem(asProblem(error).message)
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Field
        label={t('questions.answer')}
        name={`answer-${props.question.id}`}
        lines={3}
        maxLength={20_000}
        value={draft.text()}
        error={problem()}
        onInput={draft.setText}
      />
      <Radio
        label={t('questions.bears')}
        name={`bears-${props.question.id}`}
        value={bears()}
        inline
        options={[
          { value: 'no', text: t('questions.bearsNo') },
          { value: 'yes', text: t('questions.bearsYes') },
        ]}
        onValue={setBears}
      />
      <div>
        <Button kind="primary" pending={isBusy()} onPress={() => void answer()}>
          {t(bears() === 'no' ? 'questions.publish' : 'questions.propose')}
        </Button>
      </div>
    </>
  )
}
