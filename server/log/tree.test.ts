import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHex, hex, leafHash, sha256, utf8 } from '../formats/index.ts'
import {
  completedTiles,
  consistencyProof,
  decodeBundle,
  encodeBundle,
  inclusionProof,
  isConsistent,
  isIncluded,
  parseTilePath,
  partialTiles,
  type Tile,
  tilePath,
  treeRoot,
} from './index.ts'
import { memoryLog, vectorEntries } from './log.fixture.ts'
import checkpoints from './vectors/checkpoint.json' with { type: 'json' }
import rfc6962 from './vectors/rfc6962.json' with { type: 'json' }

const small = memoryLog(rfc6962.leaves.map(fromHex))

test('leaves and roots are those of RFC 6962', async () => {
  expect(rfc6962.leaves.map((leaf) => hex(leafHash(fromHex(leaf))))).toEqual(rfc6962.leafHashes)
  for (const [size, root] of rfc6962.roots.entries()) {
    expect(hex(small.rootAt(size))).toBe(root)
    expect(hex(await treeRoot(size, small.read))).toBe(root)
  }
})

test('inclusion proofs are those of the vectors', async () => {
  for (const { index, size, path } of rfc6962.inclusion) {
    expect((await inclusionProof(index, size, small.read)).map(hex)).toEqual(path)
    const root = fromHex(rfc6962.roots[size]!)
    expect(isIncluded(small.leaf(index), index, size, path.map(fromHex), root)).toBe(true)
  }
})

test('consistency proofs are those of the vectors', async () => {
  for (const { old, size, path } of rfc6962.consistency) {
    expect((await consistencyProof(old, size, small.read)).map(hex)).toEqual(path)
    const [oldRoot, root] = [fromHex(rfc6962.roots[old]!), fromHex(rfc6962.roots[size]!)]
    expect(isConsistent(old, size, oldRoot, root, path.map(fromHex))).toBe(true)
  }
})

const leaves = Array.from({ length: 1500 }, (_, i) => utf8(`entry ${i}`))
const large = memoryLog(leaves)
const treeSize = fc.integer({ min: 1, max: 1500 })
const flipped = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, i) => (i === (bit >> 3) % bytes.length ? byte ^ (1 << (bit & 7)) : byte))

test('any leaf of any tree is proved, and no flipped bit or other place is', () =>
  fc.assert(
    fc.asyncProperty(treeSize, fc.nat(), fc.nat(20), fc.nat(255), async (size, at, node, bit) => {
      const index = at % size
      const path = await inclusionProof(index, size, large.read)
      const root = large.rootAt(size)
      const leaf = large.leaf(index)
      expect(isIncluded(leaf, index, size, path, root)).toBe(true)
      expect(isIncluded(flipped(leaf, bit), index, size, path, root)).toBe(false)
      expect(isIncluded(leaf, index, size, path, flipped(root, bit))).toBe(false)
      expect(isIncluded(leaf, index, size, [...path, root], root)).toBe(false)
      expect(isIncluded(leaf, (index + 1) % (size + 1), size, path, root)).toBe(false)
      if (path.length > 0) {
        const changed = path.with(node % path.length, flipped(path[node % path.length]!, bit))
        expect(isIncluded(leaf, index, size, changed, root)).toBe(false)
        expect(isIncluded(leaf, index, size, path.slice(1), root)).toBe(false)
      }
    }),
  ))

test('any tree is a prefix of any larger one, and no flipped bit or other root is', () =>
  fc.assert(
    fc.asyncProperty(treeSize, treeSize, fc.nat(20), fc.nat(255), async (a, b, node, bit) => {
      const [old, size] = [Math.min(a, b), Math.max(a, b)]
      const path = await consistencyProof(old, size, large.read)
      const [oldRoot, root] = [large.rootAt(old), large.rootAt(size)]
      expect(isConsistent(old, size, oldRoot, root, path)).toBe(true)
      expect(isConsistent(old, size, flipped(oldRoot, bit), root, path)).toBe(false)
      expect(isConsistent(old, size, oldRoot, flipped(root, bit), path)).toBe(false)
      expect(isConsistent(old, size, oldRoot, root, [...path, root])).toBe(false)
      if (old < size) expect(isConsistent(size, old, root, oldRoot, path)).toBe(false)
      if (path.length > 0) {
        const changed = path.with(node % path.length, flipped(path[node % path.length]!, bit))
        expect(isConsistent(old, size, oldRoot, root, changed)).toBe(false)
      }
    }),
  ))

test('the empty tree is a prefix of every tree, and holds no leaf', () => {
  const empty = sha256(new Uint8Array())
  expect(isConsistent(0, 5, empty, large.rootAt(5), [])).toBe(true)
  expect(isConsistent(0, 5, large.rootAt(5), large.rootAt(5), [])).toBe(false)
  expect(isIncluded(empty, 0, 0, [], empty)).toBe(false)
})

test('tile paths are those of the vectors, and only their one spelling is read', () => {
  for (const [index, path] of checkpoints.tilePaths as [number, string][]) {
    expect(tilePath({ level: 0, index, width: 256 })).toBe(`tile/0/${path}`)
  }
  fc.assert(
    fc.property(
      fc.constantFrom<Tile['level']>('entries', 0, 1, 5),
      fc.nat({ max: 1e15 }),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) => {
        expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width })
      },
    ),
  )
})

test.each([
  'tile/6/000',
  'tile/0/00',
  'tile/0/x000/001',
  'tile/0/000.p/256',
  'tile/0/000.p/0',
  'tile/0/000.p/01',
  'tile/0/../000',
  '/tile/0/000',
  'tile/0/000/',
  'tile/0/1000',
  'tile/0/001/000',
])('%s names no tile', (path) => expect(parseTilePath(path)).toBe(null))

test('tiles of the vectors’ log have their digests', () => {
  const entries = vectorEntries()
  const log = memoryLog(entries)
  for (const { path, sha256: digest, bytes } of checkpoints.tiles) {
    const tile = parseTilePath(path)!
    const content =
      tile.level === 'entries'
        ? encodeBundle(entries.slice(tile.index * 256, tile.index * 256 + tile.width))
        : (log.read(tile.level, tile.index, tile.width) as Uint8Array)
    expect(content.length).toBe(bytes)
    expect(hex(sha256(content))).toBe(digest)
  }
})

test('a growing log completes each tile once, and its edge is its partial tiles', () => {
  expect(completedTiles(255, 512).map(tilePath)).toEqual([
    'tile/entries/000',
    'tile/entries/001',
    'tile/0/000',
    'tile/0/001',
  ])
  expect(completedTiles(65535, 65536).map(tilePath)).toEqual([
    'tile/entries/255',
    'tile/0/255',
    'tile/1/000',
  ])
  expect(partialTiles(520).map(tilePath)).toEqual([
    'tile/entries/002.p/8',
    'tile/0/002.p/8',
    'tile/1/000.p/2',
  ])
  expect(partialTiles(0)).toEqual([])
})

test('a bundle comes back, and one cut, padded or of another count is refused', () =>
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 50 }), { minLength: 1, maxLength: 256 }),
      (entries) => {
        const bytes = encodeBundle(entries)
        expect(decodeBundle(bytes, entries.length).map(hex)).toEqual(entries.map(hex))
        expect(() => decodeBundle(bytes.subarray(1), entries.length)).toThrow('bundle-malformed')
        expect(() => decodeBundle(bytes, entries.length + 1)).toThrow('bundle-malformed')
        expect(() => decodeBundle(bytes, entries.length - 1)).toThrow('bundle-malformed')
      },
    ),
  ))
