import { z } from 'zod'
import { decimal, fen } from './document-price.ts'

/**
 * The quotation form 报价格式 of a lot, and what a bidder fills in: the opening sheet 开标一览表.
 * It is sealed apart from the files and becomes public at the opening; capitals are derived from
 * the figures, never typed.
 * @source 财政部令第87号 art. 41 ○; 电子招标投标办法 art. 29 ○
 */

const lineId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)

/** One line of the form: a total, or a unit price with its published quantity. */
export const quotationLine = z.strictObject({
  id: lineId,
  zh: z.string().min(1).max(200),
  en: z.string().min(1).max(200),
  /** Unit of the quantity, e.g. 台; absent: the line is a total. */
  unit: z.string().min(1).max(20).optional(),
  quantity: decimal.optional(),
})

/**
 * `total`: one line, one amount. `unitPrices`: Σ unit price × published quantity.
 * `discountRate`: the discount in percent is quoted; the price paid (100 − discount) is scored.
 */
export const quotationForm = z.strictObject({
  kind: z.enum(['total', 'unitPrices', 'discountRate']),
  lines: z.array(quotationLine).min(1).max(1000),
  /** Which terms beside the price are asked for and read out. */
  asks: z
    .array(z.enum(['deliveryDays', 'warrantyMonths', 'quality', 'brand', 'smallOrMicro']))
    .default(['deliveryDays', 'warrantyMonths', 'smallOrMicro']),
  taxInclusive: z.boolean().default(true),
})

/** What a bidder seals as `quotation`. */
export const quotation = z.strictObject({
  lines: z
    .array(z.strictObject({ id: lineId, fen }))
    .min(1)
    .max(1000),
  discountPercent: decimal.optional(),
  deliveryDays: z.int().min(0).max(36_500).optional(),
  warrantyMonths: z.int().min(0).max(1_200).optional(),
  quality: z.string().max(200).optional(),
  brand: z.string().max(100).optional(),
  /** Declaration letter 中小企业声明函 of a small or micro firm. */
  smallOrMicro: z.boolean().optional(),
  /** Share of the contract paid in advance, for reviewed lowest bid price. */
  paymentAdvancePercent: decimal.optional(),
})

export type QuotationLine = z.output<typeof quotationLine>
export type QuotationForm = z.output<typeof quotationForm>
export type Quotation = z.output<typeof quotation>

/** The form of a tender that says none: one line `total`, tax included. */
export const oneTotal: QuotationForm = {
  kind: 'total',
  lines: [{ id: 'total', zh: '投标总报价', en: 'Total price' }],
  asks: ['deliveryDays', 'warrantyMonths', 'smallOrMicro'],
  taxInclusive: true,
}
