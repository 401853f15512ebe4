import { For, type JSX, Show } from 'solid-js'
import { limit, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Fold } from '../../kit/desk.tsx'
import { Facts, Stack } from '../../kit/layout.tsx'
import { Tag } from '../../kit/status.tsx'
import type { DeskPage } from './desk-answers.ts'

type Correction = DeskPage['corrections'][number]

const stateOf = ({ answer }: Correction) =>
  answer === null
    ? 'open'
    : answer.isConfirmed
      ? 'confirmed'
      : answer.act === null
        ? 'silent'
        : 'refused'

/** The rules that were applied, in their order. */
export const appliedText = (correction: Pick<Correction, 'applied'>) =>
  correction.applied.map((rule) => t(`desk.correct.rule.${rule}`)).join(t('desk.correct.and'))

/** Prices that the committee corrected, and what their bidders said. */
export function CorrectionList(props: { page: DeskPage }): JSX.Element {
  const nameOf = (party: string) => props.page.bids.find((b) => b.party === party)?.name ?? party
  return (
    <Show when={props.page.corrections.length > 0}>
      <Fold
        title={t('desk.correct.title')}
        note={t('desk.requests.count', { count: props.page.corrections.length })}
        open
      >
        <Stack>
          <For each={props.page.corrections}>
            {(one) => (
              <Facts
                rows={[
                  {
                    name: t('desk.requests.bidder'),
                    value: (
                      <>
                        {nameOf(one.bidder)}{' '}
                        <Tag
                          tone={
                            stateOf(one) === 'confirmed'
                              ? 'ok'
                              : stateOf(one) === 'open'
                                ? undefined
                                : 'warn'
                          }
                        >
                          {t(`desk.correct.${stateOf(one)}`)}
                        </Tag>
                      </>
                    ),
                    note: t('desk.requests.until', { time: limit(one.until) }),
                  },
                  { name: t('desk.correct.opened'), value: yuan(one.openedFen) },
                  {
                    name: t('desk.correct.corrected'),
                    value: yuan(one.correctedFen),
                    note: appliedText(one),
                  },
                  { name: t('desk.motions.reason'), value: one.reason },
                ]}
              />
            )}
          </For>
        </Stack>
      </Fold>
    </Show>
  )
}
