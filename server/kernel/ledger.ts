import { randomInt } from 'node:crypto'
import path from 'node:path'
import {
  type BatchItem,
  batchSlots,
  buildBatch,
  checkpointText,
  drawSlots,
  encodeEntry,
  formatNote,
  formatProof,
  formatVkey,
  makeVkey,
  parseCheckpointText,
  parseNote,
  signNote,
  type Tile,
  tileWidth,
} from '../log/index.ts'
import type { DatabaseClock } from './clock.ts'
import type { Sql } from './database.ts'
import { pass } from './fault.ts'
import type { Keys } from './keys.ts'
import { CheckpointStore, TileFiles } from './log-files.ts'
import { LogTree } from './log-tree.ts'

/** A checkpoint that is durable in the second store. */
export interface StoredCheckpoint {
  readonly size: number
  readonly root: Uint8Array
  readonly text: string
}

/** The database holds less than the platform has signed: reads only, until it is recovered. */
export class LedgerBehindError extends Error {}

const makeUpMs = 1000

/**
 * The sequencer: one entry a tick, whatever happened. Several processes may run one; the epoch in
 * `ledger.fence` says whose ticks count, and the second store lets no two trees of one size exist.
 * Steps of a tick, in order: rows; full tiles; signed checkpoint into the second store; receipts.
 */
export class Ledger {
  readonly tickMs: number
  readonly vkey: string
  private readonly sql: Sql
  private readonly keys: Keys
  private readonly clock: DatabaseClock
  private readonly tree: LogTree
  private readonly second: CheckpointStore
  private readonly key
  private epoch = 0n
  private lastTickMs = 0
  private horizon = '0'
  private stopped = false
  private loop: Promise<void> = Promise.resolve()
  private durable: StoredCheckpoint | null = null
  private published: StoredCheckpoint | null = null
  private waiters: { size: number; resolve: (c: StoredCheckpoint) => void }[] = []
  private listeners = new Set<(c: StoredCheckpoint) => void>()
  /** Set where the database is behind what was signed; acts are refused then. */
  behind: string | null = null
  /** Told of a failure that is not ours to mend; the process should end. */
  onFailure: (error: unknown) => void = () => {}

  constructor(
    sql: Sql,
    keys: Keys,
    clock: DatabaseClock,
    folder: string,
    second: string,
    tickMs: number,
  ) {
    this.sql = sql
    this.keys = keys
    this.clock = clock
    this.tickMs = tickMs
    this.tree = new LogTree(new TileFiles(folder, path.join(second, 'tiles')))
    this.second = new CheckpointStore(path.join(second, 'checkpoints'))
    this.key = makeVkey(keys.origin, keys.logPublicKey)
    this.vkey = formatVkey(this.key)
  }

  /** Takes the fence, restores the tree from rows and tiles, and begins to tick. */
  async start(): Promise<void> {
    const [row] = await this.sql`update ledger.fence set epoch = epoch + 1 returning epoch::text`
    this.epoch = BigInt(row.epoch)
    await this.restore()
    await this.checkStored()
    if (!this.behind) this.loop = this.run()
  }

  /** Looks whether the database is behind what was signed, and takes no fence. */
  async inspect(): Promise<void> {
    await this.restore()
    await this.checkStored()
  }

  async stop(): Promise<void> {
    this.stopped = true
    await this.loop
  }

  private async restore(): Promise<void> {
    const rows = await this.sql<{ index: string; tick_ms: string; entry: Buffer }[]>`
      select index, tick_ms, entry from ledger.ticks order by index`
    const first = rows.length > 0 ? Number(rows[0].index) : 0
    // Rows are pruned by whole tiles, once these are stored twice.
    if (first % tileWidth !== 0) throw new Error(`rows of the ledger begin amid a tile: ${first}`)
    this.tree.restore(
      first,
      rows.map((r) => r.entry),
    )
    this.lastTickMs = rows.length > 0 ? Number(rows[rows.length - 1].tick_ms) : 0
  }

  /** Refuses to sign where the second store knows more, or otherwise, than the database. */
  private async checkStored(): Promise<void> {
    const stored = this.second.latest()
    if (!stored) return
    const { root } = parseCheckpointText(parseNote(stored.text).text)
    const same =
      stored.size <= this.tree.size && Buffer.from(await this.tree.root(stored.size)).equals(root)
    if (!same) {
      this.behind = `ledger-behind-checkpoint: stored ${stored.size}, database ${this.tree.size}`
      return
    }
    this.durable = { size: stored.size, root, text: stored.text }
    this.published = this.durable
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const now = this.clock.nowMs()
      const due = Math.floor(now / this.tickMs) * this.tickMs
      if (due <= this.lastTickMs) {
        await new Promise((r) => setTimeout(r, Math.max(1, this.lastTickMs + this.tickMs - now)))
        continue
      }
      try {
        if (!(await this.tick(due))) return
      } catch (error) {
        if (this.stopped) return
        this.onFailure(error)
        await new Promise((r) => setTimeout(r, 200))
      }
    }
  }

  /** @returns false where another process has taken the fence */
  private async tick(due: number): Promise<boolean> {
    const times: number[] = []
    const from = Math.max(this.lastTickMs + this.tickMs, due - makeUpMs + this.tickMs)
    for (let at = this.lastTickMs === 0 ? due : from; at <= due; at += this.tickMs) times.push(at)
    const done = await this.writeRows(times)
    if (!done) return false
    pass('tick-after-rows')
    const before = this.tree.size
    this.tree.append(done.entries)
    this.lastTickMs = due
    pass('tick-after-tile')
    const onGrid = Math.floor(due / 1000) !== Math.floor((times[0] - this.tickMs) / 1000)
    if (done.events > 0 || onGrid || this.waiters.length > 0) await this.makeDurable(onGrid)
    if (Math.floor(before / tileWidth) !== Math.floor(this.tree.size / tileWidth))
      await this.prune()
    return true
  }

  private async writeRows(
    times: number[],
  ): Promise<{ entries: Uint8Array[]; events: number } | null> {
    return await this.sql.begin(async (tx) => {
      const [fence] = await tx`select epoch::text from ledger.fence for update`
      if (BigInt(fence.epoch) !== this.epoch) return null
      const events = await tx<{ position: string; digest: Buffer; horizon: string }[]>`
        select e.position, e.digest from log.events e
        where e.xid >= ${this.horizon}::xid8 and e.xid < pg_snapshot_xmin(pg_current_snapshot())
          and not exists (select from ledger.leaves l where l.position = e.position)
        order by e.position limit ${batchSlots}`
      const [{ horizon }] =
        await tx`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`
      const slots = drawSlots(events.length, (n) => randomInt(n))
      const last = this.tree.size + times.length - 1
      const entries: Uint8Array[] = []
      const ticks = times.map((atMs, i) => {
        const index = this.tree.size + i
        const items: BatchItem[] =
          index === last ? events.map((e, k) => ({ digest: e.digest, slot: slots[k] })) : []
        const { root } = buildBatch(items, this.keys.batchSecret(index))
        const entry = encodeEntry({ atMs, root })
        entries.push(entry)
        return { index, tick_ms: atMs, entry: Buffer.from(entry), root: Buffer.from(root) }
      })
      await tx`insert into ledger.ticks ${tx(ticks, 'index', 'tick_ms', 'entry', 'root')}`
      if (events.length > 0) {
        const leaves = events.map((e, k) => ({
          position: e.position,
          digest: e.digest,
          tick: last,
          slot: slots[k],
        }))
        await tx`insert into ledger.leaves ${tx(leaves, 'position', 'digest', 'tick', 'slot')}`
      } else this.horizon = horizon
      return { entries, events: events.length }
    })
  }

  private async makeDurable(onGrid: boolean): Promise<void> {
    const size = this.tree.size
    if (this.durable?.size !== size) {
      const root = await this.tree.root()
      const text = checkpointText({ origin: this.keys.origin, size, root })
      const signature = await signNote(text, this.key, (bytes) => this.keys.signLog(bytes))
      const note = formatNote({ text, signatures: [signature] })
      if (!this.second.add(size, note)) throw new Error(`a checkpoint of size ${size} is stored`)
      this.durable = { size, root, text: note }
    }
    pass('tick-after-checkpoint')
    const stored = this.durable
    if (onGrid || !this.published) this.published = stored
    const ready = this.waiters.filter((w) => w.size <= stored.size)
    this.waiters = this.waiters.filter((w) => w.size > stored.size)
    for (const waiter of ready) waiter.resolve(stored)
    if (onGrid) for (const listener of this.listeners) listener(stored)
  }

  private async prune(): Promise<void> {
    const full = Math.floor(this.tree.size / tileWidth) * tileWidth
    await this.sql`delete from ledger.ticks where index < ${full}`
  }

  /** Calls back at each public checkpoint, once a second. @returns a function that ends it */
  onCheckpoint(listener: (c: StoredCheckpoint) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The newest public checkpoint, signed; null until the first tick is stored. */
  checkpoint(): StoredCheckpoint | null {
    return this.published
  }

  get size(): number {
    return this.tree.size
  }

  /** Bytes of a tile as the public checkpoint has it; null where it does not reach. */
  tile(tile: Tile): Uint8Array | null {
    return this.tree.tile(tile)
  }

  /** A durable checkpoint of at least that size. */
  private reached(size: number): Promise<StoredCheckpoint> {
    if (this.durable && this.durable.size >= size) return Promise.resolve(this.durable)
    return new Promise((resolve) => this.waiters.push({ size, resolve }))
  }

  /**
   * The proof of an event under a durable checkpoint; waits for its tick.
   * @param digest of the event
   */
  async proofOf(digest: Uint8Array): Promise<string> {
    for (;;) {
      const [leaf] = await this.sql`
        select tick, slot from ledger.leaves where digest = ${Buffer.from(digest)}`
      if (leaf) return this.proofAt(Number(leaf.tick), Number(leaf.slot))
      await this.reached(this.tree.size + 1)
    }
  }

  /** Proof of one slot of one tick. */
  async proofAt(tick: number, slot: number): Promise<string> {
    const checkpoint = await this.reached(tick + 1)
    const leaves = await this.sql<{ digest: Buffer; slot: number }[]>`
      select digest, slot from ledger.leaves where tick = ${tick}`
    const batch = buildBatch(leaves, this.keys.batchSecret(tick))
    return formatProof({
      slot,
      batchPath: batch.path(slot),
      entry: await this.entry(tick, batch.root),
      index: tick,
      path: await this.tree.inclusion(tick, checkpoint.size),
      checkpoint: checkpoint.text,
    })
  }

  private async entry(tick: number, root: Uint8Array): Promise<Uint8Array> {
    const index = Math.floor(tick / tileWidth)
    const width = Math.min(tileWidth, this.tree.size - index * tileWidth)
    const bundle = this.tree.tile({ level: 'entries', index, width })
    if (!bundle) throw new Error(`bundle ${index} is missing`)
    const at = (tick % tileWidth) * 43 + 2
    const entry = bundle.slice(at, at + 41)
    if (!Buffer.from(entry.subarray(9)).equals(Buffer.from(root)))
      throw new Error(`the batch of tick ${tick} does not fit its entry`)
    return entry
  }
}
