import { Rational } from '../../kernel/rational.ts'

/**
 * Policy deductions 政策性价格扣除: the evaluated price ranks, the contract is made at the bid price.
 * @source 财库〔2020〕46号, 〔2022〕19号 ◐; 国办发〔2025〕34号 ◐
 */
export type Stacking = 'sumOfRates' | 'productOfRates'

/**
 * Bid price × (1 − rate), exact; several policies add or multiply as the document says.
 * @param percents decimal text, each below 100
 * @throws RangeError where the rates take the whole price or more: the document is checked before
 */
export function evaluatedPrice(
  priceFen: number,
  percents: readonly string[],
  stacking: Stacking = 'sumOfRates',
): Rational {
  const hundred = Rational.of(100)
  const rates = percents.map((percent) => Rational.parse(percent).dividedBy(hundred))
  const left =
    stacking === 'sumOfRates'
      ? Rational.one.minus(Rational.sum(rates))
      : rates.reduce((part, rate) => part.times(Rational.one.minus(rate)), Rational.one)
  if (left.sign() <= 0) throw new RangeError('deductions of 100 percent or more')
  return Rational.of(priceFen).times(left)
}
