import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tenderDocumentText } from '../../db/seed/play/document-text.ts'
import { readInput } from '../../db/seed/play/input.ts'
import { newProjectId } from '../../db/seed/play/tendering.ts'
import { openOwner } from '../../server/kernel/database.ts'
import { madeUscc } from '../../server/kernel/uscc.ts'
import type { OrganisationRole } from '../../server/kernel/viewer.ts'
import type { TenderFile } from '../../server/tendering/project/document.ts'
import { documentOf } from '../../server/tendering/project/document.ts'
import { type ListFileOf, type PartyKeys, TestAuthority } from '../kit/authority.ts'
import { type TestPlace, testPlace } from '../kit/database.ts'
import { Browser, refusalOf } from '../kit/member.ts'
import { examplesFolder } from '../kit/platform.ts'
import { freePort, runCommand, type ServerProcess, startServer } from '../kit/server.ts'

/** A production system from the empty database to a published notice, by real signed acts. */
let place: TestPlace
let env: Record<string, string>
let server: ServerProcess
let authority: TestAuthority
let admin: Browser
const file = (name: string) => path.join(place.folder, name)
const platformId = () => fs.readFileSync(file('keys/platform'), 'utf8').trim()
const url = () => {
  const { socketFolder, database } = place.place
  return `postgres://postgres@localhost/${database}?host=${encodeURIComponent(socketFolder)}`
}

beforeAll(async () => {
  place = await testPlace()
  fs.chmodSync(place.folder, 0o755)
  const port = await freePort()
  env = {
    YANGGUANG_MODE: 'production',
    DATABASE_URL: url(),
    YANGGUANG_DATA: place.folder,
    PORT: `${port}`,
    YANGGUANG_ORIGIN: `http://localhost:${port}`,
    YANGGUANG_PROXIES: '0',
  }
  server = await startServer(place.folder, env)
  authority = await TestAuthority.make()
  fs.mkdirSync(file('crl'))
  fs.writeFileSync(file('crl/test.crl'), await authority.crl())
})
afterAll(async () => {
  await server.stop()
  await place.drop()
})

/** What a browser shows: passkeys refuse an IP address. */
const browser = () => new Browser(server.url, server.url.replace('127.0.0.1', 'localhost'))

function listFile(list: ListFileOf): string {
  const name = file(`list-${Math.random()}.json`)
  fs.writeFileSync(name, JSON.stringify(list))
  return name
}

test('nothing of the demo is there', async () => {
  const paths = ['identities', 'identities/bidder-1/p12', 'projects/YG-20260302-ABCD/clock']
  for (const p of [...paths.map((one) => `/api/demo/${one}`), '/ca/p256/crl'])
    expect((await browser().raw('GET', p)).status).toBe(404)
  for (const p of ['/api/demo/sessions', '/api/demo/parties', '/tsa', '/ca/p256/ocsp'])
    expect((await browser().raw('POST', p, { body: '{}' })).status).toBe(404)
  expect(await browser().get('/healthz')).toMatchObject({ mode: 'production', status: 'ready' })
})

test('the first administrator comes in by a one-time link, and makes a passkey', async () => {
  const args = ['admin', 'create', '--name', '王五', '--organisation', '平台运营单位']
  const { code, out } = await runCommand(args, env)
  expect(code).toBe(0)
  const link = /https?:\/\/\S+#\S+/.exec(out)?.[0] as string
  admin = browser()
  expect(await admin.useLink(link)).toMatchObject({ roles: ['platformAdmin'], personName: '王五' })
  await admin.addPasskey()
  expect((await refusalOf(browser().useLink(link))).slug).toBe('link-used')
  admin = Object.assign(browser(), { device: admin.device })
  expect((await admin.signInByPasskey()).viewer).toMatchObject({ capacity: 'orgAdmin' })
})

test('nothing can be signed before a trust list is loaded, and no demo list is taken', async () => {
  const keys = await authority.keysOf('某公司', madeUscc(7000))
  const early = browser().signInByCertificate(keys.sign, { party: 'x', capacity: 'operator' })
  expect((await refusalOf(early)).slug).toBe('trust-list-missing')
  const load = async (list: ListFileOf) => runCommand(['admin', 'trust-list', listFile(list)], env)
  const demo = await load(await authority.list(platformId(), { demo: true }))
  expect(demo).toMatchObject({ code: 1, err: expect.stringContaining('trust-list-demo') })
  const other = await load(await authority.list(`yg-${'a'.repeat(26)}`))
  expect(other.err).toContain('trust-list-other-platform')
  const good = await authority.list(platformId())
  const oneSigner = { ...good, signatures: [good.signatures[0], good.signatures[0]] }
  expect((await load(oneSigner)).err).toContain('trust-list-signature-bad')
  expect((await refusalOf(admin.post('/api/platform/trust-lists', listBody(good)))).slug).toBe(
    'trust-list-first-by-console',
  )
  expect(await load(good)).toMatchObject({
    code: 0,
    out: expect.stringContaining('list 1 is in force'),
  })
  // The running server hears of it by the log.
  for (let i = 0; i < 100; i++) {
    const response = await admin.raw('GET', '/api/platform/trust-list')
    if (response.ok) break
    await new Promise((r) => setTimeout(r, 50))
  }
  expect(await admin.get('/api/platform/trust-list')).toMatchObject({ sha256: good.sha256 })
  expect((await load(good)).err).toMatch(/rolled-back|out-of-order/)
  const next = await authority.list(platformId(), { sequence: 2, previous: good.sha256 })
  await admin.post('/api/platform/trust-lists', listBody(next))
  expect(await admin.get('/api/platform/trust-list')).toMatchObject({ sequence: 2 })
})

const listBody = ({ trustList, signatures }: ListFileOf) => ({ trustList, signatures })

interface Registered {
  readonly browser: Browser
  readonly keys: PartyKeys
  readonly uscc: string
}

/** Registers an organisation, has its role approved, binds its pair and makes its officer a signer. */
async function organisation(n: number, name: string, role: OrganisationRole): Promise<Registered> {
  const uscc = madeUscc(n)
  const keys = await authority.keysOf(name, uscc)
  const b = browser()
  const answer = await b.post<{ csrf: string; viewer: never; person: string }>('/api/parties', {
    uscc: uscc.toLowerCase(),
    name,
    roles: [role],
    member: { name: `${name}经办人` },
  })
  expect(b.entered(answer)).toMatchObject({ roles: [], party: uscc })
  await b.addPasskey()
  await b.bind(keys.sign)
  await b.bind(keys.sign, keys.encrypt)
  await admin.post(`/api/parties/${uscc}/role-approvals`, { roles: [role] })
  const member = { name: `${name}经办人`, capacity: 'authorisedSigner', person: answer.person }
  await b.post('/api/party/members', member)
  expect(await b.choose(uscc, 'authorisedSigner')).toMatchObject({ roles: [role] })
  return { browser: b, keys, uscc }
}

let agency: Registered
let purchaser: Registered
let centre: Registered

test('organisations register, are approved by the administrator, and bind their certificates', async () => {
  agency = await organisation(7001, '某代理公司', 'agency')
  purchaser = await organisation(7002, '某采购人', 'purchaser')
  centre = await organisation(7003, '某交易中心', 'tradingCentre')
  const { keys, uscc } = agency
  const again = browser()
  const viewer = await again.signInByCertificate(keys.sign, {
    party: uscc,
    capacity: 'authorisedSigner',
  })
  expect(viewer).toMatchObject({ party: uscc, roles: ['agency'] })
  const own = await again.get<{ certificates: { use: string }[] }>('/api/party')
  expect(own.certificates.map((c) => c.use).sort()).toEqual(['encrypt', 'sign'])
})

test('a certificate takes the place of an unproved registration, and may bid at once', async () => {
  const [name, uscc] = ['某投标人', madeUscc(7004)]
  const wish = { uscc, name, roles: ['bidder', 'purchaser'], member: { name: '赵六' } }
  const squatter = browser()
  squatter.entered(await squatter.post('/api/parties', wish))
  const keys = await authority.keysOf(name, uscc)
  const b = browser()
  const der = Buffer.from(keys.sign.certificate.der).toString('base64url')
  const { nonce, certificateSha256 } = await b.post<{ nonce: string; certificateSha256: string }>(
    '/api/parties/challenges',
    { certificate: der },
  )
  const own = { use: 'sign', certificateSha256, proof: null } as const
  const as = { party: uscc, capacity: 'orgAdmin' } as const
  const proof = await b.sign('bind-certificate', own, keys.sign, { nonce, as })
  const answer = await b.post<{ csrf: string; viewer: never }>('/api/parties', { ...wish, proof })
  expect(answer).toMatchObject({ roles: ['bidder'], rolesAsked: ['purchaser'] })
  b.entered(answer)
  expect((await squatter.get<{ viewer: unknown }>('/api/session')).viewer).toBeNull()
  expect(await b.get('/api/party')).toMatchObject({
    roles: ['bidder'],
    members: [{ name: '赵六' }],
  })
  const again = browser()
  expect((await refusalOf(again.post('/api/parties', wish))).slug).toBe('party-registered-already')
})

test('what is not one’s own to approve or to bind is refused by name', async () => {
  const [name, uscc] = ['某监督部门', madeUscc(7005)]
  const b = browser()
  const wish = { uscc, name, roles: ['regulator'], member: { name: '孙七' } }
  b.entered(await b.post('/api/parties', wish))
  const refused = async (who: Browser, path: string, body: object) =>
    (await refusalOf(who.post(path, body))).slug
  const approvals = `/api/parties/${uscc}/role-approvals`
  expect(await refused(b, approvals, { roles: ['regulator'] })).toBe('not-entitled')
  const regulator = { roles: ['regulator'] }
  expect(await refused(centre.browser, approvals, regulator)).toBe('role-needs-administrator')
  expect(await refused(admin, approvals, { roles: ['agency'] })).toBe('roles-not-asked')
  const mixed = { ...wish, uscc: madeUscc(7006), roles: ['bidder', 'regulator'] }
  expect(await refused(browser(), '/api/parties', mixed)).toBe('roles-incompatible')
  const role = { roles: ['bidder'] }
  expect(await refused(centre.browser, '/api/party/role-requests', role)).toBe('not-entitled')
  const other = await authority.keysOf('某代理公司', agency.uscc)
  expect((await refusalOf(b.bind(other.sign))).slug).toBe('party-other')
  const own = await authority.keysOf(name, uscc)
  await b.bind(own.sign)
  expect((await refusalOf(b.bind(own.sign))).slug).toBe('certificate-bound-already')
  const foreign = await refusalOf(b.bind(own.sign, other.encrypt))
  expect(foreign.slug).toBe('party-other')
  const stolen = { certificate: own.encrypt.certificate, privateKey: other.encrypt.privateKey }
  await expect(b.bind(own.sign, stolen)).rejects.toThrow()
  await admin.post(`/api/parties/${uscc}/role-refusals`, { ...regulator, reason: '资料不全' })
  expect(await b.get('/api/party')).toMatchObject({ roles: [], rolesAsked: [] })
})

test('an expert is enrolled by the centre, and bound by the id number that nobody keeps', async () => {
  const idNumber = '371302197001010016'
  const expert = { name: '周八', region: '371300', title: '高级工程师', specialties: ['A08'] }
  const wish = { ...expert, idNumber, employer: '某设计院' }
  const c = centre.browser
  const overseer = await refusalOf(c.post('/api/experts', { ...wish, employer: '某交易中心' }))
  expect(overseer.slug).toBe('expert-of-overseer')
  const { person, link } = await c.post<{ person: string; link: { url: string } }>(
    '/api/experts',
    wish,
  )
  expect((await refusalOf(c.post('/api/experts', wish))).slug).toBe('expert-enrolled-already')
  // The answer was lost: the same key gives a link again.
  const other = { ...wish, idNumber: '371302197001010032' }
  const [one, again] = [
    await c.post<{ person: string; link: object }>('/api/experts', other, 'expert-once'),
    await c.post<{ person: string; link: object }>('/api/experts', other, 'expert-once'),
  ]
  expect(again).toMatchObject({ person: one.person, link: { url: expect.any(String) } })
  const b = browser()
  expect(await b.useLink(link.url)).toMatchObject({ party: person, capacity: 'expert' })
  const wrong = await authority.keysOfPerson('周八', '371302197001010024')
  expect((await refusalOf(b.bind(wrong.sign))).slug).toBe('party-other')
  const right = await authority.keysOfPerson('周八', idNumber)
  await b.bind(right.sign)
  const as = { party: person, capacity: 'expert' } as const
  expect(await browser().signInByCertificate(right.sign, as)).toMatchObject({ roles: ['expert'] })
  // Suspended with a reason he is drawn no more; enrolled again he is.
  const suspend = (by: Browser, body: object) => by.post(`/api/experts/${person}/suspensions`, body)
  expect((await refusalOf(suspend(agency.browser, { reason: '超龄' }))).slug).toBe('not-entitled')
  expect((await refusalOf(suspend(c, {}))).slug).toBe('input-invalid')
  const nobody = c.post('/api/experts/e-nobody/suspensions', { reason: '超龄' })
  expect((await refusalOf(nobody)).slug).toBe('not-found')
  expect(await suspend(c, { reason: '超龄' })).toMatchObject({ active: false })
  expect((await refusalOf(suspend(c, { reason: '超龄' }))).slug).toBe('not-an-expert')
  const sql = openOwner(place.place)
  const isActive = async () => (await sql`select active from read.parties where id = ${person}`)[0]
  expect(await isActive()).toEqual({ active: false })
  await c.post('/api/experts', wish)
  expect(await isActive()).toEqual({ active: true })
  const [{ n }] =
    await sql`select count(*)::int as n from log.events where body like ${`%${idNumber}%`}`
  await sql.end()
  expect(n).toBe(0)
})

test('a whole notice is published by signed acts', async () => {
  const year = new Date().getUTCFullYear()
  for (const y of [year, year + 1])
    await admin.post('/api/platform/calendars', {
      year: y,
      source: '测试',
      rest: ['01-01'],
      work: [],
    })
  const input = readInput(path.join(examplesFolder, 'school-canteen'))
  const document = documentOf(input.tender as TenderFile)
  const project = newProjectId(new Date().toISOString().slice(0, 10))
  const [a, p] = [agency.browser, purchaser.browser]
  await a.post('/api/projects', {
    id: project,
    purchaser: purchaser.uscc,
    tradingCentre: centre.uscc,
    mandate: '委托代理协议',
  })
  const text = Buffer.from(tenderDocumentText(document, project))
  const uploaded = await a.raw('POST', `/api/projects/${project}/files`, {
    body: text,
    headers: { 'content-type': 'text/markdown', 'x-file-name': encodeURIComponent('招标文件.md') },
  })
  const stored = (await uploaded.json()) as object
  await a.put(`/api/projects/${project}/document`, {
    basedOn: 0,
    document,
    files: [{ ...stored, mediaType: 'text/markdown' }],
  })
  const { documentSha256 } = await p.get<{ documentSha256: string }>(
    `/api/projects/${project}/draft`,
  )
  const subject = document.title
  const approval = await p.sign(
    'approve-document',
    { subject, documentSha256, waivers: [] },
    purchaser.keys.sign,
    { tender: project },
  )
  await p.post(`/api/projects/${project}/approval`, approval)
  const notice = { subject, documentSha256, submissionDeadline: null }
  const wrongKey = await a.sign('publish-notice', notice, purchaser.keys.sign, { tender: project })
  expect((await refusalOf(a.post(`/api/projects/${project}/notice`, wrongKey))).slug).toBe(
    'party-other',
  )
  const signed = await a.sign('publish-notice', notice, agency.keys.sign, { tender: project })
  await a.post(`/api/projects/${project}/notice`, signed)
  const page = await browser().get<{ published: { deadline: string } }>(`/api/projects/${project}`)
  expect(Date.parse(page.published.deadline)).toBeGreaterThan(Date.now())
})

test('an address or proxies left to be guessed stop the start and every command, by name', async () => {
  for (const [name, value, said] of [
    ['YANGGUANG_ORIGIN', '', 'needs YANGGUANG_ORIGIN'],
    ['YANGGUANG_ORIGIN', 'http://trade.example', 'YANGGUANG_ORIGIN must be https'],
    ['YANGGUANG_PROXIES', '', 'needs YANGGUANG_PROXIES'],
  ]) {
    const lacking = { ...env, PORT: '0', [name]: value }
    const refused = await startServer(place.folder, lacking).then(
      (s) => s.stop(),
      (error) => String(error),
    )
    expect(refused).toContain(said)
    const command = await runCommand(['backup', file('no.zip')], lacking)
    expect(command).toMatchObject({ code: 1, err: expect.stringContaining(said) })
  }
})

test('a clock that was moved, demo identities and a demo authority stop the start', async () => {
  await server.stop()
  const sql = openOwner(place.place)
  const refused = () =>
    startServer(place.folder, env).then(
      (s) => s.stop(),
      (error) => String(error),
    )
  await sql`insert into log.clocks (project, offset_ms) values ('YG-X', 1000)`
  expect(await refused()).toContain('trade clock')
  await sql`delete from log.clocks where project = 'YG-X'`
  await sql`update read.parties set is_demo = true where id = ${agency.uscc}`
  expect(await refused()).toContain('demo identities')
  await sql`update read.parties set is_demo = false`
  fs.writeFileSync(file('keys/demo-ca-p256.json'), '{}')
  expect(await refused()).toContain('demo authority')
  fs.rmSync(file('keys/demo-ca-p256.json'))
  fs.renameSync(file('keys'), file('kept'))
  expect(await refused()).toContain('Put the keys back')
  fs.rmSync(file('keys'), { recursive: true, force: true })
  fs.renameSync(file('kept'), file('keys'))
  await sql.end()
  server = await startServer(place.folder, env)
  expect(await browser().get('/healthz')).toMatchObject({ status: 'ready' })
})
