import { beforeAll, describe, expect, test } from 'vitest'
import { b64u } from '../formats/bytes.ts'
import {
  type Authority,
  DAY,
  makeAuthority,
  makePair,
  NOW,
  type Pair,
  vectorList,
} from './authority.kit.ts'
import {
  type AcceptedList,
  acceptTrustList,
  type Certificate,
  certSha256,
  findPath,
  hasDemo,
  makeCrl,
  makeSignedData,
  type Proofs,
  type RevokedEntry,
  type ServiceStatus,
  type TrustList,
  trustListBytes,
  trustListSha256,
  validate,
} from './index.ts'

/** Verdicts change exactly at the moments that change them. */
let authority: Authority
let pair: Pair
let leaf: Certificate
const content = new TextEncoder().encode('report')

beforeAll(async () => {
  authority = await makeAuthority('p256')
  pair = await makePair('p256')
  leaf = await authority.issue('sign', pair)
})

const crl = (thisUpdate: number, ...revoked: Omit<RevokedEntry, 'serial'>[]) =>
  makeCrl({
    issuer: authority.issuing,
    signer: authority.issuingSigner,
    number: 1,
    thisUpdate,
    nextUpdate: thisUpdate + DAY,
    revoked: revoked.map((entry) => ({ serial: leaf.serial, ...entry })),
  })

function withStatus(status: ServiceStatus[]): AcceptedList {
  const { list, sha256 } = vectorList([authority.root.der])
  const authorities = list.authorities.map((a) => ({
    ...a,
    services: a.services.map((s) => ({ ...s, status })),
  }))
  return { list: { ...list, authorities }, sha256 }
}

async function judge(
  moment: number,
  proofs: Proofs,
  lasting = false,
  list = vectorList([authority.root.der]),
) {
  const signature = await makeSignedData({
    content,
    certificate: leaf,
    chain: [authority.issuing],
    signingTime: NOW,
    signer: pair.signer,
  })
  const report = await validate(signature, list, { content, ...proofs }, moment, {
    act: false,
    lasting,
  })
  return [report.verdict, report.problem, report.judgedAt.by]
}

const good = (by: string) => ['passed', null, by]
const LATER = NOW + 30 * DAY

describe('the verdict on a signature', () => {
  test('changes at notBefore and after the last second of notAfter', async () => {
    const at = async (ms: number) => judge(LATER * 2, { crls: [await crl(ms)], loggedMs: ms })
    expect(await at(leaf.notBefore)).toEqual(good('log'))
    expect(await at(leaf.notBefore - 1)).toEqual(['failed', 'certificate-not-yet-valid', 'log'])
    expect(await at(leaf.notAfter)).toEqual(good('log'))
    expect((await at(leaf.notAfter + 1000))[1]).toBe('certificate-expired')
  })

  test('changes at the moment of revocation', async () => {
    const list = await crl(LATER, { revokedAt: NOW, reason: 4 })
    const at = (loggedMs: number) => judge(LATER, { crls: [list], loggedMs })
    expect(await at(NOW - 1)).toEqual(good('log'))
    expect(await at(NOW)).toEqual(['failed', 'certificate-revoked', 'log'])
  })

  test('changes at the moment of compromise, if the key was', async () => {
    const entry = { revokedAt: NOW, invalidityDate: NOW - DAY }
    const at = async (reason: number, loggedMs: number) =>
      judge(LATER, { crls: [await crl(LATER, { ...entry, reason })], loggedMs })
    expect(await at(1, NOW - DAY - 1)).toEqual(good('log'))
    expect(await at(1, NOW - DAY)).toEqual(['failed', 'certificate-revoked', 'log'])
    expect(await at(4, NOW - DAY)).toEqual(good('log'))
  })

  test('is open while the certificate is on hold, and closed when the hold is lifted', async () => {
    const hold = await crl(NOW, { revokedAt: NOW - DAY, reason: 6 })
    expect(await judge(NOW, { crls: [hold] })).toEqual([
      'indeterminate',
      'certificate-on-hold',
      'now',
    ])
    const lifted = await crl(NOW + 1000, { revokedAt: NOW - DAY, reason: 8 })
    expect(await judge(NOW + 1000, { crls: [hold, lifted] })).toEqual(good('now'))
  })

  test('now needs a current list; without one it is open, never passed', async () => {
    const list = await crl(NOW - DAY)
    expect(await judge(NOW, { crls: [list] })).toEqual(good('now'))
    expect(await judge(NOW + 1, { crls: [list] })).toEqual([
      'indeterminate',
      'revocation-stale',
      'now',
    ])
    expect(await judge(NOW, {})).toEqual(['indeterminate', 'revocation-unknown', 'now'])
  })

  test('that lasts needs a list made at or after the judged moment', async () => {
    const before = await crl(NOW - 1000)
    const after = await crl(NOW)
    expect(await judge(NOW, { crls: [before], loggedMs: NOW }, true)).toEqual([
      'indeterminate',
      'revocation-unknown',
      'log',
    ])
    expect(await judge(NOW, { crls: [after], loggedMs: NOW }, true)).toEqual(good('log'))
    expect(await judge(LATER, { crls: [after], loggedMs: NOW }, true)).toEqual(good('log'))
  })

  test('follows the state of the authority at the judged moment', async () => {
    const granted = { from: '2020-01-01T00:00:00.000Z', state: 'granted' as const, reason: '' }
    const iso = new Date(NOW).toISOString()
    const crls = [await crl(LATER)]
    const at = (loggedMs: number, row: Omit<ServiceStatus, 'from'>, witnessedMs?: number) =>
      judge(
        LATER,
        { crls, loggedMs, witnessedMs },
        false,
        withStatus([granted, { from: iso, ...row }]),
      )
    const closed = { state: 'withdrawn' as const, reason: 'licence ended' }
    expect(await at(NOW - 1, closed)).toEqual(good('log'))
    expect((await at(NOW, closed))[1]).toBe('service-withdrawn')
    expect((await at(NOW, { state: 'suspended', reason: '' }))[1]).toBe('service-suspended')
    const stolen = { state: 'withdrawn' as const, reason: 'compromise' }
    expect((await at(NOW - 1, stolen))[1]).toBe('service-withdrawn')
    expect(await at(NOW - 1, stolen, NOW - 2)).toEqual(good('witness'))
    const list = withStatus([{ ...granted, from: iso }])
    expect((await judge(LATER, { crls, loggedMs: NOW - 1 }, false, list))[1]).toBe(
      'chain-not-trusted',
    )
  })

  test('names no anchor but the list, whatever root the file brings', async () => {
    const other = await makeAuthority('rsa')
    const crls = [await crl(NOW)]
    const report = await judge(
      NOW,
      { crls, certificates: [authority.root.der] },
      false,
      vectorList([other.root.der]),
    )
    expect(report.slice(0, 2)).toEqual(['failed', 'chain-not-trusted'])
  })
})

test('crossed authorities end as too costly', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => makePair('p256')))
  const subject = [['2.5.4.3', '交叉']] as const
  const crossed: Certificate[] = []
  const base = await Promise.all(keys.map((k) => authority.issue('ca', k, { subject })))
  for (const [i, issuer] of base.entries()) {
    for (const [j, k] of keys.entries()) {
      if (i !== j)
        crossed.push(await authority.issue('ca', k, { subject, issuer, signer: keys[i]!.signer }))
    }
  }
  const bottom = await authority.issue('sign', pair, { issuer: base[0]!, signer: keys[0]!.signer })
  // Without its bound the search would outlast the test by hours.
  const verdict = await findPath(bottom, {
    anchors: [authority.root],
    pool: crossed,
    momentMs: NOW,
  })
  expect(verdict.findings).toEqual([{ slug: 'chain-too-costly' }])
})

describe('a trust list', () => {
  const listOf = (more: Partial<TrustList>): Uint8Array =>
    trustListBytes({ ...vectorList([authority.root.der]).list, ...more })

  test('needs two of its own keys, the next number, and the digest of the one before', async () => {
    const pairs = await Promise.all([makePair('p256'), makePair('p256'), makePair('p256')])
    const certs = await Promise.all(
      pairs.map((p) => authority.issue('sign', p, { subject: [['2.5.4.3', '名录']] })),
    )
    const listKeys = certs.slice(0, 2).map((c) => b64u(c.der))
    const sign = (bytes: Uint8Array, i: number) =>
      makeSignedData({
        content: bytes,
        certificate: certs[i]!,
        signingTime: NOW,
        signer: pairs[i]!.signer,
      })
    const signed = async (bytes: Uint8Array, ...who: number[]) =>
      Promise.all(who.map((i) => sign(bytes, i)))
    const pinned = certs.slice(0, 2).map((c) => certSha256(c.der))

    const first = listOf({ listKeys })
    const previous = await acceptTrustList(first, await signed(first, 0, 1), { pinned })
    expect(hasDemo(previous.list)).toBe(true)
    const bad = 'trust-list-signature-bad'
    await expect(acceptTrustList(first, await signed(first, 0), { pinned })).rejects.toThrow(bad)
    await expect(acceptTrustList(first, await signed(first, 0, 0), { pinned })).rejects.toThrow(bad)
    await expect(acceptTrustList(first, await signed(first, 0, 2), { pinned })).rejects.toThrow(bad)

    const second = listOf({ listKeys, sequence: 2, previous: trustListSha256(first) })
    const next = await acceptTrustList(second, await signed(second, 0, 1), { previous })
    expect(next.list.sequence).toBe(2)
    await expect(acceptTrustList(second, await signed(first, 0, 1), { previous })).rejects.toThrow(
      bad,
    )
    const rolled = 'trust-list-rolled-back'
    await expect(
      acceptTrustList(first, await signed(first, 0, 1), { previous: next }),
    ).rejects.toThrow(rolled)
    const forked = listOf({ listKeys, sequence: 3, previous: trustListSha256(first) })
    await expect(
      acceptTrustList(forked, await signed(forked, 0, 1), { previous: next }),
    ).rejects.toThrow(rolled)
  })

  test('past its end gives no passed verdict for now, and leaves old ones alone', async () => {
    const { list, sha256 } = vectorList([authority.root.der])
    const old: AcceptedList = { list: { ...list, nextUpdate: new Date(NOW).toISOString() }, sha256 }
    const crls = [await crl(NOW)]
    expect(await judge(NOW, { crls }, false, old)).toEqual([
      'indeterminate',
      'trust-list-expired',
      'now',
    ])
    expect(await judge(NOW, { crls, loggedMs: NOW - 1 }, false, old)).toEqual(good('log'))
  })
})
