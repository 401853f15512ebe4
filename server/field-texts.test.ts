import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldTexts } from './field-texts.ts'

const told = (schema: z.ZodType, value: unknown, language: 'zh' | 'en') =>
  schema.safeParse(value, { error: fieldTexts[language] }).error?.issues[0].message

test('bounds of a text are told as people say them', () => {
  const name = z.string().min(1).max(3)
  expect(told(name, '一二三四', 'zh')).toBe('太长：最多 3 个字符')
  expect(told(name, '', 'zh')).toBe('不能为空')
  expect(told(z.string().min(2), 'a', 'en')).toBe('Too short: at least 2 characters')
})

test('all else is told in the library’s words, in the language asked for', () => {
  expect(told(z.number().max(3), 4, 'zh')).toMatch(/\p{Script=Han}/u)
  expect(told(z.number(), 'x', 'en')).toMatch(/^Invalid input/)
})
