import fs from 'node:fs'
import path from 'node:path'

interface PageRow {
  readonly path: string
  readonly texts: readonly string[]
  readonly module: string
}
interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}
type Manifest = Readonly<Record<string, Chunk>>

/** What the shell itself draws with. */
const always = ['shell', 'kit']

/**
 * The scripts of an address beyond the entry, by the build's manifest. Named in the first HTML they
 * come beside the entry; else the entry would have to arrive and run before they are asked for.
 */
export class PageFiles {
  private readonly manifest: Manifest
  private readonly pages: readonly PageRow[]
  private readonly known = new Map<string, string>()

  /** @param folder of the built client; without its tables nothing is named, and pages work */
  constructor(folder: string) {
    const read = <T>(name: string, fallback: T): T => {
      const file = path.join(folder, '.vite', name)
      return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as T) : fallback
    }
    this.manifest = read<Manifest>('manifest.json', {})
    this.pages = read<PageRow[]>('pages.json', [])
  }

  /** Whether the client has a page of its own for an address; without its tables any may be one. */
  isPage(pathname: string): boolean {
    const page = this.pages.find((row) => isAt(row.path, pathname))
    return page === undefined || page.path !== '*'
  }

  /**
   * `<link rel="modulepreload">` for each file, in the language that the client will choose by the
   * same header. Who chose the other one on this device loads two kilobytes of texts in vain.
   */
  linksOf(pathname: string, acceptLanguage: string | undefined): string {
    const page = this.pages.find((row) => isAt(row.path, pathname))
    if (!page) return ''
    const isEnglish = acceptLanguage !== undefined && !/(^|,)\s*zh/i.test(acceptLanguage)
    const language = isEnglish ? 'en' : 'zh-CN'
    const key = `${page.path} ${language}`
    const links = this.known.get(key) ?? this.makeLinks(page, language)
    this.known.set(key, links)
    return links
  }

  private makeLinks(page: PageRow, language: string): string {
    const texts = [...always, ...page.texts].map((folder) => `i18n/${language}/${folder}.ts`)
    const entry = this.filesUnder('index.html') // the template names these itself
    const files = [...new Set([page.module, ...texts].flatMap((key) => [...this.filesUnder(key)]))]
    return files
      .filter((file) => !entry.has(file))
      .map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`)
      .join('')
  }

  private filesUnder(key: string, found = new Set<string>()): Set<string> {
    const chunk = this.manifest[key]
    if (!chunk || found.has(chunk.file)) return found
    found.add(chunk.file)
    for (const one of chunk.imports ?? []) this.filesUnder(one, found)
    return found
  }
}

/** As the client's own table is read. */
function isAt(pattern: string, pathname: string): boolean {
  if (pattern === '*') return true
  return new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}/?$`).test(pathname)
}
