import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat } from '../formats/bytes.ts'
import * as write from '../formats/der-write.ts'
import { makePair, vectorList } from './authority.kit.ts'
import { derOfBer } from './ber.ts'
import {
  acceptTrustList,
  checkToken,
  fromPem,
  openPkcs12,
  parseAct,
  readCertificate,
  readCrl,
  readOcspRequest,
  readOcspResponse,
  readRequest,
  readSignedData,
  readTokenRequest,
  TrustError,
  tokenOfResponse,
  unwrapSecret,
  validate,
} from './index.ts'

const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`vectors/${name}`, import.meta.url)))
const der = (name: string) => fromPem(new TextDecoder().decode(file(name)))[0]!
const seeds = [
  file('p256/cms-revoked-after-signing.p7s'),
  file('sm2/cms-good.p7s'),
  file('p256/crl-later.crl'),
  file('p256/ocsp-revoked.ors'),
  file('rsa/tst-good.der'),
  file('p256/p12-pbes2.p12'),
  file('p256/act.json'),
  der('rsa/cert-org.pem'),
  der('p256/cert-unknown-critical.pem'),
]
const list = vectorList([der('p256/root.pem')])
const NOW = Date.parse('2026-11-25T08:00:00Z')

const readers: Record<string, (bytes: Uint8Array) => unknown> = {
  readCertificate: (b) => readCertificate(b),
  readSignedData: (b) => readSignedData(b),
  readCrl: (b) => readCrl(b),
  readOcspResponse: (b) => readOcspResponse(b),
  readOcspRequest: (b) => readOcspRequest(b),
  readTokenRequest: (b) => readTokenRequest(b),
  tokenOfResponse: (b) => tokenOfResponse(b),
  readRequest: (b) => readRequest(b, NOW),
  parseAct: (b) => parseAct(b),
  openPkcs12: (b) => openPkcs12(b, 'wrong'),
  unwrapSecret: (b) => unwrapSecret(b, {}),
  checkToken: (b) => checkToken(b, b, { anchors: [], pool: [] }),
  acceptTrustList: (b) => acceptTrustList(b, [b, b], {}),
  validate: (b) => validate(b, list, { content: b, crls: [b], ocsps: [b], certificates: [b] }, NOW),
}

/** A real file with a few bytes changed, cut or doubled: gets deeper than random bytes do. */
const damaged = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(fc.tuple(fc.nat(4000), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
    fc.nat(4000),
    fc.nat(40),
  )
  .map(([seed, changes, cut, width]) => {
    const bytes = seed.slice()
    for (const [at, value] of changes) bytes[at % bytes.length] = value
    const at = cut % (bytes.length + 1)
    if (width === 0) return bytes.slice(0, at)
    return width > 20 ? bytes : concat(bytes.subarray(0, at), bytes.subarray(at + width))
  })

describe('hostile bytes', () => {
  test.each(Object.keys(readers))(
    'make %s throw its own refusal, or nothing',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
          try {
            await readers[name]!(bytes)
          } catch (error) {
            if (!(error instanceof TrustError)) throw error
          }
        }),
        { numRuns: name === 'openPkcs12' ? 100 : 400 },
      )
    },
    60_000,
  )

  test('never make a key file cost more than its bound', async () => {
    const safe = write.octetString(write.sequence())
    const data = write.sequence(write.oid('1.2.840.113549.1.7.1'), write.explicit(0, safe))
    const hash = write.sequence(write.oid('2.16.840.1.101.3.4.2.1'))
    const info = write.sequence(hash, write.octetString(new Uint8Array(32)))
    const mac = write.sequence(info, write.octetString(new Uint8Array(8)), write.integer(2_000_001))
    const bytes = write.sequence(write.integer(3), data, mac)
    await expect(openPkcs12(bytes, 'x')).rejects.toThrow('pkcs12-too-costly')
    await expect(openPkcs12(new Uint8Array(1024 * 1024 + 1), 'x')).rejects.toThrow(
      'pkcs12-too-costly',
    )
  })

  test('with explicit curve parameters are no key', async () => {
    const { spki } = await makePair('p256')
    const explicit = write.sequence(write.integer(1), write.sequence())
    const algorithm = write.sequence(write.oid('1.2.840.10045.2.1'), explicit)
    const forged = write.sequence(algorithm, write.bitString(spki.subarray(-65)))
    const body = write.sequence(write.integer(0), write.sequence(), forged, Uint8Array.of(0xa0, 0))
    const id = write.sequence(write.oid('1.2.840.10045.4.3.2'))
    const request = write.sequence(body, id, write.bitString(new Uint8Array(70)))
    await expect(readRequest(request, NOW)).rejects.toThrow('algorithm-not-accepted')
  })
})

test('BER of key files becomes DER: indefinite lengths, long lengths, strings in pieces', () => {
  const ber = Uint8Array.of(0x30, 0x80, 0x24, 0x80, 4, 1, 1, 4, 0x81, 1, 2, 0, 0, 2, 1, 5, 0, 0)
  expect(derOfBer(ber)).toEqual(Uint8Array.of(0x30, 7, 4, 2, 1, 2, 2, 1, 5))
  expect(() => derOfBer(Uint8Array.of(0x30, 0x80, 2, 1, 5))).toThrow('truncated')
})
