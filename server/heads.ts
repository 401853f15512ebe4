import { aboutBags } from './archive/verify/heads.ts'
import { dataOf, openedRows } from './event-data.ts'
import { canonicalize } from './formats/jcs.ts'
import type { StoredEvent } from './kernel/event.ts'
import { sideDigest } from './log/index.ts'
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
  const parties = openedParties(trade, lot)
  const joined = parties.size > 0 ? await loadJoined(platform, lot) : []
  const heads = new Map<string, StreamHead>()
  for (const stored of [
    ...trade.view.events.filter(({ event }) => belongsToLot(event.stream, trade, lot)),
    ...joined.filter((bid) => parties.has(bid.party)).flatMap((bid) => bid.view.events),
  ])
    heads.set(stored.event.stream, headOf(stored))
  return [...heads.values()]
}

const headOf = ({ event, digest }: StoredEvent): StreamHead => ({
  stream: event.stream,
  version: event.version,
  digest: Buffer.from(digest).toString('base64url'),
})

/** Whose bids the opening has rows of; none where nothing of the lot was opened: nobody is named. */
function openedParties(trade: Trade, lot: string): ReadonlySet<string> {
  return new Set(openedRows(trade.view.events, lot).map((row) => row.party))
}

/** Streams of a lot that full bags alone hold, and what hides them in the public statement. */
export interface JoinedHeads {
  readonly salt: string
  readonly heads: readonly StreamHead[]
}

/**
 * How far the streams go of those who joined and have no row in the opening: withdrawn bids too.
 * Everyone may read a statement's digest of it, and nobody learns from that how many they are.
 */
export async function joinedHeads(
  platform: Platform,
  trade: Trade,
  lot: string,
): Promise<JoinedHeads> {
  const parties = openedParties(trade, lot)
  const joined = parties.size > 0 ? await loadJoined(platform, lot) : []
  const heads = joined
    .filter((bid) => !parties.has(bid.party))
    .flatMap((bid) => bid.view.events.slice(-1).map(headOf))
    .sort((a, b) => (a.stream < b.stream ? -1 : 1))
  // The same list has the same salt, and only who has the platform's key knows it.
  const salt = platform.keys.name('joined-heads', lot, canonicalize(heads as never))
  return { salt: salt.toString('base64url'), heads }
}

/** What a statement says of them. */
export const sealOfJoined = ({ salt, heads }: JoinedHeads): string =>
  Buffer.from(sideDigest(heads as never, Buffer.from(salt, 'base64url'))).toString('base64url')

/** Whether the lot's newest statement, if it speaks of those who joined, still says how far all goes. */
export function headsStand(
  trade: Trade,
  lot: string,
  now: readonly StreamHead[],
  joined: string,
): boolean {
  const own = trade.view.events.filter(({ event }) => event.stream === `lot:${lot}`)
  const told = own.findLast(({ event }) => event.type === 'HeadsRecorded')
  const data = dataOf(told?.event, 'lot', 'HeadsRecorded')
  if (!data) return false
  const known = new Map(data.heads.map((head) => [head.stream, head]))
  const isSame = now.every(({ stream, version, digest }) => {
    const head = known.get(stream)
    if (head && stream === `lot:${lot}`)
      return own
        .filter(({ event }) => event.version > head.version)
        .every(({ event }) => aboutBags.has(event.type))
    return head?.version === version && head.digest === digest
  })
  return isSame && data.joined === joined
}
