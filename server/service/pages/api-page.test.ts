import { OpenAPIHono } from '@hono/zod-openapi'
import { expect, test, vi } from 'vitest'
import { mountApiPage } from './api-page.ts'

test('the interface is described once, however often it is asked for', async () => {
  const app = new OpenAPIHono()
  const describe = vi.spyOn(app, 'getOpenAPI31Document')
  mountApiPage(app)
  app.openAPIRegistry.registerPath({
    operationId: 'log.checkpoint',
    method: 'get',
    path: '/log/checkpoint',
    'x-roles': ['Pub'],
    responses: { 200: { description: 'done' } },
  } as never)
  const file = await app.request('/openapi.json')
  expect(file.headers.get('content-type')).toBe('application/json')
  const paths = Object.keys(((await file.json()) as { paths: object }).paths)
  expect(paths).toEqual(['/log/checkpoint'])
  const asked = { headers: { 'accept-language': 'en' } }
  const pages = [
    await app.request('/docs'),
    await app.request('/docs', asked),
    await app.request('/docs'),
  ]
  const [first, english, again] = await Promise.all(pages.map((page) => page.text()))
  expect(first).toContain('log.checkpoint')
  expect(english).toContain('Interface')
  expect(again).toBe(first)
  expect(describe).toHaveBeenCalledTimes(1)
})
