import { randomInt } from 'node:crypto'
import path from 'node:path'
import {
  type BatchItem,
  batchSlots,
  buildBatch,
  checkpointText,
  decodeEntry,
  drawSlots,
  encodeEntry,
  formatNote,
  formatVkey,
  makeVkey,
  parseCheckpointText,
  parseNote,
  signNote,
  type Tile,
  tileWidth,
} from '../log/index.ts'
import { Checkpoints, type StoredCheckpoint } from './checkpoints.ts'
import type { DatabaseClock } from './clock.ts'
import type { Sql } from './database.ts'
import { pass } from './fault.ts'
import type { Keys } from './keys.ts'
import { CheckpointStore, TileFiles } from './log-files.ts'
import { entryOf, LogProofs } from './log-proofs.ts'
import { LogTree } from './log-tree.ts'
import { isPublic, tickAt, ticksDue } from './rhythm.ts'

/** A process that only follows takes the fence where no tick came for so long. */
const takeOverMs = 3000
/** A shorter time without ticks is told to nobody. */
const leastGapMs = 1000

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The root that a stored checkpoint signs; null where its file is damaged. */
function rootOf(text: string): Uint8Array | null {
  try {
    return parseCheckpointText(parseNote(text).text).root
  } catch {
    return null
  }
}

/** Whole tiles before the one in which the newest entry stands. */
const tilesBefore = (size: number): number => Math.max(0, Math.floor((size - 1) / tileWidth))

interface TickRow {
  readonly index: string
  readonly tick_ms: string
  readonly entry: Buffer
}

/**
 * The sequencer: one entry a tick, whatever happened. Several processes may run one; the epoch in
 * `ledger.fence` says whose ticks count, and the second store lets no two trees of one size exist.
 * Who has lost the fence follows the other's rows and checkpoints, and serves them as its own.
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
  private readonly checkpoints = new Checkpoints()
  private readonly proofs: LogProofs
  /** Set where the database is behind what was signed; acts are refused then. */
  behind: string | null = null
  /** Told of a failure that is not ours to mend; the process should end. */
  onFailure: (error: unknown) => void = () => {}
  /** Told of a time without ticks, in ms since 1970, before the next tick is made. */
  onGap: (fromMs: number, untilMs: number) => Promise<void> = async () => {}

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
    this.proofs = new LogProofs(sql, keys, this.tree, this.checkpoints)
    this.key = makeVkey(keys.origin, keys.logPublicKey)
    this.vkey = formatVkey(this.key)
  }

  /** Takes the fence, restores the tree from rows and tiles, and begins to tick. */
  async start(): Promise<void> {
    await this.takeFence()
    if (this.behind) return
    await this.mindGap()
    this.loop = this.run()
  }

  /** The moment of the newest tick, ms since 1970; 0 before the first. */
  get tickedAtMs(): number {
    return this.lastTickMs
  }

  /** A time without ticks, unless another process ticked meanwhile while this one was stopped. */
  private async mindGap(): Promise<void> {
    const now = this.clock.nowMs()
    if (this.lastTickMs === 0 || now - this.lastTickMs < leastGapMs) return
    const [{ newest }] = await this.sql`select max(tick_ms) as newest from ledger.ticks`
    if (Number(newest) <= this.lastTickMs) await this.onGap(this.lastTickMs, now)
  }

  private async takeFence(): Promise<void> {
    const [row] = await this.sql`update ledger.fence set epoch = epoch + 1 returning epoch::text`
    this.epoch = BigInt(row.epoch)
    this.horizon = '0'
    await this.restore()
    await this.checkStored(await this.second.latest())
  }

  /** Looks whether the database is behind what was signed, and takes no fence. */
  async inspect(): Promise<void> {
    // A server that ticks meanwhile stores a checkpoint after its rows: it is read before them.
    const stored = await this.second.latest()
    await this.restore()
    await this.checkStored(stored)
  }

  async stop(): Promise<void> {
    this.stopped = true
    await this.loop
  }

  private async restore(): Promise<void> {
    const rows = await this.sql<TickRow[]>`
      select index, tick_ms, entry from ledger.ticks order by index`
    const first = rows.length > 0 ? Number(rows[0].index) : 0
    // Rows are pruned by whole tiles, once these are stored twice.
    if (first % tileWidth !== 0) throw new Error(`rows of the ledger begin amid a tile: ${first}`)
    this.tree.restore(
      first,
      rows.map((r) => r.entry),
    )
    await this.tree.flush()
    this.lastTickMs = rows.length > 0 ? Number(rows[rows.length - 1].tick_ms) : 0
  }

  /** Refuses to sign where the second store knows more, or otherwise, than the database. */
  private async checkStored(stored: Awaited<ReturnType<CheckpointStore['latest']>>): Promise<void> {
    if (!stored) return
    const root = rootOf(stored.text)
    if (!root) {
      this.behind = `ledger-behind-checkpoint: the one stored for ${stored.size} cannot be read`
      return
    }
    const same =
      stored.size <= this.tree.size && Buffer.from(await this.tree.root(stored.size)).equals(root)
    if (!same) {
      this.behind = `ledger-behind-checkpoint: stored ${stored.size}, database ${this.tree.size}`
      return
    }
    this.checkpoints.add({ size: stored.size, root, text: stored.text }, false)
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const now = this.clock.nowMs()
      const due = tickAt(now, this.tickMs)
      if (due <= this.lastTickMs) {
        await new Promise((r) => setTimeout(r, Math.max(1, this.lastTickMs + this.tickMs - now)))
        continue
      }
      try {
        await this.mindGap()
        if (!(await this.tick(due))) await this.follow()
      } catch (error) {
        if (this.stopped) return
        this.onFailure(error)
        await this.recover()
      }
      if (this.behind) return
    }
  }

  /** Rows may have been committed though the answer was lost: what stands in the table counts. */
  private async recover(): Promise<void> {
    await new Promise((r) => setTimeout(r, 200))
    await this.restore().catch(this.onFailure)
  }

  /** Follows the process that holds the fence; returns when it has died and this one took over. */
  private async follow(): Promise<void> {
    while (!this.stopped) {
      await new Promise((r) => setTimeout(r, this.tickMs))
      try {
        await this.catchUp()
        if (this.clock.nowMs() - this.lastTickMs < takeOverMs) continue
        return await this.takeFence()
      } catch (error) {
        if (!this.stopped) this.onFailure(error)
      }
    }
  }

  /** Takes over rows and the newest checkpoint that the other process has made. */
  private async catchUp(): Promise<void> {
    const rows = await this.sql<TickRow[]>`
      select index, tick_ms, entry from ledger.ticks where index >= ${this.tree.size} order by index`
    if (rows.length > 0 && Number(rows[0].index) > this.tree.size) await this.restore()
    else if (rows.length > 0) {
      this.tree.append(rows.map((r) => r.entry))
      await this.tree.flush()
      this.lastTickMs = Number(rows[rows.length - 1].tick_ms)
    }
    const stored = await this.second.latest()
    if (!stored || stored.size > this.tree.size) return
    if (stored.size <= (this.checkpoints.durable?.size ?? 0)) return
    const root = rootOf(stored.text)
    if (!root || !Buffer.from(await this.tree.root(stored.size)).equals(root))
      throw new Error(`the stored checkpoint of size ${stored.size} is of another tree`)
    const { atMs } = decodeEntry(entryOf(this.tree, stored.size - 1))
    const onGrid = isPublic(atMs, atMs, this.tickMs)
    this.checkpoints.add({ size: stored.size, root, text: stored.text }, onGrid)
  }

  /** @returns false where another process has taken the fence */
  private async tick(due: number): Promise<boolean> {
    const times = ticksDue(this.lastTickMs, due, this.tickMs)
    const done = await this.writeRows(times)
    if (!done) return false
    pass('tick-after-rows')
    const before = this.tree.size
    this.tree.append(done.entries)
    this.lastTickMs = due
    await this.tree.flush()
    pass('tick-after-tile')
    const onGrid = isPublic(times[0], due, this.tickMs)
    if (done.events > 0 || onGrid || this.checkpoints.awaited) await this.makeDurable(onGrid)
    if (tilesBefore(before) !== tilesBefore(this.tree.size)) await this.prune()
    return true
  }

  /**
   * Two statements: what is there, and the rows. Between them nothing is held: what commits
   * meanwhile is at the next tick, and another process's tick has another epoch.
   */
  private async writeRows(
    times: number[],
  ): Promise<{ entries: Uint8Array[]; events: number } | null> {
    const { horizon, events } = await this.look()
    const slots = drawSlots(events.length, (n) => randomInt(n))
    const first = this.tree.size
    const last = first + times.length - 1
    const batches = times.map((atMs, i) => {
      const items: BatchItem[] =
        first + i === last ? events.map((e, k) => ({ digest: e.digest, slot: slots[k] })) : []
      const { root } = buildBatch(items, this.keys.batchSecret(first + i))
      return { root, entry: encodeEntry({ atMs, root }) }
    })
    const [{ entered }] = await this.sql`
      select ledger.enter(${this.epoch.toString()}, ${first}, ${times},
        ${batches.map((b) => hex(b.entry))}, ${batches.map((b) => hex(b.root))},
        ${events.map((e) => e.position)}, ${slots}) as entered`
    if (!entered) return null
    // All before the horizon has its leaf now, unless the batch was full.
    if (events.length < batchSlots) this.horizon = horizon
    return { entries: batches.map((b) => b.entry), events: events.length }
  }

  /**
   * The events that have no leaf yet, oldest first, and the horizon before which no transaction
   * runs. Both are read in one snapshot: with a later horizon an event that committed between the
   * two would be passed over for good.
   */
  private async look(): Promise<{
    horizon: string
    events: { position: string; digest: Buffer }[]
  }> {
    const rows = await this.sql<{ horizon: string; position: string | null; digest: Buffer }[]>`
      select h.horizon::text, e.position, e.digest
      from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) h
      left join lateral (
        select e.position, e.digest from log.events e
        where e.xid >= ${this.horizon}::xid8 and e.xid < h.horizon
          and not exists (select from ledger.leaves l where l.position = e.position)
        order by e.position limit ${batchSlots}) e on true
      order by e.position`
    const events = rows.flatMap(({ position, digest }) =>
      position === null ? [] : [{ position, digest }],
    )
    return { horizon: rows[0].horizon, events }
  }

  private async makeDurable(onGrid: boolean): Promise<void> {
    const size = this.tree.size
    let stored = this.checkpoints.durable
    if (stored?.size !== size) {
      const root = await this.tree.root()
      const text = checkpointText({ origin: this.keys.origin, size, root })
      const signature = await signNote(text, this.key, (bytes) => this.keys.signLog(bytes))
      const note = formatNote({ text, signatures: [signature] })
      if (!(await this.second.add(size, note)))
        throw new Error(`a checkpoint of size ${size} is stored`)
      stored = { size, root, text: note }
    }
    pass('tick-after-checkpoint')
    this.checkpoints.add(stored, onGrid)
  }

  /**
   * Rows of tiles before the newest entry's. Those of a tile that is just full stay until the next
   * tick: without a row a process that starts could not tell how far the log goes.
   */
  private async prune(): Promise<void> {
    const full = tilesBefore(this.tree.size) * tileWidth
    await this.sql`delete from ledger.ticks where index < ${full}`
  }

  /** The newest public checkpoint, signed; null until the first tick is stored. */
  checkpoint(): StoredCheckpoint | null {
    return this.checkpoints.published
  }

  get size(): number {
    return this.tree.size
  }

  /** Bytes of a tile as the public checkpoint has it; null where it does not reach. */
  tile(tile: Tile): Uint8Array | null {
    return this.tree.tile(tile)
  }

  /**
   * The proof of an event under a durable checkpoint; waits for its tick.
   * @param digest of the event
   */
  proofOf(digest: Uint8Array): Promise<string> {
    return this.proofs.of(digest)
  }
}
