import { createSignal, type JSX } from 'solid-js'
import { formatBeijing } from '../../../server/kernel/calendar.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Field } from '../../kit/field.tsx'
import { Row } from '../../kit/layout.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { useAct } from '../use-act.ts'
import { type DrawProps, isOfParameters } from './draw-props.ts'

const local = (instant: string) => formatBeijing(instant).replace(' ', 'T')
const fiveMinutes = 5 * 60_000

/** Names the moment T; from then on nothing about the draw can change. */
export function CommitForm(props: DrawProps): JSX.Element {
  const first = () =>
    isOfParameters(props.page)
      ? (props.trade.published?.deadline ?? props.page.now)
      : new Date(Date.parse(props.page.now) + fiveMinutes).toISOString()
  const [moment, setMoment] = createSignal(local(first()))
  const [minutes, setMinutes] = createSignal('30')
  const acting = useAct(() => props.live.refresh())
  const found = () => props.page.rules?.nonces.length ?? 0
  const commit = () =>
    acting.run('commit', () =>
      post(
        `/api/lots/${props.page.lot}/draw/commitment`,
        { at: `${moment()}+08:00`, revealMinutes: Number.parseInt(minutes(), 10) || 30 },
        { key: newKey() },
      ),
    )
  return (
    <>
      <Row>
        <Field
          label={t('drawing.commit.moment')}
          name="draw-moment"
          kind="datetime-local"
          width="medium"
          hint={t(
            isOfParameters(props.page)
              ? 'drawing.commit.deadlineHint'
              : 'drawing.commit.momentHint',
          )}
          value={moment()}
          onInput={setMoment}
        />
        <Field
          label={t('drawing.commit.minutes')}
          name="draw-reveal-minutes"
          numeric
          width="short"
          hint={t('drawing.commit.minutesHint')}
          value={minutes()}
          onInput={setMinutes}
        />
      </Row>
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button
          kind="primary"
          off={found() < 2 ? t('drawing.commit.tooFew', { count: found() }) : null}
          pending={acting.busy() !== null}
          onPress={() => void commit()}
        >
          {t('drawing.commit.commit')}
        </Button>
      </Row>
    </>
  )
}
