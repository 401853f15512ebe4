import { type JSX, Show } from 'solid-js'
import { yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Section } from '../../kit/layout.tsx'
import { Empty, RefusalNote, Tag } from '../../kit/status.tsx'
import { get, newKey, post } from '../../shell/api.ts'
import { createLive } from '../../shell/create-live.ts'
import { Reading } from '../reading.tsx'
import { useAct } from '../use-act.ts'
import type { BondRow } from './award-answers.ts'
import { type AwardProps, has } from './award-page.tsx'

/** Bid bonds, and what became of each: a recorded fact, the money moves at the bank. */
export function Bonds(props: AwardProps): JSX.Element {
  const bonds = createLive(
    () => get<{ items: readonly BondRow[] }>(`/api/lots/${props.page.lot}/bonds`),
    () => [props.trade.id],
  )
  const acting = useAct(() => bonds.refresh())
  const maySettle = () => has(props.trade, 'Ag')
  const settle = (row: BondRow, how: 'returned' | 'forfeited') =>
    acting.run(`${row.bidder} ${row.id}`, () =>
      post(
        `/api/lots/${props.page.lot}/bond-settlements`,
        { bidder: row.bidder, id: row.id, how },
        { key: newKey() },
      ),
    )
  return (
    <Section id="bonds" title={t('award.bonds.title')} note={t('award.bonds.note')}>
      <RefusalNote text={acting.problem()} />
      <Reading of={bonds}>
        {(page) => (
          <DataTable
            caption={t('award.bonds.title')}
            hideCaption
            rows={page().items}
            empty={<Empty title={t('award.bonds.none')} />}
            columns={[
              {
                id: 'bidder',
                head: t('award.ranking.bidder'),
                cell: (row) => (
                  <>
                    {row.name}{' '}
                    <Show when={row.isRevoked}>
                      <Tag tone="warn">{t('award.bonds.revoked')}</Tag>
                    </Show>
                  </>
                ),
              },
              {
                id: 'amount',
                head: t('award.bonds.amount'),
                align: 'end',
                cell: (row) => yuan(row.amountFen),
              },
              {
                id: 'form',
                head: t('award.bonds.form'),
                cell: (row) => t(`award.bonds.${row.form}`),
              },
              {
                id: 'state',
                head: t('award.bonds.state'),
                cell: (row) => (
                  <Tag tone={row.settled === 'returned' ? 'ok' : row.settled ? 'warn' : undefined}>
                    {t(`award.bonds.${row.settled ?? 'held'}`)}
                  </Tag>
                ),
              },
              ...(maySettle()
                ? [
                    {
                      id: 'act',
                      head: t('award.bonds.act'),
                      cell: (row: BondRow) => (
                        <Show when={row.settled === null} fallback="–">
                          <span class="yg-row">
                            <Button
                              small
                              pending={acting.busy() === `${row.bidder} ${row.id}`}
                              onPress={() => void settle(row, 'returned')}
                            >
                              {t('award.bonds.return')}
                            </Button>
                            <Show when={row.mayForfeit}>
                              <Button
                                small
                                kind="danger"
                                onPress={() => void settle(row, 'forfeited')}
                              >
                                {t('award.bonds.forfeit')}
                              </Button>
                            </Show>
                          </span>
                        </Show>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Reading>
    </Section>
  )
}
