import { parseWords } from '../../kernel/money-words.ts'
import { Rational } from '../../kernel/rational.ts'

/**
 * Arithmetic corrections 算术修正, in the law's order: the opening sheet beats the bid's text; words
 * beat figures; where only the decimal point of a unit price is misplaced, the total stands; else a
 * total that isn't the sum of its unit prices gives way. The bidder confirms in writing; refusing
 * makes the bid invalid.
 * @source 财政部令第87号 art. 59 ○; 评标委员会和评标方法暂行规定 art. 19 ○
 */
export interface QuotedItem {
  readonly item: number
  /** Decimal text. */
  readonly quantity: string
  readonly unitPriceFen: number
  readonly statedTotalFen: number
}

export interface CorrectedItem extends QuotedItem {
  /** Corrected total, to the fen, half up. */
  readonly totalFen: number
  readonly correction: 'none' | 'unitPriceOverTotal' | 'totalOverMisplacedDecimal'
}

export interface Correction {
  readonly items: readonly CorrectedItem[]
  /** Which items were corrected. */
  readonly correctedItems: readonly number[]
  /** What the bid says: the opening sheet, else words, else figures. */
  readonly statedTotalFen: number
  /** Null where the words can't be read: then figures stand and the committee is told. */
  readonly wordsTotalFen: number | null
  readonly correctedTotalFen: number
  /** In the order applied. */
  readonly applied: readonly CorrectionRule[]
}

export type CorrectionRule =
  | 'openingSheetOverBid'
  | 'wordsOverFigures'
  | 'totalOverMisplacedDecimal'
  | 'unitPriceOverTotal'

/** @param quoted items may be empty: a lump sum has only its total */
export function arithmeticCorrection(quoted: {
  readonly items: readonly QuotedItem[]
  readonly figuresTotalFen: number
  readonly wordsTotal?: string
  readonly openingSheetTotalFen?: number
}): Correction {
  const words = quoted.wordsTotal === undefined ? null : parseWords(quoted.wordsTotal)
  const wordsTotalFen = words && 'fen' in words ? words.fen : null
  const items = quoted.items.map(correctedItem)
  const bidTotalFen = wordsTotalFen ?? quoted.figuresTotalFen
  const statedTotalFen = quoted.openingSheetTotalFen ?? bidTotalFen
  const sum = items.reduce((total, item) => total + item.totalFen, 0)
  const correctedTotalFen = items.length > 0 ? sum : statedTotalFen
  const isUsed = (correction: CorrectedItem['correction']) =>
    items.some((item) => item.correction === correction)
  const applied: CorrectionRule[] = []
  if (statedTotalFen !== bidTotalFen) applied.push('openingSheetOverBid')
  if (bidTotalFen !== quoted.figuresTotalFen) applied.push('wordsOverFigures')
  if (isUsed('totalOverMisplacedDecimal')) applied.push('totalOverMisplacedDecimal')
  if (isUsed('unitPriceOverTotal') || correctedTotalFen !== statedTotalFen)
    applied.push('unitPriceOverTotal')
  return {
    items,
    correctedItems: items.filter((i) => i.correction !== 'none').map((i) => i.item),
    statedTotalFen,
    wordsTotalFen,
    correctedTotalFen,
    applied,
  }
}

/** A total that is the product shifted by a power of ten has a misplaced decimal in its unit price. */
function correctedItem(item: QuotedItem): CorrectedItem {
  const product = Rational.parse(item.quantity).times(Rational.of(item.unitPriceFen))
  const totalFen = product.round(0).toInteger()
  if (totalFen === item.statedTotalFen) return { ...item, totalFen, correction: 'none' }
  if (isPowerOfTen(product, Rational.of(item.statedTotalFen)))
    return { ...item, totalFen: item.statedTotalFen, correction: 'totalOverMisplacedDecimal' }
  return { ...item, totalFen, correction: 'unitPriceOverTotal' }
}

function isPowerOfTen(a: Rational, b: Rational): boolean {
  if (a.sign() <= 0 || b.sign() <= 0) return false
  const ratio = a.isLess(b) ? b.dividedBy(a) : a.dividedBy(b)
  return /^10+$/.test(ratio.toText())
}

/**
 * What a correction means for the bid. A price that was over the ceiling isn't lifted into
 * acceptance by being corrected; a corrected price over the ceiling is over it.
 */
export function correctionStanding(
  correction: Pick<Correction, 'statedTotalFen' | 'correctedTotalFen'>,
  ceilingFen: number | undefined,
  confirmation: 'confirmed' | 'refused' | 'open',
): 'stands' | 'waitsForBidder' | 'invalid' | 'aboveCeiling' {
  const highest = Math.max(correction.statedTotalFen, correction.correctedTotalFen)
  if (ceilingFen !== undefined && highest > ceilingFen) return 'aboveCeiling'
  if (correction.statedTotalFen === correction.correctedTotalFen) return 'stands'
  if (confirmation === 'refused') return 'invalid'
  return confirmation === 'confirmed' ? 'stands' : 'waitsForBidder'
}
