import { randomBytes } from 'node:crypto'
import { columnOf } from './act-row.ts'
import type { Sql } from './database.ts'
import type { Committed } from './event.ts'
import type { Keys } from './keys.ts'
import { type EventRow, storedEvent } from './streams.ts'

/** A place in the live order. The order ends where the database crashes: another epoch begins. */
export interface LivePosition {
  readonly epoch: string
  readonly seq: number
}

/** An event in the live order, which has no gaps and is the same in every process. */
export interface LiveEvent extends LivePosition, Committed {}

/** What happened after a live position, and the position up to which that was looked for. */
export interface LivePage {
  readonly events: readonly LiveEvent[]
  readonly end: LivePosition
}

interface CommittedRow extends EventRow {
  readonly project: string | null
}
/** A row of `log.live_since`: an event with its place; none where the order has ended. */
interface LiveRow extends CommittedRow {
  readonly seq: string | null
}
/** A row of `log.take_live`: the place of an event, or none. */
interface TakenRow {
  readonly epoch: string
  /** The newest place given. */
  readonly head: string
  readonly seq: string | null
  readonly position: string
}

/** Events that one call answers at most. */
const mostAtOnce = 1000
const notifyEveryMs = 5
/** Events of this process's own that wait for their places, at most: then they are read as others are. */
const mostOwn = 4096

/**
 * The bus: gives committed events their live positions on demand and hands them on, both in one
 * call. A burst of commits is one call; other processes hear of it by at most one NOTIFY per 5 ms.
 */
export class Bus {
  private readonly sql: Sql
  private readonly keys: Keys
  /** What this process signs its notes with, so that it passes by its own. */
  private readonly name = randomBytes(8).toString('hex')
  private readonly listeners = new Set<(event: LiveEvent) => void>()
  private readonly restartListeners = new Set<() => void>()
  private timer: NodeJS.Timeout | null = null
  private running: Promise<void> | null = null
  private wanted = false
  /** What this process committed and was not handed on yet, by the table's position. */
  private readonly own = new Map<number, Committed>()
  private last: LivePosition = { epoch: '', seq: 0 }
  private lastNotify = 0
  private unlisten: (() => Promise<void>) | null = null
  private sweep: NodeJS.Timeout | null = null
  private stopped = false

  constructor(sql: Sql, keys: Keys) {
    this.sql = sql
    this.keys = keys
  }

  async start(): Promise<void> {
    this.last = await this.head()
    const listening = await this.sql.listen(
      'yangguang_live',
      (teller) => {
        if (teller !== this.name) this.wake()
      },
      () => this.wake(),
    )
    this.unlisten = listening.unlisten
    // A notification may be lost with its connection; a slow sweep makes it good.
    this.sweep = setInterval(() => this.wake(), 1000)
    this.sweep.unref()
  }

  async stop(): Promise<void> {
    this.stopped = true
    if (this.timer) clearTimeout(this.timer)
    if (this.sweep) clearInterval(this.sweep)
    await this.running
    await this.unlisten?.()
  }

  /** The newest live position that this process has handed on. */
  get position(): LivePosition {
    return this.last
  }

  private async head(): Promise<LivePosition> {
    const { epoch, head } = (await this.take({ epoch: '', seq: 0 }, 1, true))[0]
    return { epoch, seq: Number(head) }
  }

  /**
   * Something was committed: look within two milliseconds.
   * @param own what this process committed itself, so that it need not be read again
   */
  wake(own: readonly Committed[] = []): void {
    if (this.stopped) return
    for (const one of own) this.own.set(one.stored.position, one)
    for (const position of this.own.keys()) {
      if (this.own.size <= mostOwn) break
      this.own.delete(position)
    }
    if (this.running) {
      this.wanted = true
      return
    }
    if (this.timer) return
    this.timer = setTimeout(() => {
      this.timer = null
      this.running = this.collect().finally(() => {
        this.running = null
        if (this.wanted) {
          this.wanted = false
          this.wake()
        }
      })
    }, 2)
  }

  private async collect(): Promise<void> {
    try {
      const isTold = performance.now() - this.lastNotify > notifyEveryMs
      if (isTold) this.lastNotify = performance.now()
      const rows = await this.take(this.last, mostAtOnce, isTold)
      if (rows[0].epoch !== this.last.epoch) return this.beginAnew(rows[0])
      for (const event of await this.eventsAt(rows)) {
        this.last = { epoch: event.epoch, seq: event.seq }
        for (const listener of this.listeners) listener(event)
      }
      if (Number(rows[0].head) > this.last.seq) this.wanted = true
    } catch {
      // The database is away for a moment; the sweep looks again.
    }
  }

  /** The order that was followed has ended: whoever listens reads all anew. */
  private beginAnew({ epoch, head }: TakenRow): void {
    this.last = { epoch, seq: Number(head) }
    this.own.clear()
    for (const listener of this.restartListeners) listener()
  }

  private take(seen: LivePosition, most: number, isTold: boolean): Promise<TakenRow[]> {
    return this.sql<TakenRow[]>`select * from log.take_live(
      ${seen.epoch}, ${seen.seq}, ${most}, ${isTold ? this.name : null})`
  }

  /** The events at the places: one's own out of memory, those of other processes out of the table. */
  private async eventsAt(rows: readonly TakenRow[]): Promise<LiveEvent[]> {
    const places = rows.filter(({ seq }) => seq !== null)
    const known = new Map<number, Committed>()
    for (const { position } of places) {
      const own = this.own.get(Number(position))
      if (own) known.set(Number(position), own)
    }
    const others = places.filter(({ position }) => !known.has(Number(position)))
    if (others.length > 0)
      for (const row of await this.read(others.map(({ position }) => position)))
        known.set(Number(row.position), this.committedOf(row))
    for (const { position } of places) this.own.delete(Number(position))
    return places.map(({ epoch, seq, position }) => {
      const found = known.get(Number(position))
      if (!found) throw new Error(`an event has a place and no row: ${position}`)
      return { epoch, seq: Number(seq), ...found }
    })
  }

  private read(positions: readonly string[]): Promise<CommittedRow[]> {
    return this.sql<CommittedRow[]>`
      select position, stream, project, digest, body, salt, sealed from log.events
      where position = any(${positions as string[]}::bigint[])`
  }

  private committedOf(row: CommittedRow): Committed {
    return { project: row.project, stored: storedEvent(row, this.keys) }
  }

  /**
   * Events after a live position, in order, up to what this process has handed on; null where the
   * order that the position belongs to has ended. Hidden events are met in the streams that are
   * named alone: what others do unseen costs the asker no row and no look.
   * @param own hidden streams that the asker may hear
   */
  async since(
    { epoch, seq }: LivePosition,
    own: readonly string[] = [],
    limit = mostAtOnce,
  ): Promise<LivePage | null> {
    const end = this.last.epoch === epoch ? Math.max(this.last.seq, seq) : seq
    const columns = own.map((stream) => columnOf(stream, true))
    const rows = await this.sql<LiveRow[]>`
      select * from log.live_since(${epoch}, ${seq}, ${end}, ${columns}::text[], ${limit})`
    if (rows.some((row) => row.seq === null)) return null
    const events = rows.map((row) => ({ epoch, seq: Number(row.seq), ...this.committedOf(row) }))
    const newest = events.length < limit ? end : events[events.length - 1].seq
    return { events, end: { epoch, seq: newest } }
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Told when the live order begins anew: what happened in between was told to nobody. */
  onRestart(listener: () => void): void {
    this.restartListeners.add(listener)
  }
}
