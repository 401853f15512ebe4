import { type Batch, buildBatch, formatProof, tileWidth } from '../log/index.ts'
import type { Checkpoints } from './checkpoints.ts'
import type { Sql } from './database.ts'
import type { Keys } from './keys.ts'
import type { LogTree } from './log-tree.ts'

/** Ticks kept: receipts of one tick are asked for together, and a busy tick has thousands. */
const ticksKept = 8
/** Digests looked up in one statement. */
const mostAtOnce = 256

/** What all proofs of one tick share. */
interface Tick {
  readonly batch: Batch
  readonly entry: Uint8Array
}
interface Leaf {
  readonly tick: number
  readonly slot: number
}
interface Wanted {
  readonly digest: Buffer
  resolve(leaf: Leaf | undefined): void
  reject(error: unknown): void
}

/** Proofs that the log holds an event, from rows, tiles and the newest durable checkpoint. */
export class LogProofs {
  private readonly sql: Sql
  private readonly keys: Keys
  private readonly tree: LogTree
  private readonly checkpoints: Checkpoints
  private readonly ticks = new Map<number, Promise<Tick>>()
  /** The newest path through the tree: all events of a tick share it too. */
  private lastPath: { readonly name: string; readonly path: Promise<Uint8Array[]> } | null = null
  private wanted: Wanted[] = []

  constructor(sql: Sql, keys: Keys, tree: LogTree, checkpoints: Checkpoints) {
    this.sql = sql
    this.keys = keys
    this.tree = tree
    this.checkpoints = checkpoints
  }

  /** The proof of an event, by its digest; waits for its tick. */
  async of(digest: Uint8Array): Promise<string> {
    for (;;) {
      // Taken before the look: a checkpoint that comes between the two is not waited past.
      const { size } = this.tree
      const leaf = await this.leafOf(Buffer.from(digest))
      if (leaf) return this.at(leaf)
      await this.checkpoints.reached(size + 1)
    }
  }

  /** Looks together for all who ask in one turn of the loop. */
  private leafOf(digest: Buffer): Promise<Leaf | undefined> {
    return new Promise((resolve, reject) => {
      this.wanted.push({ digest, resolve, reject })
      if (this.wanted.length === 1) setImmediate(() => this.lookUp())
    })
  }

  private lookUp(): void {
    const wanted = this.wanted
    this.wanted = []
    for (let at = 0; at < wanted.length; at += mostAtOnce) {
      const some = wanted.slice(at, at + mostAtOnce)
      this.leavesOf(some.map((one) => one.digest)).then(
        (found) => {
          for (const one of some) one.resolve(found.get(one.digest.toString('hex')))
        },
        (error) => {
          for (const one of some) one.reject(error)
        },
      )
    }
  }

  private async leavesOf(digests: readonly Buffer[]): Promise<Map<string, Leaf>> {
    const rows = await this.sql`
      select digest, tick, slot from ledger.leaves where digest in ${this.sql([...digests])}`
    return new Map(
      rows.map((r) => [
        (r.digest as Buffer).toString('hex'),
        { tick: Number(r.tick), slot: Number(r.slot) },
      ]),
    )
  }

  /** The proof of one slot of one tick. */
  private async at({ tick, slot }: Leaf): Promise<string> {
    const checkpoint = await this.checkpoints.reached(tick + 1)
    const { batch, entry } = await this.tickOf(tick)
    return formatProof({
      slot,
      batchPath: batch.path(slot),
      entry,
      index: tick,
      path: await this.pathOf(tick, checkpoint.size),
      checkpoint: checkpoint.text,
    })
  }

  private pathOf(tick: number, size: number): Promise<Uint8Array[]> {
    const name = `${tick} ${size}`
    if (this.lastPath?.name === name) return this.lastPath.path
    const path = this.tree.inclusion(tick, size)
    this.lastPath = { name, path }
    path.catch(() => {
      this.lastPath = null
    })
    return path
  }

  /** A tick's leaves never change once they are there, so its batch is built once. */
  private tickOf(tick: number): Promise<Tick> {
    const known = this.ticks.get(tick)
    if (known) return known
    const made = this.readTick(tick)
    this.ticks.set(tick, made)
    made.catch(() => this.ticks.delete(tick))
    const [oldest] = this.ticks.keys()
    if (this.ticks.size > ticksKept) this.ticks.delete(oldest)
    return made
  }

  private async readTick(tick: number): Promise<Tick> {
    const leaves = await this.sql<{ digest: Buffer; slot: number }[]>`
      select digest, slot from ledger.leaves where tick = ${tick}`
    const batch = buildBatch(leaves, this.keys.batchSecret(tick))
    const entry = entryOf(this.tree, tick)
    if (!Buffer.from(entry.subarray(9)).equals(Buffer.from(batch.root)))
      throw new Error(`the batch of tick ${tick} does not fit its entry`)
    return { batch, entry }
  }
}

/** The entry of a tick, out of its bundle: 41 bytes after their length. */
export function entryOf(tree: LogTree, tick: number): Uint8Array {
  const index = Math.floor(tick / tileWidth)
  const width = Math.min(tileWidth, tree.size - index * tileWidth)
  const bundle = tree.tile({ level: 'entries', index, width })
  if (!bundle) throw new Error(`bundle ${index} is missing`)
  const at = (tick % tileWidth) * 43 + 2
  return bundle.slice(at, at + 41)
}
