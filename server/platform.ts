import { createHash } from 'node:crypto'
import type { Config } from './config.ts'
import { factsFor } from './facts.ts'
import { canonicalize } from './formats/jcs.ts'
import type { TrustState } from './identity/trust-state.ts'
import type { SignedBytes } from './kernel/act-row.ts'
import type { Bus } from './kernel/bus.ts'
import { builtInCalendar, type Calendar } from './kernel/calendar.ts'
import type { TradeClock } from './kernel/clock.ts'
import type { Sql } from './kernel/database.ts'
import type { Actor } from './kernel/decider.ts'
import type { Keys } from './kernel/keys.ts'
import type { Ledger } from './kernel/ledger.ts'
import { ProblemError } from './kernel/problem.ts'
import type { ActOutcome, Store } from './kernel/store.ts'
import type { StreamView } from './kernel/streams.ts'
import type { CommandOf, StreamKind } from './streams.ts'
import type { State as BidState } from './tendering/bid/decider.ts'
import type { HiddenIndex } from './tendering/bid/hidden-index.ts'
import { type Trade, tradeOf } from './trade.ts'

/** What the running server is made of; routes and policies get it, pure code never does. */
export interface Platform {
  readonly config: Config
  readonly sql: Sql
  readonly keys: Keys
  readonly store: Store
  readonly ledger: Ledger
  readonly bus: Bus
  readonly hidden: HiddenIndex
  /** Working days as loaded: the built-in years, and those of the platform's own stream. */
  calendar: Calendar
  /** Data folder: uploads, files, keys, second store. */
  readonly folder: string
  /** The trust list in force; null in a production that has loaded none: nothing can be signed. */
  trust: TrustState | null
  /** The web origin that pages are served from. */
  origin: string
}

/** One act of a room, in the words of its decider. */
export type RoomAct = {
  [K in StreamKind]: ActFrame & { readonly kind: K; readonly command: CommandOf<K> }
}[StreamKind]

interface ActFrame {
  /** The stream's id; for a bid: [lot, party]. */
  readonly id: string | readonly [string, string]
  readonly project: string | null
  readonly actor: Actor
  readonly key?: string
  readonly signed?: SignedBytes | null
  /** Facts that only the caller can know: live bids, checked files. */
  readonly extra?: Readonly<Record<string, unknown>>
  readonly clock?: TradeClock
  readonly tag?: Uint8Array
}

/** Judges and appends an act of a room. @throws ProblemError */
export async function actOf(platform: Platform, act: RoomAct): Promise<ActOutcome> {
  const { kind, id, project, command, actor, key, signed, extra, clock, tag } = act
  if (platform.ledger.behind) throw new ProblemError('ledger-behind-checkpoint')
  const hidden = typeof id !== 'string'
  const stream = hidden ? platform.store.hiddenStream(kind, ...id) : `${kind}:${id}`
  return platform.store.act({
    stream,
    hidden,
    project,
    command,
    actor,
    ...(key ? { key } : {}),
    ...(signed ? { signed } : {}),
    ...(clock ? { clock } : {}),
    ...(tag ? { tag } : {}),
    facts: (view, now) =>
      factsFor(
        platform,
        kind,
        hidden ? id : [id],
        view ? tradeOf(view, now, platform.calendar) : null,
        {
          ...extra,
          command,
          actor,
        },
      ),
  })
}

/** A trade as it is now; throws `not-found` where there is no such project. */
export async function loadTrade(platform: Platform, project: string): Promise<Trade> {
  const view = await platform.store.project(project)
  if (view.position === 0) throw new ProblemError('not-found')
  return tradeOf(view, await platform.store.now(project), platform.calendar)
}

/** A party's hidden stream in a lot. */
export function loadBid(platform: Platform, lot: string, party: string): Promise<StreamView> {
  return platform.store.stream(platform.store.hiddenStream('bid', lot, party), true)
}

/** A joined party of a lot, with its hidden state. */
export interface JoinedBid {
  readonly stream: string
  readonly party: string
  readonly state: Exclude<BidState, { stage: 'none' }>
  readonly view: StreamView
}

/** All who joined a lot. Before the deadline no answer to anyone may depend on their number. */
export async function loadJoined(platform: Platform, lot: string): Promise<JoinedBid[]> {
  await platform.hidden.refresh()
  const found: JoinedBid[] = []
  for (const stream of platform.hidden.streamsOfLot(lot)) {
    const view = await platform.store.stream(stream, true)
    const state = view.state as BidState
    if (state.stage !== 'none') found.push({ stream, party: state.party, state, view })
  }
  return found
}

/** base64url SHA-256 of a value's canonical bytes. */
export function digestOfJson(value: unknown): string {
  return createHash('sha256').update(canonicalize(value)).digest('base64url')
}

export { builtInCalendar }
