import { type JSX, Show } from 'solid-js'
import type { Place } from '../../../server/evaluation/evaluation/rules-organising.ts'
import { t } from '../../i18n/i18n.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { Section } from '../../kit/layout.tsx'
import { Empty, Tag } from '../../kit/status.tsx'
import type { DeskMember, DeskPage } from './desk-answers.ts'

/** What a member is called at the desk. */
export function memberName(page: DeskPage, id: string | null): string {
  const member = page.members.find((m) => m.id === id)
  return member ? nameOf(member) : t('desk.members.gone')
}

const nameOf = (member: DeskMember) => member.name ?? t('desk.members.seat', { seat: member.seat })

const placeTones = {
  present: 'ok',
  expected: 'sun',
  called: 'sun',
  awaited: 'warn',
  vacated: 'warn',
} as const

/** Whether the one of a seat is there, or who is waited for. */
export function PlaceTag(props: { place: Place }): JSX.Element {
  return <Tag tone={placeTones[props.place]}>{t(`desk.place.${props.place}`)}</Tag>
}

/**
 * Progress of the committee: who is there, has undertaken and handed in; never what.
 * @param props.note what is shown to this viewer; none: what members are shown
 */
export function Members(props: { page: DeskPage; note?: string }): JSX.Element {
  const isPhase = () => props.page.phase !== null
  return (
    <Section title={t('desk.members.title')} note={props.note ?? t('desk.members.note')}>
      <DataTable
        caption={t('desk.members.title')}
        hideCaption
        rows={props.page.members}
        empty={<Empty title={t('desk.members.none')} />}
        columns={[
          {
            id: 'name',
            head: t('desk.members.name'),
            cell: (m) => (
              <>
                {nameOf(m)}{' '}
                <Show when={m.isChair}>
                  <Tag tone="act">{t('desk.members.chair')}</Tag>
                </Show>
                {/* Changes are told by seat: who organises finds them by it. */}
                <Show when={props.note && m.name}>
                  <span class="yg-table-under">{t('desk.members.seat', { seat: m.seat })}</span>
                </Show>
              </>
            ),
          },
          {
            id: 'represents',
            head: t('desk.members.represents'),
            cell: (m) => t(`desk.members.${m.represents}`),
          },
          {
            id: 'place',
            head: t('desk.members.place'),
            cell: (m) => <PlaceTag place={m.place} />,
          },
          {
            id: 'undertaking',
            head: t('desk.members.undertaking'),
            cell: (m) => (
              <Tag tone={m.isCommitted ? 'ok' : m.declared.length > 0 ? 'warn' : undefined}>
                {t(
                  m.isCommitted
                    ? 'desk.members.signed'
                    : m.declared.length > 0
                      ? 'desk.members.recused'
                      : 'desk.members.unsigned',
                )}
              </Tag>
            ),
          },
          ...(isPhase()
            ? [
                {
                  id: 'sheet',
                  head: t('desk.members.sheet'),
                  cell: (m: DeskMember) => (
                    <Show when={m.isHandedIn || m.place === 'present'} fallback="–">
                      <Tag tone={m.isHandedIn ? 'ok' : undefined}>
                        {t(m.isHandedIn ? 'desk.members.in' : 'desk.members.open')}
                      </Tag>
                    </Show>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}
