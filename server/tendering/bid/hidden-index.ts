import { dataOf } from '../../event-data.ts'
import type { Sql } from '../../kernel/database.ts'
import type { Committed, Event } from '../../kernel/event.ts'
import type { Keys } from '../../kernel/keys.ts'
import { kindOf, storedEvent } from '../../kernel/streams.ts'

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

/** A question as others see it: when it was asked and what, nothing of who. */
export interface Question {
  /** Made of the asker's own id under the platform's key, so that it tells and links nobody. */
  readonly id: string
  /** The asker's own, which nobody else is told. */
  readonly askedAs: string
  readonly text: string
  /** By the database's own time: a trade's clock may stand still. */
  readonly askedAt: string
}

/** The name by which others know a question. */
export function questionName(keys: Keys, stream: string, id: string): string {
  return `q-${keys.name('question', stream, id).subarray(0, 16).toString('base64url')}`
}

const inOrderAsked = (a: Question, b: Question) => (a.askedAt + a.id < b.askedAt + b.id ? -1 : 1)

function add<V>(map: Map<string, Set<V>>, key: string, value: V): void {
  const known = map.get(key) ?? new Set()
  known.add(value)
  map.set(key, known)
}

/**
 * A reading of the table under way: where it stands, where it ends, whatever is written meanwhile,
 * and before which transaction all is final once it is through.
 */
interface Sweep {
  readonly final: string
  readonly end: string
  xid: string
  position: number
}
interface Place {
  readonly position: string
  readonly xid: string
  readonly is_hidden: boolean
}

/** Positions that need not be opened again, at most. */
const mostLearnt = 20_000

/**
 * Which hidden streams belong to which lot. No column of the table says so: rows are opened once
 * with the platform's key, in the order of their transactions, a page at a time, and only names and
 * questions are kept. A row is final when no running transaction can precede it; until then its
 * place is looked at again. What this process commits, and what the bus hands on, is learnt at once.
 */
export class HiddenIndex {
  private readonly sql: Sql
  private readonly keys: Keys
  /** Rows that one statement looks at. */
  private readonly pageSize: number
  /** By lot, then by party: bids that were revoked after the deadline. */
  private readonly revoked = new Map<string, Map<string, Revocation>>()
  /** By lot, then by name. */
  private readonly questions = new Map<string, Map<string, Question>>()
  /** By lot, then by stream and bond: who paid it, and whether it is still held. */
  private readonly bonds = new Map<string, Map<string, { party: string; isHeld: boolean }>>()
  /** All rows of transactions before it are kept. */
  private horizon = '0'
  private sweep: Sweep | null = null
  /** Positions that are kept and may be met again. */
  private readonly learnt = new Set<number>()
  private isWhole = false
  private readonly byStream = new Map<string, Entry>()
  private readonly byLot = new Map<string, Set<string>>()
  private readonly byParty = new Map<string, Set<Entry>>()
  /** `lot person`: the party that a person has acted for there. */
  private readonly byPerson = new Map<string, Set<string>>()
  private reading: Promise<void> | null = null
  private next: Promise<void> | null = null

  constructor(sql: Sql, keys: Keys, pageSize = 2000) {
    this.sql = sql
    this.keys = keys
    this.pageSize = pageSize
  }

  /** Reads every row committed by now. */
  async refresh(): Promise<void> {
    // A look already under way may have begun too early; all who come meanwhile share the next.
    this.next ??= this.readAfter(this.reading)
    await this.next
  }

  /**
   * Waits until all is known that this process has committed or the bus has handed on: one reading
   * after the start, and nothing more. What it takes tells nothing of what others do meanwhile.
   */
  async ready(): Promise<void> {
    if (!this.isWhole) await this.refresh()
  }

  /** The bus has passed something by: what is known has gaps until it is read again. */
  forgetReady(): void {
    this.isWhole = false
  }

  /** Takes in a committed event that needs no reading. */
  learn({ stored: { event, position } }: Committed): void {
    if (kindOf(event.stream) !== 'bid' || this.learnt.has(position)) return
    // Of a stream whose beginning is not known yet nothing can be told: the reading will come to it.
    if (event.type !== 'LotJoined' && !this.byStream.has(event.stream)) return
    this.keep(event)
    this.remember(position)
  }

  private async readAfter(other: Promise<void> | null): Promise<void> {
    await other?.catch(() => {})
    this.next = null
    this.reading = this.read()
    await this.reading
  }

  private async read(): Promise<void> {
    // One that was broken off goes on where it stood; what came since it began is for the next.
    if (this.sweep) await this.goThrough(this.sweep)
    const [{ final, end }] = await this.sql`
      select pg_snapshot_xmin(s)::text as final, pg_snapshot_xmax(s)::text as end
      from pg_current_snapshot() s`
    this.sweep = { final, end, xid: this.horizon, position: 0 }
    await this.goThrough(this.sweep)
    this.isWhole = true
  }

  private async goThrough(sweep: Sweep): Promise<void> {
    for (;;) {
      const places = await this.sql<Place[]>`
        select position, xid::text as xid, sealed is not null as is_hidden from log.events
        where xid >= ${sweep.xid}::xid8 and xid < ${sweep.end}::xid8
          and (xid > ${sweep.xid}::xid8 or position > ${sweep.position})
        order by log.events.xid, position limit ${this.pageSize}`
      const hidden = places.filter((place) => place.is_hidden).map(({ position }) => position)
      await this.open(hidden.filter((position) => !this.learnt.has(Number(position))))
      const last = places.at(-1)
      if (last) Object.assign(sweep, { xid: last.xid, position: Number(last.position) })
      if (places.length < this.pageSize) break
    }
    this.horizon = sweep.final
    this.sweep = null
  }

  private async open(positions: readonly string[]): Promise<void> {
    if (positions.length === 0) return
    const rows = await this.sql`
      select position, stream, digest, body, salt, sealed from log.events
      where position = any(${positions as string[]}::bigint[]) order by xid, position`
    for (const row of rows) {
      const { event, position } = storedEvent(row as never, this.keys)
      this.keep(event)
      this.remember(position)
    }
  }

  private remember(position: number): void {
    this.learnt.add(position)
    if (this.learnt.size <= mostLearnt) return
    const [oldest] = this.learnt
    this.learnt.delete(oldest)
  }

  /** Keeps what an event tells; the same event twice changes nothing. */
  private keep(event: Event): void {
    const joined = dataOf(event, 'bid', 'LotJoined')
    if (joined && !this.byStream.has(event.stream)) {
      const made: Entry = { stream: event.stream, ...joined }
      this.byStream.set(event.stream, made)
      add(this.byLot, joined.lot, event.stream)
      add(this.byParty, joined.party, made)
    }
    const entry = this.byStream.get(event.stream)
    if (!entry) return
    const gone = dataOf(event, 'bid', 'BidRevoked')
    if (gone) {
      const { reason, act } = gone
      const ofLot = this.revoked.get(entry.lot) ?? new Map<string, Revocation>()
      const row = { bidder: entry.party, reason, revocation: act, revokedAt: event.at }
      this.revoked.set(entry.lot, ofLot.set(entry.party, row))
    }
    const asked = dataOf(event, 'bid', 'QuestionAsked')
    if (asked) {
      const id = questionName(this.keys, event.stream, asked.id)
      const ofLot = this.questions.get(entry.lot) ?? new Map<string, Question>()
      const row = { id, askedAs: asked.id, text: asked.text, askedAt: event.recordedAt }
      this.questions.set(entry.lot, ofLot.set(id, row))
    }
    this.keepBond(event, entry)
    // Another's act on the stream, such as the agency's on its bond, is none for the bidder.
    const { person, party } = event.actor
    if (person && party === entry.party) add(this.byPerson, `${entry.lot} ${person}`, entry.party)
  }

  private keepBond(event: Event, { lot, party }: Entry): void {
    const settled = dataOf(event, 'bid', 'BondSettled')
    const bond = settled ?? dataOf(event, 'bid', 'BondRecorded')
    if (!bond) return
    const ofLot = this.bonds.get(lot) ?? new Map<string, { party: string; isHeld: boolean }>()
    const name = `${event.stream} ${bond.id}`
    // A record that is met again after its settlement opens nothing anew.
    if (settled || !ofLot.has(name)) ofLot.set(name, { party, isHeld: !settled })
    this.bonds.set(lot, ofLot)
  }

  /** Bidders of a lot whose bond is neither returned nor forfeited; nobody's before the opening. */
  openBondsOf(lot: string): string[] {
    return [...(this.bonds.get(lot)?.values() ?? [])].flatMap((b) => (b.isHeld ? [b.party] : []))
  }

  /** Whether a person has acted in a lot for another party than this one. */
  actedForAnother(lot: string, person: string, party: string): boolean {
    return [...(this.byPerson.get(`${lot} ${person}`) ?? [])].some((one) => one !== party)
  }

  /** Bids of a lot that were revoked, as known by the last `refresh`. */
  revocationsOf(lot: string): Revocation[] {
    return [...(this.revoked.get(lot)?.values() ?? [])]
  }

  /** Questions about these lots in the order asked, whoever asked them. */
  questionsOf(lots: readonly string[]): Question[] {
    return lots.flatMap((lot) => [...(this.questions.get(lot)?.values() ?? [])]).sort(inOrderAsked)
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
    return [...(this.byParty.get(party) ?? [])]
  }
}
