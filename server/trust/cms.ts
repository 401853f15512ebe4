import { equal } from '../formats/bytes.ts'
import { type Der, DerError, readDer, TAG } from '../formats/der.ts'
import * as write from '../formats/der-write.ts'
import { sha256 } from '../formats/sha256.ts'
import { type HashName, readHash, readScheme, type Scheme } from './algorithms.ts'
import { type Certificate, readCertificate, type TrustCache } from './certificate.ts'
import type { Finding } from './findings.ts'
import { digest, verifySignature } from './keys.ts'
import { reading, TrustError } from './problems.ts'

/**
 * The container of a signature: CMS SignedData, DER, one signer, signed attributes always.
 * Read as received and checked; `cms-make.ts` writes it.
 * @source RFC 5652; RFC 5035 (signingCertificateV2); GM/T 0010 (types read, never written)
 */
export const CMS = {
  signedData: '1.2.840.113549.1.7.2',
  data: '1.2.840.113549.1.7.1',
  gmSignedData: '1.2.156.10197.6.1.4.2.2',
  gmData: '1.2.156.10197.6.1.4.2.1',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
} as const

/** A container has at most this many bytes: act signatures are 2 to 8 KiB with a token. */
const MAX_CONTAINER_BYTES = 256 * 1024
/** A chain of the deepest kind; each costs signature checks. */
const MAX_CERTIFICATES = 8
/** A token stands eight levels deep in its container, and has 18 of its own. */
const CONTAINER_DEPTH = 32

export interface SignedData {
  readonly contentType: string
  /** Content carried inside; acts never do, time-stamp tokens always. */
  readonly content: Uint8Array | null
  /** All embedded certificates, the signer's among them. */
  readonly certificates: readonly Certificate[]
  readonly signer: Certificate
  readonly hash: HashName
  readonly scheme: Scheme
  /** What was signed: the attributes as a SET OF (0x31), not the stored [0]. */
  readonly signedBytes: Uint8Array
  readonly messageDigest: Uint8Array
  /** The signer's own word, shown and never trusted; ms, null if absent. */
  readonly signingTime: number | null
  /** Value of signingCertificateV2. */
  readonly signingCertificate: Der
  readonly signature: Uint8Array
  /** A time-stamp token over `signature`, the only unsigned attribute allowed. */
  readonly token: Uint8Array | null
}

/** What differs between an act's or PDF's signature and a time-stamp token. */
export interface ContainerProfile {
  readonly contentTypes: readonly string[]
  readonly version: number
  readonly needsSigningTime: boolean
}

export const ACT_CONTAINER: ContainerProfile = {
  contentTypes: [CMS.data, CMS.gmData],
  version: 1,
  needsSigningTime: true,
}
export const TOKEN_CONTAINER: ContainerProfile = {
  contentTypes: [CMS.tstInfo],
  version: 3,
  needsSigningTime: false,
}

/**
 * Reads a container and refuses every shape but ours; verifies nothing.
 * @throws TrustError `container-malformed`, `container-many-signers`, `signer-certificate-missing`,
 *   `signature-attributes-missing`, or what an embedded certificate or algorithm is refused for
 */
export function readSignedData(
  bytes: Uint8Array,
  profile: ContainerProfile = ACT_CONTAINER,
  cache?: TrustCache,
): SignedData {
  if (bytes.length > MAX_CONTAINER_BYTES) throw new TrustError('container-malformed', 'too large')
  return reading('container-malformed', () =>
    parse(readDer(bytes, CONTAINER_DEPTH), profile, cache),
  )
}

function parse(root: Der, profile: ContainerProfile, cache?: TrustCache): SignedData {
  const [outer, wrapped] = root.items(TAG.sequence, 2, 2) as [Der, Der]
  const gm = outer.oid() === CMS.gmSignedData
  if (!gm && outer.oid() !== CMS.signedData) throw new DerError('not SignedData')
  const fields = wrapped.explicit(0).items(TAG.sequence, 4, 5)
  const [version, hashes, encapsulated] = fields as [Der, Der, Der]
  if (version.smallInteger() !== profile.version) throw new DerError('version')
  const [type, inside] = encapsulated.items(TAG.sequence, 1, 2) as [Der, Der | undefined]
  const contentType = type.oid()
  if (!profile.contentTypes.includes(contentType)) throw new DerError('content type')
  if (gm !== (contentType === CMS.gmData)) throw new DerError('types of two standards')
  const infos = fields.at(-1)!.items(TAG.set)
  if (infos.length !== 1) throw new TrustError('container-many-signers', String(infos.length))
  const certificates = readCertificates(fields.length === 5 ? fields[3]! : null, cache)
  const info = readSignerInfo(infos[0]!, contentType, profile)
  const [only] = hashes.items(TAG.set, 1, 1)
  if (readHash(only!) !== info.hash) throw new DerError('digest algorithms differ')
  const signer = certificates.find(
    (c) => equal(c.issuer.der, info.issuer) && equal(c.serial, info.serial),
  )
  if (!signer) throw new TrustError('signer-certificate-missing')
  return {
    ...info,
    contentType,
    content: inside?.explicit(0).octets() ?? null,
    certificates,
    signer,
  }
}

function readCertificates(field: Der | null, cache?: TrustCache): Certificate[] {
  if (field === null) return []
  const certificates = field
    .items(0xa0, 0, MAX_CERTIFICATES)
    .map((node) => readCertificate(node.bytes, cache))
  if (new Set(certificates.map((c) => c.id)).size !== certificates.length) {
    throw new DerError('certificate twice')
  }
  return certificates
}

type SignerInfo = Omit<SignedData, 'contentType' | 'content' | 'certificates' | 'signer'> & {
  readonly issuer: Uint8Array
  readonly serial: Uint8Array
}

function readSignerInfo(node: Der, contentType: string, profile: ContainerProfile): SignerInfo {
  const fields = node.items(TAG.sequence, 5, 7)
  const [version, sid, hashNode] = fields as [Der, Der, Der]
  if (version.smallInteger() !== 1) throw new DerError('signer version')
  const [issuer, serial] = sid.items(TAG.sequence, 2, 2) as [Der, Der]
  if (fields[3]!.tag !== 0xa0) throw new TrustError('signature-attributes-missing')
  if (fields.length < 6) throw new DerError('signer fields')
  const [attributesNode, schemeNode, signature, unsigned] = fields.slice(3) as [
    Der,
    Der,
    Der,
    Der | undefined,
  ]
  const attributes = readAttributes(attributesNode, 0xa0)
  const hash = readHash(hashNode)
  const type = attributes.get(CMS.contentType)
  const digestNode = attributes.get(CMS.messageDigest)
  const certificate = attributes.get(CMS.signingCertificateV2)
  const time = attributes.get(CMS.signingTime)
  if (!type || !digestNode || !certificate || (profile.needsSigningTime && !time)) {
    throw new TrustError('signature-attributes-missing')
  }
  if (type.oid() !== contentType) throw new DerError('contentType attribute')
  const signedBytes = attributesNode.bytes.slice()
  signedBytes[0] = TAG.set
  return {
    issuer: issuer.bytes,
    serial: serial.integerBytes(),
    hash,
    scheme: readScheme(schemeNode, hash),
    signedBytes,
    messageDigest: digestNode.octets(),
    signingTime: time ? time.time() : null,
    signingCertificate: certificate,
    signature: signature.octets(),
    token: unsigned ? readToken(unsigned) : null,
  }
}

/** Attributes by OID, each once and with one value. */
function readAttributes(node: Der, tag: number): Map<string, Der> {
  const attributes = new Map<string, Der>()
  for (const item of node.items(tag, 1, 32)) {
    const [type, values] = item.items(TAG.sequence, 2, 2) as [Der, Der]
    const oid = type.oid()
    if (attributes.has(oid)) throw new DerError('attribute twice')
    attributes.set(oid, values.items(TAG.set, 1, 1)[0]!)
  }
  return attributes
}

function readToken(node: Der): Uint8Array {
  const attributes = readAttributes(node, 0xa1)
  const token = attributes.get(CMS.timestampToken)
  if (!token || attributes.size !== 1) throw new DerError('unknown unsigned attribute')
  return token.bytes
}

/**
 * Verifies a container over its content: digest, signature, and that the signer's certificate is
 * the one that the signed attributes name. Says nothing about whether that certificate counts.
 * @param content the detached bytes; only these count
 * @returns all that is wrong, the gravest first; empty if nothing is
 */
export async function verifySignedData(
  signed: SignedData,
  content: Uint8Array,
  sm2Id?: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  if (!equal(digest(signed.hash, content), signed.messageDigest)) {
    findings.push({ slug: 'act-altered', detail: 'messageDigest' })
  }
  const { signer, scheme, signedBytes, signature } = signed
  const bad = await verifySignature(signer.publicKey, scheme, signedBytes, signature, sm2Id)
  if (bad) findings.push({ slug: bad })
  if (!namesCertificate(signed.signingCertificate, signer)) {
    findings.push({ slug: 'signing-certificate-mismatch' })
  }
  return findings
}

/**
 * Whether signingCertificateV2 names this certificate first, by SHA-256 and, if given, by serial.
 */
function namesCertificate(value: Der, signer: Certificate): boolean {
  try {
    const [ids] = value.items(TAG.sequence, 1, 2) as [Der]
    const fields = [...ids.items(TAG.sequence, 1, 16)[0]!.items(TAG.sequence, 1, 3)]
    if (fields[0]!.tag === TAG.sequence && readHash(fields.shift()!) !== 'SHA-256') return false
    const [hash, issuerSerial] = fields as [Der, Der | undefined]
    if (!equal(hash.octets(), sha256(signer.der))) return false
    if (!issuerSerial) return true
    const [names, serial] = issuerSerial.items(TAG.sequence, 2, 2) as [Der, Der]
    const issuer = names.items(TAG.sequence, 1, 1)[0]!.explicit(4)
    return equal(issuer.bytes, signer.issuer.der) && equal(serial.integerBytes(), signer.serial)
  } catch {
    return false
  }
}

/** The SET OF unsigned attributes with one token, as it stands after the signature. */
export function tokenAttribute(token: Uint8Array): Uint8Array {
  return write.tlv(0xa1, write.sequence(write.oid(CMS.timestampToken), write.tlv(TAG.set, token)))
}
