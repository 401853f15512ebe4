import { fitting } from './rules-seats.ts'
import type { PoolExpert, Stratum } from './seed.ts'

/**
 * How many may be drawn for each stratum, before the draw is committed. Where a seat has few
 * candidates the committee can be guessed, and the same few sit together again and again.
 */

/**
 * Candidates for a seat below which the draw warns. No law names a number: with three a seat, one
 * who guesses at a single seat is wrong twice out of three times, and two may decline.
 */
export const candidatesPerSeat = 3

export interface PoolCount {
  readonly stratum: string
  readonly seats: number
  /** In the pool, by specialty and region. Who has to stand aside is counted too. */
  readonly found: number
  /** Employers of these; each has so many seats at the most. */
  readonly employers: number
  /** Candidates from which on there is nothing to warn of. */
  readonly advised: number
  /** `short`: the seats cannot all be filled from here, the draw will be widened. */
  readonly standing: 'enough' | 'few' | 'short'
}

/**
 * Counts alone, never who. Recusals are not taken off: before the opening a count that fell by
 * them would tell for whom the bidders' experts work.
 */
export function poolCounts(
  strata: readonly Stratum[],
  pool: readonly PoolExpert[],
  perEmployer: number,
): PoolCount[] {
  return strata.map((stratum) => {
    const found = fitting(pool, stratum)
    const employers = new Set(found.map((e) => e.employer))
    // Of one employer no more than its seats can sit.
    const seatable = [...employers].reduce((sum, employer) => {
      const own = found.filter((e) => e.employer === employer).length
      return sum + Math.min(own, perEmployer)
    }, 0)
    const advised = candidatesPerSeat * stratum.count
    return {
      stratum: stratum.key,
      seats: stratum.count,
      found: found.length,
      employers: employers.size,
      advised,
      standing: seatable < stratum.count ? 'short' : found.length < advised ? 'few' : 'enough',
    }
  })
}
