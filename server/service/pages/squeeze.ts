import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { MiddlewareHandler } from 'hono'

const gzip = promisify(zlib.gzip)
const worth = 1024

/**
 * Compresses what anybody may read: pages and JSON of GET requests that carry no cookie. An answer to
 * somebody signed in is never compressed: it holds secrets (the session's token, his own bids) beside
 * texts that others wrote, and its length would then tell one by the other (BREACH).
 */
export const squeeze: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.method !== 'GET' || c.req.header('cookie') || c.res.status !== 200) return
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return
  const type = c.res.headers.get('content-type') ?? ''
  if (!/^(application\/json|text\/html)\b/.test(type)) return
  if (c.res.headers.has('content-encoding')) return
  const bytes = Buffer.from(await c.res.arrayBuffer())
  const headers = new Headers(c.res.headers)
  headers.append('vary', 'accept-encoding, cookie')
  let body = bytes
  if (bytes.length >= worth) {
    body = await gzip(bytes, { level: 6 })
    headers.set('content-encoding', 'gzip')
    headers.delete('content-length')
  }
  // Hono adds the headers of the answer that is replaced to those of the new one.
  c.res = undefined
  c.res = new Response(new Uint8Array(body), { status: 200, headers })
}
