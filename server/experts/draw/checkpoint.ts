import { addMs } from '../../kernel/calendar.ts'
import { decodeEntry, tileWidth } from '../../log/index.ts'
import type { Platform } from '../../platform.ts'
import type { Trade } from '../../trade.ts'

/** What fixes a draw: the checkpoint's root (hex), its size, and its signed note. */
export interface Taken {
  readonly root: string
  readonly size: number
  readonly note: string
}

/**
 * The real instant at which the trade clock reached `at`: when a move of the clock passed it, that
 * event's; else by the offset that then held. Production's offset is always zero.
 */
export function realInstantOf(trade: Pick<Trade, 'view'>, at: string): string | null {
  let offsetMs = 0
  let frozenAt: string | null = null
  for (const { event } of trade.view.events) {
    if (event.type === 'ProjectCreated') {
      // A demo's trade clock starts with the project, at the time it was given.
      const { startAt } = event.data as { startAt: string | null }
      offsetMs = Date.parse(startAt ?? event.at) - Date.parse(event.recordedAt)
    }
    if (event.type !== 'ClockMoved') continue
    // Reached while the clock ran, before this move.
    if (event.at >= at) return addMs(at, -offsetMs)
    const moved = event.data as { offsetMs: number; frozenAt: string | null }
    offsetMs = moved.offsetMs
    frozenAt = moved.frozenAt
    const reached = frozenAt ?? addMs(event.recordedAt, offsetMs)
    if (reached >= at) return event.recordedAt
  }
  return frozenAt === null ? addMs(at, -offsetMs) : null
}

/** Time of the last entry that a public checkpoint covers, ms. */
function lastEntryMs(platform: Platform, size: number): number | null {
  const last = size - 1
  const index = Math.floor(last / tileWidth)
  const width = Math.min(tileWidth, platform.ledger.size - index * tileWidth)
  const tile = platform.ledger.tile({ level: 'entries', index, width })
  if (!tile) return null
  const from = (last % tileWidth) * 43 + 2
  return decodeEntry(tile.slice(from, from + 41)).atMs
}

/**
 * The first public checkpoint at or after the real instant of T that covers DrawCommitted; null
 * until it is there. Public checkpoints come once a second and this is asked more often, so the
 * newest that fits is the first.
 */
export async function checkpointFor(
  platform: Platform,
  trade: Trade,
  lot: string,
  at: string,
): Promise<Taken | null> {
  const instant = realInstantOf(trade, at)
  const newest = platform.ledger.checkpoint()
  if (instant === null || !newest || newest.size === 0) return null
  const committed = trade.view.events.findLast(
    ({ event }) => event.stream === `draw:${lot}` && event.type === 'DrawCommitted',
  )
  if (!committed) return null
  const [leaf] = await platform.sql`
    select tick from ledger.leaves where digest = ${Buffer.from(committed.digest)}`
  if (!leaf || Number(leaf.tick) >= newest.size) return null
  const entryMs = lastEntryMs(platform, newest.size)
  if (entryMs === null || entryMs < Date.parse(instant)) return null
  return { root: Buffer.from(newest.root).toString('hex'), size: newest.size, note: newest.text }
}
