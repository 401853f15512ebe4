import { For, type JSX, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { pick, t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { SealMark } from '../kit/proof.tsx'
import { Loading, Notice } from '../kit/status.tsx'
import type { TradeLot, TradePage } from '../shell/answers.ts'
import { get } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import type { EventAnswer } from './check-event.ts'
import { findEvent, proofHref, readEvents } from './trade-events.ts'

/** Why a lot ended early or stands still, as its own event says. */
interface Ending {
  readonly lot: TradeLot
  readonly type: 'LotFailed' | 'LotTerminated' | 'LotSuspended'
  readonly at: string
  readonly digest: string
  readonly why: string
}

const endingOf = (lot: TradeLot): Ending['type'] | null =>
  lot.stage === 'failed'
    ? 'LotFailed'
    : lot.stage === 'terminated'
      ? 'LotTerminated'
      : lot.suspended
        ? 'LotSuspended'
        : null

/**
 * What ended a trade before its time, said first on each of its pages: the ground out of the event
 * that anyone may read, when it was, and its proof. Nothing where no lot has ended or is suspended.
 * @param props.lot of one lot alone
 */
export function Ended(props: { trade: TradePage; lot?: string }): JSX.Element {
  const lots = () =>
    props.trade.lots.filter((lot) => endingOf(lot) !== null && (!props.lot || lot.id === props.lot))
  const endings = createLive(
    () => readEndings(props.trade.id, lots()),
    () => [props.trade.id],
  )
  const name = (lot: TradeLot) => (props.trade.lots.length > 1 ? `${pick(lot.terms.title)}：` : '')
  const isComing = () => lots().length > 0 && endings.isLoading() && !endings()
  return (
    <For
      each={lots().length > 0 ? endings() : []}
      fallback={isComing() && <Loading lines={4} isPart />}
    >
      {(one) => (
        <Notice tone="warn" title={`${name(one.lot)}${t(`ended.${one.type}`)}`}>
          <Show when={one.why}>
            <p>{one.why}</p>
          </Show>
          <p class="yg-note">
            {time(one.at)}{' '}
            <SealMark
              of={t(`ended.${one.type}`)}
              href={proofHref(props.trade.id, { event: one.digest })}
            />
          </p>
        </Notice>
      )}
    </For>
  )
}

async function readEndings(trade: string, lots: readonly TradeLot[]): Promise<readonly Ending[]> {
  if (lots.length === 0) return []
  const events = await readEvents(trade)
  const all = await Promise.all(
    lots.map(async (lot): Promise<Ending | null> => {
      const type = endingOf(lot)
      const event = type && findEvent(events, { event: type, lot: lot.id })
      if (!type || !event) return null
      const { digest, at } = event
      const { event: whole } = await get<EventAnswer>(`/api/projects/${trade}/events/${digest}`)
      return { lot, type, at, digest, why: whyOf(whole.data as Record<string, unknown>) }
    }),
  )
  return all.filter((one) => one !== null)
}

/** A ground or cause that the law names, in words; else the reason as it was written. */
function whyOf(data: Record<string, unknown>): string {
  const named = String(data.ground ?? data.cause ?? '')
  const key = `ended.why.${named}` as TextKey
  if (named && t(key) !== key) return t(key)
  return String(data.reason ?? named)
}
