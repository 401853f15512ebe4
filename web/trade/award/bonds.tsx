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
import { type AwardProps, has } from './use-award.ts'

/** Bid bonds, and what became of each: a recorded fact, the money moves at the bank. */
export function Bonds(props: AwardProps): JSX.Element {
  const bonds = createLive(
    () => get<{ items: readonly BondRow[] }>(`/api/lots/${props.page.lot}/bonds`),
    () => [props.trade.id],
  )
  // Also the page: what is to be done next on it hangs on the bonds, and reads them with it. It is not
  // waited for: a press on the next bond, which is shown already, would be let fall meanwhile.
  const acting = useAct(() => {
    void props.live.refresh()
    return bonds.refresh()
  })
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
    <Section id="bonds" title={t('awarding.bonds.title')} note={t('awarding.bonds.note')}>
      <RefusalNote text={acting.problem()} />
      <Reading of={bonds}>
        {(page) => (
          <DataTable
            caption={t('awarding.bonds.title')}
            hideCaption
            rows={page().items}
            empty={<Empty title={t('awarding.bonds.none')} />}
            columns={[
              {
                id: 'bidder',
                head: t('awarding.ranking.bidder'),
                cell: (row) => (
                  <>
                    {row.name}{' '}
                    <Show when={row.isRevoked}>
                      <Tag tone="warn">{t('awarding.bonds.revoked')}</Tag>
                    </Show>
                  </>
                ),
              },
              {
                id: 'amount',
                head: t('awarding.bonds.amount'),
                align: 'end',
                cell: (row) => yuan(row.amountFen),
              },
              {
                id: 'form',
                head: t('awarding.bonds.form'),
                cell: (row) => t(`awarding.bonds.${row.form}`),
              },
              {
                id: 'state',
                head: t('awarding.bonds.state'),
                cell: (row) => (
                  <Tag tone={row.settled === 'returned' ? 'ok' : row.settled ? 'warn' : undefined}>
                    {t(`awarding.bonds.${row.settled ?? 'held'}`)}
                  </Tag>
                ),
              },
              ...(maySettle()
                ? [
                    {
                      id: 'act',
                      head: t('awarding.bonds.act'),
                      cell: (row: BondRow) => (
                        <Show when={row.settled === null} fallback="–">
                          <span class="yg-row">
                            <Button
                              small
                              pending={acting.busy() === `${row.bidder} ${row.id}`}
                              onPress={() => void settle(row, 'returned')}
                            >
                              {t('awarding.bonds.return')}
                            </Button>
                            <Show when={row.mayForfeit}>
                              <Button
                                small
                                kind="danger"
                                onPress={() => void settle(row, 'forfeited')}
                              >
                                {t('awarding.bonds.forfeit')}
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
