import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createSignal, type JSX, Match, onMount, Show, Switch } from 'solid-js'
import { timeProse } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { Countdown } from '../../kit/countdown.tsx'
import { Split } from '../../kit/layout.tsx'
import { Loading, Notice } from '../../kit/status.tsx'
import { TaskList } from '../../kit/task-list.tsx'
import type { TradeLot, TradePage } from '../../shell/answers.ts'
import { get } from '../../shell/api.ts'
import { createLive, type Live } from '../../shell/create-live.ts'
import { Problem } from '../../shell/problem.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { TradeFrame, useTrade } from '../frame.tsx'
import { takesRevocation } from '../lot-state.ts'
import { CheckStep } from './check-step.tsx'
import { Closed } from './closed.tsx'
import { FilesStep } from './files-step.tsx'
import { Join } from './join.tsx'
import { KeepStep } from './keep-step.tsx'
import { LiveBidCard } from './live-bid.tsx'
import { OtherWindow } from './other-window.tsx'
import type { OwnBid } from './own-bid.ts'
import { QuotationStep } from './quotation-step.tsx'
import { BidRail } from './rail.tsx'
import { FreshReceipt, Receipts } from './receipt-step.tsx'
import { Refused, useRefusal } from './refused.tsx'
import { Reopen } from './reopen-later.ts'
import { Revoke } from './revoke-later.ts'
import { SealStep } from './seal-step.tsx'
import { createSealing } from './sealing.ts'
import { SignStep, type Statement } from './sign-step.tsx'
import { isStep, type StepId, stepIds, tasksOf } from './steps.ts'
import { createWorkspace } from './workspace.ts'

type Own = OwnBid | 'not-joined'

/** 投标: from the price list to the receipt, on one page, in any order until sealing. */
export default function BidPage(): JSX.Element {
  const params = useParams<{ no: string; lot: string }>()
  const trade = useTrade()
  /** Asked only by who has joined a lot here: for others there is nothing to read. */
  const isHolder = () => trade()?.roles.includes('Bown') ?? false
  const standing = async (): Promise<Own> => (isHolder() ? readOwn(params.lot) : 'not-joined')
  // Null until the trade says whether there is anything to read: nobody is shown the way in for a
  // moment who has joined long ago.
  const own = createLive<{ own: Own | null }>(
    async () => ({ own: trade() ? await standing() : null }),
    () => [params.no],
  )
  const lot = () => trade()?.lots.find((one) => one.id === params.lot)
  return (
    <TradeFrame
      trade={trade}
      title={t('bid.title', { lot: lot() ? pick((lot() as TradeLot).terms.title) : '' })}
    >
      <Show when={lot() && own()?.own} fallback={lot() && !own.problem() && <Loading />}>
        <Switch>
          <Match when={own()?.own === 'not-joined'}>
            <Join trade={trade() as TradePage} lot={lot() as TradeLot} onJoined={trade.refresh} />
          </Match>
          <Match when={true}>
            <Desk
              trade={() => trade() as TradePage}
              lot={() => lot() as TradeLot}
              own={Object.assign(() => own()?.own as OwnBid | undefined, {
                isLoading: own.isLoading,
                problem: own.problem,
                at: own.at,
                refresh: own.refresh,
              })}
            />
          </Match>
        </Switch>
      </Show>
      <Show when={own.problem() && !own()?.own}>
        <Notice tone="danger">{own.problem()?.message}</Notice>
      </Show>
    </TradeFrame>
  )
}

/** Who has not joined is told as little as a stranger: not found. */
async function readOwn(lot: string): Promise<Own> {
  try {
    return await get<OwnBid>(`/api/lots/${lot}/bid`)
  } catch (error) {
    if (error instanceof Problem && [403, 404].includes(error.status)) return 'not-joined'
    throw error
  }
}

function Desk(props: {
  trade: () => TradePage
  lot: () => TradeLot
  own: Live<OwnBid>
}): JSX.Element {
  const work = createWorkspace(props.trade, props.lot, props.own)
  const sealing = createSealing(work)
  const now = useTradeNow(props.trade)
  const navigate = useNavigate()
  const [search] = useSearchParams<{ step?: string }>()
  const [receipt, setReceipt] = createSignal<Statement | null>(null)
  const refusal = useRefusal(() => props.lot().id)
  onMount(() => void sealing.findPair().catch(() => {}))
  const isOpen = () => props.lot().stage === 'tendering'
  const hasBid = () => props.own()?.stage === 'submitted'
  const step = (): StepId => {
    const wanted = search.step
    if (isStep(wanted)) return wanted
    return hasBid() || !isOpen() ? 'receipt' : 'quotation'
  }
  const base = () => `/t/${props.trade().id}/lots/${props.lot().id}/bid`
  const href = (id: StepId) => `${base()}?step=${id}`
  const deadline = () => props.own()?.deadline ?? props.trade().published?.deadline ?? ''
  const leftMs = () => Date.parse(deadline()) - now()
  async function receive(given: Statement): Promise<void> {
    setReceipt(given)
    await props.own.refresh()
    navigate(href('receipt'))
    window.scrollTo(0, 0)
  }
  async function showRevoked(): Promise<void> {
    await props.own.refresh()
    window.scrollTo(0, 0)
  }
  const next = () => stepIds[stepIds.indexOf(step()) + 1]
  return (
    <Split
      kind="rail"
      side={<BidRail work={work} sealing={sealing} deadline={deadline()} now={now} />}
    >
      <Show when={refusal.kept()}>
        {(one) => <Refused refusal={one()} onClose={refusal.drop} />}
      </Show>
      <Show when={!isOpen()}>
        <Closed trade={props.trade()} lot={props.lot()} own={props.own()} deadline={deadline()} />
      </Show>
      <Show when={props.lot().suspended}>
        <Notice tone="warn" title={t('overview.next.suspended')}>
          {t('overview.next.suspendedText')}
        </Notice>
      </Show>
      <Show when={props.own()?.stage === 'withdrawn' && isOpen()}>
        <Notice tone="warn">{t('bid.live.withdrawn')}</Notice>
      </Show>
      <Show when={isOpen()}>
        {/* One column: the rail stands under the step, what is left stands above it. */}
        <div class="yg-narrow">
          <Countdown until={deadline()} now={now} />
          <p class="yg-note">{t('bid.rail.deadline', { time: timeProse(deadline()) })}</p>
        </div>
      </Show>
      <OtherWindow work={work} />
      <Show when={isOpen() && (step() !== 'receipt' || !hasBid() || sealing.isSubmitted())}>
        <TaskList label={t('bid.steps')} tasks={tasksOf(work, sealing, step(), href)} kind="line" />
      </Show>
      <Switch>
        <Match when={step() === 'receipt' || !isOpen()}>
          <Show when={receipt()} keyed>
            {(one) => <FreshReceipt lot={props.lot().id} receipt={one} />}
          </Show>
          <Show when={props.own()?.bid}>
            {(bid) => (
              <>
                <LiveBidCard
                  work={work}
                  own={props.own() as OwnBid}
                  bid={bid()}
                  onReplace={() => navigate(href('quotation'))}
                  onReceipt={(given) => void receive(given)}
                />
                <Reopen
                  work={work}
                  own={props.own() as OwnBid}
                  bid={bid()}
                  onReceipt={(given) => void receive(given)}
                />
              </>
            )}
          </Show>
          <Receipts lot={props.lot().id} receipts={props.own()?.receipts ?? []} />
          <Show when={hasBid() && takesRevocation(props.lot())}>
            <Revoke trade={props.trade()} lot={props.lot().id} done={showRevoked} />
          </Show>
        </Match>
        <Match when={!work.isLoaded()}>
          <Loading lines={6} />
        </Match>
        <Match when={step() === 'quotation'}>
          <QuotationStep work={work} />
        </Match>
        <Match when={step() === 'files'}>
          <FilesStep work={work} />
        </Match>
        <Match when={step() === 'check'}>
          <CheckStep work={work} sealing={sealing} />
        </Match>
        <Match when={step() === 'seal'}>
          <SealStep work={work} sealing={sealing} leftMs={leftMs()} href={href} />
        </Match>
        <Match when={step() === 'keep'}>
          <KeepStep work={work} sealing={sealing} href={href} />
        </Match>
        <Match when={step() === 'sign'}>
          <SignStep
            work={work}
            sealing={sealing}
            href={href}
            onReceipt={(given) => void receive(given)}
            onRefused={(problem) => (problem ? refusal.keep(problem) : refusal.drop())}
          />
        </Match>
      </Switch>
      <Show when={isOpen() && ['quotation', 'files', 'check'].includes(step()) && next()}>
        {(id) => (
          <div class="yg-step-act">
            <ButtonLink kind="primary" href={href(id())}>
              {t('bid.next', { name: t(`bid.step.${id()}`) })}
            </ButtonLink>
          </div>
        )}
      </Show>
    </Split>
  )
}
