import { describe, expect, test } from 'vitest'
import { ProblemError, problemDocument } from './problem.ts'

const texts = {
  late: { status: 409, zh: '迟到 {late}，未接收。', en: '{late} late; not accepted.' },
  early: { status: 409, zh: '请于 {limit} 之后再来。', en: 'Come back after {limit}.' },
  named: { status: 422, zh: '“{name}”不合格，{other}。', en: '“{name}” is not valid, {other}.' },
}
const shown = (slug: string, values: Record<string, string>, language: 'zh' | 'en' = 'zh') =>
  problemDocument(new ProblemError(slug, values), texts, language).detail

const limit = '2026-03-23T01:30:00.000Z'
describe('how late', () => {
  test.each([
    ['2026-03-23T01:30:00.000Z', '0.000 秒', '0.000 s'],
    ['2026-03-23T01:30:00.214Z', '0.214 秒', '0.214 s'],
    ['2026-03-23T01:30:59.999Z', '59.999 秒', '59.999 s'],
    ['2026-03-23T01:31:00.000Z', '1 分钟', '1 min'],
    ['2026-03-23T03:30:00.000Z', '2 小时', '2 h'],
    ['2026-03-26T01:30:00.000Z', '3 天', '3 days'],
  ])('%s', (now, zh, en) => {
    expect(shown('late', { limit, now })).toBe(`迟到 ${zh}，未接收。`)
    expect(shown('late', { limit, now }, 'en')).toBe(`${en} late; not accepted.`)
  })
})

test('instants are shown as Beijing time, a midnight as the end of its day', () => {
  expect(shown('early', { limit })).toBe('请于 2026-03-23 09:30:00 之后再来。')
  const midnight = '2026-03-23T16:00:00.000Z'
  expect(shown('early', { limit: midnight })).toBe('请于 2026-03-23 24:00:00 之后再来。')
})

test('other values stand as given, an unknown name stays as written', () =>
  expect(shown('named', { name: '甲' })).toBe('“甲”不合格，{other}。'))
