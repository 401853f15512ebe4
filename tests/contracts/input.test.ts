import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from '../kit/member.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade } from '../kit/trade.ts'

/** What strangers send that is no input of ours, and in which words they are told. */
let t: TestPlatform
beforeAll(async () => {
  t = await testPlatform()
})
afterAll(() => t.stop())

const json = { 'content-type': 'application/json' }
const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  new Browser(t.url).raw(method, path, {
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
async function told(answer: Response) {
  const { type, errors } = (await answer.json()) as {
    type: string
    errors?: { field: string; detail: string }[]
  }
  return { status: answer.status, type, errors }
}

test('a null character is refused wherever text goes', async () => {
  const refused = { status: 422, type: '/problems/text-with-nul' }
  expect(await told(await ask('GET', '/api/projects?query=%00'))).toMatchObject(refused)
  const party = { name: '甲\0乙', role: 'bidder' }
  expect(await told(await ask('POST', '/api/demo/parties', party))).toMatchObject(refused)
  expect(await told(await ask('GET', '/api/demo/identities/a%00/p12'))).toMatchObject({
    status: 404,
  })
})

test.each(['  ', '演示\u202e公司', 'a\nb', '甲\u200b乙'])(
  'a name that reads as another is refused: %j',
  async (name) => {
    const answer = await ask('POST', '/api/demo/parties', { name, role: 'bidder' })
    expect(await told(answer)).toMatchObject({ status: 422, errors: [{ field: 'name' }] })
  },
)

test('a mark that nobody sees is refused in every text, with its place, and nothing is kept', async () => {
  const asked = await ask('GET', '/api/projects?query=%E7%94%B2%E2%80%AE')
  expect(await told(asked)).toEqual({
    status: 422,
    type: '/problems/input-invalid',
    errors: [
      { field: 'query', code: 'hidden_mark', detail: '第 2 个字符不可见（U+202E），请删去后重试' },
    ],
  })
})

test('the language that weighs most is answered in, field by field', async () => {
  const detail = async (language: string) => {
    const headers = { 'accept-language': language }
    return (await told(await ask('POST', '/api/demo/sessions', {}, headers))).errors?.[0].detail
  }
  for (const language of ['en', 'zh;q=0.1, en-GB;q=0.9', 'fr, en;q=0.5'])
    expect(await detail(language)).toMatch(/^Invalid input/)
  for (const language of ['zh-CN', 'en;q=0.2,zh;q=0.3', 'fr', '*', 'en;q=x', ''])
    expect(await detail(language)).toMatch(/\p{Script=Han}/u)
})

test('a text that is too long is told so in words', async () => {
  const party = { name: '长'.repeat(101), role: 'bidder' }
  const { errors } = await told(await ask('POST', '/api/demo/parties', party))
  expect(errors).toMatchObject([{ field: 'name', detail: '太长：最多 100 个字符' }])
})

test('the list of trades knows its stages, and says so of any other', async () => {
  expect((await ask('GET', '/api/projects?stage=failed')).status).toBe(200)
  expect(await told(await ask('GET', '/api/projects?stage=xx'))).toMatchObject({
    status: 422,
    type: '/problems/input-invalid',
    errors: [{ field: 'stage' }],
  })
})

test('a trade’s clock stays within years of four digits', async () => {
  const trade = await publishedTrade(t, 1)
  const clock = `/api/demo/projects/${trade.project}/clock`
  expect(await told(await ask('POST', clock, { to: '9999-12-31T23:59:59Z' }))).toMatchObject({
    status: 422,
    type: '/problems/clock-too-far',
  })
})

test('lists are cut into pages on request, and take nothing else', async () => {
  const trade = await publishedTrade(t, 1)
  const events = `/api/projects/${trade.project}/events`
  const page = async (path: string) =>
    (await (await ask('GET', path)).json()) as { items: unknown[]; next: string | null }
  const whole = await page(events)
  expect(whole.next).toBeNull()
  const first = await page(`${events}?limit=1`)
  expect(first.items).toEqual(whole.items.slice(0, 1))
  expect((await page(first.next as string)).items).toEqual(whole.items.slice(1, 2))
  for (const wrong of ['limit=0', 'limit=x', 'other=1'])
    expect((await ask('GET', `${events}?${wrong}`)).status).toBe(422)
})

test('the interface has a page that needs no script', async () => {
  const answer = await ask('GET', '/docs', undefined, { 'accept-language': 'en' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
  const page = await answer.text()
  expect(page).toContain('<html lang="en">')
  for (const part of [
    'bid.submit',
    '/api/lots/{lot}/bid',
    '/openapi.json',
    'openingSession.confirm',
  ])
    expect(page).toContain(part)
  expect(page).not.toContain('<script')
})

test('a project’s clock starts within the years that it can be moved in', async () => {
  const agency = await t.person('agency-1')
  const start = (startAt: string) =>
    agency.request('POST', '/api/projects', {
      headers: { ...json, 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({
        id: `YG-20260302-${Math.random().toString(36).slice(2, 8).toUpperCase().padEnd(6, 'A')}`,
        purchaser: 'P',
        tradingCentre: 'C',
        mandate: '演示委托',
        startAt,
      }),
    })
  for (const startAt of ['9999-12-31T23:59:59Z', '8901-01-01T00:00:00Z', '0000-01-01T00:00:00Z'])
    expect(await told(await start(startAt))).toMatchObject({ type: '/problems/clock-too-far' })
})

test('who comes with the cookie of an ended session is told that it has ended', async () => {
  const signedIn = await t.person('bidder-1')
  expect((await signedIn.request('GET', '/api/my')).status).toBe(200)
  const ended = await ask('GET', '/api/my', undefined, { cookie: 'yg_session=of-an-ended-one' })
  expect(await told(ended)).toMatchObject({ status: 401, type: '/problems/session-expired' })
  expect(await told(await ask('GET', '/api/my'))).toMatchObject({
    status: 401,
    type: '/problems/not-signed-in',
  })
  // What is public stays so.
  const open = await ask('GET', '/api/projects', undefined, { cookie: 'yg_session=x' })
  expect(open.status).toBe(200)
})
