import { equal, hex } from '../formats/bytes.ts'
import type { Certificate } from './certificate.ts'
import { type Crl, distributionPoints } from './crl.ts'
import { EXTENSION, KEY_USAGE } from './extensions.ts'
import { sameName } from './names.ts'
import type { ProblemSlug } from './problems.ts'
import {
  ageProblem,
  judged,
  type RevocationContext,
  type RevocationStatus,
  signatureProblem,
  unknown,
} from './revocation-proof.ts'

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
 * Why a list is not this issuer's word, whatever its age: by another, badly signed, played again.
 */
async function crlOriginProblem(
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

/**
 * Checks a list itself: by this issuer, rightly signed, current, not older than one seen.
 * @returns null if it is good
 */
export async function crlProblem(
  crl: Crl,
  issuer: Certificate,
  context: RevocationContext,
): Promise<ProblemSlug | null> {
  const origin = await crlOriginProblem(crl, issuer, context)
  return origin ?? ageProblem({ source: 'crl', ...crl }, context)
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
  const problem = await crlOriginProblem(crl, issuer, context)
  if (problem) return unknown(problem, window)
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
