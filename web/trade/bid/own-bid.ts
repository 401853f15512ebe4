import type { BidContext, BlobRecord } from '../../../server/sealing/index.ts'

/** `GET /api/lots/{lot}/bid`: one's own standing in a lot. */
export interface OwnBid {
  readonly lot: string
  readonly stage: 'joined' | 'submitted' | 'withdrawn' | 'revoked'
  readonly status: string
  readonly now: string
  readonly deadline: string
  readonly document: { readonly version: number; readonly sha256: string }
  readonly joinedAt: string
  readonly hallEnteredAt: string | null
  /** When it was revoked 撤销; null: it was not. */
  readonly revokedAt: string | null
  readonly bonds: readonly {
    readonly id: string
    readonly amountFen: number
    readonly form: 'transfer' | 'guarantee'
    readonly settled: 'returned' | 'forfeited' | null
  }[]
  readonly bid: LiveBid | null
  /** The certificate in use now, where the live bid is not wrapped for it yet; DER in base64url. */
  readonly rewrapFor: { readonly sha256: string; readonly der: string } | null
  readonly receipts: readonly {
    readonly act: string
    readonly kind: string
    readonly receivedAt: string
  }[]
  readonly next: {
    readonly revision: number
    readonly replaces: string | null
    readonly context: Omit<BidContext, 'bidder'>
  }
}
export interface LiveBid {
  readonly act: string
  readonly headerHash: string
  readonly revision: number
  readonly receivedAt: string
  readonly documentVersion: number
  readonly confirmedVersion: number
  readonly isConfirmed: boolean
  readonly blobs: readonly BlobRecord[]
  readonly hasWrap: boolean
  readonly certSha256: string
  readonly signature: 'good' | 'unknown' | 'revoked'
}
