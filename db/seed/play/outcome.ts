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
 * Where an outcome differs from what was expected; only fields that are expected are compared.
 * @returns a line a difference, empty where all agrees
 */
export function differences(expected: Outcome, found: Outcome): string[] {
  return Object.entries(expected).flatMap(([field, wanted]) => {
    const given = found[field]
    const [a, b] = [normal(field, wanted), normal(field, given)]
    return a === b ? [] : [`${field}: expected ${a}, found ${b}`]
  })
}

function normal(field: string, value: unknown): string {
  if (!Array.isArray(value)) return canonicalize(value ?? null)
  const rows = value.map((row) => canonicalize(row))
  return `[${(ordered.has(field) ? rows : rows.sort()).join(',')}]`
}
