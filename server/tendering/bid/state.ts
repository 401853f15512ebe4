/** What a party in a lot may ask for, what happened, and what stands: the types of its decider. */
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
export interface Joined {
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
