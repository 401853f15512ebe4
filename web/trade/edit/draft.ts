import type {
  Category,
  ObjectKind,
  TenderDocument,
  TradeMethod,
} from '../../../server/tendering/project/document.ts'
import type { Trim } from '../../../server/tendering/project/document-price.ts'
import type { StoredFile } from '../../shell/answers.ts'

/**
 * A tender document while it is being written: every field as typed, so that half a number is kept
 * too. `documentOf` makes of it what the server takes; `draftOf` the other way round.
 */
export interface DraftItem {
  id: string
  zh: string
  en: string
}
export interface DraftScore extends DraftItem {
  kind: 'technical' | 'business'
  max: string
  step: string
  objective: boolean
}
export interface DraftLine extends DraftItem {
  unit: string
  quantity: string
}
export interface DraftLot {
  id: string
  zh: string
  en: string
  ceilingPriceFen: number | null
  bondFen: number | null
  deliveryDays: string
  validityDays: string
  quotation: {
    kind: 'total' | 'unitPrices' | 'discountRate'
    lines: DraftLine[]
    asks: string[]
    taxInclusive: boolean
  }
}
export interface DraftPrice {
  formula: TenderDocument['scoring']['price']['formula']
  /** Parameters of the formula by name, as typed; lists comma-separated. */
  fields: Record<string, string>
}
export interface Draft {
  zh: string
  en: string
  category: Category
  method: TradeMethod
  objectKind: ObjectKind
  region: string
  budgetFen: number | null
  lots: DraftLot[]
  documentDays: string
  openAfterDays: string
  publicityDays: string
  qualification: DraftItem[]
  responsiveness: DraftItem[]
  price: DraftPrice
  items: DraftScore[]
  aggregation: 'mean' | 'trimmedMean' | 'median'
  tieBreak: string[]
  candidates: string
  opening: Record<
    'signInLeadMinutes' | 'decryptMinutes' | 'confirmMinutes' | 'objectionMinutes',
    string
  >
  files: StoredFile[]
}

export const newLot = (n: number): DraftLot => ({
  id: `lot-${n}`,
  zh: '',
  en: '',
  ceilingPriceFen: null,
  bondFen: 0,
  deliveryDays: '',
  validityDays: '90',
  quotation: {
    kind: 'total',
    lines: [{ id: 'total', zh: '投标总报价', en: 'Total price', unit: '', quantity: '' }],
    asks: ['deliveryDays', 'warrantyMonths', 'smallOrMicro'],
    taxInclusive: true,
  },
})

export const emptyDraft = (): Draft => ({
  zh: '',
  en: '',
  category: 'governmentProcurement',
  method: 'openTender',
  objectKind: 'goods',
  region: '371300',
  budgetFen: null,
  lots: [newLot(1)],
  documentDays: '5',
  openAfterDays: '21',
  publicityDays: '1',
  qualification: [],
  responsiveness: [],
  price: {
    formula: 'lowPriceFirst',
    fields: { weight: '30', smallBusinessDeductionPercent: '10' },
  },
  items: [],
  aggregation: 'mean',
  tieBreak: ['lowerEvaluatedPrice', 'higherTechnicalMean', 'draw'],
  candidates: '3',
  opening: {
    signInLeadMinutes: '60',
    decryptMinutes: '30',
    confirmMinutes: '10',
    objectionMinutes: '10',
  },
  files: [],
})

const text = (value: unknown) => (value === undefined || value === null ? '' : String(value))

/** The fields of a saved document, as its writer typed them. */
export function draftOf(document: TenderDocument, files: readonly StoredFile[]): Draft {
  const { scoring } = document
  const { formula, ...parameters } = scoring.price
  return {
    ...document.title,
    category: document.category,
    method: document.method,
    objectKind: document.objectKind,
    region: document.region,
    budgetFen: document.budgetFen,
    lots: document.lots.map((lot) => ({
      id: lot.id,
      ...lot.title,
      ceilingPriceFen: lot.ceilingPriceFen ?? null,
      bondFen: lot.bondFen,
      deliveryDays: text(lot.deliveryDays),
      validityDays: text(lot.validityDays),
      quotation: {
        kind: lot.quotation.kind,
        lines: lot.quotation.lines.map((line) => ({
          id: line.id,
          zh: line.zh,
          en: line.en,
          unit: line.unit ?? '',
          quantity: line.quantity ?? '',
        })),
        asks: [...lot.quotation.asks],
        taxInclusive: lot.quotation.taxInclusive,
      },
    })),
    documentDays: text(document.documentDays),
    openAfterDays: text(document.openAfterDays),
    publicityDays: text(document.publicityDays),
    qualification: document.qualification.map(({ id, zh, en }) => ({ id, zh, en })),
    responsiveness: document.responsiveness.map(({ id, zh, en }) => ({ id, zh, en })),
    price: { formula, fields: priceFields(parameters) },
    items: scoring.items.map((item) => ({ ...item })),
    aggregation: scoring.expertAggregation,
    tieBreak: [...scoring.tieBreak],
    candidates: text(scoring.candidates),
    opening: {
      signInLeadMinutes: text(document.opening.signInLeadMinutes),
      decryptMinutes: text(document.opening.decryptMinutes),
      confirmMinutes: text(document.opening.confirmMinutes),
      objectionMinutes: text(document.opening.objectionMinutes),
    },
    files: files.map((file) => ({ ...file })),
  }
}

/** Parameters as typed: plain ones as text, lists joined; what has a form of its own is left out. */
function priceFields(parameters: Record<string, unknown>): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(parameters)) {
    if (name === 'points')
      fields.points = (value as { ratioPercent: string; score: string }[])
        .map((point) => `${point.ratioPercent}:${point.score}`)
        .join(', ')
    else if (name === 'trim') fields.dropEach = dropOf(value as Trim)
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
      fields[name] = value.join(', ')
    else if (typeof value === 'string' || typeof value === 'number') fields[name] = String(value)
  }
  return fields
}

/** `5:1, 10:2`: from five bids one each, from ten two. A range of prices has no field here. */
const dropOf = (trim: Trim) =>
  trim.kind === 'count' ? trim.table.map((row) => `${row.fromBids}:${row.drop}`).join(', ') : ''
