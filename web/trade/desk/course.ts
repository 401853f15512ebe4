import type { Place } from '../../../server/evaluation/evaluation/rules-organising.ts'
import type { DeskPage } from './desk-answers.ts'

/** What an evaluation waits for, as those who organise it may know; `href`: where to go on. */
export interface CourseStep {
  readonly id:
    | 'notYet'
    | 'dissolved'
    | 'awaited'
    | 'called'
    | 'expected'
    | 'undertaking'
    | 'election'
    | 'sheets'
    | 'closing'
    | 'aggregated'
    | 'signing'
    | 'reported'
    | 'failed'
  /** Seats by number, where the step is about some of them. */
  readonly seats: readonly number[]
  readonly done: number
  readonly all: number
  readonly to: 'draw' | 'award' | null
}

/** A pause is said on its own: this is what the evaluation waits for beside it. */
export function courseStep(page: DeskPage): CourseStep {
  const { members } = page
  const all = members.length
  const step = (id: CourseStep['id'], part: Partial<Omit<CourseStep, 'id'>> = {}): CourseStep => ({
    id,
    seats: [],
    done: 0,
    all,
    to: null,
    ...part,
  })
  const stage = page.course?.before ?? page.stage
  switch (stage) {
    case 'none':
    case 'waiting':
      return step((page.course?.dissolved ?? 0) > 0 ? 'dissolved' : 'notYet', { to: 'draw' })
    case 'reported':
      return step('reported', { to: 'award' })
    case 'failed':
      return step('failed')
  }
  // A seat that is not filled holds up everything else.
  for (const place of ['awaited', 'called', 'expected'] as const) {
    const seats = seatsAt(page, place)
    if (seats.length > 0) return step(place, { seats, to: 'draw' })
  }
  switch (stage) {
    case 'assembled':
      return step('undertaking', { done: members.filter((m) => m.isCommitted).length })
    case 'ready':
      return step('election')
    case 'phase': {
      const unsigned = members.filter((m) => !m.isCommitted).length
      if (unsigned > 0) return step('undertaking', { done: all - unsigned })
      const done = members.filter((m) => m.isHandedIn).length
      return step(done === all ? 'closing' : 'sheets', { done })
    }
    case 'aggregated':
      return step('aggregated')
    default:
      return step('signing')
  }
}

const seatsAt = (page: DeskPage, place: Place): number[] =>
  page.members.filter((m) => m.place === place).map((m) => m.seat)
