import type { OpeningWindows } from '../../tendering/project/document.ts'
import type { Quotation } from '../../tendering/project/document-quotation.ts'

/** A live bid as the hall lists it at T, in order of receipt. */
export interface ListedBid {
  readonly party: string
  readonly name: string
  readonly receivedAt: string
  readonly hallEnteredAt: string | null
  /** Digest of the signed act that submitted it. */
  readonly act: string
  readonly headerHash: string
  readonly documentVersion: number
  readonly confirmedVersion: number
  readonly revision: number
  readonly envelopeSha256: string
  readonly blobs: readonly { readonly id: string; readonly bytes: number; readonly root: string }[]
  readonly bondFen: number
}
export interface ListedLot {
  readonly lot: string
  readonly bids: readonly ListedBid[]
  /** Parameters of the price formula to be drawn while prices are sealed. */
  readonly draws: readonly ('k' | 'method')[]
}
/** Parameters as drawn; decimal text, null for what was not drawn. */
export interface DrawnParameters {
  readonly lot: string
  readonly k: string | null
  readonly method: string | null
  /** The draw's stream. */
  readonly draw: string | null
}
export type Fault = 'bidder' | 'platform' | 'other'
/** What became of a listed bid; `side` is the digest of the secret side row (s, file keys). */
export type OpenedRow =
  | {
      readonly lot: string
      readonly party: string
      readonly outcome: 'opened'
      readonly quotationKey: string
      readonly quotation: Quotation
      readonly priceFen: number
      readonly side: string
    }
  | {
      readonly lot: string
      readonly party: string
      readonly outcome: 'notOpened'
      readonly problem: string
      readonly fault: Fault
      readonly place: { readonly index?: number; readonly field?: string } | null
      /** Of s, where it was released: the proof of whose fault it is. */
      readonly side: string | null
    }
export type HallRole = 'host' | 'witness' | 'bidder'
/** A bidder's row in a lot. */
export interface OwnRow {
  readonly lot: string
  readonly party: string
}

export type Event =
  | { type: 'HallOpened'; project: string; windows: OpeningWindows }
  | { type: 'SignedIn'; role: HallRole; party: string; name: string }
  | { type: 'OpeningStarted'; lots: ListedLot[]; returned: string[] }
  | { type: 'OpeningAborted'; returned: string[] }
  | ({ type: 'ParametersDrawn' } & DrawnParameters)
  | { type: 'DrawingTimedOut'; attempt: number }
  | { type: 'KeyReleased'; lot: string; party: string }
  | { type: 'WindowExtended'; minutes: number; reason: string; until: string }
  | { type: 'BidsOpened'; rows: OpenedRow[] }
  | { type: 'QuotationsRead' }
  | { type: 'RowConfirmed'; lot: string; party: string; act: string }
  | { type: 'ConfirmationClosed'; silent: OwnRow[] }
  | { type: 'OpeningObjectionFiled'; id: string; lot: string; party: string; text: string }
  | { type: 'OpeningObjectionAnswered'; id: string; text: string }
  | { type: 'RecordSigned'; recordSha256: string; act: string }
  | { type: 'OpeningClosed'; recordSha256: string; act: string }
  | { type: 'OpeningHalted'; by: string; cause: string; leftMs: number | null }
  | { type: 'OpeningResumed'; by: string; windowEndsAt: string | null }
