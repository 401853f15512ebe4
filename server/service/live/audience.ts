import { noStanding, rolesOf } from '../../access.ts'
import type { LiveEvent } from '../../kernel/bus.ts'
import { kindOf } from '../../kernel/streams.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { loadTrade, type Platform } from '../../platform.ts'
import { mayHear } from '../../readable.ts'
import { standingOf } from '../../standing.ts'

/** Who listens; the id names the audience that a cursor belongs to. */
export interface Audience {
  readonly viewer: Viewer | null
  readonly id: string
}

export function audienceOf(viewer: Viewer | null): Audience {
  return { viewer, id: viewer ? `${viewer.party} ${viewer.person}` : 'public' }
}

/** What an audience hears of an event: its trade and type, nothing of its content. */
export interface Heard {
  readonly trade: string | null
  readonly kind: string
}

/** The event as this audience may hear it, or null. Rights are judged at each event anew. */
export async function hears(
  platform: Platform,
  { viewer }: Audience,
  { stored, project }: LiveEvent,
): Promise<Heard | null> {
  const { event } = stored
  const kind = kindOf(event.stream)
  if (project === null) {
    // A hidden act is heard by the party whose it is, and by nobody else.
    if (!viewer || event.actor.party !== viewer.party || kind !== 'bid') return null
    const entry = platform.hidden.entry(event.stream)
    return { trade: entry?.project ?? null, kind: event.type }
  }
  const trade = await loadTrade(platform, project)
  const standing = viewer ? await standingOf(platform, viewer, trade, undefined) : noStanding
  const roles = rolesOf(viewer, trade, standing)
  return mayHear(event, trade, roles) ? { trade: project, kind: event.type } : null
}
