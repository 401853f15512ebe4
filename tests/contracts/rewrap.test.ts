import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, ServerProblem } from '../../db/seed/play/client.ts'
import { readHall, release } from '../../db/seed/play/opening.ts'
import { ownRelease, submitBidOf } from '../../db/seed/play/seal.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { type TrustFile, verifyArchive } from '../../server/archive/verify/verify.ts'
import { b64u, fromB64u } from '../../server/formats/bytes.ts'
import { sha256 } from '../../server/formats/sha256.ts'
import { systemActor } from '../../server/kernel/viewer.ts'
import { actOf } from '../../server/platform.ts'
import {
  type KeyFileEntry,
  openPkcs12,
  unwrapSecret,
  wrapSecret,
} from '../../server/trust/index.ts'
import { newKeyFile } from '../kit/device.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { OpenBag } from '../kit/tamper.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

/**
 * Who renews a certificate lets the new one open the bid that is in: by a signed act, before the
 * deadline, with nothing uploaded anew.
 * @source ca-interop.md §7 "Renewal"; user-needs "Certificates and keys"
 */
let t: TestPlatform
let trade: TestTrade
let renewed: KeyFileEntry
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-rewrap-'))

interface Own {
  readonly bid: { readonly act: string; readonly headerHash: string; readonly receivedAt: string }
  readonly receipts: readonly { readonly kind: string }[]
  readonly rewrapFor: { readonly sha256: string; readonly der: string } | null
}
const own = (n: number) => trade.bidder(n).get<Own>(`/api/lots/${trade.lot}/bid`)
const digestOf = (bytes: Uint8Array) => b64u(sha256(bytes))

beforeAll(async () => {
  t = await testPlatform()
  await t.services.demo?.registerAll()
  trade = await publishedTrade(t, 4)
  for (const n of [1, 2, 3]) await submitBidOf(trade.bidder(n), trade.at, trade.bid(n))
  renewed = await bindNewPair(trade.bidder(1))
}, 120_000)
afterAll(async () => {
  await t.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

/** A new pair of the bidder's own, its encryption certificate bound. */
async function bindNewPair({ identity }: Person): Promise<KeyFileEntry> {
  const { party } = identity as NonNullable<Person['identity']>
  const entries = await openPkcs12(await newKeyFile(t.platform, party.name, party.id), 'demo')
  const entry = entries.find((one) => one.friendlyName === 'encrypt') as KeyFileEntry
  const { certificate } = entry
  await actOf(t.platform, {
    kind: 'party',
    id: party.id,
    project: null,
    actor: systemActor,
    command: {
      type: 'bindCertificate',
      certificate: {
        sha256: digestOf(certificate.der),
        der: b64u(certificate.der),
        use: 'encrypt',
        notAfter: new Date(certificate.notAfter).toISOString(),
      },
    },
  })
  return entry
}

/** What a browser does: the secret out of the wrap in force, into one for another certificate. */
async function rewrapping(n: number, to: KeyFileEntry, more: object = {}, altered = false) {
  const person = trade.bidder(n)
  const { bid } = await own(n)
  const s = fromB64u((await ownRelease(person, trade.lot)).s)
  const wrap = await wrapSecret(s, to.certificate)
  const act = await person.sign(
    'rewrap-bid',
    {
      subject: trade.at.subject,
      bid: bid.act,
      headerHash: bid.headerHash,
      certificateSha256: digestOf(to.certificate.der),
      wrapSha256: digestOf(altered ? s : wrap),
      ...more,
    },
    trade.at.tender,
    trade.lot,
  )
  return { ...act, with: { wrap: b64u(wrap) } }
}
const send = (n: number, body: unknown, key?: string) =>
  trade.bidder(n).post<{ kind: string }>(`/api/lots/${trade.lot}/bid-rewraps`, body, key)
async function refusalOf(answer: Promise<unknown>): Promise<ServerProblem> {
  const error = await answer.then(
    () => null,
    (e) => e,
  )
  if (!(error instanceof ServerProblem)) throw error ?? new Error('it was done')
  return error
}

test('a wrap for another’s certificate, an altered one, or of another bid is refused', async () => {
  const { encrypt } = await trade.bidder(2).openKeys()
  expect((await refusalOf(send(1, await rewrapping(1, encrypt)))).slug).toBe('wrap-for-another')
  const named = { certificateSha256: digestOf(renewed.certificate.der) }
  const forged = await rewrapping(1, encrypt, named)
  expect((await refusalOf(send(1, forged))).slug).toBe('wrap-for-another')
  const altered = await rewrapping(1, renewed, {}, true)
  expect((await refusalOf(send(1, altered))).slug).toBe('wrap-altered')
  const other = await rewrapping(1, renewed, { bid: (await own(2)).bid.act })
  const refused = await refusalOf(send(1, other))
  expect(refused.slug).toBe('not-this-bid')
  expect(refused.body.refusal).toMatchObject({ kind: 'refusal', problem: 'not-this-bid' })
  // Who has no bid in the lot has nothing to wrap.
  const nobody = await rewrapping(1, renewed)
  expect((await refusalOf(send(4, nobody))).status).toBeGreaterThanOrEqual(400)
})

test('the bid is wrapped for the new certificate: same bytes, same time, one receipt', async () => {
  const before = await own(1)
  expect(before.rewrapFor?.sha256).toBe(digestOf(renewed.certificate.der))
  expect((await own(2)).rewrapFor).toBe(null)
  const body = await rewrapping(1, renewed)
  const receipt = await send(1, body)
  expect(receipt).toMatchObject({
    kind: 'receipt',
    event: { type: 'BidRewrapped', data: { bid: before.bid.act } },
    parts: [{ part: 'whole', headerHash: before.bid.headerHash }],
  })
  expect(await send(1, body)).toEqual(receipt)
  const after = await own(1)
  expect(after.bid).toEqual(before.bid)
  expect(after.rewrapFor).toBe(null)
  expect(after.receipts.map((one) => one.kind)).toEqual(['BidSubmitted', 'BidRewrapped'])
  const waiting = await trade.bidder(1).get<{ items: object[] }>('/api/party/sealed-bids')
  expect(waiting.items).toMatchObject([{ certificate: digestOf(renewed.certificate.der) }])
})

test('the new key alone opens it; after the deadline nothing is wrapped any more', async () => {
  const [one] = [trade.bidder(1)]
  const { wrap, headerHash } = await one.get<{ wrap: string; headerHash: string }>(
    `/api/lots/${trade.lot}/bid/envelope`,
  )
  const { encrypt } = await one.openKeys()
  await expect(unwrapSecret(fromB64u(wrap), await encrypt.key.holder())).rejects.toThrow()
  const s = await unwrapSecret(fromB64u(wrap), await renewed.key.holder())
  const late = await rewrapping(2, (await trade.bidder(2).openKeys()).encrypt)
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  const refused = await refusalOf(send(2, late))
  expect(refused.slug).toBe('bid-too-late')
  expect(refused.body.refusal).toMatchObject({ problem: 'bid-too-late' })
  await one.post(`/api/lots/${trade.lot}/release`, { headerHash, s: b64u(s) })
  for (const n of [2, 3]) await release(trade.bidder(n), trade.lot)
  const hall = await readHall(trade.cast.agency, trade.project)
  const prices = hall.lots.flatMap((lot) => lot.rows.map((row) => row.priceFen))
  expect(prices.sort()).toEqual([1, 2, 3].map((n) => trade.bid(n).priceFen).sort())
})

test('a bag with it verifies, in full and for the public', async () => {
  const trust = await trade.cast.regulator.get<TrustFile>('/api/trust')
  await trade.cast.purchaser.act(
    `/api/lots/${trade.lot}/termination`,
    'terminate-lot',
    { subject: trade.at.subject, reason: '采购任务取消' },
    { tender: trade.at.tender, lot: trade.lot },
  )
  for (const kind of ['full', 'public'] as const) {
    const file = path.join(folder, `${kind}.zip`)
    const answer = await trade.cast.regulator.raw(`/api/lots/${trade.lot}/bags/${kind}`)
    fs.writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
    const bag = await OpenBag.read(file)
    const report = await verifyArchive(bag.asFiles(), trust, Date.now())
    expect(report.findings).toEqual([])
    const all = [...bag.files.values()].map((bytes) => Buffer.from(bytes).toString('utf8')).join()
    expect(all).toContain('"BidRewrapped"')
  }
})
