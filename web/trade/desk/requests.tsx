import { For, type JSX, Show } from 'solid-js'
import { limit, time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Fold } from '../../kit/desk.tsx'
import { Facts, Stack } from '../../kit/layout.tsx'
import { Tag } from '../../kit/status.tsx'
import type { DeskPage } from './desk-answers.ts'

/** What the committee asked bidders, and what they answered. */
export function RequestList(props: { page: DeskPage }): JSX.Element {
  const nameOf = (party: string) => props.page.bids.find((b) => b.party === party)?.name ?? party
  const state = (r: DeskPage['requests'][number]) =>
    r.isAccepted ? 'accepted' : r.answer ? 'answered' : r.until <= props.page.now ? 'over' : 'open'
  return (
    <Show when={props.page.requests.length > 0}>
      <Fold
        title={t('desk.requests.title')}
        note={t('desk.requests.count', { count: props.page.requests.length })}
        open
      >
        <Stack>
          <For each={props.page.requests}>
            {(r) => (
              <Facts
                rows={[
                  { name: t('desk.requests.bidder'), value: nameOf(r.bidder) },
                  {
                    name: t('desk.requests.about'),
                    value: (
                      <>
                        {t(`desk.about.${r.about}`)}{' '}
                        <Tag
                          tone={
                            state(r) === 'accepted'
                              ? 'ok'
                              : state(r) === 'over'
                                ? 'warn'
                                : undefined
                          }
                        >
                          {t(`desk.requests.${state(r)}`)}
                        </Tag>
                      </>
                    ),
                    note: t('desk.requests.until', { time: limit(r.until) }),
                  },
                  { name: t('desk.requests.question'), value: r.question },
                  {
                    name: t('desk.requests.answer'),
                    value: r.answer?.text ?? t('desk.requests.none'),
                    note: r.answer ? time(r.answer.at) : undefined,
                  },
                ]}
              />
            )}
          </For>
        </Stack>
      </Fold>
    </Show>
  )
}
