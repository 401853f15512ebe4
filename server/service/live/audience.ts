import { mayCall, noStanding, type Role, rolesOf } from '../../access.ts'
import type { LiveEvent, LivePosition } from '../../kernel/bus.ts'
import type { Event } from '../../kernel/event.ts'
import { idOf, kindOf } from '../../kernel/streams.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { loadTrade, type Platform } from '../../platform.ts'
import { isCallOf, mayHear } from '../../readable.ts'
import { rolesForEvent, standingOf } from '../../standing.ts'
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

/** Hidden streams that an audience may hear: those of the party for which it listens. */
export async function hiddenStreamsOf(
  { hidden }: Platform,
  { viewer }: Audience,
): Promise<string[]> {
  if (!viewer?.roles.includes('bidder')) return []
  await hidden.ready()
  return hidden.streamsOfParty(viewer.party).map(({ stream }) => stream)
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

/** What is nobody's of a trade: one's own hidden act, one's own membership, a role to decide about. */
function heardOutside(platform: Platform, viewer: Viewer, event: Event): Heard | null {
  const { stream, type } = event
  if (kindOf(stream) === 'bid') {
    const entry = platform.hidden.entry(stream)
    return entry?.party === viewer.party ? { trade: entry.project, kind: type } : null
  }
  if (kindOf(stream) !== 'party') return null
  const isOwn = idOf(stream) === viewer.party || idOf(stream) === viewer.person
  const decides = () =>
    type === 'RolesAsked' &&
    mayCall('party.listRequests', rolesOf(viewer, null, noStanding), viewer)
  return isOwn || decides() ? { trade: null, kind: type } : null
}

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
  if (trade === null) return viewer && heardOutside(platform, viewer, event)
  const heard = { trade: trade.id, kind: event.type }
  if (mayHear(event, trade, everyone)) return heard
  if (!viewer) return null
  const roles = rolesOf(viewer, trade, noStanding)
  if (mayHear(event, trade, roles, viewer.party)) return heard
  if (isCallOf(event, trade, viewer.party)) return { trade: null, kind: event.type }
  if (!mayHear(event, trade, new Set([...roles, ...ofOwnStanding]))) return null
  const standing = rolesOf(viewer, trade, await standingOf(platform, viewer, trade, undefined))
  return mayHear(event, trade, rolesForEvent(standing, trade, event, viewer.party)) ? heard : null
}
