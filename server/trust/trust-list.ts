import { b64u, fromB64u } from '../formats/bytes.ts'
import {
  asObject,
  canonicalBytes,
  type Json,
  type JsonObject,
  parseCanonical,
} from '../formats/jcs.ts'
import { sha256 } from '../formats/sha256.ts'
import { type Certificate, readCertificate, type TrustCache } from './certificate.ts'
import { readSignedData, verifySignedData } from './cms.ts'
import type { PartyRule } from './party.ts'
import { TrustError } from './problems.ts'

/**
 * The list of authorities whose certificates count, and since when till when. It is the only source
 * of anchors; two of its own keys sign it, each list names the one before.
 * @source ETSI TS 119 612 in small; 电子签名法 art. 16–18 (licensed authorities)
 */
export type ServiceType = 'ca' | 'tsa' | 'ocsp' | 'seal'
export type ServicePurpose = 'login' | 'sign' | 'encrypt' | 'seal' | 'timestamp'
export type ServiceState = 'granted' | 'suspended' | 'withdrawn'

export interface ServiceStatus {
  /** UTC text; only appended, rising. */
  readonly from: string
  readonly state: ServiceState
  /** `compromise` also cuts what has no trusted time before `from`. */
  readonly reason: string
}

export interface TrustService {
  readonly type: ServiceType
  /** Anchors: DER, base64url. */
  readonly certs: readonly string[]
  readonly status: readonly ServiceStatus[]
  /** Names of `algorithms.ts`; null: the whole allow list. */
  readonly algorithms: readonly string[] | null
  readonly policies: readonly string[] | null
  readonly purposes: readonly ServicePurpose[]
  readonly audience: readonly ('org' | 'person')[]
  /** Where its certificates hold the party's code; null: the usual places. */
  readonly partyCode: readonly PartyRule[] | null
  readonly revocation: {
    readonly modes: readonly ('ocsp' | 'crl')[]
    readonly urls: readonly string[]
    readonly maxAgeHours: number
  }
  /** The id in its SM2 signatures; null: the default. */
  readonly sm2Id: string | null
}

export interface TrustAuthority {
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly licence: string
  readonly demo?: true
  readonly services: readonly TrustService[]
}

export interface TrustList {
  readonly v: 1
  readonly sequence: number
  readonly issued: string
  readonly nextUpdate: string
  /** SHA-256 of the list before, base64url; null for the first. */
  readonly previous: string | null
  readonly scheme: { readonly name: string; readonly territory: string }
  readonly platforms: readonly { readonly id: string; readonly origins: readonly string[] }[]
  /** Certificates of the keys that may sign the next list, DER, base64url. */
  readonly listKeys: readonly string[]
  readonly authorities: readonly TrustAuthority[]
}

const MAX_LIST_BYTES = 8 * 1024 * 1024

/** The bytes that are signed. */
export const trustListBytes = (list: TrustList): Uint8Array => canonicalBytes(list)

export const trustListSha256 = (bytes: Uint8Array): string => b64u(sha256(bytes))

/** @throws TrustError `trust-list-signature-bad` unless the bytes are the one encoding of a list */
export function parseTrustList(bytes: Uint8Array): TrustList {
  const parsed = parseCanonical(bytes, { maxBytes: MAX_LIST_BYTES })
  const list = parsed.problem === undefined ? asObject(parsed.value) : null
  const wrong = list ? malformed(list) : 'not canonical JSON'
  if (wrong) throw new TrustError('trust-list-signature-bad', wrong)
  return list as unknown as TrustList
}

const isTime = (value: Json | undefined): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) &&
  !Number.isNaN(Date.parse(value))
const isText = (value: Json | undefined): boolean => typeof value === 'string' && value !== ''
const isList = (value: Json | undefined, of: (item: Json) => boolean): boolean =>
  Array.isArray(value) && value.every(of)
const isNullOr = (value: Json | undefined, of: (item: Json) => boolean): boolean =>
  value === null || (value !== undefined && of(value))
const isOneOf =
  (...words: readonly string[]) =>
  (value: Json): boolean =>
    typeof value === 'string' && words.includes(value)

function isCertificate(value: Json): boolean {
  try {
    return typeof value === 'string' && fromB64u(value).length > 0
  } catch {
    return false
  }
}

function isService(value: Json): boolean {
  const s = asObject(value)
  const revocation = asObject(s?.revocation)
  return (
    s !== null &&
    isOneOf('ca', 'tsa', 'ocsp', 'seal')(s.type ?? null) &&
    isList(s.certs, isCertificate) &&
    isList(s.status, isStatus) &&
    (s.status as readonly JsonObject[]).every(
      (row, i, rows) =>
        i === 0 || Date.parse(String(rows[i - 1]!.from)) < Date.parse(String(row.from)),
    ) &&
    isNullOr(s.algorithms, (list) => isList(list, isText)) &&
    isNullOr(s.policies, (list) => isList(list, isText)) &&
    isList(s.purposes, isOneOf('login', 'sign', 'encrypt', 'seal', 'timestamp')) &&
    isList(s.audience, isOneOf('org', 'person')) &&
    isNullOr(s.partyCode, (list) => isList(list, isRule)) &&
    revocation !== null &&
    isList(revocation.modes, isOneOf('ocsp', 'crl')) &&
    isList(revocation.urls, isText) &&
    Number.isSafeInteger(revocation.maxAgeHours) &&
    isNullOr(s.sm2Id, isText)
  )
}

function isStatus(value: Json): boolean {
  const row = asObject(value)
  return (
    row !== null &&
    isTime(row.from) &&
    isOneOf('granted', 'suspended', 'withdrawn')(row.state ?? null)
  )
}

/** An expression must be anchored: half a match is another party's code. */
function isRule(value: Json): boolean {
  const rule = asObject(value)
  if (!rule || !isOneOf('subject', 'extension')(rule.place ?? null) || !isText(rule.oid))
    return false
  if (rule.pattern === undefined) return true
  const { pattern } = rule
  if (typeof pattern !== 'string' || !/^\^.*\$$/.test(pattern) || pattern.length > 200) return false
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

function malformed(list: JsonObject): string | null {
  const scheme = asObject(list.scheme)
  const isAuthority = (value: Json) => {
    const a = asObject(value)
    const name = asObject(a?.name)
    return (
      a !== null &&
      isText(a.id) &&
      isText(name?.zh) &&
      isText(name?.en) &&
      isList(a.services, isService)
    )
  }
  const isPlatform = (value: Json) =>
    isText(asObject(value)?.id) && isList(asObject(value)?.origins, isText)
  const checks: Readonly<Record<string, boolean>> = {
    v: list.v === 1,
    sequence: Number.isSafeInteger(list.sequence) && Number(list.sequence) >= 1,
    issued: isTime(list.issued),
    nextUpdate: isTime(list.nextUpdate),
    previous: isNullOr(list.previous, isCertificate),
    scheme: isText(scheme?.name) && isText(scheme?.territory),
    platforms: isList(list.platforms, isPlatform),
    listKeys: isList(list.listKeys, isCertificate),
    authorities: isList(list.authorities, isAuthority),
  }
  return Object.keys(checks).find((name) => !checks[name]) ?? null
}

/** A list that has been accepted, with the digest that reports and the next list name. */
export interface AcceptedList {
  readonly list: TrustList
  readonly sha256: string
}

/**
 * Accepts a list: canonical, signed by two different keys of the list before (or, for the first,
 * of those pinned), its number the next one.
 * @param pinned SHA-256 of list key certificates, base64url; used where there is no list before
 * @throws TrustError `trust-list-signature-bad`, `trust-list-rolled-back`
 */
export async function acceptTrustList(
  bytes: Uint8Array,
  signatures: readonly Uint8Array[],
  { previous, pinned = [] }: { previous?: AcceptedList; pinned?: readonly string[] },
): Promise<AcceptedList> {
  const list = parseTrustList(bytes)
  const keys = previous ? previous.list.listKeys.map((key) => b64u(sha256(fromB64u(key)))) : pinned
  const signers = new Set<string>()
  for (const container of signatures) {
    try {
      const signed = readSignedData(container)
      const id = b64u(sha256(signed.signer.der))
      const good =
        keys.includes(id) && !signed.content && !(await verifySignedData(signed, bytes)).length
      if (good) signers.add(b64u(signed.signer.publicKey.spki))
    } catch (error) {
      if (!(error instanceof TrustError)) throw error
    }
  }
  if (signers.size < 2) throw new TrustError('trust-list-signature-bad', `${signers.size} of 2`)
  const follows = previous
    ? list.sequence === previous.list.sequence + 1 && list.previous === previous.sha256
    : true
  if (!follows) throw new TrustError('trust-list-rolled-back', String(list.sequence))
  return { list, sha256: trustListSha256(bytes) }
}

export const hasDemo = (list: TrustList): boolean => list.authorities.some((a) => a.demo === true)

/** The state of a service at a moment; null before its first entry. */
export function stateAt(service: TrustService, momentMs: number): ServiceStatus | null {
  return service.status.findLast((row) => Date.parse(row.from) <= momentMs) ?? null
}

export interface ListedAnchor {
  readonly certificate: Certificate
  readonly authority: TrustAuthority
  readonly service: TrustService
}

const anchorCache = new WeakMap<TrustList, Map<ServiceType, readonly ListedAnchor[]>>()

/**
 * The anchors of all services of a type, parsed once a list. One that can't be read is left out.
 */
export function anchorsOf(
  list: TrustList,
  type: ServiceType,
  cache?: TrustCache,
): readonly ListedAnchor[] {
  const byType = anchorCache.get(list) ?? new Map<ServiceType, readonly ListedAnchor[]>()
  anchorCache.set(list, byType)
  const known = byType.get(type)
  if (known) return known
  const anchors = list.authorities.flatMap((authority) =>
    authority.services
      .filter((service) => service.type === type)
      .flatMap((service) => service.certs.flatMap((der) => anchor(der, authority, service, cache))),
  )
  byType.set(type, anchors)
  return anchors
}

function anchor(
  der: string,
  authority: TrustAuthority,
  service: TrustService,
  cache?: TrustCache,
): ListedAnchor[] {
  try {
    return [{ certificate: readCertificate(fromB64u(der), cache), authority, service }]
  } catch (error) {
    if (error instanceof TrustError) return []
    throw error
  }
}
