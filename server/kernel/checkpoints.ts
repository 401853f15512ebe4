/** A checkpoint that is durable in the second store. */
export interface StoredCheckpoint {
  readonly size: number
  readonly root: Uint8Array
  readonly text: string
}

/**
 * The durable checkpoints of this process: the newest, the newest public one, and who waits for
 * one of a size. Public are those of the one-second grid alone: any other would tell that an event
 * came at its tick.
 */
export class Checkpoints {
  durable: StoredCheckpoint | null = null
  published: StoredCheckpoint | null = null
  private waiters: { size: number; resolve: (c: StoredCheckpoint) => void }[] = []

  /** Somebody waits for more than there is. */
  get awaited(): boolean {
    return this.waiters.length > 0
  }

  /** A checkpoint has become durable. */
  add(stored: StoredCheckpoint, onGrid: boolean): void {
    this.durable = stored
    if (onGrid || !this.published) this.published = stored
    const ready = this.waiters.filter((w) => w.size <= stored.size)
    this.waiters = this.waiters.filter((w) => w.size > stored.size)
    for (const waiter of ready) waiter.resolve(stored)
  }

  /** A durable checkpoint of at least that size. */
  reached(size: number): Promise<StoredCheckpoint> {
    if (this.durable && this.durable.size >= size) return Promise.resolve(this.durable)
    return new Promise((resolve) => this.waiters.push({ size, resolve }))
  }
}
