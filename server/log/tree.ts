import { assert, equal, foldRight, merkleRoot, nodeHash, sha256 } from '../formats/index.ts'
import { levelWidth, tileAt, tileHashes, tileWidth } from './tiles.ts'

/**
 * Reads a hash tile.
 * @param width hashes that are needed at least: the answer may be that partial tile or a fuller one
 * @returns 32 bytes a hash, at least `width` of them
 */
export type TileReader = (
  level: number,
  index: number,
  width: number,
) => Uint8Array | Promise<Uint8Array>

/** Leaves from `start` to before `end`. */
interface Range {
  readonly start: number
  readonly end: number
}

/**
 * Nodes from a leaf's sibling up to the root's child.
 * @throws Error where index or size is no place in the tree: ask only for what exists
 * @source RFC 6962 §2.1.1
 */
export function inclusionProof(
  index: number,
  size: number,
  read: TileReader,
): Promise<Uint8Array[]> {
  assert(isNatural(index) && isNatural(size) && index < size, 'the leaf is in the tree')
  return hashesOf(inclusionRanges(index, size), size, read)
}

/**
 * Nodes that show the tree of the old size to be a prefix of the other.
 * @source RFC 6962 §2.1.2
 */
export function consistencyProof(
  oldSize: number,
  size: number,
  read: TileReader,
): Promise<Uint8Array[]> {
  assert(isNatural(oldSize) && isNatural(size) && oldSize <= size, 'the old tree is not larger')
  return hashesOf(consistencyRanges(oldSize, size), size, read)
}

/** Root of the tree at this size, from tiles alone. */
export async function treeRoot(size: number, read: TileReader): Promise<Uint8Array> {
  if (size === 0) return sha256(new Uint8Array())
  return (await hashesOf([{ start: 0, end: size }], size, read))[0]!
}

function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + leftSize(end - start)
    if (index < middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  return ranges.reverse()
}

function consistencyRanges(oldSize: number, size: number): Range[] {
  if (oldSize === 0 || oldSize === size) return []
  const ranges: Range[] = []
  let start = 0
  let end = size
  // Down to the subtree that ends where the old tree ended.
  while (end !== oldSize) {
    const middle = start + leftSize(end - start)
    if (oldSize <= middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  // Where that is the whole old tree, the verifier has its root already.
  if (start !== 0) ranges.push({ start, end })
  return ranges.reverse()
}

/** The largest power of two below `size`: leaves of the left subtree. */
function leftSize(size: number): number {
  let left = 1
  while (left * 2 < size) left *= 2
  return left
}

async function hashesOf(
  ranges: readonly Range[],
  size: number,
  read: TileReader,
): Promise<Uint8Array[]> {
  const nodes = tileNodes(size, read)
  const hashes: Uint8Array[] = []
  for (const { start, end } of ranges) {
    const parts: Uint8Array[] = []
    for (let at = start; at < end; ) {
      // The largest complete subtree that begins here and fits.
      let leaves = 1
      while (at % (leaves * 2) === 0 && at + leaves * 2 <= end) leaves *= 2
      parts.push(await nodes(at, leaves))
      at += leaves
    }
    hashes.push(foldRight(parts))
  }
  return hashes
}

/** Roots of complete subtrees, computed within their tile; each tile is read once a proof. */
function tileNodes(size: number, read: TileReader) {
  const cache = new Map<string, Promise<Uint8Array[]>>()
  const readHashes = (level: number, index: number): Promise<Uint8Array[]> => {
    const key = `${level}/${index}`
    const known = cache.get(key)
    if (known !== undefined) return known
    const tile = tileAt(size, level, index)
    assert(tile !== null, 'the tree has this tile')
    const hashes = Promise.resolve(read(level, index, tile.width)).then((bytes) =>
      tileHashes(bytes.subarray(0, tile.width * 32), tile.width),
    )
    cache.set(key, hashes)
    return hashes
  }
  return async (start: number, leaves: number): Promise<Uint8Array> => {
    let level = 0
    while (tileWidth ** (level + 1) <= leaves) level++
    const first = start / tileWidth ** level
    const count = leaves / tileWidth ** level // a power of two below 256
    assert(first + count <= levelWidth(size, level), 'the subtree is complete')
    const hashes = await readHashes(level, Math.floor(first / tileWidth))
    const at = first % tileWidth
    return merkleRoot(hashes.slice(at, at + count))
  }
}

const isNatural = (n: number) => Number.isSafeInteger(n) && n >= 0
const odd = (n: number) => n % 2 === 1
const half = (n: number) => Math.floor(n / 2)

/**
 * True where the leaf hash is at `index` of the tree with this root.
 * @source RFC 9162 §2.1.3.2
 */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isNatural(index) || !isNatural(size) || index >= size) return false
  if (leaf.length !== 32 || path.some((node) => node.length !== 32)) return false
  let at = index
  let last = size - 1
  let node = leaf
  for (const sibling of path) {
    if (last === 0) return false
    if (odd(at) || at === last) {
      node = nodeHash(sibling, node)
      while (!odd(at) && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else {
      node = nodeHash(node, sibling)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && equal(node, root)
}

/**
 * True where the tree of the old size and root is a prefix of the other. The empty tree is a prefix
 * of every tree.
 * @source RFC 9162 §2.1.4.2
 */
export function isConsistent(
  oldSize: number,
  size: number,
  oldRoot: Uint8Array,
  root: Uint8Array,
  path: readonly Uint8Array[],
): boolean {
  if (!isNatural(oldSize) || !isNatural(size) || oldSize > size) return false
  if (path.some((node) => node.length !== 32)) return false
  if (oldSize === 0) return path.length === 0 && equal(oldRoot, sha256(new Uint8Array()))
  if (oldSize === size) return path.length === 0 && equal(oldRoot, root)
  let at = oldSize - 1
  let last = size - 1
  while (odd(at)) {
    at = half(at)
    last = half(last)
  }
  // A complete old tree is a node of the new one: the proof starts from its root.
  const nodes = at === 0 ? [oldRoot, ...path] : path
  if (nodes.length === 0) return false
  let oldNode = nodes[0]!
  let node = nodes[0]!
  for (const sibling of nodes.slice(1)) {
    if (last === 0) return false
    if (odd(at) || at === last) {
      oldNode = nodeHash(sibling, oldNode)
      node = nodeHash(sibling, node)
      while (!odd(at) && at !== 0) {
        at = half(at)
        last = half(last)
      }
    } else {
      node = nodeHash(node, sibling)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && equal(oldNode, oldRoot) && equal(node, root)
}
