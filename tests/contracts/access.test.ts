import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Identity, Person } from '../../db/seed/play/client.ts'
import { beginEvaluation } from '../../db/seed/play/evaluation.ts'
import { prepareDraw, runDraw, seatCommittee } from '../../db/seed/play/experts.ts'
import { newProjectId } from '../../db/seed/play/tendering.ts'
import { access } from '../../server/access.ts'
import { makeLink } from '../../server/identity/login/challenges.ts'
import type { Operation } from '../../server/kernel/operation.ts'
import { systemActor, type Viewer } from '../../server/kernel/viewer.ts'
import { operationsOf } from '../../server/operations.ts'
import { actOf, type Platform } from '../../server/platform.ts'
import type { Services } from '../../server/services.ts'
import { keepPersonal } from '../../server/vault/personal.ts'
import { exampleOf, type Played, playToOpened } from '../kit/evaluation.ts'
import { Browser } from '../kit/member.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'
import { mayBy, type RoleOfPeople, rolesFor, writtenDown } from '../kit/who-may.ts'

/**
 * Every operation × everybody, at HTTP, against what is written by hand in `kit/who-may.ts`. What each
 * person is, is written here by hand, so that a role or capacity wrongly given or forgotten in the
 * code shows. The body is broken JSON: whoever is let in is told of that, and nothing is done.
 */
let t: TestPlatform
let trade: TestTrade
interface Walker {
  readonly ask: (method: string, path: string, init: RequestInit) => Promise<Response>
  readonly roles: readonly RoleOfPeople[]
  readonly capacity: string | null
}
const people: Record<string, Walker & { readonly browser: Browser }> = {}

const cast: Record<string, readonly RoleOfPeople[]> = {
  'agency-1': ['Agency', 'Ag'],
  'agency-2': ['Agency'],
  'purchaser-1': ['Purchaser', 'Pu'],
  'purchaser-2': ['Purchaser'],
  'bidder-1': ['Bidder', 'Bown'],
  'bidder-9': ['Bidder'],
  'centre-1': ['Centre', 'Ce'],
  'regulator-1': ['Re'],
  'admin-1': ['Ad'],
  'expert-1': [],
  'supplier-1': ['Bidder'],
  'buyer-1': ['Purchaser'],
}

type Capacity = Exclude<Viewer['capacity'], 'expert'>
/** Further members of the same parties: a role is not enough where the law wants a signature. */
const inOtherCapacities: readonly [string, Capacity][] = [
  ['agency-1', 'operator'],
  ['agency-1', 'financeOfficer'],
  ['agency-1', 'orgAdmin'],
  ['purchaser-1', 'operator'],
  ['purchaser-1', 'financeOfficer'],
  ['purchaser-1', 'legalRepresentative'],
  ['bidder-1', 'operator'],
  ['bidder-1', 'financeOfficer'],
  ['bidder-1', 'orgAdmin'],
  ['centre-1', 'authorisedSigner'],
  ['centre-1', 'financeOfficer'],
  ['regulator-1', 'financeOfficer'],
  ['admin-1', 'financeOfficer'],
]

type Op = Operation<Platform, never>
const operations = (mode: 'demo' | 'production'): Op[] =>
  operationsOf(mode, {} as Services) as unknown as Op[]

const walker = (browser: Browser, roles: readonly RoleOfPeople[], capacity: string | null) => ({
  browser,
  ask: browser.raw.bind(browser),
  roles,
  capacity,
})

/** A member of a party in some capacity, who has come in by its link. */
async function member(party: string, capacity: Capacity): Promise<Browser> {
  const person = `walker-${party}-${capacity}`
  const nameDigest = await keepPersonal(t.platform, person)
  await actOf(t.platform, {
    kind: 'party',
    id: party,
    project: null,
    actor: systemActor,
    command: { type: 'addMember', person, nameDigest, capacity },
  })
  const browser = new Browser(t.url)
  await browser.useLink((await makeLink(t.platform, { party, person })).url)
  return browser
}

beforeAll(async () => {
  t = await testPlatform()
  trade = await publishedTrade(t, 2)
  people.nobody = walker(new Browser(t.url), ['Pub'], null)
  for (const [identity, roles] of Object.entries(cast)) {
    const browser = new Browser(t.url)
    const { csrf } = await browser.post<{ csrf: string }>('/api/demo/sessions', { identity })
    const { viewer } = await browser.get<{ viewer: Viewer }>('/api/session')
    browser.entered({ csrf, viewer })
    people[identity] = walker(browser, ['Pub', 'Any', ...roles], viewer.capacity)
  }
  for (const [identity, capacity] of inOtherCapacities) {
    const { browser, roles } = people[identity]
    const other = await member((browser.viewer as Viewer).party, capacity)
    people[`${identity} ${capacity}`] = walker(other, roles, capacity)
  }
})
afterAll(() => t.stop())

test('every operation has a row, every row an operation, and ids and addresses are used once', () => {
  const demo = operations('demo')
  expect(demo.map((o) => o.id).sort()).toEqual(Object.keys(access).sort())
  expect(demo.map((o) => o.id).sort()).toEqual([...writtenDown].sort())
  const addresses = demo.map((o) => `${o.method} ${o.path.replace(/\{\w+\}/g, '{}')}`)
  expect(addresses).toHaveLength(new Set(addresses).size)
  const production = operations('production').map((o) => o.id)
  expect(production.filter((id) => /^(demo|ca|tsa)\./.test(id))).toEqual([])
})

test('the document of the API names each operation with its roles', async () => {
  const document = await people.nobody.browser.get<{
    paths: Record<string, Record<string, { operationId: string; 'x-roles': string[] }>>
  }>('/openapi.json')
  const found = Object.values(document.paths).flatMap((path) => Object.values(path))
  expect(found.map((o) => o.operationId).sort()).toEqual([...writtenDown].sort())
  const told = found.map((one) => [one.operationId, [...one['x-roles']].sort().join(' ')])
  const written = found.map((one) => [one.operationId, rolesFor(one.operationId).sort().join(' ')])
  expect(told).toEqual(written)
})

const place = (path: string, project: string, family = 'p256') =>
  path
    .replace('{project}', project)
    .replace('{lot}', `${project}-1`)
    .replace('{rest}', 'tile/0/000')
    .replace('{family}', family)
    .replace('{identity}', 'bidder-1')
    .replace(/\{\w+\}/g, 'x')

async function slugOf(who: Walker, op: Op, path: string): Promise<string> {
  const stop = new AbortController()
  const response = await who.ask(op.method.toUpperCase(), path, {
    signal: stop.signal,
    ...(op.method === 'get' ? {} : { body: '{', headers: { 'idempotency-key': 'walk' } }),
  })
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  const slug = isProblem
    ? String((await response.json()).type).replace('/problems/', '')
    : `answered ${response.status}`
  stop.abort() // a stream goes on for ever
  return slug
}

const barred = ['not-signed-in', 'not-entitled']
/** Whoever is let in to these is told by the room itself, by the trade's stage, whether he may. */
const byStage = ['evaluation.readFile']

/** Walks operations as some people, in a trade; whatever is not as written. */
async function walk(
  walkers: Readonly<Record<string, Walker>>,
  project: string,
  ops: readonly Op[],
): Promise<string[]> {
  const wrong: string[] = []
  for (const op of ops) {
    const calls = Object.entries(walkers).map(async ([name, who]) => {
      const may = mayBy(op.id, who.roles, who.capacity)
      const slug = await slugOf(who, op, place(op.path, project))
      const expected = who.capacity === null ? 'not-signed-in' : 'not-entitled'
      const isRight = may ? byStage.includes(op.id) || !barred.includes(slug) : slug === expected
      if (!isRight) wrong.push(`${op.id} ${name}: ${slug}, but is ${may ? 'in' : expected}`)
    })
    await Promise.all(calls)
  }
  return wrong
}

test('everybody is let in and kept out as is written', async () => {
  expect(await walk(people, trade.project, operations('demo'))).toEqual([])
}, 240_000)

const ofATrade = () => operations('demo').filter((o) => /\{(project|lot)\}/.test(o.path))
const asPerson = (person: Person, ...roles: RoleOfPeople[]): Walker => ({
  ask: person.request.bind(person),
  roles: ['Pub', 'Any', ...roles],
  capacity: person.identity?.capacity ?? null,
})

/** Those who have a part in a trade beside its committee, and some who have none. */
function partiesTo({ cast }: Played, stranger: Person): Record<string, Walker> {
  const bidders = [...cast.bidders.values()].map((b) => asPerson(b, 'Bidder', 'Bown'))
  return {
    agency: asPerson(cast.agency, 'Agency', 'Ag'),
    purchaser: asPerson(cast.purchaser, 'Purchaser', 'Pu'),
    centre: asPerson(cast.centre, 'Centre', 'Ce'),
    regulator: asPerson(cast.regulator, 'Re'),
    bidder: bidders[0],
    'bidder of another trade': { ...people['bidder-9'], roles: ['Pub', 'Any', 'Bidder'] },
    'expert of no committee': { ...people['expert-1'], ask: stranger.request.bind(stranger) },
    administrator: people['admin-1'],
    nobody: people.nobody,
  }
}

test('at the evaluation those called, the committee and its chair are let in, each to his own', async () => {
  const played = await playToOpened(t.url, exampleOf('road-resurfacing'))
  const { input, cast, p } = played
  await prepareDraw(cast, input, p)
  await runDraw(cast, p)
  const { committee: drawn } = await cast.centre.get<{
    committee: { seats: { expert: string; status: string }[] }
  }>(`/api/lots/${p.lot}/draw`)
  const called = drawn.seats.find((s) => s.status === 'called')?.expert as string
  const identities = await people.nobody.browser.get<Identity[]>('/api/demo/identities')
  const identity = identities.find((one) => one.party.id === called) as Identity
  const isSeated = (id: string) => drawn.seats.some(({ expert }) => expert === id)
  // Chance draws anyone; who is no stranger's reserve is called by nobody here.
  const other = identities.find((one) => one.role === 'expert' && !isSeated(one.party.id))
  const stranger = await Person.signIn(t.url, other as Identity)
  const early = {
    called: asPerson(await Person.signIn(t.url, identity), 'Drawn'),
    ...partiesTo(played, stranger),
  }
  expect(await walk(early, p.project, ofATrade())).toEqual([])

  const committee = await seatCommittee(cast, input, p)
  await beginEvaluation(committee, p)
  const chair = committee.seats.get(committee.chairSeat) as Person
  const member = [...committee.seats.values()].find((one) => one !== chair) as Person
  const late = {
    chair: asPerson(chair, 'Drawn', 'Ex', 'Ch'),
    member: asPerson(member, 'Drawn', 'Ex'),
    ...partiesTo(played, stranger),
  }
  expect(await walk(late, p.project, ofATrade())).toEqual([])
}, 240_000)

test('before publication a trade is absent to all but its own, word for word', async () => {
  const draft = newProjectId('2026-03-02')
  await people['agency-1'].browser.post('/api/projects', {
    id: draft,
    purchaser: people['purchaser-1'].browser.viewer?.party,
    tradingCentre: people['centre-1'].browser.viewer?.party,
    mandate: '演示委托代理协议',
  })
  const absent = newProjectId('2026-03-02')
  const answer = async (browser: Browser, op: Op, project: string) => {
    const response = await browser.raw(op.method.toUpperCase(), place(op.path, project), {
      ...(op.method === 'get' ? {} : { body: '{', headers: { 'idempotency-key': 'walk' } }),
    })
    return `${response.status} ${await response.text()}`
  }
  const wrong: string[] = []
  for (const op of operations('demo').filter((o) => /\{(project|lot)\}/.test(o.path)))
    for (const [name, { browser, roles }] of Object.entries(people)) {
      if (name.includes(' ')) continue // a capacity more opens no other trade
      if (roles.includes('Ag') || roles.includes('Pu')) continue
      const [there, not] = [await answer(browser, op, draft), await answer(browser, op, absent)]
      if (there !== not || !there.startsWith('404'))
        wrong.push(`${op.id} ${name}: ${there} | ${not}`)
    }
  expect(wrong).toEqual([])
}, 120_000)

test('a change without the page’s token, or from another origin, is not done', async () => {
  const { browser } = people['agency-1']
  const token = browser.csrf
  const post = (headers: Record<string, string>) =>
    browser.raw('POST', '/api/projects', {
      body: '{}',
      headers: { 'idempotency-key': 'k', ...headers },
    })
  try {
    browser.csrf = ''
    for (const given of ['', 'x', 'A'.repeat(token.length)])
      expect(await (await post({ 'x-csrf-token': given })).json()).toMatchObject({
        type: '/problems/csrf-token-wrong',
      })
    browser.csrf = token
    const foreign = await post({ origin: 'https://evil.example' })
    expect(await foreign.json()).toMatchObject({ type: '/problems/csrf-token-wrong' })
    const malformed = await post({ origin: 'null' })
    expect(malformed.status).toBe(403)
  } finally {
    browser.csrf = token
  }
})

const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`

test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
  ['a key twice', '{"id":"a","id":"b"}', 'json-duplicate-key'],
  ['the same key, once escaped', '{"id":1,"\\u0069d":2}', 'json-duplicate-key'],
  ['40 levels', deep(40), 'json-too-deep'],
  ['100,000 levels', deep(100_000), 'json-too-deep'],
  ['more than 4 MiB', `"${'a'.repeat(4 * 1024 * 1024)}"`, 'json-too-large'],
  ['a prototype', '{"__proto__":{"roles":["platformAdmin"]}}', 'json-malformed'],
  ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 'json-malformed'],
  ['an overlong encoding', new Uint8Array([0x22, 0xc0, 0xaf, 0x22]), 'json-malformed'],
  ['a lone surrogate', '"\\ud800"', 'json-malformed'],
  ['a byte order mark', '\ufeff{}', 'json-malformed'],
  ['1e400', '{"n":1e400}', 'json-number-unsafe'],
  ['an integer past 2^53', '{"n":9007199254740993}', 'json-number-unsafe'],
  ['-0', '{"n":-0}', 'json-number-unsafe'],
  ['NaN', '{"n":NaN}', 'json-malformed'],
  ['two values', '{} {}', 'json-malformed'],
  ['a comment', '{/**/}', 'json-malformed'],
  ['a control character', '"\u0001"', 'json-malformed'],
])('%s is refused before anything is read from it', async (_, body, slug) => {
  const { browser } = people['agency-1']
  const response = await browser.raw('POST', '/api/projects', {
    body,
    headers: { 'idempotency-key': 'json', 'content-type': 'application/json' },
  })
  expect(await response.json()).toMatchObject({ type: `/problems/${slug}` })
  expect(response.status).toBe(slug === 'json-too-large' ? 413 : 400)
})

test('a body that lies about its length, or has none, is bounded all the same', async () => {
  const { browser } = people['agency-1']
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536).fill(0x20))
    },
  })
  const answer = browser.raw('POST', '/api/projects', {
    body: endless,
    duplex: 'half',
    headers: { 'idempotency-key': 'endless' },
    signal: AbortSignal.timeout(10_000),
  } as RequestInit)
  const outcome = await answer.then((r) => r.status).catch((error) => error.name)
  expect(sent).toBeLessThan(64 * 1024 * 1024)
  expect([413, 'TypeError']).toContain(outcome)
})
