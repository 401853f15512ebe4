import { expect, test } from 'vitest'
import { answerStarting } from './starting.ts'

const ask = (path: string, headers: Record<string, string> = {}) =>
  answerStarting(new Request(`http://localhost${path}`, { headers }), 'production')

test('a program that comes before the start is told in a problem document, in its language', async () => {
  for (const path of ['/api/lots/YG-1-1/bid', '/uploads', '/uploads/0a']) {
    const answer = ask(path, { 'accept-language': 'zh-CN' })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toMatch('application/problem+json')
    expect(await answer.json()).toMatchObject({
      type: '/problems/busy',
      status: 503,
      detail: '系统繁忙，未执行。请按同一编号稍后重试。',
    })
  }
  const english = await ask('/api/session', { 'accept-language': 'en' }).json()
  expect(english.detail).toMatch('Retry shortly with the same key')
})

test('a person is told in words, and the browser looks again by itself', async () => {
  const answer = ask('/t/new')
  expect(answer.status).toBe(503)
  expect(answer.headers.get('refresh')).toBe('2')
  expect(await answer.text()).toContain('正在启动')
})

test('health says starting in its own form', async () => {
  expect(await ask('/healthz').json()).toMatchObject({ status: 'starting', log: null })
})
