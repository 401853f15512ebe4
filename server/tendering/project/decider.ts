import { type Decider, decideBy, type Table } from '../../kernel/decider.ts'
import { problems } from './problems.ts'
import {
  checkTimes,
  deadlineAfterStanding,
  deadlineDayFindings,
  isVoluntaryTender,
  mayMoveDeadline,
} from './rules.ts'
import {
  amended,
  clockCell,
  closing,
  isAnswered,
  isOpenAnswer,
  isOpenOn,
  moved,
  noticeTimes,
  openProposal,
  refusal,
  saveCell,
  standing,
} from './rules-cells.ts'
import { evolve } from './rules-evolve.ts'
import type { Command, Event, Facts, State } from './state.ts'

export type * from './state.ts'

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
