import type { ReplaceCause } from '../../experts/draw/decider.ts'
import { committeeOf, seatingOf } from '../../experts/draw/rules-calling.ts'
import { nextFor, reseated, widerCalls } from '../../experts/draw/rules-seats.ts'
import { lotIndex, type Trade } from '../../trade.ts'
import type { Facts } from './decider.ts'
import { type LotScheme, schemeOf } from './rules.ts'
import type { Departure } from './rules-leaving.ts'
import { bidFactsOf, drawnParameters, openedBids } from './rules-opened.ts'
import { formerCommittees, isDrawn } from './rules-seated.ts'

/** The lot's part of the tender document as it stood when the bids were opened. */
export function lotScheme(trade: Trade, lot: string): LotScheme | null {
  const { project } = trade
  if (project.stage !== 'published') return null
  const terms = project.document.lots[lotIndex(lot)]
  return terms ? schemeOf(project.document, terms.id) : null
}

/**
 * Who takes a member's seat: the next of the reserve, or a representative newly named. Of one who was
 * to take a seat and declined it, the one whom the draw has called since.
 */
function replacementOf(trade: Trade, lot: string, member: string): string | null {
  const draw = trade.draws.get(lot)
  if (!isDrawn(draw)) return null
  const evaluation = trade.evaluations.get(lot)
  const working = evaluation && 'members' in evaluation ? evaluation : null
  const members = working?.members ?? []
  const isMember = (id: string) => members.some((m) => m.id === id)
  if (members.find((m) => m.id === member)?.represents === 'purchaser')
    return draw.named.find((r) => !isMember(r.id))?.id ?? null
  // Replaced here, and not yet in the draw: their seats are the new members' already.
  const pending = (working?.replaced ?? []).filter((one) =>
    draw.seats.some((seat) => seat.expert === one.leaves),
  )
  const seats = pending.reduce(
    (so, { leaves, by }) => reseated(so, leaves, by, trade.now),
    draw.seats,
  )
  const gone = [...draw.gone, ...pending.map((one) => one.leaves)]
  const seating = { ...seatingOf(draw), seats, gone }
  if (seats.some((seat) => seat.expert === member)) {
    const next = nextFor(seating, member).replacedBy
    if (next !== null) return next
    // The reserve is empty: the first of the wider circle that the draw is about to call.
    const vacated = reseated(seats, member, null, trade.now)
    return widerCalls({ ...seating, seats: vacated, gone: [...gone, member] })[0] ?? null
  }
  const called = seats.find((seat) => seat.expert !== null && !isMember(seat.expert))
  return called?.expert ?? widerCalls(seating).find((id) => !isMember(id)) ?? null
}

const wordsOf: Readonly<Record<ReplaceCause, Departure>> = {
  declined: { ground: 'absence', evidence: '应邀专家未接受 The expert who was called declined' },
  noAnswer: {
    ground: 'absence',
    evidence: '应邀专家未按时答复 The expert who was called did not answer in time',
  },
  recusal: {
    ground: 'recusal',
    evidence: '签到时查明应当回避 A recusal was found at the desk',
  },
  absence: { ground: 'absence', evidence: '抽取记录 As the draw has it' },
  health: { ground: 'health', evidence: '抽取记录 As the draw has it' },
  leaving: { ground: 'leaving', evidence: '抽取记录 As the draw has it' },
}

/** Why the draw has a member on no seat any more: he declined, was silent, or stood aside at the desk. */
function outOf(trade: Trade, lot: string, member: string): Departure | null {
  const draw = trade.draws.get(lot)
  if (!isDrawn(draw) || !draw.gone.includes(member)) return null
  return wordsOf[draw.causes?.[member] ?? 'absence']
}

/** A committee that was dissolved is not assembled again: its draw has to lapse first. */
function isDissolved(trade: Trade, lot: string): boolean {
  const draw = trade.draws.get(lot)
  const drawn = (draw && 'dissolutions' in draw && draw.dissolutions) || 0
  return formerCommittees(trade, lot).times > drawn
}

/** What the evaluation's guards know of document, opening and draw. */
export function evaluationFacts(trade: Trade, lotId: string): Facts {
  const lot = trade.lots.get(lotId)
  const draw = trade.draws.get(lotId)
  const drawn = isDrawn(draw) && draw.stage === 'complete' ? draw : null
  const checkedIn = drawn?.checkedIn.map((c) => c.member) ?? []
  const committee = drawn ? committeeOf(drawn) : null
  return {
    scheme: lotScheme(trade, lotId),
    bids: bidFactsOf(openedBids(trade, lotId)),
    lotStage: lot?.stage ?? 'none',
    isSuspended: lot !== undefined && 'suspensions' in lot && lot.suspensions.length > 0,
    evaluationId: lotId,
    project: trade.id,
    committee:
      committee?.every((m) => checkedIn.includes(m.id)) && !isDissolved(trade, lotId)
        ? committee
        : null,
    checkedIn,
    outOf: (member) => outOf(trade, lotId, member),
    replacementOf: (member) => replacementOf(trade, lotId, member),
    parameters: drawnParameters(trade, lotId),
    seed: isDrawn(draw) ? draw.seed : null,
  }
}
