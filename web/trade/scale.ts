/** An amount so far from what it is measured by that yuan and ten thousand yuan may be mixed up. */
export interface ScaleDoubt {
  readonly fen: number
  readonly referenceFen: number
  readonly of: 'ceiling' | 'budget'
  readonly isSmall: boolean
  /** How many times the one is the other. */
  readonly times: number
}

const leastTimes = 1000

/** It asks, and refuses nothing: a price of one fen may be meant. Null where there is no doubt. */
export function scaleDoubt(
  fen: number | null,
  ceilingFen: number | null | undefined,
  budgetFen: number | null | undefined,
): ScaleDoubt | null {
  const of = ceilingFen ? 'ceiling' : 'budget'
  const referenceFen = ceilingFen || budgetFen
  if (!fen || fen < 0 || !referenceFen) return null
  const isSmall = fen < referenceFen
  const times = isSmall ? referenceFen / fen : fen / referenceFen
  if (times < leastTimes) return null
  return { fen, referenceFen, of, isSmall, times: Math.round(times) }
}

/** Less than this is bought without any tender. */
const smallBudgetFen = 1_000_000

export interface BudgetDoubt {
  readonly kind: 'ceilings' | 'small'
  readonly budgetFen: number
  /** Of all lots together. */
  readonly ceilingsFen: number
}

/** Whether budget and ceilings are of one scale, and the budget of a tender's. */
export function budgetDoubt(
  budgetFen: number | null,
  ceilings: readonly (number | null)[],
): BudgetDoubt | null {
  if (!budgetFen) return null
  const ceilingsFen = ceilings.reduce<number>((sum, fen) => sum + (fen ?? 0), 0)
  if (scaleDoubt(ceilingsFen, null, budgetFen)) return { kind: 'ceilings', budgetFen, ceilingsFen }
  return budgetFen < smallBudgetFen ? { kind: 'small', budgetFen, ceilingsFen } : null
}
