import type { Purpose } from '../../server/acts/forms.ts'
import type { ActPlace, ActSigner } from '../../server/acts/sign.ts'

/** What pages and the signing worker say to one another. */
export type Who = Pick<ActSigner, 'party' | 'person' | 'capacity'>

export type SignerCall =
  | { readonly call: 'open'; readonly bytes: Uint8Array; readonly passPhrase: string }
  | {
      readonly call: 'prepare'
      readonly handle: string
      readonly keyId: string
      readonly purpose: Purpose
      readonly own: unknown
      readonly place: ActPlace
      readonly who: Who
    }
  | { readonly call: 'sign'; readonly handle: string; readonly nowMs: number }
  | { readonly call: 'drop'; readonly handle: string }
  /** Opens what was wrapped for an encryption certificate: proof that its key is here. */
  | { readonly call: 'unwrap'; readonly keyId: string; readonly wrap: string }
  /** Encryption keys of the opened files, for the worker that seals. */
  | { readonly call: 'encryption' }
  | { readonly call: 'forget' }

/** A certificate of an opened key file. */
export interface OpenedCertificate {
  readonly id: string
  /** As acts and bids name it. */
  readonly sha256: string
  /** DER, base64url: challenges about it take it. */
  readonly certificate: string
  readonly holder: string
  /** Credit code of the organisation that it names; null where it names none. */
  readonly uscc: string | null
  readonly issuer: string
  readonly algorithm: string
  readonly notAfter: string
  readonly isExpired: boolean
}

/**
 * An encryption certificate 加密证书 with its key. The key can't be read out: WebCrypto passes it from
 * worker to worker as a handle. Null for a kind of key that can't receive wraps here (SM2).
 */
export interface EncryptionKey extends OpenedCertificate {
  readonly der: Uint8Array
  readonly key: CryptoKey | null
}

export interface SignerAnswer {
  readonly open: readonly OpenedCertificate[]
  readonly prepare: { readonly zh: readonly string[]; readonly en: readonly string[] }
  readonly sign: { readonly act: string; readonly signature: string }
  readonly drop: null
  readonly unwrap: string
  readonly encryption: readonly EncryptionKey[]
  readonly forget: null
}
