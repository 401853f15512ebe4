import type { Calendar } from '../../kernel/calendar.ts'
import type { Regime } from '../project/document.ts'

/** What a lot is told and tells, and how it stands; its rules are in `decider.ts`. */
export type Command =
  | { type: 'openLot'; project: string; lot: string; regime: Regime }
  | { type: 'passDeadline' }
  | { type: 'beginQualification' }
  | { type: 'beginEvaluation' }
  | { type: 'completeEvaluation'; report: string; ranking: RankedBid[]; candidates: string[] }
  | { type: 'fail'; ground: FailGround }
  | { type: 'terminate'; reason: string }
  | { type: 'publishCandidates'; until: string; candidates: readonly string[] }
  | { type: 'endPublicity' }
  /** The price as its signer read it; null where the law awards by silence. */
  | { type: 'award'; bidder: string; priceFen: number | null; reason: string | null }
  | { type: 'publishResult'; until: string; bidder: string }
  | { type: 'candidateFails'; ground: CandidateFailGround; reason: string }
  | {
      type: 'passOver'
      bidder: string
      ground: PassOverGround
      reason: string
      evidence: string
    }
  | { type: 'noteRevocation'; bidder: string; reason: string; revocation: string }
  | ({ type: 'sendBack' } & SentBack)
  | { type: 'proposeContract'; id: string; number: string; priceFen: number; terms: string }
  | { type: 'countersign'; id: string; proposalSha256: string }
  | { type: 'withdrawProposal'; id: string }
  | { type: 'declineProposal'; id: string; reason: string }
  | { type: 'lapseProposal'; id: string }
  | { type: 'exportBag'; kind: 'full' | 'public' }
  | { type: 'recordHeads'; heads: readonly StreamHead[]; joined: string }
  | { type: 'archive' }
  | { type: 'suspend'; by: string; cause: string }
  | { type: 'resume'; by: string }

/** The last event of a stream, as far as it had come. */
export interface StreamHead {
  readonly stream: string
  readonly version: number
  readonly digest: string
}

export type Event =
  /** `headsKept`: every bag of the lot proves how far its streams go. */
  | { type: 'LotOpened'; project: string; lot: string; regime: Regime; headsKept?: true }
  | { type: 'DeadlinePassed' }
  | { type: 'LotFailed'; ground: FailGround }
  | { type: 'QualificationBegan' }
  | { type: 'EvaluationBegan' }
  | { type: 'LotEvaluated'; report: string; ranking: RankedBid[]; candidates: string[] }
  | { type: 'LotTerminated'; reason: string; act: string }
  | { type: 'CandidatesPublished'; candidates: RankedBid[]; until: string; act: string }
  | { type: 'PublicityEnded' }
  | {
      type: 'LotAwarded'
      bidder: string
      priceFen: number
      rank: number
      reason: string | null
      act: string | null
      /** The price as opened, where it was corrected. */
      openedFen?: number
    }
  /** Before an award: a candidate who can't be awarded, and the document that shows it. */
  | {
      type: 'CandidatePassedOver'
      bidder: string
      ground: PassOverGround
      reason: string
      evidence: string
      /** Null: noted by the system, the bidder's own act being the evidence. */
      act: string | null
    }
  | ({ type: 'ReportSentBack'; act: string } & SentBack)
  | {
      type: 'AwardCancelled'
      bidder: string
      ground: CandidateFailGround
      reason: string
      act: string
    }
  | { type: 'ResultPublished'; until: string; act: string }
  | {
      type: 'ContractProposed'
      id: string
      number: string
      priceFen: number
      terms: string
      act: string
    }
  | {
      type: 'ContractProposalEnded'
      id: string
      how: 'withdrawn' | 'declined' | 'lapsed'
      reason: string | null
    }
  | { type: 'ContractSigned'; id: string; number: string; priceFen: number; act: string }
  | { type: 'BagExported'; kind: 'full' | 'public' }
  /**
   * Before a bag is made: how far the streams go that it holds. `joined` is a salted digest of those
   * of full bags alone.
   */
  | { type: 'HeadsRecorded'; heads: readonly StreamHead[]; joined: string }
  | { type: 'LotArchived'; act: string | null; heads: readonly StreamHead[] }
  | { type: 'LotSuspended'; by: string; cause: string }
  /** By how much stopped clocks move: of the time that two causes share, only one's. */
  | {
      type: 'LotResumed'
      by: string
      suspendedMs: number
      /** Of a publicity: its end from now on. */
      until?: string
    }

export type FailGround =
  | 'tooFewBidders'
  | 'tooFewQualified'
  | 'allRejected'
  | 'competitionLacking'
  | 'documentFlawed'
  | 'noCandidateLeft'
export type CandidateFailGround = 'gaveUp' | 'forceMajeure' | 'noPerformanceBond' | 'offence'
/** Before the award also that the bid is not validly signed. */
export type PassOverGround = CandidateFailGround | 'signatureInvalid'

/** A bid as the evaluation ranked it; `priceFen` is the bid (or corrected) price that contracts. */
export interface RankedBid {
  readonly bidder: string
  readonly rank: number
  readonly priceFen: number
  readonly total: string | null
  /** The price as it was opened; only where the committee corrected it and the bidder confirmed. */
  readonly openedFen?: number
}
/** A report with an evident error of the four kinds, which the same committee takes up again. */
export interface SentBack {
  /** Digest of the report. */
  readonly report: string
  readonly ground: 'sumError' | 'scoreOutOfRange' | 'objectiveScoresUnequal' | 'abnormallyHighOrLow'
  readonly reason: string
}
export interface Proposal {
  readonly id: string
  readonly number: string
  readonly priceFen: number
  readonly terms: string
  readonly act: string
}
export interface Suspension {
  readonly by: string
  readonly cause: string
  readonly since: string
}
export interface Common {
  readonly project: string
  readonly lot: string
  readonly regime: Regime
  /** Open causes of suspension; while there is one, no command of the trade is taken. */
  readonly suspensions: readonly Suspension[]
  /** How long bidding stood still, by cause: the project's deadline moves by each. */
  readonly stood: readonly {
    readonly by: string
    readonly from: string
    readonly ms: number
  }[]
  /** Reports that the purchaser sent back, in order; absent: none. */
  readonly rechecks?: readonly SentBack[]
  /** While such a report is taken up again: who was passed over stays passed over. */
  readonly gone?: Pick<Evaluated, 'failed' | 'failures' | 'atRisk'>
}
export interface CandidateFailure {
  readonly bidder: string
  /** Its own revocation, noted by the system, is told apart from what the purchaser decided. */
  readonly how: 'cancelled' | 'passedOver' | 'revoked'
  readonly ground: PassOverGround
}
export interface Evaluated extends Common {
  readonly report: string
  readonly evaluatedAt: string
  readonly ranking: readonly RankedBid[]
  readonly candidates: readonly string[]
  /** Those whose award was cancelled, in order. */
  readonly failed: readonly string[]
  /** Of each of these how and on what ground; absent: none. */
  readonly failures?: readonly CandidateFailure[]
  /** Of these, whose own cause it was: the bid bond may be kept (TR 74). */
  readonly atRisk: readonly string[]
}
export interface Publicity extends Evaluated {
  readonly until: string
}
export interface Awarded extends Evaluated {
  readonly winner: RankedBid
  readonly awardedAt: string
  readonly resultUntil: string | null
  readonly proposal: Proposal | null
}
export type State =
  | { stage: 'none' }
  | ({ stage: 'tendering' | 'opening' | 'qualifying' | 'evaluating' } & Common)
  | ({ stage: 'evaluated' | 'awarding' } & Evaluated)
  | ({ stage: 'publicity' } & Publicity)
  | ({ stage: 'awarded' | 'contracted' | 'archived' } & Awarded)
  | ({ stage: 'failed'; ground: FailGround } & Common)
  | ({ stage: 'terminated'; reason: string } & Common)

/** What the lot's guards need to know of other streams. */
export interface Facts {
  /** Deadline of the project as moved so far. */
  readonly deadline: string | null
  /** Live bids of this lot, counted after the deadline alone. */
  readonly liveBids: number
  /** Earliest lawful ends, by the trade's rules and calendar; text of a limit or null. */
  readonly calendar: Calendar
  readonly earliestPublicityEnd: string | null
  readonly earliestResultEnd: string | null
  /** Objections and challenges of this lot that are not settled. */
  readonly openObjections: number
  /** Signatures whose revocation status still waits for its later check. */
  readonly unsettledSignatures: number
  /** Bidders whose signature turned out to be of a revoked certificate. */
  readonly revokedSignatures: readonly string[]
  readonly bondsOpen: number
  /** How far the lot's streams go: what a bag must at least hold. */
  readonly heads: readonly StreamHead[]
  /** End of the thirty days in which the contract is signed; null before the award. */
  readonly contractUntil: string | null
}
