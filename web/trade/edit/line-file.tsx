import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Stack } from '../../kit/layout.tsx'
import { TableImport } from '../../kit/table-import.tsx'
import { toast } from '../../kit/toast.tsx'
import type { DraftLine } from './draft.ts'
import { type BadLine, type ReadLines, readLines } from './line-sheet.ts'

/** The lines of a price form out of a spreadsheet, in place of those that stand there. */
export function LineFile(props: {
  lines: readonly DraftLine[]
  onLines: (found: ReadLines) => void
}): JSX.Element {
  return (
    <Fold title={t('table.lines.title')}>
      <Stack>
        <p>{t('table.lines.note')}</p>
        <TableImport<BadLine, ReadLines>
          label={t('table.lines.file')}
          read={readLines}
          badText={badText}
          preview={(found) => (
            <DataTable
              caption={t('table.lines.read', {
                count: found.lines.length,
                before: props.lines.length,
              })}
              rows={found.lines.map((line, i) => ({ ...line, id: String(i) }))}
              columns={[
                { id: 'zh', head: t('table.head.name'), cell: (line) => line.zh },
                { id: 'en', head: t('table.head.english'), cell: (line) => line.en },
                { id: 'unit', head: t('table.head.unit'), cell: (line) => line.unit },
                {
                  id: 'quantity',
                  head: t('table.head.quantity'),
                  align: 'end',
                  cell: (line) => line.quantity,
                },
              ]}
            />
          )}
          verb={t('table.lines.take')}
          onTake={(found) => {
            props.onLines(found)
            toast(t('table.lines.taken', { count: found.lines.length }))
          }}
        />
      </Stack>
    </Fold>
  )
}

function badText({ row, text, why }: BadLine): string {
  const what = t(`table.lines.why.${why}`)
  return row === null
    ? t('table.badWhole', { text, why: what })
    : t('table.badRow', { row, text, why: what })
}
