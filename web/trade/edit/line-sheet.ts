import { halfWidth } from '../../../server/kernel/money.ts'
import { findColumns, type TableRow } from '../../kit/table-file.ts'
import type { DraftLine } from './draft.ts'

/** A row that cannot be taken. */
export interface BadLine {
  readonly id: string
  /** Null: it is about the file as a whole. */
  readonly row: number | null
  readonly text: string
  readonly why:
    | 'no-head'
    | 'no-lines'
    | 'too-many'
    | 'no-name'
    | 'name-long'
    | 'unit-long'
    | 'no-quantity'
    | 'quantity-unreadable'
}
export interface ReadLines {
  /** The heads of the columns that are read. */
  readonly columns: readonly string[]
  readonly lines: readonly Omit<DraftLine, 'id'>[]
  /** Every line has a quantity: prices can be asked by the unit. */
  readonly hasQuantities: boolean
  readonly bad: readonly BadLine[]
}

const heads = {
  zh: [/^(名称|项目名称|货物名称|品名|中文名称)/, /^(name|item)$/i],
  en: [/^(英文名称|英文|english)/i],
  unit: [/^(单位|计量单位|unit)$/i],
  quantity: [/^(数量|工程量|quantity|qty)/i],
} as const
const mostLines = 1000

/** `1,200.50` and full-width digits as plain decimals; what is none stays as it stands. */
const plainNumber = (text: string): string => {
  const half = halfWidth(text).trim()
  const whole = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(half) ? half.replaceAll(',', '') : half
  return /^\d+\.\d+$/.test(whole) ? whole.replace(/\.?0+$/, '') : whole
}

/**
 * The lines of a price form out of a table: names, units, quantities. One column of names is enough;
 * where a line has a quantity, each must. Any row that cannot be taken is named, and then none is.
 * @source document-quotation.ts: the lengths
 */
export function readLines(rows: readonly TableRow[]): ReadLines {
  const nothing = { columns: [], lines: [], hasQuantities: false }
  const whole = (why: BadLine['why'], text: string): ReadLines => ({
    ...nothing,
    bad: [{ id: why, row: null, text, why }],
  })
  const found = findColumns(rows, heads, ({ zh }) => zh !== undefined)
  if (!found) return whole('no-head', rows[0]?.cells.filter(Boolean).join('，').slice(0, 60) ?? '')
  const { at, body, head } = found
  if (body.length === 0) return whole('no-lines', '')
  if (body.length > mostLines) return whole('too-many', String(body.length))
  const cell = (row: TableRow, name: keyof typeof heads) => row.cells[at[name] ?? -1] ?? ''
  const hasQuantities = body.some((row) => cell(row, 'quantity') !== '')
  const bad: BadLine[] = []
  const lines = body.map((one) => {
    const { row } = one
    const refuse = (why: BadLine['why'], text: string) =>
      bad.push({ id: `${row} ${why}`, row, text, why })
    const zh = cell(one, 'zh')
    const en = cell(one, 'en') || zh
    const unit = cell(one, 'unit')
    const quantity = plainNumber(cell(one, 'quantity'))
    if (zh === '') refuse('no-name', one.cells.filter(Boolean).join('，').slice(0, 60))
    if (zh.length > 200 || en.length > 200) refuse('name-long', zh.slice(0, 60))
    if (unit.length > 20) refuse('unit-long', unit.slice(0, 60))
    if (hasQuantities && quantity === '') refuse('no-quantity', zh)
    else if (quantity !== '' && !/^(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(quantity))
      refuse('quantity-unreadable', cell(one, 'quantity').slice(0, 60))
    return { zh, en, unit, quantity }
  })
  const columns = Object.values(at).flatMap((i) => head.cells[i] ?? [])
  return { columns, lines, hasQuantities, bad }
}
