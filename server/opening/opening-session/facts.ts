import { createHash } from 'node:crypto'
import { canonicalBytes } from '../../formats/jcs.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import { type OpeningWindows, openingWindows } from '../../tendering/project/document.ts'
import { lotIds, type Trade } from '../../trade.ts'
import type { Facts } from './decider.ts'
import { openingRecord } from './record.ts'
import { hallOpensAt } from './rules.ts'

/** What the session's guards know of the trade that the decision has seen. */
export function openingFacts(trade: Trade): Facts {
  const { project, lots } = trade
  const published = project.stage === 'published' ? project : null
  const windows: OpeningWindows = published?.document.opening ?? openingWindows.parse({})
  const stages = published ? lotIds(published).map((id) => lots.get(id)?.stage ?? 'none') : []
  return {
    deadline: published?.bidDeadline ?? null,
    hallOpensAt: published ? hallOpensAt(published.bidDeadline, windows) : null,
    windows,
    host: project.stage === 'none' ? '' : project.agency,
    witness: project.stage === 'none' ? '' : project.tradingCentre,
    waitingLots: stages.filter((s) => s === 'none' || s === 'tendering').length,
    openLots: [...lots].filter(([, lot]) => lot.stage === 'opening').map(([id]) => id),
    recordSha256: trade.session.stage === 'closing' ? recordDigest(trade) : null,
  }
}

/** base64url SHA-256 of the record as it stands: what host and witness sign. */
export function recordDigest(trade: Trade): string {
  const record = openingRecord(trade.project as PublishedState, trade.session)
  return createHash('sha256').update(canonicalBytes(record)).digest('base64url')
}
