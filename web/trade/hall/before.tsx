import { type JSX, Show } from 'solid-js'
import { time, timeProse } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Countdown, SyncBadge } from '../../kit/countdown.tsx'
import { Section, Split, Stack } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import { sync } from '../../shell/clock.ts'
import type { HallPage } from './hall-answer.ts'
import { BeforeActs } from './hall-later.ts'

/** Before the deadline: the clock, the agenda, the own device. No list, and no word of who is here. */
export function Before(props: {
  hall: HallPage
  now: () => number
  onDone: () => Promise<void>
}): JSX.Element {
  return (
    <Split kind="rail" side={<Agenda hall={props.hall} />}>
      <div class="yg-clock">
        <p>{t('hall.before.opens', { time: timeProse(props.hall.deadline) })}</p>
        <Countdown until={props.hall.deadline} now={props.now} big />
        <SyncBadge sync={sync()} />
      </div>
      <Show when={props.hall.me.role !== null}>
        <BeforeActs {...props} />
      </Show>
    </Split>
  )
}

function Agenda(props: { hall: HallPage }): JSX.Element {
  const { windows } = props.hall
  return (
    <Stack>
      <Section title={t('hall.agenda.title')} card>
        <ol class="yg-agenda">
          <li>{t('hall.agenda.signIn', { time: time(props.hall.hallOpensAt) })}</li>
          <li>{t('hall.agenda.list', { time: time(props.hall.deadline) })}</li>
          <li>{t('hall.agenda.decrypt', { minutes: windows.decryptMinutes })}</li>
          <li>{t('hall.agenda.open')}</li>
          <li>{t('hall.agenda.confirm', { minutes: windows.confirmMinutes })}</li>
          <li>{t('hall.agenda.close')}</li>
        </ol>
      </Section>
      <Notice tone="sealed">{t('hall.before.noList')}</Notice>
    </Stack>
  )
}
