import { createSignal, type JSX, Show } from 'solid-js'
import { limit } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { Tag } from '../../kit/status.tsx'
import type { AtDesk } from './at-desk.ts'
import type { Committee } from './draw-answers.ts'
import { CheckedIn, CheckIn } from './draw-later.ts'
import type { DrawProps } from './draw-props.ts'
import { StandTag } from './nonce-panel.tsx'
import { stratumName } from './stratum-name.ts'

interface Line {
  readonly key: string
  /** Its place in the committee: the code by which it is known until names may be told. */
  readonly number: number
  readonly id: string | null
  readonly name: string | null
  readonly from: string
  readonly state: 'called' | 'accepted' | 'vacant' | 'checkedIn'
  readonly until: string | null
}

/** 5: the committee by code; names are sealed until the law opens them. */
export function CommitteePanel(props: DrawProps): JSX.Element {
  const [picked, setPicked] = createSignal<string | null>(null)
  const [last, setLast] = createSignal<AtDesk | null>(null)
  const isDesk = () => props.trade.roles.includes('Ce') && props.page.stage === 'complete'
  const rows = () => rowsOf(props.page.committee)
  const rowOf = (key: string) => rows().find((row) => row.key === key)
  return (
    <Section
      id="draw-5"
      title={t('draw.five.title')}
      more={
        <StandTag
          stand={
            props.page.stage === 'complete' && rows().every((r) => r.state === 'checkedIn')
              ? 'done'
              : props.page.committee
                ? 'now'
                : 'todo'
          }
        />
      }
      note={t('draw.five.note')}
      card
    >
      <Show when={props.page.committee}>
        <Stack>
          <DataTable
            caption={t('draw.five.title')}
            hideCaption
            rows={rows()}
            keyOf={(row) => row.key}
            picked={picked()}
            columns={[
              {
                id: 'who',
                head: t('draw.five.member'),
                cell: (row) => (
                  <>
                    {t('draw.five.number', { number: row.number })}{' '}
                    <Show when={row.id} fallback={<Tag tone="sealed">{t('draw.five.sealed')}</Tag>}>
                      {row.name ?? row.id}
                    </Show>
                  </>
                ),
              },
              { id: 'from', head: t('draw.five.from'), cell: (row) => row.from },
              {
                id: 'state',
                head: t('draw.five.state'),
                cell: (row) => (
                  <>
                    <Tag
                      tone={
                        row.state === 'checkedIn' || row.state === 'accepted'
                          ? 'ok'
                          : row.state === 'vacant'
                            ? 'warn'
                            : 'sun'
                      }
                    >
                      {t(`draw.seat.${row.state}`)}
                    </Tag>
                    <Show when={row.until}>
                      {(until) => (
                        <span class="yg-table-under">
                          {t('draw.five.until', { time: limit(until()) })}
                        </span>
                      )}
                    </Show>
                  </>
                ),
              },
              ...(isDesk()
                ? [
                    {
                      id: 'act',
                      head: t('draw.five.act'),
                      cell: (row: Line) => (
                        <Show when={row.state === 'accepted' && row.id} fallback="–">
                          <Button
                            small
                            onPress={() => {
                              setLast(null)
                              setPicked(row.key)
                            }}
                          >
                            {t('draw.five.begin')}
                          </Button>
                        </Show>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          <Show when={last()}>{(one) => <CheckedIn of={one()} />}</Show>
          {/* Keyed: what was checked of one person never stands for another. */}
          <Show when={isDesk() && picked()} keyed>
            {(key) => (
              <CheckIn
                {...props}
                member={rowOf(key)?.id ?? ''}
                name={rowOf(key)?.name ?? rowOf(key)?.id ?? ''}
                venue={/\d{6}/.exec(key)?.[0] ?? props.trade.document?.region ?? ''}
                isNamed={key.startsWith('representative')}
                onDone={(result) => {
                  setLast(result)
                  setPicked(null)
                }}
              />
            )}
          </Show>
        </Stack>
      </Show>
    </Section>
  )
}

function rowsOf(committee: Committee | null): Line[] {
  if (!committee) return []
  const seats = committee.seats.map(
    (seat, i): Line => ({
      key: `${seat.stratum} ${i}`,
      number: i + 1,
      id: seat.expert,
      name: seat.name,
      from: t('draw.five.pool', { stratum: stratumName(seat.stratum) }),
      state: seat.isCheckedIn ? 'checkedIn' : seat.status,
      until: seat.answerUntil,
    }),
  )
  const named = committee.representatives.map(
    (one, i): Line => ({
      key: `representative ${i}`,
      number: seats.length + i + 1,
      id: one.id,
      name: one.name,
      from: t('draw.five.purchaser'),
      state: one.isCheckedIn ? 'checkedIn' : 'accepted',
      until: null,
    }),
  )
  return [...seats, ...named]
}
