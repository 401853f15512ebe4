import { For, type JSX, Show } from 'solid-js'
import { toWords } from '../../server/kernel/money-words.ts'
import { figures } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Tag, type Tone } from './status.tsx'

export interface BoardRow {
  readonly id: string
  readonly number: number
  readonly name: string
  /** Its state now: a word and its tone, the reason under it. */
  readonly state: { readonly text: string; readonly tone: Tone; readonly reason?: string }
  /** Null: not shown to anyone yet, or never. */
  readonly priceFen: number | null
  /** What stands there instead of a price: 同时公布, –. */
  readonly instead?: string
  readonly more?: Readonly<Record<string, JSX.Element>>
  readonly mark?: JSX.Element
  /** The viewer's own row: marked, so that it is found among many. */
  readonly own?: string | null
  /** It is read out just now. */
  readonly isRead?: boolean
}

/** Few rows of short names stand large beside the rest; others are dense, over the whole width. */
export const isFew = (rows: readonly { readonly name: string }[]): boolean =>
  rows.length <= 8 && rows.every(({ name }) => name.length <= 20)

/**
 * The opening board: a row a bidder in the order of the record; rows never jump, new cells flash
 * once. No price is drawn before the server has published all of them.
 */
export function PriceBoard(props: {
  caption: string
  rows: readonly BoardRow[]
  /** Columns beside the price: delivery, confirmation. */
  more?: readonly { readonly id: string; readonly head: string; readonly isFigure?: boolean }[]
}): JSX.Element {
  return (
    <div
      class="yg-table-wrap"
      data-long={isFew(props.rows) ? undefined : ''}
      tabindex="0"
      role="group"
      aria-label={props.caption}
    >
      <table
        class="yg-table"
        data-kind="board"
        data-cards=""
        data-few={isFew(props.rows) ? '' : undefined}
      >
        <caption class="yg-hidden-text">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('kit.board.number')}</th>
            <th scope="col">{t('kit.board.bidder')}</th>
            <th scope="col">{t('kit.board.state')}</th>
            <th scope="col" data-align="end">
              {t('kit.board.price')}
            </th>
            <For each={props.more}>
              {(column) => (
                <th scope="col" data-align={column.isFigure ? 'end' : undefined}>
                  {column.head}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr
                data-own={row.own ? '' : undefined}
                data-read={row.isRead ? '' : undefined}
                data-row={row.id}
              >
                <td data-label={t('kit.board.number')}>{row.number}</td>
                <th scope="row">
                  {row.name}
                  <Show when={row.own}>
                    {(own) => (
                      <>
                        {' '}
                        <Tag tone="act">{own()}</Tag>
                      </>
                    )}
                  </Show>
                </th>
                <td data-label={t('kit.board.state')}>
                  <span>
                    <span class="yg-board-state">
                      <Tag tone={row.state.tone}>{row.state.text}</Tag> {row.mark}
                    </span>
                    <Show when={row.state.reason}>
                      <span class="yg-table-under">{row.state.reason}</span>
                    </Show>
                  </span>
                </td>
                <td data-label={t('kit.board.price')} data-align="end">
                  <Show when={row.priceFen !== null} fallback={row.instead ?? '–'}>
                    <span class="yg-flash">
                      <span class="yg-table-money">{figures(row.priceFen ?? 0)}</span>
                      <span class="yg-table-under" lang="zh-CN">
                        {toWords(row.priceFen ?? 0)}
                      </span>
                    </span>
                  </Show>
                </td>
                <For each={props.more}>
                  {(column) => (
                    <td
                      data-label={column.head}
                      data-align={column.isFigure ? 'end' : undefined}
                      data-none={row.more?.[column.id] === undefined ? '' : undefined}
                    >
                      {row.more?.[column.id] ?? '–'}
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}
