import { type Decider, decideBy, type Recorded } from '../../kernel/decider.ts'
import type { RejectionGround } from '../../tendering/project/document.ts'
import type { LotResult } from './outcome.ts'
import { problems } from './problems.ts'
import type { NotRejected, Votes } from './review.ts'
import type { LotScheme } from './rules.ts'
import type { CorrectionTerms, PriceCorrection } from './rules-corrections.ts'
import { evolve } from './rules-evolve.ts'
import type { AbsenceGround, Departure, Former, Leaving, LeavingEvent } from './rules-leaving.ts'
import type { Motion, MotionBallot } from './rules-motions.ts'
import type { EvaluationReport } from './rules-report.ts'
import type { Recheck } from './rules-returns.ts'
import type { RevokedBid } from './rules-revoked.ts'
import type { PhaseName, Sheet, SheetRow } from './rules-sheets.ts'
import { table } from './rules-table.ts'
import type { BidFacts } from './score-rows.ts'

/**
 * The evaluation 评标 of one lot: in government procurement the purchaser's or agency's review of
 * qualification first; then the committee, from its undertaking to the signed report. Collective acts
 * are motions with stored ballots; a sheet is locked once it is signed; the system computes, and never
 * alters a score.
 * @source 招标投标法 art. 37–44; 招标投标法实施条例 art. 46–53; 财政部令第87号 art. 44–67 ○; domain.md §5
 */
export type Command =
  | { type: 'submitQualificationReview'; rows: readonly SheetRow[] }
  | { type: 'assembleCommittee' }
  | { type: 'signCommitment'; recusals: readonly string[] }
  | { type: 'castVote'; motion: Motion | null; key: string | null; choice: boolean }
  | { type: 'submitSheet'; phase: PhaseName; rows: readonly SheetRow[] }
  | { type: 'answerExplanation'; request: string; text: string }
  | { type: 'closePhase' }
  | { type: 'recordAbsence'; member: string; ground: AbsenceGround; evidence: string }
  | { type: 'replaceMember'; member: string }
  | { type: 'raiseAlarms' }
  | { type: 'confirmScore'; alarm: string; reason: string }
  | { type: 'rank' }
  | { type: 'signReport'; reportSha256: string }
  | { type: 'dissent'; reportSha256: string; reason: string }
  | { type: 'submitReport' }
  | ({ type: 'noteRevocation' } & RevokedBid)
  | { type: 'answerCorrection'; id: string; correctedFen: number; isConfirmed: boolean }
  | { type: 'lapseCorrection'; id: string }
  | { type: 'returnReport' }
  | ({ type: 'beginRecheck' } & Recheck)
  | { type: 'pause'; cause: string }
  | { type: 'resume' }

export type FailGround = 'allRejected' | 'competitionLacking' | 'documentFlawed'

export interface CommitteeMember {
  readonly id: string
  readonly represents: 'pool' | 'purchaser'
}
/** One ground for which a bid is out; a bid failing on several items has one row each. */
export interface RejectedRow {
  readonly bidder: string
  readonly phase: PhaseName
  readonly item: string | null
  readonly ground: RejectionGround
  readonly by: 'committee' | 'purchaser'
  readonly votes: Votes | null
  readonly reasons: readonly string[]
}
/** A score far from the others', or an objective item scored differently. */
export interface AlarmRow {
  readonly alarm: string
  readonly kind: 'deviation' | 'objective-differs'
  readonly bidder: string
  readonly member: string | null
  readonly item: string | null
  readonly percent: string | null
}
/** Which prices must be explained and the lines they are below, exact text in fen. */
export interface LowPriceFound {
  readonly reviewed: readonly string[]
  readonly mean: string | null
  readonly meanLine: string | null
  readonly secondLowestLine: string | null
  readonly ceilingLine: string | null
}
export interface SignatureRow {
  readonly member: string
  readonly how: 'agreed' | 'dissent' | 'silent'
  readonly reason: string | null
  readonly act: string | null
}

export type Event =
  | { type: 'QualificationReviewed'; rows: readonly SheetRow[]; by: string; act: string }
  | ({ type: 'BidRejected' } & RejectedRow)
  | { type: 'CommitteeAssembled'; members: readonly CommitteeMember[]; bidders: readonly string[] }
  | { type: 'CommitmentSigned'; member: string; recusals: readonly string[]; act: string }
  | {
      type: 'VoteCast'
      member: string
      key: string
      motion: Motion
      choice: boolean
      outcome: 'open' | 'carried' | 'failed'
      act: string | null
    }
  | { type: 'ChairElected'; member: string; phases: readonly PhaseName[] }
  | {
      type: 'ExplanationRequested'
      id: string
      bidder: string
      about: 'ambiguity' | 'arithmetic' | 'lowPrice'
      question: string
      until: string
    }
  | { type: 'ExplanationGiven'; request: string; bidder: string; text: string; act: string }
  | { type: 'ExplanationAccepted'; request: string; bidder: string }
  | {
      type: 'SheetSubmitted'
      member: string
      phase: PhaseName
      rows: readonly SheetRow[]
      act: string
    }
  | {
      type: 'PhaseClosed'
      phase: PhaseName
      notRejected: readonly NotRejected[]
      lowPrice: LowPriceFound | null
    }
  | LeavingEvent
  | ({ type: 'ScoreAlarmRaised' } & AlarmRow)
  | { type: 'ScoreConfirmed'; alarm: string; member: string; reason: string }
  | { type: 'SheetReopened'; member: string; ground: string; reason: string }
  | {
      type: 'BidsRanked'
      ranking: LotResult['ranking']
      candidates: readonly string[]
      benchmarkFen: number | null
      tieOrder: readonly string[]
      report: EvaluationReport
      reportSha256: string
      /** Silence from then on counts as agreed. */
      signUntil: string
    }
  | { type: 'ReportSigned'; member: string; act: string }
  | { type: 'DissentRecorded'; member: string; reason: string; act: string }
  | {
      type: 'ReportSubmitted'
      reportSha256: string
      report: EvaluationReport
      signatures: readonly SignatureRow[]
    }
  | ({ type: 'RevocationNoted' } & RevokedBid)
  | ({ type: 'CorrectionProposed' } & CorrectionTerms)
  | {
      type: 'CorrectionAnswered'
      id: string
      bidder: string
      isConfirmed: boolean
      /** Null: the time passed without an answer. */
      act: string | null
    }
  | {
      type: 'ReportReturned'
      result: string
      dissents: readonly { readonly member: string; readonly reason: string }[]
      until: string
    }
  | ({ type: 'RecheckBegan'; result: string; until: string } & Recheck)
  | { type: 'DiscussionEnded' }
  | { type: 'EvaluationFailed'; ground: FailGround; reason: string }
  | { type: 'EvaluationPaused'; cause: string }
  | { type: 'EvaluationResumed'; pausedMs: number }

export interface ExplanationRequest {
  readonly id: string
  readonly bidder: string
  readonly about: 'ambiguity' | 'arithmetic' | 'lowPrice'
  readonly question: string
  readonly until: string
  readonly answer: { readonly text: string; readonly at: string; readonly act: string } | null
  readonly isAccepted: boolean
}

/** The purchaser's or agency's review, where the law has one. */
export interface Reviewed {
  readonly former?: Former
  readonly qualification: { readonly rows: readonly SheetRow[]; readonly by: string } | null
  readonly rejected: readonly RejectedRow[]
  readonly revoked: readonly RevokedBid[]
}
export interface Working extends Reviewed {
  readonly members: readonly CommitteeMember[]
  readonly chair: string | null
  readonly phases: readonly PhaseName[]
  /** Bids that came before the committee. */
  readonly bidders: readonly string[]
  readonly committed: readonly string[]
  readonly declared: Readonly<Record<string, readonly string[]>>
  readonly motions: Readonly<Record<string, MotionBallot>>
  readonly requests: readonly ExplanationRequest[]
  readonly sheets: readonly Sheet[]
  readonly alarms: readonly (AlarmRow & { readonly confirmed: string | null })[]
  readonly replaced: readonly {
    readonly leaves: string
    readonly by: string
    readonly ground: AbsenceGround
  }[]
  readonly leaving?: readonly Leaving[]
  readonly corrections: readonly PriceCorrection[]
  /** Until when a result that came back is discussed; null: none is. */
  readonly discussUntil: string | null
  /** Results that came back, by digest. */
  readonly returned: readonly string[]
  /** How often the purchaser had the report taken up again. */
  readonly rechecks: number
}
export interface Ranked extends Working {
  readonly ranking: LotResult['ranking']
  readonly candidates: readonly string[]
  readonly benchmarkFen: number | null
  readonly tieOrder: readonly string[]
  readonly report: EvaluationReport
  readonly reportSha256: string
  readonly signUntil: string
  readonly signatures: readonly SignatureRow[]
  /** When each of them signed; absent: nobody has. */
  readonly signedAt?: Readonly<Record<string, string>>
}
export interface Phase extends Working {
  readonly phase: PhaseName
  /** Bids under review in this phase, fixed when it began. */
  readonly phaseBids: readonly string[]
}
export type WorkingState =
  | ({ stage: 'assembled' | 'ready' | 'aggregated' } & Working)
  | ({ stage: 'phase' } & Phase)
  | ({ stage: 'ranked' } & Ranked)
export type State =
  | { stage: 'none'; revoked?: readonly RevokedBid[]; former?: Former }
  | ({ stage: 'waiting' } & Reviewed)
  | WorkingState
  | ({ stage: 'paused'; since: string; cause: string; before: WorkingState } & Working)
  | ({ stage: 'reported'; reportedAt: string } & Ranked)
  | ({ stage: 'failed'; ground: FailGround } & Working)

/** What the evaluation's guards know of the trade and of the draw. */
export interface Facts {
  readonly scheme: LotScheme | null
  /** Bids that were opened, at the price that was opened; what was revoked since is among them. */
  readonly bids: readonly BidFacts[]
  readonly lotStage: string
  readonly isSuspended: boolean
  readonly evaluationId: string
  readonly project: string
  /** Everyone who is to sit, once all have accepted and checked in; null before. */
  readonly committee: readonly CommitteeMember[] | null
  readonly checkedIn: readonly string[]
  /** Why the draw has a member on no seat any more; null: it has. */
  readonly outOf: (member: string) => Departure | null
  /** Who takes a member's seat; null where nobody is left, or named yet. */
  readonly replacementOf: (member: string) => string | null
  /** K and method as drawn at the opening. */
  readonly parameters: { readonly k?: string; readonly method?: string }
  /** Seed of the lot's draw, which ties are drawn from. */
  readonly seed: string | null
}

export const evaluation: Decider<State, Command, Event, Facts> = {
  kind: 'evaluation',
  initial: { stage: 'none' },
  problems,
  table,
  decide: decideBy(table),
  evolve: (state: State, e: Event & Recorded): State => evolve(state, e),
}
