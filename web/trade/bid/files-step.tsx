import { type JSX, Show } from 'solid-js'
import { type FileRole, fileRoles } from '../../../server/sealing/index.ts'
import { size } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Select } from '../../kit/choice.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { FileDrop } from '../../kit/file-drop.tsx'
import { Section } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Empty, Notice, Tag } from '../../kit/status.tsx'
import { type BidFile, maxFiles } from './files.ts'
import type { Workspace } from './workspace.ts'

/** 文件: chosen, each with its role; what can't be sealed is refused here, with how to mend it. */
export function FilesStep(props: { work: Workspace }): JSX.Element {
  const isFull = () => props.work.draft.files.length >= maxFiles
  const count = () => props.work.draft.files.length
  return (
    <Section title={t('bid.files.title')} note={t('bid.files.secret')}>
      <FileDrop
        label={t('bid.files.drop')}
        verb={t('bid.files.choose')}
        hint={t('bid.files.bounds')}
        multiple
        off={isFull() ? t('bid.files.full', { count: maxFiles }) : null}
        onFiles={(files) => void props.work.addFiles(files)}
      />
      <Show when={props.work.badFiles().length > 0}>
        <Notice tone="danger" live="polite" title={t('bid.files.bad')}>
          {t('bid.files.badHint')}
        </Notice>
      </Show>
      <Show when={!props.work.keepsFiles()}>
        <Notice tone="warn">{t('bid.files.notKept')}</Notice>
      </Show>
      <DataTable<BidFile>
        caption={t('bid.files.list', { count: count(), size: size(props.work.totalBytes()) })}
        rows={props.work.draft.files}
        empty={<Empty title={t('bid.files.none')}>{t('bid.files.noneHint')}</Empty>}
        columns={[
          {
            id: 'name',
            head: t('bid.files.name'),
            cell: (one) => (
              <>
                {one.name} <State file={one} />
              </>
            ),
          },
          {
            id: 'role',
            head: t('bid.files.role'),
            cell: (one) => <Role work={props.work} file={one} />,
          },
          { id: 'size', head: t('bid.files.size'), align: 'end', cell: (one) => size(one.bytes) },
          {
            id: 'act',
            head: t('bid.files.act'),
            cell: (one) => (
              <Button
                small
                kind="plain"
                label={t('bid.files.removeOf', { name: one.name })}
                onPress={() => props.work.removeFile(one.row)}
              >
                {t('bid.files.remove')}
              </Button>
            ),
          },
        ]}
      />
    </Section>
  )
}

function State(props: { file: BidFile }): JSX.Element {
  return (
    <>
      <Show when={props.file.problem}>
        {(problem) => (
          <span class="yg-table-under">
            <Tag tone="danger">{t(`bid.files.problem.${problem()}`)}</Tag>{' '}
            {t(`bid.files.mend.${problem()}`)}
          </span>
        )}
      </Show>
      <Show when={props.file.isOdd && !props.file.problem}>
        <span class="yg-table-under">
          <Tag tone="warn">{t('bid.files.odd')}</Tag> {t('bid.files.oddHint')}
        </span>
      </Show>
      <Show when={props.file.sha256}>
        {(sha256) => (
          <span class="yg-table-under">
            <Hash value={sha256()} label={props.file.name} />
          </span>
        )}
      </Show>
    </>
  )
}

function Role(props: { work: Workspace; file: BidFile }): JSX.Element {
  return (
    <Select<FileRole>
      label={t('bid.files.roleOf', { name: props.file.name })}
      hideLabel
      name={`role-${props.file.row}`}
      value={props.file.role}
      options={fileRoles.map((role) => ({ value: role, text: t(`bid.role.${role}`) }))}
      onValue={(role) => props.work.setRole(props.file.row, role)}
    />
  )
}
