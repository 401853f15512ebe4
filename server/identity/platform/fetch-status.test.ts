import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchStatus, isPrivateAddress } from './fetch-status.ts'

let server: http.Server
let base = ''
const asked: string[] = []
beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(String(request.url))
    if (request.url === '/crl') return response.end('bytes')
    if (request.url === '/away') return response.writeHead(302, { location: '/crl' }).end()
    if (request.url === '/large') return response.end(Buffer.alloc(2000))
    if (request.url === '/post') return request.pipe(response)
    // Anything else hangs.
  })
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', r))
  base = `http://ca.example:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
const options = { resolve, allowPrivate: true }

test('an address of the list is fetched at the address that was checked', async () => {
  expect((await fetchStatus(`${base}/crl`, [`${base}/other`], options)).toString()).toBe('bytes')
  const post = new TextEncoder().encode('question')
  const echoed = await fetchStatus(`${base}/post`, [base], { ...options, post })
  expect(echoed.toString()).toBe('question')
})

test.each([
  ['another host', 'http://evil.example/crl'],
  ['another scheme', 'file:///etc/passwd'],
  ['no address', 'crl'],
  ['a name and a pass word', 'http://a:b@ca.example/crl'],
])('%s is refused before any look-up', async (_, address) => {
  let looked = false
  const spy = async () => {
    looked = true
    return resolve()
  }
  const listed = ['http://ca.example/crl']
  await expect(fetchStatus(address, listed, { resolve: spy })).rejects.toThrow('not an address')
  expect(looked).toBe(false)
})

test('a listed name that leads to a private address is not asked', async () => {
  const before = asked.length
  await expect(fetchStatus(`${base}/crl`, [base], { resolve })).rejects.toThrow('private')
  const mixed = async () => [
    { address: '8.8.8.8', family: 4 },
    { address: '::1', family: 6 },
  ]
  await expect(fetchStatus(`${base}/crl`, [base], { resolve: mixed })).rejects.toThrow('private')
  const literal = base.replace('ca.example', '127.0.0.1')
  await expect(fetchStatus(`${literal}/crl`, [literal])).rejects.toThrow('private')
  const none = async () => []
  await expect(fetchStatus(`${base}/crl`, [base], { resolve: none })).rejects.toThrow('no address')
  expect(asked.length).toBe(before)
})

test('a redirect, too many bytes, a hanging service and a closed port are unavailable', async () => {
  await expect(fetchStatus(`${base}/away`, [base], options)).rejects.toThrow('302')
  const small = { ...options, maxBytes: 1000 }
  await expect(fetchStatus(`${base}/large`, [base], small)).rejects.toThrow()
  const quick = { ...options, maxMs: 100 }
  await expect(fetchStatus(`${base}/hang`, [base], quick)).rejects.toThrow()
  const closed = 'http://ca.example:1'
  await expect(fetchStatus(closed, [closed], options)).rejects.toThrow()
})

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  'fe80::1',
  'fd00::1',
  '64:ff9b::7f00:1',
  'not an address',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true)
})

test.each(['8.8.8.8', '172.32.0.1', '2400:3200::1', '::ffff:8.8.8.8'])('%s is not', (address) => {
  // An IPv4 address in IPv6 form is refused whatever it holds: no CA is listed so.
  expect(isPrivateAddress(address)).toBe(address.startsWith('::ffff:'))
})
