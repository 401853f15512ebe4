import { type Bytes, concat, equal, u32 } from '../formats/bytes.ts'
import { type Der, DerError, readDer, TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { sha256 } from '../formats/sha256.ts'
import { hashIdentifier, readHash } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { KEY_USAGE } from './extensions.ts'
import { OID } from './keys.ts'
import { reading, TrustError } from './problems.ts'

/**
 * Wraps the bid secret for an encryption certificate: CMS EnvelopedData with one recipient, AES-256
 * in CBC inside. RSA by OAEP with SHA-256, P-256 by one-pass Diffie-Hellman. Malleable by its
 * nature: whoever unwraps checks the secret against the envelope's own commitments.
 * @source RFC 5652 §6; RFC 3560, 4055 (OAEP); RFC 5753 §3.1 (ECDH); RFC 3394 (key wrap)
 */
const ENVELOPED = {
  envelopedData: '1.2.840.113549.1.7.3',
  data: '1.2.840.113549.1.7.1',
  oaep: '1.2.840.113549.1.1.7',
  mgf1: '1.2.840.113549.1.1.8',
  ecdhSha256: '1.3.132.1.11.1',
  aes256Wrap: '2.16.840.1.101.3.4.1.45',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const

const MAX_WRAP_BYTES = 16 * 1024
const { subtle } = crypto

/** The certificate's key by its wrap, and the wrap's recipient. */
export interface Recipient {
  readonly issuer: Uint8Array
  readonly serial: Uint8Array
}

/**
 * Whatever holds the encryption key: decrypts an OAEP text (RSA), or gives the shared x of a point
 * (P-256). A WebCrypto key fits through `keyHolder`, a USB key through its agent.
 */
export interface KeyHolder {
  decryptOaep?(ciphertext: Uint8Array): Promise<Uint8Array>
  deriveShared?(ephemeral: Uint8Array): Promise<Uint8Array>
}

/** A key holder over a private WebCrypto key: RSA-OAEP with SHA-256, or ECDH on P-256. */
export function keyHolder(key: CryptoKey): KeyHolder {
  return {
    decryptOaep: async (ciphertext) =>
      new Uint8Array(await subtle.decrypt({ name: 'RSA-OAEP' }, key, ciphertext as Bytes)),
    deriveShared: async (ephemeral) => {
      const curve = { name: 'ECDH', namedCurve: 'P-256' }
      const point = await subtle.importKey('raw', ephemeral as Bytes, curve, false, [])
      return new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: point }, key, 256))
    },
  }
}

/** Whether a certificate may receive wraps: a key-encrypting usage and no CA flag. */
export function mayReceive(certificate: Certificate): boolean {
  const { keyUsage, basicConstraints } = certificate.extensions
  const { keyEncipherment, dataEncipherment, keyAgreement } = KEY_USAGE
  if (basicConstraints?.ca || !keyUsage) return false
  return [keyEncipherment, dataEncipherment, keyAgreement].some((bit) => keyUsage.has(bit))
}

/**
 * Wraps a secret for a certificate.
 * @throws TrustError `certificate-wrong-usage`; `algorithm-not-accepted` for a key that is neither
 *   RSA nor P-256
 */
export async function wrapSecret(
  secret: Uint8Array,
  certificate: Certificate,
): Promise<Uint8Array> {
  if (!mayReceive(certificate)) throw new TrustError('certificate-wrong-usage')
  const contentKey = crypto.getRandomValues(new Uint8Array(32))
  const recipient =
    certificate.publicKey.kind === 'rsa'
      ? await transportTo(certificate, contentKey)
      : await agreeWith(certificate, contentKey)
  const iv = crypto.getRandomValues(new Uint8Array(16))
  const aes = await subtle.importKey('raw', contentKey, 'AES-CBC', false, ['encrypt'])
  const body = new Uint8Array(await subtle.encrypt({ name: 'AES-CBC', iv }, aes, secret as Bytes))
  contentKey.fill(0)
  const algorithm = write.sequence(write.oid(ENVELOPED.aes256Cbc), write.octetString(iv))
  const content = write.sequence(write.oid(ENVELOPED.data), algorithm, write.tlv(0x80, body))
  const version = certificate.publicKey.kind === 'rsa' ? 0 : 2
  const data = write.sequence(write.integer(version), write.tlv(TAG.set, recipient), content)
  return write.sequence(write.oid(ENVELOPED.envelopedData), write.explicit(0, data))
}

const recipientId = (c: Certificate): Uint8Array =>
  write.sequence(c.issuer.der, write.tlv(TAG.integer, c.serial))

function oaepIdentifier(): Uint8Array {
  const hash = hashIdentifier('SHA-256')
  const mgf = write.sequence(write.oid(ENVELOPED.mgf1), hash)
  return write.sequence(
    write.oid(ENVELOPED.oaep),
    write.sequence(write.explicit(0, hash), write.explicit(1, mgf)),
  )
}

/** KeyTransRecipientInfo: the content key under RSA-OAEP. */
async function transportTo(certificate: Certificate, contentKey: Bytes): Promise<Uint8Array> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' }
  const spki = certificate.publicKey.spki as Bytes
  const key = await subtle.importKey('spki', spki, algorithm, false, ['encrypt'])
  const wrapped = new Uint8Array(await subtle.encrypt(algorithm, key, contentKey))
  return write.sequence(
    write.integer(0),
    recipientId(certificate),
    oaepIdentifier(),
    write.octetString(wrapped),
  )
}

const wrapIdentifier = (): Uint8Array => write.sequence(write.oid(ENVELOPED.aes256Wrap))

/** The key-encrypting key: X9.63 KDF with SHA-256, one block (RFC 5753 §7.2). */
function agreedKey(shared: Uint8Array, ukm: Uint8Array | null): Bytes {
  const info = write.sequence(
    wrapIdentifier(),
    ...(ukm ? [write.explicit(0, write.octetString(ukm))] : []),
    write.explicit(2, write.octetString(u32(256))),
  )
  return sha256(concat(shared, u32(1), info))
}

/** KeyAgreeRecipientInfo: the content key under a key agreed with a fresh point. */
async function agreeWith(certificate: Certificate, contentKey: Bytes): Promise<Uint8Array> {
  const { publicKey } = certificate
  if (publicKey.kind !== 'p256') throw new TrustError('algorithm-not-accepted', publicKey.kind)
  const curve = { name: 'ECDH', namedCurve: 'P-256' }
  const own = (await subtle.generateKey(curve, false, ['deriveBits'])) as CryptoKeyPair
  const ephemeral = new Uint8Array(await subtle.exportKey('raw', own.publicKey))
  const shared = await keyHolder(own.privateKey).deriveShared!(publicKey.point)
  const wrapped = await wrapKey(agreedKey(shared, null), contentKey)
  const originator = write.tlv(
    0xa1,
    write.sequence(write.oid(OID.ecPublicKey)),
    write.bitString(ephemeral),
  )
  const agreement = write.sequence(write.oid(ENVELOPED.ecdhSha256), wrapIdentifier())
  const keys = write.sequence(write.sequence(recipientId(certificate), write.octetString(wrapped)))
  return write.tlv(0xa1, write.integer(3), write.explicit(0, originator), agreement, keys)
}

async function wrapKey(wrappingKey: Bytes, contentKey: Bytes): Promise<Uint8Array> {
  const kek = await subtle.importKey('raw', wrappingKey, 'AES-KW', false, ['wrapKey'])
  const inner = await subtle.importKey('raw', contentKey, 'AES-CBC', true, ['encrypt'])
  return new Uint8Array(await subtle.wrapKey('raw', inner, kek, 'AES-KW'))
}

/** Whether the bytes are a wrap, and this certificate its recipient. */
export function isWrapFor(bytes: Uint8Array, { issuer, serial }: Certificate): boolean {
  try {
    const { recipient } = readWrap(bytes)
    return equal(recipient.issuer, issuer.der) && equal(recipient.serial, serial)
  } catch (error) {
    if (error instanceof TrustError) return false
    throw error
  }
}

interface Wrap {
  readonly recipient: Recipient
  readonly key:
    | { readonly kind: 'rsa'; readonly wrapped: Uint8Array }
    | {
        readonly kind: 'p256'
        readonly ephemeral: Uint8Array
        readonly ukm: Uint8Array | null
        readonly wrapped: Uint8Array
      }
  readonly iv: Uint8Array
  readonly body: Uint8Array
}

function readWrap(bytes: Uint8Array): Wrap {
  if (bytes.length > MAX_WRAP_BYTES) throw new TrustError('container-malformed', 'too large')
  return reading('container-malformed', () => {
    const [type, wrapped] = readDer(bytes).items(TAG.sequence, 2, 2) as [Der, Der]
    if (type.oid() !== ENVELOPED.envelopedData) throw new DerError('not EnvelopedData')
    const [version, recipients, content] = wrapped.explicit(0).items(TAG.sequence, 3, 3) as [
      Der,
      Der,
      Der,
    ]
    version.smallInteger()
    const [recipient] = recipients.items(TAG.set, 1, 1) as [Der]
    const [inner, algorithm, body] = content.items(TAG.sequence, 3, 3) as [Der, Der, Der]
    const [cipher, iv] = algorithm.items(TAG.sequence, 2, 2) as [Der, Der]
    if (inner.oid() !== ENVELOPED.data) throw new DerError('content type')
    if (cipher.oid() !== ENVELOPED.aes256Cbc || iv.octets().length !== 16) {
      throw new TrustError('algorithm-not-accepted', cipher.oid())
    }
    const read = recipient.tag === 0xa1 ? readAgreement : readTransport
    return { ...read(recipient), iv: iv.octets(), body: body.expect(0x80).content }
  })
}

function readRecipient(node: Der): Recipient {
  const [issuer, serial] = node.items(TAG.sequence, 2, 2) as [Der, Der]
  return { issuer: issuer.bytes, serial: serial.integerBytes() }
}

function readTransport(node: Der): Pick<Wrap, 'recipient' | 'key'> {
  const [version, id, algorithm, wrapped] = node.items(TAG.sequence, 4, 4) as [Der, Der, Der, Der]
  version.smallInteger()
  const [oid, parameters] = algorithm.items(TAG.sequence, 1, 2) as [Der, Der | undefined]
  const hash = parameters?.items(TAG.sequence, 0, 3).find((f) => f.tag === 0xa0)
  if (oid.oid() !== ENVELOPED.oaep || !hash || readHash(hash.explicit(0)) !== 'SHA-256') {
    throw new TrustError('algorithm-not-accepted', oid.oid())
  }
  return { recipient: readRecipient(id), key: { kind: 'rsa', wrapped: wrapped.octets() } }
}

function readAgreement(node: Der): Pick<Wrap, 'recipient' | 'key'> {
  const fields = node.items(0xa1, 4, 5)
  const ukm = fields.length === 5 ? fields[2]!.explicit(1).octets() : null
  const [algorithm, keys] = fields.slice(-2) as [Der, Der]
  const [oid, wrapping] = algorithm.items(TAG.sequence, 2, 2) as [Der, Der]
  const wrap = wrapping.items(TAG.sequence, 1, 2)[0]!.oid()
  if (oid.oid() !== ENVELOPED.ecdhSha256 || wrap !== ENVELOPED.aes256Wrap) {
    throw new TrustError('algorithm-not-accepted', oid.oid())
  }
  const point = fields[1]!.explicit(0).items(0xa1, 2, 2)[1]!
  const [id, wrapped] = keys.items(TAG.sequence, 1, 1)[0]!.items(TAG.sequence, 2, 2) as [Der, Der]
  const key = { kind: 'p256' as const, ephemeral: point.bits(), ukm, wrapped: wrapped.octets() }
  return { recipient: readRecipient(id), key }
}

/**
 * Unwraps a secret with the encryption key.
 * @throws TrustError `container-malformed` where the bytes are not a wrap, or the key is another
 */
export async function unwrapSecret(bytes: Uint8Array, holder: KeyHolder): Promise<Uint8Array> {
  const { key, iv, body } = readWrap(bytes)
  try {
    const contentKey =
      key.kind === 'rsa'
        ? await holder.decryptOaep!(key.wrapped)
        : await unwrapKey(
            agreedKey(await holder.deriveShared!(key.ephemeral), key.ukm),
            key.wrapped,
          )
    if (contentKey.length !== 32) throw new Error('content key')
    const aes = await subtle.importKey('raw', contentKey as Bytes, 'AES-CBC', false, ['decrypt'])
    const algorithm = { name: 'AES-CBC', iv: iv as Bytes }
    return new Uint8Array(await subtle.decrypt(algorithm, aes, body as Bytes))
  } catch {
    throw new TrustError('container-malformed', 'another key, or altered')
  }
}

async function unwrapKey(wrappingKey: Bytes, wrapped: Uint8Array): Promise<Uint8Array> {
  const kek = await subtle.importKey('raw', wrappingKey, 'AES-KW', false, ['unwrapKey'])
  const use: KeyUsage[] = ['decrypt']
  const key = await subtle.unwrapKey('raw', wrapped as Bytes, kek, 'AES-KW', 'AES-CBC', true, use)
  return new Uint8Array(await subtle.exportKey('raw', key))
}
