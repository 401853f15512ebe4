import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { settleLot } from '../../server/tendering/bid/settling.ts'
import { makeOcspRequest, readCertificate } from '../../server/trust/index.ts'
import { Browser, refusalOf } from '../kit/member.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade } from '../kit/trade.ts'

/** The demo authorities at work, and signatures whose status was unknown. */
let t: TestPlatform
let folder: string
beforeAll(async () => {
  t = await testPlatform()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-status-'))
})
afterAll(async () => {
  await t.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

const nobody = () => new Browser(t.url)
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const openssl = (...args: string[]) => {
  const done = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  return `${done.stdout}${done.stderr}`
}

test('each authority gives its list, and a revoked certificate is on the next one', async () => {
  const { sign } = await (await t.person('bidder-11')).openKeys()
  const family = sign.certificate.publicKey.kind === 'rsa' ? 'rsa' : 'p256'
  const list = async () => bytesOf(await nobody().raw('GET', `/ca/${family}/crl`))
  expect((await list()).includes(Buffer.from(sign.certificate.serial))).toBe(false)
  await nobody().post('/api/demo/identities/bidder-11/revocation')
  expect((await list()).includes(Buffer.from(sign.certificate.serial))).toBe(true)
  expect((await nobody().raw('GET', '/ca/other/crl')).status).toBe(404)
  expect((await nobody().raw('GET', '/ca/constructor/crl')).status).toBe(404)
})

test('an answer about one certificate holds its nonce, and rubbish gets none', async () => {
  const { sign } = await (await t.person('bidder-11')).openKeys()
  const family = sign.certificate.publicKey.kind === 'rsa' ? 'rsa' : 'p256'
  const issuing = await bytesOf(await nobody().raw('GET', `/ca/${family}/certificate`))
  const nonce = Buffer.alloc(16, 7)
  const body = makeOcspRequest(readCertificate(issuing), sign.certificate.serial, nonce)
  const ask = (bytes: Uint8Array) =>
    nobody().raw('POST', `/ca/${family}/ocsp`, { body: bytes as Uint8Array<ArrayBuffer> })
  const answer = await bytesOf(await ask(body))
  expect(answer.includes(nonce)).toBe(true)
  expect([...(await bytesOf(await ask(Buffer.from('rubbish'))))]).toEqual([0x30, 3, 0x0a, 1, 1])
  if (!hasOpenssl) return
  fs.writeFileSync(path.join(folder, 'answer.der'), answer)
  const text = openssl('ocsp', '-respin', 'answer.der', '-resp_text', '-noverify')
  expect(text).toContain('Cert Status: revoked')
})

test.skipIf(!hasOpenssl)('openssl accepts the time-stamp, and serials rise', async () => {
  fs.writeFileSync(path.join(folder, 'data'), 'some bytes')
  openssl('ts', '-query', '-data', 'data', '-sha256', '-cert', '-out', 'query.tsq')
  const body = fs.readFileSync(path.join(folder, 'query.tsq'))
  const serials: string[] = []
  for (let i = 0; i < 2; i++) {
    const token = await bytesOf(await nobody().raw('POST', '/tsa', { body }))
    fs.writeFileSync(path.join(folder, 'token.tsr'), token)
    const text = openssl('ts', '-reply', '-in', 'token.tsr', '-text')
    expect(text).toContain('Status: Granted')
    serials.push(/Serial number: (\S+)/.exec(text)?.[1] ?? '')
  }
  expect(Number(serials[1])).toBe(Number(serials[0]) + 1)
})

test('a bid of a certificate revoked before is refused; an act of it too', async () => {
  const trade = await publishedTrade(t, 2)
  await new Promise((r) => setTimeout(r, 1100))
  await nobody().post('/api/demo/identities/bidder-2/revocation')
  const refused = await refusalOf(submitBidOf(trade.bidder(2), trade.at, trade.bid(2)))
  expect(refused.slug).toBe('certificate-revoked')
})

test('with the authority down every bid is taken, and settled after the deadline alone', async () => {
  const trade = await publishedTrade(t, 4)
  const { trust } = t.platform
  if (!trust) throw new Error('the demo has a list')
  const asked: boolean[] = []
  let isDown = true
  t.platform.trust = {
    ...trust,
    crls: async (fresh) => {
      asked.push(fresh === true)
      return isDown ? [] : trust.crls(fresh)
    },
  }
  try {
    for (const n of [1, 3, 4]) await submitBidOf(trade.bidder(n), trade.at, trade.bid(n))
    const signatures = async () => {
      const states = [1, 3, 4].map(async (n) => {
        const party = trade.bidder(n).identity?.party.id as string
        const stream = t.platform.store.hiddenStream('bid', trade.lot, party)
        const { state } = await t.platform.store.stream(stream, true)
        return (state as unknown as { bid: { signature: string } }).bid.signature
      })
      return Promise.all(states)
    }
    expect(await signatures()).toEqual(['unknown', 'unknown', 'unknown'])
    // Nobody asks past the cache before the deadline: the question would tell who bid.
    expect(asked).not.toContain(true)
    await new Promise((r) => setTimeout(r, 1100))
    await moveClockTo(trade.cast, trade.project, trade.deadline)
    await new Promise((r) => setTimeout(r, 500))
    expect(await signatures()).toEqual(['unknown', 'unknown', 'unknown'])
    expect(asked).toContain(true)
    // bidder-4's key was stolen after the bid: the bid stands.
    await nobody().post('/api/demo/identities/bidder-4/revocation')
    isDown = false
    expect(await settleLot(t.platform, trade.project, trade.lot)).toBe(0)
    expect(await signatures()).toEqual(['good', 'good', 'good'])
    expect(await settleLot(t.platform, trade.project, trade.lot)).toBe(0)
  } finally {
    t.platform.trust = trust
  }
})

test('a certificate revoked before the bid, unseen then, is found afterwards', async () => {
  const trade = await publishedTrade(t, 3)
  const { trust } = t.platform
  if (!trust) throw new Error('the demo has a list')
  t.platform.trust = { ...trust, crls: async () => [] }
  try {
    await nobody().post('/api/demo/identities/bidder-3/revocation')
    await new Promise((r) => setTimeout(r, 1100))
    for (const n of [1, 3]) await submitBidOf(trade.bidder(n), trade.at, trade.bid(n))
    await moveClockTo(trade.cast, trade.project, trade.deadline)
    t.platform.trust = trust
    await new Promise((r) => setTimeout(r, 1100))
    expect(await settleLot(t.platform, trade.project, trade.lot)).toBe(0)
    const party = trade.bidder(3).identity?.party.id as string
    const stream = t.platform.store.hiddenStream('bid', trade.lot, party)
    const { state } = await t.platform.store.stream(stream, true)
    expect(state).toMatchObject({ bid: { signature: 'revoked' } })
  } finally {
    t.platform.trust = trust
  }
})
