import { objection } from './award/objection/decider.ts'
import { evaluation } from './evaluation/evaluation/decider.ts'
import { draw } from './experts/draw/decider.ts'
import { party } from './identity/party/decider.ts'
import { platform } from './identity/platform/decider.ts'
import type { Recorded } from './kernel/decider.ts'
import type { AnyDecider } from './kernel/streams.ts'
import { openingSession } from './opening/opening-session/decider.ts'
import { access } from './supervision/access/decider.ts'
import { bid } from './tendering/bid/decider.ts'
import { lot } from './tendering/lot/decider.ts'
import { project } from './tendering/project/decider.ts'

/** Every stream kind and its decider: the event catalogue in code. */
export const deciders = {
  platform,
  party,
  project,
  lot,
  bid,
  openingSession,
  draw,
  evaluation,
  objection,
  access,
} as const

export type StreamKind = keyof typeof deciders

type EventOf<K extends StreamKind> = Parameters<(typeof deciders)[K]['evolve']>[1]
/** Names of the events of a kind of stream. */
export type EventTypeOf<K extends StreamKind> = EventOf<K>['type']
/** What an event of that name holds. */
export type EventDataOf<K extends StreamKind, T extends EventTypeOf<K>> = Omit<
  Extract<EventOf<K>, { type: T }>,
  'type' | keyof Recorded
>

/** The commands that a kind of stream takes. */
export type CommandOf<K extends StreamKind> = Parameters<(typeof deciders)[K]['decide']>[1]

/** For the store, which knows no slice. */
export const deciderMap: ReadonlyMap<string, AnyDecider> = new Map(
  Object.entries(deciders).map(([kind, decider]) => [kind, decider as unknown as AnyDecider]),
)
