import { createEffect, createMemo, createSignal, type JSX, on, Show } from 'solid-js'
import { pick, t } from '../../i18n/i18n.ts'
import { Desk, type Step, Steps } from '../../kit/desk.tsx'
import { fieldId } from '../../kit/field.tsx'
import { Loading, Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import type { Live } from '../../shell/create-live.ts'
import { viewer } from '../../shell/session.ts'
import type { DeskFile, DeskPage } from './desk-answers.ts'
import { Documents } from './documents.tsx'
import { HandedIn } from './handed-in.tsx'
import { KeysHelp } from './keys-help.tsx'
import { ScorePanel } from './score-panel.tsx'
import { gapOf, gapsOf, isScored, itemsOf, keyOf, type SheetItem } from './sheet.ts'
import { SheetFoot } from './sheet-foot.tsx'
import { useKeys } from './use-keys.ts'
import { useSheet } from './use-sheet.ts'

/** The desk in a phase: my bids × items, the papers, my judgement; nobody else's is here. */
export function ScoringDesk(props: {
  trade: TradePage
  page: DeskPage
  live: Live<DeskPage>
}): JSX.Element {
  const party = () => viewer()?.party ?? ''
  const sheet = useSheet({
    lot: () => props.page.lot,
    phase: () => props.page.phase,
    party,
    server: () => (props.page.you ? props.page.you.draft : undefined),
  })
  const items = createMemo(() => itemsOf(props.page.items, props.page.phase))
  const bids = createMemo(() =>
    props.page.bids.filter((b) => props.page.phaseBids.includes(b.party)),
  )
  const [bidder, setBidder] = createSignal('')
  const [itemId, setItemId] = createSignal('')
  const [docPage, setDocPage] = createSignal(1)
  const [file, setFile] = createSignal<DeskFile | null>(null)
  const [isHelpOpen, setHelpOpen] = createSignal(false)
  const bid = () => bids().find((b) => b.party === bidder()) ?? bids()[0]
  const item = () => items().find((i) => i.id === itemId()) ?? items()[0]
  // A new phase begins at the first item of the first bid, wherever the last one was left.
  createEffect(
    on(
      () => props.page.phase,
      () => {
        setBidder('')
        setItemId('')
      },
      { defer: true },
    ),
  )
  const isWhole = () =>
    gapsOf(
      sheet.entries,
      bids().map((b) => b.party),
      items(),
    ).length === 0
  const isLocked = () => props.page.members.some((m) => m.id === party() && m.isHandedIn)

  function go(by: 1 | -1): void {
    const at = items().findIndex((i) => i.id === item()?.id) + by
    if (at >= 0 && at < items().length) {
      setItemId(items()[at].id)
      return
    }
    // Past the last item comes the next bid's first, so that J goes through the whole sheet.
    const next = bids().findIndex((b) => b.party === bid()?.party) + by
    if (next < 0 || next >= bids().length) return
    setBidder(bids()[next].party)
    setItemId((by === 1 ? items()[0] : items()[items().length - 1])?.id ?? '')
  }
  function goBid(by: 1 | -1): void {
    const next = bids()[bids().findIndex((b) => b.party === bid()?.party) + by]
    if (next) setBidder(next.party)
  }
  function cite(): void {
    const [b, i] = [bid(), item()]
    if (!b || !i || isLocked()) return
    const text = (globalThis.getSelection()?.toString() ?? '').trim().replace(/\s+/g, ' ')
    const place = t('desk.score.place', { file: file()?.name ?? '', page: docPage() })
    const cited = text ? t('desk.score.quoted', { place, text: text.slice(0, 300) }) : place
    const before = sheet.of(b.party, i.id)?.reason ?? ''
    sheet.set(b.party, i.id, { reason: `${before}${before ? '\n' : ''}${cited}`.slice(0, 2000) })
  }
  function digit(key: string): boolean {
    const [b, i] = [bid(), item()]
    if (!b || !i || isLocked()) return false
    if (!isScored(i)) {
      if (key !== '0' && key !== '1') return false
      sheet.set(b.party, i.id, { pass: key === '1' })
      return true
    }
    sheet.set(b.party, i.id, { points: key })
    document.getElementById(fieldId('score'))?.focus()
    return true
  }
  useKeys((key) => {
    const acts: Record<string, () => void> = {
      j: () => go(1),
      k: () => go(-1),
      l: () => goBid(1),
      h: () => goBid(-1),
      '[': () => setDocPage((page) => Math.max(1, page - 1)),
      ']': () => setDocPage((page) => page + 1),
      '/': () => document.getElementById('yg-doc-find')?.focus(),
      e: cite,
      '?': () => setHelpOpen(true),
    }
    if (/^\d$/.test(key)) return digit(key)
    const act = acts[key.toLowerCase()]
    act?.()
    return act !== undefined
  })

  return (
    <Show when={sheet.isReady()} fallback={<Loading lines={10} />}>
      <Show
        when={!isLocked()}
        fallback={<HandedIn page={props.page} items={items()} bids={bids()} party={party()} />}
      >
        <Show when={sheet.other()}>
          {(theirs) => (
            <Conflict
              count={Object.keys(theirs()).length}
              onChoose={(which) => sheet.choose(which)}
            />
          )}
        </Show>
        <Desk
          left={
            <>
              <Steps
                label={t('desk.bids')}
                steps={bids().map((b) => bidStep(b, bid()?.party))}
                onPick={setBidder}
              />
              <Steps
                label={t('desk.items', { name: bid()?.name ?? '' })}
                steps={items().map((i) => itemStep(i, item()?.id))}
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
                        phase={props.page.phase ?? 'scoring'}
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
              <SheetFoot
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
              <KeysHelp isOpen={isHelpOpen()} onOpen={setHelpOpen} />
            </>
          }
        >
          <Documents
            lot={props.page.lot}
            bid={bid()}
            wanted={wantedRole(item(), props.page.phase)}
            page={docPage()}
            onPage={setDocPage}
            onFile={setFile}
          />
        </Desk>
      </Show>
    </Show>
  )

  function bidStep(b: DeskPage['bids'][number], here: string | undefined): Step {
    const open = items().filter((i) => gapOf(sheet.entries[keyOf(b.party, i.id)], i)).length
    const isOut = b.rejected.length > 0
    return {
      id: b.party,
      text: b.name,
      value: `${items().length - open}/${items().length}`,
      state: isOut ? 'out' : open === 0 ? 'done' : 'todo',
      isHere: b.party === here,
    }
  }

  function itemStep(i: SheetItem, here: string | undefined): Step {
    const entry = sheet.entries[keyOf(bid()?.party ?? '', i.id)]
    const gap = gapOf(entry, i)
    const value = isScored(i)
      ? entry?.points
      : entry?.pass === undefined
        ? undefined
        : t(entry.pass ? 'desk.score.pass' : 'desk.score.fail')
    return {
      id: i.id,
      text: pick(i),
      ...(value ? { value } : {}),
      state: gap === null ? 'done' : gap === 'missing' ? 'todo' : 'wrong',
      isHere: i.id === here,
    }
  }
}

function wantedRole(item: SheetItem | undefined, phase: DeskPage['phase']): DeskFile['role'] {
  if (phase === 'qualification') return 'qualification'
  return item && isScored(item) ? item.kind : 'business'
}

/** Two copies of the own sheet: nothing is lost, the person says which one goes on. */
function Conflict(props: {
  count: number
  onChoose: (which: 'device' | 'server') => void
}): JSX.Element {
  return (
    <Notice tone="warn" title={t('desk.conflict.title')} live="polite">
      <p>{t('desk.conflict.text')}</p>
      <div class="yg-row">
        <button type="button" class="yg-button" onClick={() => props.onChoose('device')}>
          {t('desk.conflict.device')}
        </button>
        <button type="button" class="yg-button" onClick={() => props.onChoose('server')}>
          {t('desk.conflict.server', { count: props.count })}
        </button>
      </div>
    </Notice>
  )
}
