import { formerCommittees, leavingMembers } from '../../evaluation/evaluation/rules-seated.ts'
import { parametersToDraw } from '../../opening/opening-session/rules.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import { committeeSizeLeast } from '../../tendering/project/rules-document.ts'
import type { Trade } from '../../trade.ts'
import type { Facts } from './decider.ts'
import type { PoolExpert } from './seed.ts'

type Extra = Readonly<Record<string, unknown>>

/** Members that the law wants at the least for a trade of that budget. */
export function sizeLeast(trade: Trade): number {
  const { project } = trade
  if (project.stage !== 'published') return wholeLimit('committeeSize')
  return committeeSizeLeast(project.regime, project.document.budgetFen)
}

/** The lists of the price formula that have more than one entry, by name (`k`, `method`). */
export function parameterLists(trade: Trade): Record<string, readonly string[]> {
  if (trade.project.stage !== 'published') return {}
  const { price } = trade.project.document.scoring
  return Object.fromEntries(
    parametersToDraw(price).map((name) => {
      const lists: Record<string, readonly string[] | undefined> = {
        k: 'kCandidates' in price ? price.kCandidates : undefined,
        method: 'methodCandidates' in price ? price.methodCandidates : undefined,
      }
      return [name, lists[name] ?? []]
    }),
  )
}

const beforeItsEnd = ['none', 'tendering', 'opening', 'qualifying', 'evaluating']

/** What the draw's guards know of the trade, and of the pool as the edge read it. */
export function drawFacts(trade: Trade, lotId: string, extra: Extra): Facts {
  const lot = trade.lots.get(lotId)
  return {
    pool: (extra.pool as readonly PoolExpert[] | undefined) ?? [],
    sizeLeast: sizeLeast(trade),
    isOpened: lot?.stage === 'qualifying' || lot?.stage === 'evaluating',
    isSuspended: lot !== undefined && 'suspensions' in lot && lot.suspensions.length > 0,
    isLot: lot !== undefined && lot.stage !== 'failed' && lot.stage !== 'terminated',
    deadline: trade.project.stage === 'published' ? trade.project.bidDeadline : null,
    candidates: parameterLists(trade),
    recused: (extra.recused as readonly string[] | undefined) ?? null,
    principals:
      trade.project.stage === 'none' ? [] : [trade.project.agency, trade.project.purchaser],
    unknownIds: (extra.unknownIds as readonly string[] | undefined) ?? [],
    tiedIds: (extra.tiedIds as readonly string[] | undefined) ?? [],
    isOver: lot !== undefined && !beforeItsEnd.includes(lot.stage),
    leaving: leavingMembers(trade, lotId),
    former: formerCommittees(trade, lotId),
  }
}
