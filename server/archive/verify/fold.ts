import { Folder, kindOf } from '../../kernel/streams.ts'
import { deciderMap } from '../../streams.ts'
import type { Trade } from '../../trade.ts'
import { tradeOf } from '../../trade.ts'
import type { BagEvent } from './events.ts'
import type { Report } from './report.ts'

/** Streams of the bag, folded by the same deciders that the platform runs. */
export interface Folded {
  /** The state of a stream before one of its events; undefined where the bag withholds a part. */
  before(event: BagEvent): unknown
  /** The trade as its last events left it. */
  readonly trade: Trade
}

const folder = new Folder(deciderMap)

/**
 * Folds every stream that the bag shows whole. An event that its own state machine could not have
 * reached is a corrupt stream.
 */
export function foldEvents(trade: string, events: readonly BagEvent[], report: Report): Folded {
  const states = new Map<string, unknown>()
  const before = new Map<BagEvent, unknown>()
  const broken = new Set<string>()
  const view = { id: trade, position: 0, streams: new Map(), events: [] }
  for (const one of events) {
    const { stream, event } = one
    if (!deciderMap.has(kindOf(stream)) || broken.has(stream)) continue
    if (!event) {
      broken.add(stream) // withheld: the state cannot be known from here on
      states.delete(stream)
      continue
    }
    const state = states.has(stream) ? states.get(stream) : folder.decider(kindOf(stream)).initial
    before.set(one, state)
    try {
      states.set(stream, folder.evolve(kindOf(stream), state as never, event as never))
    } catch (error) {
      // What it had reached stays: a break in one stream hides nothing that others show.
      broken.add(stream)
      report.fail(
        'ledger',
        'stream-corrupt',
        { stream, version: one.version, path: one.path },
        {
          found: (error as Error).message,
        },
      )
    }
  }
  for (const [stream, state] of states)
    view.streams.set(stream, { ...folder.empty(stream), state } as never)
  const times = events.map((e) => e.event?.at ?? '').sort()
  const now = times.at(-1) ?? ''
  return { before: (event) => before.get(event), trade: tradeOf(view as never, now) }
}
