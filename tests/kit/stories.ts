import { afterAll, expect } from 'vitest'
import {
  type Actor,
  type AnyMessage,
  type AnyState,
  type Context,
  type Decider,
  type Detail,
  notAtThisStage,
  observeDecisions,
  type Recorded,
} from '../../server/kernel/decider.ts'

/**
 * Stories of a decider: given events, when a command, then events or a refusal. `everyCell` walks
 * the whole table at the end of a file and fails on a refusal that no story reached.
 */
const reached = new Map<string, Set<string>>()

observeDecisions((stage, command, outcome) => {
  const cell = `${stage} ${command}`
  const seen = reached.get(cell) ?? new Set()
  seen.add(outcome)
  reached.set(cell, seen)
})

const someone: Actor = { party: 'someone', capacity: 'operator' }

export interface When<F> {
  readonly now?: string
  readonly actor?: Actor
  readonly facts?: F
  readonly act?: string
}

/** An event as the store would hand it to `evolve`. */
export type Past<E> = E & Partial<Recorded>

type AnyTable<S extends AnyState, C extends AnyMessage, E extends AnyMessage, F> = Decider<
  S,
  C,
  E,
  F
>

/** Begins a story: the events that happened before. */
export function given<S extends AnyState, C extends AnyMessage, E extends AnyMessage, F>(
  decider: AnyTable<S, C, E, F>,
  ...past: Past<E>[]
) {
  const state = past.reduce<S>(
    (s, e, version) =>
      decider.evolve(s, {
        at: '2026-03-02T01:00:00.000Z',
        recordedAt: '2026-11-25T01:00:00.000Z',
        actor: someone,
        version,
        ...e,
      } as E & Recorded),
    decider.initial,
  )
  return {
    state,
    when(command: C, how: When<F> = {}) {
      const context: Context<F> = {
        now: how.now ?? '2026-03-02T01:00:00.000Z',
        actor: how.actor ?? someone,
        facts: (how.facts ?? {}) as F,
        act: how.act ?? 'act-digest',
      }
      const decision = decider.decide(state, command, context)
      return {
        decision,
        /** Exactly these events, in order; a partial event is compared by what it has. */
        then(...events: (Partial<E> & AnyMessage)[]) {
          if ('refused' in decision) throw new Error(`refused: ${decision.refused}`)
          expect(decision.events.map((e) => e.type)).toEqual(events.map((e) => e.type))
          expect(decision.events).toMatchObject(events)
          return decision
        },
        refused(problem: string, detail: Detail = {}) {
          expect(decision).toMatchObject({ refused: problem, detail })
        },
      }
    },
  }
}

/**
 * At the end of a file: every (stage, command) that the table has was accepted at least once, and
 * each of its refusals reached; each that it lacks is refused by name.
 * @param stages a state of each stage, for the pairs that the table lacks
 */
export function everyCell<S extends AnyState, C extends AnyMessage, E extends AnyMessage, F>(
  decider: AnyTable<S, C, E, F>,
  stages: Readonly<Record<string, S>>,
): void {
  afterAll(() => {
    const table = decider.table as unknown as Record<string, Record<string, Record<string, object>>>
    const commands = new Set(Object.values(table).flatMap((cells) => Object.keys(cells)))
    const missing: string[] = []
    for (const [stage, state] of Object.entries(stages))
      for (const command of commands) {
        const cell = table[stage]?.[command]
        if (!cell) {
          const decision = decider.decide(state, { type: command } as C, {} as Context<F>)
          expect(decision).toMatchObject({ refused: notAtThisStage })
          continue
        }
        const seen = reached.get(`${stage} ${command}`) ?? new Set()
        const refusals = [cell.after, cell.before, cell.unless].flatMap((g) => Object.keys(g ?? {}))
        for (const outcome of ['accepted', ...refusals])
          if (!seen.has(outcome)) missing.push(`${stage}: ${command}: ${outcome}`)
      }
    const unknown = Object.keys(table).filter((stage) => !(stage in stages))
    expect(unknown, 'stages that the walk was given no state of').toEqual([])
    expect(missing, 'outcomes that no story reached').toEqual([])
  })
}
