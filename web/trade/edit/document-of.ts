import { type TenderDocument, tenderDocument } from '../../../server/tendering/project/document.ts'
import type { Draft, DraftItem, DraftPrice } from './draft.ts'
import { fieldsOf, listFields, numberFields } from './formulas.ts'

/** A field of the draft that can't stand as it is: where, and what kind of fault. */
export interface Issue {
  /** Path in the document, `lots.0.ceilingPriceFen`; the name of its field. */
  readonly path: string
  readonly code: 'missing' | 'number' | 'repeated' | 'long' | 'other'
}
export interface Made {
  readonly document: TenderDocument | null
  readonly issues: readonly Issue[]
}

const number = (value: string): number | string =>
  /^\d+$/.test(value.trim()) ? Number(value.trim()) : value.trim()
const plain = ({ id, zh, en }: DraftItem) => ({ id, zh: zh.trim(), en: en.trim() })

/** What the server takes, and everything that is not yet as it must be. */
export function documentOf(draft: Draft, base: TenderDocument | null): Made {
  const parsed = tenderDocument.safeParse(inputOf(draft, base))
  if (parsed.success) return { document: parsed.data, issues: [] }
  const issues = parsed.error.issues.map((issue): Issue => {
    const path = issue.path.join('.')
    return {
      path: fieldOf(path),
      code: codeOf(issue.code, valueAt(inputOf(draft, base), issue.path), issue.message),
    }
  })
  return {
    document: null,
    issues: issues.filter((one, i) => issues.findIndex((other) => other.path === one.path) === i),
  }
}

/** A list inside the price formula is one field here, so its faults are that field's. */
const fieldOf = (path: string) =>
  path
    .replace(/^(scoring\.price\.\w+).*$/, '$1')
    .replace(/^scoring\.price\.trim$/, 'scoring.price.dropEach')

function codeOf(code: string, value: unknown, message: string): Issue['code'] {
  if (message.includes('is there twice')) return 'repeated'
  if (value === undefined || value === null || value === '') return 'missing'
  if (Array.isArray(value) && value.length === 0) return 'missing'
  if (code === 'too_big') return 'long'
  return typeof value === 'string' && code !== 'custom' ? 'number' : 'other'
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (at === null || at === undefined ? at : (at as Record<PropertyKey, unknown>)[key]),
    input,
  )
}

/** Parts that no field here shows (windows of rounding, grounds) stay as the document had them. */
function inputOf(draft: Draft, base: TenderDocument | null): unknown {
  const ground = (item: DraftItem, from: TenderDocument['qualification'] | undefined) => {
    const before = from?.find((one) => one.id === item.id)?.ground
    return { ...plain(item), ...(before ? { ground: before } : {}) }
  }
  return {
    title: { zh: draft.zh.trim(), en: draft.en.trim() },
    category: draft.category,
    method: draft.method,
    objectKind: draft.objectKind,
    region: draft.region.trim(),
    budgetFen: draft.budgetFen ?? undefined,
    lots: draft.lots.map((lot) => ({
      id: lot.id,
      title: { zh: lot.zh.trim(), en: lot.en.trim() },
      ...(lot.ceilingPriceFen === null ? {} : { ceilingPriceFen: lot.ceilingPriceFen }),
      bondFen: lot.bondFen ?? 0,
      deliveryDays: number(lot.deliveryDays),
      validityDays: number(lot.validityDays),
      quotation: {
        kind: lot.quotation.kind,
        lines: lot.quotation.lines.map((line) => ({
          ...plain(line),
          ...(line.unit.trim() ? { unit: line.unit.trim() } : {}),
          ...(line.quantity.trim() ? { quantity: line.quantity.trim() } : {}),
        })),
        asks: lot.quotation.asks,
        taxInclusive: lot.quotation.taxInclusive,
      },
    })),
    documentDays: number(draft.documentDays),
    openAfterDays: number(draft.openAfterDays),
    publicityDays: number(draft.publicityDays),
    qualification: draft.qualification.map((item) => ground(item, base?.qualification)),
    responsiveness: draft.responsiveness.map((item) => ground(item, base?.responsiveness)),
    scoring: {
      ...(base
        ? {
            rounding: base.scoring.rounding,
            expertTrim: base.scoring.expertTrim,
            deviationAlarmPercent: base.scoring.deviationAlarmPercent,
            sameBrand: base.scoring.sameBrand,
          }
        : {}),
      total: '100',
      price: priceOf(draft.price, base?.scoring.price),
      items: draft.items.map((item) => ({
        ...plain(item),
        kind: item.kind,
        max: item.max.trim(),
        step: item.step.trim(),
        objective: item.objective,
      })),
      expertAggregation: draft.aggregation,
      tieBreak: draft.tieBreak,
      candidates: number(draft.candidates),
    },
    opening: Object.fromEntries(
      Object.entries(draft.opening).map(([name, value]) => [name, number(value)]),
    ),
  }
}

function priceOf(price: DraftPrice, base: TenderDocument['scoring']['price'] | undefined): unknown {
  const shown = new Set(fieldsOf(price.formula).map((field) => field.name))
  const kept = base?.formula === price.formula ? base : {}
  const made: Record<string, unknown> = { ...kept, formula: price.formula }
  for (const name of shown) {
    const value = price.fields[name]?.trim() ?? ''
    if (name === 'dropEach') {
      const isCount = (made.trim as { kind?: string } | undefined)?.kind === 'count'
      if (value !== '')
        made.trim = {
          kind: 'count',
          table: pairs(value).map(([from, drop]) => ({
            fromBids: number(from),
            drop: number(drop),
          })),
        }
      else if (isCount) delete made.trim
    } else if (value === '') delete made[name]
    else if (name === 'points')
      made.points = pairs(value).map(([ratioPercent, score]) => ({ ratioPercent, score }))
    else if (listFields.has(name)) made[name] = split(value)
    else made[name] = numberFields.has(name) ? number(value) : value
  }
  return made
}

/** `5:1, 10:2` */
const pairs = (value: string): [string, string][] =>
  split(value).map((pair) => {
    const [left = '', right = ''] = pair.split(/[:：]/)
    return [left.trim(), right.trim()]
  })

const split = (value: string) =>
  value
    .split(/[,，、\s]+/)
    .map((part) => part.trim())
    .filter(Boolean)
