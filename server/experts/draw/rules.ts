import {
  compareIds,
  type DrawPlan,
  DrawStream,
  type PoolExpert,
  parameterLabel,
  type Stratum,
  type Swap,
  shuffled,
  stratumLabel,
  type Taken,
  tieLabel,
} from './seed.ts'

/**
 * The draw of experts, of K and of a method, as `domain.md` §6 has it. The visitor's browser runs
 * this same code and shows each step.
 * @source 招标投标法 art. 37; 招标投标法实施条例 art. 46; 财库〔2016〕198号 ○
 */

/** What became of a candidate when the drawn order was walked. */
export type Place = {
  readonly place: number
  readonly id: string
  readonly result: 'seated' | 'sameEmployer' | 'reserve'
}

export interface DrawnStratum {
  readonly stratum: string
  readonly label: string
  /** Candidates, by id. */
  readonly eligible: readonly string[]
  /** Those of the specialty and region who may not serve; the page greys them without a reason. */
  readonly recused: readonly string[]
  readonly order: readonly string[]
  readonly selected: readonly string[]
  /** Passed over since the employer had its seats; they stay in the reserve. */
  readonly passedOver: readonly string[]
  /** All not seated, in drawn order. */
  readonly reserves: readonly string[]
  /** Seats that nobody could take: the draw is widened. */
  readonly missing: number
  readonly swaps: readonly Swap[]
  readonly walk: readonly Place[]
}

export interface Recusals {
  readonly experts?: readonly string[]
  readonly employers?: readonly string[]
}

export interface DrawnExperts {
  readonly strata: readonly DrawnStratum[]
  /** Everyone seated, by id. */
  readonly committee: readonly string[]
}

type Plan = Pick<DrawPlan, 'drawId' | 'pool' | 'strata' | 'perEmployer'>

/**
 * Seats every stratum in the given order. The order of the pool doesn't matter.
 * @param seated already in the committee, when a draw is widened
 */
export function drawExperts(
  plan: Plan,
  seedHex: string,
  recused: Recusals = {},
  seated: readonly string[] = [],
): DrawnExperts {
  const byId = poolById(plan.pool)
  const committee = [...seated]
  const strata = plan.strata.map((stratum): DrawnStratum => {
    const drawn = drawStratum(plan, stratum, seedHex, recused, byId, committee)
    committee.push(...drawn.selected)
    return drawn
  })
  return { strata, committee: committee.sort(compareIds) }
}

function drawStratum(
  plan: Plan,
  stratum: Stratum,
  seedHex: string,
  recused: Recusals,
  byId: ReadonlyMap<string, PoolExpert>,
  committee: readonly string[],
): DrawnStratum {
  const fitting = plan.pool.filter((e) => fits(stratum, e) && !committee.includes(e.id))
  const may = (e: PoolExpert) => !isRecused(recused, e)
  const eligible = fitting
    .filter(may)
    .map((e) => e.id)
    .sort(compareIds)
  const label = stratumLabel(plan.drawId, stratum.key)
  const { order, swaps } = shuffled(seedHex, label, eligible)
  const seats = [...committee]
  const selected: string[] = []
  const walk = order.map((id, place): Place => {
    if (selected.length >= stratum.count) return { place, id, result: 'reserve' }
    if (!passes(id, seats, byId, plan.perEmployer)) return { place, id, result: 'sameEmployer' }
    selected.push(id)
    seats.push(id)
    return { place, id, result: 'seated' }
  })
  return {
    stratum: stratum.key,
    label,
    eligible,
    recused: fitting
      .filter((e) => !may(e))
      .map((e) => e.id)
      .sort(compareIds),
    order,
    selected,
    passedOver: walk.filter((p) => p.result === 'sameEmployer').map((p) => p.id),
    reserves: order.filter((id) => !selected.includes(id)),
    missing: stratum.count - selected.length,
    swaps,
    walk,
  }
}

/** Right specialty and region, where the stratum asks for one. */
function fits(stratum: Stratum, expert: PoolExpert): boolean {
  return (
    (stratum.specialty === null || stratum.specialty === expert.specialty) &&
    (stratum.region === null || stratum.region === expert.region)
  )
}

function isRecused(recused: Recusals, expert: PoolExpert): boolean {
  return (
    (recused.experts ?? []).includes(expert.id) ||
    (recused.employers ?? []).includes(expert.employer)
  )
}

/** Whether the expert's employer has fewer than `perEmployer` of these seats. */
function passes(
  id: string,
  seats: readonly string[],
  byId: ReadonlyMap<string, PoolExpert>,
  perEmployer: number,
): boolean {
  const employer = byId.get(id)!.employer
  return seats.filter((seat) => byId.get(seat)!.employer === employer).length < perEmployer
}

export interface Replacement {
  readonly leaves: string
  /** Null: the reserve is empty, the draw is widened. */
  readonly replacedBy: string | null
  /** Reserves before that one whose employer has its seats. */
  readonly passedOver: readonly string[]
}

/**
 * Who takes the seat of one who declined, didn't answer or is recused: the first of the stratum's
 * reserve, in drawn order, who passes now that the leaver's seat no longer counts. No new draw.
 * @param seats ids now in the committee, the leaver among them
 * @param gone ids that left before, or whose recusal was found: never called again
 */
export function replacementOf(
  plan: Pick<DrawPlan, 'pool' | 'perEmployer'>,
  drawn: Pick<DrawnStratum, 'reserves'>,
  seats: readonly string[],
  leaves: string,
  gone: readonly string[] = [],
): Replacement {
  if (!seats.includes(leaves)) throw new RangeError(`${leaves} has no seat`)
  const byId = poolById(plan.pool)
  const left = seats.filter((id) => id !== leaves)
  const passedOver: string[] = []
  for (const id of drawn.reserves) {
    if (id === leaves || left.includes(id) || gone.includes(id)) continue
    if (passes(id, left, byId, plan.perEmployer)) return { leaves, replacedBy: id, passedOver }
    passedOver.push(id)
  }
  return { leaves, replacedBy: null, passedOver }
}

/**
 * The stratum a draw is widened to when its reserve is empty: any region first, then any specialty.
 * The seed stays, the label is new. Null: there is nothing wider.
 */
export function widened(stratum: Stratum, count: number): Stratum | null {
  if (stratum.region !== null)
    return { ...stratum, region: null, count, key: `${stratum.key}/any-region` }
  if (stratum.specialty !== null)
    return { ...stratum, specialty: null, count, key: `${stratum.key}/any-specialty` }
  return null
}

/** Strata of venues alone, in the order in which they first appear: so many seats of any specialty. */
export function strataOfVenues(venues: readonly string[]): Stratum[] {
  return [...new Set(venues)].map((region) => ({
    key: `*/${region}`,
    specialty: null,
    region,
    count: venues.filter((venue) => venue === region).length,
  }))
}

/** One index of a published list; the list's order is part of the commitment. */
export function drawnParameter(
  seedHex: string,
  openingId: string,
  name: 'k' | 'method',
  candidates: readonly string[],
): { value: string; label: string; taken: Taken } {
  const label = parameterLabel(openingId, name)
  const taken = new DrawStream(seedHex, label).below(candidates.length)
  return { value: candidates[taken.result]!, label, taken }
}

/** Order of bids that the document's keys leave equal. */
export function tieOrder(
  seedHex: string,
  evaluationId: string,
  rank: number,
  bids: readonly string[],
): string[] {
  return shuffled(seedHex, tieLabel(evaluationId, rank), bids).order
}

function poolById(pool: readonly PoolExpert[]): Map<string, PoolExpert> {
  const byId = new Map(pool.map((expert) => [expert.id, expert]))
  if (byId.size !== pool.length) throw new RangeError('an id is in the pool twice')
  return byId
}
