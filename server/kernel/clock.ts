import type { Sql } from './database.ts'

/**
 * The database's clock, as known here without asking each time: an offset to this process's
 * monotonic clock, learned from every answer that carries the database's time. A change of the
 * host's wall clock can't move it. It never goes back, and it never decides a limit: the append
 * asks the database itself.
 */
export class DatabaseClock {
  private offset = Date.now() - performance.now()
  private last = 0

  /** Learns from an answer: the database said `databaseMs` between these two moments. */
  learn(databaseMs: number, askedAt: number, answeredAt: number): void {
    const low = databaseMs - answeredAt
    const high = databaseMs - askedAt
    // The true offset lies between; stay where it agrees, else move just inside.
    if (this.offset < low) this.offset = low
    else if (this.offset > high) this.offset = high
  }

  /** Real time by the database, whole milliseconds since 1970, never decreasing. */
  nowMs(): number {
    this.last = Math.max(this.last, Math.floor(performance.now() + this.offset))
    return this.last
  }

  async calibrate(sql: Sql): Promise<void> {
    for (let i = 0; i < 3; i++) {
      const asked = performance.now()
      const [row] = await sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`
      const answered = performance.now()
      if (i === 0) this.offset = row.ms - (asked + answered) / 2
      this.learn(row.ms, asked, answered)
    }
  }
}

/** A project's trade clock: real time plus an offset, or a held instant (demo only). */
export interface TradeClock {
  readonly offsetMs: number
  readonly frozenAt: string | null
}

export const realClock: TradeClock = { offsetMs: 0, frozenAt: null }

/** Trade time, UTC text with ms. */
export function tradeTime(clock: TradeClock, realMs: number): string {
  return clock.frozenAt ?? iso(realMs + clock.offsetMs)
}

/** Real instant at which the trade clock reaches `at`; null while it is held. */
export function realInstant(clock: TradeClock, at: string): string | null {
  return clock.frozenAt ? null : iso(Date.parse(at) - clock.offsetMs)
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}
