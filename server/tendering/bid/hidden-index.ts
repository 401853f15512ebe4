import { dataOf } from '../../event-data.ts'
import type { Sql } from '../../kernel/database.ts'
import type { StoredEvent } from '../../kernel/event.ts'
import type { Keys } from '../../kernel/keys.ts'
import { storedEvent } from '../../kernel/streams.ts'

/** What the index keeps of a hidden event: enough to find a lot's streams, in memory alone. */
interface Entry {
  readonly stream: string
  readonly project: string
  readonly lot: string
  readonly party: string
}

/** A bid revoked by its bidder, with the digest of the signed act. */
export interface Revocation {
  readonly bidder: string
  readonly reason: string
  readonly revocation: string
  readonly revokedAt: string
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key) ?? new Set()
  known.add(value)
  map.set(key, known)
}

/**
 * Which hidden streams belong to which lot. No column of the table says so: rows are opened once
 * with the platform's key, in the order of their transactions, and only names are kept. A row is
 * final when no running transaction can precede it; until then it is read again.
 */
export class HiddenIndex {
  private readonly sql: Sql
  private readonly keys: Keys
  /** By lot, then by party: bids that were revoked after the deadline. */
  private readonly revoked = new Map<string, Map<string, Revocation>>()
  private horizon = '0'
  private readonly byStream = new Map<string, Entry>()
  private readonly byLot = new Map<string, Set<string>>()
  /** `lot person`: the party that a person has acted for there. */
  private readonly byPerson = new Map<string, Set<string>>()
  private reading: Promise<void> | null = null
  private next: Promise<void> | null = null

  constructor(sql: Sql, keys: Keys) {
    this.sql = sql
    this.keys = keys
  }

  /** Reads every row committed by now. */
  async refresh(): Promise<void> {
    // A look already under way may have begun too early; all who come meanwhile share the next.
    this.next ??= this.readAfter(this.reading)
    await this.next
  }

  private async readAfter(other: Promise<void> | null): Promise<void> {
    await other?.catch(() => {})
    this.next = null
    this.reading = this.read()
    await this.reading
  }

  private async read(): Promise<void> {
    const [{ horizon }] = await this.sql`
      select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`
    const rows = await this.sql`
      select position, stream, digest, body, salt, sealed from log.events
      where sealed is not null and xid >= ${this.horizon}::xid8 order by position`
    for (const row of rows) this.keep(storedEvent(row as never, this.keys))
    this.horizon = horizon
  }

  private keep({ event }: StoredEvent): void {
    const joined = dataOf(event, 'bid', 'LotJoined')
    if (joined && !this.byStream.has(event.stream)) {
      this.byStream.set(event.stream, { stream: event.stream, ...joined })
      add(this.byLot, joined.lot, event.stream)
    }
    const entry = this.byStream.get(event.stream)
    const gone = dataOf(event, 'bid', 'BidRevoked')
    if (entry && gone) {
      const { reason, act } = gone
      const ofLot = this.revoked.get(entry.lot) ?? new Map<string, Revocation>()
      const row = { bidder: entry.party, reason, revocation: act, revokedAt: event.at }
      this.revoked.set(entry.lot, ofLot.set(entry.party, row))
    }
    const { person } = event.actor
    if (entry && person) add(this.byPerson, `${entry.lot} ${person}`, entry.party)
  }

  /** Whether a person has acted in a lot for another party than this one. */
  actedForAnother(lot: string, person: string, party: string): boolean {
    return [...(this.byPerson.get(`${lot} ${person}`) ?? [])].some((one) => one !== party)
  }

  /** Bids of a lot that were revoked, as known by the last `refresh`. */
  revocationsOf(lot: string): Revocation[] {
    return [...(this.revoked.get(lot)?.values() ?? [])]
  }

  /** Streams of all who joined a lot, in no telling order. */
  streamsOfLot(lot: string): string[] {
    return [...(this.byLot.get(lot) ?? [])].sort()
  }

  /** Whose a hidden stream is; undefined where it is none of a lot. */
  entry(stream: string): Entry | undefined {
    return this.byStream.get(stream)
  }

  /** Every stream of one party. */
  streamsOfParty(party: string): Entry[] {
    return [...this.byStream.values()].filter((e) => e.party === party)
  }
}
