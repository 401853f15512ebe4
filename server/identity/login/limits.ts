import type { AppCall } from '../../app-call.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { sourceOf } from '../../kernel/source.ts'

/**
 * Limits of log-in attempts by where they come from, never by account: a rival can then lock nobody
 * out. A bucket a source that refills; in memory, and the oldest sources are forgotten first.
 */
const capacity = 600 // an office behind one address signs in at nine o'clock
const refillPerSecond = 10
/** A failed attempt costs as much as so many. */
const failureCost = 20
const maxSources = 10_000

interface Bucket {
  left: number
  at: number
}

export class SourceLimits {
  private readonly buckets = new Map<string, Bucket>()

  /** @param nowMs monotonic @throws ProblemError `rate-limited` */
  spend(source: string, cost: number, nowMs: number): void {
    const known = this.buckets.get(source) ?? { left: capacity, at: nowMs }
    const left = Math.min(capacity, known.left + ((nowMs - known.at) / 1000) * refillPerSecond)
    if (left < cost) throw new ProblemError('rate-limited')
    this.buckets.delete(source)
    this.buckets.set(source, { left: left - cost, at: nowMs })
    if (this.buckets.size > maxSources)
      this.buckets.delete(this.buckets.keys().next().value as string)
  }

  /** After a failure; it may empty the bucket and refuses nothing itself. */
  fail(source: string): void {
    const known = this.buckets.get(source)
    if (known) known.left = Math.max(0, known.left - failureCost)
  }
}

const limits = new SourceLimits()

/** Runs an attempt within the limits of its source. @throws ProblemError `rate-limited` */
export async function limited<T>(call: AppCall, run: () => Promise<T>): Promise<T> {
  const source = sourceOf(call.http, call.platform.config.trustedProxies)
  limits.spend(source, 1, performance.now())
  try {
    return await run()
  } catch (error) {
    if (error instanceof ProblemError) limits.fail(source)
    throw error
  }
}
