import { expect, test } from 'vitest'
import { SourceLimits } from './limits.ts'

test('a source is refused when its bucket is empty, and again served when time has passed', () => {
  const limits = new SourceLimits()
  for (let i = 0; i < 600; i++) limits.spend('a', 1, 0)
  expect(() => limits.spend('a', 1, 0)).toThrowError('rate-limited')
  limits.spend('b', 1, 0)
  limits.spend('a', 10, 1000)
  expect(() => limits.spend('a', 1, 1000)).toThrowError('rate-limited')
})

test('a failure costs more than an attempt', () => {
  const limits = new SourceLimits()
  let attempts = 0
  try {
    for (; attempts < 600; attempts++) {
      limits.spend('a', 1, 0)
      limits.fail('a')
    }
  } catch {}
  expect(attempts).toBe(29)
})

test('ten thousand further sources push out the oldest, and the table grows no more', () => {
  const limits = new SourceLimits()
  for (let i = 0; i < 600; i++) limits.spend('a', 1, 0)
  for (let i = 0; i < 10_000; i++) limits.spend(`s${i}`, 1, 0)
  limits.spend('a', 1, 0)
})
