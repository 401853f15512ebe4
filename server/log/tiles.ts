import { assert, concat, FormatError, merkleRoot, readU16, u16 } from '../formats/index.ts'

/** Hashes in a full tile: 8 levels of the tree. */
export const tileWidth = 256

/**
 * A tile: `width` hashes of one level, from `index`·256 on. Level L holds the roots of complete
 * subtrees of 256^L leaves; `entries` holds the entries themselves.
 */
export interface Tile {
  /** 0..5, or the bundles of entries. */
  readonly level: number | 'entries'
  readonly index: number
  /** 1..255 for the tile at the edge of a tree, 256 for a full one, which never changes. */
  readonly width: number
}

/**
 * Path of a tile under the log's address: `tile/0/x001/x234/067`, `tile/1/000.p/2`.
 * @source C2SP tlog-tiles
 */
export function tilePath({ level, index, width }: Tile): string {
  assert(Number.isSafeInteger(index) && index >= 0, 'a tile index is a natural number')
  assert(width >= 1 && width <= tileWidth, 'a tile is 1 to 256 wide')
  let name = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    name = `x${String(rest % 1000).padStart(3, '0')}/${name}`
  }
  return `tile/${level}/${name}${width === tileWidth ? '' : `.p/${width}`}`
}

/**
 * The tile that a path asks for.
 * @returns null for any other text, also for other spellings of a good path
 */
export function parseTilePath(path: string): Tile | null {
  const parts =
    /^tile\/(entries|[0-5])\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path)
  if (parts === null) return null
  const index = Number(parts[2]!.replace(/[x/]/g, ''))
  const width = parts[3] === undefined ? tileWidth : Number(parts[3])
  if (!Number.isSafeInteger(index) || width > tileWidth) return null
  const level = parts[1] === 'entries' ? 'entries' : Number(parts[1])
  const tile = { level, index, width } as const
  return tilePath(tile) === path ? tile : null
}

/** How many hashes level L of a tree of this size has: its complete subtrees of 256^L leaves. */
export const levelWidth = (size: number, level: number): number =>
  Math.floor(size / tileWidth ** level)

/**
 * The tile of a level as a tree of this size has it.
 * @returns null where the tree does not reach it
 */
export function tileAt(size: number, level: number | 'entries', index: number): Tile | null {
  const width = levelWidth(size, level === 'entries' ? 0 : level) - index * tileWidth
  return width <= 0 ? null : { level, index, width: Math.min(width, tileWidth) }
}

/** The full tiles and bundles that a tree gains by growing; in the order in which they can be made. */
export function completedTiles(oldSize: number, newSize: number): Tile[] {
  assert(oldSize <= newSize, 'a log never shrinks')
  const tiles: Tile[] = []
  for (const level of ['entries', 0, 1, 2, 3, 4, 5] as const) {
    const below = level === 'entries' ? 0 : level
    const from = Math.floor(levelWidth(oldSize, below) / tileWidth)
    const to = Math.floor(levelWidth(newSize, below) / tileWidth)
    for (let index = from; index < to; index++) tiles.push({ level, index, width: tileWidth })
  }
  return tiles
}

/** The tiles at the right edge of a tree: computed when asked for, never stored. */
export function partialTiles(size: number): Tile[] {
  const tiles: Tile[] = []
  for (const level of ['entries', 0, 1, 2, 3, 4, 5] as const) {
    const width = levelWidth(size, level === 'entries' ? 0 : level)
    const edge = tileAt(size, level, Math.floor(width / tileWidth))
    if (edge !== null) tiles.push(edge)
  }
  return tiles
}

/** The hashes of a tile's bytes, 32 bytes each. @throws FormatError `tile-malformed` */
export function tileHashes(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * 32) throw new FormatError('tile-malformed')
  return Array.from({ length: width }, (_, i) => bytes.subarray(32 * i, 32 * i + 32))
}

/** The hash that a full tile has in the level above. */
export function tileRoot(hashes: readonly Uint8Array[]): Uint8Array {
  assert(hashes.length === tileWidth, 'only a full tile has a place in the level above')
  return merkleRoot(hashes)
}

/** A bundle of 1 to 256 entries, each after its length in two bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  assert(entries.length >= 1 && entries.length <= tileWidth, 'a bundle has 1 to 256 entries')
  return concat(...entries.flatMap((entry) => [u16(entry.length), entry]))
}

/**
 * The entries of a bundle.
 * @param count how many the path promises
 * @throws FormatError `bundle-malformed` for more, fewer or cut entries
 */
export function decodeBundle(bytes: Uint8Array, count: number): Uint8Array[] {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length && entries.length < count) {
    const end = at + 2 + (at + 2 <= bytes.length ? readU16(bytes, at) : 0)
    if (end > bytes.length) break
    entries.push(bytes.slice(at + 2, end))
    at = end
  }
  if (at !== bytes.length || entries.length !== count) throw new FormatError('bundle-malformed')
  return entries
}
