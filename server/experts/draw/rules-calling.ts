import { addMinutes } from '../../kernel/calendar.ts'
import type { Context } from '../../kernel/decider.ts'
import type { Drawn, DrawnState, Facts, Member } from './decider.ts'
import { nextFor, type Seating, seatedIds, widening } from './rules-seats.ts'

/** Calling those who were drawn: answers, silence, the next of the reserve, a wider circle. */
type X = Context<Facts>

/** Whom the purchaser named takes no seat of the pool as well. */
export const seatingOf = (s: Drawn): Seating => ({
  ...s,
  drawId: s.lot,
  pool: s.plan.pool,
  gone: [...s.gone, ...s.named.map((r) => r.id)],
})

/** Experts and representatives who are to sit, once every seat is accepted; else null. */
export function committeeOf(s: DrawnState): Member[] | null {
  const isFilled = s.seats.every((seat) => seat.status === 'accepted')
  if (!isFilled || s.named.length !== s.representatives) return null
  return [
    ...seatedIds(s.seats).map((id): Member => ({ id, represents: 'pool' })),
    ...s.named.map(({ id }): Member => ({ id, represents: 'purchaser' })),
  ]
}

export function replaced(s: Drawn, leaves: string, cause: 'declined' | 'noAnswer' | 'recusal') {
  const { replacedBy, passedOver } = nextFor(seatingOf(s), leaves)
  return { leaves, by: replacedBy, cause, passedOver }
}
export const seatOf = (s: Drawn, expert: string) => s.seats.find((seat) => seat.expert === expert)
const isCalled = (s: Drawn, expert: string) => seatOf(s, expert)?.status === 'called'
const answerUntil = (s: Drawn, expert: string) => {
  const seat = seatOf(s, expert)
  return seat?.status === 'called' ? addMinutes(seat.calledAt, s.answerMinutes) : null
}

export const answering = {
  accept: {
    before: { 'answer-over': (s: Drawn, _: unknown, x: X) => answerUntil(s, x.actor.party) },
    unless: { 'not-called': (s: Drawn, _: unknown, x: X) => !isCalled(s, x.actor.party) },
    then: { ExpertAccepted: (_: Drawn, __: unknown, x: X) => ({ expert: x.actor.party }) },
  },
  decline: {
    before: { 'answer-over': (s: Drawn, _: unknown, x: X) => answerUntil(s, x.actor.party) },
    unless: { 'not-called': (s: Drawn, _: unknown, x: X) => !isCalled(s, x.actor.party) },
    then: {
      ExpertDeclined: (_: Drawn, __: unknown, x: X) => ({ expert: x.actor.party }),
      ExpertReplaced: (s: Drawn, _: unknown, x: X) => replaced(s, x.actor.party, 'declined'),
    },
  },
  timeOut: {
    after: { 'not-yet': (s: Drawn, c: { expert: string }) => answerUntil(s, c.expert) },
    unless: { 'not-called': (s: Drawn, c: { expert: string }) => !isCalled(s, c.expert) },
    then: {
      ExpertReplaced: (s: Drawn, c: { expert: string }) => replaced(s, c.expert, 'noAnswer'),
    },
  },
  widen: {
    unless: {
      'nothing-to-widen': (s: Drawn) => s.seats.every((seat) => seat.status !== 'vacant'),
    },
    then: {
      DrawWidened: (s: Drawn) => widening(seatingOf(s)),
      DrawLapsed: (s: Drawn) =>
        widening(seatingOf(s)) === null && { ground: 'poolExhausted' as const },
    },
  },
} as const
