import { For, type JSX, Show } from 'solid-js'
import type { PoolCount } from '../../../server/experts/draw/rules-pool.ts'
import { t } from '../../i18n/i18n.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { Notice, Tag } from '../../kit/status.tsx'
import { stratumName } from './stratum-name.ts'

const tones = { enough: 'ok', few: 'warn', short: 'danger' } as const

/** Before the draw is committed: how many may be drawn for each stratum, and what to do if few. */
export function PoolCounts(props: { rows: readonly PoolCount[] }): JSX.Element {
  const thin = () => props.rows.filter((row) => row.standing !== 'enough')
  return (
    <>
      <DataTable
        caption={t('drawing.pool.title')}
        rows={props.rows}
        columns={[
          {
            id: 'stratum',
            head: t('drawing.pool.stratum'),
            cell: (row) => stratumName(row.stratum),
          },
          { id: 'seats', head: t('draw.one.count'), align: 'end', cell: (row) => row.seats },
          { id: 'found', head: t('drawing.pool.found'), align: 'end', cell: (row) => row.found },
          {
            id: 'employers',
            head: t('drawing.pool.employers'),
            align: 'end',
            cell: (row) => row.employers,
          },
          {
            id: 'standing',
            head: t('drawing.pool.standing'),
            cell: (row) => (
              <Tag tone={tones[row.standing]}>{t(`drawing.pool.${row.standing}`)}</Tag>
            ),
          },
        ]}
      />
      <p class="yg-note">{t('drawing.pool.note')}</p>
      <Show when={thin().length > 0}>
        <Notice tone="warn" title={t('drawing.pool.warn')}>
          <For each={thin()}>
            {(row) => (
              <p>
                {t(`drawing.pool.${row.standing === 'short' ? 'shortText' : 'fewText'}`, {
                  stratum: stratumName(row.stratum),
                  found: row.found,
                  employers: row.employers,
                  seats: row.seats,
                  advised: row.advised,
                  each: row.advised / row.seats,
                })}
              </p>
            )}
          </For>
          <p>{t('drawing.pool.widen')}</p>
          <p>{t('drawing.pool.byRule')}</p>
        </Notice>
      </Show>
    </>
  )
}
