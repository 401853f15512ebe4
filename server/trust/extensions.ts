import { type Der, DerError, readDer, TAG } from '../formats/der.ts'
import { type Name, readName } from './names.ts'

/** The extensions that path validation understands. @source RFC 5280 §4.2 */
export interface Extension {
  readonly critical: boolean
  /** The octets inside the OCTET STRING. */
  readonly value: Uint8Array
}

export interface GeneralName {
  readonly kind: 'email' | 'dns' | 'uri' | 'ip' | 'directory' | 'other'
  readonly text: string
  readonly bytes: Uint8Array
  readonly name?: Name
}

export interface PolicyConstraints {
  readonly requireExplicit?: number
  readonly inhibitMapping?: number
}

export interface Extensions {
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number }
  /** Numbers of the bits that are set. */
  readonly keyUsage?: ReadonlySet<number>
  readonly extendedKeyUsage?: { readonly critical: boolean; readonly purposes: readonly string[] }
  readonly subjectKeyId?: Uint8Array
  readonly authorityKeyId?: Uint8Array
  readonly alternativeNames?: readonly GeneralName[]
  readonly nameConstraints?: {
    readonly permitted: readonly GeneralName[]
    readonly excluded: readonly GeneralName[]
  }
  readonly policies?: readonly string[]
  readonly policyMappings?: readonly (readonly [issuer: string, subject: string])[]
  readonly policyConstraints?: PolicyConstraints
  readonly inhibitAnyPolicy?: number
  /** OIDs of critical extensions that nothing here understands. */
  readonly unknownCritical: readonly string[]
}

export const KEY_USAGE = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  crlSign: 6,
} as const

export const EXTENSION = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrl: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  policies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const

const KINDS = [
  'other',
  'email',
  'dns',
  'other',
  'directory',
  'other',
  'uri',
  'ip',
  'other',
] as const

/** One GeneralName; its context tag tells the kind. */
export function readGeneralName(node: Der): GeneralName {
  const number = node.tag & 0x1f
  const kind = KINDS[number]
  if ((node.tag & 0xc0) !== 0x80 || kind === undefined) throw new DerError('GeneralName')
  if (kind === 'directory') {
    return { kind, text: '', bytes: node.content, name: readName(node.explicit(4)) }
  }
  const isText = kind === 'email' || kind === 'dns' || kind === 'uri'
  if (isText && node.content.some((b) => b >= 0x80)) throw new DerError('GeneralName')
  const text = isText && node.content.length < 4096 ? String.fromCharCode(...node.content) : ''
  return { kind, text, bytes: node.content }
}

/** Extensions as certificates, CRLs and OCSP answers hold them; none twice. */
export function readExtensionList(list: Der): Map<string, Extension> {
  const all = new Map<string, Extension>()
  for (const item of list.items(TAG.sequence, 1, 64)) {
    const fields = item.items(TAG.sequence, 2, 3)
    const critical = fields.length === 3 && fields[1]!.boolean()
    if (fields.length === 3 && !critical) throw new DerError('default written out')
    const oid = fields[0]!.oid()
    if (all.has(oid)) throw new DerError('extension twice')
    all.set(oid, { critical, value: fields.at(-1)!.octets() })
  }
  return all
}

type Readers = { readonly [oid: string]: (value: Der, critical: boolean) => Partial<Extensions> }

const READERS: Readers = {
  [EXTENSION.basicConstraints]: (node) => {
    const fields = node.items(TAG.sequence, 0, 2)
    const ca = fields[0]?.tag === TAG.boolean
    if (ca && !fields[0]!.boolean()) throw new DerError('default written out')
    const length = fields[ca ? 1 : 0]
    if (fields.length > (ca ? 2 : 1)) throw new DerError('basicConstraints')
    return { basicConstraints: { ca, ...(length && { pathLength: length.smallInteger() }) } }
  },
  [EXTENSION.keyUsage]: (node) => ({ keyUsage: bitNumbers(node) }),
  [EXTENSION.extendedKeyUsage]: (node, critical) => ({
    extendedKeyUsage: {
      critical,
      purposes: node.items(TAG.sequence, 1, 64).map((purpose) => purpose.oid()),
    },
  }),
  [EXTENSION.subjectKeyId]: (node) => ({ subjectKeyId: node.octets() }),
  [EXTENSION.authorityKeyId]: (node) => {
    const id = node.items(TAG.sequence, 0, 3).find((field) => field.tag === 0x80)
    return id ? { authorityKeyId: id.content } : {}
  },
  [EXTENSION.alternativeNames]: (node) => ({
    alternativeNames: node.items(TAG.sequence, 1, 256).map(readGeneralName),
  }),
  [EXTENSION.nameConstraints]: (node) => {
    const fields = node.items(TAG.sequence, 1, 2)
    const side = (tag: number) => fields.find((f) => f.tag === tag)?.items(tag, 1, 256) ?? []
    if (fields.some((f) => f.tag !== 0xa0 && f.tag !== 0xa1)) throw new DerError('nameConstraints')
    return {
      nameConstraints: { permitted: side(0xa0).map(subtree), excluded: side(0xa1).map(subtree) },
    }
  },
  [EXTENSION.policies]: (node) => {
    const policies = node
      .items(TAG.sequence, 1, 64)
      .map((info) => info.items(TAG.sequence, 1, 2)[0]!.oid())
    if (new Set(policies).size !== policies.length) throw new DerError('policy twice')
    return { policies }
  },
  [EXTENSION.policyMappings]: (node) => ({
    policyMappings: node.items(TAG.sequence, 1, 64).map((pair) => {
      const [issuer, subject] = pair.items(TAG.sequence, 2, 2)
      return [issuer!.oid(), subject!.oid()] as const
    }),
  }),
  [EXTENSION.policyConstraints]: (node) => ({ policyConstraints: policyConstraints(node) }),
  [EXTENSION.inhibitAnyPolicy]: (node) => ({ inhibitAnyPolicy: node.smallInteger() }),
}

/** GeneralSubtree: minimum is 0 and never written, maximum is absent (RFC 5280 §4.2.1.10). */
function subtree(node: Der): GeneralName {
  return readGeneralName(node.items(TAG.sequence, 1, 1)[0]!)
}

function policyConstraints(node: Der): PolicyConstraints {
  let result: PolicyConstraints = {}
  for (const field of node.items(TAG.sequence, 1, 2)) {
    if (field.content.length !== 1 || field.content[0]! & 0x80) throw new DerError('SkipCerts')
    if (field.tag === 0x80) result = { ...result, requireExplicit: field.content[0]! }
    else if (field.tag === 0x81) result = { ...result, inhibitMapping: field.content[0]! }
    else throw new DerError('policyConstraints')
  }
  return result
}

/** The set bits of a BIT STRING, numbered from the first. */
export function bitNumbers(node: Der, tag: number = TAG.bitString): Set<number> {
  const { content } = node.expect(tag)
  const set = new Set<number>()
  for (let n = 0; n < Math.min(content.length - 1, 8) * 8; n++) {
    if (content[1 + (n >> 3)]! & (0x80 >> (n & 7))) set.add(n)
  }
  return set
}

/** Understood, but with nothing to check in a path: they point elsewhere. */
const HARMLESS: ReadonlySet<string> = new Set([
  EXTENSION.crlDistributionPoints,
  EXTENSION.authorityInfoAccess,
])

/** @throws DerError on a known extension of another shape */
export function readExtensions(list: Der | null): {
  known: Extensions
  all: ReadonlyMap<string, Extension>
} {
  const all = list ? readExtensionList(list) : new Map<string, Extension>()
  let known: Extensions = { unknownCritical: [] }
  for (const [oid, { critical, value }] of all) {
    const reader = READERS[oid]
    if (reader) known = { ...known, ...reader(readDer(value), critical) }
    else if (critical && !HARMLESS.has(oid)) {
      known = { ...known, unknownCritical: [...known.unknownCritical, oid] }
    }
  }
  return { known, all }
}
