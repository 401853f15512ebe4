import { type JSX, Show } from 'solid-js'
import { time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { Facts, Section, Stack } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { regionText } from '../../kit/region-text.ts'
import { Empty, Notice, Tag } from '../../kit/status.tsx'
import type { DrawRules } from './draw-answers.ts'
import { DrawForms } from './draw-later.ts'
import { type DrawProps, isContributor, isOfParameters, partyName } from './draw-props.ts'

/** 1: what is drawn, from whom, with whose nonces, at which moment; all of it fixed first. */
export function CommitPanel(props: DrawProps): JSX.Element {
  const isOpen = () => props.page.stage === 'none' || props.page.stage === 'preparing'
  return (
    <Section
      id="draw-1"
      title={t('draw.one.title')}
      more={
        <Tag tone={isOpen() ? 'sun' : 'ok'}>
          {t(isOpen() ? 'draw.state.now' : 'draw.state.done')}
        </Tag>
      }
      note={t('draw.one.note')}
      card
    >
      <Show when={props.page.rules}>
        {(rules) => (
          <Stack>
            <Show when={rules().lapses > 0}>
              <Notice tone="warn">
                {t('draw.one.lapsed', {
                  count: rules().lapses,
                  names:
                    rules()
                      .missed.map((p) => partyName(props.trade, p))
                      .join('、') || '–',
                })}
              </Notice>
            </Show>
            <What rules={rules()} />
            <Nonces {...props} rules={rules()} />
            <Show when={rules().commitment}>
              {(commitment) => (
                <Facts
                  rows={[
                    {
                      name: t('draw.one.commitment'),
                      value: <Hash value={commitment()} label={t('draw.one.commitment')} />,
                      note: t('draw.one.commitmentNote'),
                    },
                    ...(isOfParameters(props.page)
                      ? []
                      : [
                          {
                            name: t('draw.one.pool'),
                            value: t('draw.one.people', { count: rules().poolSize ?? 0 }),
                          },
                        ]),
                    {
                      name: t('draw.one.moment'),
                      value: time(rules().plan?.at ?? props.page.now),
                      note: t('draw.one.momentNote', {
                        minutes: rules().plan?.revealMinutes ?? 0,
                      }),
                    },
                  ]}
                />
              )}
            </Show>
          </Stack>
        )}
      </Show>
      <Show when={isContributor(props.trade)}>
        <DrawForms {...props} />
      </Show>
    </Section>
  )
}

/** What is to be drawn: seats by specialty and region, or a value of a published list. */
function What(props: { rules: DrawRules }): JSX.Element {
  return (
    <Show
      when={props.rules.strata.length > 0}
      fallback={
        <Facts
          rows={Object.entries(props.rules.candidates).map(([name, list]) => ({
            name: t(name === 'k' ? 'draw.parameter.k' : 'draw.parameter.method'),
            value: list.join('、'),
          }))}
        />
      }
    >
      <DataTable
        caption={t('draw.one.strata')}
        rows={props.rules.strata}
        columns={[
          {
            id: 'region',
            head: t('draw.one.region'),
            cell: (s) => (s.region ? regionText(s.region) : t('draw.one.any')),
          },
          {
            id: 'specialty',
            head: t('draw.one.specialty'),
            cell: (s) => s.specialty ?? t('draw.one.any'),
          },
          { id: 'count', head: t('draw.one.count'), align: 'end', cell: (s) => s.count },
        ]}
      />
      <Facts
        rows={[
          {
            name: t('draw.one.representatives'),
            value: t('draw.one.people', { count: props.rules.representatives }),
          },
          {
            name: t('draw.one.perEmployer'),
            value: t('draw.one.people', { count: props.rules.perEmployer }),
          },
          {
            name: t('draw.one.answer'),
            value: t('draw.one.minutes', { count: props.rules.answerMinutes }),
          },
        ]}
      />
    </Show>
  )
}

function Nonces(props: DrawProps & { rules: DrawRules }): JSX.Element {
  return (
    <DataTable
      caption={t('draw.one.nonces')}
      rows={props.rules.nonces}
      empty={<Empty title={t('draw.one.noNonces')} />}
      columns={[
        {
          id: 'party',
          head: t('draw.one.contributor'),
          cell: (n) => partyName(props.trade, n.party),
        },
        {
          id: 'hash',
          head: t('draw.one.nonceHash'),
          cell: (n) => <Hash value={n.nonceSha256} label={partyName(props.trade, n.party)} />,
        },
      ]}
    />
  )
}
