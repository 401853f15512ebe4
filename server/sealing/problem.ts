import { FormatError, type FormatPlace } from '../formats/index.ts'

/** Parts of a bid that are streams. */
export type StreamName = 'quotation' | 'files' | 'file' | 'recovery'

/** Refusals of a submission, in the order in which they are looked for. */
export const submissionProblems = [
  'envelope-unrecognised',
  'envelope-truncated',
  'envelope-trailing-bytes',
  'header-too-large',
  'header-not-canonical',
  'suite-not-allowed',
  'wrong-platform',
  'wrong-tender',
  'wrong-lot',
  'wrong-part',
  'document-version-stale',
  'wrong-bidder',
  'wrong-board',
  'point-invalid',
  'openability-proof-wrong',
  'point-reused',
  'quotation-altered',
  'files-altered',
  'blob-missing',
  'blob-altered',
  'size-unpadded',
  'blob-foreign',
  'bid-too-large',
] as const
export type SubmissionProblem = (typeof submissionProblems)[number]

/** What can be wrong with a stream of a sealed text. */
export type TextProblem<S extends StreamName> =
  | `${S}-commitment-differs`
  | `${S}-chunk-altered`
  | `${S}-truncated`
  | `${S}-padding-not-zero`
  | `${S}-not-canonical`
  | `${S}-wrong-context`

export type FileProblem =
  | 'file-commitment-differs'
  | 'file-chunk-altered'
  | 'file-truncated'
  | 'file-digest-differs'
  | 'file-padding-not-zero'

export type OpeningProblem =
  | 'key-not-this-bid'
  | 'bid-commitment-differs'
  | TextProblem<'quotation'>
  | TextProblem<'files'>
  | 'quotation-invalid'
  | 'files-blobs-differ'
  | FileProblem

/** Who is to blame; null where the check cannot tell (a key handed in from anywhere). */
export type Fault = 'bidder' | 'platform' | null

/** Why something sealed does not open. */
export interface OpeningFinding {
  readonly problem: OpeningProblem
  /** `index`: chunk; `field`: blob id of the file. */
  readonly place: FormatPlace
  readonly fault: Fault
}

/** A finding thrown out of a stream of plaintext, which has no other way to end early. */
export class OpeningError extends FormatError<OpeningProblem> {
  readonly fault: Fault

  constructor({ problem, place, fault }: OpeningFinding) {
    super(problem, place)
    this.fault = fault
  }
}
