import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { concat, equal, hmacSm3, sm3, u32 } from '../formats/index.ts'
import { sm4Ctr, sm4Schedule } from './sm4.ts'
import { type Suite, secondGenerator } from './suite.ts'

/** The recommended curve. @source GB/T 32918.5-2017 */
const Point = weierstrass({
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
})

/** PBKDF2 for the one block of 32 bytes that is asked; gives way every 4,096 rounds. */
async function stretch(
  passPhrase: Uint8Array,
  salt: Uint8Array,
  iterations: number,
): Promise<Uint8Array> {
  let round = hmacSm3(passPhrase, concat(salt, u32(1)))
  const key = round.slice()
  for (let i = 1; i < iterations; i++) {
    round = hmacSm3(passPhrase, round)
    for (let b = 0; b < 32; b++) key[b]! ^= round[b]!
    if (i % 4096 === 0) await new Promise((resume) => setTimeout(resume, 0))
  }
  return key
}

/**
 * SM2, SM4-CTR with HMAC-SM3 over aad ‖ nonce ‖ ciphertext, SM3. In plain JavaScript, as WebCrypto
 * has none of it: some ten times slower than the other suite, and not constant time.
 */
export const smSuite: Suite = {
  id: 'SM2-SM4CTR-HSM3',
  tagBytes: 32,
  keyBytes: 48,
  group: {
    Point,
    order: Point.CURVE().n,
    generator2: secondGenerator(Point, 'SM2', sm3),
  },
  hash: sm3,
  hashChunk: async (bytes) => sm3(bytes),
  hmac: hmacSm3,
  async cipher(key) {
    const schedule = sm4Schedule(key.slice(0, 16))
    const macKey = key.slice(16)
    const tag = (nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array) =>
      hmacSm3(macKey, concat(aad, nonce, ciphertext))
    return {
      async seal(nonce, aad, plain) {
        const ciphertext = sm4Ctr(schedule, nonce, plain)
        return concat(ciphertext, tag(nonce, aad, ciphertext))
      },
      async open(nonce, aad, sealed) {
        if (sealed.length < 32) return null
        const ciphertext = sealed.subarray(0, -32)
        if (!equal(tag(nonce, aad, ciphertext), sealed.subarray(-32))) return null
        return sm4Ctr(schedule, nonce, ciphertext)
      },
    }
  },
  stretch,
}
