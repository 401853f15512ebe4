import { addMinutes } from '../../kernel/calendar.ts'
import type { Own, RoomFinder } from '../../service/my/rules-duties.ts'
import { endedEarly, openingDrawId, type Trade } from '../../trade.ts'
import type { State } from './decider.ts'
import { drawFacts, parameterLists } from './facts.ts'
import { seatedIds } from './rules-seats.ts'
import { isFromOtherLists } from './rules-table.ts'

/** What the draw, of experts or of K and method, asks of someone next. */
const contributors = ['Ag', 'Pu', 'Ce'] as const

/** A nonce to commit or to reveal; the regulator may take part, and is not asked. */
function nonceDuty(trade: Trade, draw: State, own: Own, path: string) {
  if (!contributors.some((role) => own.roles.has(role)) || draw.stage === 'none') return []
  // Purchaser and agency are one side: what one of them committed is the other's too.
  const { principals } = drawFacts(trade, draw.lot, {})
  const side = principals.includes(own.party) ? principals : [own.party]
  const isCommitted = side.some((party) => party in draw.nonceHashes)
  if (draw.stage === 'preparing' && !isCommitted && !own.roles.has('Pu'))
    return [{ act: 'commit-nonce', path }]
  if (draw.stage !== 'revealing') return []
  const isOwed = own.party in draw.nonceHashes && !(own.party in draw.revealed)
  return isOwed ? [{ act: 'reveal-nonce', until: draw.revealUntil, path }] : []
}

function seatDuty(draw: State, own: Own, path: string) {
  if (draw.stage !== 'notifying' && draw.stage !== 'complete') return []
  const seat = draw.seats.find((one) => one.expert === own.party)
  if (seat?.status === 'called') {
    const until = addMinutes(seat.calledAt, draw.answerMinutes)
    // Who is called learns time and place at the desk, not yet whose project it is.
    const title = { zh: '评标专家通知', en: 'Call to an evaluation' }
    return [{ act: 'answer-call', until, path, title }]
  }
  const expected = [...seatedIds(draw.seats), ...draw.named.map((r) => r.id)]
  const isAwaited = expected.some((id) => !draw.checkedIn.some((c) => c.member === id))
  return own.roles.has('Ce') && draw.stage === 'complete' && isAwaited
    ? [{ act: 'check-in', path }]
    : []
}

const commitDuty = (draw: State, own: Own, path: string) =>
  own.roles.has('Ag') && draw.stage === 'preparing' && Object.keys(draw.nonceHashes).length >= 2
    ? [{ act: 'commit-draw', path }]
    : []

function partyDuty(trade: Trade, lot: string, draw: State, own: Own, path: string) {
  const stage = trade.lots.get(lot)?.stage
  const isAhead = stage === 'tendering' || stage === 'opening' || stage === 'qualifying'
  if (draw.stage === 'none')
    return own.roles.has('Ag') && (isAhead || stage === 'evaluating')
      ? [{ act: 'prepare-draw', path, isDue: stage !== 'tendering' }]
      : []
  // One who has to stand aside, or was replaced, leaves a seat that only the purchaser fills.
  const { leaving, isOver } = drawFacts(trade, lot, {})
  const named = draw.named.filter((r) => !leaving.includes(r.id))
  const isNaming = own.roles.has('Pu') && !isOver && named.length !== draw.representatives
  return isNaming ? [{ act: 'name-representatives', path }] : commitDuty(draw, own, path)
}

/** The opening's own draw is asked for once, while a lot is left that it is for. */
function parameterDuty(trade: Trade, own: Own, path: string) {
  const isLeft = [...trade.lots.values()].some((l) => ['tendering', 'opening'].includes(l.stage))
  const lists = parameterLists(trade)
  if (!isLeft || Object.keys(lists).length === 0) return []
  const draw: State = trade.draws.get(openingDrawId(trade.id)) ?? { stage: 'none' }
  const isToPrepare =
    draw.stage === 'none' || (draw.stage === 'preparing' && isFromOtherLists(draw, lists))
  if (isToPrepare) return own.roles.has('Ag') ? [{ act: 'prepare-parameters', path }] : []
  return [...nonceDuty(trade, draw, own, path), ...commitDuty(draw, own, path)]
}

export const drawDuties: RoomFinder = (trade, lot, own) => {
  const pathOf = (id: string) => `/t/${trade.id}/draw?lot=${id}`
  const draw: State = trade.draws.get(lot) ?? { stage: 'none' }
  const path = pathOf(lot)
  const ofLot = [
    ...partyDuty(trade, lot, draw, own, path),
    ...nonceDuty(trade, draw, own, path),
    ...seatDuty(draw, own, path),
  ]
  const isFirst = lot === `${trade.id}-1`
  return [
    ...(endedEarly(trade, lot) ? [] : ofLot),
    ...(isFirst ? parameterDuty(trade, own, pathOf(openingDrawId(trade.id))) : []),
  ]
}
