import { t } from '../i18n/i18n.ts'

/** A wrong field of a request, as the server names it. */
export interface FieldError {
  readonly field: string
  readonly code: string
  readonly detail: string
}

/** A refusal, in the reader's language: what happened, what was kept, what to do. */
export class Problem extends Error {
  readonly slug: string
  readonly status: number
  readonly values: Readonly<Record<string, unknown>>
  readonly errors: readonly FieldError[]
  /** The signed refusal 拒收通知 of a weighty act, where the platform gave one. */
  refusal: Readonly<Record<string, unknown>> | null = null

  constructor(
    slug: string,
    status: number,
    detail: string,
    values: Readonly<Record<string, unknown>> = {},
    errors: readonly FieldError[] = [],
  ) {
    super(detail)
    this.slug = slug
    this.status = status
    this.values = values
    this.errors = errors
  }
}

/**
 * Whether it is not known what came of an act: no answer came, or one that says so itself. The same
 * key asks again, and nothing is done twice.
 */
export const isUnanswered = (error: unknown): error is Problem =>
  error instanceof Problem && (error.slug === 'answer-unknown' || error.status >= 500)

/** Said before anybody looked at the act: it tells nothing of one that was sent earlier. */
export const isTurnedAway = (error: unknown): error is Problem =>
  error instanceof Problem &&
  (error.slug === 'offline' ||
    error.slug === 'csrf-token-wrong' ||
    error.status === 401 ||
    error.status === 429)

/** Reads an answer that is a problem document, or something that never came from the platform. */
export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Record<string, unknown> | null
  const type = String(body?.type ?? '')
  if (!type.startsWith('/problems/'))
    return new Problem('unreachable', response.status, t('shell.problem.unreachable'))
  const problem = new Problem(
    type.slice('/problems/'.length),
    response.status,
    String(body?.detail ?? body?.title ?? ''),
    (body?.values as Record<string, unknown>) ?? {},
    (body?.errors as FieldError[]) ?? [],
  )
  problem.refusal = (body?.refusal as Record<string, unknown>) ?? null
  return problem
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  console.error(error)
  return new Problem('page-error', 0, t('shell.problem.page'))
}
