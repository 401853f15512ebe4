import type { Certificate } from './certificate.ts'
import type { Finding } from './findings.ts'
import { sameName } from './names.ts'
import { linkProblem, type PathOptions } from './path.ts'

/**
 * Certificates in a container that its path doesn't use: each must still bear the signature of some
 * certificate at hand. So no byte of a container is free: whoever changes one makes it fail.
 */
export async function embeddedFindings(
  embedded: readonly Certificate[],
  path: readonly Certificate[],
  options: Pick<PathOptions, 'anchors' | 'pool' | 'cache' | 'sm2Id'>,
): Promise<Finding[]> {
  const used = new Set([...path, ...options.anchors].map((c) => c.id))
  const findings: Finding[] = []
  for (const certificate of embedded) {
    if (used.has(certificate.id)) continue
    if (!(await isSignedByAny(certificate, [...options.anchors, ...options.pool], options))) {
      findings.push({ slug: 'certificate-signature-bad', detail: certificate.id })
    }
  }
  return findings
}

async function isSignedByAny(
  certificate: Certificate,
  issuers: readonly Certificate[],
  options: Pick<PathOptions, 'cache' | 'sm2Id'>,
): Promise<boolean> {
  for (const issuer of issuers) {
    if (!sameName(issuer.subject, certificate.issuer)) continue
    if ((await linkProblem(issuer, certificate, options)) === null) return true
  }
  return false
}
