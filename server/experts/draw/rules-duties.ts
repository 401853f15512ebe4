import { addMinutes } from '../../kernel/calendar.ts'
import type { Own, RoomFinder } from '../../service/my/rules-duties.ts'
import { endedEarly, openingDrawId, type Trade } from '../../trade.ts'
import type { State } from './decider.ts'

/** What the draw of experts asks of someone next. */
const contributors = ['Ag', 'Pu', 'Ce'] as const

/** A nonce to commit or to reveal; the regulator may take part, and is not asked. */
function nonceDuty(draw: State, own: Own, path: string) {
  if (!contributors.some((role) => own.roles.has(role))) return []
  if (draw.stage === 'preparing' && !(own.party in draw.nonceHashes) && !own.roles.has('Pu'))
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
  const waiting = draw.seats.length + draw.named.length - draw.checkedIn.length
  return own.roles.has('Ce') && draw.stage === 'complete' && waiting > 0
    ? [{ act: 'check-in', path }]
    : []
}

function partyDuty(trade: Trade, lot: string, draw: State, own: Own, path: string) {
  const stage = trade.lots.get(lot)?.stage
  const isAhead = stage === 'tendering' || stage === 'opening' || stage === 'qualifying'
  if (draw.stage === 'none')
    return own.roles.has('Ag') && (isAhead || stage === 'evaluating')
      ? [{ act: 'prepare-draw', path, isDue: stage !== 'tendering' }]
      : []
  const isNaming = own.roles.has('Pu') && draw.named.length !== draw.representatives
  if (isNaming) return [{ act: 'name-representatives', path }]
  const isReady = draw.stage === 'preparing' && Object.keys(draw.nonceHashes).length >= 2
  return own.roles.has('Ag') && isReady ? [{ act: 'commit-draw', path }] : []
}

export const drawDuties: RoomFinder = (trade, lot, own) => {
  const path = `/t/${trade.id}/draw?lot=${lot}`
  const none: State = { stage: 'none' }
  const draw = trade.draws.get(lot) ?? none
  const opening = trade.draws.get(openingDrawId(trade.id)) ?? none
  // The opening's own draw is asked for once, with the first lot.
  const isFirst = lot === `${trade.id}-1`
  const ofLot = [
    ...partyDuty(trade, lot, draw, own, path),
    ...nonceDuty(draw, own, path),
    ...seatDuty(draw, own, path),
  ]
  return [
    ...(endedEarly(trade, lot) ? [] : ofLot),
    ...(isFirst
      ? nonceDuty(opening, own, `${path.slice(0, -lot.length)}${openingDrawId(trade.id)}`)
      : []),
  ]
}
