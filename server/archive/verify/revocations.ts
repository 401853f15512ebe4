import type { BagInfo } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Place, Report } from './report.ts'

/**
 * Bids that fell out because their bidders revoked them: each has the bidder's own signed act in its
 * bid's stream. Else whoever runs the system could take a bid out of a ranking.
 * @source 招标投标法实施条例 art. 35
 */
export function checkRevocations(info: BagInfo, events: readonly BagEvent[], report: Report): void {
  const signed = new Map(
    events.flatMap(({ event, stream }) =>
      event?.type === 'BidRevoked' && stream.startsWith('bid:')
        ? [[(event.data as { act?: string }).act ?? '', event.actor?.party ?? ''] as const]
        : [],
    ),
  )
  for (const one of events) {
    const named = revocationOf(one, info)
    if (!named) continue
    const { path, stream, version } = one
    const place: Place = { path, stream, version, bidder: named.bidder }
    const found = signed.get(named.revocation) ?? null
    if (found === named.bidder) report.pass('ranking')
    else report.fail('ranking', 'revocation-unsigned', place, { expected: named.bidder, found })
  }
}

/** The bidder and the digest of its act, of an event that the system made of a revocation. */
function revocationOf(
  { event, stream }: BagEvent,
  { lot }: BagInfo,
): { bidder: string; revocation: string } | null {
  const data = (event?.data ?? {}) as Record<'bidder' | 'revocation' | 'evidence', string>
  if (stream === `evaluation:${lot}` && event?.type === 'RevocationNoted')
    return { bidder: data.bidder, revocation: data.revocation }
  const isNoted = event?.type === 'CandidatePassedOver' && (event.data as { act?: unknown }).act
  return stream === `lot:${lot}` && isNoted === null
    ? { bidder: data.bidder, revocation: data.evidence }
    : null
}
