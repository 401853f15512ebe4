import type { Rational } from '../../kernel/rational.ts'

/**
 * Order of the bids 排名. Rounded totals are compared first, then the document's tie keys in turn,
 * unrounded; what is still equal is drawn or stays equal. The order doesn't depend on the order the
 * bids came in: an open tie is listed by id, and said.
 */

/** A bid with what it is compared by, each key lower is better, the most important first. */
export interface Comparable {
  readonly bid: string
  readonly keys: readonly Rational[]
}

export interface Ranked {
  readonly bid: string
  /** 1, 2, 2, 4: equal bids share a rank. */
  readonly rank: number
}

/** Bids that no key of the document parts; `draw`: one must be held, `equalRank`: they stay equal. */
export interface Tie {
  readonly rank: number
  readonly bids: readonly string[]
  readonly by: 'draw' | 'equalRank'
}

/**
 * @param end what decides when all keys are equal; bids of equal rank are listed in the order drawn
 * @param drawnOrder bids in the order drawn, if a draw was held; those not in it stay tied
 */
export function rankBids(
  bids: readonly Comparable[],
  end: 'draw' | 'equalRank',
  drawnOrder: readonly string[] = [],
): { ranking: Ranked[]; ties: Tie[] } {
  const place = (bid: string) => drawnOrder.indexOf(bid)
  const isDrawn = (a: string, b: string) => end === 'draw' && place(a) >= 0 && place(b) >= 0
  const byKeys = (a: Comparable, b: Comparable): number => {
    if (a.keys.length !== b.keys.length) throw new RangeError('bids compared by different keys')
    for (const [i, key] of a.keys.entries()) {
      const order = key.compare(b.keys[i]!)
      if (order !== 0) return order
    }
    return 0
  }
  const compare = (a: Comparable, b: Comparable): number =>
    byKeys(a, b) || (isDrawn(a.bid, b.bid) ? place(a.bid) - place(b.bid) : 0)
  const sorted = [...bids].sort(
    (a, b) => byKeys(a, b) || drawnFirst(place(a.bid), place(b.bid)) || (a.bid < b.bid ? -1 : 1),
  )
  const ranking: Ranked[] = []
  for (const [i, bid] of sorted.entries()) {
    const isEqual = i > 0 && compare(sorted[i - 1]!, bid) === 0
    ranking.push({ bid: bid.bid, rank: isEqual ? ranking[i - 1]!.rank : i + 1 })
  }
  const ranks = [...new Set(ranking.map((row) => row.rank))]
  const ties = ranks
    .map((rank) => ({
      rank,
      bids: ranking.filter((row) => row.rank === rank).map((row) => row.bid),
      by: end,
    }))
    .filter((tie) => tie.bids.length > 1)
  return { ranking, ties }
}

/** Those drawn come in that order, before those that a draw left out. */
function drawnFirst(a: number, b: number): number {
  if (a === b) return 0
  if (a < 0) return 1
  return b < 0 ? -1 : a - b
}
