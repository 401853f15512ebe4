import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { fromUtf8 } from '../../../server/formats/bytes.ts'
import { parseJson } from '../../../server/formats/json.ts'
import { productSizes } from '../../../server/sealing/index.ts'
import { tenderFile } from '../../../server/tendering/project/document.ts'
import { folderProblem, textProblem } from './folder.ts'

/** A folder of `npm run demo` that cannot be played; the message names file and field. */
export class BadFolder extends Error {}

const bid = z.strictObject({
  id: z.string().min(1),
  bidder: z.string().min(1),
  smallOrMicro: z.boolean().default(false),
  priceFen: z.int().nonnegative(),
  // The bounds of a quotation: beyond them a bid is sealed, and then cannot be opened.
  deliveryDays: z.int().min(0).max(36_500),
  warrantyMonths: z.int().min(0).max(1_200),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(255),
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
const sheets = z.strictObject({
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

/** JSON in which no reader can see another value: no repeated keys, no number that is not kept. */
function readJson(file: string, text: string): unknown {
  const parsed = parseJson(text, { maxBytes: 64 * 1024 * 1024, maxDepth: 32 })
  if (parsed.problem === undefined) return parsed.value
  const before = text.slice(0, parsed.offset ?? 0)
  const line = before.split('\n').length
  const key =
    /"([^"]{0,64})"\s*:?\s*$/.exec(before) ?? /^\s*"([^"]{0,64})"/.exec(text.slice(before.length))
  const name = key?.[1]
  throw new BadFolder(`${file}: ${name ? `${name}: ` : ''}line ${line}: ${parsed.problem}`)
}

function readPart<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = path.join(folder, name)
  let text: string
  try {
    text = fromUtf8(fs.readFileSync(file))
  } catch {
    throw new BadFolder(`${file}: cannot be read as UTF-8`)
  }
  const json = readJson(file, text.replace(/^\ufeff/, ''))
  const broken = textProblem(json)
  if (broken) throw new BadFolder(`${file}: ${broken}`)
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
  const problem = folderProblem(input)
  if (problem) throw new BadFolder(path.join(folder, problem))
  return input
}
