import { type JSX, Show } from 'solid-js'
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

/** Progress of the committee: who has undertaken and handed in; never what. */
export function Members(props: { page: DeskPage }): JSX.Element {
  const isPhase = () => props.page.stage === 'phase'
  return (
    <Section title={t('desk.members.title')} note={t('desk.members.note')}>
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
              </>
            ),
          },
          {
            id: 'represents',
            head: t('desk.members.represents'),
            cell: (m) => t(`desk.members.${m.represents}`),
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
                    <Tag tone={m.isHandedIn ? 'ok' : undefined}>
                      {t(m.isHandedIn ? 'desk.members.in' : 'desk.members.open')}
                    </Tag>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}
