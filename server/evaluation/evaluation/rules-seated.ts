import type { DrawnState, State as DrawState } from '../../experts/draw/decider.ts'
import type { Trade } from '../../trade.ts'
import type { State } from './decider.ts'
import { type Former, hasDeclared, isLeaving } from './rules-leaving.ts'

/**
 * Whether someone has a member's rights in a lot's committee. An expert has them with a seat that he
 * accepted, a representative while the purchaser names him; nobody has them who must stand aside.
 * @source 招标投标法实施条例 art. 46, 48; domain.md §2
 */
export function isSeated(
  trade: Pick<Trade, 'draws' | 'evaluations'>,
  lot: string,
  party: string,
): boolean {
  const evaluation = trade.evaluations.get(lot)
  const draw = trade.draws.get(lot)
  if (!evaluation || !('members' in evaluation) || !isDrawn(draw)) return false
  const member = evaluation.members.find((m) => m.id === party)
  if (!member || draw.gone.includes(party)) return false
  if (hasDeclared(evaluation, party) || isLeaving(evaluation, party)) return false
  return member.represents === 'purchaser'
    ? draw.named.some((r) => r.id === party)
    : draw.seats.some((seat) => seat.expert === party && seat.status === 'accepted')
}

type Known = Pick<Trade, 'evaluations'>

/** Members of the lot's committee who are out. */
export function leavingMembers(trade: Known, lot: string): readonly string[] {
  const state = trade.evaluations.get(lot)
  if (!state || !('members' in state)) return []
  const ids = state.members.map((m) => m.id)
  return ids.filter((id) => isLeaving(state, id) || hasDeclared(state, id))
}

/** The lot's committees that were dissolved: how many, and who had to stand aside in them. */
export function formerCommittees(trade: Known, lot: string): Pick<Former, 'times' | 'recused'> {
  const state = trade.evaluations.get(lot)
  return (state && 'former' in state && state.former) || { times: 0, recused: [] }
}

/** Whether an event of the lot is work of a committee that was dissolved: sealed for the next one. */
export function isSealed(evaluation: State | undefined, version: number): boolean {
  const former = evaluation && 'former' in evaluation ? evaluation.former : undefined
  return former !== undefined && version <= former.until
}

export const isDrawn = (draw: DrawState | undefined): draw is DrawnState =>
  draw?.stage === 'notifying' || draw?.stage === 'complete'
