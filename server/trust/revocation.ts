import { equal, hex } from '../formats/bytes.ts'
import type { Der } from '../formats/der.ts'
import { type AllowedAlgorithm, algorithmProblem, readScheme } from './algorithms.ts'
import type { Certificate, TrustCache } from './certificate.ts'
import { type Crl, type CrlEntry, distributionPoints, readCrl } from './crl.ts'
import { EXTENSION, KEY_USAGE } from './extensions.ts'
import { verifySignature } from './keys.ts'
import { sameName } from './names.ts'
import { isAbout, isResponder, type OcspResponse, readOcspResponse } from './ocsp.ts'
import { linkProblem } from './path.ts'
import { type ProblemSlug, TrustError } from './problems.ts'

/**
 * Whether a certificate was revoked at the judged moment: good, revoked or unknown. Only good is ever
 * shown as good; whatever goes wrong with a proof makes it unknown, with its slug.
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

const MINUTE = 60_000
/** A CA's clock may run ahead by this much. */
const SKEW_MS = 5 * MINUTE
/** An answer without nonce (many responders sign ahead) must be this young. */
const NONCELESS_MS = 10 * MINUTE
const OCSP_DEFAULT_MS = 60 * MINUTE

/** CRLReason: keys that were no longer their owner's alone. */
const COMPROMISED: readonly number[] = [1, 2, 10]
const HOLD = 6
const REMOVE = 8

interface Window {
  readonly source: 'ocsp' | 'crl'
  readonly thisUpdate: number
  readonly nextUpdate: number | null
}

function unknown(slug: ProblemSlug, window?: Window): RevocationStatus {
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
function ageProblem(window: Window, context: RevocationContext): ProblemSlug | null {
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
function judged(
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

async function signatureProblem(
  signer: Certificate,
  signed: {
    readonly tbs: Uint8Array
    readonly signatureAlgorithm: Der
    readonly signature: Uint8Array
  },
  context: RevocationContext,
): Promise<ProblemSlug | null> {
  try {
    const scheme = readScheme(signed.signatureAlgorithm)
    const { publicKey } = signer
    const { tbs, signature } = signed
    const bad = await verifySignature(publicKey, scheme, tbs, signature, context.sm2Id)
    if (bad) return 'revocation-signature-bad'
    const weak = algorithmProblem(publicKey, scheme, context.judgedMs, context.allowed)
    return weak && 'revocation-unknown'
  } catch {
    return 'revocation-signature-bad'
  }
}

/** Whether a list speaks about this certificate at all. */
function covers({ scope, hasUnknownCritical }: Crl, certificate: Certificate): boolean {
  if (hasUnknownCritical) return false
  if (!scope) return true
  const isCa = certificate.extensions.basicConstraints?.ca ?? false
  if (scope.foreign || (scope.onlyUsers && isCa) || (scope.onlyCas && !isCa)) return false
  if (!scope.points) return true
  const own = certificate.allExtensions.get(EXTENSION.crlDistributionPoints)
  const points = distributionPoints(own?.value)
  return points.some((point) => scope.points!.some((named) => equal(named, point)))
}

/**
 * Checks a list itself: by this issuer, rightly signed, current, not older than one seen.
 * @returns null if it is good
 */
export async function crlProblem(
  crl: Crl,
  issuer: Certificate,
  context: RevocationContext,
): Promise<ProblemSlug | null> {
  const { keyUsage } = issuer.extensions
  if (!sameName(crl.issuer, issuer.subject)) return 'revocation-other-certificate'
  if (keyUsage && !keyUsage.has(KEY_USAGE.crlSign)) return 'revocation-responder-not-authorised'
  const bad = await signatureProblem(issuer, crl, context)
  if (bad) return bad
  const { crlNumberSeen: seen } = context
  if (seen !== undefined && crl.number !== null && crl.number < seen)
    return 'revocation-rolled-back'
  return ageProblem({ source: 'crl', ...crl }, context)
}

/** The status that a complete list, with a delta list or without, gives a certificate. */
export async function crlStatus(
  certificate: Certificate,
  issuer: Certificate,
  crl: Crl,
  context: RevocationContext,
  delta?: Crl,
): Promise<RevocationStatus> {
  const window = { source: 'crl' as const, thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate }
  if (crl.baseNumber !== null || !covers(crl, certificate))
    return unknown('revocation-unknown', window)
  const problem = await crlProblem(crl, issuer, context)
  if (problem && problem !== 'revocation-stale' && problem !== 'revocation-unknown') {
    return unknown(problem, window)
  }
  if (problem === 'revocation-unknown' && !context.lasting) return unknown(problem, window)
  const serial = hex(certificate.serial)
  const entry = crl.entries.get(serial) ?? null
  if (delta && (await isDeltaOf(delta, crl, issuer, context)) && covers(delta, certificate)) {
    const newer = {
      source: 'crl' as const,
      thisUpdate: delta.thisUpdate,
      nextUpdate: delta.nextUpdate,
    }
    return judged(delta.entries.get(serial) ?? entry, newer, certificate, context)
  }
  return judged(entry, window, certificate, context)
}

async function isDeltaOf(
  delta: Crl,
  base: Crl,
  issuer: Certificate,
  context: RevocationContext,
): Promise<boolean> {
  const { baseNumber } = delta
  if (baseNumber === null || base.number === null || base.number < baseNumber) return false
  return delta.thisUpdate >= base.thisUpdate && (await crlProblem(delta, issuer, context)) === null
}

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'

/** Who signed an answer: the CA, or one issued directly by it for just that; else null. */
async function responderOf(
  response: OcspResponse,
  issuer: Certificate,
  context: RevocationContext,
): Promise<Certificate | null> {
  if (isResponder(response, issuer)) return issuer
  const certificate = response.certificates.find((c) => isResponder(response, c))
  if (!certificate || !sameName(certificate.issuer, issuer.subject)) return null
  const { extendedKeyUsage, keyUsage, unknownCritical } = certificate.extensions
  const { producedAt } = response
  const mayAnswer =
    extendedKeyUsage?.purposes.includes(OCSP_SIGNING) &&
    (!keyUsage || keyUsage.has(KEY_USAGE.digitalSignature)) &&
    unknownCritical.length === 0 &&
    producedAt >= certificate.notBefore &&
    producedAt < certificate.notAfter + 1000
  if (!mayAnswer) return null
  return (await linkProblem(issuer, certificate, context)) === null ? certificate : null
}

/** The status that an OCSP answer gives a certificate. */
export async function ocspStatus(
  certificate: Certificate,
  issuer: Certificate,
  response: OcspResponse,
  context: RevocationContext,
): Promise<RevocationStatus> {
  const responder = await responderOf(response, issuer, context)
  if (!responder) return unknown('revocation-responder-not-authorised')
  const bad = await signatureProblem(responder, response, context)
  if (bad) return unknown(bad)
  const answer = response.answers.find((a) => isAbout(a, certificate, issuer))
  if (!answer) return unknown('revocation-other-certificate')
  const { thisUpdate, nextUpdate, status } = answer
  const window = { source: 'ocsp' as const, thisUpdate, nextUpdate }
  if (response.hasUnknownCritical || status === 'unknown')
    return unknown('revocation-unknown', window)
  const verdict = judged(status === 'good' ? null : status, window, certificate, context)
  if (verdict.status !== 'good' || !context.nonce) return verdict
  if (response.nonce) {
    return equal(response.nonce, context.nonce)
      ? verdict
      : unknown('revocation-nonce-mismatch', window)
  }
  const isYoung = context.nowMs - response.producedAt <= NONCELESS_MS
  return isYoung ? verdict : unknown('revocation-stale', window)
}

export interface RevocationProofs {
  readonly crls?: readonly Uint8Array[]
  readonly ocsps?: readonly Uint8Array[]
}

async function orUnknown(read: () => Promise<RevocationStatus>): Promise<RevocationStatus> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    const { slug } = error
    return unknown(slug.startsWith('revocation-') ? slug : 'revocation-unknown')
  }
}

/**
 * The status by all proofs at hand: one that says revoked wins; else the latest that is good or on
 * hold; else unknown, with the first reason that is about this certificate.
 */
export async function revocationOf(
  certificate: Certificate,
  issuer: Certificate,
  proofs: RevocationProofs,
  context: RevocationContext,
): Promise<RevocationStatus> {
  const all: RevocationStatus[] = []
  for (const bytes of proofs.ocsps ?? []) {
    all.push(
      await orUnknown(() =>
        ocspStatus(certificate, issuer, readOcspResponse(bytes, context.cache), context),
      ),
    )
  }
  const lists = (proofs.crls ?? []).flatMap((bytes) => readable(bytes))
  const deltas = lists.filter((crl) => crl.baseNumber !== null)
  for (const crl of lists) {
    if (crl.baseNumber !== null) continue
    const delta = deltas.find((d) => sameName(d.issuer, crl.issuer))
    all.push(await crlStatus(certificate, issuer, crl, context, delta))
  }
  const revoked = all.find((s) => s.status === 'revoked')
  if (revoked) return revoked
  const [latest] = all
    .filter((s) => s.status === 'good' || s.slug === 'certificate-on-hold')
    .sort((a, b) => b.thisUpdate! - a.thisUpdate!)
  if (latest) return latest
  const other: ProblemSlug = 'revocation-other-certificate'
  return all.find((s) => s.slug !== other) ?? all[0] ?? unknown('revocation-unknown')
}

function readable(bytes: Uint8Array): Crl[] {
  try {
    return [readCrl(bytes)]
  } catch (error) {
    if (error instanceof TrustError) return []
    throw error
  }
}
