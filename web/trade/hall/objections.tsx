import { createSignal, type JSX, Show } from 'solid-js'
import { time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Items, Section } from '../../kit/layout.tsx'
import { RefusalNote, Tag } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { useAct } from '../use-act.ts'
import type { HallLot, HallObjection, HallPage } from './hall-answer.ts'
import { mayAct } from './hall-answer.ts'
import { ReasonForm } from './reason-form.tsx'

/** 开标异议: raised in the hall, answered on the spot, kept in the record. */
export function Objections(props: {
  hall: HallPage
  lot: HallLot
  onDone: () => Promise<void>
}): JSX.Element {
  const [isWriting, setWriting] = createSignal(false)
  const acting = useAct(async () => {
    setWriting(false)
    await props.onDone()
  })
  const all = () => props.hall.objections ?? []
  const mayObject = () => mayAct(props.hall, `object ${props.lot.lot}`)
  const object = (text: string) =>
    void acting.run('object', (intent) =>
      post(`/api/lots/${props.lot.lot}/opening-objections`, { id: intent, text }, { key: intent }),
    )
  const answer = (id: string, text: string) =>
    void acting.run(id, () =>
      post(`/api/projects/${props.hall.project}/opening/answers`, { id, text }, { key: newKey() }),
    )
  const mayAnswer = (one: HallObjection) =>
    one.answer === null &&
    (props.hall.me.role === 'host' || props.hall.me.role === 'witness') &&
    mayAct(props.hall, 'answer')
  return (
    <Show when={all().length > 0 || mayObject()}>
      <Section
        title={t('attending.objection.title', { count: all().length })}
        note={t('attending.objection.note')}
        card
      >
        <RefusalNote text={acting.problem()} />
        <Show when={all().length > 0}>
          <Items
            items={all()}
            label={t('attending.objection.title', { count: all().length })}
            row={(one) => (
              <>
                <div class="yg-list-top">
                  <span class="yg-list-name">{nameOf(props.hall, one.party)}</span>
                  <span class="yg-list-facts">
                    <span>{time(one.at)}</span>
                    <Tag tone={one.answer ? 'ok' : 'sun'}>
                      {t(one.answer ? 'attending.objection.answered' : 'attending.objection.open')}
                    </Tag>
                  </span>
                </div>
                <p>{one.text}</p>
                <Show when={one.answer}>
                  {(given) => (
                    <p class="yg-note">
                      {t('attending.objection.answer', {
                        time: time(given().at),
                        text: given().text,
                      })}
                    </p>
                  )}
                </Show>
                <Show when={mayAnswer(one)}>
                  <ReasonForm
                    label={t('attending.objection.answerLabel')}
                    verb={t('attending.objection.answerVerb')}
                    busy={acting.busy() === one.id}
                    onSend={(text) => answer(one.id, text)}
                  />
                </Show>
              </>
            )}
          />
        </Show>
        <Show when={mayObject()}>
          <Show
            when={isWriting()}
            fallback={
              <div>
                <Button onPress={() => setWriting(true)}>{t('attending.objection.raise')}</Button>
              </div>
            }
          >
            <ReasonForm
              label={t('attending.objection.label')}
              hint={t('attending.objection.hint')}
              verb={t('attending.objection.verb')}
              busy={acting.busy() === 'object'}
              onSend={object}
              onCancel={() => setWriting(false)}
            />
          </Show>
        </Show>
      </Section>
    </Show>
  )
}

function nameOf(hall: HallPage, party: string): string {
  const row = hall.lots.flatMap((lot) => lot.rows).find((one) => one.party === party)
  return row?.name ?? hall.signedIn.find((one) => one.party === party)?.name ?? party
}
