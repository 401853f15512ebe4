import { type Decider, decideBy, type Table } from '../../kernel/decider.ts'
import { problems } from './problems.ts'
import {
  awardCell,
  endDayGuards,
  exportCells,
  hasEnough,
  isWinner,
  open,
  passOverCell,
  revocationCell,
  sendBackCell,
  signing,
  suspendCells,
  terminateCell,
} from './rules-cells.ts'
import { evolve } from './rules-evolve.ts'
import { isAwardPublic } from './rules-public.ts'
import type { Command, Common, Event, Facts, Proposal, RankedBid, State } from './state.ts'

export type * from './state.ts'

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
        ...endDayGuards,
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
        'result-period-fixed': (_, { until }, x) =>
          x.facts.earliestResultEnd !== null &&
          until > x.facts.earliestResultEnd && { end: x.facts.earliestResultEnd },
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
        // The letter goes out with the result, and only then the winner is known.
        'result-not-published': (s) => !isAwardPublic(s),
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
    exportBag: {
      ...exportCells.exportBag,
      // A public bag tells who has won.
      unless: {
        'result-not-published': (s, { kind }) => kind === 'public' && !isAwardPublic(s),
      },
    },
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

/**
 * The lot 标段（包）: the unit that is bid for, evaluated and awarded by itself, from its notice to
 * its archive, in both regimes. What other streams do reaches it through `server/policies.ts`.
 * @source 招标投标法 art. 24, 40–47; 招标投标法实施条例 art. 44, 53–57; 政府采购法实施条例 art. 43;
 * 财政部令第87号 art. 43, 44, 68, 69 ○
 */
export const lot: Decider<State, Command, Event, Facts> = {
  kind: 'lot',
  initial: { stage: 'none' },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
