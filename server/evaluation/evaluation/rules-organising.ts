import type { State as DrawState } from '../../experts/draw/decider.ts'
import type { State, Working, WorkingState } from './decider.ts'
import { type AbsenceGround, isLeaving } from './rules-leaving.ts'
import { isDrawn } from './rules-seated.ts'

/**
 * What those who organise an evaluation, and do not judge in it, know of its course: how far it is,
 * which seats changed, and on what ground. Nobody is named, and nothing is told of a bid.
 * @source 招标投标法 art. 37, 38; 招标投标法实施条例 art. 48; domain.md §2
 */
export interface Course {
  /** Of a pause: the stage that it goes back to. */
  readonly before: WorkingState['stage'] | null
  readonly pause: { readonly since: string; readonly cause: string } | null
  /** In the order in which their members left. */
  readonly changes: readonly { readonly seat: number; readonly ground: AbsenceGround }[]
  /** Committees of the lot that were dissolved. */
  readonly dissolved: number
}

export function courseOf(state: State): Course {
  const paused = state.stage === 'paused' ? state : null
  return {
    before: paused?.before.stage ?? null,
    pause: paused && { since: paused.since, cause: paused.cause },
    changes: 'members' in state ? changesOf(state) : [],
    dissolved: state.former?.times ?? 0,
  }
}

function changesOf(work: Working): Course['changes'] {
  return [
    ...work.replaced.map(({ by, ground }, turn) => ({ seat: seatOf(work, by, turn), ground })),
    ...(work.leaving ?? []).map(({ member, ground }) => ({
      seat: seatOf(work, member, work.replaced.length),
      ground,
    })),
  ]
}

/** The seat of one who came at that turn: he sits on it, or somebody who came after him does. */
function seatOf(work: Working, member: string, turn: number): number {
  const at = work.members.findIndex((m) => m.id === member)
  if (at >= 0) return at + 1
  const next = work.replaced.findIndex((row, i) => i > turn && row.leaves === member)
  if (next < 0) throw new Error(`nobody sits in the place of ${member}`)
  return seatOf(work, work.replaced[next].by, next)
}

/**
 * Where the one is who has a seat: called and not answered, expected at the desk, checked in; of a
 * seat that is free: awaited from the purchaser, or to be filled once the evaluation goes on.
 */
export type Place = 'called' | 'expected' | 'present' | 'awaited' | 'vacated'

export function placeOf(work: Working, draw: DrawState | undefined, member: string): Place {
  if (isLeaving(work, member)) return 'awaited'
  if (!isDrawn(draw)) return 'expected'
  if (draw.gone.includes(member)) return 'vacated'
  if (draw.checkedIn.some((one) => one.member === member)) return 'present'
  const seat = draw.seats.find((one) => one.expert === member)
  return seat?.status === 'called' ? 'called' : 'expected'
}
