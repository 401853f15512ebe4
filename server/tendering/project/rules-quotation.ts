import { fenMax } from '../../kernel/money.ts'
import { Rational } from '../../kernel/rational.ts'
import type { TenderDocument } from './document.ts'
import type { Quotation, QuotationForm } from './document-quotation.ts'
import type { Finding } from './finding.ts'

/**
 * A quotation against the form of its lot, and the one price that is compared. The form is judged when
 * the document is; a quotation before sealing, and again when it is opened (`quotation-invalid`).
 * @source 财政部令第87号 art. 41 ○
 */
export interface QuotationProblem {
  readonly problem:
    | 'line-missing'
    | 'line-unknown'
    | 'line-repeated'
    | 'discount-missing'
    | 'discount-range'
    | 'term-missing'
    | 'total-too-large'
    | 'price-not-positive'
  /** Line id, or name of the term. */
  readonly field: string
}

/** Everything in which the quotation doesn't follow the form; an empty list is in order. */
export function quotationProblems(form: QuotationForm, quotation: Quotation): QuotationProblem[] {
  const problems: QuotationProblem[] = []
  const ids = quotation.lines.map((line) => line.id)
  for (const { id } of form.lines)
    if (!ids.includes(id)) problems.push({ problem: 'line-missing', field: id })
  for (const [i, id] of ids.entries()) {
    if (!form.lines.some((line) => line.id === id))
      problems.push({ problem: 'line-unknown', field: id })
    if (ids.indexOf(id) !== i) problems.push({ problem: 'line-repeated', field: id })
  }
  if (form.kind === 'discountRate') {
    const { discountPercent } = quotation
    if (discountPercent === undefined)
      problems.push({ problem: 'discount-missing', field: 'discountPercent' })
    else if (!Rational.parse(discountPercent).isLess(Rational.of(100)))
      problems.push({ problem: 'discount-range', field: 'discountPercent' })
  }
  for (const term of form.asks)
    if (quotation[term] === undefined) problems.push({ problem: 'term-missing', field: term })
  if (problems.length === 0 && isTooLarge(form, quotation))
    problems.push({ problem: 'total-too-large', field: 'lines' })
  return problems
}

/**
 * What also keeps a bidder from sealing: a price of zero is no offer, and the committee would have to
 * reject it. One that was sealed all the same is opened, read out and rejected: it is not unopened.
 * @source 招标投标法实施条例 art. 51(6); 财政部令第87号 art. 63(5) ○
 */
export function offerProblems(form: QuotationForm, quotation: Quotation): QuotationProblem[] {
  const problems = quotationProblems(form, quotation)
  if (problems.some(({ problem }) => problem !== 'term-missing') || form.kind === 'discountRate')
    return problems
  const isPriced = lineTotals(form, quotation).some((line) => line.sign() > 0)
  return isPriced ? problems : [...problems, { problem: 'price-not-positive', field: 'lines' }]
}

/**
 * The price of a quotation that is in order: Σ of the lines, each unit price × published quantity
 * rounded half up to the fen.
 * @throws RangeError where `quotationProblems` finds something
 */
export function quotedFen(form: QuotationForm, quotation: Quotation): number {
  return lineTotals(form, quotation)
    .reduce((sum, line) => sum.plus(line), Rational.zero)
    .toInteger()
}

function isTooLarge(form: QuotationForm, quotation: Quotation): boolean {
  return Rational.of(fenMax).isLess(Rational.sum(lineTotals(form, quotation)))
}

function lineTotals(form: QuotationForm, quotation: Quotation): Rational[] {
  return form.lines.map(({ id, quantity }) => {
    const line = quotation.lines.find((row) => row.id === id)
    if (!line) throw new RangeError(`no line ${id}`)
    const unit = Rational.of(line.fen)
    return form.kind === 'unitPrices' && quantity !== undefined
      ? unit.times(Rational.parse(quantity)).round(0)
      : unit
  })
}

/** Forms that don't fit the price formula, or lines that can't be added up. */
export function checkQuotationForms({ lots, scoring }: TenderDocument): Finding[] {
  return lots.flatMap((lot, i): Finding[] => {
    const { kind, lines } = lot.quotation
    const isDiscount = scoring.price.formula === 'discountRate'
    const ids = lines.map((line) => line.id)
    const isSound =
      isDiscount === (kind === 'discountRate') &&
      new Set(ids).size === ids.length &&
      (kind !== 'unitPrices' || lines.every((line) => line.quantity !== undefined))
    if (isSound) return []
    return [
      {
        rule: 'quotationFitsFormula',
        source: 'M87 20',
        zh: '报价表与价格评审公式不符，或报价行缺数量、编号重复',
        en: 'The quotation form does not fit the formula, or a line lacks its quantity',
        fields: [`lots.${i}.quotation`, 'scoring.price.formula'],
        change: 'none',
      },
    ]
  })
}
