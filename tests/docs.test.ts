import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const docs = ['README.md', ...fs.readdirSync('docs').map((f) => `docs/${f}`)].filter((f) =>
  f.endsWith('.md'),
)

describe.each(docs)('%s', (file) => {
  const text = fs.readFileSync(file, 'utf8')
  const links = [...text.matchAll(/\[([^\]]*)\]\(([^)#]+)\)/g)].filter(
    ([, , to]) => !/^https?:/.test(to),
  )
  test('links to files that are there, and names what they hold', () => {
    for (const [, name, to] of links) {
      const target = path.resolve(path.dirname(file), to)
      expect(fs.existsSync(target), `${file}: ${to}`).toBe(true)
      const symbol = /^`(\w+)`$/.exec(name)?.[1]
      if (symbol && target.endsWith('.ts'))
        expect(fs.readFileSync(target, 'utf8'), `${file}: ${symbol}`).toMatch(
          new RegExp(`\\b${symbol}\\b`),
        )
    }
  })
  test('names files in code that are there', () => {
    for (const [, name] of text.matchAll(/`((?:server|web|db|infra|tests|docs)\/[\w./-]+\.\w+)`/g))
      expect(fs.existsSync(name), `${file}: ${name}`).toBe(true)
  })
})
