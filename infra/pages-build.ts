import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'

/** What of Vite's and Rolldown's plugins is used here. */
interface BuildPlugin {
  readonly name: string
  readonly apply: 'build'
  generateBundle?(this: { emitFile(file: object): void }): void
  writeBundle?(options: { dir?: string }): Promise<void>
}

/**
 * Writes `.vite/pages.json`: each address with its page's module and texts, read from the client's
 * table (importing it would load every page). The server names a page's files in the first HTML by
 * it, so that they come beside the entry instead of after it.
 */
export function pageTable(web: string): BuildPlugin {
  return {
    name: 'yg-page-table',
    apply: 'build',
    generateBundle() {
      const text = fs.readFileSync(path.join(web, 'shell', 'routes.ts'), 'utf8')
      const row =
        /row\(\s*'([^']+)',\s*(?:'[^']+'|\[[^\]]*\]),\s*\[([^\]]*)\],\s*\(\) => import\('..\/([^']+)'\)/g
      const rows = [...text.matchAll(row)].map(([, at, texts, module]) => ({
        path: at,
        texts: [...texts.matchAll(/'(\w+)'/g)].map(([, folder]) => folder),
        module,
      }))
      // A row written otherwise would silently lose its files: the build says so instead.
      const written = [...text.matchAll(/import\('/g)].length
      if (rows.length !== written) throw new Error(`${written} routes, ${rows.length} understood`)
      const source = JSON.stringify(rows)
      this.emitFile({ type: 'asset', fileName: '.vite/pages.json', source })
    },
  }
}

const gzip = promisify(zlib.gzip)
const brotli = promisify(zlib.brotliCompress)
const worth = 1024
/** Above this the best brotli takes seconds and gains a hundredth: PDF and video, which come late. */
const large = 300_000

/** Lays a `.gz` and a `.br` beside every text file of the build, once, so that no request pays. */
export function compressed(): BuildPlugin {
  return {
    name: 'yg-compressed',
    apply: 'build',
    async writeBundle({ dir }) {
      const assets = path.join(dir ?? '', 'assets')
      const names = fs.readdirSync(assets).filter((name) => /\.(js|mjs|css|svg)$/.test(name))
      await Promise.all(
        names.map(async (name) => {
          const file = path.join(assets, name)
          const bytes = fs.readFileSync(file)
          if (bytes.length < worth) return
          const quality = bytes.length > large ? 9 : 11
          const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: quality }
          fs.writeFileSync(`${file}.gz`, await gzip(bytes, { level: 9 }))
          fs.writeFileSync(`${file}.br`, await brotli(bytes, { params }))
        }),
      )
    },
  }
}
