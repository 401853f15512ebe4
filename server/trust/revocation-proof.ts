import { type Der, DerError } from '../formats/der.ts'
import { type AllowedAlgorithm, algorithmProblem, readScheme } from './algorithms.ts'
import type { Certificate, TrustCache } from './certificate.ts'
import type { CrlEntry } from './crl.ts'
import { verifySignature } from './keys.ts'
import { type ProblemSlug, TrustError } from './problems.ts'

/**
 * Whether a certificate was revoked at the judged moment: good, revoked or unknown. Only good is
 * ever shown as good; whatever goes wrong with a proof makes it unknown, with its slug.
 * @source RFC 5280 §6.3; RFC 6960 §3.2; ca-interop §3
 */
export interface RevocationStatus {
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Why not good; null for good. */
  readonly slug: ProblemSlug | null
  readonly source: 'ocsp' | 'crl' | null
  readonly thisUpdate: number | null
  readonly nextUpdate: number | null
  /** When the CA says it was revoked: before J for revoked, after J for good ("revoked later"). */
  readonly revokedAt: number | null
}

export interface RevocationContext {
  /** Real time, ms. */
  readonly nowMs: number
  /** J: the judged moment. */
  readonly judgedMs: number
  /** For award and archive: the proof must be made at or after J. */
  readonly lasting?: boolean
  /** Nonce sent with the OCSP request, if one was. */
  readonly nonce?: Uint8Array
  /** The highest CRL number seen of this issuer: a lower one is an old list played again. */
  readonly crlNumberSeen?: bigint
  readonly allowed?: readonly AllowedAlgorithm[]
  readonly sm2Id?: string
  readonly cache?: TrustCache
}

export const MINUTE = 60_000
/** A CA's clock may run ahead by this much. */
const SKEW_MS = 5 * MINUTE
const OCSP_DEFAULT_MS = 60 * MINUTE

/** CRLReason: keys that were no longer their owner's alone. */
const COMPROMISED: readonly number[] = [1, 2, 10]
const HOLD = 6
const REMOVE = 8

export interface Window {
  readonly source: 'ocsp' | 'crl'
  readonly thisUpdate: number
  readonly nextUpdate: number | null
}

export function unknown(slug: ProblemSlug, window?: Window): RevocationStatus {
  return {
    status: 'unknown',
    slug,
    source: window?.source ?? null,
    thisUpdate: window?.thisUpdate ?? null,
    nextUpdate: window?.nextUpdate ?? null,
    revokedAt: null,
  }
}

/** Why a proof of this age says nothing, or null. A revocation counts whatever its age. */
export function ageProblem(window: Window, context: RevocationContext): ProblemSlug | null {
  const { nowMs, judgedMs, lasting } = context
  const { thisUpdate } = window
  const until =
    window.nextUpdate ?? (window.source === 'ocsp' ? thisUpdate + OCSP_DEFAULT_MS : thisUpdate)
  if (thisUpdate > nowMs + SKEW_MS) return 'revocation-stale'
  // Made at or after J, it covers J for ever, though its own time is long over.
  if (thisUpdate >= judgedMs) return null
  if (nowMs > until) return 'revocation-stale'
  return lasting ? 'revocation-unknown' : null
}

/** What an entry (null: none, so not revoked) means at J. */
export function judged(
  entry: CrlEntry | null,
  window: Window,
  certificate: Certificate,
  context: RevocationContext,
): RevocationStatus {
  const { judgedMs } = context
  const base = { ...window, revokedAt: entry?.revokedAt ?? null }
  const isRevoked = entry !== null && entry.reason !== REMOVE
  if (isRevoked) {
    const from = COMPROMISED.includes(entry.reason ?? 0)
      ? Math.min(entry.revokedAt, entry.invalidityDate ?? Infinity)
      : entry.revokedAt
    if (from <= judgedMs) {
      if (entry.reason === HOLD) return { ...base, status: 'unknown', slug: 'certificate-on-hold' }
      return { ...base, status: 'revoked', slug: 'certificate-revoked' }
    }
  }
  const age = ageProblem(window, context)
  if (age) return unknown(age, window)
  // A CA may drop expired certificates from its lists: silence after the end proves nothing.
  if (entry === null && window.source === 'crl' && window.thisUpdate > certificate.notAfter) {
    return unknown('revocation-stale', window)
  }
  return { ...base, status: 'good', slug: null }
}

interface SignedProof {
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: Der
  readonly signature: Uint8Array
}

/** Verified signatures by the parsed proof: one list answers for all certificates of its CA. */
const verified = new WeakMap<SignedProof, Map<string, ProblemSlug | null>>()

async function verifiedOnce(
  signer: Certificate,
  signed: SignedProof,
  sm2Id?: string,
): Promise<ProblemSlug | null> {
  const bySigner = verified.get(signed) ?? new Map<string, ProblemSlug | null>()
  verified.set(signed, bySigner)
  const key = `${signer.id}/${sm2Id ?? ''}`
  const known = bySigner.get(key)
  if (known !== undefined) return known
  const { tbs, signature } = signed
  const scheme = readScheme(signed.signatureAlgorithm)
  const problem = await verifySignature(signer.publicKey, scheme, tbs, signature, sm2Id)
  bySigner.set(key, problem)
  return problem
}

/** Whether the signer made this proof, by an algorithm that counts at J. */
export async function signatureProblem(
  signer: Certificate,
  signed: SignedProof,
  context: RevocationContext,
): Promise<ProblemSlug | null> {
  try {
    if (await verifiedOnce(signer, signed, context.sm2Id)) return 'revocation-signature-bad'
    const scheme = readScheme(signed.signatureAlgorithm)
    const weak = algorithmProblem(signer.publicKey, scheme, context.judgedMs, context.allowed)
    return weak && 'revocation-unknown'
  } catch (error) {
    if (error instanceof TrustError || error instanceof DerError) return 'revocation-signature-bad'
    throw error
  }
}
