import { isLawfulComposition } from '../../evaluation/evaluation/committee.ts'
import { drawExperts, type Replacement, replacementOf, widened } from './rules.ts'
import type { PoolExpert, Stratum } from './seed.ts'

/**
 * Seats of a committee while experts are called: who has which, whose turn is next. Built on the
 * draw's own rules, so that page and verifier follow each replacement.
 * @source 招标投标法实施条例 art. 48; 财库〔2016〕198号 ○
 */
export interface Seat {
  /** Key of the stratum whose order fills the seat, the widened one where it was widened. */
  readonly stratum: string
  /** Null: vacant, the reserve was empty. */
  readonly expert: string | null
  readonly status: 'called' | 'accepted' | 'vacant'
  readonly calledAt: string
}

/** The drawn order of one stratum, as its event holds it. */
export interface DrawnOrder {
  readonly stratum: Stratum
  readonly label: string
  readonly order: readonly string[]
  readonly selected: readonly string[]
  readonly passedOver: readonly string[]
  readonly missing: number
}

/** What the seats follow from. */
export interface Seating {
  readonly drawId: string
  readonly pool: readonly PoolExpert[]
  readonly perEmployer: number
  readonly seed: string
  /** May not serve; why is never shown. */
  readonly recused: readonly string[]
  /** Left, or did not answer: never called again. */
  readonly gone: readonly string[]
  readonly drawn: readonly DrawnOrder[]
  readonly seats: readonly Seat[]
}

export const seatedIds = (seats: readonly Seat[]): string[] =>
  seats.flatMap((s) => (s.expert === null ? [] : [s.expert]))

/** Who takes the seat of one who leaves; `replacedBy` null: the reserve is empty. */
export function nextFor(s: Seating, leaves: string): Replacement {
  const seat = s.seats.find((one) => one.expert === leaves)
  const drawn = s.drawn.find((d) => d.stratum.key === seat?.stratum)
  if (!seat || !drawn) throw new RangeError(`${leaves} has no seat`)
  const reserves = drawn.order.filter((id) => !drawn.selected.includes(id))
  return replacementOf(s, { reserves }, seatedIds(s.seats), leaves, s.gone)
}

/** The seats of each stratum drawn for the first time. */
export function firstSeats(drawn: readonly DrawnOrder[], calledAt: string): Seat[] {
  return drawn.flatMap(({ stratum, selected, missing }) => [
    ...selected.map(
      (expert): Seat => ({ stratum: stratum.key, expert, status: 'called', calledAt }),
    ),
    ...Array.from({ length: missing }, (): Seat => vacant(stratum.key, calledAt)),
  ])
}

const vacant = (stratum: string, calledAt: string): Seat => ({
  stratum,
  expert: null,
  status: 'vacant',
  calledAt,
})

/** The seats after one left; vacant where nobody follows. */
export function reseated(
  seats: readonly Seat[],
  leaves: string,
  by: string | null,
  calledAt: string,
): Seat[] {
  return seats.map((seat) =>
    seat.expert !== leaves
      ? seat
      : by === null
        ? vacant(seat.stratum, calledAt)
        : { ...seat, expert: by, status: 'called', calledAt },
  )
}

/** The draw that fills the first vacant stratum from a wider circle; null: there is none wider. */
export function widening(s: Seating): (DrawnOrder & { from: string }) | null {
  const empty = s.seats.find((seat) => seat.status === 'vacant')
  if (!empty) return null
  const count = s.seats.filter(
    (one) => one.status === 'vacant' && one.stratum === empty.stratum,
  ).length
  const narrow = s.drawn.find((d) => d.stratum.key === empty.stratum)
  const stratum = narrow ? widened(narrow.stratum, count) : null
  if (!stratum) return null
  const recused = { experts: [...s.recused, ...s.gone] }
  const [drawn] = drawExperts(
    { ...s, strata: [stratum] },
    s.seed,
    recused,
    seatedIds(s.seats),
  ).strata
  return { ...orderOf(stratum, drawn), from: empty.stratum }
}

/** Whom the draw is about to call for its vacant seats, from ever wider circles; empty: nobody is left. */
export function widerCalls(s: Seating): readonly string[] {
  for (let so = s; ; ) {
    const wider = widening(so)
    if (wider === null || wider.selected.length > 0) return wider?.selected ?? []
    const { from, ...drawn } = wider
    so = { ...so, drawn: [...so.drawn, drawn], seats: widenedSeats(so.seats, from, drawn, '') }
  }
}

/** Vacant seats of the narrow stratum filled from the wide one. */
export function widenedSeats(
  seats: readonly Seat[],
  from: string,
  drawn: DrawnOrder,
  calledAt: string,
): Seat[] {
  const left = [...drawn.selected]
  return seats.map((seat) => {
    if (seat.status !== 'vacant' || seat.stratum !== from) return seat
    const expert = left.shift()
    return expert === undefined
      ? vacant(drawn.stratum.key, calledAt)
      : { stratum: drawn.stratum.key, expert, status: 'called', calledAt }
  })
}

/** What an event keeps of a drawn stratum: the steps follow from seed and pool. */
export function orderOf(
  stratum: Stratum,
  drawn: Pick<DrawnOrder, 'label' | 'order' | 'selected' | 'passedOver' | 'missing'>,
): DrawnOrder {
  const { label, order, selected, passedOver, missing } = drawn
  return { stratum, label, order, selected, passedOver, missing }
}

/** Candidates of a stratum by their attributes alone. */
export function fitting(pool: readonly PoolExpert[], stratum: Stratum): PoolExpert[] {
  return pool.filter(
    (e) =>
      (stratum.specialty === null || stratum.specialty === e.specialty) &&
      (stratum.region === null || stratum.region === e.region),
  )
}

/** Whether so many experts and representatives make a lawful committee. */
export function isLawfulSize(
  strata: readonly Stratum[],
  representatives: number,
  sizeLeast: number,
): boolean {
  const experts = strata.reduce((sum, stratum) => sum + stratum.count, 0)
  const members = [
    ...Array.from({ length: experts }, (_, i) => ({ id: `e${i}`, represents: 'pool' as const })),
    ...Array.from({ length: representatives }, (_, i) => ({
      id: `r${i}`,
      represents: 'purchaser' as const,
    })),
  ]
  return isLawfulComposition(members, sizeLeast)
}
