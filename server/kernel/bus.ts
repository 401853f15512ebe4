import type { Sql } from './database.ts'
import type { StoredEvent } from './event.ts'
import type { Keys } from './keys.ts'
import { storedEvent } from './streams.ts'

/** An event in the live order, which has no gaps and is the same in every process. */
export interface LiveEvent {
  readonly seq: number
  readonly project: string | null
  readonly stored: StoredEvent
}

/**
 * The bus: gives committed events their live positions on demand and hands them on. A burst of
 * commits is one call; other processes hear of it by at most one NOTIFY per 5 ms.
 */
export class Bus {
  private readonly sql: Sql
  private readonly keys: Keys
  private readonly listeners = new Set<(event: LiveEvent) => void>()
  private timer: NodeJS.Timeout | null = null
  private running: Promise<void> | null = null
  private wanted = false
  private last = 0
  private lastNotify = 0
  private unlisten: (() => Promise<void>) | null = null
  private sweep: NodeJS.Timeout | null = null
  private stopped = false

  constructor(sql: Sql, keys: Keys) {
    this.sql = sql
    this.keys = keys
  }

  async start(): Promise<void> {
    await this.sql`select log.assign_live()`
    this.last = await this.head()
    const listening = await this.sql.listen(
      'yangguang_live',
      () => this.wake(),
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
  async head(): Promise<number> {
    const [{ seq }] = await this.sql`select coalesce(max(seq), 0) as seq from work.live`
    return Number(seq)
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
      const [{ given }] = await this.sql`select log.assign_live() as given`
      for (const event of await this.since(this.last)) {
        this.last = event.seq
        for (const listener of this.listeners) listener(event)
      }
      if (Number(given) > 0 && performance.now() - this.lastNotify > 5) {
        this.lastNotify = performance.now()
        await this.sql`select pg_notify('yangguang_live', '')`
      }
    } catch {
      // The database is away for a moment; the sweep looks again.
    }
  }

  /** Events after a live position, in order. */
  async since(seq: number, limit = 1000): Promise<LiveEvent[]> {
    const rows = await this.sql`
      select l.seq, e.position, e.stream, e.project, e.digest, e.body, e.salt, e.sealed
      from work.live l join log.events e on e.position = l.position
      where l.seq > ${seq} order by l.seq limit ${limit}`
    return rows.map((row) => ({
      seq: Number(row.seq),
      project: row.project as string | null,
      stored: storedEvent(row as never, this.keys),
    }))
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
