import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { type Bytes, concat, utf8 } from '../formats/bytes.ts'
import { type Der, DerError, TAG } from '../formats/der.ts'
import { type HashName, readHash } from './algorithms.ts'
import { decryptLegacy } from './legacy-ciphers.ts'
import { TrustError } from './problems.ts'

/**
 * Passwords into keys, and the ciphers of key files.
 * @source RFC 7292 appendix B; RFC 8018 (PBKDF2, PBES2); RFC 9579 (PBMAC1)
 */
export const PKCS12 = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  pbmac1: '1.2.840.113549.1.5.14',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  hmacSha256: '1.2.840.113549.2.9',
} as const

/** More would let a file hold a browser for minutes. */
export const MAX_ITERATIONS = 2_000_000

const AES_CBC: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.2': 16,
  '2.16.840.1.101.3.4.1.22': 24,
  [PKCS12.aes256Cbc]: 32,
}
const PRF: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.2.7': 'SHA-1',
  [PKCS12.hmacSha256]: 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
}
const LEGACY: Readonly<Record<string, { cipher: '3des' | 'rc2'; keyBytes: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: '3des', keyBytes: 24 },
  '1.2.840.113549.1.12.1.4': { cipher: '3des', keyBytes: 16 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', keyBytes: 5 },
}
const BLOCK_HASH = {
  'SHA-1': [sha1, 64],
  'SHA-256': [sha256, 64],
  'SHA-384': [sha384, 128],
  'SHA-512': [sha512, 128],
} as const

export function iterations(node: Der): number {
  const count = node.smallInteger()
  if (count < 1 || count > MAX_ITERATIONS) throw new TrustError('pkcs12-too-costly', String(count))
  return count
}

/** BMPString with a closing zero, as RFC 7292 B.1 wants passwords. */
function bmpPassword(password: string): Uint8Array {
  const text = `${password}\0`
  const out = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) {
    out[i * 2] = text.charCodeAt(i) >> 8
    out[i * 2 + 1] = text.charCodeAt(i) & 0xff
  }
  return out
}

function repeated(bytes: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil(bytes.length / block) * block
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]!)
}

/** The derivation of RFC 7292 B.2. `use`: 1 key, 2 IV, 3 MAC key. */
export function pkcs12Key(
  hash: HashName,
  password: string,
  salt: Uint8Array,
  count: number,
  use: 1 | 2 | 3,
  length: number,
): Uint8Array {
  if (hash === 'SM3') throw new TrustError('pkcs12-unsupported', hash)
  const [hashOf, block] = BLOCK_HASH[hash]
  const diversifier = new Uint8Array(block).fill(use)
  const input = concat(repeated(salt, block), repeated(bmpPassword(password), block))
  let out = new Uint8Array(0)
  for (;;) {
    let a: Uint8Array = hashOf(concat(diversifier, input))
    for (let i = 1; i < count; i++) a = hashOf(a)
    out = concat(out, a)
    if (out.length >= length) return out.subarray(0, length)
    const b = repeated(a, block).subarray(0, block)
    for (let at = 0; at < input.length; at += block) addPlusOne(input, at, b)
  }
}

/** input[at…] = input[at…] + b + 1, modulo 2^(8·block). */
function addPlusOne(input: Uint8Array, at: number, b: Uint8Array): void {
  let carry = 1
  for (let i = b.length - 1; i >= 0; i--) {
    carry += input[at + i]! + b[i]!
    input[at + i] = carry & 0xff
    carry >>= 8
  }
}

export async function pbkdf2(
  hash: HashName,
  password: string,
  salt: Uint8Array,
  count: number,
  length: number,
): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', utf8(password), 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash, salt: salt as Bytes, iterations: count }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, length * 8))
}

export interface Pbkdf2Parts {
  readonly salt: Uint8Array
  readonly count: number
  readonly hash: HashName
  readonly keyBytes: number | null
}

/** @throws TrustError `pkcs12-unsupported`, `pkcs12-too-costly`; DerError */
export function readPbkdf2(node: Der): Pbkdf2Parts {
  const [oid, parameters] = node.items(TAG.sequence, 2, 2) as [Der, Der]
  if (oid.oid() !== PKCS12.pbkdf2) throw new TrustError('pkcs12-unsupported', oid.oid())
  const [salt, count, ...rest] = parameters.items(TAG.sequence, 2, 4) as [Der, Der, ...Der[]]
  const length = rest.find((f) => f.tag === TAG.integer)
  const prf = rest.find((f) => f.tag === TAG.sequence)
  const hash = prf ? PRF[prf.items(TAG.sequence, 1, 2)[0]!.oid()] : 'SHA-1'
  if (!hash) throw new TrustError('pkcs12-unsupported', 'PRF')
  return {
    salt: salt.octets(),
    count: iterations(count),
    hash,
    keyBytes: length?.smallInteger() ?? null,
  }
}

/**
 * Decrypts what a key file's AlgorithmIdentifier says.
 * @throws TrustError `pkcs12-wrong-password`, `pkcs12-unsupported`, `pkcs12-too-costly`; DerError
 */
export async function decryptByPassword(
  algorithm: Der,
  ciphertext: Uint8Array,
  password: string,
): Promise<Uint8Array> {
  const [oid, parameters] = algorithm.items(TAG.sequence, 2, 2) as [Der, Der]
  const legacy = LEGACY[oid.oid()]
  if (legacy) return decryptOld(legacy, parameters, ciphertext, password)
  if (oid.oid() !== PKCS12.pbes2) throw new TrustError('pkcs12-unsupported', oid.oid())
  const [kdf, cipher] = parameters.items(TAG.sequence, 2, 2) as [Der, Der]
  const [cipherId, iv] = cipher.items(TAG.sequence, 2, 2) as [Der, Der]
  const keyBytes = AES_CBC[cipherId.oid()]
  if (!keyBytes) throw new TrustError('pkcs12-unsupported', cipherId.oid())
  if (iv.octets().length !== 16) throw new DerError('IV')
  const { hash, salt, count } = readPbkdf2(kdf)
  const raw = await pbkdf2(hash, password, salt, count, keyBytes)
  const key = await crypto.subtle.importKey('raw', raw, 'AES-CBC', false, ['decrypt'])
  raw.fill(0)
  const aes = { name: 'AES-CBC', iv: iv.octets() as Bytes }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(aes, key, ciphertext as Bytes))
  } catch {
    throw new TrustError('pkcs12-wrong-password')
  }
}

function decryptOld(
  { cipher, keyBytes }: { cipher: '3des' | 'rc2'; keyBytes: number },
  parameters: Der,
  ciphertext: Uint8Array,
  password: string,
): Uint8Array {
  const [salt, count] = parameters.items(TAG.sequence, 2, 2) as [Der, Der]
  const rounds = iterations(count)
  const derive = (use: 1 | 2, length: number) =>
    pkcs12Key('SHA-1', password, salt.octets(), rounds, use, length)
  let key = derive(1, keyBytes)
  if (cipher === '3des' && keyBytes === 16) key = concat(key, key.subarray(0, 8))
  const plain = decryptLegacy(cipher, key, derive(2, 8), ciphertext)
  if (!plain) throw new TrustError('pkcs12-wrong-password')
  return plain
}

/** The hash of a MAC's DigestInfo, or refusal. */
export function macHash(node: Der): HashName {
  try {
    return readHash(node)
  } catch {
    throw new TrustError('pkcs12-unsupported', 'MAC')
  }
}
