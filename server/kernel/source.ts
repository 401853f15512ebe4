import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * The address that a request comes from; behind own proxies the one that the outermost of them saw. An
 * IPv6 network of 64 bits is one source: whoever has one address has them all.
 * @param trustedProxies how many own proxies stand in front
 */
export function sourceOf(http: Context, trustedProxies: number): string {
  const forwarded = (http.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  const seen = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined
  return networkOf(seen || addressOf(http))
}

function addressOf(http: Context): string {
  try {
    return getConnInfo(http).remote.address ?? 'unknown'
  } catch {
    return 'unknown' // no socket: a call within the process
  }
}

export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head, tail = ''] = plain.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const zeros = plain.includes('::')
    ? Array(Math.max(0, 8 - left.length - right.length)).fill('0')
    : []
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}
