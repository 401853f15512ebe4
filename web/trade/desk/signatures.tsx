import { type JSX, Show } from 'solid-js'
import { limit, time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { Section } from '../../kit/layout.tsx'
import { Tag } from '../../kit/status.tsx'
import type { DeskMember, DeskPage } from './desk-answers.ts'
import { memberName } from './members.tsx'
import { signatureOf } from './signed.ts'

const tones = { agreed: 'ok', dissent: 'warn', silent: 'warn', waiting: undefined } as const

/** How each member answered for the report, when, and until when the others are awaited. */
export function Signatures(props: { page: DeskPage }): JSX.Element {
  const of = (m: DeskMember) => signatureOf(props.page, m.id)
  const signed = () => props.page.members.filter((m) => of(m).at !== null).length
  return (
    <Section
      title={t('desk.signatures.title')}
      more={
        <Tag tone={signed() === props.page.members.length ? 'ok' : undefined}>
          {t('desk.signatures.count', { done: signed(), all: props.page.members.length })}
        </Tag>
      }
    >
      <DataTable
        caption={t('desk.signatures.title')}
        hideCaption
        rows={props.page.members}
        columns={[
          {
            id: 'name',
            head: t('desk.members.name'),
            cell: (m) => (
              <>
                {m.id === null
                  ? t('desk.members.seat', { seat: m.seat })
                  : memberName(props.page, m.id)}{' '}
                <Show when={m.isChair}>
                  <Tag tone="act">{t('desk.members.chair')}</Tag>
                </Show>
              </>
            ),
          },
          {
            id: 'how',
            head: t('desk.signatures.how'),
            cell: (m) => <Tag tone={tones[of(m).how]}>{t(`desk.signatures.${of(m).how}`)}</Tag>,
          },
          {
            id: 'at',
            head: t('desk.signatures.at'),
            nowrap: true,
            cell: (m) => (
              <Show when={of(m).at} fallback={<Until page={props.page} how={of(m).how} />}>
                {(at) => time(at())}
              </Show>
            ),
          },
          {
            id: 'reason',
            head: t('desk.signatures.reason'),
            cell: (m) => of(m).reason ?? '–',
          },
        ]}
      />
    </Section>
  )
}

function Until(props: { page: DeskPage; how: keyof typeof tones }): JSX.Element {
  return (
    <Show when={props.how === 'waiting' && props.page.report} fallback="–">
      {(report) => t('desk.signatures.until', { time: limit(report().signUntil) })}
    </Show>
  )
}
