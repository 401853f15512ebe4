import { leafHash } from '../formats/merkle.ts'
import {
  type Checkpoint,
  consistencyProof,
  decodeBundle,
  decodeEntry,
  isConsistent,
  parseVkey,
  type TileReader,
  tileAt,
  tilePath,
  tileRoot,
  tileWidth,
  treeRoot,
  verifyCheckpoint,
} from '../log/index.ts'

/**
 * Watches a log from outside by its public files alone: signed checkpoints, each the continuation of
 * the one before, the tree that the tiles give, entries in the published rhythm. Trusts nothing of
 * the server's but the key, and that only where it was pinned.
 */
export interface Watched {
  readonly url: string
  /** The log's key from elsewhere; null takes the log's own word at the first look. */
  readonly vkey: string | null
  readonly times: number
  readonly everyMs: number
  /** The last checkpoint seen by an earlier run. */
  readonly seen: string | null
}
export interface LogFault {
  readonly code:
    | 'unreachable'
    | 'checkpoint-malformed'
    | 'checkpoint-key-unknown'
    | 'checkpoint-signature-wrong'
    | 'log-shrank'
    | 'log-forked'
    | 'tree-differs'
    | 'entry-differs'
    | 'entry-off-rhythm'
    | 'log-standing'
    | 'log-stale'
  readonly size: number | null
  readonly detail: string
}
export interface WatchResult {
  readonly v: 1
  readonly pinned: boolean
  readonly vkey: string
  readonly faults: readonly LogFault[]
  /** Sizes seen, in order. */
  readonly sizes: readonly number[]
  /** Ticks that never came: outages, not faults of the log. */
  readonly gaps: readonly { readonly from: string; readonly to: string }[]
  /** The newest good checkpoint, to begin from next time. */
  readonly seen: string | null
}

/** Older than this by the local clock, the log stands still. */
const staleMs = 30_000
/**
 * A public checkpoint comes each second, so that looks within the same one see the same size. The
 * log stands where a size stays for nearly two.
 */
const standingMs = 1900
/** Bundles whose entries are read at the first look; later looks read all that is new. */
const firstBundles = 2

/** Looks so many times. @throws Unwatchable where there is no key to check by */
export async function watchLog(watched: Watched): Promise<WatchResult> {
  const watch = new Watch(watched, watched.vkey ?? (await text(watched.url, 'log/vkey')).trim())
  for (let i = 0; i < watched.times; i++) {
    if (i > 0) await new Promise((r) => setTimeout(r, watched.everyMs))
    await watch.look()
  }
  return watch.result()
}

/** The log cannot be watched at all. */
export class Unwatchable extends Error {}

async function text(url: string, path: string): Promise<string> {
  const response = await fetch(new URL(path, url)).catch(() => null)
  if (!response?.ok) throw new Unwatchable(`${path} of ${url} cannot be read`)
  return response.text()
}

class Watch {
  private readonly watched: Watched
  private readonly vkey: string
  private readonly faults: LogFault[] = []
  private readonly sizes: number[] = []
  private readonly gaps: { from: string; to: string }[] = []
  private last: Checkpoint | null = null
  private lastText: string | null = null
  private tickMs = 0
  /** When the newest size was first seen, by this process's monotonic clock. */
  private grownAt = performance.now()

  constructor(watched: Watched, vkey: string) {
    try {
      parseVkey(vkey)
    } catch {
      throw new Unwatchable(`${vkey} is no key of a log`)
    }
    this.watched = watched
    this.vkey = vkey
    if (watched.seen) {
      const known = verifyCheckpoint(watched.seen, [{ vkey: parseVkey(vkey) }])
      if (known.problem === undefined) this.last = known.checkpoint
    }
  }

  result(): WatchResult {
    return {
      v: 1,
      pinned: this.watched.vkey !== null,
      vkey: this.vkey,
      faults: this.faults,
      sizes: this.sizes,
      gaps: this.gaps,
      seen: this.lastText,
    }
  }

  private fault(code: LogFault['code'], detail: string, size: number | null = null): void {
    this.faults.push({ code, size, detail })
  }

  async look(): Promise<void> {
    try {
      if (this.tickMs === 0) {
        const rhythm = JSON.parse(await text(this.watched.url, 'log/rhythm'))
        this.tickMs = Number(rhythm.default.tickMs)
      }
      await this.lookAt(await text(this.watched.url, 'log/checkpoint'))
    } catch (error) {
      if (!(error instanceof Unwatchable)) throw error
      this.fault('unreachable', error.message)
    }
  }

  private async lookAt(signed: string): Promise<void> {
    const verdict = verifyCheckpoint(signed, [{ vkey: parseVkey(this.vkey) }])
    if (verdict.problem !== undefined) return this.fault(verdict.problem, 'the signed note')
    const { checkpoint } = verdict
    const { size, root } = checkpoint
    const isNew = this.sizes.at(-1) !== size
    this.sizes.push(size)
    const before = this.last
    if (before && size < before.size) return this.fault('log-shrank', `from ${before.size}`, size)
    this.checkGrowth(isNew, size)
    const read = this.reader(size)
    const same = Buffer.from(await treeRoot(size, read)).equals(Buffer.from(root))
    if (!same) this.fault('tree-differs', 'the tiles give another root', size)
    if (before) {
      const proof = await consistencyProof(before.size, size, read)
      if (!isConsistent(before.size, size, before.root, root, proof))
        return this.fault('log-forked', `not a continuation of ${before.size}`, size)
    }
    await this.readEntries(before?.size ?? null, size, read)
    this.last = checkpoint
    this.lastText = signed
  }

  /** Told again only after as long a time again. */
  private checkGrowth(isNew: boolean, size: number): void {
    const now = performance.now()
    if (!isNew && now - this.grownAt < standingMs) return
    if (!isNew) this.fault('log-standing', 'no new tick', size)
    this.grownAt = now
  }

  private reader(size: number): TileReader {
    return async (level, index, width) => {
      const tile = tileAt(size, level, index)
      return this.bytes(tilePath({ level, index, width: tile?.width ?? width }))
    }
  }

  private async bytes(path: string): Promise<Uint8Array> {
    const response = await fetch(new URL(`log/${path}`, this.watched.url)).catch(() => null)
    if (!response?.ok) throw new Unwatchable(`log/${path} cannot be read`)
    return new Uint8Array(await response.arrayBuffer())
  }

  /** Every entry that is new: it is the leaf that the tree holds, and it came at its tick. */
  private async readEntries(seen: number | null, size: number, read: TileReader): Promise<void> {
    const last = Math.floor((size - 1) / tileWidth)
    const first = seen === null ? last - firstBundles + 1 : Math.floor(seen / tileWidth)
    let beforeMs: number | null = null
    for (let index = Math.max(0, first); index <= last; index++) {
      const width = Math.min(tileWidth, size - index * tileWidth)
      const entries = decodeBundle(await this.bundle(index, width), width)
      const hashes = await read(0, index, width)
      for (const [i, entry] of entries.entries()) {
        const at = index * tileWidth + i
        const hash = hashes.subarray(32 * i, 32 * i + 32)
        if (!Buffer.from(leafHash(entry)).equals(Buffer.from(hash)))
          this.fault('entry-differs', 'the entry is not the leaf', at)
        const { atMs } = decodeEntry(entry)
        this.checkRhythm(beforeMs, atMs, at)
        beforeMs = atMs
      }
      if (width === tileWidth) await this.checkParent(index, hashes, size, read)
    }
    if (beforeMs !== null && Date.now() - beforeMs > staleMs)
      this.fault('log-stale', `the newest tick is of ${new Date(beforeMs).toISOString()}`, size)
  }

  /** A bundle that has become whole since is asked for whole. */
  private async bundle(index: number, width: number): Promise<Uint8Array> {
    const path = tilePath({ level: 'entries', index, width })
    try {
      return await this.bytes(path)
    } catch (error) {
      if (!(error instanceof Unwatchable) || width === tileWidth) throw error
      const whole = await this.bytes(tilePath({ level: 'entries', index, width: tileWidth }))
      return whole.subarray(0, width * (whole.length / tileWidth))
    }
  }

  private checkRhythm(beforeMs: number | null, atMs: number, at: number): void {
    if (atMs % this.tickMs !== 0) this.fault('entry-off-rhythm', `${atMs} is no tick`, at)
    if (beforeMs === null) return
    if (atMs <= beforeMs) this.fault('entry-off-rhythm', `${atMs} after ${beforeMs}`, at)
    else if (atMs - beforeMs > this.tickMs) {
      const gap = { from: new Date(beforeMs).toISOString(), to: new Date(atMs).toISOString() }
      if (!this.gaps.some((g) => g.from === gap.from)) this.gaps.push(gap)
    }
  }

  private async checkParent(index: number, hashes: Uint8Array, size: number, read: TileReader) {
    const parent = tileAt(size, 1, Math.floor(index / tileWidth))
    if (!parent) return
    const row = await read(1, parent.index, parent.width)
    const at = (index % tileWidth) * 32
    const leaves = Array.from({ length: tileWidth }, (_, i) => hashes.subarray(32 * i, 32 * i + 32))
    if (!Buffer.from(tileRoot(leaves)).equals(Buffer.from(row.subarray(at, at + 32))))
      this.fault('tree-differs', `tile 0/${index} is not what stands above it`, size)
  }
}
