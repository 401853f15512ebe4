import { createHash, randomBytes } from 'node:crypto'
import { canonicalBytes } from '../formats/jcs.ts'
import type { Actor } from './decider.ts'

/** The envelope of every event; its digest is what the ledger holds. */
export interface Event {
  readonly v: 1
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly at: string
  readonly recordedAt: string
  readonly actor: Actor
  readonly data: Readonly<Record<string, unknown>>
  readonly prev: string | null
}

/** An event with what proves it. `position` is the store's own order, never shown. */
export interface StoredEvent {
  readonly position: number
  readonly event: Event
  readonly salt: Uint8Array
  readonly digest: Uint8Array
}

/** An event as it was committed, with the project in whose open streams it stands; null elsewhere. */
export interface Committed {
  readonly stored: StoredEvent
  readonly project: string | null
}

const prefix = Buffer.from('yangguang/v1 event\n')

/** The digest of `sealing-ledger.md` §7, by the platform's native hash (the pure one is in log/). */
export function digestOf(event: Event, salt: Uint8Array): Buffer {
  return createHash('sha256').update(prefix).update(salt).update(canonicalBytes(event)).digest()
}

export function newSalt(): Buffer {
  return randomBytes(32)
}
