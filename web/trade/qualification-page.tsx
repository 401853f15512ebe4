import { createMemo, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { pick, t } from '../i18n/i18n.ts'
import { Desk, type Step, Steps } from '../kit/desk.tsx'
import { Stack } from '../kit/layout.tsx'
import { Matrix } from '../kit/matrix.tsx'
import { Empty, Loading, Notice } from '../kit/status.tsx'
import type { TradePage } from '../shell/answers.ts'
import type { Live } from '../shell/create-live.ts'
import { viewer } from '../shell/session.ts'
import type { DeskFile, DeskPage } from './desk/desk-answers.ts'
import { useDesk } from './desk/desk-page.tsx'
import { Documents } from './desk/documents.tsx'
import { ScorePanel } from './desk/score-panel.tsx'
import { entriesOf, gapOf, gapsOf, keyOf } from './desk/sheet.ts'
import { ReviewFoot } from './desk/sheet-foot.tsx'
import { useSheet } from './desk/use-sheet.ts'
import { Ended } from './ended-later.ts'
import { TradeFrame, useTrade } from './frame.tsx'
import { isOver } from './lot-state.ts'
import { Reading } from './reading.tsx'
import { LotTabs } from './use-lot.tsx'

interface ReviewProps {
  readonly trade: TradePage
  readonly page: DeskPage
  readonly live: Live<DeskPage>
}

/** 资格审查 (government procurement): purchaser or agency, each bid × each requirement, signed. */
export default function QualificationPageView(): JSX.Element {
  const trade = useTrade()
  const { lot, desk } = useDesk()
  const isParty = () => ['Pu', 'Ag'].some((role) => trade()?.roles.includes(role))
  return (
    <TradeFrame trade={trade} title={t('desk.review.title')} lead={t('desk.review.lead')}>
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <LotTabs trade={one()} lot={lot()} path="/qualification" />
            <Show
              when={isParty()}
              fallback={<Notice tone="warn" title={t('desk.review.stranger')} />}
            >
              <Reading of={desk}>
                {(page) => <Body trade={one()} page={page()} live={desk} />}
              </Reading>
            </Show>
          </Stack>
        )}
      </Show>
    </TradeFrame>
  )
}

function Body(props: ReviewProps): JSX.Element {
  return (
    <Switch fallback={<Review {...props} />}>
      <Match when={props.page.items?.regime === 'tender'}>
        <Notice title={t('desk.review.notGp')} />
      </Match>
      <Match when={props.page.review}>
        <Done page={props.page} />
      </Match>
      <Match when={isOver(props.trade.lots.find((lot) => lot.id === props.page.lot))}>
        <Ended trade={props.trade} lot={props.page.lot} />
      </Match>
      <Match when={props.page.lotStage !== 'qualifying' || props.page.bids.length === 0}>
        <Empty title={t('desk.review.notNow')}>
          <p>{t('desk.review.notNowText')}</p>
        </Empty>
      </Match>
    </Switch>
  )
}

function Review(props: ReviewProps): JSX.Element {
  const sheet = useSheet({
    lot: () => props.page.lot,
    phase: () => 'qualification',
    party: () => viewer()?.party ?? '',
    server: () => (props.page.you ? props.page.you.draft : undefined),
  })
  const items = createMemo(() => props.page.items?.qualification ?? [])
  const bids = createMemo(() => standing(props.page))
  const [bidder, setBidder] = createSignal('')
  const [itemId, setItemId] = createSignal('')
  const [docPage, setDocPage] = createSignal(1)
  const [file, setFile] = createSignal<DeskFile | null>(null)
  const bid = () => bids().find((b) => b.party === bidder()) ?? bids()[0]
  const item = () => items().find((i) => i.id === itemId()) ?? items()[0]
  const isOut = (party: string) =>
    items().some((i) => sheet.entries[keyOf(party, i.id)]?.pass === false)

  function go(by: 1 | -1): void {
    const at = items().findIndex((i) => i.id === item()?.id) + by
    const next = items()[at]
    if (next) return void setItemId(next.id)
    const other = bids()[bids().findIndex((b) => b.party === bid()?.party) + by]
    if (!other) return
    setBidder(other.party)
    setItemId((by === 1 ? items()[0] : items().at(-1))?.id ?? '')
  }
  function cite(): void {
    const [b, i] = [bid(), item()]
    if (!b || !i) return
    const place = t('desk.score.place', { file: file()?.name ?? '', page: docPage() })
    const before = sheet.of(b.party, i.id)?.reason ?? ''
    sheet.set(b.party, i.id, { reason: `${before}${before ? '\n' : ''}${place}` })
  }
  const bidStep = (b: DeskPage['bids'][number]): Step => {
    const open = items().filter((i) => gapOf(sheet.entries[keyOf(b.party, i.id)], i)).length
    return {
      id: b.party,
      text: b.name,
      value: `${items().length - open}/${items().length}`,
      state: isOut(b.party) ? 'out' : open === 0 ? 'done' : 'todo',
      isHere: b.party === bid()?.party,
    }
  }
  const itemStep = (i: { id: string; zh: string; en: string }): Step => {
    const entry = sheet.entries[keyOf(bid()?.party ?? '', i.id)]
    const gap = gapOf(entry, i)
    return {
      id: i.id,
      text: pick(i),
      ...(entry?.pass === undefined
        ? {}
        : { value: t(entry.pass ? 'desk.score.pass' : 'desk.score.fail') }),
      state: gap === null ? 'done' : gap === 'missing' ? 'todo' : 'wrong',
      isHere: i.id === item()?.id,
    }
  }
  const isWhole = () =>
    gapsOf(
      sheet.entries,
      bids().map((b) => b.party),
      items(),
    ).length === 0
  const qualified = () => bids().filter((b) => !isOut(b.party)).length

  return (
    <Show when={sheet.isReady()} fallback={<Loading lines={10} />}>
      <Show when={qualified() < 3}>
        <Notice tone="danger" live="polite">
          {t('desk.review.few', { count: qualified() })}
        </Notice>
      </Show>
      <Desk
        left={
          <>
            <Steps label={t('desk.bids')} steps={bids().map(bidStep)} onPick={setBidder} />
            <Steps
              label={t('desk.items', { name: bid()?.name ?? '' })}
              steps={items().map(itemStep)}
              onPick={setItemId}
            />
          </>
        }
        right={
          <>
            <Show when={bid()}>
              {(b) => (
                <Show when={item()}>
                  {(i) => (
                    <ScorePanel
                      bid={b()}
                      item={i()}
                      phase="qualification"
                      entry={sheet.of(b().party, i().id)}
                      onChange={(change) => sheet.set(b().party, i().id, change)}
                      isWhole={isWhole()}
                      onNext={() => go(1)}
                      onBack={() => go(-1)}
                      onCite={cite}
                    />
                  )}
                </Show>
              )}
            </Show>
            <ReviewFoot
              trade={props.trade}
              page={props.page}
              live={props.live}
              sheet={sheet}
              items={items()}
              bids={bids()}
              onGo={(b, i) => {
                setBidder(b)
                setItemId(i)
              }}
            />
          </>
        }
      >
        <Documents
          lot={props.page.lot}
          bid={bid()}
          wanted="qualification"
          page={docPage()}
          onPage={setDocPage}
          onFile={setFile}
        />
      </Desk>
    </Show>
  )
}

/** Bids that were not revoked since: the others are not reviewed. */
const standing = (page: DeskPage) => page.bids.filter((b) => !b.isRevoked)

/** The signed review: requirements × bids. */
function Done(props: { page: DeskPage }): JSX.Element {
  const entries = () => entriesOf(props.page.review?.rows ?? [])
  const items = () => props.page.items?.qualification ?? []
  const isOut = (party: string) =>
    items().some((i) => entries()[keyOf(party, i.id)]?.pass === false)
  const bids = () => standing(props.page)
  const out = () => bids().filter((b) => isOut(b.party)).length
  return (
    <>
      <Notice tone="ok" title={t('desk.review.done')} live="polite">
        {t('desk.review.doneText', { left: bids().length - out(), out: out() })}
      </Notice>
      <Matrix
        caption={t('desk.review.table')}
        corner={t('desk.review.item')}
        columns={bids().map((b) => b.name)}
        rows={items().map((item) => ({
          name: pick(item),
          cells: bids().map((b) => {
            const entry = entries()[keyOf(b.party, item.id)]
            return {
              text: t(entry?.pass === false ? 'desk.score.fail' : 'desk.score.pass'),
              isMarked: entry?.pass === false,
            }
          }),
        }))}
      />
    </>
  )
}
