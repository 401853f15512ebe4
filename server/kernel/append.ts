import type { StoredEvent } from './event.ts'

/** What `log.append` says of one act. */
export interface AppendAnswer {
  readonly taken: boolean
  readonly positions?: readonly number[]
  readonly why?: 'stale' | 'late' | 'repeated' | 'key-reused' | 'tag-reused'
  readonly answer?: string
}
/** An answer for each act of a batch, in order. */
export interface Judged {
  readonly answers: readonly AppendAnswer[]
  /** The database's time, ISO text. */
  readonly clock: string
}
/** As the call answers; where all are taken it gives the positions of all events, in order. */
export type AppendResult =
  | Judged
  | { readonly positions: readonly number[]; readonly clock: string }

/** The answer for each act. @param batch in the order of the call, with the events of each */
export function judged(
  result: AppendResult,
  batch: readonly { readonly events: readonly StoredEvent[] }[],
): Judged {
  if ('answers' in result) return result
  let at = 0
  const answers = batch.map(({ events }) => {
    const positions = result.positions.slice(at, at + events.length)
    at += events.length
    return { taken: true, positions }
  })
  return { answers, clock: result.clock }
}

/** Events with the positions that the table gave them. */
export function placed(
  events: readonly StoredEvent[],
  positions: readonly number[],
): StoredEvent[] {
  return events.map((stored, i) => ({ ...stored, position: Number(positions[i]) }))
}
