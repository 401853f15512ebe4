import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384 } from '@noble/curves/nist.js'
import { type Bytes, bigint, concat } from '../formats/bytes.ts'
import { type Der, DerError, readDer, TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { SM2_DEFAULT_ID, SM2_ORDER, sm2Point, sm2Verify } from '../formats/sm2.ts'
import { HASHES, type HashName, type Scheme } from './algorithms.ts'
import { type ProblemSlug, TrustError } from './problems.ts'
import type { PublicKey } from './public-key.ts'

/**
 * Public keys and the signatures they verify. WebCrypto does RSA and the NIST curves,
 * `@noble/curves` Ed25519, our own lines SM2.
 * @source RFC 3279, 4055, 5480, 8410 (keys); RFC 8017; GB/T 32918
 */
export const OID = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  ecPublicKey: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  p384: '1.3.132.0.34',
  sm2: '1.2.156.10197.1.301',
  ed25519: '1.3.101.112',
} as const

/** Larger keys cost more than they protect: RSA of 16,384 bits verifies in tens of ms. */
const MAX_RSA_BITS = 8192

/**
 * Reads a SubjectPublicKeyInfo and checks the key itself: named curves only (explicit parameters
 * allow a forged generator), points on their curve.
 * @throws TrustError `key-invalid`, `algorithm-not-accepted`; DerError on another shape
 */
export function readPublicKey(node: Der): PublicKey {
  const [algorithm, bits] = node.items(TAG.sequence, 2, 2) as [Der, Der]
  const [oid, parameters] = algorithm.items(TAG.sequence, 1, 2) as [Der, Der | undefined]
  const spki = node.bytes
  switch (oid.oid()) {
    case OID.rsaEncryption:
      if (parameters?.tag !== TAG.null) throw new DerError('RSA parameters')
      return rsaKey(spki, bits.bits())
    case OID.rsaPss:
      return rsaKey(spki, bits.bits())
    case OID.ecPublicKey:
      if (parameters?.tag !== TAG.oid) {
        throw new TrustError('algorithm-not-accepted', 'explicit curve parameters')
      }
      return curveKey(spki, parameters.oid(), bits.bits())
    case OID.sm2:
      return curveKey(spki, OID.sm2, bits.bits())
    case OID.ed25519:
      if (parameters || bits.bits().length !== 32) throw new TrustError('key-invalid', 'Ed25519')
      return { spki, kind: 'ed25519', point: bits.bits() }
    default:
      throw new TrustError('algorithm-not-accepted', oid.oid())
  }
}

function rsaKey(spki: Uint8Array, key: Uint8Array): PublicKey {
  const [modulus, exponent] = readDer(key).items(TAG.sequence, 2, 2) as [Der, Der]
  const [n, e] = [modulus.integer(), exponent.integer()]
  if (n <= 0n || e <= 2n || n % 2n === 0n || e % 2n === 0n)
    throw new TrustError('key-invalid', 'RSA')
  const modulusBits = n.toString(2).length
  if (modulusBits > MAX_RSA_BITS || e >= 1n << 64n) throw new TrustError('key-invalid', 'RSA size')
  return { spki, kind: 'rsa', modulusBits, exponent: e, key }
}

function curveKey(spki: Uint8Array, curve: string, point: Uint8Array): PublicKey {
  const kind = curve === OID.p256 ? 'p256' : curve === OID.p384 ? 'p384' : 'sm2'
  if (kind === 'sm2' && curve !== OID.sm2) throw new TrustError('algorithm-not-accepted', curve)
  if (!isOnCurve(kind, point)) throw new TrustError('key-invalid', 'not a point of the curve')
  return { spki, kind, point }
}

function isOnCurve(kind: 'p256' | 'p384' | 'sm2', point: Uint8Array): boolean {
  if (kind === 'sm2') return sm2Point(point) !== null
  if (point[0] !== 4) return false
  try {
    ;(kind === 'p256' ? p256 : p384).Point.fromBytes(point).assertValidity()
    return true
  } catch {
    return false
  }
}

/** WebCrypto keys by our key and hash: an import costs more than a verification. */
const imported = new WeakMap<PublicKey, Map<string, Promise<CryptoKey>>>()

function webKey(key: PublicKey, name: string, hash: HashName): Promise<CryptoKey> {
  const byUse = imported.get(key) ?? new Map<string, Promise<CryptoKey>>()
  imported.set(key, byUse)
  const use = key.kind === 'rsa' ? `${name} ${hash}` : name
  let promise = byUse.get(use)
  if (!promise) {
    const algorithm =
      key.kind === 'rsa' ? { name, hash } : { name, namedCurve: curveName(key.kind) }
    promise = crypto.subtle.importKey('spki', plainSpki(key) as Bytes, algorithm, false, ['verify'])
    byUse.set(use, promise)
  }
  return promise
}

const curveName = (kind: string): string => (kind === 'p384' ? 'P-384' : 'P-256')

/** The SPKI that WebCrypto takes: an RSASSA-PSS key is the same RSA key under the general OID. */
function plainSpki(key: PublicKey): Uint8Array {
  if (key.kind !== 'rsa') return key.spki
  const algorithm = write.sequence(write.oid(OID.rsaEncryption), write.nullValue())
  return write.sequence(algorithm, write.bitString(key.key))
}

const ORDER = { p256: p256.Point.Fn.ORDER, p384: p384.Point.Fn.ORDER, sm2: SM2_ORDER } as const

/** r and s from strict DER: no padding zeros, nothing else (a lax reader takes many encodings). */
function readPair(signature: Uint8Array): readonly [Uint8Array, Uint8Array] | null {
  try {
    const pair = readDer(signature).items(TAG.sequence, 2, 2)
    const [r, s] = pair.map((part) => part.integerBytes()) as [Uint8Array, Uint8Array]
    return r[0]! & 0x80 || s[0]! & 0x80 ? null : [r, s]
  } catch {
    return null
  }
}

function fixed(value: Uint8Array, size: number): Uint8Array {
  const body = value[0] === 0 ? value.subarray(1) : value
  return concat(new Uint8Array(size - body.length), body)
}

/**
 * Verifies one signature.
 * @returns null if it is right, else `signature-bad`, `signature-encoding`, or
 *   `algorithm-not-accepted` where key and scheme don't belong together
 */
export async function verifySignature(
  key: PublicKey,
  scheme: Scheme,
  message: Uint8Array,
  signature: Uint8Array,
  sm2Id: string = SM2_DEFAULT_ID,
): Promise<ProblemSlug | null> {
  const family = key.kind === 'p256' || key.kind === 'p384' ? 'ecdsa' : key.kind
  if (scheme.family !== family) return 'algorithm-not-accepted'
  if (key.kind === 'rsa') return verifyRsa(key, scheme, message, signature)
  if (key.kind === 'ed25519') return verifyEd25519(key.point, message, signature)
  const pair = readPair(signature)
  if (!pair) return 'signature-encoding'
  const [r, s] = [bigint(pair[0]), bigint(pair[1])]
  const order = ORDER[key.kind]
  if (r < 1n || s < 1n || r >= order || s >= order) return 'signature-bad'
  if (key.kind === 'sm2') {
    return sm2Verify(key.point, message, { r, s }, sm2Id) ? null : 'signature-bad'
  }
  const size = key.kind === 'p256' ? 32 : 48
  const raw = concat(fixed(pair[0], size), fixed(pair[1], size))
  const algorithm = { name: 'ECDSA', hash: scheme.hash }
  return subtleVerify(webKey(key, 'ECDSA', scheme.hash), algorithm, raw, message)
}

function verifyEd25519(
  point: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): ProblemSlug | null {
  try {
    return ed25519.verify(signature, message, point, { zip215: false }) ? null : 'signature-bad'
  } catch {
    return 'signature-bad'
  }
}

function verifyRsa(
  key: Extract<PublicKey, { kind: 'rsa' }>,
  scheme: Scheme,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<ProblemSlug | null> | ProblemSlug {
  if (signature.length !== Math.ceil(key.modulusBits / 8)) return 'signature-bad'
  const name = scheme.saltBytes === undefined ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS'
  const algorithm = { name, saltLength: scheme.saltBytes ?? 0 }
  return subtleVerify(webKey(key, name, scheme.hash), algorithm, signature, message)
}

async function subtleVerify(
  key: Promise<CryptoKey>,
  algorithm: EcdsaParams | RsaPssParams,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<ProblemSlug | null> {
  try {
    const good = await crypto.subtle.verify(
      algorithm,
      await key,
      signature as Bytes,
      message as Bytes,
    )
    return good ? null : 'signature-bad'
  } catch {
    return 'key-invalid'
  }
}

/** Hashes with any hash of the allow list. */
export function digest(hash: HashName, message: Uint8Array): Uint8Array {
  return HASHES[hash](message)
}
