import { randomBytes, webcrypto } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { writeOnce } from '../../kernel/whole-file.ts'
import {
  type Certificate,
  type CertificateProfile,
  makeCertificate,
  readCertificate,
  type Signer,
  serialOf,
  webCryptoSigner,
} from '../../trust/index.ts'

/**
 * The demo certificate authorities: made at the first start of a demo, never shipped, and refused
 * by production. Root and issuing authority for each family of keys.
 */
export type Family = 'p256' | 'rsa'

export interface DemoAuthority {
  readonly family: Family
  readonly root: Certificate
  readonly issuing: Certificate
  readonly signer: Signer
  /** Signs the root's revocation list alone. */
  readonly rootSigner: Signer
  issue(parts: LeafParts): Promise<Uint8Array>
}
export interface LeafParts {
  readonly profile: Extract<CertificateProfile, 'sign' | 'encrypt' | 'tsa'>
  readonly subject: readonly (readonly [string, string])[]
  readonly spki: Uint8Array
  readonly uscc?: string
  readonly idNumber?: string
}
export interface KeyPair {
  readonly spki: Uint8Array
  readonly pkcs8: Uint8Array
  readonly key: CryptoKey
}

const year = 365 * 86_400_000
const rsa = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' }

/** A key pair that can be written into a key file. */
export async function makeKeyPair(family: Family, use: 'sign' | 'encrypt'): Promise<KeyPair> {
  const names = { rsa: ['RSASSA-PKCS1-v1_5', 'RSA-OAEP'], p256: ['ECDSA', 'ECDH'] }[family]
  const name = names[use === 'sign' ? 0 : 1]
  const usages: KeyUsage[] =
    use === 'sign' ? ['sign', 'verify'] : family === 'rsa' ? ['encrypt', 'decrypt'] : ['deriveBits']
  const algorithm = family === 'rsa' ? { name, ...rsa } : { name, namedCurve: 'P-256' }
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, usages)) as CryptoKeyPair
  return {
    spki: new Uint8Array(await webcrypto.subtle.exportKey('spki', keys.publicKey)),
    pkcs8: new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
    key: keys.privateKey,
  }
}

export const newSerial = (): Uint8Array => serialOf(randomBytes(16))

const algorithmOf = (family: Family) =>
  family === 'rsa'
    ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    : { name: 'ECDSA', namedCurve: 'P-256' }

interface Kept {
  readonly root: string
  readonly issuing: string
  readonly key: string
  readonly rootKey: string
}

async function make(family: Family, nowMs: number): Promise<Kept> {
  const rootKeys = await makeKeyPair(family, 'sign')
  const keys = await makeKeyPair(family, 'sign')
  const name = family === 'rsa' ? '演示CA（RSA）' : '演示CA（P-256）'
  const subject = (common: string): [string, string][] => [
    ['2.5.4.6', 'CN'],
    ['2.5.4.10', name],
    ['2.5.4.3', common],
  ]
  const valid = { notBefore: nowMs - year, notAfter: nowMs + 10 * year }
  const rootSigner = webCryptoSigner(rootKeys.key)
  const root = await makeCertificate({
    profile: 'root',
    serial: newSerial(),
    subject: subject(`${name}根`),
    spki: rootKeys.spki,
    ...valid,
    issuer: null,
    signer: rootSigner,
  })
  const issuing = await makeCertificate({
    profile: 'ca',
    serial: newSerial(),
    subject: subject(`${name}签发`),
    spki: keys.spki,
    ...valid,
    issuer: readCertificate(root),
    signer: rootSigner,
  })
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  return {
    root: text(root),
    issuing: text(issuing),
    key: text(keys.pkcs8),
    rootKey: text(rootKeys.pkcs8),
  }
}

/** Opens a demo authority, making it at the first start. @param folder of the demo's keys */
export async function openDemoAuthority(
  folder: string,
  family: Family,
  nowMs: () => number,
): Promise<DemoAuthority> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, `demo-ca-${family}.json`)
  if (!fs.existsSync(file))
    await writeOnce(file, JSON.stringify(await make(family, nowMs())), 0o600)
  const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as Kept
  const signerOf = async (pkcs8: string) =>
    webCryptoSigner(
      await webcrypto.subtle.importKey(
        'pkcs8',
        Buffer.from(pkcs8, 'base64'),
        algorithmOf(family),
        false,
        ['sign'],
      ),
    )
  const signer = await signerOf(kept.key)
  const rootSigner = await signerOf(kept.rootKey)
  const issuing = readCertificate(Buffer.from(kept.issuing, 'base64'))
  return {
    family,
    root: readCertificate(Buffer.from(kept.root, 'base64')),
    issuing,
    signer,
    rootSigner,
    issue: (parts) =>
      makeCertificate({
        ...parts,
        serial: newSerial(),
        notBefore: nowMs() - 86_400_000,
        notAfter: nowMs() + 2 * year,
        issuer: issuing,
        signer,
      }),
  }
}
