import type { AwardLetter, LoserLetter } from '../../../server/award/award/rules-letters.ts'
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
/** What the notice has of a quotation and the document beside the price. */
export interface NoticeTerms {
  readonly quality: string | null
  readonly deliveryDays: number
  readonly warrantyMonths: number | null
  readonly qualifications: readonly { readonly zh: string; readonly en: string }[]
}
export interface ResultNotice extends NoticeTerms {
  readonly uscc: string
  readonly brand: string | null
  readonly goods: readonly {
    readonly zh: string
    readonly en: string
    readonly unit: string | null
    readonly quantity: string | null
    readonly fen: number | null
  }[]
  /** Of government procurement alone. */
  readonly experts:
    | readonly { readonly name: string | null; readonly represents: 'pool' | 'purchaser' }[]
    | null
}
export interface AwardChannel {
  readonly kind: 'objection' | 'challenge'
  readonly purchaser: string
  readonly agency: string
  readonly until: string | null
}
export interface Candidate extends NoticeTerms {
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
    readonly notice: ResultNotice
  } | null
  readonly channel?: AwardChannel
  readonly contract?: { readonly isSigned: boolean; readonly proposal: Proposal | null } | null
  readonly party: {
    readonly ranking: readonly RankedBid[]
    readonly report: string
    readonly awardable: readonly string[]
    readonly failed: readonly string[]
    /** Of live bids, by bidder: nothing but a good one is awarded. */
    readonly signatures: Readonly<Record<string, 'good' | 'unknown' | 'revoked'>>
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
export type Objection = Filed & {
  readonly stage: Exclude<ObjectionState['stage'], 'none'>
  /** Once there is an answer, or none in time. */
  readonly complaintUntil: string | null
}
/** What another bidder was answered, without who it is. */
export type ObjectionCopy = Pick<Filed, 'kind' | 'about' | 'request' | 'answer'>
export interface ObjectionPage {
  readonly items: readonly Objection[]
  readonly copies: readonly ObjectionCopy[]
  readonly until: Readonly<Record<'document' | 'opening' | 'result', string | null>>
}

/** Names of the bids that were opened: the hall is public. */
export interface HallNames {
  readonly lots: readonly {
    readonly lot: string
    readonly rows: readonly { readonly party: string; readonly name: string }[]
  }[]
}
