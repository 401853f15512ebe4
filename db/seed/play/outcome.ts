import { canonicalize } from '../../../server/formats/jcs.ts'
import type { Cast } from './cast.ts'
import { type Desk, readDesk } from './evaluation.ts'
import type { Published } from './tendering.ts'

/** The outcome of a played trade, in the form of `expected.json`. */
export type Outcome = Readonly<Record<string, unknown>>

interface ReportShape {
  readonly rejections: readonly {
    bidder: string
    phase: string
    item: string | null
    by: string
    votes: unknown
  }[]
  readonly notRejected: readonly { bid: string }[]
  readonly benchmarkFen: number | null
  readonly ranking: readonly { bid: string }[]
  readonly candidates: readonly string[]
}

/** Reads the outcome as the regulator sees it; bidders are named as in `bids.json`. */
export async function readOutcome(cast: Cast, p: Published): Promise<Outcome> {
  const desk = await readDesk(cast.regulator, p.lot)
  const ids = new Map([...cast.bidders].map(([id, b]) => [b.identity?.party.id as string, id]))
  const name = (party: string) => ids.get(party) ?? party
  const report = desk.report?.report as ReportShape | undefined
  const rejected = rejections(desk).map(({ bidder, ...row }) => ({ bid: name(bidder), ...row }))
  if (!report) return { rejected, notRejected: [], ranking: [], candidates: [] }
  return {
    rejected,
    ...(report.benchmarkFen === null ? {} : { benchmarkFen: report.benchmarkFen }),
    notRejected: report.notRejected.map((row) => ({ ...row, bid: name(row.bid) })),
    ranking: report.ranking.map((row) => ({ ...row, bid: name(row.bid) })),
    candidates: report.candidates.map(name),
  }
}

function rejections(desk: Desk) {
  return desk.bids.flatMap((bid) =>
    bid.rejected.map(({ phase, item, votes, by }) => ({
      bidder: bid.party,
      at: phase,
      ...(item === null ? {} : { item }),
      ...(votes ? { votes } : {}),
      by,
    })),
  )
}

/** Arrays whose order counts; all others are sets. */
const ordered = new Set(['ranking', 'candidates'])

/**
 * Where an outcome differs from what was expected; only fields that are expected are compared, in
 * rows too: a rank that hangs on a draw is not in the file.
 * @returns a line a difference, empty where all agrees
 */
export function differences(expected: Outcome, found: Outcome): string[] {
  return Object.entries(expected).flatMap(([field, wanted]) => {
    const given = found[field] ?? null
    if (!Array.isArray(wanted)) return holds(wanted, given) ? [] : [said(field, wanted, given)]
    if (!Array.isArray(given)) return [said(field, wanted, given)]
    return ordered.has(field) ? inOrder(field, wanted, given) : asSets(field, wanted, given)
  })
}

const said = (field: string, wanted: unknown, given: unknown) =>
  `${field}: expected ${JSON.stringify(wanted ?? null)}, found ${JSON.stringify(given ?? null)}`

function inOrder(field: string, wanted: unknown[], given: unknown[]): string[] {
  return Array.from({ length: Math.max(wanted.length, given.length) }, (_, i) => i)
    .filter((i) => i >= wanted.length || i >= given.length || !holds(wanted[i], given[i]))
    .map((i) => said(`${field} ${i + 1}`, wanted[i], given[i]))
}

function asSets(field: string, wanted: unknown[], given: unknown[]): string[] {
  const left = [...given]
  const missing = wanted.filter((row) => {
    const at = left.findIndex((one) => holds(row, one))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [
    ...missing.map((row) => said(field, row, null)),
    ...left.map((row) => said(field, null, row)),
  ]
}

/** Whether everything that is wanted is given. */
function holds(wanted: unknown, given: unknown): boolean {
  const isObject = (v: unknown): v is Outcome =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
  if (isObject(wanted) && isObject(given))
    return Object.entries(wanted).every(([name, value]) => holds(value, given[name]))
  return canonicalize((wanted ?? null) as never) === canonicalize((given ?? null) as never)
}
