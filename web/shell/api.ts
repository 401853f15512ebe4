import { language, t } from '../i18n/i18n.ts'
import { forgetFirstAnswers, takeFirstAnswer } from './first-answers.ts'
import { isTurnedAway, isUnanswered, Problem, problemOf } from './problem.ts'

/**
 * The client of the API. Changes carry the session's token; weighty acts carry a key, so that an
 * act whose answer was lost is looked up and never done twice.
 */
let token: string | null = null
let onSignedOut: () => void = () => {}

/** Set by `session.ts`: the token of the session, and what to do once it is over. */
export function setToken(next: string | null): void {
  token = next
}
export function whenSignedOut(run: () => void): void {
  onSignedOut = run
}

export interface SendOptions {
  /** Idempotency-Key; the same key gives the same answer. */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** A fresh key for one act; keep it until its answer is known. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
}

/**
 * Keys of acts that were sent and not answered, by what was asked: a key belongs to what a person
 * wants, not to the click, so that the second click asks what came of the first.
 */
const unanswered = new Map<string, string>()
const mostUnanswered = 32
const longestAsked = 64 * 1024

function remember(asked: string, key: string): void {
  unanswered.set(asked, key)
  const [oldest] = unanswered.keys()
  if (unanswered.size > mostUnanswered && oldest !== undefined) unanswered.delete(oldest)
}

/**
 * @throws Problem: a refusal; `unreachable` (nothing was sent, or a read failed); one that
 *   `isUnanswered` (an act was sent and its answer is not known: the same again, and it is asked
 *   under the same key)
 */
export async function send<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  options: SendOptions = {},
): Promise<T> {
  if (method !== 'GET') forgetFirstAnswers() // they are from before the act
  const isRaw = body instanceof Blob
  const text = body === undefined || isRaw ? undefined : JSON.stringify(body)
  const isKept = options.key !== undefined && method !== 'GET' && !isRaw
  const asked = isKept ? `${method} ${path} ${text}` : ''
  const key = unanswered.get(asked) ?? options.key
  try {
    const answer = await exchange<T>(method, path, isRaw ? body : text, { ...options, key })
    unanswered.delete(asked)
    return answer
  } catch (error) {
    if (isUnanswered(error) && key && isKept && asked.length <= longestAsked) remember(asked, key)
    else if (error instanceof Problem && !isUnanswered(error) && !isTurnedAway(error))
      unanswered.delete(asked)
    throw error
  }
}

async function exchange<T>(
  method: string,
  path: string,
  body: Blob | string | undefined,
  options: SendOptions,
): Promise<T> {
  const headers = new Headers(options.headers)
  headers.set('accept-language', language() === 'zh' ? 'zh-CN' : 'en')
  if (token && method !== 'GET') headers.set('x-csrf-token', token)
  if (options.key) headers.set('idempotency-key', options.key)
  if (typeof body === 'string') headers.set('content-type', 'application/json')
  if (method !== 'GET' && !navigator.onLine)
    throw new Problem('offline', 0, t('shell.problem.offline'))
  const noAnswer = (status: number) =>
    method === 'GET'
      ? new Problem('unreachable', status, t('shell.problem.unreachable'))
      : new Problem('answer-unknown', status, t('shell.problem.answerUnknown'))
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers,
      signal: options.signal,
      ...(body === undefined ? {} : { body }),
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw noAnswer(0)
  }
  if (!response.ok) {
    const problem = await problemOf(response)
    if (response.status === 401) onSignedOut()
    if (problem.refusal) void import('./refusals.ts').then((one) => one.keepRefusal(problem, path))
    // Words that are not the platform's are a proxy's, which knows nothing of the act behind it.
    throw problem.slug === 'unreachable' ? noAnswer(response.status) : problem
  }
  try {
    const text = await response.text()
    return (text ? JSON.parse(text) : null) as T
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw noAnswer(0) // cut off in the middle, or the page of a network that wants a log-in
  }
}

export async function get<T>(path: string, options?: SendOptions): Promise<T> {
  return takeFirstAnswer<T>(path) ?? send<T>('GET', path, undefined, options)
}
export const post = <T>(path: string, body: unknown, options?: SendOptions) =>
  send<T>('POST', path, body, options)
export const put = <T>(path: string, body: unknown, options?: SendOptions) =>
  send<T>('PUT', path, body, options)
export const remove = <T>(path: string) => send<T>('DELETE', path)

/**
 * Bytes as they are: key files, downloads that a page itself reads.
 * @param range from the first of them to before the second; without it all
 */
export async function getBytes(
  path: string,
  range?: readonly [number, number],
): Promise<Uint8Array<ArrayBuffer>> {
  const headers = range ? { range: `bytes=${range[0]}-${range[1] - 1}` } : undefined
  let response: Response
  try {
    response = await fetch(path, headers ? { headers } : {})
  } catch {
    throw new Problem('unreachable', 0, t('shell.problem.unreachable'))
  }
  if (!response.ok) throw await problemOf(response)
  return new Uint8Array(await response.arrayBuffer())
}
