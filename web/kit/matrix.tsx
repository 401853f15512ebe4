import { For, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'

export interface MatrixCell {
  readonly text: string
  /** Out of line: marked and named, never altered. */
  readonly isOutlier?: boolean
  /** Marked where its own text says what is the matter. */
  readonly isMarked?: boolean
}

/** Two sets crossed: members × bids, bids × items. */
export function Matrix(props: {
  caption: string
  corner: string
  columns: readonly string[]
  rows: readonly { readonly name: string; readonly cells: readonly MatrixCell[] }[]
}): JSX.Element {
  // Figures stand under each other; words stand in the middle.
  const isFigures = () =>
    props.rows.every((row) => row.cells.every((cell) => /^[\d.,–-]*$/.test(cell.text)))
  return (
    <div class="yg-table-wrap" tabindex="0" role="group" aria-label={props.caption}>
      <table class="yg-table" data-kind="matrix" data-figures={isFigures() ? '' : undefined}>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{props.corner}</th>
            <For each={props.columns}>{(name) => <th scope="col">{name}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <th scope="row">{row.name}</th>
                <For each={row.cells}>
                  {(cell) => (
                    <td data-tone={cell.isOutlier || cell.isMarked ? 'warn' : undefined}>
                      {cell.isOutlier ? t('kit.matrix.outlier', { text: cell.text }) : cell.text}
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
