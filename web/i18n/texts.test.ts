import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const folder = path.resolve('web/i18n')
const files = fs.readdirSync(path.join(folder, 'zh-CN')).filter((f) => f.endsWith('.ts'))

async function textsOf(language: string, file: string): Promise<Record<string, string>> {
  const { default: texts } = await import(/* @vite-ignore */ path.join(folder, language, file))
  return texts
}

describe.each(files)('%s', (file) => {
  test('both languages have the same keys and fill the same values', async () => {
    const [zh, en] = await Promise.all([textsOf('zh-CN', file), textsOf('en', file)])
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
    const values = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    for (const key of Object.keys(zh)) expect(values(en[key]), key).toEqual(values(zh[key]))
  })

  test('no half-width punctuation stands beside a Chinese character', async () => {
    const han = '\\p{Script=Han}'
    const wrong = new RegExp(`${han}[,;:?!()]|[,;:?!()]${han}|${han}\\.(?!\\w)`, 'u')
    for (const [key, text] of Object.entries(await textsOf('zh-CN', file)))
      expect(wrong.exec(text)?.[0] ?? null, `${file} ${key}: ${text}`).toBeNull()
  })
})
