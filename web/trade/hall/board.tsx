import { type JSX, Show } from 'solid-js'
import { time, timeShort } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { type BoardRow, PriceBoard } from '../../kit/price-board.tsx'
import { SealMark } from '../../kit/proof.tsx'
import { Empty, Notice, Tag } from '../../kit/status.tsx'
import type { HallLot, HallPage, HallRow } from './hall-answer.ts'
import { newestVersion, stateOf } from './rows.ts'

/** The list of bidders in a lot: states live, prices for all at once. */
export function Board(props: { hall: HallPage; lot: HallLot }): JSX.Element {
  const boardRow = (row: HallRow, index: number): BoardRow => {
    const state = stateOf(row)
    const isOlder = row.confirmedVersion < newestVersion(props.lot)
    return {
      id: row.party,
      number: index + 1,
      name: row.name,
      state: isOlder && !state.reason ? { ...state, reason: t('hall.state.unconfirmed') } : state,
      priceFen: row.outcome === 'opened' ? (row.priceFen ?? null) : null,
      instead: props.hall.openedAt ? '–' : t('hall.board.together'),
      mark:
        row.outcome === null ? undefined : (
          <SealMark
            of={t('hall.board.markOf', { name: row.name })}
            href={`/t/${props.hall.project}/ledger`}
          />
        ),
      more: {
        signedIn: <SignedInCell row={row} />,
        delivery: row.quotation?.deliveryDays,
        confirmed: <ConfirmedCell row={row} />,
      },
    }
  }
  return (
    <Show
      when={props.lot.outcome !== 'returned'}
      fallback={<Notice tone="warn">{t('hall.board.returned')}</Notice>}
    >
      <Show
        when={props.lot.rows.length > 0}
        fallback={<Empty title={t('hall.board.none')}>{t('hall.board.noneHint')}</Empty>}
      >
        <PriceBoard
          caption={t('hall.board.caption', { lot: pick(props.lot.title) })}
          rows={props.lot.rows.map(boardRow)}
          more={[
            { id: 'delivery', head: t('hall.board.delivery'), isFigure: true },
            { id: 'signedIn', head: t('hall.board.signedIn') },
            { id: 'confirmed', head: t('hall.board.confirmed') },
          ]}
        />
      </Show>
    </Show>
  )
}

function SignedInCell(props: { row: HallRow }): JSX.Element {
  const at = () => props.row.hallEnteredAt ?? props.row.signedInAt
  return (
    <Show when={at()} fallback={<span class="yg-nowrap">{t('hall.board.absent')}</span>}>
      {(instant) => (
        <time dateTime={instant()} title={time(instant())} class="yg-nowrap">
          {timeShort(instant()).slice(-5)}
        </time>
      )}
    </Show>
  )
}

function ConfirmedCell(props: { row: HallRow }): JSX.Element {
  return (
    <Show when={props.row.confirmation} fallback="–">
      {(how) => (
        <Tag tone={how() === 'signed' ? 'ok' : 'plain'}>{t(`hall.confirmation.${how()}`)}</Tag>
      )}
    </Show>
  )
}
