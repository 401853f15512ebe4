import { For, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Section } from '../../kit/layout.tsx'
import { RefusalNote, Tag } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { newKey, post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { useAct } from '../use-act.ts'
import type { DeskMember, DeskPage } from './desk-answers.ts'
import { Members } from './members.tsx'

/** The chair is elected by a majority of all members. */
export function Election(props: {
  trade: TradePage
  page: DeskPage
  live: Live<DeskPage>
}): JSX.Element {
  const acting = useAct(() => props.live.refresh())
  const needed = () => Math.floor(props.page.members.length / 2) + 1
  const mayChair = (m: DeskMember) =>
    m.represents === 'pool' || props.page.items?.regime === 'tender'
  const ballot = (m: DeskMember) =>
    (props.page.motions ?? []).findLast(
      (one) => one.motion.kind === 'electChair' && one.motion.member === m.id,
    )
  const vote = (m: DeskMember) =>
    acting.run(m.id ?? '', () =>
      post(
        `/api/lots/${props.page.lot}/evaluation/votes`,
        { motion: { kind: 'electChair', member: m.id }, choice: true },
        { key: newKey() },
      ),
    )
  return (
    <>
      <Section
        title={t('desk.election.title')}
        note={t('desk.election.note', { count: needed(), all: props.page.members.length })}
        card
      >
        <RefusalNote text={acting.problem()} />
        <ul class="yg-stack" data-gap="small">
          <For each={props.page.members.filter(mayChair)}>
            {(m) => (
              <li class="yg-row" data-spread="">
                <span>
                  {m.name} <Tag>{t(`desk.members.${m.represents}`)}</Tag>
                </span>
                <span class="yg-row">
                  <Show when={ballot(m)}>
                    {(one) => (
                      <span class="yg-note">{t('desk.election.cast', { count: one().cast })}</span>
                    )}
                  </Show>
                  <Show
                    when={ballot(m)?.own == null}
                    fallback={<Tag tone="ok">{t('desk.election.yours')}</Tag>}
                  >
                    <Button
                      pending={acting.busy() === m.id}
                      label={t('desk.election.voteFor', { name: m.name ?? '' })}
                      onPress={() => void vote(m)}
                    >
                      {t('desk.election.vote')}
                    </Button>
                  </Show>
                </span>
              </li>
            )}
          </For>
        </ul>
      </Section>
      <Members page={props.page} />
    </>
  )
}
