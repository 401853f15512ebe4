import type { Own, RoomFinder } from '../../service/my/rules-duties.ts'
import type { State } from '../../tendering/lot/decider.ts'
import { limitUntil } from '../../tendering/project/rules.ts'
import type { Trade } from '../../trade.ts'
import { limitsAfterAward, limitsAfterReport } from './rules.ts'

/** From the report to the archive: each act with the limit that the law sets it. */
type Lot = Exclude<State, { stage: 'none' }>
type Found = ReturnType<RoomFinder>[number]

function purchaserDuty(trade: Trade, lot: Lot, path: string): Found | null {
  const { regime } = lot
  switch (lot.stage) {
    case 'evaluated': {
      const { decideUntil } = limitsAfterReport(regime, lot.evaluatedAt, trade.calendar)
      const act = regime === 'tender' ? 'publish-candidates' : 'award'
      return { act, until: decideUntil.at, path }
    }
    case 'awarding':
      return { act: 'award', path }
    case 'awarded': {
      const limits = limitsAfterAward(regime, lot.awardedAt, trade.calendar)
      if (lot.resultUntil === null)
        return { act: 'publish-result', until: limits.resultNoticeUntil?.at ?? null, path }
      return lot.proposal
        ? null
        : { act: 'propose-contract', until: limits.signUntil.at, path, isDue: false }
    }
    default:
      return null
  }
}

function winnerDuty(trade: Trade, lot: Lot, path: string, own: Own): Found | null {
  if (lot.stage !== 'awarded' || lot.winner.bidder !== own.party || !lot.proposal) return null
  const { signUntil } = limitsAfterAward(lot.regime, lot.awardedAt, trade.calendar)
  return { act: 'countersign-contract', until: signUntil.at, path }
}

/**
 * By when the bonds that are still held go back; undefined: they are not due yet, null: at once, the
 * law names no day.
 * @source 招标投标法实施条例 art. 31, 57; 政府采购法实施条例 art. 33
 */
function bondsUntil(
  { calendar }: Trade,
  lot: Lot,
  bidders: readonly string[],
  signedAt: string | null,
): string | null | undefined {
  if (lot.stage === 'failed' || lot.stage === 'terminated') return null
  if (!('winner' in lot)) return undefined
  const isTender = lot.regime === 'tender'
  const others = bidders.filter((one) => one !== lot.winner.bidder)
  if (!isTender && others.length > 0)
    return limitUntil('bondReturnGpLosers', lot.awardedAt, calendar).at
  if (signedAt === null) return undefined
  return limitUntil(isTender ? 'bondReturnTender' : 'bondReturnGpWinner', signedAt, calendar).at
}

const signedAt = ({ view }: Trade, lot: string): string | null =>
  view.streams.get(`lot:${lot}`)?.events.findLast(({ event }) => event.type === 'ContractSigned')
    ?.event.at ?? null

export const awardDuties: RoomFinder = (trade, id, own) => {
  const lot = trade.lots.get(id)
  if (!lot || lot.stage === 'none') return []
  const path = `/t/${trade.id}/award`
  const found: (Found | null)[] = []
  if (own.roles.has('Pu')) found.push(purchaserDuty(trade, lot, path))
  found.push(winnerDuty(trade, lot, path, own))
  if (own.roles.has('Ag')) {
    const held = own.openBonds?.get(id) ?? []
    const until = held.length > 0 ? bondsUntil(trade, lot, held, signedAt(trade, id)) : undefined
    if (until !== undefined) found.push({ act: 'return-bonds', until, path: `${path}?lot=${id}` })
    else if (lot.stage === 'contracted') found.push({ act: 'archive', path })
  }
  return found.filter((one) => one !== null)
}
