import { z } from 'zod'
import { rejectionGround } from '../../tendering/project/document.ts'
import { reopenGrounds } from './committee.ts'

/** A motion as the API takes it. */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
const party = z.string().min(1).max(64)
const short = z.string().min(1).max(2000)

export const motion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('electChair'), member: party }),
  z.strictObject({
    kind: z.literal('requestExplanation'),
    id,
    bidder: party,
    about: z.enum(['ambiguity', 'arithmetic', 'lowPrice']),
    question: short,
    minutes: z.int().min(1).max(10_080).default(30),
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
    kind: z.literal('failEvaluation'),
    ground: z.enum(['allRejected', 'competitionLacking']),
    reason: short,
  }),
])
