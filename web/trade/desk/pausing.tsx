import { createSignal, type JSX, Show } from 'solid-js'
import { time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Field } from '../../kit/field.tsx'
import { Row } from '../../kit/layout.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { useAct } from '../use-act.ts'
import type { DeskPage } from './desk-answers.ts'

interface PauseProps {
  readonly page: DeskPage
  readonly live: Live<DeskPage>
}
const base = (page: DeskPage) => `/api/lots/${page.lot}/evaluation`

/** Since when and why the evaluation stands still; who may lets it go on. */
export function Paused(props: PauseProps & { mayResume: boolean }): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  const resume = () =>
    acting.run('resume', () => post(`${base(props.page)}/resumptions`, {}, { key: newKey() }))
  return (
    <>
      <Show when={props.page.course?.pause}>
        {(pause) => (
          <NextAct
            kind={props.mayResume ? 'act' : 'wait'}
            title={t('desk.paused')}
            text={
              <>
                <p>{t('desk.pause.since', { time: time(pause().since), cause: pause().cause })}</p>
                <p class="yg-note">{t('desk.pause.after')}</p>
              </>
            }
            act={
              props.mayResume && (
                <Button
                  kind="primary"
                  pending={acting.busy() !== null}
                  onPress={() => void resume()}
                >
                  {t('desk.pause.resume')}
                </Button>
              )
            }
          />
        )}
      </Show>
      <RefusalNote text={acting.problem()} />
    </>
  )
}

/** The cause is read by all who judge or organise, so it says nothing of a bid. */
export function PauseForm(props: PauseProps): JSX.Element {
  const [cause, setCause] = createSignal('')
  const acting = useAct(() => props.live.refresh())
  async function pause(): Promise<void> {
    if (!cause().trim()) return acting.setProblem(t('desk.pause.causeFirst'))
    const isDone = await acting.run('pause', () =>
      post(`${base(props.page)}/pauses`, { cause: cause().trim() }, { key: newKey() }),
    )
    if (isDone) setCause('')
  }
  return (
    <Show when={props.page.stage !== 'paused'}>
      <Fold title={t('desk.pause.title')}>
        <p class="yg-note">{t('desk.pause.note')}</p>
        <Field
          label={t('desk.pause.cause')}
          hint={t('desk.pause.causeHint')}
          name="pause-cause"
          maxLength={2000}
          value={cause()}
          error={acting.problem()}
          onInput={setCause}
        />
        <Row>
          <Button pending={acting.busy() !== null} onPress={() => void pause()}>
            {t('desk.pause.pause')}
          </Button>
        </Row>
      </Fold>
    </Show>
  )
}
