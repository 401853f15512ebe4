import type { Verdict } from '../../server/archive/verify/report.ts'
import type { TrustFile, VerifyResult } from '../../server/archive/verify/verify.ts'

/** What the page and the verifying worker say to one another; the bag never leaves the device. */
export interface VerifyCall {
  readonly bag: File
  /** Keys that the reader saved elsewhere; null: the bag's own, and nothing can be called passed. */
  readonly trust: TrustFile | null
  /** Real time, for proofs of revocation. */
  readonly nowMs: number
}

/** The report of the command line and of the page are the same, byte for byte of their JSON. */
export interface BagReport extends Omit<VerifyResult, 'archive'> {
  readonly verdict: Verdict
  readonly archive: VerifyResult['archive'] & { readonly sha256: string }
}

export type VerifyAnswer =
  | { readonly step: 'reading' | 'checking'; readonly done: number; readonly of: number }
  | { readonly report: BagReport }
  | { readonly unreadable: string }
  | { readonly unusableTrust: string }
