import { logInKeys, partyList } from './identity/party/projection.ts'
import type { Tx } from './kernel/database.ts'
import type { AnyMessage } from './kernel/decider.ts'
import type { StoredEvent } from './kernel/event.ts'
import { type Projection, projectEvent } from './kernel/projection.ts'
import { kindOf, type ProjectView } from './kernel/streams.ts'
import { tradeStages } from './tendering/lot/projection.ts'
import { projectList, tradeList } from './tendering/project/projection.ts'

/** Read tables, by the kind of stream whose events make them. */
export const projections: Readonly<Record<string, readonly Projection<AnyMessage>[]>> = {
  party: [partyList as Projection<AnyMessage>, logInKeys as Projection<AnyMessage>],
  project: [projectList as Projection<AnyMessage>, tradeList as Projection<AnyMessage>],
  lot: [tradeStages as Projection<AnyMessage>],
}

/** Writes the read tables of events, in the commit that appends them. */
export async function projectAll(
  tx: Tx,
  view: ProjectView | null,
  events: readonly StoredEvent[],
): Promise<void> {
  for (const stored of events)
    for (const projection of projections[kindOf(stored.event.stream)] ?? [])
      await projectEvent(projection, tx, stored, view)
}
