import type { Context } from '../../kernel/decider.ts'
import type { Facts } from './commands.ts'
import type { HallRole, OpenedRow } from './events.ts'
import { drawingEndsAt, mayGoOnWithoutHost, mayOpenAll } from './rules.ts'
import { hasRow, listedRows, type Session, type State } from './state.ts'

/** Questions that the session's table asks, by name. */
export type X = Context<Facts>

export const isHost = (x: X) => x.actor.party === x.facts.host
export const isWitness = (x: X) => x.actor.party === x.facts.witness
/** The witness goes on for a host that has not come in time after T (`hostAbsent`). */
export const actsAsHost = (s: Session, x: X) =>
  isHost(x) ||
  (isWitness(x) &&
    x.facts.deadline !== null &&
    mayGoOnWithoutHost(x.now, x.facts.deadline) &&
    !s.signedIn.some((one) => one.role === 'host'))
export const isListed = (s: Session, lot: string, party: string) =>
  s.lots.some((l) => l.lot === lot && l.bids.some((b) => b.party === party))
export const isAnyListed = (s: Session, party: string) =>
  s.lots.some((l) => l.bids.some((b) => b.party === party))
export const isTaking = (role: HallRole, x: X) =>
  role === 'host' ? isHost(x) : role === 'witness' ? isWitness(x) : !isHost(x) && !isWitness(x)

/** A session halted for want of a seed gets a new drawing window; other stages had none. */
export function freshEnd(s: Extract<State, { stage: 'halted' }>, x: X): string | null {
  return s.back === 'drawing' ? drawingEndsAt(x.now) : null
}

const nameOf = ({ lot, party }: { lot: string; party: string }) => `${lot} ${party}`

export function isTimeToOpen(s: Session, x: Pick<X, 'now' | 'facts'>): boolean {
  const wanted = listedRows(s, x.facts.openLots).map(nameOf)
  return mayOpenAll(x.now, s.windowEndsAt as string, wanted, s.released.map(nameOf))
}

/** Each listed bid of a live lot once, and none called unreleased whose key came meanwhile. */
export function areRowsWhole(s: Session, rows: readonly OpenedRow[], x: X): boolean {
  const wanted = listedRows(s, x.facts.openLots)
  const isKnown = (row: OpenedRow) =>
    hasRow(wanted, row) &&
    !(row.outcome === 'notOpened' && row.problem === 'key-not-released' && hasRow(s.released, row))
  return (
    rows.length === wanted.length &&
    new Set(rows.map(nameOf)).size === rows.length &&
    rows.every(isKnown)
  )
}
