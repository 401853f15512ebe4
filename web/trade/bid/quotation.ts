import type { Json } from '../../../server/formats/jcs.ts'
import { Rational } from '../../../server/kernel/rational.ts'
import type {
  Quotation,
  QuotationForm,
} from '../../../server/tendering/project/document-quotation.ts'
import {
  offerProblems,
  type QuotationProblem,
  quotedFen,
} from '../../../server/tendering/project/rules-quotation.ts'

/** What stands in the form of the price list, as typed; it is sealed only once it is whole. */
export interface QuotationDraft {
  /** By line id, integer fen; null while nothing readable stands there. */
  readonly fen: Readonly<Record<string, number | null>>
  readonly discountPercent: string
  readonly deliveryDays: string
  readonly warrantyMonths: string
  readonly quality: string
  readonly brand: string
  readonly smallOrMicro: boolean | null
}

export const emptyQuotation: QuotationDraft = {
  fen: {},
  discountPercent: '',
  deliveryDays: '',
  warrantyMonths: '',
  quality: '',
  brand: '',
  smallOrMicro: null,
}

const whole = (text: string): number | undefined => {
  const trimmed = text.trim()
  return /^\d{1,6}$/.test(trimmed) ? Number(trimmed) : undefined
}
const decimalText = (text: string): string | undefined => {
  const trimmed = text.trim()
  return /^(0|[1-9]\d{0,2})(\.\d{1,4})?$/.test(trimmed) ? trimmed : undefined
}

/** The quotation as it will be sealed: lines and terms that the form asks for, as far as readable. */
export function quotationOf(form: QuotationForm, draft: QuotationDraft): Quotation {
  const lines = form.lines.flatMap(({ id }) => {
    const fen = draft.fen[id]
    return fen === null || fen === undefined ? [] : [{ id, fen }]
  })
  const asks = (term: (typeof form.asks)[number]) => form.asks.includes(term)
  const discountPercent =
    form.kind === 'discountRate' ? decimalText(draft.discountPercent) : undefined
  const deliveryDays = asks('deliveryDays') ? whole(draft.deliveryDays) : undefined
  const warrantyMonths = asks('warrantyMonths') ? whole(draft.warrantyMonths) : undefined
  const quality = asks('quality') ? draft.quality.trim() : ''
  const brand = asks('brand') ? draft.brand.trim() : ''
  const smallOrMicro = asks('smallOrMicro') ? draft.smallOrMicro : null
  return {
    lines,
    ...(discountPercent === undefined ? {} : { discountPercent }),
    ...(deliveryDays === undefined ? {} : { deliveryDays }),
    ...(warrantyMonths === undefined ? {} : { warrantyMonths }),
    ...(quality === '' ? {} : { quality: quality.normalize('NFC') }),
    ...(brand === '' ? {} : { brand: brand.normalize('NFC') }),
    ...(smallOrMicro === null ? {} : { smallOrMicro }),
  }
}

/** The draft that gives a quotation again: an opened bid that is to be replaced. */
export function draftOfQuotation(quotation: Quotation): QuotationDraft {
  return {
    fen: Object.fromEntries(quotation.lines.map(({ id, fen }) => [id, fen])),
    discountPercent: quotation.discountPercent ?? '',
    deliveryDays: String(quotation.deliveryDays ?? ''),
    warrantyMonths: String(quotation.warrantyMonths ?? ''),
    quality: quotation.quality ?? '',
    brand: quotation.brand ?? '',
    smallOrMicro: quotation.smallOrMicro ?? null,
  }
}

export interface QuotationState {
  readonly quotation: Quotation
  readonly problems: readonly QuotationProblem[]
  /** The compared price; null while the quotation is not whole. */
  readonly totalFen: number | null
  /** It warns, and never blocks sealing. */
  readonly isOverCeiling: boolean
}

export function quotationState(
  form: QuotationForm,
  ceilingFen: number | undefined,
  draft: QuotationDraft,
): QuotationState {
  const quotation = quotationOf(form, draft)
  const problems = offerProblems(form, quotation)
  const isPriced = problems.every(
    ({ problem }) => problem === 'term-missing' || problem === 'price-not-positive',
  )
  const totalFen = isPriced ? totalOf(form, quotation) : null
  const isOverCeiling = totalFen !== null && ceilingFen !== undefined && totalFen > ceilingFen
  return { quotation, problems, totalFen, isOverCeiling }
}

/** Null past what can be written exactly; `total-too-large` says so once all terms are there. */
function totalOf(form: QuotationForm, quotation: Quotation): number | null {
  try {
    return quotedFen(form, quotation)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Amount of one line with its published quantity; null while it has no price. */
export function lineFen(
  form: QuotationForm,
  id: string,
  fen: number | null | undefined,
): number | null {
  if (fen === null || fen === undefined) return null
  const quantity = form.lines.find((line) => line.id === id)?.quantity
  if (form.kind !== 'unitPrices' || quantity === undefined) return fen
  const total = Rational.of(fen).times(Rational.parse(quantity)).round(0)
  return total.numerator > BigInt(Number.MAX_SAFE_INTEGER) ? null : total.toInteger()
}

export const asJson = (quotation: Quotation): Json => quotation as unknown as Json
