import { buildBatch, formatProof, tileWidth } from '../log/index.ts'
import type { Checkpoints } from './checkpoints.ts'
import type { Sql } from './database.ts'
import type { Keys } from './keys.ts'
import type { LogTree } from './log-tree.ts'

/** Proofs that the log holds an event, from rows, tiles and the newest durable checkpoint. */
export class LogProofs {
  private readonly sql: Sql
  private readonly keys: Keys
  private readonly tree: LogTree
  private readonly checkpoints: Checkpoints

  constructor(sql: Sql, keys: Keys, tree: LogTree, checkpoints: Checkpoints) {
    this.sql = sql
    this.keys = keys
    this.tree = tree
    this.checkpoints = checkpoints
  }

  /** The proof of an event, by its digest; waits for its tick. */
  async of(digest: Uint8Array): Promise<string> {
    for (;;) {
      const [leaf] = await this.sql`
        select tick, slot from ledger.leaves where digest = ${Buffer.from(digest)}`
      if (leaf) return this.at(Number(leaf.tick), Number(leaf.slot))
      await this.checkpoints.reached(this.tree.size + 1)
    }
  }

  /** The proof of one slot of one tick. */
  private async at(tick: number, slot: number): Promise<string> {
    const checkpoint = await this.checkpoints.reached(tick + 1)
    const leaves = await this.sql<{ digest: Buffer; slot: number }[]>`
      select digest, slot from ledger.leaves where tick = ${tick}`
    const batch = buildBatch(leaves, this.keys.batchSecret(tick))
    const entry = entryOf(this.tree, tick)
    if (!Buffer.from(entry.subarray(9)).equals(Buffer.from(batch.root)))
      throw new Error(`the batch of tick ${tick} does not fit its entry`)
    return formatProof({
      slot,
      batchPath: batch.path(slot),
      entry,
      index: tick,
      path: await this.tree.inclusion(tick, checkpoint.size),
      checkpoint: checkpoint.text,
    })
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
