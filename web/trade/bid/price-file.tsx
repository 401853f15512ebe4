import type { JSX } from 'solid-js'
import { formatYuan } from '../../../server/kernel/money.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Row, Stack } from '../../kit/layout.tsx'
import { writeTable } from '../../kit/table-file.ts'
import { TableImport } from '../../kit/table-import.tsx'
import { toast } from '../../kit/toast.tsx'
import { saveFile } from '../../shell/save-file.ts'
import { type BadPrice, priceSheet, type ReadPrices, readPrices } from './price-sheet.ts'
import { lineFen, quotationState } from './quotation.ts'
import type { Workspace } from './workspace.ts'

/** A form of many lines is filled in where people calculate: in a spreadsheet, and read back. */
export function PriceFile(props: { work: Workspace }): JSX.Element {
  const form = () => props.work.terms().quotation
  function save(): void {
    const heads = {
      id: t('table.head.id'),
      name: t('table.head.name'),
      unit: t('table.head.unit'),
      quantity: t('table.head.quantity'),
      price: t(form().kind === 'unitPrices' ? 'table.head.unitPrice' : 'table.head.amount'),
    }
    const rows = priceSheet(form(), props.work.draft.quotation.fen, heads, pick)
    const name = t('table.prices.file', { lot: props.work.lot().id })
    saveFile(name, new TextEncoder().encode(writeTable(rows)), 'text/csv')
  }
  return (
    <Fold title={t('table.prices.title', { count: form().lines.length })}>
      <Stack>
        <p>{t('table.prices.note')}</p>
        <Row>
          <Button onPress={save}>{t('table.prices.save')}</Button>
        </Row>
        <TableImport<BadPrice, ReadPrices>
          label={t('table.prices.filled')}
          read={(rows) => readPrices(form(), rows)}
          badText={badText}
          preview={(found) => <Preview work={props.work} found={found} />}
          verb={t('table.prices.take', { count: form().lines.length })}
          onTake={({ fen }) => {
            props.work.setQuotation({ fen: { ...fen } })
            toast(t('table.prices.taken', { count: form().lines.length }))
          }}
        />
      </Stack>
    </Fold>
  )
}

function Preview(props: { work: Workspace; found: ReadPrices }): JSX.Element {
  const form = () => props.work.terms().quotation
  const totalFen = () => {
    const draft = { ...props.work.draft.quotation, fen: props.found.fen }
    return quotationState(form(), undefined, draft).totalFen
  }
  const amount = (fen: number | null | undefined) =>
    fen === null || fen === undefined ? t('table.prices.tooLarge') : formatYuan(fen)
  return (
    <DataTable
      caption={t('table.prices.read', { total: amount(totalFen()) })}
      rows={form().lines}
      columns={[
        { id: 'name', head: t('table.head.name'), cell: (line) => pick(line) },
        {
          id: 'quantity',
          head: t('table.head.quantity'),
          align: 'end',
          cell: (line) => `${line.quantity ?? ''} ${line.unit ?? ''}`,
        },
        {
          id: 'price',
          head: t(form().kind === 'unitPrices' ? 'table.head.unitPrice' : 'table.head.amount'),
          align: 'end',
          cell: (line) => amount(props.found.fen[line.id]),
        },
        {
          id: 'total',
          head: t('table.head.total'),
          align: 'end',
          cell: (line) => amount(lineFen(form(), line.id, props.found.fen[line.id])),
        },
      ]}
    />
  )
}

function badText({ row, text, why }: BadPrice): string {
  const what = why.startsWith('amount-')
    ? t(`kit.money.${why as 'amount-unreadable'}`)
    : t(`table.prices.why.${why as 'twice'}`)
  return row === null
    ? t('table.badWhole', { text, why: what })
    : t('table.badRow', { row, text, why: what })
}
