import type { PoolCount } from '../../../server/experts/draw/rules-pool.ts'
import type { DrawnOrder } from '../../../server/experts/draw/rules-seats.ts'
import type { DrawPlan, Stratum } from '../../../server/experts/draw/seed.ts'

/** A draw as `GET /api/lots/{lot}/draw` gives it to this viewer. */
export interface DrawPage {
  readonly lot: string
  readonly now: string
  readonly stage:
    | 'none'
    | 'preparing'
    | 'committed'
    | 'revealing'
    | 'seeded'
    | 'notifying'
    | 'complete'
  readonly may: { readonly rules: boolean; readonly ids: boolean; readonly names: boolean }
  readonly rules: DrawRules | null
  /** While the strata can be changed, to those who may: candidates of each. */
  readonly pool: readonly PoolCount[] | null
  /** The purchaser's own representatives, to the purchaser alone. */
  readonly named?: readonly { readonly id: string; readonly mandate: string }[]
  readonly committee: Committee | null
  readonly own: {
    readonly represents: 'pool' | 'purchaser'
    readonly status: 'called' | 'accepted' | 'vacant'
    readonly answerUntil: string | null
    readonly isCheckedIn: boolean
  } | null
}

export interface DrawRules {
  readonly drawId: string
  readonly strata: readonly Stratum[]
  readonly representatives: number
  readonly perEmployer: number
  readonly answerMinutes: number
  readonly candidates: Readonly<Record<string, readonly string[]>>
  readonly missed: readonly string[]
  readonly lapses: number
  readonly nonces: readonly {
    readonly party: string
    readonly nonceSha256: string
    readonly nonce: string | null
  }[]
  readonly commitment: string | null
  readonly plan: (Omit<DrawPlan, 'pool'> & { readonly pool: DrawPlan['pool'] | null }) | null
  readonly poolSize: number | null
  readonly checkpoint: {
    readonly root: string
    readonly size: number
    readonly note: string
  } | null
  readonly revealUntil: string | null
  readonly seed: string | null
}

export interface Committee {
  readonly seats: readonly {
    readonly stratum: string
    readonly status: 'called' | 'accepted' | 'vacant'
    readonly expert: string | null
    readonly name: string | null
    readonly isCheckedIn: boolean
    readonly answerUntil: string | null
  }[]
  readonly representatives: readonly {
    readonly id: string | null
    readonly name: string | null
    readonly isCheckedIn: boolean
  }[]
  readonly recused?: readonly string[]
  readonly drawn?: readonly DrawnOrder[]
  readonly gone?: readonly string[]
  readonly isComplete: boolean
}
