import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { concat, equal } from '../formats/bytes.ts'
import { type Der, DerError, readDer, TAG } from '../formats/der.ts'
import type { HashName } from './algorithms.ts'
import { derOfBer } from './ber.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import { stringText } from './names.ts'
import {
  decryptByPassword,
  iterations,
  macHash,
  PKCS12,
  pbkdf2,
  pkcs12Key,
  readPbkdf2,
} from './pkcs12-crypto.ts'
import { type PrivateKey, readPrivateKey } from './private-key.ts'
import { TrustError } from './problems.ts'

/**
 * Key files (PKCS#12): opened in a worker, kept in memory, never sent or stored.
 * @source RFC 7292; RFC 9579
 */
export const BAG = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  x509: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
} as const

export const MAX_KEY_FILE_BYTES = 1024 * 1024
/** Bags in one file; each encrypted key costs its iterations again. */
const MAX_BAGS = 32

export interface KeyFileEntry {
  readonly key: PrivateKey
  readonly certificate: Certificate
  /** Certificates of the file above it, nearest first, root last if there. */
  readonly chain: readonly Certificate[]
  readonly friendlyName: string | null
}

interface Bags {
  keys: { pkcs8: Uint8Array; friendlyName: string | null }[]
  certificates: Uint8Array[]
  spent: number
}

/**
 * Opens a key file.
 * @returns an entry a private key that has its certificate in the file
 * @throws TrustError `pkcs12-wrong-password` (or damage: they look alike), `pkcs12-unsupported`,
 *   `pkcs12-no-key`, `pkcs12-too-costly`
 */
export async function openPkcs12(bytes: Uint8Array, password: string): Promise<KeyFileEntry[]> {
  if (bytes.length > MAX_KEY_FILE_BYTES) throw new TrustError('pkcs12-too-costly', 'file size')
  try {
    return await open(bytes, password)
  } catch (error) {
    if (error instanceof DerError) throw new TrustError('pkcs12-wrong-password', error.message)
    throw error
  }
}

async function open(bytes: Uint8Array, password: string): Promise<KeyFileEntry[]> {
  const [version, safe, mac] = readDer(derOfBer(bytes)).items(TAG.sequence, 2, 3) as [Der, Der, Der]
  if (version.smallInteger() !== 3) throw new DerError('version')
  const [type, content] = safe.items(TAG.sequence, 2, 2) as [Der, Der]
  if (type.oid() !== BAG.data) throw new TrustError('pkcs12-unsupported', 'signed file')
  const authenticated = content.explicit(0).octets()
  // Without a MAC nothing tells that the file is whole: openssl writes one unless asked not to.
  if (!mac) throw new TrustError('pkcs12-unsupported', 'no MAC')
  if (!(await isMac(mac, authenticated, password))) throw new TrustError('pkcs12-wrong-password')
  const bags: Bags = { keys: [], certificates: [], spent: 0 }
  for (const part of readDer(derOfBer(authenticated)).items(TAG.sequence, 0, MAX_BAGS)) {
    await readPart(part, password, bags)
  }
  return entriesOf(bags)
}

/** Whether the password gives the file's MAC. */
async function isMac(mac: Der, data: Uint8Array, password: string): Promise<boolean> {
  const [info, salt, count] = mac.items(TAG.sequence, 2, 3) as [Der, Der, Der | undefined]
  const [algorithm, expected] = info.items(TAG.sequence, 2, 2) as [Der, Der]
  const [oid, parameters] = algorithm.items(TAG.sequence, 1, 2) as [Der, Der | undefined]
  if (oid.oid() === PKCS12.pbmac1) {
    return isPbmac1(parameters, data, password, expected.octets())
  }
  const hash = macHash(algorithm)
  const rounds = count ? iterations(count) : 1
  const key = pkcs12Key(hash, password, salt.octets(), rounds, 3, expected.octets().length)
  return equal(hmacOf(hash, key, data), expected.octets())
}

async function isPbmac1(
  parameters: Der | undefined,
  data: Uint8Array,
  password: string,
  expected: Uint8Array,
): Promise<boolean> {
  if (!parameters) throw new DerError('PBMAC1')
  const [kdf, scheme] = parameters.items(TAG.sequence, 2, 2) as [Der, Der]
  const { hash, salt, count, keyBytes } = readPbkdf2(kdf)
  const macOid = scheme.items(TAG.sequence, 1, 2)[0]!.oid()
  const macHashName = (
    { '1.2.840.113549.2.9': 'SHA-256', '1.2.840.113549.2.11': 'SHA-512' } as const
  )[macOid]
  if (!macHashName) throw new TrustError('pkcs12-unsupported', macOid)
  if (keyBytes === null || keyBytes < 20 || keyBytes > 128) throw new DerError('PBMAC1 key length')
  const key = await pbkdf2(hash, password, salt, count, keyBytes)
  return equal(hmacOf(macHashName, key, data), expected)
}

export function hmacOf(hash: HashName, key: Uint8Array, data: Uint8Array): Uint8Array {
  switch (hash) {
    case 'SHA-1':
      return hmac(sha1, key, data)
    case 'SHA-256':
      return hmac(sha256, key, data)
    case 'SHA-384':
      return hmac(sha384, key, data)
    case 'SHA-512':
      return hmac(sha512, key, data)
    default:
      throw new TrustError('pkcs12-unsupported', hash)
  }
}

async function readPart(part: Der, password: string, bags: Bags): Promise<void> {
  const [type, content] = part.items(TAG.sequence, 2, 2) as [Der, Der]
  const inner = content.explicit(0)
  if (type.oid() === BAG.data) return readBags(inner.octets(), password, bags)
  if (type.oid() !== BAG.encryptedData) throw new TrustError('pkcs12-unsupported', type.oid())
  const [, encrypted] = inner.items(TAG.sequence, 2, 3) as [Der, Der]
  const [, algorithm, body] = encrypted.items(TAG.sequence, 3, 3) as [Der, Der, Der]
  await readBags(await decryptByPassword(algorithm, implicitOctets(body), password), password, bags)
}

/** [0] IMPLICIT OCTET STRING, whole or (BER) in pieces. */
function implicitOctets(node: Der): Uint8Array {
  if (node.tag === 0xa0) return concat(...node.children.map((piece) => piece.octets()))
  return node.expect(0x80).content
}

async function readBags(bytes: Uint8Array, password: string, bags: Bags): Promise<void> {
  for (const bag of readDer(derOfBer(bytes)).items(TAG.sequence, 0, MAX_BAGS)) {
    if (++bags.spent > MAX_BAGS) throw new TrustError('pkcs12-too-costly', 'bags')
    const [type, wrapped, attributes] = bag.items(TAG.sequence, 2, 3) as [Der, Der, Der | undefined]
    const value = wrapped.explicit(0)
    const friendlyName = attributes ? friendlyNameOf(attributes) : null
    if (type.oid() === BAG.certificate) {
      const [kind, certificate] = value.items(TAG.sequence, 2, 2) as [Der, Der]
      if (kind.oid() === BAG.x509) bags.certificates.push(certificate.explicit(0).octets())
    } else if (type.oid() === BAG.key) {
      bags.keys.push({ pkcs8: value.bytes, friendlyName })
    } else if (type.oid() === BAG.shroudedKey) {
      const [algorithm, body] = value.items(TAG.sequence, 2, 2) as [Der, Der]
      const pkcs8 = await decryptByPassword(algorithm, body.octets(), password)
      bags.keys.push({ pkcs8, friendlyName })
    }
  }
}

function friendlyNameOf(attributes: Der): string | null {
  for (const attribute of attributes.items(TAG.set, 0, 16)) {
    const [type, values] = attribute.items(TAG.sequence, 2, 2) as [Der, Der]
    if (type.oid() === BAG.friendlyName)
      return values.children[0] ? stringText(values.children[0]) : null
  }
  return null
}

function entriesOf(bags: Bags): KeyFileEntry[] {
  if (bags.keys.length === 0) throw new TrustError('pkcs12-no-key')
  const certificates = bags.certificates.map((der) => readCertificate(der))
  const entries = bags.keys.flatMap(({ pkcs8, friendlyName }) => {
    const key = readPrivateKey(pkcs8)
    pkcs8.fill(0)
    const certificate = certificates.find((c) => key.matches(c.publicKey))
    if (!certificate) return []
    return [{ key, certificate, chain: chainOf(certificate, certificates), friendlyName }]
  })
  if (entries.length === 0) throw new TrustError('pkcs12-no-key', 'no certificate for the key')
  return entries
}

/** The file's certificates above one, by name; signatures are checked where it is used. */
function chainOf(leaf: Certificate, all: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = []
  let at = leaf
  while (chain.length < 8) {
    const above = all.find(
      (c) => c !== at && !chain.includes(c) && equal(c.subject.der, at.issuer.der),
    )
    if (!above || above === leaf) break
    chain.push(above)
    at = above
  }
  return chain
}
