import type { Certificate, TrustCache } from './certificate.ts'
import { type Crl, readCrl } from './crl.ts'
import { crlStatus } from './crl-status.ts'
import { sameName } from './names.ts'
import { readOcspResponse } from './ocsp.ts'
import { ocspStatus } from './ocsp-status.ts'
import { type ProblemSlug, TrustError } from './problems.ts'
import { type RevocationContext, type RevocationStatus, unknown } from './revocation-proof.ts'

/** All proofs at hand about one certificate, put together. */
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
  const lists = (proofs.crls ?? []).flatMap((bytes) => readable(bytes, context.cache))
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

function readable(bytes: Uint8Array, cache?: TrustCache): Crl[] {
  const known = cache?.crls.get(bytes)
  if (known) return [known]
  try {
    const crl = readCrl(bytes)
    cache?.crls.set(bytes, crl)
    return [crl]
  } catch (error) {
    if (error instanceof TrustError) return []
    throw error
  }
}
