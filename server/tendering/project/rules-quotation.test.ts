import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fenMax } from '../../kernel/money.ts'
import { documentOf, type TenderDocumentInput, tenderDocument, tenderFile } from './document.ts'
import { oneTotal, quotation, quotationForm } from './document-quotation.ts'
import { checkScoring } from './rules-document.ts'
import { offerProblems, quotationProblems, quotedFen } from './rules-quotation.ts'

const line = (id: string, quantity?: string) => ({
  id,
  zh: id,
  en: id,
  ...(quantity ? { quantity } : {}),
})
const terms = { deliveryDays: 45, warrantyMonths: 36, smallOrMicro: false }
const units = quotationForm.parse({
  kind: 'unitPrices',
  lines: [line('a', '8.5'), line('b', '3')],
  asks: [],
})

describe('a quotation', () => {
  test('of one total is that total', () => {
    const one = quotation.parse({ lines: [{ id: 'total', fen: 246880000 }], ...terms })
    expect(quotationProblems(oneTotal, one)).toEqual([])
    expect(quotedFen(oneTotal, one)).toBe(246880000)
  })

  test('of unit prices is Σ unit price × published quantity, each line to the fen, half up', () => {
    const prices = quotation.parse({
      lines: [
        { id: 'a', fen: 1 },
        { id: 'b', fen: 9999900 },
      ],
    })
    expect(quotationProblems(units, prices)).toEqual([])
    expect(quotedFen(units, prices)).toBe(9 + 29999700)
  })

  test('with a line missing, unknown or repeated is told all of it', () => {
    const wrong = quotation.parse({
      lines: [
        { id: 'a', fen: 1 },
        { id: 'a', fen: 2 },
        { id: 'x', fen: 3 },
      ],
    })
    expect(quotationProblems(units, wrong)).toEqual([
      { problem: 'line-missing', field: 'b' },
      { problem: 'line-repeated', field: 'a' },
      { problem: 'line-unknown', field: 'x' },
    ])
  })

  test('without a term that is asked for, or past 2^53 fen, is not in order', () => {
    const one = quotation.parse({
      lines: [{ id: 'total', fen: 1 }],
      deliveryDays: 1,
      smallOrMicro: true,
    })
    expect(quotationProblems(oneTotal, one)).toEqual([
      { problem: 'term-missing', field: 'warrantyMonths' },
    ])
    const large = quotation.parse({
      lines: [
        { id: 'a', fen: fenMax },
        { id: 'b', fen: 0 },
      ],
    })
    expect(quotationProblems(units, large)).toEqual([
      { problem: 'total-too-large', field: 'lines' },
    ])
  })

  test('of zero follows its form, and is no offer: it is not sealed', () => {
    const zero = quotation.parse({ lines: [{ id: 'total', fen: 0 }], ...terms })
    expect(quotationProblems(oneTotal, zero)).toEqual([])
    expect(offerProblems(oneTotal, zero)).toEqual([
      { problem: 'price-not-positive', field: 'lines' },
    ])
    const oneFree = quotation.parse({
      lines: [
        { id: 'a', fen: 0 },
        { id: 'b', fen: 1 },
      ],
    })
    expect(offerProblems(units, oneFree)).toEqual([])
    expect(offerProblems(units, quotation.parse({ lines: [{ id: 'a', fen: 0 }] }))).toEqual([
      { problem: 'line-missing', field: 'b' },
    ])
  })

  test('of a discount says it in percent, below 100', () => {
    const form = quotationForm.parse({ kind: 'discountRate', lines: [line('total')], asks: [] })
    const of = (discountPercent?: string) =>
      quotationProblems(
        form,
        quotation.parse({ lines: [{ id: 'total', fen: 0 }], discountPercent }),
      )
    expect(of('12.5')).toEqual([])
    expect(of()).toEqual([{ problem: 'discount-missing', field: 'discountPercent' }])
    expect(of('100')).toEqual([{ problem: 'discount-range', field: 'discountPercent' }])
  })

  test('NaN, fractions of a fen, negative amounts and exponents are refused by the schema', () => {
    for (const fen of [Number.NaN, 0.5, -1, 2 ** 53, '100', null])
      expect(quotation.safeParse({ lines: [{ id: 'total', fen }] }).success).toBe(false)
    expect(
      quotation.safeParse({ lines: [{ id: 'total', fen: 1 }], discountPercent: '1E+2' }).success,
    ).toBe(false)
  })

  test('a form that does not fit the formula is found with the document', () => {
    const url = new URL('../../../db/seed/examples/school-canteen/tender.json', import.meta.url)
    const canteen = documentOf(tenderFile.parse(JSON.parse(readFileSync(url, 'utf8'))))
    const price = { formula: 'discountRate', weight: '30' } as const
    const document = { ...canteen, scoring: { ...canteen.scoring, price } } as TenderDocumentInput
    expect(checkScoring(tenderDocument.parse(document)).map((f) => f.rule)).toEqual([
      'quotationFitsFormula',
    ])
  })
})
