import { noStanding, type Role, type StandingFacts } from './access.ts'
import { isSealed, isSeated } from './evaluation/evaluation/rules-seated.ts'
import type { Event } from './kernel/event.ts'
import type { Viewer } from './kernel/viewer.ts'
import { loadBid, type Platform } from './platform.ts'
import { lotOfStream } from './readable.ts'
import { lotIds, type Trade } from './trade.ts'

/** What a signed-in viewer is in a trade beyond its named parties: its own hidden streams tell. */
export async function standingOf(
  platform: Platform,
  viewer: Viewer,
  trade: Trade | null,
  lot: string | undefined,
): Promise<StandingFacts> {
  if (trade?.project.stage !== 'published') return noStanding
  const lots = lot ? [lot] : lotIds(trade.project)
  const bids = viewer.roles.includes('bidder')
    ? await Promise.all(lots.map((id) => loadBid(platform, id, viewer.party)))
    : []
  const joined = bids.some((b) => b.state.stage !== 'none')
  return { joined, ...seatsOf(trade, lots, viewer.party) }
}

/** Whether a party is called, sits in the committee, or chairs it. */
function seatsOf(trade: Trade, lots: readonly string[], party: string) {
  const isDrawn = (id: string) => {
    const draw = trade.draws.get(id)
    if (draw?.stage !== 'notifying' && draw?.stage !== 'complete') return false
    return draw.named.some((r) => r.id === party) || draw.seats.some((s) => s.expert === party)
  }
  const seated = lots.filter((id) => isSeated(trade, id, party))
  const isChairOf = (id: string) => {
    const work = trade.evaluations.get(id)
    return work !== undefined && 'chair' in work && work.chair === party
  }
  return { drawn: lots.some(isDrawn), member: seated.length > 0, chair: seated.some(isChairOf) }
}

/** Roles that a seat in one lot's committee gives, and in that lot alone. */
const ofSeat: readonly Role[] = ['Ex', 'Ch', 'Drawn']

/**
 * The roles by which someone reads one event of a trade. A seat counts for its own lot, and not for
 * the work of a committee that was dissolved before the present one.
 */
export function rolesForEvent(
  roles: ReadonlySet<Role>,
  trade: Trade,
  event: Pick<Event, 'stream' | 'version'>,
  party: string | undefined,
): ReadonlySet<Role> {
  const lot = lotOfStream(event.stream)
  if (lot === undefined || party === undefined || !ofSeat.some((role) => roles.has(role)))
    return roles
  const evaluation = trade.evaluations.get(lot)
  const isOfFormer = event.stream === `evaluation:${lot}` && isSealed(evaluation, event.version)
  const { member, chair, drawn } = seatsOf(trade, [lot], party)
  const left = new Set([...roles].filter((role) => !ofSeat.includes(role)))
  if (member && !isOfFormer) left.add('Ex')
  if (chair && !isOfFormer) left.add('Ch')
  if (drawn) left.add('Drawn')
  return left
}
