import { createSignal, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Row, Section } from '../../kit/layout.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { useAct } from '../use-act.ts'
import type { DrawProps } from './draw-props.ts'

/** The desk of the venue: card, face, and the question of recusal once more. */
export function CheckIn(
  props: DrawProps & { member: string; name: string; venue: string; onDone: () => void },
): JSX.Element {
  const [card, setCard] = createSignal(false)
  const [face, setFace] = createSignal(false)
  const [isRecused, setRecused] = createSignal(false)
  const [venue, setVenue] = createSignal(props.venue)
  const acting = useAct(async () => {
    await props.live.refresh()
    props.onDone()
  })
  const send = () =>
    acting.run('check-in', () =>
      post(
        `/api/lots/${props.page.lot}/draw/check-ins`,
        {
          member: props.member,
          venue: venue().trim(),
          cardShown: card(),
          faceMatches: face(),
          isRecused: isRecused(),
        },
        { key: newKey() },
      ),
    )
  return (
    <Section title={t('drawing.desk.title', { name: props.name })} card>
      <Field
        label={t('drawing.desk.venue')}
        name="check-in-venue"
        width="short"
        maxLength={6}
        hint={t('drawing.desk.venueHint')}
        value={venue()}
        onInput={setVenue}
      />
      <Checkbox
        label={t('drawing.desk.card')}
        name="check-in-card"
        checked={card()}
        onChange={setCard}
      />
      <Checkbox
        label={t('drawing.desk.face')}
        name="check-in-face"
        checked={face()}
        onChange={setFace}
      />
      <Checkbox
        label={t('drawing.desk.recused')}
        hint={t('drawing.desk.recusedHint')}
        name="check-in-recused"
        checked={isRecused()}
        onChange={setRecused}
      />
      <RefusalNote text={acting.problem()} />
      <Row>
        <Button
          kind="primary"
          off={card() && face() ? null : t('drawing.desk.checkFirst')}
          pending={acting.busy() !== null}
          onPress={() => void send()}
        >
          {t(isRecused() ? 'drawing.desk.recuse' : 'drawing.desk.send')}
        </Button>
        <Button kind="plain" onPress={props.onDone}>
          {t('drawing.desk.leave')}
        </Button>
      </Row>
    </Section>
  )
}
