import type { Act, ActExpectation } from './act.ts'
import type { AllowedAlgorithm } from './algorithms.ts'
import { type Certificate, readCertificate, type TrustCache } from './certificate.ts'
import { type ContainerProfile, readSignedData, type SignedData, TOKEN_CONTAINER } from './cms.ts'
import type { Finding } from './findings.ts'
import { sameName } from './names.ts'
import type { Party } from './party.ts'
import { TrustError } from './problems.ts'
import { isoTime, type JudgedBy } from './report.ts'
import { type RevocationProofs, revocationOf } from './revocation.ts'
import type { RevocationStatus } from './revocation-proof.ts'
import { serviceFindings } from './service.ts'
import { checkToken } from './timestamp.ts'
import {
  type AcceptedList,
  anchorsOf,
  type ListedAnchor,
  type ServicePurpose,
  type ServiceType,
} from './trust-list.ts'

/** The parts of a judgement: its inputs, its moment, and the checks around the path. */

/**
 * All that may be known beside the bytes themselves. Nothing in it is trusted unchecked but times.
 */
export interface Proofs extends RevocationProofs {
  /** The detached content of a container. */
  readonly content?: Uint8Array
  /** Certificates that may stand between, DER: the container often holds them, a bare one never. */
  readonly certificates?: readonly Uint8Array[]
  /** The nonce of our OCSP request, and the highest CRL number seen of the issuer. */
  readonly ocspNonce?: Uint8Array
  readonly crlNumberSeen?: bigint
  /** Time of a witnessed checkpoint that holds its leaf, ms; proved by the caller. */
  readonly witnessedMs?: number
  /** Tick time of its leaf's entry under the pinned log key, ms: the platform's word. */
  readonly loggedMs?: number
  /** A time-stamp token kept apart from the container. */
  readonly token?: Uint8Array
}

export interface ValidateOptions {
  readonly purpose?: ServicePurpose
  /** What the act must say; `false`: the content is not an act (a PDF, a trust list). */
  readonly act?: ActExpectation | false
  readonly profile?: ContainerProfile
  /** For award and archive: revocation proofs must be made at or after the judged moment. */
  readonly lasting?: boolean
  /** The party that must have signed; an act's own `actor.party` is always checked. */
  readonly party?: string
  readonly needsPerson?: boolean
  readonly allowed?: readonly AllowedAlgorithm[]
  readonly cache?: TrustCache
}

export interface Case {
  readonly trust: AcceptedList
  readonly proofs: Proofs
  readonly nowMs: number
  readonly options: ValidateOptions
  readonly purpose: ServicePurpose
  readonly findings: Finding[]
}

export interface JudgedAt {
  readonly ms: number
  readonly by: JudgedBy
}

/** J: the earliest proved time, else now. */
export function earliest(tokens: readonly number[], { proofs, nowMs }: Case): JudgedAt {
  const proved: JudgedAt[] = tokens.map((ms) => ({ ms, by: 'token' }))
  if (proofs.witnessedMs !== undefined) proved.push({ ms: proofs.witnessedMs, by: 'witness' })
  if (proofs.loggedMs !== undefined) proved.push({ ms: proofs.loggedMs, by: 'log' })
  const past = proved.filter(({ ms }) => ms <= nowMs).sort((a, b) => a.ms - b.ms)
  return past[0] ?? { ms: nowMs, by: 'now' }
}

export function poolOf(signed: SignedData | null, { proofs, options }: Case): Certificate[] {
  const extra = (proofs.certificates ?? []).flatMap((der) => {
    try {
      return [readCertificate(der, options.cache)]
    } catch (error) {
      if (error instanceof TrustError) return []
      throw error
    }
  })
  return [...(signed?.certificates ?? []), ...extra]
}

/**
 * The id in SM2 signatures below a listed service: that of the anchor to which the names lead. One
 * id is tried, never several.
 */
export function sm2IdOf(
  certificate: Certificate,
  type: ServiceType,
  pool: readonly Certificate[],
  { trust, options }: Case,
): string | undefined {
  if (certificate.publicKey.kind !== 'sm2') return undefined
  const anchors = anchorsOf(trust.list, type, options.cache)
  let at: Certificate | undefined = certificate
  for (let depth = 0; at && depth < 8; depth++) {
    const { issuer }: Certificate = at
    const listed = anchors.find((a) => sameName(a.certificate.subject, issuer))
    if (listed) return listed.service.sm2Id ?? undefined
    at = pool.find((c) => c !== at && sameName(c.subject, issuer))
  }
  return undefined
}

/** A time-stamp authority's clock may run ahead by this much. */
const TOKEN_SKEW_MS = 60_000

/** Times of the tokens that hold; what is wrong with one that doesn't is a finding. */
export async function tokenTimes(signed: SignedData, of: Case): Promise<number[]> {
  const { trust, proofs, options } = of
  const anchors = anchorsOf(trust.list, 'tsa', options.cache)
  const times: number[] = []
  for (const token of [signed.token, proofs.token ?? null]) {
    if (!token) continue
    const pool = poolOf(signed, of)
    const stamper = signerOfToken(token, options.cache)
    const check = await checkToken(token, signed.signature, {
      anchors: anchors.map((a) => a.certificate),
      pool,
      allowed: options.allowed,
      sm2Id: stamper && sm2IdOf(stamper, 'tsa', pool, of),
      cache: options.cache,
    })
    const listed = anchors.find((a) => a.certificate.id === check.path.at(-1)?.id)
    const service =
      listed && check.genTime !== null
        ? [
            ...serviceFindings(listed.service, 'timestamp', check.genTime, of.nowMs, 'token'),
            ...tokenPolicyFindings(listed, check.token?.policy),
          ]
        : []
    const wrong = [
      ...check.findings,
      ...service.map((f): Finding => ({ ...f, slug: 'timestamp-authority-not-trusted' })),
    ]
    if (wrong.length === 0 && check.genTime! > of.nowMs + TOKEN_SKEW_MS) {
      wrong.push({ slug: 'timestamp-clock-differs', detail: isoTime(check.genTime!) })
    }
    of.findings.push(...wrong)
    if (wrong.length === 0) times.push(Math.min(check.genTime!, of.nowMs))
  }
  return times
}

function signerOfToken(token: Uint8Array, cache?: TrustCache): Certificate | undefined {
  try {
    return readSignedData(token, TOKEN_CONTAINER, cache).signer
  } catch (error) {
    if (error instanceof TrustError) return undefined
    throw error
  }
}

function tokenPolicyFindings({ service }: ListedAnchor, policy: string | undefined): Finding[] {
  if (service.policies === null || (policy && service.policies.includes(policy))) return []
  return [{ slug: 'timestamp-authority-not-trusted', detail: policy }]
}

/**
 * Revocation of the signer, and of the CAs above it where a proof says so: a CA without a proof is
 * the trust list's business. Without a path there is no issuer to ask.
 */
export async function revocationFindings(
  leaf: Certificate,
  path: readonly Certificate[],
  judgedMs: number,
  { proofs, nowMs, options, findings }: Case,
  sm2Id?: string,
): Promise<RevocationStatus | null> {
  let ofLeaf: RevocationStatus | null = null
  for (let i = 0; i + 1 < path.length; i++) {
    const status = await revocationOf(path[i]!, path[i + 1]!, proofs, {
      nowMs,
      judgedMs,
      lasting: options.lasting,
      nonce: i === 0 ? proofs.ocspNonce : undefined,
      crlNumberSeen: i === 0 ? proofs.crlNumberSeen : undefined,
      allowed: options.allowed,
      sm2Id,
      cache: options.cache,
    })
    if (i === 0) ofLeaf = status
    if (status.slug && (i === 0 || status.status === 'revoked')) {
      findings.push({ slug: status.slug, detail: path[i] === leaf ? undefined : path[i]!.id })
    }
  }
  return ofLeaf
}

export function partyFindings(party: Party, act: Act | null, options: ValidateOptions): Finding[] {
  const findings: Finding[] = []
  // An expert acts for no organisation: the caller binds the person by the hashed id number.
  const isExpert = act?.actor.capacity === 'expert'
  if (party.finding && !isExpert) findings.push(party.finding)
  const expected = [
    ...(act && !isExpert ? [act.actor.party] : []),
    ...(options.party ? [options.party] : []),
  ]
  if (party.uscc && expected.some((code) => code !== party.uscc))
    findings.push({ slug: 'party-other' })
  if (options.needsPerson && party.person === null) findings.push({ slug: 'person-required' })
  return findings
}
