import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { type JsonProblem, parseJson } from '../formats/json.ts'
import type { Problems } from './decider.ts'
import { ProblemError, problemDocument } from './problem.ts'

/** Bounds of requests; see `limits.ts`. */
export const maxBodyBytes = 4 * 1024 * 1024
const maxDepth = 32

/** zh unless the browser asks for English first. */
export function languageOf(header: string | undefined): 'zh' | 'en' {
  const first = header?.split(',')[0]?.trim().toLowerCase() ?? ''
  return first.startsWith('en') ? 'en' : 'zh'
}

/**
 * The body as JSON, read strictly.
 * @throws ProblemError `json-…`
 */
export async function readJson(c: Context): Promise<unknown> {
  const declared = Number(c.req.header('content-length') ?? 0)
  if (declared > maxBodyBytes) throw new ProblemError('json-too-large')
  const bytes = await readBody(c.req.raw, maxBodyBytes)
  if (bytes.length === 0) return undefined
  const parsed = parseJson(bytes, { maxBytes: maxBodyBytes, maxDepth })
  if (parsed.problem !== undefined) throw new ProblemError(parsed.problem satisfies JsonProblem)
  return parsed.value
}

/**
 * The body's bytes, read no further than its bound: a length may be missing, or a lie.
 * @throws ProblemError `json-too-large`
 */
export async function readBody(request: Request, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > most) {
      await reader.cancel()
      throw new ProblemError('json-too-large')
    }
    parts.push(value)
  }
  return Buffer.concat(parts)
}

export function requestId(c: Context): string {
  const given = c.req.header('x-request-id')
  return given && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID()
}

/** Answers a refusal. */
export function answerProblem(c: Context, error: ProblemError, texts: Problems): Response {
  const document = problemDocument(error, texts, languageOf(c.req.header('accept-language')))
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': languageOf(c.req.header('accept-language')) === 'zh' ? 'zh-CN' : 'en',
      'cache-control': 'no-store',
      ...(document.status === 503 ? { 'retry-after': '1' } : {}),
    },
  })
}
