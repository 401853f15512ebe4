import type { OpenedRow } from './opening/opening-session/state.ts'
import { loadJoined, type Platform } from './platform.ts'
import type { StreamHead } from './tendering/lot/decider.ts'
import { openingDrawId, type Trade } from './trade.ts'

/** Streams of the lot itself, and those of the project that it shares with its sisters. */
export function belongsToLot(stream: string, trade: Trade, lot: string): boolean {
  const [kind, id] = [stream.slice(0, stream.indexOf(':')), stream.slice(stream.indexOf(':') + 1)]
  if (kind === 'project' || kind === 'openingSession') return id === trade.id
  if (kind === 'objection') return true
  return id === lot || id === openingDrawId(trade.id) || id.startsWith(`${lot}/`)
}

/**
 * How far each stream goes that every bag of the lot holds. Recorded when the lot is archived, so
 * that no bag made after it can leave out the end of one. Bids count only where they were opened:
 * who joined and did not bid is named to few.
 */
export async function headsOf(platform: Platform, trade: Trade, lot: string) {
  const opened = trade.view.events.find(({ event }) => event.type === 'BidsOpened')?.event
  const { rows } = (opened?.data ?? { rows: [] }) as unknown as { rows: OpenedRow[] }
  const parties = new Set(rows.filter((row) => row.lot === lot).map((row) => row.party))
  const joined = parties.size > 0 ? await loadJoined(platform, lot) : []
  const heads = new Map<string, StreamHead>()
  for (const { event, digest } of [
    ...trade.view.events.filter(({ event }) => belongsToLot(event.stream, trade, lot)),
    ...joined.filter((bid) => parties.has(bid.party)).flatMap((bid) => bid.view.events),
  ]) {
    const { stream, version } = event
    heads.set(stream, { stream, version, digest: Buffer.from(digest).toString('base64url') })
  }
  return [...heads.values()]
}
