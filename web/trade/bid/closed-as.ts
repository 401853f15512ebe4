import type { LotStage } from '../../shell/answers.ts'
import type { OwnBid } from './own-bid.ts'

/**
 * How one's own bid stands once bidding is over: revoked 撤销, the lot ended early, never in, in and to
 * be decrypted, or opened and out of its bidder's hands.
 */
type ClosedAs = 'revoked' | 'ended' | 'out' | 'in' | 'past'

/** What was revoked stays so, whatever becomes of the lot: its bond is at risk. */
export function closedAs(own: OwnBid['stage'] | undefined, lot: LotStage): ClosedAs {
  if (own === 'revoked') return 'revoked'
  if (lot === 'failed' || lot === 'terminated') return 'ended'
  if (own !== 'submitted') return 'out'
  return lot === 'opening' ? 'in' : 'past'
}
