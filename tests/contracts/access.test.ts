import { afterAll, beforeAll, expect, test } from 'vitest'
import { newProjectId } from '../../db/seed/play/tendering.ts'
import { access, type Role } from '../../server/access.ts'
import type { Operation } from '../../server/kernel/operation.ts'
import type { Viewer } from '../../server/kernel/viewer.ts'
import { operationsOf } from '../../server/operations.ts'
import type { Platform } from '../../server/platform.ts'
import type { Services } from '../../server/services.ts'
import { Browser } from '../kit/member.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

/**
 * Every operation × everybody, at HTTP, against the access table. What each person is, is written
 * here by hand, so that a role wrongly given or forgotten in the code shows. The body is broken
 * JSON: whoever is let in is told of that, and nothing is done.
 */
let t: TestPlatform
let trade: TestTrade
const people: Record<
  string,
  { browser: Browser; roles: Role[]; capacity: Viewer['capacity'] | null }
> = {}

const cast: Record<string, readonly Role[]> = {
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

type Op = Operation<Platform, never>
const operations = (mode: 'demo' | 'production'): Op[] =>
  operationsOf(mode, {} as Services) as unknown as Op[]

beforeAll(async () => {
  t = await testPlatform()
  trade = await publishedTrade(t, 2)
  people.nobody = { browser: new Browser(t.url), roles: ['Pub'], capacity: null }
  for (const [identity, roles] of Object.entries(cast)) {
    const browser = new Browser(t.url)
    const { csrf } = await browser.post<{ csrf: string }>('/api/demo/sessions', { identity })
    const { viewer } = await browser.get<{ viewer: Viewer }>('/api/session')
    browser.entered({ csrf, viewer })
    people[identity] = { browser, roles: ['Pub', 'Any', ...roles], capacity: viewer.capacity }
  }
})
afterAll(() => t.stop())

test('every operation has a row, every row an operation, and ids and addresses are used once', () => {
  const demo = operations('demo')
  expect(demo.map((o) => o.id).sort()).toEqual(Object.keys(access).sort())
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
  expect(found.map((o) => o.operationId).sort()).toEqual(Object.keys(access).sort())
  for (const one of found) expect(one['x-roles']).toEqual(access[one.operationId].roles)
})

const place = (path: string, project: string, family = 'p256') =>
  path
    .replace('{project}', project)
    .replace('{lot}', `${project}-1`)
    .replace('{rest}', 'tile/0/000')
    .replace('{family}', family)
    .replace('{identity}', 'bidder-1')
    .replace(/\{\w+\}/g, 'x')

async function slugOf(browser: Browser, op: Op, path: string): Promise<string> {
  const stop = new AbortController()
  const response = await browser.raw(op.method.toUpperCase(), path, {
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
/** The table lets these in; by the trade's stage the room itself then says who may. */
const byStage = ['evaluation.readFile']

test('everybody is let in and kept out as the table says', async () => {
  const wrong: string[] = []
  for (const op of operations('demo'))
    for (const [name, { browser, roles, capacity }] of Object.entries(people)) {
      const who = access[op.id]
      const may =
        who.roles.some((r) => roles.includes(r)) &&
        (!who.capacities || (capacity !== null && who.capacities.includes(capacity)))
      const slug = await slugOf(browser, op, place(op.path, trade.project))
      const expected = capacity === null ? 'not-signed-in' : 'not-entitled'
      const isRight = may ? byStage.includes(op.id) || !barred.includes(slug) : slug === expected
      if (!isRight)
        wrong.push(`${op.id} ${name}: ${slug}, and the table says ${may ? 'in' : expected}`)
    }
  expect(wrong).toEqual([])
}, 120_000)

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
