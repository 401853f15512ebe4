import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Icon } from './icons.tsx'

export interface Column<R> {
  readonly id: string
  /** The head, with the unit where it holds figures. */
  readonly head: string
  readonly cell: (row: R) => JSX.Element
  readonly align?: 'end'
  readonly nowrap?: boolean
  /** What the column sorts by; without it it doesn't. */
  readonly by?: (row: R) => string | number
}

/** With more rows than these the head stays in sight. */
const manyRows = 12

/**
 * A real table; on phones each row is a card. The first column names the row.
 * @param props.empty shown in its place where there is no row
 */
export function DataTable<R>(props: {
  caption: string
  hideCaption?: boolean
  columns: readonly Column<R>[]
  rows: readonly R[]
  keyOf?: (row: R) => string
  picked?: string | null
  empty?: JSX.Element
}): JSX.Element {
  const [sort, setSort] = createSignal<{ id: string; down: boolean } | null>(null)
  const rows = createMemo(() => {
    const by = props.columns.find((c) => c.id === sort()?.id)?.by
    if (!by) return props.rows
    const sign = sort()?.down ? -1 : 1
    return [...props.rows].sort((a, b) => {
      const [x, y] = [by(a), by(b)]
      return sign * (x < y ? -1 : x > y ? 1 : 0)
    })
  })
  const sorted = (id: string) => {
    const now = sort()
    return now?.id === id ? (now.down ? 'descending' : 'ascending') : undefined
  }
  return (
    <Show when={props.rows.length > 0} fallback={props.empty}>
      <div
        class="yg-table-wrap"
        data-long={props.rows.length > manyRows ? '' : undefined}
        tabindex="0"
        role="group"
        aria-label={props.caption}
      >
        <table class="yg-table" data-cards="">
          <caption class={props.hideCaption ? 'yg-hidden-text' : undefined}>
            {props.caption}
          </caption>
          <thead>
            <tr>
              <For each={props.columns}>
                {(column) => (
                  <th scope="col" data-align={column.align} aria-sort={sorted(column.id)}>
                    <Show when={column.by} fallback={column.head}>
                      <button
                        type="button"
                        class="yg-table-sort"
                        onClick={() =>
                          setSort((s) => ({
                            id: column.id,
                            down: s?.id === column.id && !s.down,
                          }))
                        }
                      >
                        {column.head}
                        <Show when={sorted(column.id)} fallback={<Icon name="down" size={14} />}>
                          <Icon name={sort()?.down ? 'down' : 'up'} size={14} />
                        </Show>
                      </button>
                    </Show>
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(row) => (
                <tr aria-selected={isPicked(props, row) ? 'true' : undefined}>
                  <For each={props.columns}>
                    {(column, i) => (
                      <Show
                        when={i() === 0}
                        fallback={
                          <td
                            data-label={column.head}
                            data-align={column.align}
                            data-nowrap={column.nowrap ? '' : undefined}
                          >
                            <span>{column.cell(row)}</span>
                          </td>
                        }
                      >
                        <th scope="row">{column.cell(row)}</th>
                      </Show>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Show>
  )
}

function isPicked<R>(
  props: { keyOf?: (row: R) => string; picked?: string | null },
  row: R,
): boolean {
  return props.picked != null && props.keyOf?.(row) === props.picked
}

/** More of a list, by its next link. */
export function MoreRows(props: { isLoading: boolean; onMore: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="yg-button"
      aria-busy={props.isLoading ? 'true' : undefined}
      onClick={() => {
        if (!props.isLoading) props.onMore()
      }}
    >
      {t('kit.more')}
    </button>
  )
}
