import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { writeOnce } from './whole-file.ts'

/**
 * The platform's own keys, outside the database and backed up apart from it: files of mode 0600 in
 * one folder, made at the first start. Losing `hidden` loses every sealed row; losing `log` ends
 * the log under its present name.
 */
export interface Keys {
  /** `yg-` and 26 of a–z2–7: made once, never host or port. */
  readonly platform: string
  /** The log's origin: platform ‖ `/log`. */
  readonly origin: string
  readonly logSeed: Uint8Array
  /** Ed25519 by the log key. */
  signLog(bytes: Uint8Array): Uint8Array
  readonly logPublicKey: Uint8Array
  /** HMAC-SHA-256 that makes stream names and tags nameless. */
  name(...parts: (string | Uint8Array)[]): Buffer
  /** AES-256-GCM under a key of that purpose: nonce ‖ ciphertext ‖ tag. */
  seal(purpose: SealPurpose, plain: Uint8Array): Buffer
  /** @throws Error where the bytes are not ours or were changed */
  open(purpose: SealPurpose, sealed: Uint8Array): Buffer
  /** The secret of one tick's batch. */
  batchSecret(index: number): Uint8Array
}
export type SealPurpose = 'event' | 'act' | 'draft' | 'release' | 'cursor' | 'session'

const pkcs8Ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

async function readOrMake(folder: string, name: string, make: () => Buffer): Promise<Buffer> {
  const file = path.join(folder, name)
  // Where another process makes it at the same time, its file stands.
  if (!fs.existsSync(file)) await writeOnce(file, make(), 0o600)
  return fs.readFileSync(file)
}

function platformId(): Buffer {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  return Buffer.from(`yg-${[...randomBytes(26)].map((b) => letters[b % 32]).join('')}`)
}

/** Opens the folder of keys, making what is missing. */
export async function openKeys(folder: string): Promise<Keys> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const platform = (await readOrMake(folder, 'platform', platformId)).toString('utf8').trim()
  const hidden = await readOrMake(folder, 'hidden.key', () => randomBytes(32))
  const naming = await readOrMake(folder, 'naming.key', () => randomBytes(32))
  const logSeed = await readOrMake(folder, 'log.key', () => randomBytes(32))
  const derived = new Map<string, Buffer>()
  const keyOf = (purpose: string): Buffer => {
    const known = derived.get(purpose)
    if (known) return known
    const made = Buffer.from(hkdfSync('sha256', hidden, platform, `yangguang/v1 ${purpose}`, 32))
    derived.set(purpose, made)
    return made
  }
  const logKey: KeyObject = createPrivateKey({
    key: Buffer.concat([pkcs8Ed25519, logSeed]),
    format: 'der',
    type: 'pkcs8',
  })
  const jwk = logKey.export({ format: 'jwk' })
  return {
    platform,
    origin: `${platform}/log`,
    logSeed,
    logPublicKey: Buffer.from(jwk.x as string, 'base64url'),
    signLog: (bytes) => sign(null, bytes, logKey),
    name: (...parts) => {
      const mac = createHmac('sha256', naming)
      for (const part of parts) {
        const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part
        const length = Buffer.alloc(4)
        length.writeUInt32BE(bytes.length)
        mac.update(length).update(bytes)
      }
      return mac.digest()
    },
    seal: (purpose, plain) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), nonce)
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open: (purpose, sealed) => {
      const bytes = Buffer.from(sealed)
      const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
    },
    batchSecret: (index) => createHmac('sha256', keyOf('batch')).update(`tick ${index}`).digest(),
  }
}

/** Pads with spaces to whole rows, 4 KiB each, less the cipher's 28 bytes: all small acts look alike. */
export function padToRow(content: string | Uint8Array, unit = 4096): Buffer {
  const length = typeof content === 'string' ? Buffer.byteLength(content) : content.length
  const row = Buffer.allocUnsafe(Math.ceil((length + 28) / unit) * unit - 28)
  if (typeof content === 'string') row.write(content)
  else row.set(content)
  return row.fill(0x20, length)
}

export function sha256(...parts: (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
