import { type JSX, Show } from 'solid-js'
import { limit, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { Facts, Row, Section } from '../../kit/layout.tsx'
import { Hash, SealMark } from '../../kit/proof.tsx'
import { Tag } from '../../kit/status.tsx'
import { useTradeNow } from '../../shell/use-now.ts'
import { proofHref } from '../trade-events.ts'
import type { AwardProps } from './use-award.ts'

const dayMs = 86_400_000

/** Days of the law that purchaser and agency act by. */
export function Limits(props: AwardProps): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const party = () => props.page.party
  const isGp = () => props.page.regime === 'governmentProcurement'
  const left = (at: string) => {
    const ms = Date.parse(at) - now()
    return ms <= 0
      ? t('awarding.limit.over')
      : t('awarding.limit.left', { count: Math.floor(ms / dayMs) })
  }
  const row = (name: string, at: string | undefined) =>
    at ? [{ name, value: limit(at), note: left(at) }] : []
  const rows = () => [
    ...(props.page.stage === 'evaluated'
      ? row(
          t(isGp() ? 'awarding.limit.decide' : 'awarding.limit.candidates'),
          party()?.decideUntil.at,
        )
      : []),
    ...(props.page.award?.resultUntil === null
      ? row(t('awarding.limit.result'), party()?.resultNoticeUntil?.at)
      : []),
    ...(props.page.contract?.isSigned
      ? []
      : row(t('awarding.limit.contract'), party()?.signUntil?.at)),
    ...(props.page.stage === 'archived'
      ? []
      : row(t('awarding.limit.report'), party()?.reportToRegulatorUntil?.at)),
  ]
  return (
    <Show when={rows().length > 0}>
      <Section title={t('awarding.limit.title')} card>
        <Facts rows={rows()} />
      </Section>
    </Show>
  )
}

/** All ranked bids as the report has them, to the parties alone. */
export function RankingTable(props: AwardProps): JSX.Element {
  const state = (bidder: string): 'winner' | 'failed' | 'candidate' | null =>
    props.page.award?.bidder === bidder
      ? 'winner'
      : props.page.party?.failed.includes(bidder)
        ? 'failed'
        : props.page.candidates?.some((c) => c.bidder === bidder)
          ? 'candidate'
          : null
  return (
    <Section
      title={t('awarding.ranking.title')}
      more={
        <Show when={props.page.party?.report}>
          {(report) => (
            <Row>
              <span class="yg-note">{t('awarding.ranking.report')}</span>
              <Hash value={report()} label={t('awarding.ranking.report')} />
              <SealMark
                of={t('awarding.ranking.report')}
                href={proofHref(props.trade.id, { event: 'LotEvaluated', lot: props.page.lot })}
              />
            </Row>
          )}
        </Show>
      }
    >
      <DataTable
        caption={t('awarding.ranking.title')}
        hideCaption
        rows={props.page.party?.ranking ?? []}
        columns={[
          {
            id: 'bidder',
            head: t('awarding.ranking.bidder'),
            cell: (row) => (
              <>
                {props.nameOf(row.bidder)}{' '}
                <Show when={state(row.bidder)}>
                  {(one) => (
                    <Tag tone={one() === 'winner' ? 'ok' : one() === 'failed' ? 'warn' : 'act'}>
                      {t(`awarding.ranking.${one()}`)}
                    </Tag>
                  )}
                </Show>
              </>
            ),
          },
          { id: 'rank', head: t('awarding.ranking.rank'), align: 'end', cell: (row) => row.rank },
          {
            id: 'price',
            head: t('awarding.ranking.price'),
            align: 'end',
            cell: (row) => (
              <>
                {yuan(row.priceFen)}
                <Show when={row.openedFen !== undefined}>
                  <span class="yg-table-under">
                    {t('award.opened', { price: yuan(row.openedFen ?? 0) })}
                  </span>
                </Show>
              </>
            ),
          },
          {
            id: 'total',
            head: t('awarding.ranking.total'),
            align: 'end',
            cell: (row) => row.total ?? '–',
          },
        ]}
      />
    </Section>
  )
}
