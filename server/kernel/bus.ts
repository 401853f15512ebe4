import { randomBytes } from 'node:crypto'
import type { Sql } from './database.ts'
import type { StoredEvent } from './event.ts'
import type { Keys } from './keys.ts'
import { type EventRow, storedEvent } from './streams.ts'

/** A place in the live order. The order ends where the database crashes: another epoch begins. */
export interface LivePosition {
  readonly epoch: string
  readonly seq: number
}

/** An event in the live order, which has no gaps and is the same in every process. */
export interface LiveEvent extends LivePosition {
  readonly project: string | null
  readonly stored: StoredEvent
}

/** A row of `log.take_live`: an event with its place, or none. */
interface LiveRow extends EventRow {
  readonly epoch: string
  readonly seq: string | null
  readonly project: string | null
}
interface TakenRow extends LiveRow {
  /** The newest place given. */
  readonly head: string
}

/** Events that one call answers at most. */
const mostAtOnce = 1000
const notifyEveryMs = 5

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

  /** The newest live position. */
  async head(): Promise<LivePosition> {
    const { epoch, head } = (await this.take({ epoch: '', seq: 0 }, 1, true))[0]
    return { epoch, seq: Number(head) }
  }

  /** Something was committed here: look within two milliseconds. */
  wake(): void {
    if (this.stopped) return
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
      for (const event of this.eventsOf(rows)) {
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
    for (const listener of this.restartListeners) listener()
  }

  private take(seen: LivePosition, most: number, isTold: boolean): Promise<TakenRow[]> {
    return this.sql<TakenRow[]>`select * from log.take_live(
      ${seen.epoch}, ${seen.seq}, ${most}, ${isTold ? this.name : null})`
  }

  private eventsOf(rows: readonly LiveRow[]): LiveEvent[] {
    return rows
      .filter(({ seq }) => seq !== null)
      .map((row) => ({
        epoch: row.epoch,
        seq: Number(row.seq),
        project: row.project,
        stored: storedEvent(row, this.keys),
      }))
  }

  /** Events after a live position, in order; null where the order that it belongs to has ended. */
  async since({ epoch, seq }: LivePosition, limit = mostAtOnce): Promise<LiveEvent[] | null> {
    const rows = await this.sql<LiveRow[]>`
      select c.epoch, l.seq, e.position, e.stream, e.project, e.digest, e.body, e.salt, e.sealed
      from work.live_cursor c
      left join (work.live l join log.events e on e.position = l.position) on l.seq > ${seq}
      where c.epoch = ${epoch} order by l.seq limit ${limit}`
    return rows.length > 0 ? this.eventsOf(rows) : null
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
