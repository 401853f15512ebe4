import { b64u, fromB64u } from '../../server/formats/bytes.ts'
import {
  eventDigest,
  type LedgerEvent,
  parseProof,
  parseVkey,
  verifyProof,
} from '../../server/log/index.ts'

/** One event of a trade as `GET …/events/{digest}` gives it. */
export interface EventAnswer {
  readonly event: LedgerEvent
  readonly salt: string
  readonly proof: string
}

/** The keys of the log as `GET /api/trust` names them. */
export interface TrustAnswer {
  readonly log: readonly {
    readonly vkey: string
    readonly fromSize?: number
    readonly toSize?: number | null
  }[]
}

export interface EventCheck {
  /** The event and its salt give the digest of the list, and the proof holds under these keys. */
  readonly isGood: boolean
  readonly index: number | null
  readonly size: number | null
}

/** Recomputes on this device what the log holds of an event. */
export function checkEvent(
  { event, salt, proof }: EventAnswer,
  digest: string,
  trust: TrustAnswer,
): EventCheck {
  try {
    const keys = trust.log.map((key) => ({ ...key, vkey: parseVkey(key.vkey) }))
    const own = eventDigest(event, fromB64u(salt, 32))
    const verdict = verifyProof(proof, own, keys)
    return {
      isGood: b64u(own) === digest && verdict.problems.length === 0,
      index: parseProof(proof).index,
      size: verdict.checkpoint?.size ?? null,
    }
  } catch {
    return { isGood: false, index: null, size: null }
  }
}
