import type { ProblemSlug } from './problems.ts'

/** The groups of checks, in the order in which the first failing one is the report's problem. */
export const GROUPS = [
  'shape',
  'signature',
  'chain',
  'time',
  'usage',
  'revocation',
  'party',
] as const
export type Group = (typeof GROUPS)[number]

/** One thing that a check found wrong. */
export interface Finding {
  readonly slug: ProblemSlug
  /** For the log and the curious; never shown as the reason. */
  readonly detail?: string
}

const GROUP_OF: Partial<Record<ProblemSlug, Group>> = {
  'act-not-canonical': 'shape',
  'act-text-differs': 'shape',
  'container-malformed': 'shape',
  'container-many-signers': 'shape',
  'signature-attributes-missing': 'shape',
  'signer-certificate-missing': 'shape',
  'certificate-malformed': 'shape',
  'name-not-readable': 'shape',
  'key-invalid': 'shape',
  'act-altered': 'signature',
  'signature-bad': 'signature',
  'signature-encoding': 'signature',
  'signing-certificate-mismatch': 'signature',
  'act-other-certificate': 'signature',
  'act-other-platform': 'signature',
  'act-replayed': 'signature',
  'algorithm-too-weak': 'chain',
  'algorithm-not-accepted': 'chain',
  'certificate-signature-bad': 'chain',
  'certificate-unknown-critical-extension': 'chain',
  'certificate-policy-not-accepted': 'chain',
  'chain-not-trusted': 'chain',
  'chain-not-ca': 'chain',
  'chain-too-long': 'chain',
  'chain-name-constraint': 'chain',
  'chain-too-costly': 'chain',
  'trust-list-signature-bad': 'chain',
  'trust-list-rolled-back': 'chain',
  'certificate-expired': 'time',
  'certificate-not-yet-valid': 'time',
  'service-suspended': 'time',
  'service-withdrawn': 'time',
  'trust-list-expired': 'time',
  'act-expired': 'time',
  'timestamp-other-content': 'time',
  'timestamp-signature-bad': 'time',
  'timestamp-authority-wrong-usage': 'time',
  'timestamp-authority-not-trusted': 'time',
  'timestamp-clock-differs': 'time',
  'certificate-wrong-usage': 'usage',
  'certificate-revoked': 'revocation',
  'certificate-on-hold': 'revocation',
}

export function groupOf(slug: ProblemSlug): Group {
  return GROUP_OF[slug] ?? (slug.startsWith('revocation-') ? 'revocation' : 'party')
}

/** Something is missing, nothing is proved wrong: such a finding makes a verdict indeterminate. */
const UNDECIDED: ReadonlySet<ProblemSlug> = new Set([
  'chain-too-costly',
  'certificate-on-hold',
  'timestamp-authority-not-trusted',
  'timestamp-clock-differs',
  'trust-list-expired',
])

export const isUndecided = (slug: ProblemSlug): boolean =>
  UNDECIDED.has(slug) || slug.startsWith('revocation-')

/** Sorted as reports name them: by group, within a group as found. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => rank(a) - rank(b))
}

const rank = (finding: Finding): number => GROUPS.indexOf(groupOf(finding.slug))
