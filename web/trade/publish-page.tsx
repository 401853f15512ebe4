import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Stack } from '../kit/layout.tsx'
import { NextAct } from '../kit/next-act.tsx'
import { Notice, RefusalNote } from '../kit/status.tsx'
import type { DraftPage } from '../shell/answers.ts'
import { get, post } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { signAndSend } from '../shell/signer.ts'
import { DocumentView } from './document-view.tsx'
import { DraftFindings, DraftTimes } from './draft-parts.tsx'
import { TradeFrame, useTrade, useTradeNo } from './frame.tsx'
import { instantOf, localOf } from './local-time.ts'
import { Reading } from './reading.tsx'
import { subjectOf } from './subject.ts'
import { useAct } from './use-act.ts'

/** The agency publishes what the purchaser approved, at the earliest lawful deadline or a later one. */
export default function PublishPage(): JSX.Element {
  const trade = useTrade()
  const no = useTradeNo()
  const draft = createLive(
    () => get<DraftPage>(`/api/projects/${no()}/draft`),
    () => [no()],
  )
  return (
    <TradeFrame trade={trade} title={t('notice.publish.title')} lead={t('notice.publish.lead')}>
      <Reading of={draft}>
        {(page) => <Publication draft={page()} refresh={() => draft.refresh()} />}
      </Reading>
    </TradeFrame>
  )
}

function Publication(props: { draft: DraftPage; refresh: () => Promise<void> }): JSX.Element {
  // The deadline that follows from the document, to the minute; what is signed is what is shown.
  const derived = () => localOf(props.draft.times?.submissionDeadline ?? null)
  const [typed, setDeadline] = createSignal<string | null>(null)
  const deadline = () => typed() ?? derived()
  const acting = useAct(() => props.refresh())
  const publish = () =>
    acting.run('publish', async () => {
      const { document, documentSha256, id } = props.draft
      if (!document || !documentSha256) return null
      return signAndSend(
        'publish-notice',
        {
          subject: subjectOf(document),
          documentSha256,
          submissionDeadline: instantOf(deadline()),
        },
        { tender: id, verb: t('notice.publish.act') },
        (body, key) => post(`/api/projects/${id}/notice`, body, { key }),
      )
    })
  return (
    <Stack>
      <RefusalNote text={acting.problem()} />
      <Switch>
        <Match when={props.draft.stage === 'published'}>
          <Notice tone="ok" title={t('notice.publish.done')}>
            <ButtonLink href={`/t/${props.draft.id}`}>{t('notice.publish.see')}</ButtonLink>
          </Notice>
        </Match>
        <Match when={props.draft.stage !== 'approved'}>
          <Notice>{t('notice.publish.wait')}</Notice>
        </Match>
        <Match when={true}>
          <NextAct
            kind="act"
            title={t('notice.publish.title')}
            text={
              <Field
                name="deadline"
                label={t('notice.publish.deadline')}
                hint={t('notice.publish.deadlineHint')}
                kind="datetime-local"
                value={deadline()}
                onInput={setDeadline}
              />
            }
            act={
              <Button
                kind="primary"
                pending={acting.busy() !== null}
                onPress={() => void publish()}
              >
                {t('notice.publish.act')}
              </Button>
            }
          />
        </Match>
      </Switch>
      <DraftFindings draft={props.draft} />
      <DraftTimes draft={props.draft} />
      <Show when={props.draft.document}>
        {(document) => (
          <DocumentView project={props.draft.id} document={document()} files={props.draft.files} />
        )}
      </Show>
    </Stack>
  )
}
