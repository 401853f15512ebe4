import type { AnyDecider } from './kernel/streams.ts'
import { party } from './identity/party/decider.ts'
import { openingSession } from './opening/opening-session/decider.ts'
import { bid } from './tendering/bid/decider.ts'
import { lot } from './tendering/lot/decider.ts'
import { project } from './tendering/project/decider.ts'

/** Every stream kind and its decider: the event catalogue in code. */
export const deciders = { party, project, lot, bid, openingSession } as const

export type StreamKind = keyof typeof deciders

/** For the store, which knows no slice. */
export const deciderMap: ReadonlyMap<string, AnyDecider> = new Map(
  Object.entries(deciders).map(([kind, decider]) => [kind, decider as unknown as AnyDecider]),
)
