import { useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { b64u } from '../../../server/formats/bytes.ts'
import { canonicalBytes, type Json } from '../../../server/formats/jcs.ts'
import { sha256 } from '../../../server/formats/sha256.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Row, Section, Stack } from '../../kit/layout.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { viewer } from '../../shell/session.ts'
import { signAndSend } from '../../shell/signer.ts'
import { DocumentView } from '../document-view.tsx'
import { subjectOf } from '../subject.ts'
import { useAct } from '../use-act.ts'
import { useDraftText } from '../use-draft-text.ts'
import { changedParts } from './changed-parts.ts'
import { FindingList } from './finding-list.tsx'
import type { Workspace } from './workspace.ts'

const maySign = () => ['legalRepresentative', 'authorisedSigner'].includes(viewer()?.capacity ?? '')

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
  const words = useDraftText(() => `amended document in words ${props.project}`)
  const [affects, setAffects] = createSignal<'yes' | 'no'>('yes')
  const acting = useAct(async () => {
    words.clear()
    await props.work.takeTheirs()
    navigate(`/t/${props.project}/questions#proposals`)
  })
  const off = () =>
    !maySign()
      ? t('proposal.signersOnly')
      : partsOf(props.work).length === 0
        ? t('edit.amend.nothing')
        : props.work.findings().length > 0
          ? t('edit.amend.unlawful')
          : null
  function propose(): Promise<boolean> | undefined {
    const [document, text] = [props.work.document(), words.text().trim()]
    const inForce = props.work.saved()?.document
    if (!document || !inForce) return
    if (text === '') return void acting.setProblem(t('edit.amend.wordsFirst'))
    const files = props.work.draft.files.map(({ name, sha256, bytes, mediaType }) => ({
      ...{ name, sha256, bytes, mediaType },
    }))
    const own = {
      subject: subjectOf(inForce),
      id: `p-${newKey().slice(0, 16)}`,
      text,
      documentSha256: b64u(sha256(canonicalBytes(document as unknown as Json))),
      affectsBids: affects() === 'yes',
    }
    return acting.run('propose', () =>
      signAndSend('propose-amendment', own, { tender: props.project }, (body, key) =>
        post(
          `/api/projects/${props.project}/amendment-proposals`,
          { ...body, with: { document, files } },
          { key },
        ),
      ),
    )
  }
  return (
    <>
      <RefusalNote text={acting.problem()} />
      <Field
        label={t('proposal.change')}
        hint={t('proposal.new.changeHint')}
        name="amendment"
        lines={5}
        maxLength={20_000}
        value={words.text()}
        onInput={words.setText}
      />
      <Radio
        label={t('trade.questions.bears')}
        name="amendment-affects"
        value={affects()}
        options={[
          { value: 'yes', text: t('proposal.new.affects') },
          { value: 'no', text: t('proposal.new.affectsNot') },
        ]}
        onValue={setAffects}
      />
      <Row>
        <Button
          kind="primary"
          pending={acting.busy() !== null}
          off={off()}
          onPress={() => void propose()}
        >
          {t('edit.amend.propose')}
        </Button>
      </Row>
    </>
  )
}
