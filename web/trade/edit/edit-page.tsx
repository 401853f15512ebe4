import { useNavigate, useSearchParams } from '@solidjs/router'
import { type JSX, Match, Show, Switch } from 'solid-js'
import { time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../kit/button.tsx'
import { ErrorSummary } from '../../kit/error-summary.tsx'
import { Row, Split, Stack } from '../../kit/layout.tsx'
import { Loading, Notice } from '../../kit/status.tsx'
import { TaskList } from '../../kit/task-list.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { tradeNowMs } from '../../shell/clock.ts'
import { later } from '../../shell/later.tsx'
import { TradeFrame, useTrade, useTradeNo } from '../frame.tsx'
import { issueText } from './labels.ts'
import { FilesPart, PreviewPart } from './last-parts.tsx'
import { BasicsPart, LotsPart, RequirementsPart } from './parts.tsx'
import { QuotationPart } from './quotation-part.tsx'
import { ScoringPart } from './scoring-part.tsx'
import { stateOf, type TaskId, taskIds, taskOfPath } from './tasks.ts'
import { TimesPart } from './times-part.tsx'
import { useWorkspace, type Workspace } from './workspace.ts'

/** An amendment is proposed by a signed act; most that is written here is a draft. */
const AmendPart = later(
  async () => (await import('./amend.tsx')).AmendPart,
  'proposal',
  'questions',
)

/** The agency writes the tender document: parts in any order, the law beside, nothing lost. */
export default function EditPage(): JSX.Element {
  const trade = useTrade()
  const no = useTradeNo()
  const work = useWorkspace(no, trade)
  return (
    <TradeFrame
      trade={trade}
      title={t(work.isAmending() ? 'edit.amend.title' : 'edit.title')}
      lead={t(work.isAmending() ? 'edit.amend.lead' : 'edit.lead')}
      hideTabs
    >
      <Show when={work.problem()}>
        {(problem) => (
          <div class="yg-page-stale">
            <Notice tone="danger" live="assertive">
              {problem().message}
            </Notice>
          </div>
        )}
      </Show>
      <Show when={work.saved()} fallback={work.problem() ? null : <Loading />}>
        {(saved) => (
          <Show when={mayWrite(saved().stage, trade())} fallback={<Closed no={no()} />}>
            <Editor work={work} no={no()} />
          </Show>
        )}
      </Show>
    </TradeFrame>
  )
}

/** A draft; or, until the deadline, an amendment of what is published, by the agency. */
function mayWrite(stage: TradePage['stage'], trade: TradePage | undefined): boolean {
  if (stage === 'drafting') return true
  if (stage !== 'published' || !trade?.published || !trade.roles.includes('Ag')) return false
  return tradeNowMs(trade.clock, trade.now) < Date.parse(trade.published.deadline)
}

function Closed(props: { no: string }): JSX.Element {
  return (
    <Notice title={t('edit.notDrafting')}>
      <p>{t('edit.notDraftingText')}</p>
      <ButtonLink href={`/t/${props.no}`}>{t('edit.back')}</ButtonLink>
    </Notice>
  )
}

interface EditorProps {
  readonly work: Workspace
  readonly no: string
}

function Editor(props: EditorProps): JSX.Element {
  const [query] = useSearchParams<{ task?: string }>()
  const task = (): TaskId => taskIds.find((id) => id === query.task) ?? 'basics'
  const href = (id: TaskId) => `/t/${props.no}/edit?task=${id}`
  const ids = () => taskIds.filter((id) => id !== 'times' || !props.work.isAmending())
  const nameOf = (id: TaskId) =>
    id === 'preview' && props.work.isAmending() ? t('edit.amend.task') : t(`edit.task.${id}`)
  const tasks = () =>
    ids().map((id) => {
      const { work } = props
      const { state, count } = stateOf(id, work.draft, work.issues(), work.findings())
      return {
        id,
        text: nameOf(id),
        href: href(id),
        state,
        isHere: id === task(),
        ...(count > 0 && state === 'wrong' ? { note: t('edit.task.count', { count }) } : {}),
      }
    })
  return (
    <Stack>
      <Banners work={props.work} href={href} />
      <Split kind="lead" side={<TaskList label={t('edit.tasks')} tasks={tasks()} />}>
        <Switch>
          <Match when={task() === 'basics'}>
            <BasicsPart work={props.work} />
          </Match>
          <Match when={task() === 'lots'}>
            <LotsPart work={props.work} />
          </Match>
          <Match when={task() === 'times'}>
            <TimesPart work={props.work} />
          </Match>
          <Match when={task() === 'requirements'}>
            <RequirementsPart work={props.work} />
          </Match>
          <Match when={task() === 'scoring'}>
            <ScoringPart work={props.work} />
          </Match>
          <Match when={task() === 'quotation'}>
            <QuotationPart work={props.work} />
          </Match>
          <Match when={task() === 'files'}>
            <FilesPart work={props.work} project={props.no} />
          </Match>
          <Match when={task() === 'preview' && props.work.isAmending()}>
            <AmendPart work={props.work} project={props.no} />
          </Match>
          <Match when={task() === 'preview'}>
            <PreviewPart work={props.work} project={props.no} />
          </Match>
        </Switch>
        <Show when={props.work.isAmending()} fallback={<SaveLine work={props.work} />}>
          <p class="yg-note" role="status">
            <Show when={props.work.keptAt()}>{(at) => t('edit.kept', { time: clock(at()) })}</Show>
          </p>
        </Show>
      </Split>
    </Stack>
  )
}

/** What stands in the way or has happened: returned, restored, changed elsewhere, not complete. */
function Banners(props: { work: Workspace; href: (task: TaskId) => string }): JSX.Element {
  const navigate = useNavigate()
  const errors = () =>
    props.work.isTried()
      ? props.work.issues().map((issue) => ({
          name: issue.path,
          text: issueText(issue),
          reveal: () => navigate(props.href(taskOfPath(issue.path)), { scroll: false }),
        }))
      : []
  return (
    <>
      <Show when={props.work.saved()?.returned}>
        {(reason) => (
          <Notice tone="warn" title={t('edit.returned')}>
            {reason()}
          </Notice>
        )}
      </Show>
      <Show
        when={props.work.isConflict()}
        fallback={
          <Show when={props.work.restoredAt()}>
            {(at) => (
              <Notice live="polite" title={t('edit.restored', { time: clock(at()) })}>
                <Button small onPress={() => void props.work.takeTheirs()}>
                  {t('edit.drop')}
                </Button>
              </Notice>
            )}
          </Show>
        }
      >
        <Notice tone="warn" live="assertive" title={t('edit.conflict')}>
          <Row>
            <Button small onPress={() => void props.work.keepMine()}>
              {t('edit.conflict.mine')}
            </Button>
            <Button small onPress={() => void props.work.takeTheirs()}>
              {t('edit.conflict.theirs')}
            </Button>
          </Row>
        </Notice>
      </Show>
      <ErrorSummary
        errors={errors()}
        title={t('edit.issues', { count: props.work.issues().length })}
      />
    </>
  )
}

const clock = (ms: number) => time(new Date(ms).toISOString())

function SaveLine(props: { work: Workspace }): JSX.Element {
  return (
    <div class="yg-form-actions">
      <Button kind="primary" pending={props.work.isBusy()} onPress={() => void props.work.save()}>
        {t('edit.save')}
      </Button>
      <span class="yg-note" role="status">
        <Show
          when={props.work.isSaved()}
          fallback={
            <Show when={props.work.keptAt()}>{(at) => t('edit.kept', { time: clock(at()) })}</Show>
          }
        >
          {t('edit.saved', { revision: props.work.saved()?.revision ?? 0 })}
        </Show>
      </span>
    </div>
  )
}
