import { leafHash } from '../formats/merkle.ts'
import {
  completedTiles,
  encodeBundle,
  inclusionProof,
  levelWidth,
  type Tile,
  tileHashes,
  tilePath,
  tileRoot,
  tileWidth,
  treeRoot,
} from '../log/index.ts'
import type { TileFiles } from './log-files.ts'

/** Bytes of an entry in a bundle: its length, 41 bytes. */
const entryStride = 43

/**
 * The log's tree as this process knows it: the edge of each level in memory, full tiles in files.
 * It only grows, from rows of `ledger.ticks`.
 */
export class LogTree {
  size = 0
  private edges: Uint8Array[][] = [[], [], [], [], [], []]
  private edgeEntries: Uint8Array[] = []
  private readonly files: TileFiles

  constructor(files: TileFiles) {
    this.files = files
  }

  /** Restores the edges at a size whose full tiles are all stored and whose rest is `entries`. */
  restore(fullSize: number, entries: readonly Uint8Array[]): void {
    this.size = fullSize
    this.edgeEntries = []
    this.edges = [[], [], [], [], [], []]
    for (let level = 1; level <= 5; level++) {
      const width = levelWidth(fullSize, level)
      const from = Math.floor(width / tileWidth) * tileWidth
      for (let i = from; i < width; i++) {
        const bytes = this.files.read(tilePath({ level: level - 1, index: i, width: tileWidth }))
        if (!bytes) throw new Error(`tile ${level - 1}/${i} is missing`)
        this.edges[level].push(tileRoot(tileHashes(bytes, tileWidth)))
      }
    }
    this.append(entries)
  }

  /** Adds entries and gives each tile that they complete to the files; `flush` stores them. */
  append(entries: readonly Uint8Array[]): void {
    for (const entry of entries) {
      this.edgeEntries.push(entry)
      this.edges[0].push(leafHash(entry))
      this.size += 1
      if (this.edges[0].length === tileWidth) this.complete()
    }
  }

  /** Stores the tiles completed so far: before any checkpoint over them is. */
  flush(): Promise<void> {
    return this.files.flush()
  }

  private complete(): void {
    for (const tile of completedTiles(this.size - 1, this.size)) {
      if (tile.level === 'entries') {
        this.files.write(tilePath(tile), encodeBundle(this.edgeEntries))
        this.edgeEntries = []
        continue
      }
      const hashes = this.edges[tile.level]
      this.files.write(tilePath(tile), Buffer.concat(hashes))
      this.edges[tile.level] = []
      if (tile.level < 5) this.edges[tile.level + 1].push(tileRoot(hashes))
    }
  }

  /** A hash tile's bytes at the present size, cut to `width`, or null where there is none. */
  tile(tile: Tile): Uint8Array | null {
    const below = tile.level === 'entries' ? 0 : tile.level
    const available = Math.min(levelWidth(this.size, below) - tile.index * tileWidth, tileWidth)
    if (available < tile.width || tile.width <= 0) return null
    if (available === tileWidth) {
      const full = this.files.read(tilePath({ ...tile, width: tileWidth }))
      if (full && tile.width === tileWidth) return full
      // The public checkpoint may still stand amid a tile that is full by now.
      const stride = tile.level === 'entries' ? entryStride : 32
      return full?.subarray(0, tile.width * stride) ?? null
    }
    return tile.level === 'entries'
      ? encodeBundle(this.edgeEntries.slice(0, tile.width))
      : Buffer.concat(this.edges[tile.level].slice(0, tile.width))
  }

  private read = (level: number, index: number, width: number): Uint8Array => {
    const bytes = this.tile({ level, index, width })
    if (!bytes) throw new Error(`tile ${level}/${index} of width ${width} is missing`)
    return bytes
  }

  root(size = this.size): Promise<Uint8Array> {
    return treeRoot(size, this.read)
  }

  inclusion(index: number, size: number): Promise<Uint8Array[]> {
    return inclusionProof(index, size, this.read)
  }
}
