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

/**
 * A party in a lot: it joins, asks, pays its bond, and submits one live sealed bid. The stream is
 * hidden until the opening: nobody but the bidder may learn that it exists.
 * @source 招标投标法 art. 28, 29; 招标投标法实施条例 art. 35, 36; 电子招标投标办法 art. 26, 27 ○
 */
export type Command =
  | { type: 'joinLot'; project: string; lot: string; party: string }
  | { type: 'askQuestion'; id: string; text: string }
  | {
      type: 'recordBond'
      id: string
      amountFen: number
      form: 'transfer' | 'guarantee'
      reference: string
    }
  | { type: 'enterHall' }
  | ({ type: 'submit' } & Submission)
  | ({ type: 'replace' } & Submission)
  | { type: 'confirmBid'; documentVersion: number; documentSha256: string; headerHash: string }
  | ({ type: 'rewrap' } & Rewrapping)
  | { type: 'withdraw'; actDigest: string }
  | { type: 'revoke'; reason: string }
  | { type: 'settleBond'; id: string; how: 'returned' | 'forfeited' }
  | {
      type: 'recordRefusal'
      problem: string
      purpose: string
      actDigest: string | null
      arrived: Arrived[]
    }
  | { type: 'settleSignature'; act: string; status: 'good' | 'revoked' }

export interface Arrived {
  readonly id: string
  readonly bytes: number
}

/** The live bid's secret wrapped anew, for the certificate in use now; its sealed bytes stay. */
export interface Rewrapping {
  /** Digest of the act that submitted the bid. */
  readonly bid: string
  readonly headerHash: string
  /** Digest of the side row with the new wrap (`server/vault/wraps.ts`). */
  readonly wrap: string
  /** SHA-256 of the encryption certificate that it is for. */
  readonly recipient: string
}

/** A sealed bid, checked in full before it comes here (`server/sealing/check.ts`). */
export interface Submission {
  readonly part: 'whole'
  readonly headerHash: string
  readonly revision: number
  /** Digest of the act that this one replaces; null for a first submission. */
  readonly replaces: string | null
  readonly documentVersion: number
  readonly documentSha256: string
  readonly envelope: { readonly sha256: string; readonly bytes: number }
  readonly blobs: readonly { readonly id: string; readonly bytes: number; readonly root: string }[]
  /** Digest of the side row with the wrap of the bid secret (`server/vault/wraps.ts`); no wrap: null. */
  readonly wrap: string | null
  readonly certSha256: string
  readonly nonce: string
  /** Unknown: accepted provisionally, asked again after the deadline. */
  readonly revocation: 'good' | 'unknown'
}

export type Event =
  | { type: 'LotJoined'; project: string; lot: string; party: string }
  | { type: 'QuestionAsked'; id: string; text: string }
  | {
      type: 'BondRecorded'
      id: string
      amountFen: number
      form: 'transfer' | 'guarantee'
      reference: string
    }
  | { type: 'BondSettled'; id: string; how: 'returned' | 'forfeited' }
  | { type: 'HallEntered' }
  | ({ type: 'BidSubmitted'; act: string; deadline: string } & Submission)
  | ({ type: 'BidReplaced'; act: string; deadline: string } & Submission)
  | {
      type: 'BidConfirmed'
      documentVersion: number
      documentSha256: string
      headerHash: string
      act: string
    }
  | ({ type: 'BidRewrapped'; act: string } & Rewrapping)
  | { type: 'BidWithdrawn'; act: string; withdrawn: string }
  | { type: 'BidRevoked'; reason: string; act: string }
  | {
      type: 'ActRefused'
      problem: string
      purpose: string
      actDigest: string | null
      arrived: Arrived[]
    }
  | { type: 'SignatureSettled'; act: string; status: 'good' | 'revoked' }

export interface LiveBid extends Submission {
  readonly act: string
  /** The act beside which `wrap` lies: the submission, or the last rewrapping. */
  readonly wrappedBy: string
  readonly receivedAt: string
  /** The newest document version that the bidder submitted for or confirmed. */
  readonly confirmedVersion: number
  readonly signature: 'good' | 'unknown' | 'revoked'
}
export interface Bond {
  readonly id: string
  readonly amountFen: number
  readonly form: 'transfer' | 'guarantee'
  readonly settled: 'returned' | 'forfeited' | null
}
interface Joined {
  readonly project: string
  readonly lot: string
  readonly party: string
  readonly joinedAt: string
  readonly questions: readonly {
    readonly id: string
    readonly text: string
    readonly askedAt: string
  }[]
  readonly bonds: readonly Bond[]
  readonly hallEnteredAt: string | null
  /** Revisions used so far: none is used twice. */
  readonly revisions: number
  readonly refusals: number
}
export type State =
  | { stage: 'none' }
  | ({ stage: 'joined' | 'withdrawn' } & Joined)
  | ({ stage: 'submitted'; bid: LiveBid } & Joined)
  | ({ stage: 'revoked'; bid: LiveBid; revokedAt: string } & Joined)
export type WithBid = Extract<State, { stage: 'submitted' | 'revoked' }>

/** What the bid's guards need of its project and lot. */
export interface Facts {
  readonly published: boolean
  readonly deadline: string | null
  readonly documentUntil: string | null
  readonly documentVersion: number
  readonly documentSha256: string | null
  readonly signInFrom: string | null
  readonly bondFen: number
  readonly tendering: boolean
  readonly suspended: boolean
  /** The lot still takes bids and its deadline stands still: its instant may have gone by. */
  readonly deadlineHeld: boolean
  /** The lot's bids stand no more: it failed, was terminated, or has its contract. */
  readonly isOver: boolean
  /**
   * A ground of law to keep the bond: not opened by the bidder's own fault, an award that fell by
   * its cause, fraud that the committee found. A revoked bid needs none of them.
   */
  readonly bondAtRisk: boolean
  /** Agency, purchaser and their like may not bid in their own trade. */
  readonly incompatible: boolean
  /** The person has acted for another bidder of this lot. */
  readonly actsForAnother: boolean
}

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
