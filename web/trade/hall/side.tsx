import { For, type JSX, Show } from 'solid-js'
import { time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { SyncBadge } from '../../kit/countdown.tsx'
import { Facts, Section, Stack } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import { sync } from '../../shell/clock.ts'
import { type HallPage, mayAct, shownStage } from './hall-answer.ts'
import { LateSignIn } from './hall-later.ts'
import { Window } from './window.tsx'

/** How many of those listed have released their keys. */
export function releasedOf(hall: HallPage): string {
  const rows = hall.lots.flatMap((lot) => lot.rows)
  const done = rows.filter((row) => row.releasedAt || row.outcome === 'opened').length
  return t('hall.side.releasedOf', { done, of: rows.length })
}

/** Beside the board: the window that runs, who leads, what was extended. */
export function Side(props: {
  hall: HallPage
  now: () => number
  onDone: () => Promise<void>
}): JSX.Element {
  const nameOf = (role: 'host' | 'witness') => {
    const one = props.hall.signedIn.find((person) => person.role === role)
    return one
      ? t('hall.side.present', { name: one.name, time: time(one.at) })
      : t('hall.side.absent')
  }
  // Who entered the hall before the deadline is in the record by that.
  const mayStillSignIn = () =>
    props.hall.me.role === 'bidder' &&
    mayAct(props.hall, 'signIn') &&
    !props.hall.me.lots.some((one) => one.hallEnteredAt !== null)
  return (
    <Stack>
      <Section title={t(`hall.stage.${shownStage(props.hall)}`)} card>
        <Window hall={props.hall} now={props.now} />
        <Show when={props.hall.stage !== 'closed'}>
          <SyncBadge sync={sync()} />
        </Show>
        <Facts
          kind="rail"
          rows={[
            {
              name: t('hall.side.released'),
              value: releasedOf(props.hall),
            },
            { name: t('hall.side.host'), value: nameOf('host') },
            { name: t('hall.side.witness'), value: nameOf('witness') },
          ]}
        />
        <Show when={mayStillSignIn()}>
          <LateSignIn hall={props.hall} onDone={props.onDone} />
        </Show>
      </Section>
      <Show when={!props.hall.openedAt}>
        <Notice tone="sealed" title={t('hall.together.title')}>
          <p>{t('hall.together.text')}</p>
          <p>{t('hall.together.honest')}</p>
        </Notice>
      </Show>
      <For each={props.hall.extensions}>
        {(one) => (
          <Notice tone="warn">
            {t('hall.side.extended', {
              minutes: one.minutes,
              reason: one.reason,
              time: time(one.at),
            })}
          </Notice>
        )}
      </For>
    </Stack>
  )
}
