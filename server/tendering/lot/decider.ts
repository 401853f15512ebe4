import {
  at,
  type Cell,
  type Context,
  type Decider,
  decideBy,
  type Recorded,
  type Table,
  unreachable,
} from '../../kernel/decider.ts'
import type { Regime } from '../project/document.ts'
import { wholeLimit } from '../project/limits-data.ts'
import { problems } from './problems.ts'

/**
 * The lot 标段（包）: the unit that is bid for, evaluated and awarded by itself, from its notice to
 * its archive, in both regimes. What other streams do reaches it through `server/policies.ts`.
 * @source 招标投标法 art. 24, 40–47; 招标投标法实施条例 art. 44, 53–57; 政府采购法实施条例 art. 43;
 * 财政部令第87号 art. 43, 44, 68, 69 ○
 */
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
      ground: CandidateFailGround
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
      ground: CandidateFailGround
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
  | { type: 'LotResumed'; by: string; suspendedMs: number }

export type FailGround =
  | 'tooFewBidders'
  | 'tooFewQualified'
  | 'allRejected'
  | 'competitionLacking'
  | 'documentFlawed'
  | 'noCandidateLeft'
export type CandidateFailGround = 'gaveUp' | 'forceMajeure' | 'noPerformanceBond' | 'offence'

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
interface Proposal {
  readonly id: string
  readonly number: string
  readonly priceFen: number
  readonly terms: string
  readonly act: string
}
interface Suspension {
  readonly by: string
  readonly cause: string
  readonly since: string
}
interface Common {
  readonly project: string
  readonly lot: string
  readonly regime: Regime
  /** Open causes of suspension; while there is one, no command of the trade is taken. */
  readonly suspensions: readonly Suspension[]
  /** How long bidding stood still, by cause: the project's deadline moves by each. */
  readonly stood: readonly { readonly by: string; readonly ms: number }[]
  /** Reports that the purchaser sent back, in order; absent: none. */
  readonly rechecks?: readonly SentBack[]
  /** While such a report is taken up again: who was passed over stays passed over. */
  readonly gone?: Pick<Evaluated, 'failed' | 'atRisk'>
}
interface Evaluated extends Common {
  readonly report: string
  readonly evaluatedAt: string
  readonly ranking: readonly RankedBid[]
  readonly candidates: readonly string[]
  /** Those whose award was cancelled, in order. */
  readonly failed: readonly string[]
  /** Of these, whose own cause it was: the bid bond may be kept (TR 74). */
  readonly atRisk: readonly string[]
}
interface Publicity extends Evaluated {
  readonly until: string
}
interface Awarded extends Evaluated {
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
  readonly earliestPublicityEnd: string | null
  readonly earliestResultEnd: string | null
  /** Objections and challenges of this lot that are not settled. */
  readonly openObjections: number
  /** Signatures whose revocation status still waits for its later check. */
  readonly unsettledSignatures: number
  readonly bondsOpen: number
  /** How far the lot's streams go: what a bag must at least hold. */
  readonly heads: readonly StreamHead[]
  /** End of the thirty days in which the contract is signed; null before the award. */
  readonly contractUntil: string | null
}

const open = (s: Common) => s.suspensions.length > 0
/** Refused from the end of the thirty days on. */
const signing = {
  'contract-period-over': (_: Awarded, __: unknown, x: Context<Facts>) => x.facts.contractUntil,
}
/** A day that two causes share is counted once: with the cause that goes last. */
function stoodMs(s: Common, by: string, now: string): number {
  const since = s.suspensions.find((one) => one.by === by)?.since ?? now
  const others = s.suspensions.filter((one) => one.by !== by).map((one) => one.since)
  const until = [now, ...others].sort()[0]!
  return Math.max(0, Date.parse(until) - Date.parse(since))
}
const hasEnough = (x: Context<Facts>) => x.facts.liveBids >= wholeLimit('minBidders')
const isWinner = (s: Awarded, x: Context<Facts>) => x.actor.party === s.winner.bidder
const nextCandidate = (s: Evaluated): RankedBid | undefined =>
  s.candidates
    .filter((bidder) => !s.failed.includes(bidder))
    .map((bidder) => s.ranking.find((r) => r.bidder === bidder))
    .find((r) => r !== undefined)

/** Nobody but the first candidate left is awarded, or passed over. */
const notFirst = (s: Evaluated, c: { bidder: string }) => {
  const first = nextCandidate(s)?.bidder ?? null
  return first !== c.bidder && { first }
}

/** What the purchaser read must be the report that stands, and not one taken up again before. */
const sendBackCell = {
  unless: {
    'lot-suspended': open,
    'report-not-current': (s: Evaluated, c: SentBack) => c.report !== s.report,
    'report-rechecked': (s: Evaluated, c: SentBack) =>
      s.rechecks?.some((one) => one.report === c.report) ?? false,
  },
  then: {
    ReportSentBack: (_: Evaluated, c: SentBack, x: Context<Facts>) => ({
      report: c.report,
      ground: c.ground,
      reason: c.reason,
      act: x.act as string,
    }),
  },
} as const

/**
 * A candidate is passed over before the award on the grounds that would cancel it after (TR 55):
 * without one of them nobody but the first may be awarded.
 */
const passOverCell = {
  unless: {
    'lot-suspended': open,
    'not-first-candidate': notFirst,
  },
  then: {
    CandidatePassedOver: (
      _: Evaluated,
      c: Extract<Command, { type: 'passOver' }>,
      x: Context<Facts>,
    ) => ({
      bidder: c.bidder,
      ground: c.ground,
      reason: c.reason,
      evidence: c.evidence,
      act: x.act as string,
    }),
  },
} as const

/** A candidate who revoked its bid has given up; its own signed act is the evidence. */
const revocationCell = {
  unless: {
    'not-a-candidate': (s: Evaluated, c: { bidder: string }) =>
      !s.candidates.includes(c.bidder) || s.failed.includes(c.bidder),
  },
  then: {
    CandidatePassedOver: (_: Evaluated, c: Extract<Command, { type: 'noteRevocation' }>) => ({
      bidder: c.bidder,
      ground: 'gaveUp' as const,
      reason: c.reason,
      evidence: c.revocation,
      act: null,
    }),
  },
} as const

const exportCell = {
  then: {
    BagExported: (_: unknown, c: { kind: 'full' | 'public' }) =>
      c.kind === 'full' && { kind: c.kind },
  },
} satisfies Cell<never, { kind: 'full' | 'public' }, Event, never, Facts>

/** Bags may be made: each is told apart from one whose end was cut off. */
const exportCells = {
  exportBag: exportCell,
  recordHeads: {
    then: {
      HeadsRecorded: (_: unknown, c: Extract<Command, { type: 'recordHeads' }>) => ({
        heads: c.heads,
        joined: c.joined,
      }),
    },
  },
} as const

const suspendCells = {
  suspend: {
    unless: {
      'suspended-already': (s: Common, c: { by: string }) =>
        s.suspensions.some((one) => one.by === c.by),
    },
    then: {
      LotSuspended: (_: Common, c: { by: string; cause: string }) => ({ by: c.by, cause: c.cause }),
    },
  },
  resume: {
    unless: {
      'not-suspended': (s: Common, c: { by: string }) =>
        !s.suspensions.some((one) => one.by === c.by),
    },
    then: {
      LotResumed: (s: Common, c: { by: string }, x: Context<Facts>) => ({
        by: c.by,
        suspendedMs: stoodMs(s, c.by, x.now),
      }),
    },
  },
} as const

const terminateCell = {
  then: {
    LotTerminated: (_: Common, c: { reason: string }, x: Context<Facts>) => ({
      reason: c.reason,
      act: x.act as string,
    }),
  },
} as const

/** 定标: the first candidate left, by law where state money controls, else as documented. */
const awardCell = {
  unless: {
    'lot-suspended': open,
    'not-first-candidate': notFirst,
    'price-differs': (s: Evaluated, c: { priceFen: number | null }) => {
      const expectedFen = nextCandidate(s)?.priceFen ?? 0
      return c.priceFen !== null && c.priceFen !== expectedFen && { expectedFen }
    },
    'signatures-unsettled': (_: Evaluated, _c: unknown, x: Context<Facts>) =>
      x.facts.unsettledSignatures > 0,
  },
  then: {
    LotAwarded: (s: Evaluated, c: { bidder: string; reason: string | null }, x: Context<Facts>) => {
      const next = nextCandidate(s) as RankedBid
      return {
        bidder: next.bidder,
        priceFen: next.priceFen,
        rank: next.rank,
        reason: c.reason,
        act: x.act ?? null,
        ...(next.openedFen === undefined ? {} : { openedFen: next.openedFen }),
      }
    },
  },
} as const

export const table: Table<State, Command, Event, keyof typeof problems, Facts> = {
  none: {
    openLot: {
      then: {
        LotOpened: (_, { project, lot, regime }) => ({ project, lot, regime, headsKept: true }),
      },
    },
  },
  tendering: {
    ...suspendCells,
    terminate: terminateCell,
    passDeadline: {
      after: { 'not-yet': (_, __, x) => x.facts.deadline },
      unless: { 'lot-suspended': open },
      then: {
        DeadlinePassed: (_, __, x) => hasEnough(x) && {},
        LotFailed: (_, __, x) => !hasEnough(x) && { ground: 'tooFewBidders' },
      },
    },
  },
  opening: {
    ...suspendCells,
    terminate: terminateCell,
    beginQualification: {
      unless: { 'wrong-regime': (s) => s.regime !== 'governmentProcurement' },
      then: { QualificationBegan: () => ({}) },
    },
    beginEvaluation: {
      unless: { 'wrong-regime': (s) => s.regime !== 'tender' },
      then: { EvaluationBegan: () => ({}) },
    },
  },
  qualifying: {
    ...suspendCells,
    terminate: terminateCell,
    beginEvaluation: { unless: { 'lot-suspended': open }, then: { EvaluationBegan: () => ({}) } },
    fail: { then: { LotFailed: (_, { ground }) => ({ ground }) } },
  },
  evaluating: {
    ...suspendCells,
    terminate: terminateCell,
    completeEvaluation: {
      then: {
        LotEvaluated: (_, { report, ranking, candidates }) => ({ report, ranking, candidates }),
      },
    },
    fail: { then: { LotFailed: (_, { ground }) => ({ ground }) } },
  },
  evaluated: {
    ...suspendCells,
    terminate: terminateCell,
    sendBack: sendBackCell,
    noteRevocation: revocationCell,
    passOver: {
      ...passOverCell,
      unless: {
        'wrong-regime': (s: Common) => s.regime !== 'governmentProcurement',
        ...passOverCell.unless,
      },
    },
    fail: { then: { LotFailed: (_, { ground }) => ({ ground }) } },
    publishCandidates: {
      unless: {
        'wrong-regime': (s) => s.regime !== 'tender',
        'lot-suspended': open,
        'candidates-differ': (s, c) => c.candidates.join() !== s.candidates.join(),
        'publicity-too-short': (_, { until }, x) =>
          x.facts.earliestPublicityEnd !== null &&
          until < x.facts.earliestPublicityEnd && { earliest: x.facts.earliestPublicityEnd },
      },
      then: {
        CandidatesPublished: (s, { until }, x) => ({
          candidates: s.candidates.map((b) => s.ranking.find((r) => r.bidder === b) as RankedBid),
          until,
          act: x.act as string,
        }),
      },
    },
    award: {
      ...awardCell,
      unless: {
        'wrong-regime': (s: Common) => s.regime !== 'governmentProcurement',
        ...awardCell.unless,
      },
    },
  },
  publicity: {
    ...suspendCells,
    terminate: terminateCell,
    noteRevocation: revocationCell,
    endPublicity: {
      after: { 'not-yet': (s) => s.until },
      unless: {
        'lot-suspended': open,
        'objection-open': (_, __, x) => x.facts.openObjections > 0,
      },
      then: { PublicityEnded: () => ({}) },
    },
  },
  awarding: {
    ...suspendCells,
    terminate: terminateCell,
    award: awardCell,
    passOver: passOverCell,
    noteRevocation: revocationCell,
    fail: { then: { LotFailed: (_, { ground }) => ({ ground }) } },
  },
  awarded: {
    ...suspendCells,
    publishResult: {
      unless: {
        'lot-suspended': open,
        'result-published': (s) => s.resultUntil !== null,
        'not-the-winner': (s, c) => c.bidder !== s.winner.bidder,
        'publicity-too-short': (_, { until }, x) =>
          x.facts.earliestResultEnd !== null &&
          until < x.facts.earliestResultEnd && { earliest: x.facts.earliestResultEnd },
      },
      then: { ResultPublished: (_, { until }, x) => ({ until, act: x.act as string }) },
    },
    candidateFails: {
      unless: { 'lot-suspended': open },
      then: {
        // What was proposed to the one who failed has lapsed with the award.
        ContractProposalEnded: (s) =>
          s.proposal !== null && { id: s.proposal.id, how: 'lapsed', reason: null },
        AwardCancelled: (s, { ground, reason }, x) => ({
          bidder: s.winner.bidder,
          ground,
          reason,
          act: x.act as string,
        }),
      },
    },
    proposeContract: {
      before: signing,
      unless: {
        'lot-suspended': open,
        'proposal-open': (s) => s.proposal !== null,
        'price-differs': (s, { priceFen }) =>
          priceFen !== s.winner.priceFen && { expectedFen: s.winner.priceFen },
      },
      then: {
        ContractProposed: (_, { id, number, priceFen, terms }, x) => ({
          id,
          number,
          priceFen,
          terms,
          act: x.act as string,
        }),
      },
    },
    countersign: {
      before: signing,
      unless: {
        'lot-suspended': open,
        'no-open-proposal': (s, { id }) => s.proposal?.id !== id,
        'not-entitled': (s, _, x) => !isWinner(s, x),
        'proposal-differs': (s, { proposalSha256 }) => s.proposal?.act !== proposalSha256,
      },
      then: {
        ContractSigned: (s, { id }, x) => ({
          id,
          number: (s.proposal as Proposal).number,
          priceFen: (s.proposal as Proposal).priceFen,
          act: x.act as string,
        }),
      },
    },
    withdrawProposal: {
      unless: { 'no-open-proposal': (s, { id }) => s.proposal?.id !== id },
      then: { ContractProposalEnded: (_, { id }) => ({ id, how: 'withdrawn', reason: null }) },
    },
    declineProposal: {
      unless: {
        'no-open-proposal': (s, { id }) => s.proposal?.id !== id,
        'not-entitled': (s, _, x) => !isWinner(s, x),
      },
      then: { ContractProposalEnded: (_, { id, reason }) => ({ id, how: 'declined', reason }) },
    },
    lapseProposal: {
      after: { 'not-yet': (_, __, x) => x.facts.contractUntil },
      unless: { 'no-open-proposal': (s, { id }) => s.proposal?.id !== id },
      then: { ContractProposalEnded: (_, { id }) => ({ id, how: 'lapsed', reason: null }) },
    },
    ...exportCells,
  },
  contracted: {
    ...suspendCells,
    archive: {
      unless: {
        'lot-suspended': open,
        'bonds-open': (_, __, x) => x.facts.bondsOpen > 0 && { count: x.facts.bondsOpen },
      },
      then: { LotArchived: (_, __, x) => ({ act: x.act ?? null, heads: x.facts.heads }) },
    },
    ...exportCells,
  },
  archived: exportCells,
  failed: exportCells,
  terminated: exportCells,
}

export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'LotOpened':
      at(state, 'none')
      return {
        stage: 'tendering',
        project: e.project,
        lot: e.lot,
        regime: e.regime,
        suspensions: [],
        stood: [],
      }
    case 'DeadlinePassed':
      return { ...at(state, 'tendering'), stage: 'opening' }
    case 'LotFailed':
      return { ...common(live(state)), stage: 'failed', ground: e.ground }
    case 'LotTerminated':
      return { ...common(live(state)), stage: 'terminated', reason: e.reason }
    case 'QualificationBegan':
      return { ...at(state, 'opening'), stage: 'qualifying' }
    case 'EvaluationBegan':
      return { ...at(state, 'opening', 'qualifying'), stage: 'evaluating' }
    case 'LotEvaluated': {
      const { gone, ...s } = at(state, 'evaluating')
      return {
        ...s,
        stage: 'evaluated',
        report: e.report,
        ranking: e.ranking,
        candidates: e.candidates,
        evaluatedAt: e.at,
        failed: gone?.failed ?? [],
        atRisk: gone?.atRisk ?? [],
      }
    }
    case 'CandidatesPublished':
      return { ...at(state, 'evaluated'), stage: 'publicity', until: e.until }
    case 'PublicityEnded':
      return { ...at(state, 'publicity'), stage: 'awarding' }
    case 'LotAwarded': {
      const s = at(state, 'evaluated', 'awarding')
      const winner = s.ranking.find((r) => r.bidder === e.bidder) as RankedBid
      return {
        ...s,
        stage: 'awarded',
        winner: { ...winner, priceFen: e.priceFen },
        awardedAt: e.at,
        resultUntil: null,
        proposal: null,
      }
    }
    case 'AwardCancelled': {
      // Of the award nothing is left: no letter, no limit of it.
      const { winner, awardedAt, resultUntil, proposal, ...s } = at(state, 'awarded')
      const atRisk = e.ground === 'forceMajeure' ? s.atRisk : [...s.atRisk, e.bidder]
      return { ...s, stage: 'awarding', failed: [...s.failed, e.bidder], atRisk }
    }
    case 'CandidatePassedOver': {
      const s = at(state, 'evaluated', 'publicity', 'awarding')
      const atRisk = e.ground === 'forceMajeure' ? s.atRisk : [...s.atRisk, e.bidder]
      return { ...s, failed: [...s.failed, e.bidder], atRisk }
    }
    case 'ReportSentBack': {
      const s = at(state, 'evaluated')
      const { report, ground, reason } = e
      const rechecks = [...(s.rechecks ?? []), { report, ground, reason }]
      const gone = { failed: s.failed, atRisk: s.atRisk }
      return { ...common(s), stage: 'evaluating', rechecks, gone }
    }
    case 'ResultPublished':
      return { ...at(state, 'awarded'), resultUntil: e.until }
    case 'ContractProposed': {
      const { id, number, priceFen, terms, act } = e
      return { ...at(state, 'awarded'), proposal: { id, number, priceFen, terms, act } }
    }
    case 'ContractProposalEnded':
      return { ...at(state, 'awarded'), proposal: null }
    case 'ContractSigned':
      return { ...at(state, 'awarded'), stage: 'contracted' }
    case 'BagExported':
    case 'HeadsRecorded':
      return state
    case 'LotArchived':
      return { ...at(state, 'contracted'), stage: 'archived' }
    case 'LotSuspended': {
      const s = live(state)
      const { by, cause } = e
      return { ...s, suspensions: [...s.suspensions, { by, cause, since: e.at }] }
    }
    case 'LotResumed': {
      const s = live(state)
      const rest = { ...s, suspensions: s.suspensions.filter((one) => one.by !== e.by) }
      // A stopped clock ⏸ goes on where it stood.
      if (rest.stage === 'tendering')
        return { ...rest, stood: [...rest.stood, { by: e.by, ms: e.suspendedMs }] }
      return rest.stage === 'publicity'
        ? { ...rest, until: new Date(Date.parse(rest.until) + e.suspendedMs).toISOString() }
        : rest
    }
    default:
      return unreachable(e)
  }
}

function live(state: State): Exclude<State, { stage: 'none' }> {
  if (state.stage === 'none') throw new Error('corrupt stream: an event of a lot not opened')
  return state
}
function common({ project, lot, regime, suspensions, stood }: Common): Common {
  return { project, lot, regime, suspensions, stood }
}

export const lot: Decider<State, Command, Event, Facts> = {
  kind: 'lot',
  initial: { stage: 'none' },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
