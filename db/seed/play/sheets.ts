import type { DemoInput } from './input.ts'

/**
 * What the sheets of a folder must hold, by the rules of `examples/README.md`: a vote on each item
 * of each bid that comes so far, and a score within its item's bounds for each that is left.
 * @returns what is wrong first, by file and row, or null
 */
export function sheetsProblem({ tender, bids, experts, sheets }: DemoInput): string | null {
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
        if (!/^\d+(\.\d+)?$/.test(points)) return `${where} is no decimal number: ${points}`
      }
    }
  return null
}

type Votes = Partial<Record<'qualification' | 'responsiveness', Record<string, boolean>>>
