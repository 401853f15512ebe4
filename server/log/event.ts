import { assert, canonicalBytes, concat, type Json, sha256, utf8 } from '../formats/index.ts'

/** Who acted for which party, in what capacity. */
export interface LedgerActor {
  readonly party: string
  readonly capacity: string
  readonly person?: string
}

/** One thing that happened, as it is digested and shown to auditors. */
export interface LedgerEvent<D extends Json = Json> {
  readonly v: 1
  /** Kind and ids, such as `lot:T-2026-0001:L1`. */
  readonly stream: string
  /** From 0, without gaps. */
  readonly version: number
  readonly type: string
  /** Trade time: the `now` of the decision, UTC text with milliseconds. */
  readonly at: string
  /** Real time of the database, UTC text with milliseconds. */
  readonly recordedAt: string
  /** Who acted, in what capacity; null for the platform's own timers. */
  readonly actor: LedgerActor | null
  readonly data: D
  /** base64url digest of the event before it in the stream; null at version 0. */
  readonly prev: string | null
}

const eventPrefix = utf8('yangguang/v1 event\n')
const sidePrefix = utf8('yangguang/v1 side\n')

/**
 * What the ledger holds of an event: H("yangguang/v1 event\n" ‖ salt ‖ JCS(event)), SHA-256 whatever
 * the suite. The salt keeps a leaf from being guessed; destroyed, the proof stays and tells nothing.
 * @param salt 32 random bytes, new for each event
 * @throws FormatError where the event has no canonical form (a fraction, text not in NFC): our bug
 */
export function eventDigest(event: LedgerEvent, salt: Uint8Array): Uint8Array {
  assert(salt.length === 32, 'an event has a salt of 32 bytes')
  return sha256(concat(eventPrefix, salt, canonicalBytes(event)))
}

/**
 * What an event holds of a side row: a value that may be erased or must stay secret.
 * @param salt 32 random bytes, new for each row
 */
export function sideDigest(value: Json, salt: Uint8Array): Uint8Array {
  assert(salt.length === 32, 'a side row has a salt of 32 bytes')
  return sha256(concat(sidePrefix, salt, canonicalBytes(value)))
}
