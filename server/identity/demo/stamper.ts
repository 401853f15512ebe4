import { webcrypto } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { writeOnce } from '../../kernel/whole-file.ts'
import {
  type Certificate,
  readCertificate,
  type Signer,
  webCryptoSigner,
} from '../../trust/index.ts'
import { type DemoAuthority, makeKeyPair } from './authority.ts'

/** The demo's time-stamp authority: a certificate for nothing else, and its key. */
export interface DemoStamper {
  readonly certificate: Certificate
  readonly issuing: Certificate
  readonly signer: Signer
}

/** Opens the demo time-stamper, making it at its first use. @param folder of the demo's keys */
export async function openDemoStamper(
  folder: string,
  authority: DemoAuthority,
): Promise<DemoStamper> {
  const file = path.join(folder, 'tsa.json')
  if (!fs.existsSync(file)) {
    const keys = await makeKeyPair('p256', 'sign')
    const der = await authority.issue({
      profile: 'tsa',
      subject: [
        ['2.5.4.6', 'CN'],
        ['2.5.4.3', '演示时间戳'],
      ],
      spki: keys.spki,
    })
    const kept = JSON.stringify({
      der: Buffer.from(der).toString('base64'),
      pkcs8: Buffer.from(keys.pkcs8).toString('base64'),
    })
    await writeOnce(file, kept, 0o600)
  }
  const { der, pkcs8 } = JSON.parse(fs.readFileSync(file, 'utf8')) as { der: string; pkcs8: string }
  const key = await webcrypto.subtle.importKey(
    'pkcs8',
    Buffer.from(pkcs8, 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  )
  return {
    certificate: readCertificate(Buffer.from(der, 'base64')),
    issuing: authority.issuing,
    signer: webCryptoSigner(key),
  }
}
