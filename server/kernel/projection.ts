import type { Tx } from './database.ts'
import type { AnyMessage, Recorded } from './decider.ts'
import type { StoredEvent } from './event.ts'
import type { ProjectView } from './streams.ts'

/**
 * Read tables of one room: one event, one statement or two, in the commit that appends the event.
 * Reads nothing but the event and the folded project; `npm run rebuild` makes the same rows again.
 */
export type Projection<E extends AnyMessage> = {
  readonly [K in E['type']]?: (
    tx: Tx,
    event: Extract<E, { type: K }> &
      Recorded & { readonly stream: string; readonly position: number },
    view: ProjectView | null,
  ) => Promise<unknown>
}

/** Runs a room's projection on a stored event, where it has a statement for it. */
export async function projectEvent(
  projection: Projection<AnyMessage>,
  tx: Tx,
  stored: StoredEvent,
  view: ProjectView | null,
): Promise<void> {
  const { event, position } = stored
  const run = (
    projection as Record<string, ((...args: unknown[]) => Promise<unknown>) | undefined>
  )[event.type]
  await run?.(
    tx,
    {
      ...event.data,
      type: event.type,
      at: event.at,
      recordedAt: event.recordedAt,
      actor: event.actor,
      version: event.version,
      stream: event.stream,
      position,
    },
    view,
  )
}
