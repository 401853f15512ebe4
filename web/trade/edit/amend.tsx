import { useNavigate } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Section, Stack } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import { AmendmentForm } from '../amendment-form.tsx'
import { DocumentView } from '../document-view.tsx'
import { maySign } from '../may-sign.ts'
import { changedParts } from './changed-parts.ts'
import { FindingList } from './finding-list.tsx'
import type { Workspace } from './workspace.ts'

/** The document as the amendment would make it, which parts are new, and the act that proposes it. */
export function AmendPart(props: { work: Workspace; project: string }): JSX.Element {
  return (
    <Section title={t('edit.amend.task')} card>
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
            <FindingList findings={props.work.findings()} />
            <Changed {...props} />
            <Propose {...props} />
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

const partsOf = (work: Workspace) => {
  const [now, then] = [work.document(), work.saved()]
  return now && then?.document
    ? changedParts(
        { document: then.document, files: then.files },
        { document: now, files: work.draft.files },
      )
    : []
}

function Changed(props: { work: Workspace }): JSX.Element {
  const version = () => props.work.saved()?.version ?? 1
  return (
    <Show
      when={partsOf(props.work).length > 0}
      fallback={<Notice>{t('edit.amend.none', { version: version() })}</Notice>}
    >
      <Notice title={t('edit.amend.changed', { version: version() })}>
        <ul>
          <For each={partsOf(props.work)}>{(part) => <li>{t(`edit.task.${part}`)}</li>}</For>
        </ul>
      </Notice>
    </Show>
  )
}

function Propose(props: { work: Workspace; project: string }): JSX.Element {
  const navigate = useNavigate()
  const off = () =>
    !maySign()
      ? t('proposal.signersOnly')
      : partsOf(props.work).length === 0
        ? t('edit.amend.nothing')
        : props.work.findings().length > 0
          ? t('edit.amend.unlawful')
          : null
  return (
    <Show when={props.work.document()}>
      {(document) => (
        <AmendmentForm
          project={props.project}
          inForce={props.work.saved()?.document ?? null}
          whole={{ document: document(), files: props.work.draft.files }}
          off={off()}
          verb={t('edit.amend.propose')}
          isPrimary
          onDone={async () => {
            await props.work.takeTheirs()
            navigate(`/t/${props.project}/questions#proposals`)
          }}
        />
      )}
    </Show>
  )
}
