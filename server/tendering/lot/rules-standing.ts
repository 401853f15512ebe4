import type { State } from './state.ts'

/**
 * How long bidding stood still 暂停, over all lots of a project: one deadline serves them all, so a day
 * on which two of them stood is counted once.
 * @source 招标投标法实施条例 art. 22
 */
export interface Stood {
  /** Lot and cause, as the deadline's move names it. */
  readonly by: string
  readonly from: string
  readonly ms: number
}

/** Every time that bidding for a lot stood, in order of its beginning. */
export function stoodOf(lots: ReadonlyMap<string, State>): Stood[] {
  return [...lots]
    .flatMap(([id, lot]) =>
      lot.stage === 'none' ? [] : lot.stood.map((one) => ({ ...one, by: `${id}:${one.by}` })),
    )
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => (a.from === b.from ? (a.by < b.by ? -1 : 1) : a.from < b.from ? -1 : 1))
}

/** Of the time that one stood, what no other covers, ms. */
export function uncoveredMs(one: Stood, others: readonly Stood[]): number {
  const span = ({ from, ms }: Stood) => [Date.parse(from), Date.parse(from) + ms] as const
  const [start, end] = span(one)
  let left = end - start
  let at = start
  for (const [from, to] of others.map(span).sort((a, b) => a[0] - b[0])) {
    const begins = Math.max(at, from)
    const ends = Math.min(end, to)
    if (ends <= begins) continue
    left -= ends - begins
    at = ends
  }
  return left
}
