import { createSignal, type JSX, Show } from 'solid-js'
import { size } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { FileDrop } from '../../kit/file-drop.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Empty, Notice, RefusalNote } from '../../kit/status.tsx'
import type { StoredFile } from '../../shell/answers.ts'
import { post } from '../../shell/api.ts'
import { asProblem } from '../../shell/problem.ts'
import { DocumentView } from '../document-view.tsx'
import { FindingList } from './finding-list.tsx'
import { type PartProps, Remove } from './parts.tsx'

/** Files of the document; each is kept by its digest as soon as it is up. */
export function FilesPart(props: PartProps & { project: string }): JSX.Element {
  const [uploading, setUploading] = createSignal<string | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)
  async function upload(files: readonly File[]): Promise<void> {
    setProblem(null)
    for (const file of files) {
      setUploading(file.name)
      try {
        const headers = { 'x-file-name': encodeURIComponent(file.name) }
        const path = `/api/projects/${props.project}/files`
        const stored = await post<StoredFile>(path, file, { headers })
        props.work.setDraft('files', (all) => [
          ...all.filter((one) => one.sha256 !== stored.sha256),
          stored,
        ])
      } catch (error) {
        setProblem(asProblem(error).message)
      }
    }
    setUploading(null)
  }
  return (
    <Section title={t('edit.task.files')} note={t('edit.files.lead')} card>
      <RefusalNote text={problem()} />
      <DataTable
        caption={t('edit.task.files')}
        hideCaption
        rows={props.work.draft.files}
        empty={<Empty title={t('edit.files.none')} />}
        columns={[
          { id: 'name', head: t('document.files.name'), cell: (file) => file.name },
          {
            id: 'size',
            head: t('document.files.size'),
            align: 'end',
            cell: (file) => size(file.bytes),
          },
          {
            id: 'digest',
            head: t('document.files.digest'),
            cell: (file) => <Hash value={file.sha256} label={file.name} />,
          },
          {
            id: 'remove',
            head: t('edit.remove'),
            cell: (file) => (
              <Remove
                name={file.name}
                onRemove={() =>
                  props.work.setDraft('files', (all) =>
                    all.filter((one) => one.sha256 !== file.sha256),
                  )
                }
              />
            ),
          },
        ]}
      />
      <FileDrop
        label={
          uploading()
            ? t('edit.files.uploading', { name: uploading() ?? '' })
            : t('edit.files.drop')
        }
        verb={t('edit.files.add')}
        multiple
        onFiles={(files) => void upload(files)}
      />
    </Section>
  )
}

/** The document as bidders will read it, what the law says of it, and where it is approved. */
export function PreviewPart(props: PartProps & { project: string }): JSX.Element {
  const address = () => `/t/${props.project}/approve`
  return (
    <Section title={t('edit.task.preview')} card>
      <Show
        when={props.work.document()}
        fallback={
          <Notice tone="warn">
            {t('edit.preview.blocked', { count: props.work.issues().length })}
          </Notice>
        }
      >
        {(document) => (
          <Stack>
            <Show
              when={props.work.findings().length > 0}
              fallback={<Notice tone="ok">{t('edit.findings.none')}</Notice>}
            >
              <FindingList findings={props.work.findings()} />
            </Show>
            <Notice>
              <p>{t('edit.preview.send')}</p>
              <a href={address()}>{location.origin + address()}</a>
            </Notice>
            <p class="yg-note">{t('edit.preview.lead')}</p>
            <DocumentView
              project={props.project}
              document={document()}
              files={props.work.draft.files}
            />
          </Stack>
        )}
      </Show>
    </Section>
  )
}
