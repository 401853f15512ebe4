import { createSignal, For, type JSX, Show } from 'solid-js'
import type { Proposal } from '../../server/tendering/project/decider.ts'
import { time } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Radio, Select } from '../kit/choice.tsx'
import { Field } from '../kit/field.tsx'
import { Items, Prose, Section, Stack } from '../kit/layout.tsx'
import { Empty, Notice } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import { get, newKey, post } from '../shell/api.ts'
import { createLive, type Live } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import { signAndSend } from '../shell/signer.ts'
import { useTradeNow } from '../shell/use-now.ts'
import { Ended } from './ended.tsx'
import { TradeFrame, useTrade } from './frame.tsx'
import { isOver } from './lot-state.ts'
import { Proposals } from './questions-proposals.tsx'
import { Propose } from './questions-propose.tsx'
import { subjectOf } from './subject.ts'
import { useDraftText } from './use-draft-text.ts'

/** Questions 询问 and answers 答疑: answered for all, the asker unnamed. */
export default function QuestionsPage(): JSX.Element {
  const trade = useTrade()
  const answers = () => [...(trade()?.published?.answers ?? [])].reverse()
  return (
    <TradeFrame trade={trade} title={t('trade.questions.title')}>
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <Show when={one().lots.some(isOver)}>
              <Ended trade={one()} />
            </Show>
            <Show when={isParty(one()) && !one().lots.every(isOver)}>
              <Waiting trade={one()} live={trade} />
            </Show>
            <Show when={one().roles.includes('Bown') && !one().lots.every(isOver)}>
              <Ask trade={one()} />
            </Show>
            <Section title={t('trade.questions.answered')}>
              <Show
                when={answers().length > 0}
                fallback={
                  <Empty title={t('trade.questions.none')}>
                    <p>{t('trade.questions.noneHint')}</p>
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
                        {t('trade.questions.answeredAt', { time: time(answer.at) })}
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

/** The bidder's form; after the deadline it becomes a sentence with the remedy that is left. */
function Ask(props: { trade: TradePage }): JSX.Element {
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
      setProblem(t('trade.questions.empty'))
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
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }

  return (
    <Section title={t('trade.questions.ask')} card>
      <Show
        when={!isLate()}
        fallback={
          <Notice tone="warn">
            {t(
              props.trade.regime === 'tender'
                ? 'trade.questions.lateTender'
                : 'trade.questions.lateGp',
              { time: time(deadline()) },
            )}
          </Notice>
        }
      >
        <Show when={receivedAt()}>
          {(at) => (
            <Notice tone="ok" live="polite">
              {t('trade.questions.received', { time: time(at()) })}
            </Notice>
          )}
        </Show>
        <Show when={props.trade.lots.length > 1}>
          <Select
            label={t('trade.questions.lot')}
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
          label={t('trade.questions.text')}
          name="question"
          hint={t('trade.questions.hint')}
          lines={4}
          maxLength={5000}
          value={draft.text()}
          error={problem()}
          onInput={draft.setText}
        />
        <div>
          <Button kind="primary" pending={isBusy()} onPress={() => void ask()}>
            {t('trade.questions.send')}
          </Button>
        </div>
      </Show>
    </Section>
  )
}

const isParty = ({ roles }: TradePage) => roles.includes('Ag') || roles.includes('Pu')

interface Question {
  readonly id: string
  readonly text: string
}

function Waiting(props: { trade: TradePage; live: Live<TradePage> }): JSX.Element {
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
      <Section title={t('trade.questions.waiting')} note={t('trade.questions.waitingNote')}>
        <For
          each={page()?.items.filter((one) => !isProposed(one.id))}
          fallback={
            <Show when={page()}>
              <Empty title={t('trade.questions.noneWaiting')} />
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

  async function answer(): Promise<void> {
    const text = draft.text().trim()
    const document = props.trade.document
    if (text === '' || !document) {
      setProblem(t('trade.questions.empty'))
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
          id: `p-${newKey().slice(0, 16)}`,
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
        label={t('trade.questions.answer')}
        name={`answer-${props.question.id}`}
        lines={3}
        maxLength={20_000}
        value={draft.text()}
        error={problem()}
        onInput={draft.setText}
      />
      <Radio
        label={t('trade.questions.bears')}
        name={`bears-${props.question.id}`}
        value={bears()}
        inline
        options={[
          { value: 'no', text: t('trade.questions.bearsNo') },
          { value: 'yes', text: t('trade.questions.bearsYes') },
        ]}
        onValue={setBears}
      />
      <div>
        <Button kind="primary" pending={isBusy()} onPress={() => void answer()}>
          {t(bears() === 'no' ? 'trade.questions.publish' : 'trade.questions.propose')}
        </Button>
      </div>
    </>
  )
}
