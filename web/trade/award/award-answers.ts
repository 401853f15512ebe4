import type { AwardLetter, LoserLetter } from '../../../server/award/award/rules.ts'
import type { Filed, State as ObjectionState } from '../../../server/award/objection/decider.ts'
import type { RejectedRow } from '../../../server/evaluation/evaluation/decider.ts'
import type { Step } from '../../../server/evaluation/evaluation/explain.ts'
import type { PriceCorrection } from '../../../server/evaluation/evaluation/rules-corrections.ts'
import type { RankedBid } from '../../../server/tendering/lot/decider.ts'
import type { LotStage } from '../../shell/answers.ts'

interface Until {
  readonly at: string
  readonly missingYears: readonly number[]
}
export interface Candidate {
  readonly bidder: string
  readonly name: string
  readonly rank: number
  readonly priceFen: number
  /** Where the committee corrected the price: the one that was opened. */
  readonly openedFen: number | null
}
export interface Proposal {
  readonly id: string
  readonly number: string
  readonly priceFen: number
  readonly terms: string
  readonly act: string
}

/** `GET /api/lots/{lot}/award`: what is published, and what the parties act by. */
export interface AwardPage {
  readonly lot: string
  readonly now: string
  readonly stage: LotStage
  readonly regime: 'tender' | 'governmentProcurement'
  readonly publicityUntil?: string | null
  readonly candidates: readonly Candidate[] | null
  readonly award: {
    readonly bidder: string
    readonly name: string
    readonly priceFen: number
    readonly openedFen: number | null
    readonly awardedAt: string
    readonly resultUntil: string | null
  } | null
  readonly contract?: { readonly isSigned: boolean; readonly proposal: Proposal | null } | null
  readonly party: {
    readonly ranking: readonly RankedBid[]
    readonly report: string
    readonly awardable: readonly string[]
    readonly failed: readonly string[]
    readonly decideUntil: Until
    readonly isSilenceRankOne: boolean
    readonly earliestUntil: Until
    readonly signUntil?: Until
    readonly resultNoticeUntil?: Until
    readonly reportToRegulatorUntil?: Until
  } | null
}

/** `GET …/letter`. */
export interface LetterPage {
  readonly lot: string
  readonly letter: (AwardLetter | LoserLetter) & {
    readonly toName: string
    readonly winnerName: string
  }
  readonly awardedAt: string
  readonly rejected: readonly RejectedRow[]
  readonly correction: PriceCorrection | null
  readonly steps: readonly Step[]
}

/** `GET …/bonds`. */
export interface BondRow {
  readonly bidder: string
  readonly name: string
  readonly id: string
  readonly amountFen: number
  readonly form: 'transfer' | 'guarantee'
  readonly settled: 'returned' | 'forfeited' | null
  readonly mayForfeit: boolean
  readonly isRevoked: boolean
}

/** `GET …/objections`. */
export type Objection = Filed & { readonly stage: Exclude<ObjectionState['stage'], 'none'> }
export interface ObjectionPage {
  readonly items: readonly Objection[]
  readonly until: Readonly<Record<'document' | 'opening' | 'result', string | null>>
}

/** Names of the bids that were opened: the hall is public. */
export interface HallNames {
  readonly lots: readonly {
    readonly lot: string
    readonly rows: readonly { readonly party: string; readonly name: string }[]
  }[]
}
