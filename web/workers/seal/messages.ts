import type { Json } from '../../../server/formats/jcs.ts'
import type { BidContext, BlobRecord, FileRole } from '../../../server/sealing/index.ts'

/**
 * What pages and the sealing worker say to one another. The bid secret s and the keys of files never
 * pass here: they leave the worker wrapped, in a recovery file, or as a release to the platform.
 */
export interface Caller {
  /** Token of the session, for what the worker sends up itself. */
  readonly csrf: string | null
  readonly language: 'zh' | 'en'
}

/** A file as the bidder lists it. */
export interface FileWish {
  /** Of the row on the page, the same while the file is. */
  readonly row: string
  readonly file: File
  readonly name: string
  readonly mediaType: string
  readonly role: FileRole
}

export interface SealWish {
  readonly caller: Caller
  readonly context: BidContext
  readonly quotation: Json
  readonly files: readonly FileWish[]
  /** The own encryption certificate, and the handle of its key; null where none can be used. */
  readonly recipient: { readonly der: Uint8Array; readonly key: CryptoKey } | null
}

/** What opens a bid of one's own: the key handle, or a recovery file with its pass phrase. */
export type Opener =
  | { readonly by: 'key'; readonly keys: readonly CryptoKey[] }
  | { readonly by: 'file'; readonly bytes: Uint8Array; readonly passPhrase: string }

export type SealCall =
  | { readonly call: 'digest'; readonly file: File }
  | ({ readonly call: 'seal' } & SealWish)
  | { readonly call: 'pause' }
  | { readonly call: 'resume'; readonly caller: Caller }
  | { readonly call: 'cancel' }
  /** The session as it is now: after a log-out, or in answer to `wants`. */
  | { readonly call: 'caller'; readonly caller: Caller }
  | { readonly call: 'test'; readonly key: CryptoKey | null }
  | { readonly call: 'material' }
  | { readonly call: 'keep'; readonly passPhrase: string }
  | { readonly call: 'tryKeep'; readonly bytes: Uint8Array; readonly passPhrase: string }
  | { readonly call: 'open'; readonly lot: string; readonly opener: Opener }
  | { readonly call: 'file'; readonly blob: string }
  /** Wraps the secret of the bid opened last for another certificate of the bidder's own. */
  | {
      readonly call: 'rewrap'
      readonly certificate: string
      /** Open encryption keys: where the certificate's is among them, the wrap is tried. */
      readonly keys: readonly CryptoKey[]
    }
  | {
      readonly call: 'release'
      readonly lot: string
      readonly opener: Opener
      readonly caller: Caller
      /** Idempotency-Key. */
      readonly key: string
    }

/** What was sealed, as far as a page may know it. */
export interface SealedSummary {
  readonly headerHash: string
  readonly revision: number
  readonly documentVersion: number
  readonly blobs: readonly BlobRecord[]
  readonly files: readonly SealedFileRow[]
  readonly envelopeBytes: number
  readonly isWrapped: boolean
}
export interface SealedFileRow {
  readonly row: string
  readonly blob: string
  readonly name: string
  readonly bytes: number
  readonly role: FileRole
  /** Tree hash over the plaintext. */
  readonly root: string
}

/** What the self-test did; it throws where anything differs. */
export interface TestResult {
  /** False where there is no key to unwrap with: the recovery file is then the only way. */
  readonly isUnwrapped: boolean
  readonly files: number
}

/** One's own sealed bid, opened on this device. */
export interface OpenedOwn {
  readonly headerHash: string
  readonly revision: number
  readonly documentVersion: number
  readonly quotation: Json
  readonly files: readonly Omit<SealedFileRow, 'row'>[]
}

export interface SealAnswer {
  /** SHA-256, hexadecimal. */
  readonly digest: string
  readonly seal: SealedSummary
  readonly pause: null
  readonly resume: null
  readonly cancel: null
  readonly caller: null
  readonly test: TestResult
  readonly material: { readonly envelope: string; readonly wrap: string | null }
  readonly keep: Uint8Array
  readonly tryKeep: { readonly headerHash: string; readonly isThisBid: boolean }
  readonly open: OpenedOwn
  readonly file: Blob
  readonly rewrap: { readonly wrap: string; readonly wrapSha256: string }
  readonly release: { readonly at: string }
}

/** How far sealing and sending are; shares by bytes. */
export interface SealNews {
  readonly phase: 'sealing' | 'sending' | 'testing'
  readonly sealedBytes: number
  readonly sentBytes: number
  readonly totalBytes: number
  readonly keptBlobs: number
  readonly totalBlobs: number
  readonly state: 'running' | 'paused' | 'broken'
}

/** What the worker says by itself: how far it is, or that it needs the session as it is now. */
export type SealSays = { readonly news: SealNews } | { readonly wants: 'caller' }

export interface SealFailure {
  readonly slug: string
  readonly status: number
  readonly detail: string
}
