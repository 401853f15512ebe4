import type { TrustFile } from '../../server/archive/verify/verify.ts'
import { fromB64u } from '../../server/formats/bytes.ts'
import type { JsonObject } from '../../server/formats/jcs.ts'
import {
  eventDigest,
  isSignedStatement,
  type LedgerEvent,
  type LogKey,
  parseProof,
  parseVkey,
  verifyProof,
} from '../../server/log/index.ts'

/** What a receipt 回执 or refusal 拒收通知 proves, checked on this device alone. */
export interface StatementChecks {
  readonly kind: 'receipt' | 'refusal'
  /** One of the log's keys signed it as it stands. */
  readonly isSigned: boolean
  /** Its event is the one of the act that it names; null where it holds no event. */
  readonly isOfAct: boolean | null
  /** Problems of the proof that the event is in the log; null where it holds none. */
  readonly proof: readonly string[] | null
  /** Place in the log: index of the entry, size of the signed tree. */
  readonly place: { readonly index: number; readonly size: number } | null
}

/** @returns null where it is neither receipt nor refusal */
export function checkStatement(
  statement: JsonObject,
  keys: readonly LogKey[],
): StatementChecks | null {
  const { kind } = statement
  if (kind !== 'receipt' && kind !== 'refusal') return null
  const isSigned = isSignedStatement(
    statement,
    keys.map(({ vkey }) => vkey),
  )
  const { event, eventSalt, tlogProof } = statement
  if (typeof eventSalt !== 'string' || typeof tlogProof !== 'string' || !isObject(event))
    return { kind, isSigned, isOfAct: null, proof: null, place: null }
  try {
    const digest = eventDigest(event as unknown as LedgerEvent, fromB64u(eventSalt, 32))
    const verdict = verifyProof(tlogProof, digest, keys)
    const { index } = parseProof(tlogProof)
    return {
      kind,
      isSigned,
      isOfAct: isOfAct(statement, event),
      proof: verdict.problems,
      place: verdict.checkpoint ? { index, size: verdict.checkpoint.size } : null,
    }
  } catch {
    return { kind, isSigned, isOfAct: false, proof: ['proof-malformed'], place: null }
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isOfAct({ kind, actDigest }: JsonObject, { data }: JsonObject): boolean {
  if (!isObject(data)) return false
  return kind === 'receipt' ? data.act === actDigest : data.actDigest === actDigest
}

export const isWhole = (checks: StatementChecks): boolean =>
  checks.isSigned && checks.isOfAct === true && checks.proof?.length === 0

/** The log's keys: of the file that the reader brought, else what this platform says of itself. */
export async function keysOf(trust: TrustFile | null): Promise<LogKey[]> {
  if (trust)
    return trust.log.map(({ vkey, fromSize, toSize }) => ({
      vkey: parseVkey(vkey.trim()),
      fromSize,
      toSize,
    }))
  const answer = await fetch('/log/vkey')
  return [{ vkey: parseVkey((await answer.text()).trim()) }]
}
