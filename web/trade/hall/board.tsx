import { createEffect, createMemo, type JSX, mapArray, Show } from 'solid-js'
import { time, timeShort } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { type BoardRow, PriceBoard } from '../../kit/price-board.tsx'
import { SealMark } from '../../kit/proof.tsx'
import { Empty, Notice, Tag } from '../../kit/status.tsx'
import { proofHref } from '../trade-events.ts'
import type { HallLot, HallPage, HallRow } from './hall-answer.ts'
import { newestVersion, stateOf } from './rows.ts'

/** The list of bidders in a lot: states live, prices for all at once. */
export function Board(props: {
  hall: HallPage
  lot: HallLot
  /** The party whose row is read out now. */
  read?: string | null
  /** Far away from those who watch: the row that is read comes into sight by itself. */
  isWall?: boolean
}): JSX.Element {
  // A row is made once and reads what changes: whoever stands on its mark is not thrown off it,
  // and its price flashes when it comes and not when another bidder confirms.
  const rows = createMemo(
    mapArray(
      () => props.lot.rows,
      (row, index) => boardRow(props, row, index),
    ),
  )
  let place: HTMLDivElement | undefined
  createEffect(() => {
    if (!props.isWall || !props.read) return
    const row = place?.querySelector(`[data-row="${CSS.escape(props.read)}"]`)
    row?.scrollIntoView({ block: 'center' })
  })
  return (
    <Show
      when={props.lot.outcome !== 'returned'}
      fallback={<Notice tone="warn">{t('hall.board.returned')}</Notice>}
    >
      <Show
        when={props.lot.rows.length > 0}
        fallback={<Empty title={t('hall.board.none')}>{t('hall.board.noneHint')}</Empty>}
      >
        <div ref={place}>
          <PriceBoard
            caption={t('hall.board.caption', { lot: pick(props.lot.title) })}
            rows={rows()}
            more={[
              { id: 'delivery', head: t('hall.board.delivery'), isFigure: true },
              { id: 'signedIn', head: t('hall.board.signedIn') },
              { id: 'confirmed', head: t('hall.board.confirmed') },
            ]}
          />
        </div>
      </Show>
    </Show>
  )
}

function boardRow(
  props: { readonly hall: HallPage; readonly lot: HallLot; readonly read?: string | null },
  row: HallRow,
  index: () => number,
): BoardRow {
  const isOlder = () => row.confirmedVersion < newestVersion(props.lot)
  return {
    id: row.party,
    get number() {
      return index() + 1
    },
    get name() {
      return row.name
    },
    get state() {
      const state = stateOf(row)
      return isOlder() && !state.reason ? { ...state, reason: t('hall.state.unconfirmed') } : state
    },
    get own() {
      return row.party === props.hall.me.party ? t('hall.board.own') : null
    },
    get isRead() {
      return props.read === row.party
    },
    get priceFen() {
      return row.outcome === 'opened' ? (row.priceFen ?? null) : null
    },
    get instead() {
      return props.hall.openedAt ? '–' : t('hall.board.together')
    },
    get mark() {
      return row.outcome === null ? undefined : (
        <SealMark
          of={t('hall.board.markOf', { name: row.name })}
          href={proofHref(props.hall.project, {
            event: 'BidsOpened',
            lot: props.lot.lot,
            of: row.party,
          })}
        />
      )
    },
    more: {
      get delivery() {
        return row.quotation?.deliveryDays
      },
      get signedIn() {
        return <SignedInCell row={row} />
      },
      get confirmed() {
        return row.confirmation ? <ConfirmedCell how={row.confirmation} /> : undefined
      },
    },
  }
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

function ConfirmedCell(props: { how: 'signed' | 'silent' }): JSX.Element {
  return (
    <Tag tone={props.how === 'signed' ? 'ok' : 'plain'}>{t(`hall.confirmation.${props.how}`)}</Tag>
  )
}
