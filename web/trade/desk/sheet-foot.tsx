import { createSignal, For, type JSX, Show } from 'solid-js'
import type { SheetRow } from '../../../server/evaluation/evaluation/rules-sheets.ts'
import { time } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Notice, RefusalNote, Tag } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { signAndSend } from '../../shell/signer.ts'
import { useAct } from '../use-act.ts'
import type { DeskBid, DeskPage } from './desk-answers.ts'
import { gapsOf, rowsOf, type SheetItem } from './sheet.ts'
import type { OwnSheet } from './use-sheet.ts'

const most = 12

export interface SheetFootProps {
  readonly trade: TradePage
  readonly page: DeskPage
  readonly live: Live<DeskPage>
  readonly sheet: OwnSheet
  readonly items: readonly SheetItem[]
  readonly bids: readonly DeskBid[]
  readonly onGo: (bidder: string, item: string) => void
}

/** A member's own sheet of the phase: how it is kept, what it lacks, the act that hands it in. */
export function SheetFoot(props: SheetFootProps): JSX.Element {
  return (
    <Foot
      {...props}
      law={t('desk.foot.law')}
      verb={t('desk.foot.submit')}
      sign={(rows) =>
        signAndSend(
          'submit-sheet',
          { subject: props.page.subject, phase: props.page.phase ?? 'scoring', rows: [...rows] },
          { tender: props.trade.id, lot: props.page.lot, verb: t('desk.foot.verb') },
          (body, key) => post(`/api/lots/${props.page.lot}/evaluation/sheets`, body, { key }),
        )
      }
    />
  )
}

/** The purchaser's or agency's review of qualification, handed in the same way. */
export function ReviewFoot(props: SheetFootProps): JSX.Element {
  return (
    <Foot
      {...props}
      law={t('desk.review.law')}
      verb={t('desk.review.submit')}
      sign={(rows) =>
        signAndSend(
          'submit-qualification-review',
          { subject: props.page.subject, rows: [...rows] },
          { tender: props.trade.id, lot: props.page.lot, verb: t('desk.review.verb') },
          (body, key) =>
            post(`/api/lots/${props.page.lot}/evaluation/qualification-review`, body, { key }),
        )
      }
    />
  )
}

function Foot(
  props: SheetFootProps & {
    law: string
    verb: string
    sign: (rows: readonly SheetRow[]) => Promise<unknown>
  },
): JSX.Element {
  const [areGapsShown, setGapsShown] = createSignal(false)
  const acting = useAct(async () => {
    props.sheet.drop()
    await props.live.refresh()
  })
  const bidders = () => props.bids.map((b) => b.party)
  const gaps = () => gapsOf(props.sheet.entries, bidders(), props.items)
  const all = () => props.bids.length * props.items.length
  const nameOf = (party: string) => props.bids.find((b) => b.party === party)?.name ?? party

  async function submit(): Promise<void> {
    setGapsShown(gaps().length > 0)
    if (gaps().length > 0) return
    await props.sheet.saveNow()
    const rows = rowsOf(props.sheet.entries, bidders(), props.items)
    await acting.run('submit', () => props.sign(rows))
  }

  return (
    <section class="yg-card" aria-label={t('desk.foot.label')}>
      <div class="yg-row" data-spread="">
        <strong>{t('desk.foot.progress', { done: all() - gaps().length, all: all() })}</strong>
        <Kept sheet={props.sheet} />
      </div>
      <Show when={areGapsShown() && gaps().length > 0}>
        <Notice tone="warn" title={t('desk.foot.gaps', { count: gaps().length })} live="assertive">
          <ul class="yg-desk-gaps">
            <For each={gaps().slice(0, most)}>
              {(one) => (
                <li>
                  <Button small kind="plain" onPress={() => props.onGo(one.bidder, one.item.id)}>
                    {t(`desk.gap.${one.gap}`, { bid: nameOf(one.bidder), item: pick(one.item) })}
                  </Button>
                </li>
              )}
            </For>
          </ul>
          <Show when={gaps().length > most}>
            <p>{t('desk.foot.more', { count: gaps().length - most })}</p>
          </Show>
        </Notice>
      </Show>
      <RefusalNote text={acting.problem()} />
      <p class="yg-note">{props.law}</p>
      <div>
        <Button
          kind={gaps().length === 0 ? 'primary' : 'secondary'}
          pending={acting.busy() !== null}
          onPress={() => void submit()}
        >
          {props.verb}
        </Button>
      </div>
    </section>
  )
}

/** 已保存 is said only once the server has it. */
function Kept(props: { sheet: OwnSheet }): JSX.Element {
  const kept = () => props.sheet.kept()
  return (
    <span role="status">
      <Show when={kept().is === 'saved' && kept().at}>
        {(at) => <Tag tone="ok">{t('desk.kept.saved', { time: time(at()).slice(-8) })}</Tag>}
      </Show>
      <Show when={kept().is === 'saving'}>
        <Tag>{t('desk.kept.saving')}</Tag>
      </Show>
      <Show when={kept().is === 'device'}>
        <Tag tone="warn">{t('desk.kept.device')}</Tag>
      </Show>
    </span>
  )
}
