import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalize, fromHex, hex, leafHash, sha256, utf8 } from '../formats/index.ts'
import {
  auditBatch,
  buildBatch,
  decodeEntry,
  drawSlots,
  encodeEntry,
  eventDigest,
  isInBatch,
  type LedgerEvent,
  sideDigest,
} from './index.ts'
import vectors from './vectors/events-batch.json' with { type: 'json' }

const { batch, events, entry, emptyBatch, jcsOrder } = vectors

test('events have the digests of the vectors, each naming the one before', () => {
  for (const { salt, jcs, digest } of events) {
    const event = JSON.parse(jcs) as LedgerEvent
    expect(canonicalize(event)).toBe(jcs)
    expect(hex(eventDigest(event, fromHex(salt)))).toBe(digest)
  }
  expect(canonicalize(Object.fromEntries(jcsOrder.value))).toBe(jcsOrder.jcs)
})

test('a side row’s digest is salted and under its own prefix', () => {
  const salt = new Uint8Array(32)
  const expected = sha256(Buffer.concat([utf8('yangguang/v1 side\n'), salt, utf8('{"name":"王"}')]))
  expect(sideDigest({ name: '王' }, salt)).toEqual(expected)
  expect(() => sideDigest(null, new Uint8Array(16))).toThrow('assertion')
})

const items = batch.slots.map((slot, i) => ({ slot, digest: fromHex(events[i]!.digest) }))
const secret = fromHex(batch.secret)

test('a batch has the root and paths of the vectors, also an empty one', () => {
  const built = buildBatch(items, secret)
  expect(hex(built.root)).toBe(batch.root)
  items.forEach(({ slot, digest }, i) => {
    expect(built.path(slot).map(hex)).toEqual(batch.paths[i])
    expect(isInBatch(digest, slot, built.path(slot), built.root)).toBe(true)
  })
  expect(hex(buildBatch([], fromHex(emptyBatch.secret)).root)).toBe(emptyBatch.root)
})

test('an entry has the bytes of the vectors and comes back', () => {
  const bytes = encodeEntry({ atMs: entry.at, root: fromHex(batch.root) })
  expect(hex(bytes)).toBe(entry.bytes)
  expect(hex(leafHash(bytes))).toBe(entry.leafHash)
  expect(decodeEntry(bytes)).toEqual({ atMs: entry.at, root: fromHex(batch.root) })
  expect(() => decodeEntry(bytes.subarray(1))).toThrow('entry-malformed')
  expect(() => decodeEntry(bytes.with(0, 2))).toThrow('entry-malformed')
  expect(() => decodeEntry(bytes.with(1, 0xff))).toThrow('entry-malformed')
})

test('no other digest, slot, node or root is in a batch', () =>
  fc.assert(
    fc.property(fc.nat(2), fc.nat(13), fc.nat(255), (which, target, bit) => {
      const built = buildBatch(items, secret)
      const { digest, slot } = items[which]!
      const flip = (bytes: Uint8Array) =>
        bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      const path = built.path(slot)
      if (target < 12) path[target] = flip(path[target]!)
      const changedDigest = target === 12 ? flip(digest) : digest
      const changedRoot = target === 13 ? flip(built.root) : built.root
      expect(isInBatch(changedDigest, slot, path, changedRoot)).toBe(false)
      expect(isInBatch(digest, slot ^ (1 << (bit % 12)), built.path(slot), built.root)).toBe(false)
      expect(isInBatch(digest, slot + 4096, built.path(slot), built.root)).toBe(false)
      expect(isInBatch(digest, slot, built.path(slot).slice(1), built.root)).toBe(false)
    }),
  ))

test('an auditor with the secret finds a slot that is neither an event shown nor filler', () => {
  const { root } = buildBatch(items, secret)
  expect(auditBatch(items, secret, root)).toBe(null)
  expect(auditBatch(items.slice(1), secret, root)).toBe('slot-unaccounted')
  expect(auditBatch(items, sha256(secret), root)).toBe('slot-unaccounted')
})

test('drawn slots are distinct, and a full batch takes all', () => {
  const draw = drawSlots(4096, (limit) => limit - 1)
  expect(new Set(draw).size).toBe(4096)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 800 }), fc.infiniteStream(fc.nat()), (count, random) => {
      const slots = drawSlots(count, (limit) => random.next().value % limit)
      expect(new Set(slots).size).toBe(count)
      expect(slots.every((slot) => slot >= 0 && slot < 4096)).toBe(true)
    }),
    { numRuns: 30 },
  )
})

test('two events in one slot are a bug that stops', () =>
  expect(() => buildBatch([items[0]!, items[0]!], secret)).toThrow('assertion'))
