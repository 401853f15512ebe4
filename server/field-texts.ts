import { z } from 'zod'
import type { HiddenMark } from './kernel/hidden-marks.ts'

type FieldText = z.core.$ZodErrorMap

/** Bounds of texts as people say them; everything else in the library's own words. */
function withOwn(library: FieldText, own: { most: string; least: string; empty: string }) {
  const text: FieldText = (issue) => {
    if (issue.code === 'too_big' && issue.origin === 'string')
      return own.most.replace('{n}', String(issue.maximum))
    if (issue.code === 'too_small' && issue.origin === 'string')
      return issue.minimum === 1 ? own.empty : own.least.replace('{n}', String(issue.minimum))
    return library(issue)
  }
  return text
}

/** What is wrong with a field, in the caller's language. */
export const fieldTexts: Readonly<Record<'zh' | 'en', FieldText>> = {
  zh: withOwn(z.locales.zhCN().localeError, {
    most: '太长：最多 {n} 个字符',
    least: '太短：至少 {n} 个字符',
    empty: '不能为空',
  }),
  en: withOwn(z.locales.en().localeError, {
    most: 'Too long: at most {n} characters',
    least: 'Too short: at least {n} characters',
    empty: 'Must not be empty',
  }),
}

/** One field that is wrong, as a problem names it. */
export interface FieldError {
  readonly field: string
  readonly code: string
  readonly detail: string
}

/** A text in which something stands that nobody sees. */
export const hiddenMarkError = (mark: HiddenMark, language: 'zh' | 'en'): FieldError => ({
  field: mark.field,
  code: 'hidden_mark',
  detail:
    language === 'zh'
      ? `第 ${mark.at} 个字符不可见（${mark.code}），请删去后重试`
      : `Character ${mark.at} is invisible (${mark.code}); remove it and try again`,
})
