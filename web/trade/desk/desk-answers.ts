import type {
  AlarmRow,
  Command,
  ExplanationRequest,
  LowPriceFound,
  RejectedRow,
  SignatureRow,
} from '../../../server/evaluation/evaluation/decider.ts'
import type { LotResult } from '../../../server/evaluation/evaluation/outcome.ts'
import type { PriceCorrection } from '../../../server/evaluation/evaluation/rules-corrections.ts'
import type { Motion } from '../../../server/evaluation/evaluation/rules-motions.ts'
import type { Course, Place } from '../../../server/evaluation/evaluation/rules-organising.ts'
import type { EvaluationReport } from '../../../server/evaluation/evaluation/rules-report.ts'
import type {
  PhaseName,
  Sheet,
  SheetRow,
} from '../../../server/evaluation/evaluation/rules-sheets.ts'
import type { ReviewItem, ScoringScheme } from '../../../server/tendering/project/document.ts'
import type { Quotation } from '../../../server/tendering/project/document-quotation.ts'

/** The evaluation as `GET /api/lots/{lot}/evaluation` gives it to this viewer. */
export interface DeskPage {
  readonly lot: string
  readonly lotStage: string
  readonly now: string
  readonly subject: { readonly zh: string; readonly en: string }
  readonly stage:
    | 'none'
    | 'waiting'
    | 'assembled'
    | 'ready'
    | 'phase'
    | 'aggregated'
    | 'ranked'
    | 'paused'
    | 'reported'
    | 'failed'
  readonly phase: PhaseName | null
  readonly phaseBids: readonly string[]
  readonly phases: readonly PhaseName[]
  readonly may: { readonly work: boolean; readonly names: boolean; readonly review: boolean }
  /** To those who judge or organise. */
  readonly course: Course | null
  readonly items: {
    readonly regime: 'tender' | 'governmentProcurement'
    readonly qualification: readonly ReviewItem[]
    readonly responsiveness: readonly ReviewItem[]
    readonly scoring: ScoringScheme
  } | null
  readonly bids: readonly DeskBid[]
  readonly review: { readonly rows: readonly SheetRow[]; readonly by: string } | null
  readonly members: readonly DeskMember[]
  readonly you: {
    readonly isMember: boolean
    readonly isChair: boolean
    readonly isCommitted: boolean
    readonly draft: SheetDraft | null
    readonly sheets: readonly Sheet[]
  } | null
  readonly left?: readonly string[]
  readonly replaced?: readonly { readonly leaves: string; readonly by: string }[]
  readonly alarms?: readonly (AlarmRow & { readonly confirmed: string | null })[]
  readonly motions?: readonly DeskMotion[]
  readonly lowPrice: LowPriceFound | null
  readonly sheets: readonly Sheet[]
  readonly requests: readonly ExplanationRequest[]
  readonly corrections: readonly PriceCorrection[]
  readonly discussUntil: string | null
  readonly undecided: { readonly reason: string; readonly zh: string; readonly en: string } | null
  readonly isDiscussed: boolean
  readonly report: {
    readonly report: EvaluationReport
    readonly reportSha256: string
    readonly signUntil: string
    readonly signatures: readonly DeskSignature[]
    readonly ranking: LotResult['ranking']
    readonly candidates: readonly string[]
  } | null
  /** Null: open; else why not. */
  readonly acts: Readonly<Partial<Record<Command['type'], { readonly detail: string } | null>>>
}

/** How a member answered for the report, and when. */
export type DeskSignature = SignatureRow & { readonly at: string | null }

export interface SheetDraft {
  readonly rows: readonly Partial<SheetRow>[]
  readonly savedAt: string
}

export interface DeskBid {
  readonly party: string
  readonly name: string
  readonly priceFen: number
  readonly quotation: Quotation
  readonly files: readonly DeskFile[]
  readonly rejected: readonly RejectedRow[]
  readonly isRevoked: boolean
}
export interface DeskFile {
  readonly blob: string
  readonly name: string
  readonly role: 'letter' | 'qualification' | 'business' | 'technical' | 'price' | 'other'
  readonly mediaType: string
  readonly bytes: number
}
export interface DeskMember {
  readonly seat: number
  readonly represents: 'pool' | 'purchaser'
  readonly id: string | null
  readonly name: string | null
  readonly isChair: boolean | null
  readonly isCommitted: boolean
  readonly declared: readonly string[]
  readonly isHandedIn: boolean
  readonly place: Place
}
export interface DeskMotion {
  readonly key: string
  readonly motion: Motion
  readonly outcome: 'open' | 'carried' | 'failed'
  readonly openedBy: string
  readonly cast: number
  readonly own: boolean | null
  readonly votes: Readonly<Record<string, boolean>> | null
}
