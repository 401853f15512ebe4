import { realInstant } from './kernel/clock.ts'
import type { Committed } from './kernel/event.ts'
import type { Logger } from './kernel/logger.ts'
import { loadTrade, type Platform } from './platform.ts'
import { nextLimit } from './policies.ts'
import { isStanding } from './service/outage/outages.ts'

/**
 * Real-time side of the trade's clocks: after each commit a project is settled, and again when its
 * next limit comes. All of it follows from the events, so a restart needs only to look at every
 * project that is not at its end.
 */
export class TradeTimers {
  private readonly platform: Platform
  private readonly settle: (project: string) => Promise<boolean>
  private readonly log: Logger
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private readonly running = new Map<string, Promise<void>>()
  private stopped = false

  constructor(platform: Platform, settle: (project: string) => Promise<boolean>, log: Logger) {
    this.platform = platform
    this.settle = settle
    this.log = log
  }

  /** Looks at every trade that can still change by itself. */
  async start(): Promise<void> {
    const rows = await this.platform.sql`
      select id from read.trades where stage not in ('archived', 'terminated')`
    for (const { id } of rows) this.schedule(id, 0)
  }

  async stop(): Promise<void> {
    this.stopped = true
    for (const timer of this.timers.values()) clearTimeout(timer)
    await Promise.all(this.running.values())
  }

  /** Events of open streams may have moved a limit. */
  committed(events: readonly Committed[]): void {
    for (const { project } of events) {
      if (project) this.schedule(project, 5)
    }
  }

  private schedule(project: string, ms: number): void {
    if (this.stopped) return
    const old = this.timers.get(project)
    if (old) clearTimeout(old)
    // A timer longer than 24 days would fire at once: look again before.
    const timer = setTimeout(() => void this.run(project), Math.min(ms, 86_400_000))
    timer.unref()
    this.timers.set(project, timer)
  }

  private async run(project: string): Promise<void> {
    if (this.stopped) return
    await this.running.get(project)
    const work = this.look(project).finally(() => this.running.delete(project))
    this.running.set(project, work)
    await work
  }

  private async look(project: string): Promise<void> {
    try {
      // What an outage puts off must not fall due before that is said.
      if (isStanding(this.platform)) return this.schedule(project, 500)
      const atRest = await this.settle(project)
      if (!atRest) return this.schedule(project, 200)
      const limit = nextLimit(await loadTrade(this.platform, project))
      if (!limit) return
      const real = realInstant(await this.platform.store.tradeClock(project), limit)
      if (real)
        this.schedule(project, Math.max(1, Date.parse(real) - this.platform.store.clock.nowMs()))
    } catch (error) {
      if (this.stopped) return
      this.log.warn({
        part: 'timers',
        name: (error as Error).name,
        message: (error as Error).message,
      })
      this.schedule(project, 1000)
    }
  }
}
