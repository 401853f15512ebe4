/**
 * Deciders as tables. A room's state machine is data: stage → command → `after` a limit, `before`
 * a limit, `unless` a problem → `then` events. What the table lacks is refused by name, so that
 * every (stage, command) has an answer, pages can ask why a button is off, and docs can print it.
 * Pure: no clock, no random, no I/O; the same code runs in the browser and in the verifier.
 */

/** The six capacities of people, and `system` for what a clock or a policy does. */
export type Capacity =
  | 'orgAdmin'
  | 'legalRepresentative'
  | 'authorisedSigner'
  | 'operator'
  | 'financeOfficer'
  | 'expert'
  | 'system'

/** Who acts: a party (an organisation, or a pool expert himself), by a person, in a capacity. */
export interface Actor {
  readonly party: string
  readonly person?: string
  readonly capacity: Capacity
}

/** What a decision may know beside its own state. `now` is trade time, UTC text with ms. */
export interface Context<F = unknown> {
  readonly now: string
  readonly actor: Actor
  /** Folded states of the other streams that a guard needs. */
  readonly facts: F
  /** base64url SHA-256 of the signed bytes, where the act was signed. */
  readonly act?: string
}

/** What the store adds to each event before `evolve` sees it. */
export interface Recorded {
  readonly at: string
  readonly recordedAt: string
  readonly actor: Actor
  readonly version: number
}

export interface AnyState {
  readonly stage: string
}
export interface AnyMessage {
  readonly type: string
}

/** Values that fill a refusal's text; `true` when there is nothing to fill. */
export type Detail = Readonly<Record<string, string | number | boolean | null>>
type Answer = boolean | Detail | null | undefined
type Payload<E extends AnyMessage, K extends E['type']> = Omit<Extract<E, { type: K }>, 'type'>

export interface Cell<S, C, E extends AnyMessage, P extends string, F> {
  /** Refused by that name until the instant has come; equal is in time. */
  readonly after?: { readonly [K in P]?: (s: S, c: C, x: Context<F>) => string | null }
  /** Refused by that name from the instant on; equal is late. */
  readonly before?: { readonly [K in P]?: (s: S, c: C, x: Context<F>) => string | null }
  readonly unless?: { readonly [K in P]?: (s: S, c: C, x: Context<F>) => Answer }
  /** In order; a falsy payload is no event, a list is one event each. */
  readonly then: {
    readonly [K in E['type']]?: (
      s: S,
      c: C,
      x: Context<F>,
    ) => Payload<E, K> | readonly Payload<E, K>[] | false | null | undefined
  }
}

/** The states of S that can be at stage K. */
export type AtStage<S extends AnyState, K extends string> = S extends unknown
  ? K extends S['stage']
    ? S & { readonly stage: K }
    : never
  : never

export type Table<
  S extends AnyState,
  C extends AnyMessage,
  E extends AnyMessage,
  P extends string,
  F = unknown,
> = {
  readonly [St in S['stage']]?: {
    readonly [Cm in C['type']]?: Cell<AtStage<S, St>, Extract<C, { type: Cm }>, E, P, F>
  }
}

export interface Refused {
  readonly refused: string
  readonly detail: Detail
}
export interface Accepted<E> {
  readonly events: readonly E[]
  /** The next limit at which the answer could change; null when none is ahead. */
  readonly validBefore: string | null
}
export type Decision<E> = Refused | Accepted<E>

/** A refusal's text: status of the HTTP answer, and `{name}` filled from the detail. */
export interface ProblemText {
  readonly status: number
  readonly zh: string
  readonly en: string
  readonly source?: string
}
export type Problems = Readonly<Record<string, ProblemText>>

export interface Decider<
  S extends AnyState,
  C extends AnyMessage,
  E extends AnyMessage,
  F = unknown,
> {
  readonly kind: string
  readonly initial: S
  readonly problems: Problems
  readonly table: Table<S, C, E, string, F>
  decide(state: S, command: C, context: Context<F>): Decision<E>
  evolve(state: S, event: E & Recorded): S
}

/** Told of each guard that refused and each cell that accepted; tests count coverage by it. */
export type Observer = (stage: string, command: string, outcome: string) => void
let observer: Observer | undefined
/** Lets a test see which refusals were reached. @returns a function that stops it */
export function observeDecisions(see: Observer): () => void {
  observer = see
  return () => {
    observer = undefined
  }
}

export const notAtThisStage = 'not-at-this-stage'

type LooseCell = Cell<AnyState, AnyMessage, AnyMessage, string, unknown>
type LooseTable = Record<string, Record<string, LooseCell> | undefined>

/** The `decide` of a table. Guards run in the order written: after, before, unless. */
export function decideBy<
  S extends AnyState,
  C extends AnyMessage,
  E extends AnyMessage,
  P extends string,
  F,
>(table: Table<S, C, E, P, F>): (s: S, c: C, x: Context<F>) => Decision<E> {
  return (s, c, x) => {
    const cell = (table as LooseTable)[s.stage]?.[c.type]
    const decision = cell
      ? decideCell(cell, s, c, x)
      : { refused: notAtThisStage, detail: { stage: s.stage, command: c.type } }
    observer?.(s.stage, c.type, 'refused' in decision ? decision.refused : 'accepted')
    return decision as Decision<E>
  }
}

function decideCell(
  cell: LooseCell,
  s: AnyState,
  c: AnyMessage,
  x: Context<unknown>,
): Decision<AnyMessage> {
  let validBefore: string | null = null
  for (const [problem, limitOf] of Object.entries(cell.after ?? {})) {
    const limit = limitOf?.(s, c, x)
    if (limit && x.now < limit) return { refused: problem, detail: { limit } }
  }
  for (const [problem, limitOf] of Object.entries(cell.before ?? {})) {
    const limit = limitOf?.(s, c, x)
    if (!limit) continue
    if (x.now >= limit) return { refused: problem, detail: { limit, now: x.now } }
    if (validBefore === null || limit < validBefore) validBefore = limit
  }
  for (const [problem, when] of Object.entries(cell.unless ?? {})) {
    const found = when?.(s, c, x)
    if (found) return { refused: problem, detail: found === true ? {} : found }
  }
  const events: AnyMessage[] = []
  for (const [type, make] of Object.entries(cell.then)) {
    const made = make?.(s, c, x)
    if (!made) continue
    for (const payload of Array.isArray(made) ? made : [made]) events.push({ ...payload, type })
  }
  return { events, validBefore }
}

/**
 * The state, known to be at one of the stages; an event out of its stage is a corrupt stream.
 * @throws Error naming both stages
 */
export function at<S extends AnyState, K extends S['stage']>(
  state: S,
  ...stages: K[]
): AtStage<S, K> {
  if (!stages.includes(state.stage as K))
    throw new Error(`corrupt stream: an event of ${stages.join('|')} came at ${state.stage}`)
  return state as AtStage<S, K>
}

/** Marks a branch that the types say cannot be taken. @throws Error */
export function unreachable(value: never): never {
  throw new Error(`unknown event ${JSON.stringify(value)}`)
}
