import {
  assert,
  concat,
  equal,
  FormatError,
  leafHash,
  nodeHash,
  readU64,
  sha256,
  u8,
  u32,
  u64,
} from '../formats/index.ts'

/** Slots of a batch: every path has 12 nodes, so a proof tells nothing of how many events there were. */
export const batchSlots = 4096
export const batchDepth = 12
/** Bytes of a log entry: 01, tick time, batch root. */
export const entryBytes = 41

/** An event digest in its slot. */
export interface BatchItem {
  readonly digest: Uint8Array
  /** 0..4095, random, taken by one event alone. */
  readonly slot: number
}

/** The events of one tick under one root. */
export interface Batch {
  readonly root: Uint8Array
  /**
   * The 12 siblings of a slot, lowest first.
   * @throws Error for a slot outside the batch: our bug
   */
  path(slot: number): Uint8Array[]
}

/**
 * Builds the tree of one tick. Slots without event, and subtrees without any, are filler that only
 * the holder of the secret can tell from events: so a path shows neither number nor places.
 * @param items digests of 32 bytes in distinct slots, at most 4,096
 * @param secret 32 random bytes of this batch alone, kept for auditors
 */
export function buildBatch(items: readonly BatchItem[], secret: Uint8Array): Batch {
  assert(secret.length === 32, 'a batch has a secret of 32 bytes')
  const leaves = new Map<number, Uint8Array>()
  for (const { digest, slot } of items) {
    assert(isSlot(slot) && !leaves.has(slot), 'slots are distinct and inside the batch')
    assert(digest.length === 32, 'an event digest has 32 bytes')
    leaves.set(slot, leafHash(digest))
  }
  const levels = [leaves]
  for (let level = 0; level < batchDepth; level++)
    levels.push(levelAbove(levels[level]!, level, secret))
  const at = (level: number, index: number) =>
    levels[level]!.get(index) ?? filler(secret, level, index)
  return {
    root: at(batchDepth, 0),
    path(slot) {
      assert(isSlot(slot), 'the slot is inside the batch')
      return Array.from({ length: batchDepth }, (_, level) => at(level, (slot >> level) ^ 1))
    },
  }
}

function levelAbove(
  nodes: ReadonlyMap<number, Uint8Array>,
  level: number,
  secret: Uint8Array,
): Map<number, Uint8Array> {
  const above = new Map<number, Uint8Array>()
  for (const index of nodes.keys()) {
    const parent = index >> 1
    if (above.has(parent)) continue
    const left = nodes.get(2 * parent) ?? filler(secret, level, 2 * parent)
    const right = nodes.get(2 * parent + 1) ?? filler(secret, level, 2 * parent + 1)
    above.set(parent, nodeHash(left, right))
  }
  return above
}

const fillerPrefix = Uint8Array.of(2)
const filler = (secret: Uint8Array, level: number, index: number): Uint8Array =>
  sha256(concat(fillerPrefix, secret, u8(level), u32(index)))

const isSlot = (slot: number) => Number.isInteger(slot) && slot >= 0 && slot < batchSlots

/**
 * True where the digest is the event in this slot of the batch.
 * @param path 12 nodes of 32 bytes, lowest first
 */
export function isInBatch(
  digest: Uint8Array,
  slot: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSlot(slot) || path.length !== batchDepth || digest.length !== 32) return false
  let node = leafHash(digest)
  for (let level = 0; level < batchDepth; level++) {
    const sibling = path[level]!
    if (sibling.length !== 32) return false
    node = (slot >> level) & 1 ? nodeHash(sibling, node) : nodeHash(node, sibling)
  }
  return equal(node, root)
}

/**
 * An auditor's check of a batch whose secret was handed over: every slot is one of the events shown,
 * or filler.
 * @returns `slot-unaccounted` where the root holds anything else
 */
export function auditBatch(
  items: readonly BatchItem[],
  secret: Uint8Array,
  root: Uint8Array,
): 'slot-unaccounted' | null {
  return equal(buildBatch(items, secret).root, root) ? null : 'slot-unaccounted'
}

/**
 * Draws distinct random slots for the events of a tick.
 * @param randomBelow gives an unbiased integer in 0..limit-1
 */
export function drawSlots(count: number, randomBelow: (limit: number) => number): number[] {
  assert(count >= 0 && count <= batchSlots, 'a batch holds at most 4,096 events')
  const moved = new Map<number, number>() // a shuffle that keeps only what it moved
  return Array.from({ length: count }, (_, i) => {
    const j = i + randomBelow(batchSlots - i)
    const slot = moved.get(j) ?? j
    moved.set(j, moved.get(i) ?? i)
    return slot
  })
}

/** What the public log holds of a tick. */
export interface Entry {
  /** Tick time, ms since 1970, real time. */
  readonly atMs: number
  readonly root: Uint8Array
}

/** 41 bytes: 01 ‖ u64 tick time ‖ batch root. */
export function encodeEntry({ atMs, root }: Entry): Uint8Array {
  assert(root.length === 32, 'a batch root has 32 bytes')
  return concat(Uint8Array.of(1), u64(atMs), root)
}

/** @throws FormatError `entry-malformed` */
export function decodeEntry(bytes: Uint8Array): Entry {
  if (bytes.length !== entryBytes || bytes[0] !== 1) throw new FormatError('entry-malformed')
  try {
    return { atMs: readU64(bytes, 1), root: bytes.slice(9) }
  } catch {
    throw new FormatError('entry-malformed')
  }
}
