import { b64u, equal, fromBase64, hex } from '../formats/bytes.ts'
import { type Der, DerError, readDer, TAG } from '../formats/der.ts'
import { sha256 } from '../formats/sha256.ts'
import type { Crl } from './crl.ts'
import { type Extension, type Extensions, readExtensions } from './extensions.ts'
import { readPublicKey } from './keys.ts'
import { type Name, readName, sameName } from './names.ts'
import { type ProblemSlug, reading, TrustError } from './problems.ts'
import type { PublicKey } from './public-key.ts'

/** One X.509 certificate, read strictly. @source RFC 5280 §4.1 */
export interface Certificate {
  readonly der: Uint8Array
  /** Hexadecimal SHA-256 of `der`: the key of all caches. */
  readonly id: string
  /** The bytes that the issuer signed, as received. */
  readonly tbs: Uint8Array
  readonly version: 1 | 2 | 3
  /** Content of the serial INTEGER. */
  readonly serial: Uint8Array
  readonly issuer: Name
  readonly subject: Name
  /** First and last second of validity, ms. */
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: PublicKey
  /** The AlgorithmIdentifier of the outer signature; the inner one is equal. */
  readonly signatureAlgorithm: Der
  readonly signature: Uint8Array
  readonly extensions: Extensions
  /** All extensions by OID, for party codes. */
  readonly allExtensions: ReadonlyMap<string, Extension>
}

/** What a caller may keep between calls: parsed certificates and verdicts on chain links. */
export interface TrustCache {
  readonly certificates: Map<string, Certificate>
  /** `issuer id / certificate id / id of SM2` → whether the link's signature is right. */
  readonly links: Map<string, ProblemSlug | null>
  /** Parsed revocation lists by the very array they came in, which must not change. */
  readonly crls: WeakMap<Uint8Array, Crl>
}

export const createCache = (): TrustCache => ({
  certificates: new Map(),
  links: new Map(),
  crls: new WeakMap(),
})

/** Past this a cache starts anew: hostile certificates must not fill the memory. */
const CACHE_ENTRIES = 20_000
const MAX_CERTIFICATE_BYTES = 64 * 1024

export function remember<K, V>(map: Map<K, V>, key: K, value: V): V {
  if (map.size >= CACHE_ENTRIES) map.clear()
  map.set(key, value)
  return value
}

/** @throws TrustError `certificate-malformed`, `key-invalid`, `algorithm-not-accepted` */
export function readCertificate(der: Uint8Array, cache?: TrustCache): Certificate {
  if (der.length > MAX_CERTIFICATE_BYTES) throw new TrustError('certificate-malformed', 'too large')
  const id = hex(sha256(der))
  const known = cache?.certificates.get(id)
  if (known) return known
  const certificate = reading('certificate-malformed', () => parse(Uint8Array.from(der), id))
  return cache ? remember(cache.certificates, id, certificate) : certificate
}

function parse(der: Uint8Array, id: string): Certificate {
  const [tbs, algorithm, signature] = readDer(der).items(TAG.sequence, 3, 3) as [Der, Der, Der]
  const fields = [...tbs.items(TAG.sequence, 6, 10)]
  let version = 1
  if (fields[0]!.tag === 0xa0) {
    version = fields.shift()!.explicit(0).smallInteger() + 1
    if (version !== 2 && version !== 3) throw new DerError('version')
  }
  const [serial, inner, issuer, validity, subject, spki, ...rest] = fields as [
    Der,
    Der,
    Der,
    Der,
    Der,
    Der,
    ...Der[],
  ]
  if (!equal(inner.bytes, algorithm.bytes)) throw new DerError('inner and outer algorithm differ')
  const [from, to] = validity.items(TAG.sequence, 2, 2) as [Der, Der]
  const serialBytes = serial.integerBytes()
  if (serialBytes.length > 20 || serialBytes[0]! & 0x80) throw new DerError('serial')
  const { known, all } = readExtensions(optionalParts(rest, version))
  return {
    der,
    id,
    tbs: tbs.bytes,
    version: version as 1 | 2 | 3,
    serial: serialBytes,
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: from.time(),
    notAfter: to.time(),
    publicKey: readPublicKey(spki),
    signatureAlgorithm: algorithm,
    signature: signature.bits(),
    extensions: known,
    allExtensions: all,
  }
}

/** issuerUniqueID, subjectUniqueID, extensions, in this order; gives the extensions. */
function optionalParts(rest: readonly Der[], version: number): Der | null {
  let last = 0
  let extensions: Der | null = null
  for (const node of rest) {
    const number = [0x81, 0x82, 0xa3].indexOf(node.tag) + 1
    if (number <= last || version < (number === 3 ? 3 : 2)) throw new DerError('unexpected field')
    last = number
    if (number === 3) extensions = node.explicit(3)
  }
  return extensions
}

export const isSelfIssued = (c: Certificate): boolean => sameName(c.issuer, c.subject)

/** As acts write it: base64url of the SHA-256. */
export const certSha256 = (der: Uint8Array): string => b64u(sha256(der))

/**
 * Decodes PEM text: all blocks of this label, in order. @throws TrustError `certificate-malformed`
 */
export function fromPem(text: string, label = 'CERTIFICATE'): Uint8Array[] {
  const pattern = new RegExp(
    `-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]*)-----END ${label}-----`,
    'g',
  )
  return [...text.matchAll(pattern)].map((match) => {
    try {
      return fromBase64(match[1]!.replace(/\s+/g, ''))
    } catch {
      throw new TrustError('certificate-malformed', 'PEM')
    }
  })
}
