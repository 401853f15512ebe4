import { Rational } from '../../kernel/rational.ts'

/**
 * Bids of one brand count as one bidder 同品牌. By the lowest price only the lowest stays; by scoring
 * all are scored and only the best of a brand may be recommended.
 * @source 财政部令第87号 art. 31 ○
 */
export interface BrandedBid {
  readonly bid: string
  /** Brand of the core product; absent: the bid is its own. */
  readonly brand?: string | undefined
  /** Decimal text; higher is better where `highestScore`. */
  readonly total?: string
  readonly priceFen?: number
  /** Passed qualification and responsiveness. */
  readonly passed: boolean
}

export interface BrandResult {
  /** Number of bidders the law counts. */
  readonly effectiveBidders: number
  readonly enough: boolean
  readonly recommendable: readonly string[]
  readonly notRecommendable: readonly string[]
  /** Bids of one brand that are equal: the document decides, or a draw. */
  readonly ties: readonly (readonly string[])[]
}

/** @param keep what is best within a brand */
export function sameBrand(
  bids: readonly BrandedBid[],
  keep: 'highestScore' | 'lowestPrice',
  minBidders = 3,
): BrandResult {
  const groups = new Map<string, BrandedBid[]>()
  for (const bid of bids.filter((b) => b.passed)) {
    const key = bid.brand === undefined ? `bid ${bid.bid}` : `brand ${bid.brand}`
    groups.set(key, [...(groups.get(key) ?? []), bid])
  }
  const worth = (bid: BrandedBid) =>
    keep === 'highestScore' ? Rational.parse(bid.total!) : Rational.of(bid.priceFen!).negated()
  const best = [...groups.values()].map((group) => {
    const top = Rational.max(group.map(worth))
    return group
      .filter((bid) => worth(bid).equals(top))
      .map((bid) => bid.bid)
      .sort()
  })
  const recommendable = best.flat().sort()
  const all = [...groups.values()].flat().map((bid) => bid.bid)
  return {
    effectiveBidders: groups.size,
    enough: groups.size >= minBidders,
    recommendable,
    notRecommendable: all.filter((bid) => !recommendable.includes(bid)).sort(),
    ties: best.filter((bidsOfBrand) => bidsOfBrand.length > 1),
  }
}
