import { b64u, canonicalBytes, concat, FormatError, fromB64u, utf8 } from '../formats/index.ts'
import { isSignature, type Signer, sign, type Vkey } from './note.ts'

/** To the bidder alone: this act came in before the deadline and is in the log. */
export interface Receipt {
  readonly v: 1
  readonly kind: 'receipt'
  /** The event as it was digested. */
  readonly event: object
  readonly eventSalt: string
  readonly actDigest: string
  readonly parts: readonly { readonly part: string; readonly headerHash: string }[]
  readonly blobs: readonly { readonly id: string; readonly bytes: number; readonly root: string }[]
  /** The openability proof was checked at submission. */
  readonly proofChecked: boolean
  /** Of this receipt alone: one receipt cannot stand for two acts. */
  readonly nonce: string
  readonly receivedAt: string
  readonly recordedAt: string
  readonly deadline: string
  /** See `formatProof`. */
  readonly tlogProof: string
}

/** Why an act was refused, so that "they never let me in" and "you came late" can be told apart. */
export interface Refusal {
  readonly v: 1
  readonly kind: 'refusal'
  readonly problem: string
  readonly at: string
  readonly deadline: string | null
  readonly actDigest: string | null
  /** What had arrived. */
  readonly arrived: readonly { readonly id: string; readonly bytes: number }[]
  readonly nonce: string
  readonly requestId: string
  /** Absent, with salt and proof, above the bound of logged refusals a source. */
  readonly event?: object
  readonly eventSalt?: string
  readonly tlogProof?: string
}

export type Signed<T> = T & { readonly signature: string }

/**
 * Signs a receipt or refusal with the log's key: Ed25519 over "yangguang/v1 receipt\n" (or
 * "… refusal\n") ‖ JCS of all fields but the signature.
 */
export async function signStatement<T extends Receipt | Refusal>(
  statement: T,
  signer: Signer,
): Promise<Signed<T>> {
  const signature = b64u(await sign(signer, signedBytes(statement)))
  return { ...statement, signature }
}

/**
 * True where one of the log's keys signed the statement as it stands.
 * @param statement JSON from anywhere
 */
export function isSignedStatement(statement: object, keys: readonly Vkey[]): boolean {
  const { signature, ...fields } = statement as { signature?: unknown; kind?: unknown }
  const kind = fields.kind
  if (typeof signature !== 'string' || (kind !== 'receipt' && kind !== 'refusal')) return false
  try {
    const message = signedBytes({ ...fields, kind })
    const bytes = fromB64u(signature, 64)
    return keys.some((key) => isSignature(key.publicKey, message, bytes))
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return false
  }
}

function signedBytes(fields: { readonly kind: 'receipt' | 'refusal' }): Uint8Array {
  return concat(utf8(`yangguang/v1 ${fields.kind}\n`), canonicalBytes(fields))
}
