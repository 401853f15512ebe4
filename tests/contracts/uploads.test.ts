import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Person, ServerProblem } from '../../db/seed/play/client.ts'
import { sealBidOf, sendBlob, signedSubmission } from '../../db/seed/play/seal.ts'
import { moveClockTo } from '../../db/seed/play/tendering.ts'
import { makeLink } from '../../server/identity/login/challenges.ts'
import { systemActor } from '../../server/kernel/viewer.ts'
import { actOf } from '../../server/platform.ts'
import { findBlob } from '../../server/vault/blobs.ts'
import { keepPersonal } from '../../server/vault/personal.ts'
import { reserveUpload, sweepReserved, uploadQuotaBytes } from '../../server/vault/quota.ts'
import { Browser } from '../kit/member.ts'
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
    await create(person, trade.lot, randomBytes(16).toString('base64url'), 0),
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

/** Somebody who can make requests of the protocol: a demo identity, or a member come in by link. */
interface Sender {
  readonly request: (method: string, path: string, init: RequestInit) => Promise<Response>
}
async function memberOf(party: string, capacity: 'operator' | 'financeOfficer' | 'orgAdmin') {
  const person = `uploader-${capacity}`
  const nameDigest = await keepPersonal(t.platform, person)
  const act = { kind: 'party', id: party, project: null, actor: systemActor } as const
  const command = { type: 'addMember', person, nameDigest, capacity } as const
  await actOf(t.platform, { ...act, command })
  const browser = new Browser(t.url)
  await browser.useLink((await makeLink(t.platform, { party, person })).url)
  return { browser, request: browser.raw.bind(browser) }
}

test('who may not send a bid’s blobs begins, continues and ends no upload either', async () => {
  const id = randomBytes(16).toString('base64url')
  const bytes = 1000
  const metadata = [pair('lot', trade.lot), pair('blobId', id), pair('bytes', `${bytes}`)].join()
  const begin = (who: Sender, headers: Record<string, string> = {}) =>
    who.request('POST', '/uploads', {
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': `${bytes}`,
        'upload-metadata': metadata,
        ...headers,
      },
    })
  const slugOf = async (answer: Promise<Response>) => {
    const response = await answer
    return response.ok ? response.status : (await response.json()).type.replace('/problems/', '')
  }
  const party = trade.bidder(1).identity?.party.id as string
  const operator = await memberOf(party, 'operator')
  const made = await begin(operator)
  expect(made.status).toBe(201)
  const at = made.headers.get('location') as string
  const go = (who: Sender, method: string, headers: Record<string, string> = {}) =>
    who.request(method, at, { headers: { 'tus-resumable': '1.0.0', ...headers } })
  for (const capacity of ['financeOfficer', 'orgAdmin'] as const) {
    const other = await memberOf(party, capacity)
    expect(await slugOf(begin(other))).toBe('not-entitled')
    expect((await go(other, 'HEAD')).status).toBe(403)
    expect(await slugOf(go(other, 'DELETE'))).toBe('not-entitled')
  }
  for (const stranger of ['agency-1', 'purchaser-1', 'centre-1', 'regulator-1', 'bidder-9'])
    expect(await slugOf(begin(await t.person(stranger)))).toBe('not-found')
  // Another site's page, or one without the session's token, sends nothing in a bidder's name.
  const foreign = { origin: 'https://evil.example' }
  expect(await slugOf(begin(operator, foreign))).toBe('csrf-token-wrong')
  expect(await slugOf(go(operator, 'DELETE', foreign))).toBe('csrf-token-wrong')
  const token = operator.browser.csrf
  operator.browser.csrf = 'A'.repeat(token.length)
  expect(await slugOf(begin(operator))).toBe('csrf-token-wrong')
  operator.browser.csrf = token
  expect(await slugOf(go(operator, 'DELETE'))).toBe(204)
})

const idOf = (letter: string) => `${letter.repeat(21)}A`

test('a party that has used up its quota of a lot begins nothing new, by either way', async () => {
  const person = await t.person('bidder-5')
  await person.post(`/api/lots/${trade.lot}/participation`, {})
  const party = person.identity?.party.id as string
  const [[, blob]] = sent
  const place = { lot: trade.lot, party, id: idOf('Q') }
  const other = { ...place, id: idOf('O') }
  await reserveUpload(t.platform, other, uploadQuotaBytes - blob.length, null)
  await sendBlob(person, trade.lot, place.id, blob)
  const refused = await sendBlob(person, trade.lot, idOf('R'), blob).catch((e) => e)
  expect([refused.status, refused.slug]).toEqual([413, 'upload-quota-used'])
  const made = await create(person, trade.lot, idOf('R'), blob.length)
  expect([made.status, (await made.json()).type]).toEqual([413, '/problems/upload-quota-used'])
  // What is there already is taken again, and another party's quota is its own.
  await sendBlob(person, trade.lot, place.id, blob)
  await sendBlob(trade.bidder(2), trade.lot, idOf('S'), blob)
})

const folderOf = (name: string) => path.join(t.platform.folder, 'files', name)
const namesIn = (name: string) => fs.readdirSync(folderOf(name)).sort()

test('an id that is there takes no second upload, whatever size it says', async () => {
  const person = trade.bidder(2)
  const [[, blob], [, other]] = sent
  const id = idOf('T')
  await sendBlob(person, trade.lot, id, blob)
  const before = namesIn('tus')
  const made = await create(person, trade.lot, id, 2_000_000_000)
  expect([made.status, (await made.json()).type]).toEqual([409, '/problems/blob-there'])
  expect(namesIn('tus')).toEqual(before)
  const differs = await sendBlob(person, trade.lot, id, other).catch((e) => e)
  expect([differs.status, differs.slug]).toEqual([409, 'blob-differs'])
  expect(namesIn('part')).toEqual([])
  // Sent again whole, as after an answer that was lost, it is the same blob.
  await sendBlob(person, trade.lot, id, blob)
})

test('an upload that is begun again takes the place of the first: both count once', async () => {
  const person = trade.bidder(3)
  const id = idOf('U')
  const before = namesIn('tus').length
  let first = ''
  for (let n = 0; n < 20; n++) {
    const made = await create(person, trade.lot, id, 2_000_000_000)
    expect(made.status).toBe(201)
    first ||= made.headers.get('location') as string
  }
  expect(namesIn('tus').length).toBe(before + 2) // its bytes and their description
  expect((await patch(person, first, 0, new Uint8Array(10))).status).toBe(404)
  // A second id counts beside it, and so on until the quota is used.
  const answers = []
  for (const letter of [...'abcdefghijklmnopqr'])
    answers.push((await create(person, trade.lot, idOf(letter), 2_000_000_000)).status)
  expect(answers.filter((status) => status === 201)).toHaveLength(16)
  expect(answers.at(-1)).toBe(413)
  // What is given up is given back.
  const made = await create(person, trade.lot, idOf('a'), 2_000_000_000)
  expect((await tus(person, 'DELETE', made.headers.get('location') as string)).status).toBe(204)
  expect((await create(person, trade.lot, idOf('z'), 2_000_000_000)).status).toBe(201)
})

test('an upload that receives bytes at this moment gives way to none', async () => {
  const person = trade.bidder(2)
  const id = idOf('L')
  const made = await create(person, trade.lot, id, 400_000)
  const place = made.headers.get('location') as string
  const giveUp = new AbortController()
  const sending = person
    .request('PATCH', place, {
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body: new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(100_000)) }),
      duplex: 'half',
      signal: giveUp.signal,
    } as RequestInit)
    .catch(() => null)
  const file = path.join(folderOf('tus'), place.slice('/uploads/'.length))
  await vi.waitFor(() => expect(fs.statSync(file).size).toBeGreaterThan(0), 5000)
  const second = await create(person, trade.lot, id, 400_000)
  expect([second.status, (await second.json()).type]).toEqual([503, '/problems/upload-under-way'])
  expect(second.headers.get('retry-after')).toBe('1')
  giveUp.abort()
  await sending
  await vi.waitFor(async () => {
    const again = await create(person, trade.lot, id, 400_000)
    expect(again.status).toBe(201)
  }, 10_000)
})

test('of two sendings of one blob at once the newer stays, and the other’s bytes go', async () => {
  const person = trade.bidder(2)
  const [[, blob]] = sent
  const id = idOf('V')
  const hanging = new ReadableStream({
    start: (controller) => controller.enqueue(blob.subarray(0, 100_000)),
  })
  const earlier = person.request('PUT', `/api/lots/${trade.lot}/blobs/${id}`, {
    body: hanging,
    duplex: 'half',
  } as RequestInit)
  while (namesIn('part').length === 0) await new Promise((r) => setTimeout(r, 10))
  await sendBlob(person, trade.lot, id, blob)
  expect(namesIn('part')).toEqual([])
  const answer = await earlier.catch(() => null)
  expect(answer === null || answer.status === 400).toBe(true)
})

test('what is refused at its end lies nowhere, and what was given up is swept', async () => {
  const person = trade.bidder(1)
  const before = namesIn('tus')
  const made = await create(person, trade.lot, idOf('W'), 1000)
  const done = await patch(person, made.headers.get('location') as string, 0, randomBytes(1000))
  expect([done.status, (await done.json()).type]).toEqual([422, '/problems/blob-unrecognised'])
  expect(namesIn('tus')).toEqual(before)
  const count = async () => {
    const [{ n }] = await t.platform.sql`select count(*)::int as n from work.quotas`
    return n as number
  }
  const lost = await create(person, trade.lot, idOf('X'), 1000)
  const counted = await count()
  const name = (lost.headers.get('location') as string).slice('/uploads/'.length)
  for (const file of [name, `${name}.json`]) fs.rmSync(path.join(folderOf('tus'), file))
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 120_000)
  await sweepReserved(t.platform).finally(() => vi.restoreAllMocks())
  expect(await count()).toBe(counted - 1)
})

test('what counts uploads tells neither bidders nor lots: a row an upload, all of one size', async () => {
  const rows = await t.platform.sql`select key, sealed from work.quotas`
  expect(new Set(rows.map((row) => row.sealed.length)).size).toBe(1)
  expect(new Set(rows.map((row) => row.key.length)).size).toBe(1)
  // Five parties have begun to upload; no number of rows or of equal parts of keys is theirs.
  expect(rows.length).toBeGreaterThan(20)
  const heads = new Set(rows.map((row) => row.key.subarray(0, 4).toString('hex')))
  expect(heads.size).toBe(rows.length)
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

test('from the deadline on an upload under way takes no more bytes', async () => {
  const person = trade.bidder(1)
  const made = await create(person, trade.lot, idOf('Y'), 1_000_000)
  const place = made.headers.get('location') as string
  expect((await patch(person, place, 0, new Uint8Array(1000))).status).toBe(204)
  await moveClockTo(trade.cast, trade.project, trade.deadline)
  const late = await patch(person, place, 1000, new Uint8Array(1000))
  expect([late.status, (await late.json()).type]).toEqual([409, '/problems/lot-not-tendering'])
  expect((await tus(person, 'HEAD', place)).headers.get('upload-offset')).toBe('1000')
  expect((await tus(person, 'DELETE', place)).status).toBe(204)
})
