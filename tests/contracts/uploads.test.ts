import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, ServerProblem } from '../../db/seed/play/client.ts'
import { sealBidOf, sendBlob, signedSubmission } from '../../db/seed/play/seal.ts'
import { findBlob } from '../../server/vault/blobs.ts'
import { reserveUpload, uploadQuotaBytes } from '../../server/vault/quota.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

let t: TestPlatform
let trade: TestTrade
const sent = new Map<string, Uint8Array>()
beforeAll(async () => {
  t = await testPlatform()
  trade = await publishedTrade(t, 3)
  await sealBidOf(trade.bidder(1), trade.lot, trade.bid(1), {
    send: async (id, blob) => void sent.set(id, blob),
  })
})
afterAll(() => t.stop())

const pair = (key: string, value: string) => `${key} ${Buffer.from(value).toString('base64')}`
/** One request of the tus protocol. */
async function tus(
  person: Person,
  method: string,
  place: string,
  headers: Record<string, string> = {},
  body?: Uint8Array,
): Promise<Response> {
  return person.request(method, place, {
    headers: { 'tus-resumable': '1.0.0', ...headers },
    ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
  })
}
const create = (person: Person, lot: string, id: string, bytes: number) =>
  tus(person, 'POST', '/uploads', {
    'upload-length': String(bytes),
    'upload-metadata': [pair('lot', lot), pair('blobId', id), pair('bytes', String(bytes))].join(),
  })
const patch = (person: Person, place: string, offset: number, bytes: Uint8Array) =>
  tus(
    person,
    'PATCH',
    place,
    { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    bytes,
  )

test('what the protocol refuses is a problem under the protocol’s own status', async () => {
  const person = trade.bidder(1)
  const id = randomBytes(16).toString('base64url')
  const made = await create(person, trade.lot, id, 1000)
  const place = made.headers.get('location') as string
  const refusals = [
    await patch(person, place, 5, new Uint8Array(10)),
    await create(person, trade.lot, id, 2 ** 32),
    await create(person, trade.lot, id, -1),
    await create(person, trade.lot, id, 0),
  ]
  const told = refusals.map(async (answer) => {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    const { type, status } = (await answer.json()) as { type: string; status: number }
    expect(status).toBe(answer.status)
    return [status, type.replace('/problems/', '')]
  })
  expect(await Promise.all(told)).toEqual([
    [409, 'upload-broken'],
    [413, 'bid-too-large'],
    [400, 'upload-broken'],
    [422, 'blob-unrecognised'],
  ])
  expect((await tus(person, 'DELETE', place)).status).toBe(204)
})

test('an upload that breaks off goes on where it stopped, and gives the sealed root', async () => {
  const [[id, blob]] = sent
  const person = trade.bidder(1)
  const made = await create(person, trade.lot, id, blob.length)
  expect(made.status).toBe(201)
  const place = made.headers.get('location') as string
  expect(place).toMatch(/^\/uploads\/[0-9a-f]{64}$/)
  expect((await patch(person, place, 0, blob.subarray(0, 100_000))).status).toBe(204)
  const head = await tus(person, 'HEAD', place)
  expect(head.headers.get('upload-offset')).toBe('100000')
  expect((await patch(person, place, 100_000, blob.subarray(100_000))).status).toBe(204)
  const party = person.identity?.party.id as string
  const kept = await findBlob(t.platform, { lot: trade.lot, party, id })
  expect(kept).toMatchObject({ bytes: blob.length, isForeign: false })
  const back = await person.raw(`/api/lots/${trade.lot}/blobs/${id}`)
  expect(new Uint8Array(await back.arrayBuffer())).toEqual(new Uint8Array(blob))
})

test('an absent upload and another’s answer alike', async () => {
  const [, [id, blob]] = sent
  const made = await create(trade.bidder(1), trade.lot, id, blob.length)
  const place = made.headers.get('location') as string
  const absent = `/uploads/${'0'.repeat(64)}`
  for (const method of ['HEAD', 'PATCH', 'DELETE']) {
    const [one, other] = await Promise.all(
      [place, absent].map((p) => tus(trade.bidder(2), method, p, { 'upload-offset': '0' })),
    )
    expect([one.status, other.status]).toEqual([404, 404])
    expect(await one.text()).toBe(await other.text())
  }
})

test('who has not joined the lot cannot begin one, and is told as of no lot', async () => {
  const stranger = await t.person('bidder-9')
  const [lot, none] = await Promise.all(
    [trade.lot, 'YG-20260302-ZZZZZZ-1'].map((l) => create(stranger, l, 'A'.repeat(22), 300_000)),
  )
  expect([lot.status, none.status]).toEqual([404, 404])
})

test('bytes that are no sealed blob are refused, also in two halves', async () => {
  const person = trade.bidder(2)
  const error = await sendBlob(person, trade.lot, 'A'.repeat(22), randomBytes(300_000)).catch(
    (e) => e,
  )
  expect(error).toBeInstanceOf(ServerProblem)
  expect(error.slug).toBe('blob-unrecognised')
  const made = await create(person, trade.lot, 'A'.repeat(22), 1000)
  const done = await patch(person, made.headers.get('location') as string, 0, randomBytes(1000))
  expect(done.status).toBe(422)
  const parts = path.join(t.platform.folder, 'files', 'part')
  expect(fs.readdirSync(parts)).toEqual([])
})

const idOf = (letter: string) => `${letter.repeat(21)}A`

test('a party that has used up its quota of a lot begins nothing new, by either way', async () => {
  const person = await t.person('bidder-5')
  await person.post(`/api/lots/${trade.lot}/participation`, {})
  const party = person.identity?.party.id as string
  const [[, blob]] = sent
  const place = { lot: trade.lot, party, id: idOf('Q') }
  await reserveUpload(t.platform, place, uploadQuotaBytes - blob.length)
  await sendBlob(person, trade.lot, place.id, blob)
  const refused = await sendBlob(person, trade.lot, idOf('R'), blob).catch((e) => e)
  expect([refused.status, refused.slug]).toEqual([413, 'upload-quota-used'])
  const made = await create(person, trade.lot, idOf('R'), blob.length)
  expect([made.status, (await made.json()).type]).toEqual([413, '/problems/upload-quota-used'])
  // What is there already is taken again, and another party's quota is its own.
  await sendBlob(person, trade.lot, place.id, blob)
  await sendBlob(trade.bidder(2), trade.lot, idOf('S'), blob)
})

test('nothing on disk or in the table names lot, party or blob', async () => {
  const party = trade.bidder(1).identity?.party.id as string
  const names = fs
    .readdirSync(path.join(t.platform.folder, 'files'), { recursive: true })
    .map(String)
  const configs = names
    .filter((n) => n.endsWith('.json'))
    .map((n) => fs.readFileSync(path.join(t.platform.folder, 'files', n), 'utf8'))
  const rows = await t.platform
    .sql`select encode(key, 'hex') as key, encode(mark, 'hex') as mark from work.uploads`
  const all = [...names, ...configs, JSON.stringify([...rows])].join('\n')
  for (const id of [...sent.keys(), party, trade.lot, trade.project]) expect(all).not.toContain(id)
})

test('an envelope at rest is sealed and of the size of a blob', async () => {
  const person = trade.bidder(3)
  const sealed = await sealBidOf(person, trade.lot, trade.bid(3))
  const body = await signedSubmission(person, trade.at, sealed)
  const all = await Promise.all(
    ['a', 'b', 'c'].map((key) => person.post(`/api/lots/${trade.lot}/bid`, body, key)),
  )
  // Sent three times at once under three keys: one act, one receipt.
  expect(new Set(all.map((r) => JSON.stringify(r))).size).toBe(1)
  const folder = path.join(t.platform.folder, 'files', 'sealed')
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .map((f) => path.join(f.parentPath, f.name))
  const sizes = new Set(sealed.header.blobs.map((b) => b.bytes))
  for (const file of files) expect(sizes).toContain(fs.statSync(file).size)
  const party = person.identity?.party.id as string
  for (const file of files) expect(fs.readFileSync(file).includes(party)).toBe(false)
})
