import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { type JsonProblem, parseJson } from '../formats/json.ts'
import type { Problems } from './decider.ts'
import { ProblemError, problemDocument } from './problem.ts'

/** Bounds of requests; see `limits.ts`. */
export const maxBodyBytes = 4 * 1024 * 1024
const maxDepth = 32

/** zh unless English is asked for and weighs more (RFC 9110 §12.4.2); equal weights: the first. */
export function languageOf(header: string | undefined): 'zh' | 'en' {
  let [chosen, most]: ['zh' | 'en', number] = ['zh', 0]
  for (const range of (header ?? '').toLowerCase().split(',', 50)) {
    const [, tag, q = '1'] =
      /^\s*(zh|en)(?:-[a-z0-9-]*)?\s*(?:;\s*q=([\d.]+)\s*)?$/.exec(range) ?? []
    if (tag && Number(q) > most) [chosen, most] = [tag as 'zh' | 'en', Number(q)]
  }
  return chosen
}

/**
 * The header under which a browser saves an answer by its own name, whatever its characters. Half of
 * a character's pair has no code in UTF-8.
 * @source RFC 6266 §5, RFC 8187 §3.2
 */
export function savedAs(name: string, how: 'attachment' | 'inline' = 'attachment'): string {
  const encoded = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${how}; filename*=UTF-8''${encoded}`
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
