import type { Step } from '../../../server/evaluation/evaluation/explain.ts'
import { formatYuan } from '../../../server/kernel/money.ts'
import { Rational } from '../../../server/kernel/rational.ts'
import type { t as text } from '../../i18n/i18n.ts'

/** Inputs that are amounts in fen; all others are points, rates or words. */
const amounts = new Set([
  'price',
  'lowest',
  'priceFen',
  'pricesFen',
  'benchmark',
  'mean',
  'belowMean',
  'ceilingFen',
  'exactFen',
  'differenceFen',
])
/** Rules whose result is an amount in fen. */
const amountRules = new Set(['evaluatedPrice', 'mean', 'benchmark', 'secondaryMean'])

const isNumber = (value: string) => /^-?\d+(\.\d+)?(\/\d+)?$/.test(value)

function yuanOf(value: string): string {
  const [top, bottom] = value.split('/')
  const exact = bottom ? Rational.of(BigInt(top), BigInt(bottom)) : Rational.parse(top)
  return formatYuan(exact.round(0).toInteger())
}

/** A value of a step as people read it: amounts in yuan, fractions that do not end to 4 places. */
export function stepValue(step: Step, key: string, value: string): string {
  // A mean of the members' totals is points; one of prices is an amount.
  const isOfPrices = amountRules.has(step.rule) && !('totals' in step.inputs)
  const isAmount = amounts.has(key) || (isOfPrices && (key === 'result' || key === 'exact'))
  return value
    .split(' ')
    .map((one) => {
      if (!isNumber(one)) return one
      if (isAmount) return yuanOf(one)
      const [top, bottom] = one.split('/')
      return bottom ? Rational.of(BigInt(top), BigInt(bottom)).toFixed(4) : one
    })
    .join('  ')
}

/** `M87 55` as the instrument and its article; `document` is the tender document. */
export function sourceName(source: string, t: typeof text): string {
  return source
    .split(',')
    .map((part) => {
      const [code, ...rest] = part.trim().split(' ')
      if (code === 'document') return t('awarding.source.document')
      if (code === 'M87') return t('awarding.source.M87', { article: rest.join(' ') })
      if (code === 'TR') return t('awarding.source.TR', { article: rest.join(' ') })
      if (code === 'TL') return t('awarding.source.TL', { article: rest.join(' ') })
      if (code === 'SME') return t('awarding.source.SME')
      return part.trim()
    })
    .join(t('awarding.source.and'))
}
