import { loadJoined, type Platform } from './platform.ts'
import type { LiveBid } from './tendering/bid/decider.ts'

/**
 * How the signature of each live bid of a lot stands, by bidder. One taken while its authority could
 * not be asked is settled after the deadline; nothing but a good one is awarded.
 * @source 电子签名法 art. 13, 14; ca-interop §3
 */
export async function signaturesOf(
  platform: Platform,
  lot: string,
): Promise<Map<string, LiveBid['signature']>> {
  const joined = await loadJoined(platform, lot)
  return new Map(
    joined.flatMap(({ party, state }) =>
      state.stage === 'submitted' ? [[party, state.bid.signature] as const] : [],
    ),
  )
}
