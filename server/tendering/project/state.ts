import type { Calendar } from '../../kernel/calendar.ts'
import type { Regime, TenderDocument } from './document.ts'
import type { Finding } from './finding.ts'
import type { DerivedTimes } from './rules.ts'

/** What a project is told and tells, and how it stands; its rules are in `decider.ts`. */
export type Command =
  | {
      type: 'createProject'
      id: string
      purchaser: string
      agency: string
      tradingCentre: string
      mandate: string
      approvalNumber: string | null
      startAt: string | null
    }
  | { type: 'saveDocument'; basedOn: number; document: TenderDocument; files: DocumentFile[] }
  | { type: 'approveDocument'; documentSha256: string; waivers: Waiver[] }
  | { type: 'returnDocument'; reason: string }
  | { type: 'publishNotice'; documentSha256: string; submissionDeadline: string | null }
  | { type: 'answerQuestion'; id: string; question: string; text: string }
  /** `asked`: the words of the question, which the answer is published with. */
  | { type: 'proposeAnswer'; id: string; question: string; asked: string; text: string }
  | {
      type: 'proposeAmendment'
      id: string
      text: string
      document: TenderDocument | null
      files: DocumentFile[] | null
      affectsBids: boolean
    }
  | { type: 'proposeDeadline'; id: string; deadline: string; reason: string }
  | { type: 'countersign'; id: string; proposalSha256: string }
  | { type: 'withdrawProposal'; id: string }
  | { type: 'declineProposal'; id: string; reason: string }
  | { type: 'lapseProposal'; id: string }
  /**
   * By the system: bidding for a lot stood still, `by` names the lot and the cause; or the platform
   * did, and `by` names the outage. Without `from`: until now.
   */
  | { type: 'moveDeadline'; by: string; from?: string; stoodMs: number }
  | { type: 'relink'; lot: string; successor: string; reason: string }
  | { type: 'moveClock'; offsetMs: number; frozenAt: string | null }

/** A file of the tender document, held by its content. */
export interface DocumentFile {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: string
}
/** A rule departed from where the law lets the purchaser, with his reason. */
export interface Waiver {
  readonly rule: string
  readonly reason: string
}
export type Proposal =
  | {
      readonly kind: 'answer'
      readonly id: string
      readonly question: string
      /** Missing in events of earlier versions. */
      readonly asked?: string
      readonly text: string
      readonly act: string
    }
  | {
      readonly kind: 'amendment'
      readonly id: string
      readonly text: string
      readonly document: TenderDocument | null
      readonly documentSha256: string | null
      readonly files: readonly DocumentFile[] | null
      readonly affectsBids: boolean
      readonly act: string
    }
  | {
      readonly kind: 'deadline'
      readonly id: string
      readonly deadline: string
      readonly reason: string
      readonly act: string
    }

export type Event =
  | {
      type: 'ProjectCreated'
      id: string
      purchaser: string
      agency: string
      tradingCentre: string
      mandate: string
      approvalNumber: string | null
      startAt: string | null
    }
  | {
      type: 'DocumentSaved'
      revision: number
      document: TenderDocument
      documentSha256: string
      files: DocumentFile[]
    }
  | { type: 'DocumentApproved'; documentSha256: string; waivers: Waiver[]; act: string }
  | { type: 'DocumentReturned'; reason: string }
  | {
      type: 'NoticePublished'
      ruleSetId: string
      documentVersion: 1
      documentSha256: string
      times: DerivedTimes
      /** The document's files, by which everyone can check those of a public bag. */
      files?: readonly DocumentFile[]
      act: string
    }
  | { type: 'ClarificationIssued'; id: string; question: string; text: string }
  | {
      type: 'AnswerProposed'
      id: string
      question: string
      asked?: string
      text: string
      act: string
    }
  | ({ type: 'AmendmentProposed' } & Exclude<Proposal, { kind: 'answer' }>)
  | {
      type: 'ProposalEnded'
      id: string
      how: 'withdrawn' | 'declined' | 'lapsed' | 'countersigned'
      reason: string | null
    }
  | {
      type: 'DocumentAmended'
      documentVersion: number
      by: string
      text: string
      document: TenderDocument
      documentSha256: string
      files: DocumentFile[]
      act: string
    }
  /** No act where nobody signed it: it stood still while bidding was suspended. */
  | {
      type: 'DeadlineMoved'
      from: string
      to: string
      /** Where it stood still: the end of the time to obtain the document, moved with it. */
      documentUntil?: string
      by: string
      act: string | null
    }
  /** Without a lot: of a time when all failed lots had one successor. */
  | { type: 'ProjectRelinked'; lot?: string; successor: string; reason: string }
  | { type: 'ClockMoved'; offsetMs: number; frozenAt: string | null }

export interface Common {
  readonly id: string
  readonly purchaser: string
  readonly agency: string
  readonly tradingCentre: string
  readonly createdAt: string
  readonly offsetMs: number
  readonly frozenAt: string | null
}
export interface Drafting extends Common {
  /** Counts savings; an editor names the one it began from. */
  readonly revision: number
  readonly document: TenderDocument | null
  readonly documentSha256: string | null
  readonly files: readonly DocumentFile[]
  readonly returned: string | null
}
export interface Approved extends Drafting {
  readonly document: TenderDocument
  readonly documentSha256: string
  readonly waivers: readonly Waiver[]
}
export interface PublishedVersion {
  readonly version: number
  readonly documentSha256: string
  readonly document: TenderDocument
  readonly files: readonly DocumentFile[]
  readonly at: string
  readonly text: string | null
}
export interface Published extends Approved {
  readonly regime: Regime
  readonly ruleSetId: string
  readonly publishedAt: string
  readonly publishedRecordedAt: string
  readonly times: DerivedTimes
  readonly bidDeadline: string
  readonly version: number
  readonly versions: readonly PublishedVersion[]
  readonly answers: readonly {
    readonly id: string
    readonly question: string
    readonly text: string
    readonly at: string
  }[]
  readonly deadlines: readonly {
    readonly from: string
    readonly to: string
    readonly at: string
    /** Id of the proposal, or lot and cause of a suspension. */
    readonly by: string
  }[]
  readonly proposals: Readonly<Record<string, Proposal>>
  /** The newest of `successors`. */
  readonly successor: string | null
  /** By failed lot, the project that tenders it again. */
  readonly successors: Readonly<Record<string, string>>
}
export type State =
  | { stage: 'none' }
  | ({ stage: 'drafting' } & Drafting)
  | ({ stage: 'approved' } & Approved)
  | ({ stage: 'published' } & Published)
export type PublishedState = Extract<State, { stage: 'published' }>

export interface Facts {
  readonly calendar: Calendar
  readonly ruleSetId: string
  /** SHA-256 of the document's canonical bytes, base64url, computed by the edge. */
  readonly documentSha256: string | null
  /** What the document's own rules find wrong (weights, formulas, ceilings). */
  readonly documentFindings: readonly Finding[]
  /** Lots that failed and may be tendered again. */
  readonly failedLots: readonly string[]
  /** Whose the named successor is; null: no such project is published. */
  readonly successorOf: string | null
  readonly isDemo: boolean
  /** Bidding for a lot is suspended: the deadline is going to move, its instant may have gone by. */
  readonly deadlineHeld: boolean
  /** By party of a new project: the roles that it is registered with; no entry: not registered. */
  readonly rolesOf: Readonly<Record<string, readonly string[]>>
}
