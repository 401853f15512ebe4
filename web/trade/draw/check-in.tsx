import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox } from '../../kit/choice.tsx'
import { Row, Section } from '../../kit/layout.tsx'
import { RegionField } from '../../kit/region-field.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { useAct } from '../use-act.ts'
import { type AtDesk, atDesk } from './at-desk.ts'
import type { DrawProps } from './draw-props.ts'

/** The desk of the venue: card, face, and the question of recusal once more. */
export function CheckIn(
  props: DrawProps & {
    member: string
    name: string
    venue: string
    isNamed: boolean
    /** Null: it was left for later. */
    onDone: (result: AtDesk | null) => void
  },
): JSX.Element {
  const [card, setCard] = createSignal(false)
  const [face, setFace] = createSignal(false)
  const [isRecused, setRecused] = createSignal(false)
  const [venue, setVenue] = createSignal(props.venue)
  const acting = useAct()
  // Of one who stands aside the row is gone once the draw is read again: his name is kept before.
  async function send(): Promise<void> {
    const who = { name: props.name, represents: props.isNamed ? 'purchaser' : 'pool' } as const
    let result: AtDesk | null = null
    const isDone = await acting.run('check-in', async () => {
      const { events } = await post<{ events: readonly { type: string }[] }>(
        `/api/lots/${props.page.lot}/draw/check-ins`,
        {
          member: props.member,
          venue: venue().trim(),
          cardShown: card(),
          faceMatches: face(),
          isRecused: isRecused(),
        },
        { key: newKey() },
      )
      result = atDesk(who, events, isRecused())
      await props.live.refresh()
    })
    if (isDone) props.onDone(result)
  }
  return (
    <Section title={t('drawing.desk.title', { name: props.name })} card>
      <RegionField
        label={t('drawing.desk.venue')}
        name="check-in-venue"
        width="short"
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
        <Button kind="plain" onPress={() => props.onDone(null)}>
          {t('drawing.desk.leave')}
        </Button>
      </Row>
    </Section>
  )
}

/** What came of it; who is turned away is told by which rule, and what happens next. */
export function CheckedIn(props: { of: AtDesk }): JSX.Element {
  const isOut = () => props.of.what !== 'checkedIn'
  return (
    <Notice
      tone={isOut() ? 'warn' : 'ok'}
      live="polite"
      title={t(`drawing.desk.${props.of.what}`, { name: props.of.name })}
    >
      <Show when={props.of.what === 'turnedAway'}>
        <p>{t('drawing.desk.rule')}</p>
      </Show>
      <Show when={isOut()}>
        <p>{t(`drawing.desk.next.${props.of.represents}`)}</p>
      </Show>
    </Notice>
  )
}
