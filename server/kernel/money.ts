import { Rational } from './rational.ts'

/**
 * Money is integer fen 分, a safe integer that is not negative; a hundred fen are a yuan 元. Figures
 * are grouped by thousands with two places; what cannot be read as meant is refused by a named
 * problem, never guessed.
 */

export const fenMax = Number.MAX_SAFE_INTEGER

export type AmountProblem = 'amount-unreadable' | 'amount-too-precise' | 'amount-too-large'
export type Amount = { fen: number } | { problem: AmountProblem }

/** @throws RangeError unless the value is a safe integer and not negative */
export function assertFen(fen: number): number {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`not an amount in fen: ${fen}`)
  return fen
}

/** Named rounding point: to whole fen, half up. */
export function roundToFen(value: Rational): number {
  return assertFen(value.round(0).toInteger())
}

/** Σ of amounts. @throws RangeError past 2^53 − 1 */
export function sumFen(amounts: readonly number[]): number {
  return Rational.sum(amounts.map((fen) => Rational.of(assertFen(fen)))).toInteger()
}

/** 273100000 → `2,731,000.00`. */
export function formatYuan(fen: number): string {
  const text = Rational.of(assertFen(fen), 100).toFixed(2)
  const [whole, fraction] = text.split('.')
  return `${grouped(whole!)}.${fraction}`
}

/** 28600000000 → `28,600.00` in 万元; further places only where they are not zero, so it is exact. */
export function formatTenThousandYuan(fen: number): string {
  const [whole, fraction] = Rational.of(assertFen(fen), 1_000_000).toFixed(6).split('.')
  return `${grouped(whole!)}.${fraction!.slice(0, 2)}${fraction!.slice(2).replace(/0+$/, '')}`
}

/** 273100000 → `2731000.00`, for data exchange (OCDS, spreadsheets). */
export function yuanText(fen: number): string {
  return Rational.of(assertFen(fen), 100).toFixed(2)
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/**
 * Reads figures in yuan, or in 万元 or 亿元 where the text says so. Full-width characters, a leading ¥,
 * RMB, CNY or 人民币 and a trailing 元 are read; thousands must be grouped rightly or not at all; more
 * than two places of a yuan are refused unless they are zeros.
 */
export function parseFigures(input: string): Amount {
  const text = halfWidth(input).trim()
  const match =
    /^(?:¥|RMB|CNY|人民币)?\s*(\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.(\d{1,12}))?\s*(万|亿)?(?:元|圆)?$/i.exec(
      text,
    )
  if (!match) return { problem: 'amount-unreadable' }
  const decimal = `${match[1]!.replaceAll(',', '')}${match[2] ? `.${match[2]}` : ''}`
  const unit = match[3] === '万' ? 10_000 : match[3] === '亿' ? 100_000_000 : 1
  if (match[3] && !/[元圆]$/.test(text)) return { problem: 'amount-unreadable' }
  const fen = Rational.parse(decimal).times(Rational.of(unit * 100))
  if (fen.denominator !== 1n) return { problem: 'amount-too-precise' }
  if (fen.numerator > BigInt(fenMax)) return { problem: 'amount-too-large' }
  return { fen: fen.toInteger() }
}

/** Full-width ASCII forms, the full-width ¥ and the ideographic space as their plain forms. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('\uffe5', '¥')
    .replaceAll('\u3000', ' ')
}
