import { type AmountProblem, formatYuan, parseFigures } from '../../../server/kernel/money.ts'
import type { QuotationForm } from '../../../server/tendering/project/document-quotation.ts'
import { findColumns, type TableRow } from '../../kit/table-file.ts'

/** A row that cannot be taken, or a line of the form that no row is about. */
export interface BadPrice {
  readonly id: string
  /** Null: it is about the file as a whole, or a line that is missing. */
  readonly row: number | null
  /** What stands there. */
  readonly text: string
  readonly why: 'no-head' | 'unknown-line' | 'twice' | 'no-price' | 'missing' | AmountProblem
}
export interface ReadPrices {
  /** The heads of the two columns that are read: the line's and the price's. */
  readonly columns: readonly string[]
  /** Integer fen by line. */
  readonly fen: Readonly<Record<string, number>>
  readonly bad: readonly BadPrice[]
}

const heads = {
  id: [/^(编号|行号|id)$/i],
  name: [/^(名称|项目名称|货物名称|品名|item|name)$/i],
  price: [/单价|unit price/i, /报价|金额|价格|price|amount/i],
} as const

/** Names are compared without their spaces: a spreadsheet breaks lines in cells. */
const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/**
 * The prices of a form out of a table: by the line's number, or by its name where only one line has
 * it. Every line needs one price and one row; anything else is named, and then nothing is taken.
 */
export function readPrices(form: QuotationForm, rows: readonly TableRow[]): ReadPrices {
  const found = findColumns(
    rows,
    heads,
    ({ id, name, price }) => price !== undefined && (id ?? name) !== undefined,
  )
  if (!found) {
    const text = rows[0]?.cells.filter(Boolean).join('，').slice(0, 60) ?? ''
    return { columns: [], fen: {}, bad: [{ id: 'head', row: null, text, why: 'no-head' }] }
  }
  const { at, body, head } = found
  const lineOf = lineFinder(form)
  const cell = (row: TableRow, name: keyof typeof heads) => row.cells[at[name] ?? -1] ?? ''
  const fen: Record<string, number> = {}
  const seen = new Set<string>()
  const bad: BadPrice[] = []
  for (const one of body) {
    const { row } = one
    const price = cell(one, 'price')
    const refuse = (why: BadPrice['why'], text: string) =>
      bad.push({ id: `row ${row}`, row, text, why })
    const line = lineOf(cell(one, 'id'), cell(one, 'name'))
    if (line === null) {
      refuse('unknown-line', one.cells.filter(Boolean).join('，').slice(0, 60))
      continue
    }
    if (seen.has(line)) refuse('twice', cell(one, 'name') || line)
    seen.add(line)
    const read = parseFigures(price)
    if (price === '') refuse('no-price', cell(one, 'name') || line)
    else if ('problem' in read) refuse(read.problem, price)
    else fen[line] = read.fen
  }
  for (const { id, zh } of form.lines)
    if (!seen.has(id)) bad.push({ id: `line ${id}`, row: null, text: zh, why: 'missing' })
  const columns = [at.id ?? at.name ?? 0, at.price ?? 0].map((i) => head.cells[i] ?? '')
  return { columns, fen, bad }
}

function lineFinder(form: QuotationForm): (id: string, name: string) => string | null {
  const ids = new Set(form.lines.map((line) => line.id))
  const named = new Map<string, string | null>()
  for (const { id, zh, en } of form.lines)
    for (const name of new Set([plain(zh), plain(en)])) named.set(name, named.has(name) ? null : id)
  return (id, name) => {
    if (id !== '') return ids.has(id) ? id : null
    return named.get(plain(name)) ?? null
  }
}

/** The words of the sheet's first row. */
export interface SheetHeads {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly quantity: string
  readonly price: string
}

/** The form as a table to be filled in, with the prices that stand already. */
export function priceSheet(
  form: QuotationForm,
  fen: Readonly<Record<string, number | null>>,
  words: SheetHeads,
  nameOf: (line: QuotationForm['lines'][number]) => string,
): string[][] {
  const lines = form.lines.map((line) => {
    const price = fen[line.id]
    return [
      line.id,
      nameOf(line),
      line.unit ?? '',
      line.quantity ?? '',
      price === null || price === undefined ? '' : formatYuan(price).replaceAll(',', ''),
    ]
  })
  return [[words.id, words.name, words.unit, words.quantity, words.price], ...lines]
}
