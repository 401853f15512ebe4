import { createSignal, type JSX, Show } from 'solid-js'
import { replacementGrounds } from '../../../server/evaluation/evaluation/committee.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio, Select } from '../../kit/choice.tsx'
import { Confirm } from '../../kit/confirm.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Field } from '../../kit/field.tsx'
import { Row } from '../../kit/layout.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { useAct } from '../use-act.ts'
import type { DeskMember, DeskPage } from './desk-answers.ts'

type Ground = (typeof replacementGrounds)[number]
type Missing = 'seat' | 'ground' | 'evidence'

const outcomes = ['MemberReplaced', 'MemberLeft', 'CommitteeDissolved'] as const
type Outcome = (typeof outcomes)[number]
interface Answer {
  readonly events: readonly { readonly type: string }[]
}

/** Why a member cannot go on, by seat: who sits there is not the agency's to know. */
export function AbsenceForm(props: { page: DeskPage; live: Live<DeskPage> }): JSX.Element {
  const [seat, setSeat] = createSignal('')
  const [ground, setGround] = createSignal<Ground | null>(null)
  const [evidence, setEvidence] = createSignal('')
  const [missing, setMissing] = createSignal<Missing | null>(null)
  const [isAsking, setAsking] = createSignal(false)
  const [done, setDone] = createSignal<{ seat: string; what: Outcome } | null>(null)
  const acting = useAct(() => props.live.refresh())
  const seats = () => props.page.members.filter((m) => m.place !== 'awaited')
  const picked = () => seats().find((m) => String(m.seat) === seat())

  function ask(): void {
    setDone(null)
    acting.setProblem(null)
    setMissing(!picked() ? 'seat' : !ground() ? 'ground' : !evidence().trim() ? 'evidence' : null)
    setAsking(missing() === null)
  }
  async function record(): Promise<void> {
    const wish = { seat: Number(seat()), ground: ground(), evidence: evidence().trim() }
    let answer: Answer | null = null
    const isDone = await acting.run('absence', async () => {
      answer = await post<Answer>(`/api/lots/${props.page.lot}/evaluation/absences`, wish, {
        key: newKey(),
      })
    })
    setAsking(false)
    if (!isDone) return
    setDone({ seat: seat(), what: outcomeOf(answer) })
    setSeat('')
    setGround(null)
    setEvidence('')
  }

  return (
    <>
      <Show when={done()}>
        {(one) => (
          <Notice tone={one().what === 'MemberReplaced' ? 'ok' : 'warn'} live="polite">
            {t(`desk.absence.done.${one().what}`, { seat: one().seat })}
          </Notice>
        )}
      </Show>
      <Fold title={t('desk.absence.title')}>
        <p class="yg-note">{t('desk.absence.law')}</p>
        <Show
          when={props.page.stage !== 'paused'}
          fallback={<Notice>{t('desk.absence.paused')}</Notice>}
        >
          <Select
            label={t('desk.absence.seat')}
            name="absence-seat"
            width="medium"
            value={seat()}
            error={missing() === 'seat' ? t('desk.absence.seatFirst') : null}
            options={[
              { value: '', text: t('desk.absence.pick') },
              ...seats().map((m) => ({ value: String(m.seat), text: seatText(m) })),
            ]}
            onValue={setSeat}
          />
          <Radio
            label={t('desk.absence.ground')}
            name="absence-ground"
            value={ground()}
            error={missing() === 'ground' ? t('desk.absence.groundFirst') : null}
            options={replacementGrounds.map((value) => ({
              value,
              text: t(`desk.absence.${value}`),
            }))}
            onValue={setGround}
          />
          <Field
            label={t('desk.absence.evidence')}
            hint={t('desk.absence.evidenceHint')}
            name="absence-evidence"
            lines={3}
            maxLength={2000}
            value={evidence()}
            error={missing() === 'evidence' ? t('desk.absence.evidenceFirst') : null}
            onInput={setEvidence}
          />
          <RefusalNote text={acting.problem()} />
          <Row>
            <Button pending={acting.busy() !== null} onPress={ask}>
              {t('desk.absence.act')}
            </Button>
          </Row>
        </Show>
      </Fold>
      <Confirm
        isOpen={isAsking()}
        title={t('desk.absence.confirm', { seat: seat() })}
        verb={t('desk.absence.act')}
        pending={acting.busy() !== null}
        onDo={() => void record()}
        onLeave={() => setAsking(false)}
      >
        <p>
          {t('desk.absence.confirmText', { ground: t(`desk.absence.${ground() ?? 'absence'}`) })}
        </p>
        <Show when={picked()}>{(m) => <Follows of={m()} />}</Show>
      </Confirm>
    </>
  )
}

/** What the record brings about, before it is made. */
function Follows(props: { of: DeskMember }): JSX.Element {
  return (
    <Notice tone="warn" title={t('desk.absence.follows')}>
      <p>{t('desk.absence.void')}</p>
      <p>{t(`desk.absence.follows.${props.of.represents}`)}</p>
    </Notice>
  )
}

const seatText = (m: DeskMember) =>
  t('desk.absence.seatOf', {
    seat: m.seat,
    from: t(`desk.members.${m.represents}`),
    place: t(`desk.place.${m.place}`),
  })

const outcomeOf = (answer: Answer | null): Outcome =>
  outcomes.find((type) => answer?.events.some((e) => e.type === type)) ?? 'MemberReplaced'
