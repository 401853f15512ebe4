import { csvFormatRow, dsvFormat } from 'd3-dsv'
import { decodeText, type Encoding } from './decode-text.ts'

/**
 * A table as a spreadsheet writes it: CSV, or text with tabs or semicolons, in whichever encoding.
 * What a file means is for the caller to say; here nothing is guessed at and nothing left out.
 * @source user-needs "Tendering: time, money, text"
 */
export interface TableRow {
  /** Counted from 1, as a spreadsheet counts. */
  readonly row: number
  readonly cells: readonly string[]
}
export type TableFile =
  | {
      readonly encoding: Encoding
      readonly rows: readonly TableRow[]
      readonly problem?: undefined
    }
  /** A workbook itself, which only its own program reads rightly. */
  | { readonly problem: 'workbook' }

/** How the files of a spreadsheet's own begin: a zip, and what came before it. */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
]

/** The rows of a table, cells trimmed; rows in which nothing stands are passed over. */
export function readTable(bytes: Uint8Array): TableFile {
  if (workbooks.some((begin) => begin.every((byte, i) => bytes[i] === byte)))
    return { problem: 'workbook' }
  const { text, encoding } = decodeText(bytes)
  const rows = dsvFormat(separatorOf(text))
    .parseRows(text)
    .map((cells, i) => ({ row: i + 1, cells: cells.map((cell) => cell.normalize('NFC').trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  return { encoding, rows }
}

/** What cells stand apart by: whichever makes most of them. */
function separatorOf(text: string): string {
  const cells = separators.map((one) => {
    const rows = dsvFormat(one).parseRows(text.slice(0, 50_000))
    return rows.reduce((sum, row) => sum + row.length, 0)
  })
  return separators[cells.indexOf(Math.max(...cells))] as string
}
const separators = [',', '\t', ';']

/** A table for spreadsheets, which know UTF-8 by its mark; a cell that begins like a formula is text. */
export const writeTable = (rows: readonly (readonly string[])[]): string =>
  ['\uFEFF', ...rows.map((row) => `${csvFormatRow(row.map(asText))}\r\n`)].join('')
const asText = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

/** Rows among which the heads are looked for: a title may stand above them. */
const mostTitles = 20

/**
 * Where the columns stand: in the first row that heads all that are needed.
 * @param wanted by name, what heads it; the first that is found counts
 * @returns null where no row does
 */
export function findColumns<N extends string>(
  rows: readonly TableRow[],
  wanted: Readonly<Record<N, readonly RegExp[]>>,
  isEnough: (found: Partial<Record<N, number>>) => boolean,
): {
  readonly body: readonly TableRow[]
  readonly at: Partial<Record<N, number>>
  head: TableRow
} | null {
  for (const [i, head] of rows.slice(0, mostTitles).entries()) {
    const at: Partial<Record<N, number>> = {}
    for (const name of Object.keys(wanted) as N[])
      for (const words of wanted[name]) {
        const column = head.cells.findIndex((cell) => words.test(cell))
        if (column >= 0) at[name] ??= column
      }
    if (isEnough(at)) return { body: rows.slice(i + 1), at, head }
  }
  return null
}
