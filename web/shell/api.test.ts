import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newKey, post } from './api.ts'

/** What the platform, or a proxy before it, answers to each sending in turn. */
type Answer = () => Response
let sent: { path: string; key: string | null; body: string }[] = []

function answers(...all: Answer[]): void {
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    sent.push({
      path,
      key: new Headers(init.headers).get('idempotency-key'),
      body: String(init.body),
    })
    const next = all.shift()
    if (!next) throw new Error('asked more often than meant')
    return next()
  })
}
const done: Answer = () => new Response('{"id":"one"}', { status: 201 })
const problem =
  (slug: string, status: number): Answer =>
  () =>
    new Response(JSON.stringify({ type: `/problems/${slug}`, status, detail: slug }), { status })
const cut: Answer = () => {
  throw new TypeError('network')
}
const ofProxy =
  (status: number): Answer =>
  () =>
    new Response('<html>Bad Gateway</html>', { status })

beforeEach(() => {
  sent = []
  vi.stubGlobal('navigator', { onLine: true })
})
afterEach(() => vi.unstubAllGlobals())

const press = (body: unknown = { minutes: 15 }, at = '/api/opening/extensions') =>
  post(at, body, { key: newKey() })

for (const [name, lost] of [
  ['a cut line', cut],
  ['a proxy’s 502', ofProxy(502)],
  ['a proxy’s 504', ofProxy(504)],
  ['a database that is away', problem('database-away', 503)],
  ['a start that is under way', problem('busy', 503)],
  ['a fault of ours', problem('internal-error', 500)],
  ['an answer that is no answer', () => new Response('<html>log in to this network</html>')],
] as const)
  test(`after ${name} the second press asks under the same key, and the third is a new act`, async () => {
    answers(lost, done, done)
    await expect(press()).rejects.toThrow()
    expect(await press()).toEqual({ id: 'one' })
    await press()
    const [first, second, third] = sent.map(({ key }) => key)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })

test('words that are not the platform’s never say that nothing was read: an act may have been done', async () => {
  answers(ofProxy(502))
  await expect(press()).rejects.toMatchObject({ slug: 'answer-unknown', status: 502 })
})

test('a refusal is an answer: what is mended and pressed again is a new act', async () => {
  answers(cut, problem('input-invalid', 422), done)
  await expect(press()).rejects.toThrow()
  await expect(press()).rejects.toMatchObject({ slug: 'input-invalid' })
  await press()
  const [first, second, third] = sent.map(({ key }) => key)
  expect(second).toBe(first)
  expect(third).not.toBe(first)
})

test('whoever is turned away at the door has not learnt what came of the act', async () => {
  answers(cut, problem('session-expired', 401), problem('rate-limited', 429), done)
  for (let i = 0; i < 3; i++) await expect(press()).rejects.toThrow()
  await press()
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
})

test('other content is another act', async () => {
  answers(cut, done)
  await expect(press({ minutes: 15 })).rejects.toThrow()
  await press({ minutes: 30 })
  expect(sent[1].key).not.toBe(sent[0].key)
})
