import { Rational } from '../../../server/kernel/rational.ts'
import { decimalText } from '../../../server/tendering/project/document-price.ts'
import type { DemoInput } from './input.ts'

/**
 * What the sheets of a folder must hold, by the rules of `examples/README.md`: a vote on each item
 * of each bid that comes so far, and a score within its item's bounds for each that is left.
 * @returns what is wrong first, by file and row, or null
 */
export function sheetsProblem(input: DemoInput): string | null {
  const { tender, bids, experts, sheets } = input
  const problem = rowsProblem(input)
  if (problem) return problem
  if (bids.length < 3) return null // nothing is opened, so nothing is judged
  const isPurchasers = tender.category === 'governmentProcurement'
  const items = (group: 'qualification' | 'responsiveness') => tender[group].map((i) => i.id)
  const rejected = new Set<string>()
  const left = () => bids.map((b) => b.id).filter((id) => !rejected.has(id))
  const isTooFew = () => left().length < (isPurchasers ? 3 : 1)
  const judge = (bid: string, item: string, votes: (boolean | undefined)[], of: string) => {
    if (votes.includes(undefined)) return `sheets.json: ${of} has no vote on ${item} of ${bid}`
    if (votes.filter((v) => v === false).length * 2 > votes.length) rejected.add(bid)
    return null
  }
  for (const group of ['qualification', 'responsiveness'] as const) {
    const byPurchaser = isPurchasers && group === 'qualification'
    for (const bid of left())
      for (const item of items(group)) {
        const rows = byPurchaser
          ? [sheets.purchaserReview?.find((r) => r.bid === bid)]
          : experts.map(({ id }) => sheets.review.find((r) => r.expert === id && r.bid === bid))
        const votes = rows.map((row) => (row as Votes | undefined)?.[group]?.[item])
        const seat = experts[votes.indexOf(undefined)]?.id ?? ''
        const problem = judge(bid, item, votes, byPurchaser ? 'purchaserReview' : seat)
        if (problem) return problem
      }
    if (isTooFew()) return null
  }
  for (const bid of left())
    for (const { id } of experts) {
      const row = sheets.scores.find((r) => r.expert === id && r.bid === bid)
      for (const item of tender.scoring.items) {
        const points = row?.scores[item.id]
        const where = `sheets.json: scores: ${item.id} of ${id} for ${bid}`
        if (points === undefined) return `${where} is missing`
        const problem = pointsProblem(points, item)
        if (problem) return `${where} ${problem}`
      }
    }
  return null
}

/** Rows that speak of one bid, seat and item each, once, and of such as there are. */
function rowsProblem({ tender, bids, experts, sheets }: DemoInput): string | null {
  const ids = (rows: readonly { id: string }[]) => new Set(rows.map((row) => row.id))
  const [bidIds, seats] = [ids(bids), ids(experts)]
  const groups = {
    qualification: ids(tender.qualification),
    responsiveness: ids(tender.responsiveness),
    scores: ids(tender.scoring.items),
  }
  for (const list of ['purchaserReview', 'review', 'scores'] as const) {
    const seen = new Set<string>()
    const rows: readonly SheetRow[] = sheets[list] ?? []
    for (const [i, row] of rows.entries()) {
      const where = `sheets.json: ${list}.${i}`
      if (!bidIds.has(row.bid)) return `${where}.bid: ${row.bid} is not in bids.json`
      if (row.expert !== undefined && !seats.has(row.expert))
        return `${where}.expert: ${row.expert} is not in experts.json`
      const of = JSON.stringify([row.expert, row.bid])
      if (seen.has(of)) return `${where}: ${of} is there twice`
      seen.add(of)
      for (const [group, items] of Object.entries(groups))
        for (const item of Object.keys(row[group as keyof typeof groups] ?? {}))
          if (!items.has(item)) return `${where}.${group}.${item}: tender.json has no such item`
    }
  }
  return null
}

interface SheetRow {
  readonly bid: string
  readonly expert?: string
  readonly qualification?: object
  readonly responsiveness?: object
  readonly scores?: object
}

/** What is wrong with the points given for an item: no number, beyond its bounds, or off its step. */
function pointsProblem(points: string, { max, step }: { max: string; step: string }) {
  const parsed = decimalText.safeParse(points)
  if (!parsed.success) return `is no decimal number: ${points.slice(0, 40)}`
  const given = Rational.parse(points)
  const steps = given.dividedBy(Rational.parse(step))
  const isWhole = steps.equals(steps.floor())
  if (given.compare(Rational.parse(max)) > 0 || !isWhole)
    return `is ${points}, not from 0 to ${max} in steps of ${step}`
  return null
}

type Votes = Partial<Record<'qualification' | 'responsiveness', Record<string, boolean>>>
