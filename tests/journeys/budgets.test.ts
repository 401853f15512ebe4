import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, inject, test } from 'vitest'
import { PageFiles } from '../../server/service/pages/page-files.ts'

/**
 * What the first load of every page of `docs/generated/routes.json` takes, gzip, in either language:
 * the scripts that its first HTML names, which are all that it is drawn with, and the style sheets.
 */
interface Route {
  readonly path: string
  readonly who: string
}
interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}
const publicBytes = 60_000
const signedInBytes = 120_000
const cssBytes = 20_000
/** Shows every component in every state to whoever builds or tests pages; no visitor comes there. */
const gallery = '/kit'

const routes = JSON.parse(fs.readFileSync('docs/generated/routes.json', 'utf8')) as Route[]
const folder = inject('pagesFolder')
const read = (name: string) => fs.readFileSync(path.join(folder, name))
const manifest = JSON.parse(String(read('.vite/manifest.json'))) as Record<string, Chunk>
const chunks = new Map(Object.values(manifest).map((chunk) => [chunk.file, chunk]))
const template = String(read('index.html'))
const pages = new PageFiles(folder)

const named = (html: string, ending: string) =>
  [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].flatMap(([, f]) =>
    f.endsWith(ending) ? [f] : [],
  )
const shell = new Set(named(template, '.js'))

function scriptsOf(at: string, language: string): Set<string> {
  const links = pages.linksOf(at === '*' ? '/no-such-page' : at, language)
  return new Set(named(template + links, '.js'))
}

/** With the parts that may come later to who may use them; what the shell may load is all pages. */
function withParts(files: ReadonlySet<string>): Set<string> {
  const all = new Set(files)
  for (const file of all) {
    const { imports = [], dynamicImports = [] } = chunks.get(file) ?? {}
    const next = shell.has(file) ? imports : [...imports, ...dynamicImports]
    for (const key of next) all.add(manifest[key].file)
  }
  return all
}

/** Sum of the files, and which are the largest: what a page that is over its budget is told by. */
function weigh(files: Iterable<string>): { bytes: number; largest: string } {
  const rows = [...files].map((file) => ({ file, bytes: gzipSync(read(file)).length }))
  rows.sort((a, b) => b.bytes - a.bytes)
  const largest = rows.slice(0, 12).map(({ file, bytes }) => `${bytes} ${file}`)
  return { bytes: rows.reduce((sum, row) => sum + row.bytes, 0), largest: largest.join('\n') }
}

function expectAtMost(limit: number, files: Iterable<string>, what: string): void {
  const { bytes, largest } = weigh(files)
  expect(bytes, `${what}: ${bytes} of ${limit} bytes\n${largest}\n`).toBeLessThanOrEqual(limit)
}

describe.each(routes.filter(({ path: at }) => at !== gallery))('$path', ({ path: at, who }) => {
  test.each(['zh-CN', 'en'])('loads within its budget in %s', (language) => {
    const scripts = scriptsOf(at, language)
    // The page, its texts, those of shell and kit; a name that is not found would weigh nothing.
    expect(scripts.size - shell.size).toBeGreaterThanOrEqual(4)
    expectAtMost(who === 'public' ? publicBytes : signedInBytes, scripts, `scripts of ${at}`)
    if (who === 'public')
      expectAtMost(signedInBytes, withParts(scripts), `${at} with the parts of who is signed in`)
    const sheets = [...scripts].flatMap((file) => chunks.get(file)?.css ?? [])
    expectAtMost(cssBytes, new Set([...named(template, '.css'), ...sheets]), `styles of ${at}`)
  })
})
