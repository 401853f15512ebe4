import { expect, test } from 'vitest'
import { rejectionGround } from '../tendering/project/document.ts'
import { causeText, groundText, phaseText } from './words.ts'

test('paper names every ground of the law in words', () => {
  for (const ground of rejectionGround.options)
    expect(groundText(ground)).toMatch(/\p{Script=Han}/u)
})

test('why a bid did not open is one sentence, without what the hall adds', () => {
  expect(causeText('key-not-released')).toBe('投标人未在规定时间内解密')
  expect(causeText('no-such-cause')).toBe('no-such-cause')
  expect(phaseText('qualification')).toBe('资格审查')
})
