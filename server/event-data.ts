import type { OpenedRow } from './opening/opening-session/state.ts'
import type { EventDataOf, EventTypeOf, StreamKind } from './streams.ts'

/** An event as the store and a bag both have it. */
interface Told {
  readonly stream: string
  readonly type: string
  readonly data: unknown
}

/**
 * What an event holds, by its kind of stream and type; null where it is another's. The one place
 * where stored data takes the type that its decider gave it: an event of ours has it, and one of a
 * bag only as far as the log proves it to be ours.
 */
export function dataOf<K extends StreamKind, T extends EventTypeOf<K>>(
  event: Told | null | undefined,
  kind: K,
  type: T,
): EventDataOf<K, T> | null {
  if (event?.type !== type || !event.stream.startsWith(`${kind}:`)) return null
  return event.data as EventDataOf<K, T>
}

/** Rows of a lot in the one event that opened its bids; none where nothing of it was opened. */
export function openedRows(
  events: readonly { readonly event: Told | null }[],
  lot: string,
): OpenedRow[] {
  for (const { event } of events) {
    const opened = dataOf(event, 'openingSession', 'BidsOpened')
    if (opened) return opened.rows.filter((row) => row.lot === lot)
  }
  return []
}
