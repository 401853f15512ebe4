import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  appendLeaves,
  emptyFrontier,
  frontierRoot,
  hex,
  hmacSha256,
  leafHash,
  merkleRoot,
  nodeHash,
  sha256,
  sha256Hasher,
  sm3,
  utf8,
} from './index.ts'
import { portableSha256, portableSha256Hasher } from './sha256.ts'

test('a digest is bytes of its own: no Buffer, no pool beside it', () => {
  for (const digest of [sha256(utf8('a')), sha256Hasher().digest()]) {
    expect(digest.constructor).toBe(Uint8Array)
    expect(digest.buffer.byteLength).toBe(32)
  }
})

test('SHA-256, whole and piece by piece, its HMAC and SM3 agree with OpenSSL', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 100 }), (m, key) => {
      for (const hash of [sha256, portableSha256])
        expect(hex(hash(m))).toBe(createHash('sha256').update(m).digest('hex'))
      expect(hex(sm3(m))).toBe(createHash('sm3').update(m).digest('hex'))
      expect(hex(hmacSha256(key, m))).toBe(createHmac('sha256', key).update(m).digest('hex'))
      const cut = m.length >> 1
      for (const hasher of [sha256Hasher(), portableSha256Hasher()]) {
        hasher.update(m.subarray(0, cut)).update(m.subarray(cut))
        expect(hex(hasher.digest())).toBe(hex(sha256(m)))
      }
    }),
  ))

/** RFC 6962 §2.1 word for word. */
function treeHash(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array())
  if (leaves.length === 1) return leafHash(leaves[0]!)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)))
}

test('a tree grown in steps has the root of RFC 6962’s definition', () =>
  fc.assert(
    fc.property(fc.nat(70), fc.nat(70), (first, more) => {
      const leaves = Array.from({ length: first + more }, (_, i) => utf8(`leaf ${i}`))
      const hashes = leaves.map((leaf) => leafHash(leaf))
      const before = appendLeaves(emptyFrontier, hashes.slice(0, first))
      expect(frontierRoot(before)).toEqual(treeHash(leaves.slice(0, first)))
      expect(frontierRoot(appendLeaves(before, hashes.slice(first)))).toEqual(treeHash(leaves))
      expect(frontierRoot(before)).toEqual(merkleRoot(hashes.slice(0, first)))
    }),
  ))
