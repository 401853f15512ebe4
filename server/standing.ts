import { noStanding, type StandingFacts } from './access.ts'
import type { Viewer } from './kernel/viewer.ts'
import { loadBid, type Platform } from './platform.ts'
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
  const drawn = lots.filter((id) => {
    const draw = trade.draws.get(id)
    if (draw?.stage !== 'notifying' && draw?.stage !== 'complete') return false
    return draw.named.some((r) => r.id === party) || draw.seats.some((s) => s.expert === party)
  })
  // One who was put on a replaced member's seat is a member once he has accepted.
  const isCalled = (id: string) => {
    const draw = trade.draws.get(id)
    return (
      (draw?.stage === 'notifying' || draw?.stage === 'complete') &&
      draw.seats.some((s) => s.expert === party && s.status === 'called')
    )
  }
  const works = lots.flatMap((id) => {
    const evaluation = trade.evaluations.get(id)
    return evaluation && 'members' in evaluation && !isCalled(id) ? [evaluation] : []
  })
  return {
    drawn: drawn.length > 0,
    member: works.some((w) => w.members.some((m) => m.id === party)),
    chair: works.some((w) => w.chair === party),
  }
}
