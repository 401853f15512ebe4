import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { fromUtf8 } from '../../../server/formats/bytes.ts'
import { productSizes } from '../../../server/sealing/index.ts'
import { tenderFile } from '../../../server/tendering/project/document.ts'
import { sheetsProblem } from './sheets.ts'

/** A folder of `npm run demo` that cannot be played; the message names file and field. */
export class BadFolder extends Error {}

const bid = z.strictObject({
  id: z.string().min(1),
  bidder: z.string().min(1),
  smallOrMicro: z.boolean().default(false),
  priceFen: z.int().nonnegative(),
  deliveryDays: z.int().min(0),
  warrantyMonths: z.int().min(0),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        bytes: z.int().min(0).max(productSizes.maxFileBytes),
        seed: z.int(),
      }),
    )
    .max(200),
})
const seat = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  represents: z.enum(['pool', 'purchaser']),
  venue: z.string().regex(/^\d{6}$/),
})
const votes = z.record(z.string(), z.boolean())
const points = z.record(z.string(), z.union([z.string(), z.number()]).transform(String))
const reviewRow = z.strictObject({
  expert: z.string(),
  bid: z.string(),
  qualification: votes.optional(),
  responsiveness: votes.optional(),
  reason: z.string().nullable().optional(),
})
const sheets = z.looseObject({
  purchaserReview: z
    .array(z.strictObject({ bid: z.string(), qualification: votes, reason: z.string().nullable() }))
    .optional(),
  review: z.array(reviewRow),
  scores: z.array(z.strictObject({ expert: z.string(), bid: z.string(), scores: points })),
})

/** One whole trade to play. */
export interface DemoInput {
  readonly folder: string
  readonly tender: z.output<typeof tenderFile>
  readonly bids: readonly z.output<typeof bid>[]
  readonly experts: readonly z.output<typeof seat>[]
  readonly sheets: z.output<typeof sheets>
  readonly expected: Readonly<Record<string, unknown>> | null
}
export type BidInput = z.output<typeof bid>
export type SeatInput = z.output<typeof seat>

function readPart<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = path.join(folder, name)
  let text: string
  try {
    text = fromUtf8(fs.readFileSync(file))
  } catch {
    throw new BadFolder(`${file}: cannot be read as UTF-8`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new BadFolder(`${file}: ${(error as Error).message}`)
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new BadFolder(`${file}: ${issue.path.join('.') || 'the whole'}: ${issue.message}`)
}

/** Reads a folder. @throws BadFolder naming file and field */
export function readInput(folder: string): DemoInput {
  if (!fs.existsSync(folder)) throw new BadFolder(`${folder}: there is no such folder`)
  const expectedFile = path.join(folder, 'expected.json')
  const input: DemoInput = {
    folder,
    tender: readPart(folder, 'tender.json', tenderFile as z.ZodType<z.output<typeof tenderFile>>),
    bids: readPart(folder, 'bids.json', z.array(bid).min(1).max(1000)),
    experts: readPart(folder, 'experts.json', z.array(seat).min(1).max(50)),
    sheets: readPart(folder, 'sheets.json', sheets),
    expected: fs.existsSync(expectedFile)
      ? readPart(folder, 'expected.json', z.record(z.string(), z.unknown()))
      : null,
  }
  checkReferences(input)
  return input
}

function checkReferences(input: DemoInput): void {
  const { folder, tender, bids, experts, sheets: given } = input
  const bidIds = new Set(bids.map((b) => b.id))
  const seats = new Set(experts.map((e) => e.id))
  const rows = [...given.review, ...given.scores]
  const foreign = rows.find((r) => !bidIds.has(r.bid) || !seats.has(r.expert))
  if (foreign)
    throw new BadFolder(
      `${path.join(folder, 'sheets.json')}: ${foreign.expert}/${foreign.bid} is in no other file`,
    )
  if (tender.lots.length !== 1)
    throw new BadFolder(`${path.join(folder, 'tender.json')}: lots: one lot is played`)
  for (const [file, field, values] of [
    ['bids.json', 'id', bids.map((b) => b.id)],
    ['bids.json', 'bidder', bids.map((b) => b.bidder)],
    ['experts.json', 'id', experts.map((e) => e.id)],
  ] as const) {
    const repeated = values.find((value, i) => values.indexOf(value) !== i)
    if (repeated !== undefined)
      throw new BadFolder(`${path.join(folder, file)}: ${field}: ${repeated} is there twice`)
  }
  const problem = sheetsProblem(input)
  if (problem) throw new BadFolder(path.join(folder, problem))
}
