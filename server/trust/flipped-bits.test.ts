import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fromHex } from '../formats/bytes.ts'
import { vectorList } from './authority.kit.ts'
import {
  checkToken,
  createCache,
  crlProblem,
  fromPem,
  readCertificate,
  readCrl,
  revocationOf,
  TrustError,
  validate,
} from './index.ts'

/** `YG_EXHAUSTIVE=1` flips every bit of every file; else a few hundred spread over each. */
const SAMPLES = process.env.YG_EXHAUSTIVE ? Number.POSITIVE_INFINITY : 300
const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`vectors/${name}`, import.meta.url)))
const der = (name: string) => fromPem(new TextDecoder().decode(file(name)))[0]!
const roots = ['rsa', 'p256', 'sm2'].map((f) => der(`${f}/root.pem`))
const list = vectorList(roots)
const NOW = Date.parse('2026-11-25T08:00:00Z')
const LATER = Date.parse('2027-01-11T00:00:00Z')

/**
 * Bit numbers to flip: evenly spread, with another offset each, so that runs of a test vary little.
 */
function bitsOf(bytes: Uint8Array): number[] {
  const all = bytes.length * 8
  const step = Math.max(1, all / SAMPLES)
  return Array.from(
    { length: Math.min(all, SAMPLES) },
    (_, i) => Math.floor(i * step + (i % 7)) % all,
  )
}

async function passingBits(
  bytes: Uint8Array,
  passes: (altered: Uint8Array) => Promise<boolean>,
): Promise<number[]> {
  expect(await passes(bytes)).toBe(true)
  const passing: number[] = []
  for (const bit of bitsOf(bytes)) {
    const altered = bytes.slice()
    altered[bit >> 3]! ^= 0x80 >> (bit & 7)
    if (await passes(altered)) passing.push(bit)
  }
  return passing
}

async function holds(check: () => Promise<boolean>): Promise<boolean> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof TrustError) return false
    throw error
  }
}

describe.each(['rsa', 'p256', 'sm2'])('no bit of what %s signed is free', (family) => {
  const cache = createCache()
  const issuing = readCertificate(der(`${family}/issuing.pem`))
  const leaf = readCertificate(der(`${family}/cert-org.pem`))
  const judge = (bytes: Uint8Array, proofs: Parameters<typeof validate>[2], now: number) =>
    validate(bytes, list, proofs, now, { cache }).then((report) => report.verdict === 'passed')

  test.each([
    ['cms-good.p7s', 'act.json', 'crl-current.crl', NOW],
    ['cms-revoked-after-signing.p7s', 'act-revoked-after-signing.json', 'crl-later.crl', LATER],
  ])(
    'of the signature %s',
    async (name, content, crl, now) => {
      const proofs = { content: file(`${family}/${content}`), crls: [file(`${family}/${crl}`)] }
      const free = await passingBits(file(`${family}/${name}`), (b) => judge(b, proofs, now))
      expect(free).toEqual([])
    },
    600_000,
  )

  test('of the act', async () => {
    const signature = file(`${family}/cms-good.p7s`)
    const crls = [file(`${family}/crl-current.crl`)]
    const free = await passingBits(file(`${family}/act.json`), (content) =>
      judge(signature, { content, crls }, NOW),
    )
    expect(free).toEqual([])
  }, 600_000)

  test('of the certificate', async () => {
    const proofs = { certificates: [issuing.der], crls: [file(`${family}/crl-current.crl`)] }
    expect(await passingBits(leaf.der, (b) => judge(b, proofs, NOW))).toEqual([])
  }, 600_000)

  test('of the revocation list', async () => {
    const context = { nowMs: NOW, judgedMs: NOW }
    const free = await passingBits(file(`${family}/crl-current.crl`), (bytes) =>
      holds(async () => (await crlProblem(readCrl(bytes), issuing, context)) === null),
    )
    expect(free).toEqual([])
  }, 600_000)

  test('of the OCSP answer', async () => {
    const nonce = fromHex('000102030405060708090a0b0c0d0e0f')
    const context = { nowMs: NOW, judgedMs: NOW, nonce }
    const free = await passingBits(file(`${family}/ocsp-good.ors`), async (bytes) => {
      const status = await revocationOf(leaf, issuing, { ocsps: [bytes] }, context)
      return status.status === 'good'
    })
    expect(free).toEqual([])
  }, 600_000)

  test('of the time-stamp token', async () => {
    const anchors = roots.map((root) => readCertificate(root))
    const over = file(`${family}/signature-value.bin`)
    const free = await passingBits(file(`${family}/tst-good.der`), async (bytes) => {
      const check = await checkToken(bytes, over, { anchors, pool: [issuing] })
      return check.findings.length === 0
    })
    expect(free).toEqual([])
  }, 600_000)
})
