import { type AcceptedList, createCache, validate } from '../../trust/index.ts'
import type { Report } from './report.ts'
import type { VerifiedAct } from './signatures.ts'

/** What proves that certificates stood at their moment. */
export interface TrustMaterial {
  readonly accepted: AcceptedList
  readonly crls: readonly Uint8Array[]
}

/**
 * Each signer's certificate, judged at the tick of its event's leaf: path to an anchor of the trust
 * list, validity, usage, revocation, party. A proof that is missing leaves the verdict open, and is
 * never shown as good.
 */
export async function checkCertificates(
  acts: readonly VerifiedAct[],
  trust: TrustMaterial | null,
  nowMs: number,
  report: Report,
): Promise<void> {
  const cache = createCache()
  for (const act of acts) {
    const place = {
      path: act.event.path,
      stream: act.event.stream,
      version: act.event.version,
      ...(act.event.event ? { member: String(act.act.actor.party) } : {}),
    }
    if (!trust || act.event.tickMs === null) {
      // Without its tick an act has no proven moment at which its certificate could be judged.
      report.skip('certificates', trust ? 'moment-unproven' : 'trust-list-missing', place)
      continue
    }
    const judged = await validate(
      act.container,
      trust.accepted,
      { content: act.bytes, crls: trust.crls, loggedMs: act.event.tickMs },
      Math.max(nowMs, act.event.tickMs),
      { act: {}, lasting: true, cache },
    )
    if (judged.verdict === 'passed') report.pass('certificates')
    else if (judged.verdict === 'failed')
      report.fail('certificates', judged.problem ?? 'certificate-invalid', place, {
        found: judged.checks.find((c) => c.result === 'failed')?.detail ?? null,
      })
    else report.skip('certificates', judged.problem ?? 'revocation-unknown', place)
  }
}
