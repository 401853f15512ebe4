import type { Calendar } from '../../kernel/calendar.ts'
import {
  at,
  type Context,
  type Decider,
  decideBy,
  type Recorded,
  type Table,
  unreachable,
} from '../../kernel/decider.ts'
import { type Regime, regimeOf, type TenderDocument } from './document.ts'
import type { Finding } from './finding.ts'
import { problems } from './problems.ts'
import {
  checkTimes,
  type DerivedTimes,
  deadlineAfterStanding,
  deadlineDayFindings,
  deriveTimes,
  isVoluntaryTender,
  mayMoveDeadline,
  movedDeadline,
} from './rules.ts'

/**
 * The project 项目: its tender document from draft to publication, answers and amendments 答疑、澄清、
 * 修改, and its trade clock. What bears on bids is an act of two parties: the agency proposes, the
 * purchaser countersigns the same bytes, and only then it has effect. Who asked is in the hidden
 * `bid` stream.
 * @source 招标投标法 art. 19–24; 招标投标法实施条例 art. 15–22; 政府采购法实施条例 art. 31, 32
 */
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
  | { type: 'proposeAnswer'; id: string; question: string; text: string }
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
  /** By the system: bidding for a lot stood still, `by` names the lot and the cause. */
  | { type: 'moveDeadline'; by: string; stoodMs: number }
  | { type: 'relink'; successor: string; reason: string }
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
  | { type: 'AnswerProposed'; id: string; question: string; text: string; act: string }
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
  | { type: 'DeadlineMoved'; from: string; to: string; by: string; act: string | null }
  | { type: 'ProjectRelinked'; successor: string; reason: string }
  | { type: 'ClockMoved'; offsetMs: number; frozenAt: string | null }

interface Common {
  readonly id: string
  readonly purchaser: string
  readonly agency: string
  readonly tradingCentre: string
  readonly createdAt: string
  readonly offsetMs: number
  readonly frozenAt: string | null
}
interface Drafting extends Common {
  /** Counts savings; an editor names the one it began from. */
  readonly revision: number
  readonly document: TenderDocument | null
  readonly documentSha256: string | null
  readonly files: readonly DocumentFile[]
  readonly returned: string | null
}
interface Approved extends Drafting {
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
interface Published extends Approved {
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
  readonly successor: string | null
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
  readonly failedLots: number
  readonly isDemo: boolean
}
type X = Context<Facts>

/** Refused from the deadline on. */
const closing = { 'bidding-is-over': (s: Published) => s.bidDeadline }
const isAnswered = (s: Published, c: { question: string }) =>
  s.answers.some((a) => a.id === c.question)
const isOpenAnswer = (s: Published, c: { question: string }) =>
  Object.values(s.proposals).some((p) => p.kind === 'answer' && p.question === c.question)
/** One open proposal a subject: a second one could undo the first unseen. */
const isOpenOn = (kind: 'amendment' | 'deadline') => (s: Published, c: { id: string }) =>
  c.id in s.proposals || Object.values(s.proposals).some((p) => p.kind === kind)
const openProposal = (s: Published, c: { id: string }) => !(c.id in s.proposals)

/** Findings that stand: not waived by name, or not open to a waiver. */
function standing(findings: readonly Finding[], waivers: readonly Waiver[]): readonly Finding[] {
  return findings.filter(
    (f) => f.change === 'none' || !waivers.some((w) => w.rule === f.rule && w.reason.length > 0),
  )
}
function refusal(findings: readonly Finding[]): UnlawfulDetail | false {
  if (findings.length === 0) return false
  const [{ zh, fields }] = findings
  return { rules: findings.map((f) => f.rule).join(','), first: zh, fields: fields.join(',') }
}

/** The rules broken, and of the first one its text and the fields that disagree. */
type UnlawfulDetail = { rules: string; first: string; fields: string }

/** The times of a notice published now, with the deadline that the agency chose, if it did. */
export function noticeTimes(
  document: TenderDocument,
  now: string,
  calendar: Calendar,
  submissionDeadline: string | null,
): DerivedTimes {
  const time = new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(11, 16)
  const derived = deriveTimes(document, now, calendar, time)
  return submissionDeadline
    ? { ...derived, submissionDeadline, openingAt: submissionDeadline }
    : derived
}

const clockCell = {
  unless: { 'clock-not-movable': (_: Common, __: unknown, x: X) => !x.facts.isDemo },
  then: {
    ClockMoved: (
      _: Common,
      { offsetMs, frozenAt }: { offsetMs: number; frozenAt: string | null },
    ) => ({
      offsetMs,
      frozenAt,
    }),
  },
} as const

const saveCell = {
  unless: {
    stale: (s: Drafting, c: { basedOn: number }) =>
      c.basedOn !== s.revision && { current: s.revision },
  },
  then: {
    DocumentSaved: (s: Drafting, c: Extract<Command, { type: 'saveDocument' }>, x: X) => ({
      revision: s.revision + 1,
      document: c.document,
      documentSha256: x.facts.documentSha256 as string,
      files: c.files,
    }),
  },
} as const

/**
 * The events that a countersigned proposal has, beside its end. An amendment in words alone is one
 * too: the document stays, and its next version says what holds beside it.
 */
function amended(s: Published, id: string, x: X) {
  const p = s.proposals[id]
  if (!p || p.kind === 'deadline') return false
  const current = s.versions[s.versions.length - 1]
  return {
    documentVersion: s.version + 1,
    by: id,
    text: p.text,
    document: p.kind === 'amendment' && p.document ? p.document : current.document,
    documentSha256:
      p.kind === 'amendment' && p.documentSha256 ? p.documentSha256 : current.documentSha256,
    files: [...(p.kind === 'amendment' && p.files ? p.files : current.files)],
    act: x.act as string,
  }
}
function moved(s: Published, id: string, x: X) {
  const p = s.proposals[id]
  const to =
    p?.kind === 'deadline'
      ? p.deadline
      : p && (p.kind === 'answer' || p.affectsBids)
        ? movedDeadline(x.now, s.bidDeadline, x.facts.calendar)
        : null
  return to !== null && to > s.bidDeadline
    ? { from: s.bidDeadline, to, by: id, act: x.act as string }
    : false
}

export const table: Table<State, Command, Event, keyof typeof problems, Facts> = {
  none: {
    createProject: {
      then: { ProjectCreated: (_, { type, ...project }) => project },
    },
  },
  drafting: {
    moveClock: clockCell,
    saveDocument: saveCell,
    approveDocument: {
      unless: {
        'document-missing': (s) => s.document === null,
        'document-differs': (s, c) => c.documentSha256 !== s.documentSha256,
        'document-unlawful': (_, c, x) => refusal(standing(x.facts.documentFindings, c.waivers)),
        'times-unlawful': (s, c, x) =>
          s.document !== null &&
          refusal(
            standing(
              checkTimes(
                noticeTimes(s.document, x.now, x.facts.calendar, null),
                x.facts.calendar,
                isVoluntaryTender(s.document),
              ),
              c.waivers,
            ),
          ),
      },
      then: {
        DocumentApproved: (_, { documentSha256, waivers }, x) => ({
          documentSha256,
          waivers,
          act: x.act as string,
        }),
      },
    },
    returnDocument: {
      unless: { 'document-missing': (s) => s.document === null },
      then: { DocumentReturned: (_, { reason }) => ({ reason }) },
    },
  },
  approved: {
    moveClock: clockCell,
    returnDocument: { then: { DocumentReturned: (_, { reason }) => ({ reason }) } },
    publishNotice: {
      unless: {
        'document-differs': (s, c) => c.documentSha256 !== s.documentSha256,
        'times-unlawful': (s, c, x) =>
          refusal(
            standing(
              checkTimes(
                noticeTimes(s.document, x.now, x.facts.calendar, c.submissionDeadline),
                x.facts.calendar,
                isVoluntaryTender(s.document),
              ),
              s.waivers,
            ),
          ),
      },
      then: {
        NoticePublished: (s, c, x) => ({
          ruleSetId: x.facts.ruleSetId,
          documentVersion: 1,
          documentSha256: s.documentSha256,
          times: noticeTimes(s.document, x.now, x.facts.calendar, c.submissionDeadline),
          files: s.files,
          act: x.act as string,
        }),
      },
    },
  },
  published: {
    moveClock: clockCell,
    answerQuestion: {
      before: closing,
      unless: { 'answered-already': isAnswered, 'proposal-open': isOpenAnswer },
      then: {
        ClarificationIssued: (_, { question, text, id }) => ({ id, question, text }),
      },
    },
    proposeAnswer: {
      before: closing,
      unless: {
        'answered-already': isAnswered,
        'proposal-open': (s, c) => c.id in s.proposals || isOpenAnswer(s, c),
      },
      then: {
        AnswerProposed: (_, { id, question, text }, x) => ({
          id,
          question,
          text,
          act: x.act as string,
        }),
      },
    },
    proposeAmendment: {
      before: closing,
      unless: {
        'proposal-open': isOpenOn('amendment'),
        'document-unlawful': (_, __, x) => refusal(x.facts.documentFindings),
        'lots-changed': (s, c) =>
          c.document !== null &&
          c.document.lots.map((l) => l.id).join() !==
            s.versions[s.versions.length - 1].document.lots.map((l) => l.id).join(),
        'regime-changed': (s, c) =>
          c.document !== null &&
          (c.document.category !== s.document.category || c.document.method !== s.document.method),
      },
      then: {
        AmendmentProposed: (_, { type, ...c }, x) => ({
          kind: 'amendment',
          ...c,
          documentSha256: c.document ? x.facts.documentSha256 : null,
          act: x.act as string,
        }),
      },
    },
    proposeDeadline: {
      before: closing,
      unless: {
        'proposal-open': isOpenOn('deadline'),
        'deadline-only-later': (s, c, x) =>
          !mayMoveDeadline(x.now, s.bidDeadline, c.deadline) && { current: s.bidDeadline },
        'times-unlawful': (_, c, x) => refusal(deadlineDayFindings(c.deadline, x.facts.calendar)),
      },
      then: {
        AmendmentProposed: (_, { id, deadline, reason }, x) => ({
          kind: 'deadline',
          id,
          deadline,
          reason,
          act: x.act as string,
        }),
      },
    },
    countersign: {
      before: closing,
      unless: {
        'no-open-proposal': openProposal,
        'proposal-differs': (s, c) => s.proposals[c.id]?.act !== c.proposalSha256,
        'deadline-only-later': (s, c, x) => {
          const p = s.proposals[c.id]
          return p?.kind === 'deadline' && !mayMoveDeadline(x.now, s.bidDeadline, p.deadline)
            ? { current: s.bidDeadline }
            : false
        },
        // Answered meanwhile by another act, or an amendment that leads into a year not loaded.
        'answered-already': (s, c) => {
          const p = s.proposals[c.id]
          return p?.kind === 'answer' && isAnswered(s, p)
        },
        'times-unlawful': (s, c, x) => {
          const move = moved(s, c.id, x)
          return move && refusal(deadlineDayFindings(move.to, x.facts.calendar))
        },
      },
      then: {
        ClarificationIssued: (s, { id }) => {
          const p = s.proposals[id]
          return p?.kind === 'answer' && { id: p.question, question: p.question, text: p.text }
        },
        DocumentAmended: (s, { id }, x) => amended(s, id, x),
        DeadlineMoved: (s, { id }, x) => moved(s, id, x),
        ProposalEnded: (_, { id }) => ({ id, how: 'countersigned', reason: null }),
      },
    },
    withdrawProposal: {
      unless: { 'no-open-proposal': openProposal },
      then: { ProposalEnded: (_, { id }) => ({ id, how: 'withdrawn', reason: null }) },
    },
    declineProposal: {
      unless: { 'no-open-proposal': openProposal },
      then: { ProposalEnded: (_, { id, reason }) => ({ id, how: 'declined', reason }) },
    },
    lapseProposal: {
      after: { 'not-yet': (s) => s.bidDeadline },
      unless: { 'no-open-proposal': openProposal },
      then: { ProposalEnded: (_, { id }) => ({ id, how: 'lapsed', reason: null }) },
    },
    moveDeadline: {
      unless: { 'deadline-moved-already': (s, { by }) => s.deadlines.some((d) => d.by === by) },
      then: {
        DeadlineMoved: (s, { by, stoodMs }, x) => ({
          from: s.bidDeadline,
          to: deadlineAfterStanding(s.bidDeadline, stoodMs, x.facts.calendar),
          by,
          act: null,
        }),
      },
    },
    relink: {
      unless: {
        'no-failed-lot': (_, __, x) => x.facts.failedLots === 0,
        'relinked-already': (s) => s.successor !== null,
      },
      then: { ProjectRelinked: (_, { successor, reason }) => ({ successor, reason }) },
    },
  },
}

export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'ProjectCreated': {
      at(state, 'none')
      const { id, purchaser, agency, tradingCentre } = e
      return {
        stage: 'drafting',
        id,
        purchaser,
        agency,
        tradingCentre,
        createdAt: e.at,
        offsetMs: 0,
        frozenAt: null,
        revision: 0,
        document: null,
        documentSha256: null,
        files: [],
        returned: null,
      }
    }
    case 'DocumentSaved': {
      const s = at(state, 'drafting')
      const { revision, document, documentSha256, files } = e
      return { ...s, revision, document, documentSha256, files, returned: null }
    }
    case 'DocumentApproved': {
      const s = at(state, 'drafting')
      return {
        ...s,
        stage: 'approved',
        document: s.document as TenderDocument,
        documentSha256: e.documentSha256,
        waivers: e.waivers,
      }
    }
    case 'DocumentReturned':
      return { ...at(state, 'drafting', 'approved'), stage: 'drafting', returned: e.reason }
    case 'NoticePublished': {
      const s = at(state, 'approved')
      return {
        ...s,
        stage: 'published',
        regime: regimeOf(s.document.category),
        ruleSetId: e.ruleSetId,
        publishedAt: e.at,
        publishedRecordedAt: e.recordedAt,
        times: e.times,
        bidDeadline: e.times.submissionDeadline,
        version: 1,
        versions: [
          {
            version: 1,
            documentSha256: s.documentSha256,
            document: s.document,
            files: s.files,
            at: e.at,
            text: null,
          },
        ],
        answers: [],
        deadlines: [],
        proposals: {},
        successor: null,
      }
    }
    case 'ClarificationIssued': {
      const s = at(state, 'published')
      const { id, question, text } = e
      return { ...s, answers: [...s.answers, { id, question, text, at: e.at }] }
    }
    case 'AnswerProposed': {
      const s = at(state, 'published')
      const { id, question, text, act } = e
      return {
        ...s,
        proposals: { ...s.proposals, [id]: { kind: 'answer', id, question, text, act } },
      }
    }
    case 'AmendmentProposed': {
      const s = at(state, 'published')
      const { type, at: _, recordedAt, actor, version, ...proposal } = e
      return { ...s, proposals: { ...s.proposals, [e.id]: proposal } }
    }
    case 'ProposalEnded': {
      const s = at(state, 'published')
      const { [e.id]: ended, ...proposals } = s.proposals
      return { ...s, proposals }
    }
    case 'DocumentAmended': {
      const s = at(state, 'published')
      const { documentSha256, document, files, text } = e
      const amendedTo = {
        version: e.documentVersion,
        documentSha256,
        document,
        files,
        at: e.at,
        text,
      }
      return {
        ...s,
        document,
        documentSha256,
        files,
        version: amendedTo.version,
        versions: [...s.versions, amendedTo],
      }
    }
    case 'DeadlineMoved': {
      const s = at(state, 'published')
      const { from, to, by } = e
      return {
        ...s,
        bidDeadline: to,
        times: { ...s.times, submissionDeadline: to, openingAt: to },
        deadlines: [...s.deadlines, { from, to, at: e.at, by }],
      }
    }
    case 'ProjectRelinked':
      return { ...at(state, 'published'), successor: e.successor }
    case 'ClockMoved': {
      const s = at(state, 'drafting', 'approved', 'published')
      return { ...s, offsetMs: e.offsetMs, frozenAt: e.frozenAt }
    }
    default:
      return unreachable(e)
  }
}

export const project: Decider<State, Command, Event, Facts> = {
  kind: 'project',
  initial: { stage: 'none' },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
