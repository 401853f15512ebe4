import { b64u, fromHex } from '../formats/bytes.ts'
import type { ShownText } from './act.ts'
import type { Certificate } from './certificate.ts'
import { type Finding, GROUPS, type Group, groupOf, inOrder, isUndecided } from './findings.ts'
import { shown, shownName } from './names.ts'
import type { Party } from './party.ts'
import type { ProblemSlug } from './problems.ts'
import type { RevocationStatus } from './revocation-proof.ts'

/**
 * The report on a signature or certificate: the same in server, page and command line, byte for
 * byte.
 * @source ETSI TS 119 102-2 in small
 */
export type Verdict = 'passed' | 'failed' | 'indeterminate'
/**
 * Whose word the judged moment is: a time-stamp, witnesses, the platform's log, or the clock now.
 */
export type JudgedBy = 'token' | 'witness' | 'log' | 'now'

export interface Check {
  readonly id: Group
  readonly result: Verdict | 'unchecked'
  /** All slugs found in this group, in order. */
  readonly problems: readonly ProblemSlug[]
  readonly detail: string
}

export interface SignerReport {
  readonly name: string
  readonly certSha256: string
  readonly serial: string
  readonly notBefore: string
  readonly notAfter: string
  readonly party: string | null
  readonly person: string | null
}

export interface Report {
  readonly object: 'signature' | 'certificate'
  /** Of the judged bytes, base64url. */
  readonly sha256: string
  /** failed: proven wrong; indeterminate: something is missing. Only passed is shown as passed. */
  readonly verdict: Verdict
  readonly problem: ProblemSlug | null
  readonly signer: SignerReport | null
  /** Names and digests from the issuer up to the anchor. */
  readonly chain: readonly { readonly name: string; readonly certSha256: string }[]
  readonly judgedAt: { readonly time: string; readonly by: JudgedBy }
  /** The signer's own word about the moment: shown, never trusted. */
  readonly signingTime: string | null
  readonly revocation: {
    readonly status: RevocationStatus['status']
    readonly source: RevocationStatus['source']
    readonly thisUpdate: string | null
    /** Set where the certificate was revoked after the judged moment too. */
    readonly revokedAt: string | null
  } | null
  readonly trustList: { readonly sequence: number; readonly sha256: string }
  readonly checks: readonly Check[]
  readonly shownText: ShownText | null
}

export const isoTime = (ms: number): string => new Date(ms).toISOString()
const optionalTime = (ms: number | null): string | null => (ms === null ? null : isoTime(ms))
const idB64u = (c: Certificate): string => b64u(fromHex(c.id))

export function signerReport(certificate: Certificate, party: Party): SignerReport {
  return {
    name: shownName(certificate.subject),
    certSha256: idB64u(certificate),
    serial: [...certificate.serial].map((b) => b.toString(16).padStart(2, '0')).join(''),
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    party: party.uscc,
    person: party.person === null ? null : shown(party.person),
  }
}

export const chainReport = (path: readonly Certificate[]): Report['chain'] =>
  path.slice(1).map((c) => ({ name: shownName(c.subject), certSha256: idB64u(c) }))

export const revocationReport = (status: RevocationStatus): Report['revocation'] => ({
  status: status.status,
  source: status.source,
  thisUpdate: optionalTime(status.thisUpdate),
  revokedAt: optionalTime(status.revokedAt),
})

/**
 * Verdict, problem and checks from all findings. @param unchecked groups that could not be reached
 */
export function verdictOf(
  findings: readonly Finding[],
  unchecked: readonly Group[],
): Pick<Report, 'verdict' | 'problem' | 'checks'> {
  const sorted = inOrder(findings)
  const failing = sorted.find((f) => !isUndecided(f.slug))
  const checks = GROUPS.map((id): Check => {
    const here = sorted.filter((f) => groupOf(f.slug) === id)
    const failed = here.some((f) => !isUndecided(f.slug))
    const open = unchecked.includes(id) ? 'unchecked' : 'passed'
    const result = failed ? 'failed' : here.length > 0 ? 'indeterminate' : open
    const details = here.flatMap((f) => (f.detail === undefined ? [] : [`${f.slug}: ${f.detail}`]))
    return { id, result, problems: here.map((f) => f.slug), detail: details.join('; ') }
  })
  return {
    verdict: failing ? 'failed' : sorted.length > 0 ? 'indeterminate' : 'passed',
    problem: failing?.slug ?? sorted[0]?.slug ?? null,
    checks,
  }
}
