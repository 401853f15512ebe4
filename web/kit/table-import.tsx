import { createSignal, For, type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button } from './button.tsx'
import type { Encoding } from './decode-text.ts'
import { FileDrop } from './file-drop.tsx'
import { Facts, Row, Stack } from './layout.tsx'
import { Notice, RefusalNote } from './status.tsx'
import { readTable, type TableRow } from './table-file.ts'

/** A thousand rows are far smaller; what is larger is another file, and would hold the page up. */
const mostBytes = 5 * 1024 * 1024

/** What a caller made of the rows: the heads it reads, and each row that it cannot take. */
export interface Understood<B> {
  readonly columns: readonly string[]
  readonly bad: readonly B[]
}

/**
 * A table out of a file, shown as it was understood before anything is taken: its encoding, the
 * columns, each row that cannot be taken. All of it is taken, or nothing.
 */
export function TableImport<B, T extends Understood<B>>(props: {
  /** What the file is to hold. */
  label: string
  read: (rows: readonly TableRow[]) => T
  badText: (bad: B) => string
  /** What it says, where all of it can be taken. */
  preview: (found: T) => JSX.Element
  verb: string
  onTake: (found: T) => void
}): JSX.Element {
  const [name, setName] = createSignal<string | null>(null)
  const [read, setRead] = createSignal<{ encoding: Encoding; found: T } | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)

  async function take(file: File | undefined): Promise<void> {
    if (!file) return
    setName(file.name)
    setRead(null)
    setProblem(null)
    if (file.size > mostBytes) return void setProblem(t('table.large'))
    const bytes = await file.arrayBuffer().catch(() => null)
    if (bytes === null) return void setProblem(t('table.unreadable'))
    const table = readTable(new Uint8Array(bytes))
    if (table.problem) setProblem(t('table.workbook'))
    else setRead({ encoding: table.encoding, found: props.read(table.rows) })
  }

  return (
    <Stack gap="small">
      <FileDrop
        label={name() ?? props.label}
        verb={t('table.choose')}
        hint={t('table.hint')}
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        onFiles={([file]) => void take(file)}
      />
      <RefusalNote text={problem()} />
      <Show when={read()}>
        {(one) => (
          <>
            <Facts
              rows={[
                { name: t('table.encoding'), value: t(`table.encoding.${one().encoding}`) },
                {
                  name: t('table.columns'),
                  value: one().found.columns.join(t('table.and')) || t('table.noColumns'),
                },
              ]}
            />
            <Show
              when={one().found.bad.length > 0}
              fallback={
                <>
                  {props.preview(one().found)}
                  <Row>
                    <Button
                      kind="primary"
                      onPress={() => {
                        props.onTake(one().found)
                        setRead(null)
                        setName(null)
                      }}
                    >
                      {props.verb}
                    </Button>
                  </Row>
                </>
              }
            >
              <Notice
                tone="danger"
                live="assertive"
                title={t('table.bad', { count: one().found.bad.length })}
              >
                <ul>
                  <For each={one().found.bad}>{(bad) => <li>{props.badText(bad)}</li>}</For>
                </ul>
              </Notice>
            </Show>
          </>
        )}
      </Show>
    </Stack>
  )
}
