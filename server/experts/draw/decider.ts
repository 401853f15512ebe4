import { addMinutes } from '../../kernel/calendar.ts'
import { at, type Decider, decideBy, type Recorded } from '../../kernel/decider.ts'
import { problems } from './problems.ts'
import { evolveSeats } from './rules-evolve-seats.ts'
import { lapsed } from './rules-lapsing.ts'
import { type DrawnOrder, firstSeats, type Seat } from './rules-seats.ts'
import { table } from './rules-table.ts'
import type { DrawPlan, PoolExpert, Stratum } from './seed.ts'

/**
 * The draw of a lot's experts 专家抽取: committed, fixed by a public checkpoint of the log, mixed with
 * revealed nonces, then called one by one until every seat is accepted, and checked in at the desk.
 * Anyone who may see its inputs can recompute it; nobody can steer it. Events hold ids alone.
 * @source 招标投标法 art. 37; 招标投标法实施条例 art. 46, 48; 财库〔2016〕198号 ○; domain.md §6
 */
export type Command =
  | ({ type: 'prepareDraw' } & Omit<Prepared, 'candidates'>)
  | { type: 'prepareParameters'; id: string }
  | { type: 'lapse' }
  /** The committee was dissolved: another is drawn. */
  | { type: 'dissolve' }
  | { type: 'nameRepresentatives'; representatives: readonly Representative[] }
  | { type: 'commitNonce'; nonceSha256: string }
  | { type: 'commitDraw'; drawAt: string; revealMinutes: number }
  | { type: 'takeCheckpoint'; root: string; size: number; note: string }
  | { type: 'revealNonce'; nonce: string }
  | { type: 'fixSeed' }
  | { type: 'draw' }
  | { type: 'accept' }
  | { type: 'decline' }
  | { type: 'timeOut'; expert: string }
  | { type: 'widen' }
  | { type: 'complete' }
  | {
      type: 'checkIn'
      member: string
      venue: string
      cardShown: boolean
      faceMatches: boolean
      /** He says that he must stand aside; why is nobody's to read. */
      isRecused: boolean
    }
  /** `by` null: the reserve is empty, a wider circle is called. */
  | { type: 'replace'; leaves: string; by: string | null; cause: ReplaceCause }

/** What is to be drawn: so many seats a stratum, so many named by the purchaser. */
export interface Prepared {
  readonly lot: string
  readonly strata: readonly Stratum[]
  readonly representatives: number
  readonly perEmployer: number
  /** Minutes within which a called expert answers. */
  readonly answerMinutes: number
  /** Of an opening's draw: the lists from which K or a method comes; empty for experts. */
  readonly candidates: Readonly<Record<string, readonly string[]>>
}
export interface Representative {
  readonly id: string
  /** Number or name of the mandate letter. */
  readonly mandate: string
}
export type ReplaceCause = 'declined' | 'noAnswer' | 'recusal' | 'absence' | 'health' | 'leaving'

export type Event =
  | ({ type: 'DrawPrepared' } & Prepared)
  | { type: 'RepresentativesNamed'; representatives: readonly Representative[] }
  | { type: 'NonceCommitted'; party: string; nonceSha256: string }
  | { type: 'DrawCommitted'; plan: DrawPlan; commitment: string }
  | { type: 'CheckpointTaken'; root: string; size: number; note: string }
  | { type: 'NonceRevealed'; party: string; nonce: string }
  | { type: 'NonceMissing'; party: string }
  | { type: 'SeedFixed'; seed: string; parties: readonly string[] }
  | {
      type: 'DrawLapsed'
      ground:
        | 'tooFewNonces'
        | 'poolExhausted'
        | 'deadlineMoved'
        | 'documentAmended'
        | 'committeeDissolved'
      /** Who had to stand aside in the lot's committees, and is not drawn again; absent: nobody. */
      barred?: readonly string[]
    }
  | { type: 'ExpertsDrawn'; recused: readonly string[]; strata: readonly DrawnOrder[] }
  | { type: 'ExpertAccepted'; expert: string }
  | { type: 'ExpertDeclined'; expert: string }
  | {
      type: 'ExpertReplaced'
      leaves: string
      by: string | null
      cause: ReplaceCause
      passedOver: readonly string[]
    }
  | ({ type: 'DrawWidened'; from: string } & DrawnOrder)
  | { type: 'DrawCompleted'; members: readonly Member[] }
  | { type: 'MemberCheckedIn'; member: string; venue: string }
  | { type: 'ExpertRecused'; expert: string }

export interface Member {
  readonly id: string
  readonly represents: 'pool' | 'purchaser'
}

export interface Common extends Prepared {
  /** SHA-256 of each contributor's nonce, hex, by party. */
  readonly nonceHashes: Readonly<Record<string, string>>
  readonly named: readonly Representative[]
  /** Who did not reveal in an earlier round: a signal. */
  readonly missed: readonly string[]
  readonly lapses: number
  /** Had to stand aside: not drawn for this lot again. */
  readonly barred?: readonly string[]
  /** Committees for which the draw was made and that were dissolved. */
  readonly dissolutions?: number
}
interface Committed extends Common {
  readonly plan: DrawPlan
  readonly commitment: string
}
interface Revealing extends Committed {
  readonly checkpoint: { readonly root: string; readonly size: number; readonly note: string }
  readonly revealUntil: string
  readonly revealed: Readonly<Record<string, string>>
}
interface Seeded extends Revealing {
  readonly seed: string
}
export interface Drawn extends Seeded {
  readonly recused: readonly string[]
  readonly drawn: readonly DrawnOrder[]
  readonly seats: readonly Seat[]
  readonly gone: readonly string[]
  /** Why each of them left. */
  readonly causes?: Readonly<Record<string, ReplaceCause>>
  readonly checkedIn: readonly { readonly member: string; readonly venue: string }[]
}
export type State =
  | { stage: 'none' }
  | ({ stage: 'preparing' } & Common)
  | ({ stage: 'committed' } & Committed)
  | ({ stage: 'revealing' } & Revealing)
  | ({ stage: 'seeded' } & Seeded)
  | ({ stage: 'notifying' | 'complete' } & Drawn)
export type DrawnState = Extract<State, { stage: 'notifying' | 'complete' }>

export interface Facts {
  /** Active experts of the pool, as the edge read them; empty where the command needs none. */
  readonly pool: readonly PoolExpert[]
  /** Members that the law wants at least (§4 `committeeSize`, `committeeSizeLarge`). */
  readonly sizeLeast: number
  /** The opening is closed, so that bidders are known. */
  readonly isOpened: boolean
  readonly isSuspended: boolean
  readonly isLot: boolean
  /** Deadline of the project: T of a draw of parameters. */
  readonly deadline: string | null
  /** Lists of the price formula from which something is to be drawn. */
  readonly candidates: Readonly<Record<string, readonly string[]>>
  /** Experts who may not serve, by the system's rules; null where they were not computed. */
  readonly recused: readonly string[] | null
  /** Purchaser and agency: one side, which contributes one nonce. */
  readonly principals: readonly string[]
  /** Of the representatives that the command names. */
  readonly unknownIds: readonly string[]
  readonly tiedIds: readonly string[]
  /** The lot's evaluation is over, or the lot itself is. */
  readonly isOver: boolean
  /** Members of the committee whose seats wait for a successor. */
  readonly leaving: readonly string[]
  /** The lot's committees that were dissolved, and who had to stand aside in them. */
  readonly former: { readonly times: number; readonly recused: readonly string[] }
}

const revealed = (s: Revealing, parties: readonly string[]) =>
  parties.filter((p) => p in s.revealed)

export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'DrawPrepared': {
      at(state, 'none', 'preparing')
      const { lot, strata, representatives, perEmployer, answerMinutes, candidates } = e
      const prepared = { lot, strata, representatives, perEmployer, answerMinutes, candidates }
      const none = { named: [], missed: [], lapses: 0 }
      const before = state.stage === 'preparing' ? state : none
      return { ...before, stage: 'preparing', ...prepared, nonceHashes: {} }
    }
    case 'RepresentativesNamed': {
      const s = begun(state)
      return { ...s, named: e.representatives }
    }
    case 'NonceCommitted': {
      const s = at(state, 'preparing')
      return { ...s, nonceHashes: { ...s.nonceHashes, [e.party]: e.nonceSha256 } }
    }
    case 'DrawCommitted':
      return {
        ...at(state, 'preparing'),
        stage: 'committed',
        plan: e.plan,
        commitment: e.commitment,
      }
    case 'CheckpointTaken': {
      const s = at(state, 'committed')
      const { root, size, note } = e
      const revealUntil = addMinutes(e.at, s.plan.revealMinutes)
      return {
        ...s,
        stage: 'revealing',
        checkpoint: { root, size, note },
        revealUntil,
        revealed: {},
      }
    }
    case 'NonceRevealed': {
      const s = at(state, 'revealing')
      return { ...s, revealed: { ...s.revealed, [e.party]: e.nonce } }
    }
    case 'NonceMissing': {
      const s = at(state, 'revealing')
      return { ...s, missed: [...s.missed, e.party] }
    }
    case 'SeedFixed': {
      const s = at(state, 'revealing')
      if (revealed(s, e.parties).length !== e.parties.length)
        throw new Error('corrupt stream: a seed of nonces that were not revealed')
      return { ...s, stage: 'seeded', seed: e.seed }
    }
    case 'DrawLapsed':
      return lapsed(begun(state), e)
    case 'ExpertsDrawn': {
      const s = at(state, 'seeded')
      const { recused, strata } = e
      const seats = firstSeats(strata, e.at)
      return { ...s, stage: 'notifying', recused, drawn: strata, seats, gone: [], checkedIn: [] }
    }
    default:
      return evolveSeats(at(state, 'notifying', 'complete'), e)
  }
}

function begun(state: State): Exclude<State, { stage: 'none' }> {
  if (state.stage === 'none') throw new Error('corrupt stream: an event of a draw not prepared')
  return state
}

export const draw: Decider<State, Command, Event, Facts> = {
  kind: 'draw',
  initial: { stage: 'none' },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
