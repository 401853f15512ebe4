import { hex } from '../formats/bytes.ts'
import { type Der, DerError, readDer, TAG } from '../formats/der.ts'
import { bitNumbers, EXTENSION, readExtensionList, readGeneralName } from './extensions.ts'
import { type Name, readName } from './names.ts'
import { reading, TrustError } from './problems.ts'

/** Certificate revocation lists, read. @source RFC 5280 §5 */
export interface CrlEntry {
  readonly revokedAt: number
  readonly reason: number | null
  readonly invalidityDate: number | null
}

/** What a list says it covers; null: everything of its issuer. */
export interface CrlScope {
  /** DER of the GeneralNames of its distribution point; null if none is named. */
  readonly points: readonly Uint8Array[] | null
  readonly onlyUsers: boolean
  readonly onlyCas: boolean
  /** Attribute certificates, some reasons or several issuers: nothing we can use. */
  readonly foreign: boolean
}

export interface Crl {
  readonly tbs: Uint8Array
  readonly issuer: Name
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  /** By the serial's hexadecimal content. */
  readonly entries: ReadonlyMap<string, CrlEntry>
  readonly number: bigint | null
  /** The base that a delta list changes; null for a complete list. */
  readonly baseNumber: bigint | null
  readonly scope: CrlScope | null
  readonly hasUnknownCritical: boolean
  readonly signatureAlgorithm: Der
  readonly signature: Uint8Array
}

export const MAX_CRL_BYTES = 20 * 1024 * 1024

/** @throws TrustError `revocation-unknown` on anything but a CRL of version 1 or 2 */
export function readCrl(bytes: Uint8Array): Crl {
  if (bytes.length > MAX_CRL_BYTES) throw new TrustError('revocation-unknown', 'too large')
  return reading('revocation-unknown', () => parse(readDer(bytes)))
}

const isTime = (node: Der | undefined): node is Der =>
  node?.tag === TAG.utcTime || node?.tag === TAG.generalizedTime

function parse(root: Der): Crl {
  const [tbs, algorithm, signature] = root.items(TAG.sequence, 3, 3) as [Der, Der, Der]
  const fields = [...tbs.items(TAG.sequence, 3, 7)]
  if (fields[0]!.tag === TAG.integer && fields.shift()!.smallInteger() !== 1) {
    throw new DerError('version')
  }
  const inner = fields.shift()!
  if (hex(inner.bytes) !== hex(algorithm.bytes))
    throw new DerError('inner and outer algorithm differ')
  const issuer = readName(fields.shift()!)
  const thisUpdate = fields.shift()!.time()
  const nextUpdate = isTime(fields[0]) ? fields.shift()!.time() : null
  const list = fields[0]?.tag === TAG.sequence ? fields.shift()! : null
  const extensions = readListExtensions(fields.shift())
  if (fields.length > 0) throw new DerError('trailing fields')
  const { entries, hasUnknownCritical } = readEntries(list)
  return {
    tbs: tbs.bytes,
    issuer,
    thisUpdate,
    nextUpdate,
    entries,
    ...extensions,
    hasUnknownCritical: hasUnknownCritical || extensions.hasUnknownCritical,
    signatureAlgorithm: algorithm,
    signature: signature.bits(),
  }
}

function readListExtensions(
  node: Der | undefined,
): Pick<Crl, 'number' | 'baseNumber' | 'scope' | 'hasUnknownCritical'> {
  const all = node ? readExtensionList(node.explicit(0)) : new Map<string, never>()
  const value = (oid: string) => {
    const found = all.get(oid)
    return found ? readDer(found.value) : null
  }
  const known: readonly string[] = [
    EXTENSION.crlNumber,
    EXTENSION.deltaCrl,
    EXTENSION.issuingDistributionPoint,
    EXTENSION.authorityKeyId,
  ]
  const scope = value(EXTENSION.issuingDistributionPoint)
  return {
    number: value(EXTENSION.crlNumber)?.integer() ?? null,
    baseNumber: value(EXTENSION.deltaCrl)?.integer() ?? null,
    scope: scope ? readScope(scope) : null,
    hasUnknownCritical: [...all].some(([oid, { critical }]) => critical && !known.includes(oid)),
  }
}

function readScope(node: Der): CrlScope {
  let points: Uint8Array[] | null = null
  const set = new Set<number>()
  for (const field of node.items(TAG.sequence, 0, 6)) {
    const number = field.tag & 0x1f
    if (number === 0) points = pointNames(field.explicit(0))
    else if (number === 3) set.add(bitNumbers(field, 0x83).size ? 3 : 0)
    else if (number <= 5) {
      if (field.boolean(0x80 | number)) set.add(number)
    } else throw new DerError('issuingDistributionPoint')
  }
  const foreign = set.has(3) || set.has(4) || set.has(5)
  return { points, onlyUsers: set.has(1), onlyCas: set.has(2), foreign }
}

/** Full names of a DistributionPointName; a name relative to the issuer matches nothing. */
function pointNames(node: Der): Uint8Array[] {
  if (node.tag !== 0xa0) return []
  return node.items(0xa0, 1, 32).map((name) => {
    readGeneralName(name)
    return name.bytes
  })
}

/** The distribution points that a certificate names. */
export function distributionPoints(value: Uint8Array | undefined): Uint8Array[] {
  if (!value) return []
  try {
    return readDer(value)
      .items(TAG.sequence, 1, 32)
      .flatMap((point) => {
        const name = point.items(TAG.sequence, 0, 3).find((f) => f.tag === 0xa0)
        return name ? pointNames(name.explicit(0)) : []
      })
  } catch {
    return []
  }
}

function readEntries(list: Der | null): Pick<Crl, 'entries' | 'hasUnknownCritical'> {
  const entries = new Map<string, CrlEntry>()
  let hasUnknownCritical = false
  for (const node of list?.children ?? []) {
    const [serial, revokedAt, extensions] = node.items(TAG.sequence, 2, 3) as [
      Der,
      Der,
      Der | undefined,
    ]
    let reason: number | null = null
    let invalidityDate: number | null = null
    for (const [oid, { critical, value }] of extensions ? readExtensionList(extensions) : []) {
      if (oid === EXTENSION.reasonCode) reason = readDer(value).smallInteger(TAG.enumerated)
      else if (oid === EXTENSION.invalidityDate) invalidityDate = readDer(value).time()
      else if (critical) hasUnknownCritical = true // certificateIssuer: an indirect list
    }
    const key = hex(serial.integerBytes())
    if (!entries.has(key)) entries.set(key, { revokedAt: revokedAt.time(), reason, invalidityDate })
  }
  return { entries, hasUnknownCritical }
}
