import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Person, ServerProblem } from '../../db/seed/play/client.ts'
import { sendBlob } from '../../db/seed/play/seal.ts'
import { moveClockTo, newProjectId } from '../../db/seed/play/tendering.ts'
import { openZip } from '../../server/archive/bag/zip-files.node.ts'
import { type TrustFile, verifyArchive } from '../../server/archive/verify/verify.ts'
import { documentOf, type TenderFile } from '../../server/tendering/project/document.ts'
import {
  documentFilesBytes,
  sweepDocumentFiles,
} from '../../server/tendering/uploads/files-of-documents.ts'
import { filePath } from '../../server/vault/files.ts'
import { exampleOf, type Played, playToOpened } from '../kit/evaluation.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

/** Files that the platform gives and takes: none stays open, none is named that is not there. */
interface Stored {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: string
}
let t: TestPlatform
let trade: TestTrade
/** Opened, so that its bidders' files can be read. */
let opened: Played
let agency: Person
beforeAll(async () => {
  t = await testPlatform()
  trade = await publishedTrade(t, 1)
  agency = trade.cast.agency
  opened = await playToOpened(t.url, exampleOf('school-canteen'))
}, 180_000)
afterAll(() => t.stop())

const document = () => documentOf(trade.input.tender as TenderFile)

/** A new draft of the agency's. */
async function draft(): Promise<string> {
  const id = newProjectId('2026-03-02')
  await agency.post('/api/projects', {
    id,
    purchaser: trade.cast.purchaser.identity?.party.id,
    tradingCentre: trade.cast.centre.identity?.party.id,
    mandate: '演示委托代理协议',
    approvalNumber: null,
    startAt: '2026-03-02T09:00:00+08:00',
  })
  return id
}

const send = (project: string, bytes: Uint8Array, headers: Record<string, string> = {}) =>
  agency.upload<Stored>('POST', `/api/projects/${project}/files`, bytes, {
    'content-type': 'application/pdf',
    'x-file-name': encodeURIComponent('图纸.pdf'),
    ...headers,
  })
const save = (project: string, files: readonly Stored[], basedOn = 0) =>
  agency.put(`/api/projects/${project}/document`, { basedOn, document: document(), files })

async function refusalOf(work: Promise<unknown>): Promise<ServerProblem> {
  const error = await work.catch((e) => e)
  expect(error).toBeInstanceOf(ServerProblem)
  return error as ServerProblem
}

/** Files of the platform that this process, which is the server too, holds open. */
function openFiles(): string[] {
  const folder = fs.realpathSync(t.platform.folder)
  return fs
    .readdirSync('/proc/self/fd')
    .map((fd) => {
      try {
        return fs.readlinkSync(`/proc/self/fd/${fd}`)
      } catch {
        return '' // of the listing itself
      }
    })
    .filter((file) => ['files', 'bags'].some((one) => file.startsWith(path.join(folder, one))))
}
async function untilClosed(): Promise<string[]> {
  for (let tries = 0; tries < 40 && openFiles().length > 0; tries++)
    await new Promise((r) => setTimeout(r, 50))
  return openFiles()
}

/** Every answer that has a file behind it, by who may ask. */
async function answersOfFiles(): Promise<[Person, string][]> {
  const page = await agency.get<{ files: Stored[] }>(`/api/projects/${trade.project}`)
  const id = `${'B'.repeat(21)}A`
  const blob = new Uint8Array(Buffer.concat([Buffer.from('YGBLOB\x01\n'), randomBytes(400_000)]))
  await sendBlob(trade.bidder(1), trade.lot, id, blob)
  const { regulator } = opened.cast
  const base = `/api/lots/${opened.p.lot}/evaluation`
  const read = await regulator.get<{ bids: { party: string; files: { blob: string }[] }[] }>(base)
  const [{ party, files }] = read.bids
  const ended = await publishedTrade(t, 0)
  await moveClockTo(ended.cast, ended.project, ended.deadline)
  return [
    [agency, `/api/projects/${trade.project}/files/${page.files[0].sha256}`],
    [trade.bidder(1), `/api/lots/${trade.lot}/blobs/${id}`],
    [regulator, `${base}/bids/${party}/files/${files[0].blob}?reason=x`],
    [regulator, `/api/lots/${ended.lot}/bags/public`],
    [ended.cast.regulator, `/api/lots/${ended.lot}/bags/full`],
  ]
}

test.skipIf(!fs.existsSync('/proc/self/fd'))(
  'a file that is asked for by HEAD, or given up amid, is closed; a full bag is removed then',
  async () => {
    for (const [person, place] of await answersOfFiles()) {
      for (let n = 0; n < 3; n++) {
        const head = await person.request('HEAD', place)
        expect([head.status, place]).toEqual([200, place])
        expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1000)
        const giveUp = new AbortController()
        const answer = await person.request('GET', place, { signal: giveUp.signal })
        await answer.body?.getReader().read()
        giveUp.abort()
      }
      expect([place, await untilClosed()]).toEqual([place, []])
    }
    const fullBags = () =>
      fs.readdirSync(path.join(t.platform.folder, 'bags')).filter((name) => name.includes('-full-'))
    await vi.waitFor(() => expect(fullBags()).toEqual([]))
  },
)

test('a document names files that are here, in their size: else the field is told', async () => {
  const project = await draft()
  const there = await send(project, randomBytes(5000))
  const absent = { ...there, sha256: randomBytes(32).toString('base64url') }
  const refused = await refusalOf(save(project, [there, absent, { ...there, bytes: 4999 }]))
  expect([refused.status, refused.slug]).toEqual([422, 'document-file-missing'])
  const fields = (refused.body.errors as { field: string }[]).map((error) => error.field)
  expect(fields).toEqual(['files.1', 'files.2'])
  await save(project, [there])
  const amendment = await refusalOf(
    agency.act(
      `/api/projects/${trade.project}/amendment-proposals`,
      'propose-amendment',
      { subject: trade.subject, id: 'a-1', text: '附件', documentSha256: null, affectsBids: false },
      { tender: trade.project, with: { document: null, files: [absent] } },
    ),
  )
  expect(amendment.slug).toBe('document-file-missing')
})

test('a media type and a name that are none are refused, and nothing of them reaches a header', async () => {
  const project = await draft()
  const there = await send(project, randomBytes(100))
  for (const mediaType of ['text/html\r\nset-cookie: a=b', 'text', 'a/b; c', '中/文'])
    expect((await refusalOf(save(project, [{ ...there, mediaType }]))).slug).toBe('input-invalid')
  for (const mediaType of ['text/markdown', 'text/plain; charset=utf-8', 'image/svg+xml'])
    await save(project, [{ ...there, mediaType }], (await revisionOf(project)) ?? 0)
  const broken = await refusalOf(send(project, randomBytes(10), { 'x-file-name': '%E4%B' }))
  expect([broken.status, broken.slug]).toEqual([422, 'input-invalid'])
  const odd = await send(project, randomBytes(10), { 'content-type': 'no type' })
  expect(odd.mediaType).toBe('application/octet-stream')
  await save(project, [{ ...there, name: 'a\ud800b"\r\n' }], (await revisionOf(project)) ?? 0).then(
    async () => {
      const read = await agency.request('GET', `/api/projects/${project}/files/${there.sha256}`)
      expect(read.status).toBe(200)
      await read.arrayBuffer()
    },
    (error: ServerProblem) => expect(error.status).toBeLessThan(500),
  )
})

const revisionOf = async (project: string) =>
  (await agency.get<{ revision: number }>(`/api/projects/${project}/draft`)).revision

test('a draft holds so much and no more, and what no document names goes after a week', async () => {
  const project = await draft()
  const [named, unnamed] = [
    await send(project, randomBytes(3000)),
    await send(project, randomBytes(3001)),
  ]
  await save(project, [named])
  const { sql } = t.platform
  await sql`
    insert into work.document_files (project, file, bytes)
    values (${project}, 'part of a test', ${documentFilesBytes - 10_000})`
  const refused = await refusalOf(send(project, randomBytes(5000)))
  expect([refused.status, refused.slug]).toEqual([413, 'document-files-full'])
  const places = [named, unnamed].map(({ sha256 }) => filePath(t.platform, sha256))
  await sweepDocumentFiles(t.platform)
  expect(places.map((file) => fs.existsSync(file))).toEqual([true, true])
  await sweepDocumentFiles(t.platform, 0)
  expect(places.map((file) => fs.existsSync(file))).toEqual([true, false])
  // What was published stays, and is looked at no more.
  const page = await agency.get<{ files: Stored[] }>(`/api/projects/${trade.project}`)
  expect(fs.existsSync(filePath(t.platform, page.files[0].sha256))).toBe(true)
  const [kept] = await sql`
    select is_kept from work.document_files where project = ${trade.project}`
  expect(kept.is_kept).toBe(true)
  await send(project, randomBytes(5000))
})

test('a bag of a trade whose file is lost is made without it, for the verifier to say so', async () => {
  const lost = await publishedTrade(t, 0)
  const page = await agency.get<{ files: Stored[] }>(`/api/projects/${lost.project}`)
  await moveClockTo(lost.cast, lost.project, lost.deadline)
  fs.rmSync(filePath(t.platform, page.files[0].sha256))
  const answer = await agency.raw(`/api/lots/${lost.lot}/bags/public`)
  const file = path.join(t.platform.folder, 'lost.zip')
  fs.writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
  const bag = await openZip(file)
  const trust = await lost.cast.regulator.get<TrustFile>('/api/trust')
  const { findings } = await verifyArchive(bag, trust, Date.now())
  bag.close()
  const told = findings.map(({ code, place }) => [code, place.path])
  expect(told).toEqual([['document-file-missing', `data/documents/${page.files[0].sha256}`]])
})

test('a lot that the trade does not have answers as a trade that is not there', async () => {
  const { regulator } = opened.cast
  const asked = async (lot: string) => {
    const answer = await agency.request('PUT', `/api/lots/${lot}/evaluation/draft`, {
      body: JSON.stringify({ phase: 'qualification', rows: [] }),
      headers: { 'content-type': 'application/json' },
    })
    return [answer.status, await answer.text()]
  }
  const absent = await asked('YG-20260302-ZZZZZZ-1')
  expect(absent[0]).toBe(404)
  for (const suffix of ['2', '01', '0', 'x', '1e3'])
    expect([suffix, await asked(`${opened.p.project}-${suffix}`)]).toEqual([suffix, absent])
  const hidden = await draft()
  await save(hidden, [])
  expect(await asked(`${hidden}-7`)).toEqual(absent)
  const draws = await regulator.request('GET', `/api/lots/${opened.p.project}-0/draw`)
  expect(draws.status).toBe(200)
  await draws.text()
})

test('what holds secrets is closed to others on the machine', () => {
  const modeOf = (name: string) =>
    (fs.statSync(path.join(t.platform.folder, name)).mode & 0o777).toString(8)
  for (const name of ['keys', 'files', 'files/tus', 'files/part', 'files/sealed', 'bags'])
    expect([name, modeOf(name)]).toEqual([name, '700'])
  const bags = fs.readdirSync(path.join(t.platform.folder, 'bags'))
  expect(bags.length).toBeGreaterThan(0)
  for (const name of bags) expect(modeOf(path.join('bags', name))).toBe('600')
})
