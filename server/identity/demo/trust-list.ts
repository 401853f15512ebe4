import fs from 'node:fs'
import path from 'node:path'
import { iso } from '../../kernel/clock.ts'
import { writeOnce, writeWhole } from '../../kernel/whole-file.ts'
import {
  acceptTrustList,
  certSha256,
  makeCertificate,
  makeCrl,
  makeSignedData,
  type RevokedEntry,
  readCertificate,
  type TrustList,
  trustListBytes,
  webCryptoSigner,
} from '../../trust/index.ts'
import type { TrustState } from '../trust-state.ts'
import { type DemoAuthority, makeKeyPair, newSerial } from './authority.ts'

interface Kept {
  readonly list: string
  readonly signatures: readonly string[]
}

const year = 365 * 86_400_000

function listOf(
  platform: string,
  authorities: readonly DemoAuthority[],
  keys: string[],
  nowMs: number,
): TrustList {
  return {
    v: 1,
    sequence: 1,
    issued: iso(nowMs),
    nextUpdate: iso(nowMs + year),
    previous: null,
    scheme: { name: '演示信任列表', territory: 'CN' },
    platforms: [{ id: platform, origins: ['http://localhost'] }],
    listKeys: keys,
    authorities: authorities.map((a) => ({
      id: `demo-${a.family}`,
      name: {
        zh: a.family === 'rsa' ? '演示CA（RSA）' : '演示CA（P-256）',
        en: a.family === 'rsa' ? 'Demo CA (RSA)' : 'Demo CA (P-256)',
      },
      licence: '演示，无许可',
      demo: true,
      services: [
        {
          type: 'ca',
          certs: [Buffer.from(a.root.der).toString('base64url')],
          status: [{ from: iso(nowMs - year), state: 'granted', reason: 'demo' }],
          algorithms: null,
          policies: null,
          purposes: ['login', 'sign', 'encrypt'],
          audience: ['org', 'person'],
          partyCode: null,
          revocation: { modes: ['crl'], urls: [], maxAgeHours: 4 },
          sm2Id: null,
        },
        {
          type: 'tsa',
          certs: [Buffer.from(a.root.der).toString('base64url')],
          status: [{ from: iso(nowMs - year), state: 'granted', reason: 'demo' }],
          algorithms: null,
          policies: null,
          purposes: ['timestamp'],
          audience: ['org'],
          partyCode: null,
          revocation: { modes: ['crl'], urls: [], maxAgeHours: 4 },
          sm2Id: null,
        },
      ],
    })),
  }
}

/** Two keys sign the list, as the law of the list wants; they sign once and are not kept. */
async function makeList(
  platform: string,
  authorities: readonly DemoAuthority[],
  nowMs: number,
): Promise<Kept> {
  const signers = await Promise.all(
    [1, 2].map(async (n) => {
      const keys = await makeKeyPair('p256', 'sign')
      const signer = webCryptoSigner(keys.key)
      const der = await makeCertificate({
        profile: 'sign',
        serial: newSerial(),
        subject: [['2.5.4.3', `演示信任列表密钥 ${n}`]],
        spki: keys.spki,
        notBefore: nowMs - 86_400_000,
        notAfter: nowMs + 10 * year,
        issuer: null,
        signer,
      })
      return { signer, certificate: readCertificate(der) }
    }),
  )
  const list = listOf(
    platform,
    authorities,
    signers.map((s) => Buffer.from(s.certificate.der).toString('base64url')),
    nowMs,
  )
  const bytes = trustListBytes(list)
  const signatures = await Promise.all(
    signers.map(({ signer, certificate }) =>
      makeSignedData({ content: bytes, certificate, signingTime: nowMs, signer }),
    ),
  )
  const text = (b: Uint8Array) => Buffer.from(b).toString('base64')
  return { list: text(bytes), signatures: signatures.map(text) }
}

/** The demo's trust list, made at its first start; its CRLs are made at each request. */
export async function openDemoTrust(
  folder: string,
  platform: string,
  authorities: readonly DemoAuthority[],
  nowMs: () => number,
): Promise<TrustState> {
  const file = path.join(folder, 'demo-trust.json')
  if (!fs.existsSync(file))
    await writeOnce(file, JSON.stringify(await makeList(platform, authorities, nowMs())))
  const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as Kept
  const bytes = Buffer.from(kept.list, 'base64')
  const signatures = kept.signatures.map((s) => Buffer.from(s, 'base64'))
  const { listKeys } = JSON.parse(bytes.toString('utf8')) as TrustList
  const pinned = listKeys.map((key) => certSha256(Buffer.from(key, 'base64url')))
  return {
    accepted: await acceptTrustList(bytes, signatures, { pinned }),
    bytes,
    signatures,
    crls: () => Promise.all(authorities.flatMap((a) => demoCrls(folder, a, nowMs()))),
  }
}

/** Serials revoked in the demo, by authority: a page lets a visitor revoke his own to see why. */
export function readRevoked(folder: string, family: string): RevokedEntry[] {
  const file = path.join(folder, `demo-revoked-${family}.json`)
  if (!fs.existsSync(file)) return []
  const rows = JSON.parse(fs.readFileSync(file, 'utf8')) as { serial: string; revokedAt: number }[]
  return rows.map((r) => ({
    serial: Buffer.from(r.serial, 'hex'),
    revokedAt: r.revokedAt,
    reason: 1,
  }))
}

export async function addRevoked(
  folder: string,
  family: string,
  serial: Uint8Array,
  nowMs: number,
): Promise<void> {
  const rows = readRevoked(folder, family).map((r) => ({
    serial: Buffer.from(r.serial).toString('hex'),
    revokedAt: r.revokedAt,
  }))
  rows.push({ serial: Buffer.from(serial).toString('hex'), revokedAt: nowMs })
  await writeWhole(path.join(folder, `demo-revoked-${family}.json`), JSON.stringify(rows))
}

/** Lists of the issuing authority and of the root: each tells of what it issued. */
export function demoCrls(folder: string, a: DemoAuthority, nowMs: number): Promise<Uint8Array>[] {
  const common = {
    number: Math.floor(nowMs / 1000),
    // The database's clock may be a little ahead of the moment a proof is asked for.
    thisUpdate: Math.floor(nowMs / 1000) * 1000,
    nextUpdate: nowMs + 600_000,
  }
  return [
    makeCrl({
      ...common,
      issuer: a.issuing,
      signer: a.signer,
      revoked: readRevoked(folder, a.family),
    }),
    makeCrl({ ...common, issuer: a.root, signer: a.rootSigner, revoked: [] }),
  ]
}
