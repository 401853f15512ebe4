import {
  at,
  type Context,
  type Decider,
  decideBy,
  type Recorded,
  type Table,
  unreachable,
} from '../../kernel/decider.ts'
import { problems } from './problems.ts'
import type { Command, Event, Facts, Joined, LiveBid, State, Submission, WithBid } from './state.ts'

export type * from './state.ts'

/**
 * A party in a lot: it joins, asks, pays its bond, and submits one live sealed bid. The stream is
 * hidden until the opening: nobody but the bidder may learn that it exists.
 * @source 招标投标法 art. 28, 29; 招标投标法实施条例 art. 35, 36; 电子招标投标办法 art. 26, 27 ○
 */
type X = Context<Facts>
/** While the deadline stands still its old instant ends nothing, and begins nothing. */
const deadlineThatStands = (_: unknown, __: unknown, x: X): string | null => {
  const { deadline, deadlineHeld } = x.facts
  return deadlineHeld && deadline !== null && x.now >= deadline ? null : deadline
}
const late = { 'bid-too-late': deadlineThatStands }
const held = { 'deadline-held': (_: unknown, __: unknown, x: X) => x.facts.deadlineHeld }
/** What would be a new bid waits for the new deadline once the old one has gone by. */
const heldPast = {
  'deadline-held': (_: unknown, __: unknown, x: X) =>
    x.facts.deadlineHeld && x.facts.deadline !== null && x.now >= x.facts.deadline,
}
const closed = {
  'lot-not-tendering': (_: unknown, __: unknown, x: X) => !x.facts.tendering,
  'lot-suspended': (_: unknown, __: unknown, x: X) => x.facts.suspended,
}
/** One person never acts for two bidders of a lot; the refusal says nothing of the other. */
const oneBidder = {
  'person-not-eligible': (_: unknown, __: unknown, x: X) => x.facts.actsForAnother,
}
const sealedFor = {
  'document-version-stale': (_: unknown, c: Submission, x: X) =>
    (c.documentVersion !== x.facts.documentVersion ||
      c.documentSha256 !== x.facts.documentSha256) && {
      current: x.facts.documentVersion,
      given: c.documentVersion,
    },
}
const submission = ({ type: _, ...rest }: Submission & { type: string }): Submission => rest

/** Commands of one who holds the document, whether or not a bid is in. */
const holder = {
  askQuestion: {
    before: late,
    unless: {
      'question-asked-already': (s: Joined, c: { id: string }) =>
        s.questions.some((q) => q.id === c.id),
      'too-many-questions': (s: Joined) => s.questions.length >= 200,
    },
    then: {
      QuestionAsked: (_: Joined, { id, text }: { id: string; text: string }) => ({ id, text }),
    },
  },
  recordBond: {
    before: late,
    unless: {
      ...oneBidder,
      'bond-recorded-already': (s: Joined) => s.bonds.some((b) => b.settled === null),
      'bond-amount-differs': (_: Joined, c: { amountFen: number }, x: X) =>
        c.amountFen < x.facts.bondFen && { expectedFen: x.facts.bondFen },
    },
    then: {
      BondRecorded: (_: Joined, c: Extract<Command, { type: 'recordBond' }>) => ({
        id: c.id,
        amountFen: c.amountFen,
        form: c.form,
        reference: c.reference,
      }),
    },
  },
  enterHall: {
    after: { 'hall-not-open': (_: Joined, __: unknown, x: X) => x.facts.signInFrom },
    before: { 'opening-began': deadlineThatStands },
    unless: { ...held, 'hall-entered-already': (s: Joined) => s.hallEnteredAt !== null },
    then: { HallEntered: () => ({}) },
  },
  settleBond: {
    unless: {
      'no-such-bond': (s: Joined, c: { id: string }) =>
        !s.bonds.some((b) => b.id === c.id && b.settled === null),
      'bond-not-at-risk': (_: Joined, c: { how: 'returned' | 'forfeited' }, x: X) =>
        c.how === 'forfeited' && !x.facts.bondAtRisk,
    },
    then: {
      BondSettled: (_: Joined, { id, how }: { id: string; how: 'returned' | 'forfeited' }) => ({
        id,
        how,
      }),
    },
  },
  recordRefusal: {
    unless: { 'refusals-bounded': (s: Joined) => s.refusals >= 50 },
    then: {
      ActRefused: (_: Joined, c: Extract<Command, { type: 'recordRefusal' }>) => ({
        problem: c.problem,
        purpose: c.purpose,
        actDigest: c.actDigest,
        arrived: c.arrived,
      }),
    },
  },
} as const

const firstSubmission = {
  before: late,
  unless: {
    ...closed,
    ...heldPast,
    ...oneBidder,
    ...sealedFor,
    'revision-stale': (s: Joined, c: Submission) =>
      (c.revision !== s.revisions + 1 || c.replaces !== null) && { expected: s.revisions + 1 },
  },
  then: {
    BidSubmitted: (_: Joined, c: Extract<Command, { type: 'submit' }>, x: X) => ({
      ...submission(c),
      act: x.act as string,
      deadline: x.facts.deadline as string,
    }),
  },
} as const

export const table: Table<State, Command, Event, keyof typeof problems, Facts> = {
  none: {
    joinLot: {
      before: {
        'bid-too-late': deadlineThatStands,
        'document-period-over': (_, __, x) => x.facts.documentUntil,
      },
      unless: {
        'not-published': (_, __, x) => !x.facts.published,
        ...closed,
        ...oneBidder,
        'role-incompatible': (_, __, x) => x.facts.incompatible,
      },
      then: { LotJoined: (_, { project, lot, party }) => ({ project, lot, party }) },
    },
  },
  joined: { ...holder, submit: firstSubmission },
  withdrawn: { ...holder, submit: firstSubmission },
  submitted: {
    ...holder,
    replace: {
      before: late,
      unless: {
        ...closed,
        ...heldPast,
        ...oneBidder,
        ...sealedFor,
        'revision-stale': (s, c) =>
          (c.revision !== s.revisions + 1 || c.replaces !== s.bid.act) && {
            expected: s.revisions + 1,
          },
      },
      then: {
        BidReplaced: (_, c, x) => ({
          ...submission(c),
          act: x.act as string,
          deadline: x.facts.deadline as string,
        }),
      },
    },
    confirmBid: {
      before: late,
      unless: {
        ...closed,
        ...heldPast,
        ...oneBidder,
        'document-version-stale': (_, c, x) =>
          (c.documentVersion !== x.facts.documentVersion ||
            c.documentSha256 !== x.facts.documentSha256) && {
            current: x.facts.documentVersion,
            given: c.documentVersion,
          },
        'not-this-bid': (s, c) => c.headerHash !== s.bid.headerHash,
        'confirmed-already': (s, c) => s.bid.confirmedVersion >= c.documentVersion,
      },
      then: {
        BidConfirmed: (_, { documentVersion, documentSha256, headerHash }, x) => ({
          documentVersion,
          documentSha256,
          headerHash,
          act: x.act as string,
        }),
      },
    },
    // Nothing of the bid changes: a suspension keeps nobody from renewing his certificate.
    rewrap: {
      before: late,
      unless: {
        'lot-not-tendering': closed['lot-not-tendering'],
        ...oneBidder,
        'not-this-bid': (s, c) => c.bid !== s.bid.act || c.headerHash !== s.bid.headerHash,
      },
      then: {
        BidRewrapped: (_, { bid, headerHash, wrap, recipient }, x) => ({
          bid,
          headerHash,
          wrap,
          recipient,
          act: x.act as string,
        }),
      },
    },
    withdraw: {
      before: late,
      unless: { ...oneBidder, 'not-this-bid': (s, c) => c.actDigest !== s.bid.act },
      then: { BidWithdrawn: (_, c, x) => ({ act: x.act as string, withdrawn: c.actDigest }) },
    },
    revoke: {
      after: { 'not-yet': (_, __, x) => x.facts.deadline },
      unless: { ...held, ...oneBidder, 'nothing-to-revoke': (_, __, x) => x.facts.isOver },
      then: { BidRevoked: (_, { reason }, x) => ({ reason, act: x.act as string }) },
    },
    settleSignature: {
      unless: {
        'not-this-bid': (s, c) => c.act !== s.bid.act,
        'settled-already': (s) => s.bid.signature !== 'unknown',
      },
      then: { SignatureSettled: (_, { act, status }) => ({ act, status }) },
    },
  },
  revoked: {
    // Revoked after the deadline: whether the bond is kept is the purchaser's choice (TR 35).
    settleBond: {
      unless: { 'no-such-bond': holder.settleBond.unless['no-such-bond'] },
      then: holder.settleBond.then,
    },
    recordRefusal: holder.recordRefusal,
  },
}

export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'LotJoined':
      at(state, 'none')
      return {
        stage: 'joined',
        project: e.project,
        lot: e.lot,
        party: e.party,
        joinedAt: e.at,
        questions: [],
        bonds: [],
        hallEnteredAt: null,
        revisions: 0,
        refusals: 0,
      }
    case 'QuestionAsked': {
      const s = joined(state)
      return { ...s, questions: [...s.questions, { id: e.id, text: e.text, askedAt: e.at }] }
    }
    case 'BondRecorded': {
      const s = joined(state)
      const { id, amountFen, form } = e
      return { ...s, bonds: [...s.bonds, { id, amountFen, form, settled: null }] }
    }
    case 'BondSettled': {
      const s = joined(state)
      return { ...s, bonds: s.bonds.map((b) => (b.id === e.id ? { ...b, settled: e.how } : b)) }
    }
    case 'HallEntered':
      return { ...joined(state), hallEnteredAt: e.at }
    case 'BidSubmitted':
    case 'BidReplaced': {
      const s = joined(state)
      const { type, at: receivedAt, recordedAt, actor, version, act, deadline, ...sealed } = e
      const bid: LiveBid = {
        ...sealed,
        act,
        wrappedBy: act,
        receivedAt,
        confirmedVersion: e.documentVersion,
        signature: e.revocation,
      }
      return { ...s, stage: 'submitted', revisions: e.revision, bid }
    }
    case 'BidConfirmed': {
      const s = at(state, 'submitted')
      return { ...s, bid: { ...s.bid, confirmedVersion: e.documentVersion } }
    }
    case 'BidRewrapped': {
      const s = at(state, 'submitted')
      return { ...s, bid: { ...s.bid, wrap: e.wrap, wrappedBy: e.act } }
    }
    case 'BidWithdrawn': {
      const { bid, ...s } = at(state, 'submitted')
      return { ...s, stage: 'withdrawn' }
    }
    case 'BidRevoked':
      return { ...at(state, 'submitted'), stage: 'revoked', revokedAt: e.at }
    case 'ActRefused': {
      const s = joined(state)
      return { ...s, refusals: s.refusals + 1 }
    }
    case 'SignatureSettled': {
      const s = at(state, 'submitted')
      return { ...s, bid: { ...s.bid, signature: e.status } }
    }
    default:
      return unreachable(e)
  }
}

/** Whether a bid was there when the deadline came; one that was revoked later had to be opened. */
export const wasLiveAt = (state: State, deadline: string): state is WithBid =>
  'bid' in state && (state.stage !== 'revoked' || state.revokedAt >= deadline)

function joined(state: State): Exclude<State, { stage: 'none' }> {
  return at(state, 'joined', 'submitted', 'withdrawn', 'revoked')
}

export const bid: Decider<State, Command, Event, Facts> = {
  kind: 'bid',
  initial: { stage: 'none' },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
