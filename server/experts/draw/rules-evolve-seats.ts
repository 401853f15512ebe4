import { type Recorded, unreachable } from '../../kernel/decider.ts'
import type { DrawnState, Event, State } from './decider.ts'
import { reseated, widenedSeats } from './rules-seats.ts'

type SeatEvent = Extract<
  Event,
  {
    type:
      | 'ExpertAccepted'
      | 'ExpertDeclined'
      | 'ExpertReplaced'
      | 'DrawWidened'
      | 'DrawCompleted'
      | 'MemberCheckedIn'
      | 'ExpertRecused'
  }
>

/** How seats follow from their events, once experts are drawn. */
export function evolveSeats(s: DrawnState, e: SeatEvent & Recorded): State {
  switch (e.type) {
    case 'ExpertAccepted':
      return {
        ...s,
        seats: s.seats.map((seat) =>
          seat.expert === e.expert ? { ...seat, status: 'accepted' } : seat,
        ),
      }
    case 'ExpertDeclined':
      return { ...s, gone: [...s.gone, e.expert] }
    case 'ExpertRecused':
      return {
        ...s,
        gone: [...s.gone, e.expert],
        causes: { ...s.causes, [e.expert]: 'recusal' },
        named: s.named.filter((r) => r.id !== e.expert),
      }
    case 'ExpertReplaced':
      return {
        ...s,
        gone: s.gone.includes(e.leaves) ? s.gone : [...s.gone, e.leaves],
        causes: { ...s.causes, [e.leaves]: e.cause },
        seats: reseated(s.seats, e.leaves, e.by, e.at),
        checkedIn: s.checkedIn.filter((c) => c.member !== e.leaves),
      }
    case 'DrawWidened': {
      const { from, stratum, label, order, selected, passedOver, missing } = e
      const drawn = { stratum, label, order, selected, passedOver, missing }
      return {
        ...s,
        drawn: [...s.drawn, drawn],
        seats: widenedSeats(s.seats, from, drawn, e.at),
      }
    }
    case 'DrawCompleted':
      return { ...s, stage: 'complete' }
    case 'MemberCheckedIn':
      return { ...s, checkedIn: [...s.checkedIn, { member: e.member, venue: e.venue }] }
    default:
      return unreachable(e)
  }
}
