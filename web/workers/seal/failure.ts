import type { SealFailure } from './messages.ts'

/** A refusal with its name; the page has, or got, the words for it. */
export class SealError extends Error implements SealFailure {
  readonly slug: string
  readonly status: number
  readonly detail: string
  constructor(slug: string, status = 0, detail = '') {
    super(slug)
    this.slug = slug
    this.status = status
    this.detail = detail
  }
}

/** The refusal in an answer of the platform. */
export function errorOf(status: number, text: string): SealError {
  let body: { type?: string; detail?: string } = {}
  try {
    body = JSON.parse(text) as typeof body
  } catch {
    // an answer that never came from the platform
  }
  const slug = body.type?.startsWith('/problems/') ? body.type.slice('/problems/'.length) : null
  return new SealError(slug ?? 'upload-broken', status, slug ? (body.detail ?? '') : '')
}

/** Whatever was thrown, by its slug; a bug stays a bug. */
export function failureOf(error: unknown): SealFailure {
  if (error instanceof SealError)
    return { slug: error.slug, status: error.status, detail: error.detail }
  const { slug, problem, finding, name } = error as {
    slug?: string
    problem?: string
    finding?: { problem: string }
    name?: string
  }
  if (name === 'NotReadableError' || name === 'NotFoundError')
    return { slug: 'file-changed', status: 0, detail: '' }
  const known = slug ?? problem ?? finding?.problem
  if (known === undefined) console.error(error)
  return { slug: known ?? 'seal-failed', status: 0, detail: '' }
}

/** Whether the device still gives the bytes that were chosen: a file altered since then does not. */
export const isReadable = (file: Blob): Promise<boolean> =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
