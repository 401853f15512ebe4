import { noStanding, type Role, rolesOf } from '../../access.ts'
import type { LiveEvent, LivePosition } from '../../kernel/bus.ts'
import { kindOf } from '../../kernel/streams.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { loadTrade, type Platform } from '../../platform.ts'
import { mayHear } from '../../readable.ts'
import { standingOf } from '../../standing.ts'
import type { Trade } from '../../trade.ts'
import { sealCursor } from './cursor.ts'

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

/** What a client is told: that something of these kinds happened in this trade; it reads again. */
export interface Message {
  readonly cursor: string
  readonly trade: string | null
  readonly kinds: readonly string[]
}

export function messageOf(
  platform: Platform,
  audience: Audience,
  heard: Heard,
  at: LivePosition,
): Message {
  return {
    cursor: sealCursor(platform.keys, at, audience.id),
    trade: heard.trade,
    kinds: [heard.kind],
  }
}

/**
 * Gives the trade that an event is judged by; null for one outside trades. For events that are all
 * there already: each trade is read once, as it stands after them.
 */
export function tradesOfEvents(platform: Platform): (event: LiveEvent) => Promise<Trade | null> {
  const read = new Map<string, Promise<Trade>>()
  return async ({ project }) => {
    if (project === null) return null
    const trade = read.get(project) ?? loadTrade(platform, project)
    read.set(project, trade)
    return trade
  }
}

const everyone: ReadonlySet<Role> = new Set<Role>(['Pub'])
/** What somebody may be in a trade by his own bid or seat. */
const ofOwnStanding: readonly Role[] = ['Bown', 'Ex', 'Ch', 'Drawn']

/**
 * The event as this audience may hear it, or null. Rights are judged at each event anew; one's own
 * bid or seat is looked up where it could make a difference alone.
 */
export async function hears(
  platform: Platform,
  { viewer }: Audience,
  { stored }: LiveEvent,
  trade: Trade | null,
): Promise<Heard | null> {
  const { event } = stored
  if (trade === null) {
    // A hidden act is heard by the party whose it is, and by nobody else.
    if (!viewer || event.actor.party !== viewer.party || kindOf(event.stream) !== 'bid') return null
    if (!platform.hidden.entry(event.stream)) await platform.hidden.refresh()
    return { trade: platform.hidden.entry(event.stream)?.project ?? null, kind: event.type }
  }
  const heard = { trade: trade.id, kind: event.type }
  if (mayHear(event, trade, everyone)) return heard
  if (!viewer) return null
  const roles = rolesOf(viewer, trade, noStanding)
  if (mayHear(event, trade, roles)) return heard
  if (!mayHear(event, trade, new Set([...roles, ...ofOwnStanding]))) return null
  const standing = await standingOf(platform, viewer, trade, undefined)
  return mayHear(event, trade, rolesOf(viewer, trade, standing)) ? heard : null
}
