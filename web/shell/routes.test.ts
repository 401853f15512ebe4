import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/**
 * Every page, and every part that comes later, brings the texts of all that it draws: of a folder
 * that was forgotten the keys would be shown instead of words. Read from the sources.
 */
const keysOf = new Map<string, readonly string[]>()
for (const file of fs.readdirSync('web/i18n/zh-CN')) {
  const { default: texts } = await import(path.resolve('web/i18n/zh-CN', file))
  keysOf.set(path.basename(file, '.ts'), Object.keys(texts))
}

interface Part {
  readonly file: string
  readonly texts: readonly string[]
}
interface Source {
  readonly imports: readonly string[]
  /** What is named as the key of a text, or begins one that is put together. */
  readonly folders: ReadonlySet<string>
  readonly later: readonly Part[]
}
const sources = new Map<string, Source>()
const listed = (list: string) => [...list.matchAll(/'(\w+)'/g)].map(([, folder]) => folder)

function sourceOf(file: string): Source {
  const known = sources.get(file)
  if (known) return known
  const text = fs.readFileSync(file, 'utf8')
  const at = (name: string) => path.join(path.dirname(file), name)
  const imports = [...text.matchAll(/^(?:import|export) (?!type )[^;'"]*?from '(\.[^']+)'/gm)]
  const isKey = (folder: string, begin: string) =>
    keysOf.get(folder)?.some((key) => key.startsWith(begin))
  const keys = [...text.matchAll(/['"`](\w+)\.([\w.-]*)/g)].filter(([, f, b]) => isKey(f, b))
  const later = [...text.matchAll(/import\('(\.[^']+)'\)\)\.\w+(?:,\s*((?:'\w+',?\s*)+))?/g)]
  // The gallery takes all files of a kind.
  const kinds = [...text.matchAll(/import\.meta\.glob<[^(]*\('([^']+)\/\*([^']+)'/g)]
  const globbed = kinds.flatMap(([, folder, ending]) =>
    fs.readdirSync(at(folder)).flatMap((one) => (one.endsWith(ending) ? [`${folder}/${one}`] : [])),
  )
  const named = [...imports.map(([, name]) => name), ...globbed].map(at)
  const source = {
    imports: named.filter((name) => name.startsWith('web/') && /\.tsx?$/.test(name)),
    folders: new Set(keys.map(([, folder]) => folder)),
    later: later.map(([, name, folders]) => ({ file: at(name), texts: listed(folders ?? '') })),
  }
  sources.set(file, source)
  return source
}

function closureOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  for (const one of sourceOf(file).imports) closureOf(one, found)
  return found
}

/** What a page or part draws without having brought its texts. */
function missingOf({ file, texts }: Part, seen = new Set<string>()): string[] {
  const have = new Set([...texts, 'shell', 'kit'])
  const files = [...closureOf(file)]
  const own = files.flatMap((one) =>
    [...sourceOf(one).folders].filter((f) => !have.has(f)).map((f) => `${file}: ${f} (${one})`),
  )
  const parts = files.flatMap((one) => sourceOf(one).later).filter((one) => !seen.has(one.file))
  for (const one of parts) seen.add(one.file)
  const later = parts.flatMap((one) =>
    missingOf({ file: one.file, texts: [...have, ...one.texts] }, seen),
  )
  return [...own, ...later]
}

const row =
  /row\(\s*'([^']+)',\s*(?:'[^']+'|\[[^\]]*\]),\s*\[([^\]]*)\],\s*\(\) => import\('..\/([^']+)'\)/g
const table = fs.readFileSync('web/shell/routes.ts', 'utf8')
const rows = [...table.matchAll(row)].map(([, at, texts, module]) => ({ at, texts, module }))

test.each(rows)('$at brings the texts of all that it draws', ({ texts, module }) => {
  expect(missingOf({ file: `web/${module}`, texts: listed(texts) })).toEqual([])
})

test('all routes are understood', () => {
  expect(rows.length).toBe([...table.matchAll(/import\('/g)].length)
})
