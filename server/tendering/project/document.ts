import { z } from 'zod'
import { decimal, fen, priceFormula } from './document-price.ts'
import { oneTotal, quotationForm } from './document-quotation.ts'
import { type LimitId, wholeLimit } from './limits-data.ts'

/**
 * The structured tender document 招标文件: what the parties agree to be judged by. Both the API and
 * `tender.json` of an example folder are read by these schemas; unknown fields are refused, numbers
 * given for weights become decimal text. What the law says about the values is in `rules.ts`.
 * @source 招标投标法 art. 19; 财政部令第87号 art. 20 ○
 */

/** A text in both languages of the house. */
export const bilingual = z.strictObject({
  zh: z.string().min(1).max(500),
  en: z.string().min(1).max(500),
})

const itemId = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,31}$/)
const regionCode = z.string().regex(/^\d{6}$/)

/** Grounds on which a bid may be rejected (TR 51; M87 63; TR 34): no ground outside this list. */
export const rejectionGround = z.enum([
  'unsignedUnsealed',
  'noJointAgreement',
  'unqualified',
  'severalBids',
  'belowCost',
  'aboveCeiling',
  'notResponsive',
  'collusionFraudBribery',
  'bondMissing',
  'signatureMissing',
  'aboveBudgetOrCeiling',
  'unacceptableCondition',
  'otherByDocument',
  'sameControl',
  'abnormallyLow',
])

/** One pass-or-fail item of the qualification or responsiveness review. */
export const reviewItem = z.strictObject({
  id: itemId,
  zh: z.string().min(1).max(500),
  en: z.string().min(1).max(500),
  /** Overrides the ground that follows from the item's group. */
  ground: rejectionGround.optional(),
})

/** One item that members score, from 0 up to `max` in steps. */
export const scoringItem = z.strictObject({
  id: itemId,
  kind: z.enum(['technical', 'business']),
  max: decimal,
  step: decimal.refine((text) => Number(text) > 0, 'a step above zero').default('0.5'),
  /** Facts and formulae: all members must give the same points. */
  objective: z.boolean().default(false),
  zh: z.string().min(1).max(500),
  en: z.string().min(1).max(500),
})

/** Keys that break a tie of rounded totals, in the order of the document. */
export const tieKey = z.enum([
  'lowerEvaluatedPrice',
  'lowerBidPrice',
  'higherTechnicalMean',
  'higherBusinessMean',
  'higherItemsMean',
  'equalRank',
  'draw',
])

export const scoringScheme = z.strictObject({
  total: decimal,
  price: priceFormula,
  items: z.array(scoringItem).max(200),
  expertAggregation: z.enum(['mean', 'trimmedMean', 'median']).default('mean'),
  /** Bounds of `trimmedMean`: how many totals are left out, and from how many members on. */
  expertTrim: z
    .strictObject({
      dropHigh: z.int().min(0).max(5),
      dropLow: z.int().min(0).max(5),
      fromExperts: z.int().min(3).max(50),
    })
    .default({ dropHigh: 1, dropLow: 1, fromExperts: 5 }),
  rounding: z
    .strictObject({
      decimals: z.int().min(0).max(8),
      mode: z.literal('halfUp').default('halfUp'),
      at: z.array(z.enum(['priceScore', 'itemsMean', 'total'])),
    })
    .default({ decimals: 2, mode: 'halfUp', at: ['priceScore', 'itemsMean', 'total'] }),
  tieBreak: z.array(tieKey).min(1).max(8).default(['lowerBidPrice', 'equalRank']),
  /** At most three candidates are recommended (TR 53). */
  candidates: z.int().min(1).max(20).default(3),
  /** Percent from which a member's total is an alarm against the mean of the others. */
  deviationAlarmPercent: decimal.default('30'),
  sameBrand: z.boolean().default(false),
})

export const lotTerms = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  title: bilingual,
  ceilingPriceFen: fen.optional(),
  bondFen: fen.default(0),
  deliveryDays: z.int().min(0).max(36_500),
  validityDays: z.int().min(1).max(3_650),
  quotation: quotationForm.default(oneTotal),
})

const window = (limit: LimitId) =>
  z
    .int()
    .min(1)
    .max(24 * 60)
    .default(wholeLimit(limit))

/** Minutes of the opening's windows; what the document leaves out is the practice. */
export const openingWindows = z.strictObject({
  signInLeadMinutes: window('signInLead'),
  decryptMinutes: window('decryptWindow'),
  confirmMinutes: window('confirmWindow'),
  objectionMinutes: window('openingObjection'),
})

export const category = z.enum(['worksTender', 'governmentProcurement'])
export const tradeMethod = z.enum(['openTender', 'invitedTender'])
export const objectKind = z.enum(['works', 'goods', 'services'])

const documentShape = {
  title: bilingual,
  category,
  method: tradeMethod,
  objectKind,
  region: regionCode,
  budgetFen: fen,
  lots: z.array(lotTerms).min(1).max(100),
  documentDays: z.int().min(0).max(3_650),
  openAfterDays: z.int().min(0).max(3_650),
  publicityDays: z.int().min(0).max(3_650),
  qualification: z.array(reviewItem).max(200),
  responsiveness: z.array(reviewItem).max(200),
  scoring: scoringScheme,
  opening: openingWindows.default(() => openingWindows.parse({})),
}

/** Ids must name one thing each: lots, items of review and scoring. */
function refuseRepeatedIds(
  document: { lots: { id: string }[]; scoring: { items: { id: string }[] } } & {
    qualification: { id: string }[]
    responsiveness: { id: string }[]
  },
  ctx: z.RefinementCtx,
): void {
  const groups: [string, { id: string }[]][] = [
    ['lots', document.lots],
    ['qualification', document.qualification],
    ['responsiveness', document.responsiveness],
    ['scoring', document.scoring.items],
  ]
  for (const [group, rows] of groups) {
    const ids = rows.map((row) => row.id)
    const repeated = ids.find((id, i) => ids.indexOf(id) !== i)
    if (repeated !== undefined)
      ctx.addIssue({ code: 'custom', path: [group], message: `id ${repeated} is there twice` })
  }
}

/** The tender document as the API takes it and `DocumentSaved` keeps it. */
export const tenderDocument = z.strictObject(documentShape).superRefine(refuseRepeatedIds)

/** `tender.json` of an example folder: the document, and the names of the parties. */
export const tenderFile = z
  .strictObject({
    ...documentShape,
    documents: z
      .array(z.strictObject({ name: z.string().min(1), describes: z.string().optional() }))
      .default([]),
    tradingCentre: z.string().min(1).max(200),
    purchaser: z.string().min(1).max(200),
    agency: z.string().min(1).max(200),
    /** Start of the trade clock; absent: 2026-03-02 09:00 +08:00. */
    startAt: z.string().optional(),
  })
  .superRefine(refuseRepeatedIds)

export type Bilingual = z.output<typeof bilingual>
export type RejectionGround = z.output<typeof rejectionGround>
export type ReviewItem = z.output<typeof reviewItem>
export type ScoringItem = z.output<typeof scoringItem>
export type TieKey = z.output<typeof tieKey>
export type ScoringScheme = z.output<typeof scoringScheme>
export type LotTerms = z.output<typeof lotTerms>
export type OpeningWindows = z.output<typeof openingWindows>
export type Category = z.output<typeof category>
export type TradeMethod = z.output<typeof tradeMethod>
export type ObjectKind = z.output<typeof objectKind>
export type TenderDocument = z.output<typeof tenderDocument>
export type TenderDocumentInput = z.input<typeof tenderDocument>
export type TenderFile = z.output<typeof tenderFile>

/** The two bodies of law: TL for works and what is tied to them, GL for budget money. */
export type Regime = 'tender' | 'governmentProcurement'

export function regimeOf(kind: Category): Regime {
  return kind === 'governmentProcurement' ? 'governmentProcurement' : 'tender'
}

/** The document inside a `tender.json`, without the names of the parties. */
export function documentOf(file: TenderFile): TenderDocument {
  const { documents, tradingCentre, purchaser, agency, startAt, ...document } = file
  return document
}
