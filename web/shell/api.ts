import { language, t } from '../i18n/i18n.ts'
import { forgetFirstAnswers, takeFirstAnswer } from './first-answers.ts'
import { Problem, problemOf } from './problem.ts'

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
 * @throws Problem: a refusal; `unreachable` (nothing was sent, or a read failed); `answer-unknown`
 *   (an act was sent and no answer came: send again with the same key)
 */
export async function send<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  options: SendOptions = {},
): Promise<T> {
  if (method !== 'GET') forgetFirstAnswers() // they are from before the act
  const headers = new Headers(options.headers)
  headers.set('accept-language', language() === 'zh' ? 'zh-CN' : 'en')
  if (token && method !== 'GET') headers.set('x-csrf-token', token)
  if (options.key) headers.set('idempotency-key', options.key)
  const isRaw = body instanceof Blob
  if (body !== undefined && !isRaw) headers.set('content-type', 'application/json')
  if (method !== 'GET' && !navigator.onLine)
    throw new Problem('offline', 0, t('shell.problem.offline'))
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers,
      signal: options.signal,
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw method === 'GET'
      ? new Problem('unreachable', 0, t('shell.problem.unreachable'))
      : new Problem('answer-unknown', 0, t('shell.problem.answerUnknown'))
  }
  if (!response.ok) {
    const problem = await problemOf(response)
    if (response.status === 401) onSignedOut()
    throw problem
  }
  const text = await response.text()
  return (text ? JSON.parse(text) : null) as T
}

export async function get<T>(path: string, options?: SendOptions): Promise<T> {
  return takeFirstAnswer<T>(path) ?? send<T>('GET', path, undefined, options)
}
export const post = <T>(path: string, body: unknown, options?: SendOptions) =>
  send<T>('POST', path, body, options)
export const put = <T>(path: string, body: unknown, options?: SendOptions) =>
  send<T>('PUT', path, body, options)
export const remove = <T>(path: string) => send<T>('DELETE', path)

/** Bytes as they are: key files, downloads that a page itself reads. */
export async function getBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response
  try {
    response = await fetch(path)
  } catch {
    throw new Problem('unreachable', 0, t('shell.problem.unreachable'))
  }
  if (!response.ok) throw await problemOf(response)
  return new Uint8Array(await response.arrayBuffer())
}
