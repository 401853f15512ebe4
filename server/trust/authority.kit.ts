import { b64u, bigint } from '../formats/bytes.ts'
import { sm2PublicKey } from '../formats/sm2.ts'
import {
  type AcceptedList,
  type Certificate,
  type CertificateParts,
  makeCertificate,
  partySubject,
  readCertificate,
  type Signer,
  serialOf,
  sm2Signer,
  sm2Spki,
  type TrustList,
  trustListBytes,
  trustListSha256,
  webCryptoSigner,
} from './index.ts'

/** A throw-away authority for tests: root, issuing CA, and whatever leaf a test asks for. */
export type Family = 'rsa' | 'p256' | 'sm2'

export interface Pair {
  signer: Signer
  spki: Uint8Array
  privateKey: CryptoKey | null
  pkcs8: Uint8Array | null
}

export const DAY = 86_400_000
export const NOW = Date.UTC(2026, 10, 25, 8)

const RSA = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' }

export async function makePair(family: Family, use: 'sign' | 'encrypt' = 'sign'): Promise<Pair> {
  if (family === 'sm2') {
    const d = crypto.getRandomValues(new Uint8Array(32))
    d[0] = d[0]! & 0x7f
    const spki = sm2Spki(sm2PublicKey(bigint(d)))
    return { signer: sm2Signer(d), spki, privateKey: null, pkcs8: null }
  }
  const names = { rsa: ['RSASSA-PKCS1-v1_5', 'RSA-OAEP'], p256: ['ECDSA', 'ECDH'] }[family]
  const name = names[use === 'sign' ? 0 : 1]!
  const usages: KeyUsage[] =
    use === 'sign' ? ['sign', 'verify'] : family === 'rsa' ? ['encrypt', 'decrypt'] : ['deriveBits']
  const algorithm = family === 'rsa' ? { name, ...RSA } : { name, namedCurve: 'P-256' }
  const keys = (await crypto.subtle.generateKey(algorithm, true, usages)) as CryptoKeyPair
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey))
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const none: Signer = { scheme: { family: 'rsa', hash: 'SHA-256' }, sign: () => Promise.reject() }
  const signer = use === 'sign' ? webCryptoSigner(keys.privateKey) : none
  return { signer, spki, privateKey: keys.privateKey, pkcs8 }
}

export const serial = () => serialOf(crypto.getRandomValues(new Uint8Array(16)))

export interface Authority {
  family: Family
  root: Certificate
  issuing: Certificate
  issuingSigner: Signer
  rootSigner: Signer
  issue(
    profile: CertificateParts['profile'],
    pair: Pair,
    more?: Partial<CertificateParts>,
  ): Promise<Certificate>
}

export const USCC = '91110000MA00DEM1AJ'
export const PARTY = '演示投标人一有限公司'

export async function makeAuthority(family: Family): Promise<Authority> {
  const rootPair = await makePair(family)
  const issuingPair = await makePair(family)
  const dates = { notBefore: NOW - 365 * DAY, notAfter: NOW + 3650 * DAY }
  const root = readCertificate(
    await makeCertificate({
      profile: 'root',
      serial: serial(),
      subject: [
        ['2.5.4.6', 'CN'],
        ['2.5.4.3', `演示根证书 ${family}`],
      ],
      spki: rootPair.spki,
      ...dates,
      issuer: null,
      signer: rootPair.signer,
    }),
  )
  const issuing = readCertificate(
    await makeCertificate({
      profile: 'ca',
      serial: serial(),
      subject: [
        ['2.5.4.6', 'CN'],
        ['2.5.4.3', `演示签发证书 ${family}`],
      ],
      spki: issuingPair.spki,
      ...dates,
      issuer: root,
      signer: rootPair.signer,
    }),
  )
  return {
    family,
    root,
    issuing,
    issuingSigner: issuingPair.signer,
    rootSigner: rootPair.signer,
    issue: async (profile, pair, more = {}) =>
      readCertificate(
        await makeCertificate({
          profile,
          serial: serial(),
          subject: partySubject(PARTY, USCC),
          spki: pair.spki,
          notBefore: NOW - 30 * DAY,
          notAfter: NOW + 365 * DAY,
          issuer: issuing,
          signer: issuingPair.signer,
          ...(profile === 'sign' || profile === 'encrypt' ? { uscc: USCC } : {}),
          ...more,
        }),
      ),
  }
}

export const pem = (der: Uint8Array, label = 'CERTIFICATE'): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END ${label}-----\n`

/** A list that trusts these anchors for everything since 2020. */
export function vectorList(roots: readonly Uint8Array[], platform = 'yg-'): AcceptedList {
  const service = {
    certs: roots.map((root) => b64u(root)),
    status: [{ from: '2020-01-01T00:00:00.000Z', state: 'granted' as const, reason: 'licensed' }],
    algorithms: null,
    policies: null,
    audience: ['org' as const, 'person' as const],
    partyCode: null,
    revocation: { modes: ['ocsp' as const, 'crl' as const], urls: [], maxAgeHours: 24 },
    sm2Id: null,
  }
  const list: TrustList = {
    v: 1,
    sequence: 1,
    issued: '2026-01-01T00:00:00.000Z',
    nextUpdate: '2028-01-01T00:00:00.000Z',
    previous: null,
    scheme: { name: 'test', territory: 'CN' },
    platforms: [{ id: platform, origins: ['http://localhost'] }],
    listKeys: [],
    authorities: [
      {
        id: 'demo',
        name: { zh: '演示', en: 'Demo' },
        licence: 'none',
        demo: true,
        services: [
          { type: 'ca', purposes: ['login', 'sign', 'encrypt'], ...service },
          { type: 'tsa', purposes: ['timestamp'], ...service },
        ],
      },
    ],
  }
  return { list, sha256: trustListSha256(trustListBytes(list)) }
}
