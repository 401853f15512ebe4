import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { DocViewer } from '../../kit/doc-viewer.tsx'
import { Empty } from '../../kit/status.tsx'
import { getBytes } from '../../shell/api.ts'
import type { DeskBid, DeskFile } from './desk-answers.ts'

const order: readonly DeskFile['role'][] = [
  'technical',
  'business',
  'qualification',
  'letter',
  'price',
  'other',
]

/** The files of one bid by their roles, one of them open. */
export function Documents(props: {
  lot: string
  bid: DeskBid | undefined
  /** Which role the present item is about: its file is opened first. */
  wanted: DeskFile['role']
  page: number
  onPage: (page: number) => void
  onFile: (file: DeskFile | null) => void
}): JSX.Element {
  const [chosen, setChosen] = createSignal<string | null>(null)
  const files = () =>
    [...(props.bid?.files ?? [])].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
  const file = () =>
    files().find((f) => f.blob === chosen()) ??
    files().find((f) => f.role === props.wanted) ??
    files()[0]
  const href = (one: DeskFile) =>
    `/api/lots/${props.lot}/evaluation/bids/${props.bid?.party}/files/${one.blob}`
  createEffect(
    on(
      () => props.bid?.party,
      () => setChosen(null),
    ),
  )
  createEffect(
    on(
      () => file()?.blob,
      () => {
        props.onFile(file() ?? null)
        props.onPage(1)
      },
    ),
  )
  return (
    <Show when={props.bid}>
      {(bid) => (
        <Show when={file()} fallback={<Empty title={t('desk.files.none')} />}>
          {(one) => (
            <>
              <fieldset class="yg-row" aria-label={t('desk.files.of', { name: bid().name })}>
                <For each={files()}>
                  {(f) => (
                    <Button small pressed={f.blob === one().blob} onPress={() => setChosen(f.blob)}>
                      {t('desk.files.file', { role: t(`desk.role.${f.role}`), name: f.name })}
                    </Button>
                  )}
                </For>
              </fieldset>
              <DocViewer
                name={one().name}
                bytes={one().bytes}
                href={href(one())}
                read={(begin, end) => getBytes(href(one()), [begin, end])}
                page={props.page}
                onPage={props.onPage}
              />
            </>
          )}
        </Show>
      )}
    </Show>
  )
}
