import type { AcceptedList } from '../trust/index.ts'

/** The trust list in force, as it was accepted, and the newest revocation lists. */
export interface TrustState {
  readonly accepted: AcceptedList
  readonly bytes: Uint8Array
  readonly signatures: readonly Uint8Array[]
  /** Revocation lists, within their lives. @param fresh asks for them now, past the cache */
  crls(fresh?: boolean): Promise<Uint8Array[]>
}
