import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Finding } from '../../server/tendering/project/finding.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Section, Stack } from '../kit/layout.tsx'
import { NextAct } from '../kit/next-act.tsx'
import { Empty, Notice, RefusalNote } from '../kit/status.tsx'
import type { DraftPage } from '../shell/answers.ts'
import { get, post } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { signAndSend } from '../shell/signer.ts'
import { DocumentView } from './document-view.tsx'
import { DraftFindings, DraftTimes } from './draft-parts.tsx'
import { TradeFrame, useTrade, useTradeNo } from './frame.tsx'
import { Reading } from './reading.tsx'
import { subjectOf } from './subject.ts'
import { useAct } from './use-act.ts'

/** The purchaser reads the document as it stands, and signs it or returns it with a reason. */
export default function ApprovePage(): JSX.Element {
  const trade = useTrade()
  const no = useTradeNo()
  const draft = createLive(
    () => get<DraftPage>(`/api/projects/${no()}/draft`),
    () => [no()],
  )
  return (
    <TradeFrame trade={trade} title={t('notice.approve.title')} lead={t('notice.approve.lead')}>
      <Reading of={draft}>
        {(page) => <Approval draft={page()} refresh={() => draft.refresh()} />}
      </Reading>
    </TradeFrame>
  )
}

/** A finding that the law lets the purchaser depart from, if a reason stands for it. */
const mayWaive = (finding: Finding) => finding.change !== 'none'

function Approval(props: { draft: DraftPage; refresh: () => Promise<void> }): JSX.Element {
  const acting = useAct(() => props.refresh())
  const [reasons, setReasons] = createStore<Record<string, string>>({})
  const isOpen = () => props.draft.stage === 'drafting' && props.draft.returned === null
  const base = () => `/api/projects/${props.draft.id}`
  const waivers = () =>
    props.draft.findings
      .filter(mayWaive)
      .map(({ rule }) => ({ rule, reason: reasons[rule]?.trim() ?? '' }))
  // Why it can't be signed: what nobody may waive, or a waiver without its reason.
  const off = () => {
    const fixed = props.draft.findings.filter((finding) => !mayWaive(finding)).length
    if (fixed > 0) return t('notice.approve.must', { count: fixed })
    return waivers().some(({ reason }) => reason === '') ? t('notice.approve.reasonFirst') : null
  }
  const approve = () =>
    acting.run('approve', async () => {
      const { document, documentSha256, id } = props.draft
      if (!document || !documentSha256) return null
      return signAndSend(
        'approve-document',
        { subject: subjectOf(document), documentSha256, waivers: waivers() },
        { tender: id, verb: t('notice.approve.act') },
        (body, key) => post(`${base()}/approval`, body, { key }),
      )
    })
  return (
    <Stack>
      <RefusalNote text={acting.problem()} />
      <Switch>
        <Match when={!props.draft.document}>
          <Empty title={t('notice.approve.none')} />
        </Match>
        <Match when={props.draft.returned}>
          {(reason) => (
            <Notice tone="warn">{t('notice.approve.returned', { reason: reason() })}</Notice>
          )}
        </Match>
        <Match when={props.draft.stage !== 'drafting'}>
          <Notice tone="ok">{t('notice.approve.done')}</Notice>
        </Match>
        <Match when={true}>
          <NextAct
            kind="act"
            title={t('notice.approve.title')}
            act={
              <Button
                kind="primary"
                pending={acting.busy() === 'approve'}
                off={off()}
                onPress={() => void approve()}
              >
                {t('notice.approve.act')}
              </Button>
            }
          />
        </Match>
      </Switch>
      <Show when={props.draft.document}>
        {(document) => (
          <>
            <DraftFindings
              draft={props.draft}
              each={(finding) => (
                <Show when={isOpen() && mayWaive(finding)}>
                  <Field
                    name={`waive-${finding.rule}`}
                    label={t('notice.approve.waive')}
                    hint={t('notice.approve.waiveHint')}
                    value={reasons[finding.rule] ?? ''}
                    onInput={(reason) => setReasons(finding.rule, reason)}
                    maxLength={2000}
                  />
                </Show>
              )}
            />
            <DraftTimes draft={props.draft} />
            <DocumentView
              project={props.draft.id}
              document={document()}
              files={props.draft.files}
            />
          </>
        )}
      </Show>
      <Show when={props.draft.document && props.draft.returned === null}>
        <ReturnForm draft={props.draft} base={base()} refresh={props.refresh} />
      </Show>
    </Stack>
  )
}

function ReturnForm(props: {
  draft: DraftPage
  base: string
  refresh: () => Promise<void>
}): JSX.Element {
  const [reason, setReason] = createSignal('')
  const acting = useAct(() => props.refresh())
  const isOpen = () => props.draft.stage === 'drafting' || props.draft.stage === 'approved'
  return (
    <Show when={isOpen()}>
      <Section title={t('notice.approve.return')}>
        <Stack gap="small">
          <Field
            name="reason"
            label={t('notice.approve.reason')}
            hint={t('notice.approve.reasonHint')}
            error={acting.problem() ?? undefined}
            value={reason()}
            onInput={setReason}
            lines={3}
            maxLength={2000}
          />
          <Button
            pending={acting.busy() !== null}
            onPress={() =>
              void acting.run('return', () => post(`${props.base}/returns`, { reason: reason() }))
            }
          >
            {t('notice.approve.return')}
          </Button>
        </Stack>
      </Section>
    </Show>
  )
}
