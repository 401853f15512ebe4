/** Where a finding lies, as far as the check that made it can tell; callers add what they know. */
export interface FormatPlace {
  /** Index of a chunk, slot or entry, from 0. */
  readonly index?: number
  /** Byte or character offset in the input. */
  readonly offset?: number
  /** Name of the field or part. */
  readonly field?: string
}

/**
 * Bytes from outside are not what they claim to be. `problem` is a stable kebab-case slug, the same
 * on client, server and verifier. A bug of ours never throws this; see `assert`.
 */
export class FormatError<P extends string = string> extends Error {
  override readonly name = 'FormatError'
  readonly problem: P
  readonly place: FormatPlace

  constructor(problem: P, place: FormatPlace = {}) {
    super(problem)
    this.problem = problem
    this.place = place
  }
}

/**
 * Stops at a broken assumption of our own code; never used for what comes from outside.
 * @throws Error naming the assumption
 */
export function assert(condition: unknown, assumption: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${assumption}`)
}
