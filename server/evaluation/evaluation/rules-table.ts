import type { Context, Table } from '../../kernel/decider.ts'
import type { Command, Event, Facts, State, Working } from './decider.ts'
import type { problems } from './problems.ts'
import { groundOf } from './review.ts'
import { answerCorrectionCell, lapseCorrectionCell } from './rules-corrections.ts'
import { absenceCell, replaceCell } from './rules-leaving.ts'
import { chairOnly, closeCell, schemeOf, strangers, submitCell, suspended } from './rules-phase.ts'
import {
  allSignatures,
  newAlarms,
  openAlarms,
  rankCell,
  signing,
  standing,
} from './rules-ranking.ts'
import { failingRows } from './rules-report.ts'
import { recheckCell, returnCell } from './rules-returns.ts'
import { revocationCell, standingBids } from './rules-revoked.ts'
import { type SheetRow, sheetFault } from './rules-sheets.ts'
import { bidsLeft } from './rules-state.ts'
import { electionCell, voteCell } from './rules-votes.ts'

/** The table of the evaluation, `domain.md` §3 "Evaluation", line by line. */
type X = Context<Facts>

const commitCell = {
  unless: {
    ...strangers,
    'not-checked-in': (_: Working, __: unknown, x: X) => !x.facts.checkedIn.includes(x.actor.party),
    'commitment-signed-already': (s: Working, _: unknown, x: X) => x.actor.party in s.declared,
  },
  then: {
    CommitmentSigned: (_: Working, c: { recusals: readonly string[] }, x: X) => ({
      member: x.actor.party,
      recusals: c.recusals,
      act: x.act as string,
    }),
  },
} as const

const answerCell = {
  before: {
    'explanation-late': (s: Working, c: { request: string }) =>
      s.requests.find((r) => r.id === c.request)?.until ?? null,
  },
  unless: {
    'request-unknown': (s: Working, c: { request: string }, x: X) =>
      !s.requests.some((r) => r.id === c.request && r.bidder === x.actor.party),
    'explained-already': (s: Working, c: { request: string }) =>
      s.requests.some((r) => r.id === c.request && r.answer !== null),
  },
  then: {
    ExplanationGiven: (_: Working, c: { request: string; text: string }, x: X) => ({
      request: c.request,
      bidder: x.actor.party,
      text: c.text,
      act: x.act as string,
    }),
  },
} as const

const pauseCell = {
  then: { EvaluationPaused: (_: unknown, c: { cause: string }) => ({ cause: c.cause }) },
} as const

type Beginning = Pick<Extract<State, { stage: 'none' }>, 'revoked'>

/** Rows of the review by purchaser or agency against every opened bid and every item. */
function reviewFault(problem: string) {
  return (s: Beginning, c: { rows: readonly SheetRow[] }, x: X) => {
    const bidders = standingBids(s, x.facts.bids).map((b) => b.id)
    const fault = sheetFault(schemeOf(x), 'qualification', bidders, c.rows)
    return fault?.problem === problem && fault.detail
  }
}

const everywhere = {
  recordAbsence: absenceCell,
  replaceMember: replaceCell,
  pause: pauseCell,
  noteRevocation: revocationCell,
} as const
/** While bids are under review: also for one who came in another's place. */
const reviewing = {
  ...everywhere,
  signCommitment: commitCell,
  answerExplanation: answerCell,
  answerCorrection: answerCorrectionCell,
  lapseCorrection: lapseCorrectionCell,
  castVote: voteCell,
} as const

export const table: Table<State, Command, Event, keyof typeof problems, Facts> = {
  none: {
    noteRevocation: revocationCell,
    submitQualificationReview: {
      unless: {
        ...suspended,
        'wrong-regime': (_, __, x) => x.facts.scheme?.regime !== 'governmentProcurement',
        'not-qualifying': (_, __, x) => x.facts.lotStage !== 'qualifying',
        'sheet-foreign-row': reviewFault('sheet-foreign-row'),
        'reason-missing': reviewFault('reason-missing'),
        'sheet-incomplete': reviewFault('sheet-incomplete'),
      },
      then: {
        QualificationReviewed: (_, { rows }, x) => ({
          rows,
          by: x.actor.party,
          act: x.act as string,
        }),
        BidRejected: (_, { rows }, x) => {
          const { regime, qualification } = schemeOf(x)
          return failingRows(rows).map((row) => {
            const item = qualification.find((i) => i.id === row.item)
            if (!item) throw new Error(`no item ${row.item}`)
            return {
              bidder: row.bidder,
              phase: 'qualification' as const,
              item: row.item,
              ground: groundOf(regime, 'qualification', item),
              by: 'purchaser' as const,
              votes: null,
              reasons: row.reason ? [row.reason] : [],
            }
          })
        },
      },
    },
    assembleCommittee: {
      unless: {
        'wrong-regime': (_, __, x) => x.facts.scheme?.regime !== 'tender',
        'not-qualifying': (_, __, x) => x.facts.lotStage !== 'evaluating',
        'committee-incomplete': (_, __, x) => x.facts.committee === null,
      },
      then: {
        CommitteeAssembled: (s, __, x) => ({
          members: x.facts.committee ?? [],
          bidders: standingBids(s, x.facts.bids).map((b) => b.id),
        }),
      },
    },
  },
  waiting: {
    noteRevocation: revocationCell,
    assembleCommittee: {
      unless: {
        'not-qualifying': (_, __, x) => x.facts.lotStage !== 'evaluating',
        'committee-incomplete': (_, __, x) => x.facts.committee === null,
      },
      then: {
        CommitteeAssembled: (s, __, x) => ({
          members: x.facts.committee ?? [],
          bidders: bidsLeft({ ...s, bidders: x.facts.bids.map((b) => b.id) }),
        }),
      },
    },
  },
  assembled: { ...everywhere, signCommitment: commitCell },
  ready: { ...everywhere, castVote: electionCell },
  phase: { ...reviewing, submitSheet: submitCell, closePhase: closeCell },
  aggregated: {
    ...reviewing,
    raiseAlarms: { then: { ScoreAlarmRaised: (s, _, x) => newAlarms(s, x) } },
    confirmScore: {
      unless: {
        'no-such-alarm': (s, c) => !openAlarms(s).some((a) => a.alarm === c.alarm),
        'objective-differs': (s, c) =>
          s.alarms.some((a) => a.alarm === c.alarm && a.kind === 'objective-differs'),
        'not-your-alarm': (s, c, x) =>
          s.alarms.find((a) => a.alarm === c.alarm)?.member !== x.actor.party,
      },
      then: {
        ScoreConfirmed: (_, { alarm, reason }, x) => ({ alarm, member: x.actor.party, reason }),
      },
    },
    rank: rankCell,
  },
  ranked: {
    ...everywhere,
    returnReport: returnCell,
    signReport: {
      unless: signing,
      then: { ReportSigned: (_, __, x) => ({ member: x.actor.party, act: x.act as string }) },
    },
    dissent: {
      unless: signing,
      then: {
        DissentRecorded: (_, { reason }, x) => ({
          member: x.actor.party,
          reason,
          act: x.act as string,
        }),
      },
    },
    submitReport: {
      unless: {
        ...suspended,
        ...chairOnly,
        'signatures-missing': (s, _, x) =>
          standing(s, x.now) === 'signature-missing' && { until: s.signUntil },
        'majority-dissents': (s, _, x) => standing(s, x.now) === 'majority-dissents',
      },
      then: {
        ReportSubmitted: (s) => ({
          reportSha256: s.reportSha256,
          report: s.report,
          signatures: allSignatures(s),
        }),
      },
    },
  },
  reported: { beginRecheck: recheckCell },
  paused: {
    noteRevocation: revocationCell,
    resume: {
      then: {
        EvaluationResumed: (s, _, x) => ({ pausedMs: Date.parse(x.now) - Date.parse(s.since) }),
      },
    },
  },
}
