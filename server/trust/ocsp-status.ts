import { equal } from '../formats/bytes.ts'
import type { Certificate } from './certificate.ts'
import { KEY_USAGE } from './extensions.ts'
import { sameName } from './names.ts'
import { isAbout, isResponder, type OcspResponse } from './ocsp.ts'
import { linkProblem } from './path.ts'
import {
  judged,
  MINUTE,
  type RevocationContext,
  type RevocationStatus,
  signatureProblem,
  unknown,
} from './revocation-proof.ts'

/** An answer without nonce (many responders sign ahead) must be this young. */
const NONCELESS_MS = 10 * MINUTE
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
