import {
  appendLeaves,
  concat,
  emptyFrontier,
  fromHex,
  frontierRoot,
  leafHash,
  sha256,
  utf8,
} from '../formats/index.ts'
import { buildBatch, encodeEntry, type TileReader, tileRoot, tileWidth } from './index.ts'
import batchVectors from './vectors/events-batch.json' with { type: 'json' }

/** Tests: a log in memory, as its tiles. */
export function memoryLog(entries: readonly Uint8Array[]) {
  const levels: Uint8Array[][] = [entries.map((entry) => leafHash(entry))]
  for (let level = 0; levels[level]!.length >= tileWidth; level++) {
    const hashes = levels[level]!
    const above: Uint8Array[] = []
    for (let at = 0; at + tileWidth <= hashes.length; at += tileWidth) {
      above.push(tileRoot(hashes.slice(at, at + tileWidth)))
    }
    levels.push(above)
  }
  const read: TileReader = (level, index, width) =>
    concat(...levels[level]!.slice(index * tileWidth, index * tileWidth + width))
  const rootAt = (size: number) =>
    frontierRoot(appendLeaves(emptyFrontier, levels[0]!.slice(0, size)))
  return { read, rootAt, leaf: (index: number) => levels[0]![index]! }
}

/** Tests: the 520 entries that `vectors/checkpoint.json` describes. */
export function vectorEntries(): Uint8Array[] {
  return Array.from({ length: 520 }, (_, k) => {
    const secret = sha256(utf8(`yangguang vector tick ${k}`))
    const root = k === 300 ? fromHex(batchVectors.batch.root) : buildBatch([], secret).root
    return encodeEntry({ atMs: 1795572000000 + 80 * k, root })
  })
}
