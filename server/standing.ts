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
  if (!trade || trade.project.stage !== 'published') return noStanding
  const lots = lot ? [lot] : lotIds(trade.project)
  const bids = viewer.roles.includes('bidder')
    ? await Promise.all(lots.map((id) => loadBid(platform, id, viewer.party)))
    : []
  return { ...noStanding, joined: bids.some((b) => b.state.stage !== 'none') }
}
