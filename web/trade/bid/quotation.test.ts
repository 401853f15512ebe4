import { expect, test } from 'vitest'
import type { QuotationForm } from '../../../server/tendering/project/document-quotation.ts'
import { draftOfQuotation, emptyQuotation, lineFen, quotationState } from './quotation.ts'

const total: QuotationForm = {
  kind: 'total',
  lines: [{ id: 'total', zh: '总价', en: 'Total' }],
  asks: ['deliveryDays', 'smallOrMicro'],
  taxInclusive: true,
}
const units: QuotationForm = {
  kind: 'unitPrices',
  lines: [
    { id: 'stove', zh: '灶具', en: 'Stove', unit: '台', quantity: '3' },
    { id: 'pipe', zh: '管', en: 'Pipe', unit: '米', quantity: '12.5' },
  ],
  asks: [],
  taxInclusive: true,
}

test('a draft is whole once each line and each term asked for is there', () => {
  const draft = { ...emptyQuotation, fen: { total: 246_880_000 }, deliveryDays: '45' }
  expect(quotationState(total, undefined, draft).problems).toEqual([
    { problem: 'term-missing', field: 'smallOrMicro' },
  ])
  const whole = quotationState(total, undefined, { ...draft, smallOrMicro: false })
  expect(whole.problems).toEqual([])
  expect(whole.quotation).toEqual({
    lines: [{ id: 'total', fen: 246_880_000 }],
    deliveryDays: 45,
    smallOrMicro: false,
  })
})

test('a price over the ceiling warns and is whole all the same', () => {
  const draft = { ...emptyQuotation, fen: { total: 300 }, deliveryDays: '1', smallOrMicro: true }
  expect(quotationState(total, 299, draft)).toMatchObject({ isOverCeiling: true, problems: [] })
  expect(quotationState(total, 300, draft).isOverCeiling).toBe(false)
})

test('unit prices add up with their published quantities, to the fen', () => {
  const draft = { ...emptyQuotation, fen: { stove: 100_00, pipe: 3_33 } }
  expect(lineFen(units, 'pipe', 3_33)).toBe(41_63)
  expect(quotationState(units, undefined, draft).totalFen).toBe(300_00 + 41_63)
})

test('what was sealed gives the draft that seals the same again', () => {
  const draft = { ...emptyQuotation, fen: { total: 5 }, deliveryDays: '30', smallOrMicro: true }
  const { quotation } = quotationState(total, undefined, draft)
  expect(quotationState(total, undefined, draftOfQuotation(quotation)).quotation).toEqual(quotation)
})

test('a total past all bounds has no amount', () => {
  const draft = { ...emptyQuotation, fen: { stove: Number.MAX_SAFE_INTEGER, pipe: 1 } }
  expect(quotationState(units, undefined, draft).totalFen).toBeNull()
})
