import { z } from 'zod'
import { rejectionGround } from '../../tendering/project/document.ts'
import { decimalText } from '../../tendering/project/document-price.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import { reopenGrounds } from './committee.ts'

/** A motion as the API takes it. */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
const party = z.string().min(1).max(64)
const short = z.string().min(1).max(2000)
const fen = z.int().nonnegative()

export const motion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('electChair'), member: party }),
  z.strictObject({
    kind: z.literal('requestExplanation'),
    id,
    bidder: party,
    about: z.enum(['ambiguity', 'arithmetic', 'lowPrice']),
    question: short,
    minutes: z.int().min(1).max(10_080).default(wholeLimit('lowPriceExplain')),
  }),
  z.strictObject({ kind: z.literal('acceptExplanation'), request: id }),
  z.strictObject({
    kind: z.literal('rejectBid'),
    bidder: party,
    ground: rejectionGround,
    reason: short,
  }),
  z.strictObject({
    kind: z.literal('reopenSheet'),
    member: party,
    ground: z.enum(reopenGrounds),
    reason: short,
  }),
  z.strictObject({
    kind: z.literal('correctPrice'),
    id,
    bidder: party,
    items: z
      .array(
        z.strictObject({
          item: z.int().min(1).max(1000),
          quantity: decimalText,
          unitPriceFen: fen,
          statedTotalFen: fen,
        }),
      )
      .max(1000)
      .default([]),
    wordsTotal: z.string().min(1).max(200).nullable().default(null),
    reason: short,
    minutes: z.int().min(1).max(10_080).default(wholeLimit('correctionConfirm')),
  }),
  z.strictObject({ kind: z.literal('rankAgain') }),
  z.strictObject({
    kind: z.literal('failEvaluation'),
    ground: z.enum(['allRejected', 'competitionLacking', 'documentFlawed']),
    reason: short,
  }),
])
