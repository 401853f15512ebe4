import { createSignal, type JSX, Match, onCleanup, Switch } from 'solid-js'
import type { TrustFile } from '../../server/archive/verify/verify.ts'
import type { JsonObject } from '../../server/formats/jcs.ts'
import { size } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { FileDrop } from '../kit/file-drop.tsx'
import { Section, Split } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { Notice } from '../kit/status.tsx'
import { serverNowMs } from '../shell/clock.ts'
import { later } from '../shell/later.tsx'
import type { BagReport, VerifyAnswer, VerifyCall } from '../workers/verify-messages.ts'
import type { StatementChecks } from './statement.ts'
import { TrustSide } from './trust-side.tsx'

const ReportView = later(async () => (await import('./report-view.tsx')).ReportView, 'report')
const StatementView = later(
  async () => (await import('./statement-view.tsx')).StatementView,
  'report',
)

const newWorker = () =>
  new Worker(new URL('../workers/verify.worker.ts', import.meta.url), { type: 'module' })
/** Null: it could not be fetched. */
const loadStatements = () => import('./statement.ts').catch(() => null)
/** The page is drawn and paints before anything more is fetched for it. */
const restMs = 500

type Outcome =
  | { readonly is: 'none' }
  | { readonly is: 'busy'; readonly step: 'reading' | 'checking'; readonly share: number }
  | { readonly is: 'report'; readonly report: BagReport }
  | { readonly is: 'statement'; readonly checks: StatementChecks; readonly isPinned: boolean }
  | { readonly is: 'wrong'; readonly text: string }

/** 核验: bags, receipts and refusals, checked by the reader's own browser; nothing is sent. */
export default function VerifyPage(): JSX.Element {
  const [outcome, setOutcome] = createSignal<Outcome>({ is: 'none' })
  const [file, setFile] = createSignal<File | null>(null)
  const [trust, setTrust] = createSignal<{ name: string; value: TrustFile } | null>(null)
  const [trustProblem, setTrustProblem] = createSignal<string | null>(null)
  let worker: Worker | null = null
  const stop = () => {
    worker?.terminate()
    worker = null
  }
  // Once the page stands, what it checks with comes too: whoever trusts nothing cuts the network.
  let waiting: Worker | null = null
  const timer = setTimeout(() => {
    waiting ??= worker ? null : newWorker()
    void Promise.all([loadStatements(), ReportView.preload(), StatementView.preload()])
  }, restMs)
  onCleanup(() => {
    clearTimeout(timer)
    waiting?.terminate()
    stop()
  })

  async function take(one: File): Promise<void> {
    stop()
    setFile(one)
    const begin = await one
      .slice(0, 4)
      .arrayBuffer()
      .catch(() => null)
    if (begin === null) return void setOutcome({ is: 'wrong', text: t('verify.gone') })
    const head = new Uint8Array(begin)
    const isZip = head[0] === 0x50 && head[1] === 0x4b
    if (isZip) checkBag(one)
    else await checkPaper(one)
  }

  function checkBag(bag: File): void {
    setOutcome({ is: 'busy', step: 'reading', share: 0 })
    worker = waiting ?? newWorker()
    waiting = null
    worker.addEventListener('message', (event: MessageEvent<VerifyAnswer>) => hear(event.data))
    const call: VerifyCall = { bag, trust: trust()?.value ?? null, nowMs: serverNowMs() }
    worker.postMessage(call)
  }
  function hear(answer: VerifyAnswer): void {
    if ('step' in answer)
      setOutcome({ is: 'busy', step: answer.step, share: answer.done / Math.max(1, answer.of) })
    else {
      stop()
      if ('report' in answer) setOutcome({ is: 'report', report: answer.report })
      else if ('unusableTrust' in answer)
        setOutcome({ is: 'wrong', text: t('verify.trust.unusable', { why: answer.unusableTrust }) })
      else setOutcome({ is: 'wrong', text: t('verify.unreadable', { why: answer.unreadable }) })
    }
  }

  async function checkPaper(paper: File): Promise<void> {
    const value = paper.size < 8 * 1024 * 1024 ? await readJson(paper) : {}
    const statements = await loadStatements()
    if (!statements) return void setOutcome({ is: 'wrong', text: t('shell.failed.fetch') })
    const { checkStatement, keysOf } = statements
    try {
      const checks = checkStatement(value, await keysOf(trust()?.value ?? null))
      if (checks) setOutcome({ is: 'statement', checks, isPinned: trust() !== null })
      else setOutcome({ is: 'wrong', text: t('verify.unknownFile') })
    } catch {
      setOutcome({ is: 'wrong', text: t('verify.noKey') })
    }
  }

  async function takeTrust(one: File): Promise<void> {
    setTrustProblem(null)
    const value = (await readJson(one)) as Partial<TrustFile>
    const isOurs = value.v === 1 && Array.isArray(value.log) && typeof value.trustList === 'string'
    if (!isOurs) return void setTrustProblem(t('verify.trust.wrong'))
    setTrust({ name: one.name, value: value as TrustFile })
    const again = file()
    if (again) await take(again)
  }

  return (
    <Page title={t('verify.title')} lead={t('verify.lead')}>
      <Split
        kind="rail"
        side={
          <TrustSide
            name={trust()?.name ?? null}
            problem={trustProblem()}
            onFile={(one) => void takeTrust(one)}
            onDrop={() => setTrust(null)}
          />
        }
      >
        <FileDrop
          label={file()?.name ?? t('verify.drop')}
          verb={t(file() ? 'verify.chooseOther' : 'verify.choose')}
          hint={t('verify.stays')}
          accept=".zip,.json"
          onFiles={([one]) => void take(one)}
        />
        <Switch>
          <Match when={outcome().is === 'none'}>
            <Notice title={t('verify.what')}>{t('verify.whatText')}</Notice>
          </Match>
          <Match when={busyOf(outcome())}>
            {(busy) => (
              <Section title={t(`verify.step.${busy().step}`)} card>
                <progress
                  class="yg-progress"
                  max={1}
                  value={busy().share}
                  aria-label={t(`verify.step.${busy().step}`)}
                />
                <p class="yg-note">
                  {t('verify.step.of', {
                    name: file()?.name ?? '',
                    size: size(file()?.size ?? 0),
                  })}
                </p>
              </Section>
            )}
          </Match>
          <Match when={reportOf(outcome())}>{(report) => <ReportView report={report()} />}</Match>
          <Match when={statementOf(outcome())}>
            {(one) => <StatementView checks={one().checks} isPinned={one().isPinned} />}
          </Match>
          <Match when={wrongOf(outcome())}>
            {(text) => (
              <Notice tone="danger" live="assertive">
                {text()}
              </Notice>
            )}
          </Match>
        </Switch>
      </Split>
    </Page>
  )
}

const busyOf = (one: Outcome) => (one.is === 'busy' ? one : null)
const reportOf = (one: Outcome) => (one.is === 'report' ? one.report : null)
const statementOf = (one: Outcome) => (one.is === 'statement' ? one : null)
const wrongOf = (one: Outcome) => (one.is === 'wrong' ? one.text : null)

/** @returns an empty object where the file is no JSON object */
async function readJson(file: File): Promise<JsonObject> {
  try {
    const value: unknown = JSON.parse(await file.text())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : {}
  } catch {
    return {}
  }
}
