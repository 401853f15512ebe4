import { lookup as resolveName } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/**
 * Fetches revocation lists for the trust list's services: the one place where the platform opens a
 * connection by an address from outside. Only addresses that the list names, no redirect, nothing
 * private after resolving (and the address that was checked is the one that is used), 10 s, 20 MiB.
 * @source ca-interop §3 "SSRF"
 */
const maxMs = 10_000
const maxBytes = 20 * 1024 * 1024

// A list each: one that holds IPv4 in IPv6 form would take all of IPv4 with it.
const privateNets = { 4: new BlockList(), 6: new BlockList() }
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  privateNets[4].addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  privateNets[6].addSubnet(net, bits, 'ipv6')

/** Loopback, private, link-local, documentation, multicast: nothing that a licensed CA serves from. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return true
  return family === 4
    ? privateNets[4].check(address, 'ipv4')
    : privateNets[6].check(address, 'ipv6')
}

export type Resolver = (host: string) => Promise<readonly { address: string; family: number }[]>

/** The status could not be had; it is unknown, and the act goes on without it. */
export class StatusUnavailable extends Error {}

export interface FetchOptions {
  readonly resolve?: Resolver
  /** Tests serve from loopback. */
  readonly allowPrivate?: boolean
  readonly post?: Uint8Array
  readonly maxMs?: number
  readonly maxBytes?: number
}

/**
 * The bytes at an address of the trust list.
 * @param listed the addresses that the list names: any other is refused
 * @throws StatusUnavailable, whatever went wrong
 */
export async function fetchStatus(
  address: string,
  listed: readonly string[],
  options: FetchOptions = {},
): Promise<Buffer> {
  const url = listedUrl(address, listed)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const resolve: Resolver = options.resolve ?? ((name) => resolveName(name, { all: true }))
  const known = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await resolve(host).catch(() => [])
  if (known.length === 0) throw new StatusUnavailable(`${host} has no address`)
  if (!options.allowPrivate && known.some((one) => isPrivateAddress(one.address)))
    throw new StatusUnavailable(`${host} is a private address`)
  return request(url, known[0], options)
}

function listedUrl(address: string, listed: readonly string[]): URL {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw new StatusUnavailable('not an address')
  }
  const isKnown = listed.some((one) => URL.canParse(one) && new URL(one).origin === url.origin)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  if (!isWeb || !isKnown || url.username || url.password)
    throw new StatusUnavailable('not an address of the list')
  return url
}

function request(
  url: URL,
  to: { address: string; family: number },
  options: FetchOptions,
): Promise<Buffer> {
  // The checked address is used: a second look-up could answer otherwise.
  const lookup: LookupFunction = (_, asked, answer) =>
    asked.all ? answer(null, [to]) : answer(null, to.address, to.family)
  const limit = options.maxBytes ?? maxBytes
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new StatusUnavailable(`${url.host}: ${why}`))
    const made = (url.protocol === 'https:' ? https : http).request(
      url,
      {
        method: options.post ? 'POST' : 'GET',
        lookup,
        agent: false,
        signal: AbortSignal.timeout(options.maxMs ?? maxMs),
        headers: options.post ? { 'content-type': 'application/ocsp-request' } : {},
      },
      (response) => {
        if (response.statusCode !== 200) {
          response.destroy()
          return fail(`answered ${response.statusCode}`)
        }
        const parts: Buffer[] = []
        let size = 0
        response.on('data', (part: Buffer) => {
          size += part.length
          if (size > limit) return response.destroy(new Error('too large'))
          parts.push(part)
        })
        response.on('end', () => resolve(Buffer.concat(parts)))
        response.on('error', (error) => fail(error.message))
      },
    )
    made.on('error', (error) => fail(error.message))
    made.end(options.post)
  })
}
