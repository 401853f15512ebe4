import type { Context } from 'hono'
import type { z } from 'zod'
import type { ProblemError } from './problem.ts'
import type { Viewer } from './viewer.ts'

/** Everything that HTTP offers is an operation: one row of a slice's `routes.ts`. */
export interface Operation<P = unknown, T = unknown> {
  /** Stream kind and command, `openingSession.confirm`; reads: `kind.read…`. */
  readonly id: string
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** With `{project}` or `{lot}` where it is about a trade. */
  readonly path: string
  readonly summary: string
  readonly body?: z.ZodType
  readonly query?: z.ZodObject
  /** It answers `{items, next}` whole; pages of it are cut where they are asked for. */
  readonly list?: boolean
  /** The body is `{act, signature}`, an act of that purpose. */
  readonly signed?: string
  /** Takes an Idempotency-Key; signed acts always do. */
  readonly weighty?: boolean
  /** Takes no token: it makes a session, or needs none. */
  readonly open?: boolean
  /** Reads its body itself: uploads. */
  readonly raw?: boolean
  readonly handle: (call: Call<P, T>) => Promise<unknown>
  /** What the caller is told of a refusal: the same, with a signed note where one is due. */
  readonly onRefusal?: (call: RefusedCall<P, T>, error: ProblemError) => Promise<ProblemError>
}

/** A call that was refused, with its body as it came. */
export interface RefusedCall<P = unknown, T = unknown>
  extends Pick<Call<P, T>, 'platform' | 'viewer' | 'trade' | 'params' | 'key' | 'requestId'> {
  readonly purpose: string
  readonly given: unknown
}

/** A call, validated: who, where, what. */
export interface Call<P = unknown, T = unknown> {
  readonly platform: P
  readonly viewer: Viewer | null
  readonly trade: T
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  /** The validated body; of a signed act its own fields. */
  readonly body: unknown
  readonly signed: SignedAct | null
  readonly key: string | undefined
  readonly language: 'zh' | 'en'
  readonly requestId: string
  readonly roles: ReadonlySet<string>
  /** The request itself, for files, streams and cookies. */
  readonly http: Context
}

/** A verified signed act. */
export interface SignedAct {
  readonly digest: Uint8Array
  readonly act: Uint8Array
  readonly container: Uint8Array
  /** All fields of the act. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Its purpose's own fields, not yet checked against their form. */
  readonly own: Readonly<Record<string, unknown>>
  readonly certSha256: string
  readonly revocation: 'good' | 'unknown'
}

/** An answer that is not JSON: a file, a page, a stream. */
export class RawAnswer {
  readonly response: Response
  constructor(response: Response) {
    this.response = response
  }
}
