import fs from 'node:fs'
import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Platform } from '../../platform.ts'
import { answersBlock } from './first-answers.ts'
import { type FirstHtml, frameHtml, homeHtml, tradeHtml } from './first-html.ts'
import { PageFiles } from './page-files.ts'

/**
 * Serves the built web client: hashed files for ever, every other address with the first HTML of its
 * page. In demo mode pages live under `localhost`, since passkeys refuse an IP address.
 * @param folder of the built client, `dist/web`
 */
export function mountPages(app: OpenAPIHono, platform: Platform, folder: string): void {
  const template = path.join(folder, 'index.html')
  if (!fs.existsSync(template)) return
  const html = fs.readFileSync(template, 'utf8')
  const files = new PageFiles(folder)
  app.use(
    '/assets/*',
    serveStatic({
      root: path.relative(process.cwd(), folder),
      precompressed: true, // laid beside each file by the build
      onFound: (_, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  )
  // A file of an older build: an HTML page in its place would be taken for the script.
  app.all('/assets/*', (c) => c.text('not found', 404))
  app.get('/static/*', serveStatic({ root: path.relative(process.cwd(), folder) }))
  app.get('/favicon.svg', serveStatic({ root: path.relative(process.cwd(), folder) }))
  app.get('*', async (c, next) => {
    const url = new URL(c.req.url)
    if (/^\/(api|ca|log|tsa|uploads|openapi|healthz|docs)(?=[/.]|$)/.test(url.pathname))
      return next()
    if (platform.config.mode === 'demo' && url.hostname === '127.0.0.1') {
      url.hostname = 'localhost'
      return c.redirect(url.toString(), 302)
    }
    const [first, { block, isMissing }] = await Promise.all([
      firstHtml(platform, url.pathname),
      answersBlock(app, c),
    ])
    const page = fill(html, {
      title: first?.title,
      links: files.linksOf(url.pathname, c.req.header('accept-language')),
      body: frameHtml(first?.body ?? '', platform.config.mode === 'demo'),
      answers: block,
    })
    const isThere = files.isPage(url.pathname) && !isMissing
    // It says who is signed in: kept nowhere, so that going back never shows an older answer.
    return c.html(page, isThere ? 200 : 404, { 'cache-control': 'no-store' })
  })
}

function firstHtml(platform: Platform, pathname: string): Promise<FirstHtml | null> {
  if (pathname === '/') return homeHtml(platform)
  const trade = /^\/t\/(YG-\d{8}-[0-9A-Z]{4,8})$/.exec(pathname)
  return trade ? tradeHtml(platform, trade[1]) : Promise.resolve(null)
}

interface Filling {
  readonly title: string | undefined
  readonly links: string
  readonly body: string
  readonly answers: string
}

/** Puts title, files, text and answers into the template. */
function fill(html: string, { title, links, body, answers }: Filling): string {
  return html
    .replace(/<title>[^<]*<\/title>/, (old) =>
      title ? `<title>${title.replace(/[<&]/g, '')}</title>` : old,
    )
    .replace('</head>', () => `${links}</head>`)
    .replace(/<div id="app">\s*<\/div>/, () => `<div id="app">${body}</div>${answers}`)
}
