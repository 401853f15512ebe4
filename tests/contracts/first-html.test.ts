import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { makeLogger } from '../../server/kernel/logger.ts'
import { mountPages } from '../../server/service/pages/pages.ts'
import { type Running, startOn } from '../../server/start.ts'
import { type TestPlace, testPlace } from '../kit/database.ts'

/** What comes with a page before any script has run, and to whom. */
const manifest = {
  'index.html': { file: 'assets/index.js', imports: ['_shared.js'] },
  '_shared.js': { file: 'assets/shared.js' },
  'my/my-page.tsx': { file: 'assets/my-page.js', imports: ['_shared.js', '_table.js'] },
  '_table.js': { file: 'assets/table.js' },
  'i18n/zh-CN/shell.ts': { file: 'assets/shell-zh.js' },
  'i18n/en/shell.ts': { file: 'assets/shell-en.js' },
}
const table = [
  { path: '/', texts: [], module: 'my/my-page.tsx' },
  { path: '/my', texts: ['my'], module: 'my/my-page.tsx' },
  { path: '/t/:no', texts: [], module: 'my/my-page.tsx' },
  { path: '*', texts: [], module: 'my/my-page.tsx' },
]

let place: TestPlace
let running: Running
let app: OpenAPIHono
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yg-first-html-'))
beforeAll(async () => {
  fs.mkdirSync(path.join(folder, '.vite'))
  fs.writeFileSync(path.join(folder, '.vite', 'manifest.json'), JSON.stringify(manifest))
  fs.writeFileSync(path.join(folder, '.vite', 'pages.json'), JSON.stringify(table))
  const template = '<html><head><title>t</title></head><body><div id="app"></div></body></html>'
  fs.writeFileSync(path.join(folder, 'index.html'), template)
  place = await testPlace()
  const config = readConfig({ PORT: '0', YANGGUANG_SEED: 'none', YANGGUANG_LOG: 'error' })
  running = await startOn(config, place.folder, place.place, makeLogger('error'))
  app = makeApp(running.platform, running.services, running.log)
  mountPages(app, running.platform, folder)
})
afterAll(async () => {
  await running.stop()
  await place.drop()
  fs.rmSync(folder, { recursive: true, force: true })
})

async function signedIn(): Promise<string> {
  const answer = await app.request('/api/demo/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identity: 'bidder-1' }),
  })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0]
}

async function pageOf(address: string, headers: Record<string, string> = {}) {
  const answer = await app.request(address, { headers: { 'accept-encoding': 'gzip', ...headers } })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const isSqueezed = answer.headers.get('content-encoding') === 'gzip'
  const html = (isSqueezed ? gunzipSync(bytes) : bytes).toString('utf8')
  const block = /id="first-answers">(.*?)<\/script>/s.exec(html)
  const answers = JSON.parse(block?.[1] ?? '{}') as Record<string, never>
  return { html, answers, isSqueezed, headers: answer.headers }
}

describe('the first HTML', () => {
  test('tells nobody more than the API does, and is kept nowhere', async () => {
    const { answers, headers } = await pageOf('/my')
    expect(answers['/api/session']).toMatchObject({ viewer: null, csrf: null })
    expect(Object.keys(answers)).not.toContain('/api/my')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('brings who is signed in the answers of the page, never compressed', async () => {
    const cookie = await signedIn()
    const { answers, isSqueezed } = await pageOf('/my', { cookie })
    expect(answers['/api/session']).toMatchObject({ viewer: { capacity: expect.any(String) } })
    expect(answers['/api/my']).toHaveProperty('duties')
    expect(answers['/api/live/poll']).toHaveProperty('cursor')
    expect(isSqueezed).toBe(false)
    const list = await app.request('/api/demo/identities', {
      headers: { cookie, 'accept-encoding': 'gzip' },
    })
    expect(list.headers.get('content-encoding')).toBeNull()
  })

  test('is compressed for who carries no cookie, and says what it depends on', async () => {
    const { isSqueezed, headers, html } = await pageOf('/')
    expect(isSqueezed).toBe(true)
    expect(headers.get('vary')).toContain('cookie')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(html).toContain('<h1')
    const list = await app.request('/api/demo/identities', {
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(list.headers.get('content-encoding')).toBe('gzip')
  })

  test('names the files of its page, in the language asked for, beside those of the entry', async () => {
    const linksOf = async (language: string) => {
      const { html } = await pageOf('/my', { 'accept-language': language })
      return [...html.matchAll(/rel="modulepreload" crossorigin href="([^"]+)"/g)].map(
        ([, at]) => at,
      )
    }
    const own = ['/assets/my-page.js', '/assets/table.js']
    expect(await linksOf('zh-CN,zh;q=0.9')).toEqual([...own, '/assets/shell-zh.js'])
    expect(await linksOf('en')).toEqual([...own, '/assets/shell-en.js'])
  })
})

test('an address that no page has, and a trade that is not there, are 404 and still a page', async () => {
  for (const [address, status] of [
    ['/', 200],
    ['/my', 200],
    ['/nothing', 404],
    ['/t/YG-20260302-NONE1', 404],
    ['/t/%E6%BC%94', 404],
  ] as const) {
    const answer = await app.request(`http://localhost${address}`)
    expect([address, answer.status]).toEqual([address, status])
    expect(await answer.text()).toContain('<div id="app">')
  }
})
