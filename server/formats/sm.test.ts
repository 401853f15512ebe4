import { createHash, createHmac, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sm2Digest, sm2PublicKey, sm2Sign, sm2Verify } from './sm2.ts'
import { hmacSm3, sm3, sm3Hasher } from './sm3.ts'

const VECTORS = new URL('../../../shared/vectors/sm/sm.json', import.meta.url)
const hasVectors = existsSync(VECTORS)
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (b: Uint8Array) => Buffer.from(b).toString('hex')

describe('SM3 and SM2', () => {
  test.skipIf(!hasVectors)('shared vectors (skipped where ../shared/vectors is absent)', () => {
    const v = JSON.parse(readFileSync(VECTORS, 'utf8'))
    for (const c of v.sm3) {
      const message =
        c.message === null ? new TextEncoder().encode('a'.repeat(1e6)) : bytes(c.message)
      expect(hex(sm3(message))).toBe(c.digest)
    }
    const s = v.sm2sign
    const key = bytes(`04${s.px}${s.py}`)
    const message = new TextEncoder().encode(s.message)
    expect(sm2Digest(key, s.id, message).toString(16)).toBe(s.e)
    const signature = { r: BigInt(`0x${s.r}`), s: BigInt(`0x${s.s}`) }
    expect(sm2Verify(key, message, signature)).toBe(true)
    expect(sm2Verify(key, message, signature, '')).toBe(false)
    const k = bytes((BigInt(`0x${s.k}`) - 1n).toString(16).padStart(80, '0'))
    expect(sm2Sign(BigInt(`0x${s.d}`), message, () => k)).toEqual(signature)
  })

  test('SM3 agrees with OpenSSL at every length around a block', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
        expect(hex(sm3(message))).toBe(createHash('sm3').update(message).digest('hex'))
      }),
    )
  })

  test('SM3 in pieces and HMAC-SM3 agree with OpenSSL', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 90 })), (pieces) => {
        const hasher = sm3Hasher()
        const theirs = createHash('sm3')
        const mac = createHmac('sm3', pieces[0] ?? '')
        for (const piece of pieces) {
          hasher.update(piece)
          theirs.update(piece)
          mac.update(piece)
        }
        expect(hex(hasher.digest())).toBe(theirs.digest('hex'))
        const whole = Uint8Array.from(Buffer.concat(pieces))
        expect(hex(hmacSm3(pieces[0] ?? new Uint8Array(), whole))).toBe(mac.digest('hex'))
      }),
    )
  })

  test('a signature of any key passes, and of another message does not', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 255n), fc.uint8Array({ maxLength: 80 }), (d, message) => {
        const signature = sm2Sign(d, message, () => randomBytes(40))
        expect(sm2Verify(sm2PublicKey(d), message, signature)).toBe(true)
        expect(sm2Verify(sm2PublicKey(d), Uint8Array.of(...message, 0), signature)).toBe(false)
      }),
      { numRuns: 25 },
    )
  })
})
