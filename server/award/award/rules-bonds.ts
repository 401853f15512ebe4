import { notOpenedStanding } from '../../opening/opening-session/rules.ts'
import { endedEarly, type Trade } from '../../trade.ts'

/**
 * When a bid bond may be kept 不予退还: the bidder revoked after the deadline, or its bid could not be
 * opened by its own fault, which counts as revoked; it won and would not sign or give the performance
 * bond; it defrauded. Else the bond goes back.
 * @source 招标投标法实施条例 art. 35, 57, 74; 政府采购法实施条例 art. 33; 电子招标投标办法 art. 31 ○
 */
export function isBondAtRisk(trade: Trade, lotId: string, party: string): boolean {
  const { session } = trade
  const lot = trade.lots.get(lotId)
  const evaluation = trade.evaluations.get(lotId)
  const rows = session.stage === 'scheduled' ? [] : session.rows
  return (
    rows.some(
      (row) =>
        row.lot === lotId &&
        row.party === party &&
        row.outcome === 'notOpened' &&
        notOpenedStanding(row.fault).bond === 'atRisk',
    ) ||
    (lot !== undefined && 'atRisk' in lot && lot.atRisk.includes(party)) ||
    (evaluation !== undefined &&
      'rejected' in evaluation &&
      evaluation.rejected.some(
        (row) => row.bidder === party && row.ground === 'collusionFraudBribery',
      ))
  )
}

/** Whether the lot's bids were listed at an opening. */
export const isListed = (trade: Trade, lot: string): boolean =>
  trade.session.stage !== 'scheduled' && trade.session.lots.some((l) => l.lot === lot)

/**
 * Whether the lot's bonds are shown to those who settle them: once it was opened, or is over without
 * an opening, so that everyone's money goes back. Who paid is known then, who bid stays unknown.
 * @source 招标投标法实施条例 art. 31, 35, 57; 政府采购法实施条例 art. 33
 */
export const isShown = (trade: Trade, lot: string): boolean =>
  isListed(trade, lot) || endedEarly(trade, lot)
