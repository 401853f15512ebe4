import { addMs } from '../../kernel/calendar.ts'
import { type Decider, decideBy, type Table } from '../../kernel/decider.ts'
import { problems } from './problems.ts'
import { checkTimes, deadlineDayFindings, isVoluntaryTender } from './rules.ts'
import {
  amended,
  clockCell,
  closing,
  countersignedGuards,
  isAnswered,
  isOpenAnswer,
  isOpenOn,
  isRegistered,
  moved,
  noticeTimes,
  notLater,
  openProposal,
  proposedGuards,
  refusal,
  saveCell,
  standing,
  timesGuards,
} from './rules-cells.ts'
import { deadlineAfterStanding, documentUntilAfterStanding } from './rules-deadline.ts'
import { evolve } from './rules-evolve.ts'
import type {
  Approved,
  Command,
  Drafting,
  Event,
  Facts,
  Published,
  State,
  Waiver,
} from './state.ts'

export type * from './state.ts'

export const table: Table<State, Command, Event, keyof typeof problems, Facts> = {
  none: {
    createProject: {
      unless: {
        'parties-not-distinct': (_, c) =>
          new Set([c.purchaser, c.agency, c.tradingCentre]).size < 3,
        'party-not-purchaser': (_, c, x) => !isRegistered(x, c.purchaser, 'purchaser'),
        'party-not-centre': (_, c, x) => !isRegistered(x, c.tradingCentre, 'tradingCentre'),
      },
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
        ...timesGuards<Drafting, { waivers: readonly Waiver[] }>((s, c, x) =>
          s.document === null
            ? []
            : standing(
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
        ...timesGuards<Approved, { submissionDeadline: string | null }>((s, c, x) =>
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
        AnswerProposed: (_, { id, question, asked, text }, x) => ({
          id,
          question,
          asked,
          text,
          act: x.act as string,
        }),
      },
    },
    proposeAmendment: {
      before: closing,
      unless: {
        'proposal-open': isOpenOn('amendment'),
        ...proposedGuards,
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
        'deadline-only-later': (s, c, x) => notLater(s, c.deadline, x),
        ...timesGuards<Published, { deadline: string }>((_, c, x) =>
          deadlineDayFindings(c.deadline, x.facts.calendar),
        ),
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
          return p?.kind === 'deadline' && notLater(s, p.deadline, x)
        },
        // Answered meanwhile by another act.
        'answered-already': (s, c) => {
          const p = s.proposals[c.id]
          return p?.kind === 'answer' && isAnswered(s, p)
        },
        ...countersignedGuards,
      },
      then: {
        ClarificationIssued: (s, { id }) => {
          const p = s.proposals[id]
          if (p?.kind !== 'answer') return false
          return { id: p.question, question: p.asked ?? p.question, text: p.text }
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
        DeadlineMoved: (s, { by, from, stoodMs }, x) => ({
          from: s.bidDeadline,
          to: deadlineAfterStanding(s.bidDeadline, stoodMs, x.facts.calendar),
          documentUntil: documentUntilAfterStanding(s.times.documentUntil, {
            from: from ?? addMs(x.now, -stoodMs),
            stoodMs,
          }),
          by,
          act: null,
        }),
      },
    },
    relink: {
      unless: {
        'no-failed-lot': (_, { lot }, x) => !x.facts.failedLots.includes(lot),
        'relinked-already': (s, { lot }) => lot in s.successors || s.id in s.successors,
        'successor-not-published': (s, { successor }, x) =>
          successor === s.id || x.facts.successorOf === null,
        'successor-not-own': (s, _, x) => x.facts.successorOf !== s.purchaser,
      },
      then: {
        ProjectRelinked: (_, { lot, successor, reason }) => ({ lot, successor, reason }),
      },
    },
  },
}

/**
 * The project 项目: its tender document from draft to publication, answers and amendments 答疑、澄清、
 * 修改, and its trade clock. What bears on bids is an act of two parties: the agency proposes, the
 * purchaser countersigns the same bytes, and only then it has effect. Who asked is in the hidden
 * `bid` stream.
 * @source 招标投标法 art. 19–24; 招标投标法实施条例 art. 15–22; 政府采购法实施条例 art. 31, 32
 */
export const project: Decider<State, Command, Event, Facts> = {
  kind: 'project',
  initial: { stage: 'none' },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
