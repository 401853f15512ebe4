import { type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { StageRail } from '../../kit/stage-rail.tsx'
import type { TradePage } from '../../shell/answers.ts'
import type { Live } from '../../shell/create-live.ts'
import { AbsenceForm } from './absence-form.tsx'
import { courseStep } from './course.ts'
import type { DeskPage } from './desk-answers.ts'
import { Members, PlaceTag } from './members.tsx'
import { Paused, PauseForm } from './pausing.tsx'
import { railOf } from './rail.ts'
import { Signatures } from './signatures.tsx'

interface OrganiseProps {
  readonly trade: TradePage
  readonly page: DeskPage
  readonly live: Live<DeskPage>
}

/** Who follows an evaluation without judging in it. */
export const isOrganiser = ({ roles }: TradePage): boolean =>
  ['Ag', 'Pu', 'Ce', 'Re'].some((role) => roles.includes(role))

/**
 * The evaluation to those who organise it: seats and progress, never an opinion. The agency and the
 * regulator pause and resume; the agency records why a member cannot go on.
 */
export function Organising(props: OrganiseProps): JSX.Element {
  const is = (...roles: string[]) => roles.some((role) => props.trade.roles.includes(role))
  const mayPause = () => is('Ag', 'Re')
  const isOpen = () => props.page.acts.pause === null || props.page.stage === 'paused'
  return (
    <Stack>
      <Paused {...props} mayResume={mayPause()} />
      <Show when={props.page.stage !== 'paused'}>
        <Waiting {...props} />
      </Show>
      <Show when={props.page.members.length > 0}>
        <StageRail label={t('desk.chair.rail')} stages={railOf(props.page)} />
        <Show when={!props.page.report}>
          <Members
            page={props.page}
            note={t(props.page.may.names ? 'desk.course.noteNames' : 'desk.course.note')}
          />
        </Show>
      </Show>
      <Show when={props.page.report}>
        <Signatures page={props.page} />
      </Show>
      <Changes page={props.page} />
      <Show when={is('Ag') && isOpen()}>
        <AbsenceForm {...props} />
      </Show>
      <Show when={mayPause() && isOpen()}>
        <PauseForm {...props} />
      </Show>
    </Stack>
  )
}

/** What the evaluation waits for, and where that is done. */
function Waiting(props: OrganiseProps): JSX.Element {
  const next = () => courseStep(props.page)
  const words = () => ({
    seats: next().seats.join(t('desk.course.and')),
    count: `${next().done}\u00a0/\u00a0${next().all}`,
    phase: t(`desk.phase.${props.page.phase ?? 'scoring'}`),
  })
  return (
    <NextAct
      kind={next().id === 'dissolved' ? 'act' : 'wait'}
      title={t(`desk.course.next.${next().id}`, words())}
      text={<p class="yg-note">{t(`desk.course.next.${next().id}Text`)}</p>}
      act={
        next().to && (
          <ButtonLink href={`/t/${props.trade.id}/${next().to}?lot=${props.page.lot}`}>
            {t(`desk.course.to.${next().to ?? 'draw'}`)}
          </ButtonLink>
        )
      }
    />
  )
}

/** Which seats changed, why, and how far their new members are. */
function Changes(props: { page: DeskPage }): JSX.Element {
  const rows = () => props.page.course?.changes ?? []
  return (
    <Show when={rows().length > 0}>
      <Section title={t('desk.changes.title')} note={t('desk.changes.note')}>
        <DataTable
          caption={t('desk.changes.title')}
          hideCaption
          rows={rows()}
          columns={[
            {
              id: 'seat',
              head: t('desk.changes.seat'),
              cell: (row) => t('desk.members.seat', { seat: row.seat }),
            },
            {
              id: 'ground',
              head: t('desk.absence.ground'),
              cell: (row) => t(`desk.absence.${row.ground}`),
            },
            {
              id: 'now',
              head: t('desk.changes.now'),
              cell: (row) => (
                <PlaceTag place={props.page.members[row.seat - 1]?.place ?? 'vacated'} />
              ),
            },
          ]}
        />
      </Section>
    </Show>
  )
}
