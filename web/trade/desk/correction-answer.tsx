import { createSignal, type JSX, Show } from 'solid-js'
import { toWords } from '../../../server/kernel/money-words.ts'
import { limit, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio } from '../../kit/choice.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { Facts, Section } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { signAndSend } from '../../shell/signer.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { useAct } from '../use-act.ts'
import { appliedText } from './corrections.tsx'
import type { DeskPage } from './desk-answers.ts'

/** A price that the committee corrected: its bidder confirms it, or the bid is invalid. */
export function CorrectionAnswer(props: {
  trade: TradePage
  page: DeskPage
  live: Live<DeskPage>
  correction: DeskPage['corrections'][number]
}): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const [choice, setChoice] = createSignal<'confirm' | 'refuse' | null>(null)
  const acting = useAct(() => props.live.refresh())
  const isLate = () => now() >= Date.parse(props.correction.until)
  async function send(): Promise<void> {
    if (choice() === null) return acting.setProblem(t('desk.correct.chooseFirst'))
    const { id, correctedFen } = props.correction
    const isConfirmed = choice() === 'confirm'
    await acting.run('send', () =>
      signAndSend(
        'confirm-correction',
        { subject: props.page.subject, id, correctedFen, isConfirmed },
        { tender: props.trade.id, lot: props.page.lot },
        (body, key) =>
          post(`/api/lots/${props.page.lot}/evaluation/correction-answers`, body, { key }),
      ),
    )
  }
  return (
    <Section
      title={t('desk.correct.own')}
      more={
        <Show when={!props.correction.answer && !isLate()}>
          <Countdown until={props.correction.until} now={now} />
        </Show>
      }
      card
    >
      <Facts
        rows={[
          { name: t('desk.correct.opened'), value: yuan(props.correction.openedFen) },
          {
            name: t('desk.correct.corrected'),
            value: yuan(props.correction.correctedFen),
            note: toWords(props.correction.correctedFen),
          },
          { name: t('desk.correct.rules'), value: appliedText(props.correction) },
          { name: t('desk.motions.reason'), value: props.correction.reason },
        ]}
      />
      <p class="yg-note">{t('desk.correct.ownLaw', { time: limit(props.correction.until) })}</p>
      <Show
        when={props.correction.answer}
        fallback={
          <Show
            when={!isLate()}
            fallback={<Notice tone="warn">{t('desk.correct.silentText')}</Notice>}
          >
            <Radio
              label={t('desk.correct.answer')}
              name={`correction-${props.correction.id}`}
              value={choice()}
              error={acting.problem()}
              options={[
                { value: 'confirm', text: t('desk.correct.confirm') },
                {
                  value: 'refuse',
                  text: t('desk.correct.refuse'),
                  hint: t('desk.correct.refuseHint'),
                },
              ]}
              onValue={setChoice}
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
          <Notice tone={answer().isConfirmed ? 'ok' : 'warn'}>
            {t(answer().isConfirmed ? 'desk.correct.youConfirmed' : 'desk.correct.youRefused')}
          </Notice>
        )}
      </Show>
    </Section>
  )
}
