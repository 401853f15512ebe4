import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolderOfTest, freePort, type ServerProcess, startServer } from '../kit/server.ts'

/** A server from its first moment on: who comes early is told so, and wrong methods are. */
interface Health {
  readonly status: string
  readonly parts: Record<string, string>
}
let server: ServerProcess
const early: { status: number; body: Health }[] = []
let page: { status: number; retryAfter: string | null } | null = null

beforeAll(async () => {
  const port = await freePort()
  const started = startServer(dataFolderOfTest(), { PORT: String(port) })
  const at = `http://127.0.0.1:${port}`
  while (!early.some(({ status }) => status === 200)) {
    const response = await fetch(`${at}/healthz`).catch(() => null)
    if (response) early.push({ status: response.status, body: (await response.json()) as Health })
    if (response?.status === 503 && !page) {
      const home = await fetch(at)
      page = { status: home.status, retryAfter: home.headers.get('retry-after') }
    }
    await new Promise((r) => setTimeout(r, 10))
  }
  server = await started
})
afterAll(() => server?.kill())

test('before it is ready it answers 503 and says that it starts', () => {
  expect(early[0]).toMatchObject({ status: 503, body: { status: 'starting' } })
  expect(page).toEqual({ status: 503, retryAfter: '1' })
  expect(early.at(-1)).toMatchObject({ status: 200, body: { status: 'ready' } })
  expect(Object.keys(early[0].body)).toEqual(Object.keys(early.at(-1)?.body ?? {}))
  expect(Object.keys(early[0].body.parts)).toEqual(Object.keys(early.at(-1)?.body.parts ?? {}))
})

test.each([
  ['DELETE', '/api/projects', 'GET, POST'],
  ['POST', '/healthz', 'GET'],
  ['PUT', '/api/lots/any/bid', 'GET, POST'],
])('%s %s is answered 405 with what the address takes', async (method, path, allowed) => {
  const response = await fetch(`${server.url}${path}`, { method })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe(allowed)
  expect(await response.json()).toMatchObject({ type: '/problems/method-not-allowed' })
})

test('an address that nobody has stays 404, whatever the method', async () => {
  for (const method of ['GET', 'POST', 'DELETE'])
    expect((await fetch(`${server.url}/api/nothing`, { method })).status).toBe(404)
})
