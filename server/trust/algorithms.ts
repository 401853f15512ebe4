import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { type Der, DerError, TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { sm3 } from '../formats/sm3.ts'
import { type ProblemSlug, TrustError } from './problems.ts'
import type { PublicKey } from './public-key.ts'

/**
 * Which signatures count, and from when till when: for leaf, chain, CRL, OCSP answer and token
 * alike. Not in the list means refused; an algorithm that falls gets an `until`.
 */
export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SM3'

export const HASHES: Readonly<Record<HashName, (message: Uint8Array) => Uint8Array>> = {
  'SHA-1': sha1,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
  SM3: sm3,
}

const HASH_OIDS: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '1.2.156.10197.1.401': 'SM3',
}

/** How a signature was made. `saltBytes` only for RSASSA-PSS. */
export interface Scheme {
  readonly family: 'rsa' | 'ecdsa' | 'sm2' | 'ed25519'
  readonly hash: HashName
  readonly saltBytes?: number
}

const SCHEMES: Readonly<Record<string, Scheme>> = {
  '1.2.840.113549.1.1.5': { family: 'rsa', hash: 'SHA-1' },
  '1.2.840.113549.1.1.11': { family: 'rsa', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { family: 'rsa', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { family: 'rsa', hash: 'SHA-512' },
  '1.2.840.10045.4.1': { family: 'ecdsa', hash: 'SHA-1' },
  '1.2.840.10045.4.3.2': { family: 'ecdsa', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { family: 'ecdsa', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { family: 'ecdsa', hash: 'SHA-512' },
  '1.2.156.10197.1.501': { family: 'sm2', hash: 'SM3' },
  '1.3.101.112': { family: 'ed25519', hash: 'SHA-512' },
}
const RSA_PSS = '1.2.840.113549.1.1.10'
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
/** The OID of the key, which GM/T 0010 writes where the algorithm belongs; read, never written. */
const SM2_KEY = '1.2.156.10197.1.301.1'
const MGF1 = '1.2.840.113549.1.1.8'

/** One row of the allow list; `from` and `until` in ms bound the judged moment. */
export interface AllowedAlgorithm {
  /** `rsa-sha256`, `rsa-pss-sha256`, `p256-sha256`, `sm2-sm3`: the names a trust list uses. */
  readonly name: string
  readonly minBits?: number
  readonly from?: number
  readonly until?: number
}

/** RSA from 2,048 bits with e ≥ 65,537, P-256 and P-384, SM2 with SM3; no SHA-1, no Ed25519. */
export const ALLOWED: readonly AllowedAlgorithm[] = [
  ...['rsa', 'rsa-pss'].flatMap((family) =>
    ['sha256', 'sha384', 'sha512'].map((hash) => ({ name: `${family}-${hash}`, minBits: 2048 })),
  ),
  ...['p256', 'p384'].flatMap((curve) =>
    ['sha256', 'sha384', 'sha512'].map((hash) => ({ name: `${curve}-${hash}` })),
  ),
  { name: 'sm2-sm3' },
]

/** The name under which the allow list and trust lists know this pair of key and scheme. */
export function algorithmName(key: PublicKey, scheme: Scheme): string {
  const hash = scheme.hash.replace('-', '').toLowerCase()
  if (key.kind === 'ed25519') return 'ed25519'
  return `${key.kind}${scheme.saltBytes === undefined ? '' : '-pss'}-${hash}`
}

/**
 * Why this key with this scheme does not count at the moment, or null. `scheme` absent: the key
 * alone (an encryption certificate signs nothing).
 */
export function algorithmProblem(
  key: PublicKey,
  scheme: Scheme | null,
  momentMs: number,
  allowed: readonly AllowedAlgorithm[] = ALLOWED,
): ProblemSlug | null {
  if (scheme?.hash === 'SHA-1' && !allowed.some((row) => row.name.endsWith('-sha1'))) {
    return 'algorithm-too-weak'
  }
  const rows = allowed.filter((row) =>
    scheme ? row.name === algorithmName(key, scheme) : row.name.startsWith(`${key.kind}-`),
  )
  const now = rows.filter(
    (r) => (r.from ?? -Infinity) <= momentMs && momentMs < (r.until ?? Infinity),
  )
  if (key.kind === 'rsa') {
    const minBits = Math.min(...rows.map((row) => row.minBits ?? 0))
    if (rows.length && (key.modulusBits < minBits || key.exponent < 65537n))
      return 'algorithm-too-weak'
  }
  if (rows.length && !now.length) return 'algorithm-too-weak'
  return now.length ? null : 'algorithm-not-accepted'
}

/** A digest's AlgorithmIdentifier. @throws TrustError `algorithm-not-accepted` */
export function readHash(node: Der): HashName {
  const [oid, parameters] = node.items(TAG.sequence, 1, 2) as [Der, Der | undefined]
  if (parameters && parameters.tag !== TAG.null) throw new DerError('hash parameters')
  const hash = HASH_OIDS[oid.oid()]
  if (!hash) throw new TrustError('algorithm-not-accepted', oid.oid())
  return hash
}

/**
 * A signature's AlgorithmIdentifier. CMS may write the key's OID (RSA, SM2) and name the hash
 * apart.
 * @param cmsHash the digest algorithm beside it, in CMS only
 * @throws TrustError `algorithm-not-accepted`; DerError on another shape
 */
export function readScheme(node: Der, cmsHash?: HashName): Scheme {
  const [oid, parameters] = node.items(TAG.sequence, 1, 2) as [Der, Der | undefined]
  const id = oid.oid()
  if (id === RSA_PSS) return readPss(parameters)
  const scheme = cmsHash ? (cmsScheme(id, cmsHash) ?? SCHEMES[id]) : SCHEMES[id]
  if (!scheme) throw new TrustError('algorithm-not-accepted', id)
  if (parameters && parameters.tag !== TAG.null) throw new DerError('signature parameters')
  if (cmsHash && scheme.family !== 'ed25519' && scheme.hash !== cmsHash) {
    throw new TrustError('algorithm-not-accepted', 'two hashes in one signature')
  }
  return scheme
}

function cmsScheme(id: string, hash: HashName): Scheme | undefined {
  if (id === RSA_ENCRYPTION && hash !== 'SM3') return { family: 'rsa', hash }
  if (id === SM2_KEY) return { family: 'sm2', hash: 'SM3' }
  return undefined
}

/** RSASSA-PSS with one hash throughout and the usual trailer (RFC 4055 §3.1). */
function readPss(parameters: Der | undefined): Scheme {
  const fields = parameters?.items(TAG.sequence, 3, 3) ?? []
  if (fields.length !== 3) throw new TrustError('algorithm-not-accepted', 'PSS by SHA-1')
  const hashNode = fields[0]!.explicit(0)
  const [mgf, mgfHash] = fields[1]!.explicit(1).items(TAG.sequence, 2, 2)
  const saltBytes = fields[2]!.explicit(2).smallInteger()
  const hash = readHash(hashNode)
  if (mgf!.oid() !== MGF1 || readHash(mgfHash!) !== hash || saltBytes > 64) {
    throw new TrustError('algorithm-not-accepted', 'PSS parameters')
  }
  return { family: 'rsa', hash, saltBytes }
}

const oidOf = <T>(table: Readonly<Record<string, T>>, found: (row: T) => boolean): string =>
  Object.keys(table).find((oid) => found(table[oid]!))!

/** The AlgorithmIdentifier of a hash, without parameters (RFC 5754 §2). */
export function hashIdentifier(hash: HashName): Uint8Array {
  return write.sequence(write.oid(oidOf(HASH_OIDS, (name) => name === hash)))
}

/** The AlgorithmIdentifier that we write for a scheme. */
export function schemeIdentifier(scheme: Scheme): Uint8Array {
  if (scheme.saltBytes !== undefined) {
    const hash = hashIdentifier(scheme.hash)
    return write.sequence(
      write.oid(RSA_PSS),
      write.sequence(
        write.explicit(0, hash),
        write.explicit(1, write.sequence(write.oid(MGF1), hash)),
        write.explicit(2, write.integer(scheme.saltBytes)),
      ),
    )
  }
  const id = write.oid(
    oidOf(SCHEMES, (row) => row.family === scheme.family && row.hash === scheme.hash),
  )
  return scheme.family === 'rsa' ? write.sequence(id, write.nullValue()) : write.sequence(id)
}
