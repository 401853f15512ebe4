import type { PriceFormula } from '../../../server/tendering/project/document-price.ts'

/** The price formulas that a document may choose, and the parameters each of them asks for. */
export type FormulaName = PriceFormula['formula']

export interface FormulaField {
  readonly name: string
  readonly kind: 'decimal' | 'list' | 'choice' | 'money'
  readonly options?: readonly string[]
  readonly optional?: boolean
}

const decimal = (name: string, optional = false): FormulaField => ({
  name,
  kind: 'decimal',
  optional,
})
const weight = decimal('weight')
const small = decimal('smallBusinessDeductionPercent', true)
const k = decimal('k', true)
const dropEach: FormulaField = { name: 'dropEach', kind: 'list', optional: true }
const scored = [
  weight,
  decimal('aboveDeductPerPercent'),
  decimal('belowDeductPerPercent'),
  decimal('minScore', true),
  dropEach,
]
const kCandidates: FormulaField = { name: 'kCandidates', kind: 'list', optional: true }
const ceilingShare = decimal('ceilingShare')
const variant = (...options: string[]): FormulaField => ({
  name: 'variant',
  kind: 'choice',
  options,
})

const fields: Readonly<Record<FormulaName, readonly FormulaField[]>> = {
  lowPriceFirst: [weight, small],
  discountRate: [weight, small],
  reverseAuction: [
    weight,
    { name: 'startFen', kind: 'money', optional: true },
    { name: 'minimumStepFen', kind: 'money', optional: true },
  ],
  lowestEvaluatedPrice: [small],
  reviewedLowestBidPrice: [
    decimal('baseDurationDays'),
    { name: 'perExtraDayFen', kind: 'money' },
    decimal('baseAdvancePercent'),
    decimal('advanceCostRate'),
  ],
  benchmarkMean: [...scored, k],
  benchmarkDrawnK: [...scored, kCandidates, k],
  compositeBenchmark: [...scored, ceilingShare, k, kCandidates],
  secondaryMean: [...scored, variant('meanOfMeanAndBelow', 'meanOfMeanAndLowest'), k],
  linearInterpolation: [weight, { name: 'points', kind: 'list' }, dropEach],
  reasonableLowPrice: [variant('closest', 'belowFirst'), dropEach, k],
  drawnMethod: [
    ...scored,
    { name: 'methodCandidates', kind: 'list' },
    kCandidates,
    decimal('ceilingShare', true),
    variant('meanOfMeanAndBelow', 'meanOfMeanAndLowest'),
  ],
}

export const formulaNames = Object.keys(fields) as FormulaName[]
export const fieldsOf = (formula: FormulaName): readonly FormulaField[] => fields[formula]
export const listFields: ReadonlySet<string> = new Set(['kCandidates', 'methodCandidates'])
export const numberFields: ReadonlySet<string> = new Set([
  'startFen',
  'minimumStepFen',
  'perExtraDayFen',
  'baseDurationDays',
])
