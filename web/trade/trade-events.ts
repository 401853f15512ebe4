import type { Page, TradeEvent } from '../shell/answers.ts'
import { get } from '../shell/api.ts'

/** Every event of a trade that the viewer may read, oldest first, however many pages they fill. */
export async function readEvents(trade: string): Promise<readonly TradeEvent[]> {
  const all: TradeEvent[] = []
  let next: string | null = `/api/projects/${trade}/events`
  while (next) {
    const page: Page<TradeEvent> = await get<Page<TradeEvent>>(next)
    all.push(...page.items)
    next = page.next
  }
  return all
}

/** Which event proves a fact: its type, of which lot, and whom of those in it the fact is about. */
export interface Wanted {
  /** An event's type, of which the newest is meant, or its digest. */
  readonly event: string
  readonly lot?: string
  /** A party in the event: of an opening that holds all bids, one bidder's own part. */
  readonly of?: string
}

/** Where a mark ◈ leads: the record, opened at the event that proves the fact. */
export function proofHref(trade: string, { event, lot, of }: Wanted): string {
  const query = new URLSearchParams({ event, ...(lot ? { lot } : {}), ...(of ? { of } : {}) })
  return `/t/${trade}/ledger?${query}`
}

export function findEvent(
  events: readonly TradeEvent[],
  { event, lot }: Wanted,
): TradeEvent | undefined {
  return events.findLast(
    (one) =>
      one.digest === event || (one.type === event && (!lot || one.lot === null || one.lot === lot)),
  )
}

/** The smallest part of an event that names a party; null where it names none. */
export function partOf(value: unknown, party: string): unknown {
  if (typeof value !== 'object' || value === null) return null
  const inner = Object.values(value)
    .map((one) => partOf(one, party))
    .find((part) => part !== null)
  if (inner !== undefined) return inner
  return Object.values(value).includes(party) ? value : null
}
