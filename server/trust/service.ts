import type { Certificate } from './certificate.ts'
import { KEY_USAGE } from './extensions.ts'
import type { Finding } from './findings.ts'
import type { JudgedBy } from './report.ts'
import { type ServicePurpose, stateAt, type TrustService } from './trust-list.ts'

/**
 * Whether the listed service counted at the judged moment, for this purpose. A CA closed today
 * voids nothing of last year; one withdrawn for compromise also voids what has no trusted time
 * before.
 */
export function serviceFindings(
  service: TrustService,
  purpose: ServicePurpose,
  judgedMs: number,
  nowMs: number,
  by: JudgedBy,
): Finding[] {
  const findings: Finding[] = []
  const state = stateAt(service, judgedMs)
  if (state === null) findings.push({ slug: 'chain-not-trusted', detail: 'not yet listed' })
  else if (state.state === 'suspended')
    findings.push({ slug: 'service-suspended', detail: state.from })
  else if (state.state === 'withdrawn')
    findings.push({ slug: 'service-withdrawn', detail: state.from })
  else {
    // The log's time is the platform's own word, and whoever holds a stolen CA key may be inside.
    const trusted = by === 'token' || by === 'witness'
    const compromised = service.status.find(
      (row) =>
        row.state === 'withdrawn' && row.reason === 'compromise' && Date.parse(row.from) <= nowMs,
    )
    if (compromised && !trusted) findings.push({ slug: 'service-withdrawn', detail: 'compromise' })
  }
  if (!service.purposes.includes(purpose)) {
    findings.push({ slug: 'certificate-wrong-usage', detail: `service not for ${purpose}` })
  }
  return findings
}

/** Purposes that make a certificate a machine's, never a party's signature. */
const MACHINE = [
  '1.3.6.1.5.5.7.3.1', // serverAuth
  '1.3.6.1.5.5.7.3.3', // codeSigning
  '1.3.6.1.5.5.7.3.8', // timeStamping
  '1.3.6.1.5.5.7.3.9', // OCSPSigning
]

/** Whether the leaf itself may do this: its key usage says so, and it is no CA. */
export function usageFindings({ extensions }: Certificate, purpose: ServicePurpose): Finding[] {
  const { basicConstraints, keyUsage, extendedKeyUsage } = extensions
  const wrong = (detail: string): Finding[] => [{ slug: 'certificate-wrong-usage', detail }]
  if (basicConstraints?.ca || keyUsage?.has(KEY_USAGE.keyCertSign)) return wrong('a CA')
  const { digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment, keyAgreement } =
    KEY_USAGE
  const wanted: readonly number[] =
    purpose === 'encrypt'
      ? [keyEncipherment, dataEncipherment, keyAgreement]
      : [digitalSignature, nonRepudiation]
  if (!wanted.some((bit) => keyUsage?.has(bit))) return wrong('keyUsage')
  if (extendedKeyUsage?.purposes.every((oid) => MACHINE.includes(oid))) return wrong('extKeyUsage')
  return []
}
