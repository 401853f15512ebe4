import { createCipheriv } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHex, hex } from '../formats/index.ts'
import { p256Suite } from './index.ts'
import { sm4Ctr, sm4Schedule } from './sm4.ts'

const folder = new URL('../../../shared/vectors/wycheproof/', import.meta.url)
const isAbsent = !existsSync(folder)
const absence = '(skipped where ../shared/vectors is absent)'
if (isAbsent) console.warn('Wycheproof tests are skipped: ../shared/vectors is absent')

interface Wycheproof<T> {
  readonly testGroups: readonly {
    readonly ivSize?: number
    readonly keySize?: number
    readonly tagSize?: number
    readonly tests: readonly (T & { readonly tcId: number; readonly result: string })[]
  }[]
}
const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Wycheproof<T>

test.skipIf(isAbsent)(
  `AES-256-GCM opens what Wycheproof calls valid alone ${absence}`,
  async () => {
    type Case = { key: string; iv: string; aad: string; msg: string; ct: string; tag: string }
    let valid = 0
    for (const { ivSize, keySize, tagSize, tests } of read<Case>('aes_gcm_test.json').testGroups) {
      if (ivSize !== 96 || keySize !== 256 || tagSize !== 128) continue
      for (const { tcId, result, ...c } of tests) {
        const cipher = await p256Suite.cipher(fromHex(c.key))
        const [nonce, aad] = [fromHex(c.iv), fromHex(c.aad)]
        const opened = await cipher.open(nonce, aad, fromHex(c.ct + c.tag))
        const found = { tcId, plain: opened && hex(opened) }
        expect(found).toEqual({ tcId, plain: result === 'valid' ? c.msg : null })
        if (result !== 'valid') continue
        valid++
        expect(hex(await cipher.seal(nonce, aad, fromHex(c.msg)))).toBe(c.ct + c.tag)
      }
    }
    expect(valid).toBeGreaterThan(20)
  },
)

test.skipIf(isAbsent)(`PBKDF2 gives what Wycheproof expects ${absence}`, async () => {
  type Case = { password: string; salt: string; iterationCount: number; dkLen: number; dk: string }
  let checked = 0
  for (const { tests } of read<Case>('pbkdf2_hmacsha256_test.json').testGroups) {
    for (const { tcId, result, ...c } of tests) {
      if (result !== 'valid' || c.dkLen < 32) continue
      const key = await p256Suite.stretch(fromHex(c.password), fromHex(c.salt), c.iterationCount)
      expect({ tcId, key: hex(key) }).toEqual({ tcId, key: c.dk.slice(0, 64) })
      checked++
    }
  }
  expect(checked).toBeGreaterThan(10)
})

test('SM4-CTR agrees with OpenSSL', () =>
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 12, maxLength: 12 }),
      fc.uint8Array({ maxLength: 200 }),
      (key, nonce, data) => {
        const openssl = createCipheriv('sm4-ctr', key, Buffer.concat([nonce, Buffer.alloc(4)]))
        const expected = Buffer.concat([openssl.update(data), openssl.final()])
        expect(hex(sm4Ctr(sm4Schedule(key), nonce, data))).toBe(expected.toString('hex'))
      },
    ),
  ))
