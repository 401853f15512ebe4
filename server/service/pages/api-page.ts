import type { OpenAPIHono } from '@hono/zod-openapi'
import { languageOf } from '../../kernel/http.ts'
import { escaped } from './first-html.ts'

/** What the page shows of an operation of `/openapi.json`. */
interface ApiOperation {
  readonly operationId: string
  readonly summary?: string
  readonly parameters?: readonly { name: string; in: string; required?: boolean }[]
  readonly requestBody?: { content: Readonly<Record<string, { schema: unknown }>> }
  readonly 'x-roles': readonly string[]
  readonly 'x-purpose'?: string
}
type Paths = Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>

const words = {
  zh: { title: '接口说明', file: 'OpenAPI 文件', roles: '角色', act: '签名用途', body: '请求内容' },
  en: { title: 'Interface', file: 'OpenAPI file', roles: 'Roles', act: 'Signed act', body: 'Body' },
}
const style = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1rem}h3{font-size:1rem;margin:1.5rem 0 0}
code,pre{font-family:ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
p{margin:.25rem 0}summary{min-height:1.5rem}`

const about = { openapi: '3.1.0', info: { title: 'Yangguang 阳光', version: '1' } }

/**
 * The interface in `/openapi.json`, and in `/docs` every operation of it on one page that needs no
 * script. Operations stay as they are while the platform runs: each is made once.
 */
export function mountApiPage(app: OpenAPIHono): void {
  const document = once(() => JSON.stringify(app.getOpenAPI31Document(about)))
  const pages = {
    zh: once(() => pageOf((JSON.parse(document()) as { paths: Paths }).paths, 'zh')),
    en: once(() => pageOf((JSON.parse(document()) as { paths: Paths }).paths, 'en')),
  }
  app.get('/openapi.json', (c) => c.body(document(), 200, { 'content-type': 'application/json' }))
  app.get('/docs', (c) => {
    const language = languageOf(c.req.header('accept-language'))
    return c.html(pages[language](), 200, {
      'content-language': language === 'zh' ? 'zh-CN' : 'en',
      vary: 'accept-language',
    })
  })
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function pageOf(paths: Paths, language: 'zh' | 'en'): string {
  const w = words[language]
  const rooms = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      const room = operation.operationId.split('.')[0]
      rooms.set(room, [...(rooms.get(room) ?? []), operationHtml(method, path, operation, w)])
    }
  const parts = [...rooms].map(([room, rows]) => `<h2>${escaped(room)}</h2>${rows.join('')}`)
  return (
    `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head>` +
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<title>${w.title} · 阳光 Yangguang</title><style>${style}</style></head><body><main>` +
    `<h1>${w.title}</h1><p><a href="/openapi.json">${w.file}</a></p>${parts.join('')}` +
    '</main></body></html>'
  )
}

function operationHtml(
  method: string,
  path: string,
  operation: ApiOperation,
  w: (typeof words)['zh'],
): string {
  const given = (operation.parameters ?? []).map(
    (p) => `<code>${escaped(p.name)}</code> (${escaped(p.in)}${p.required ? ', *' : ''})`,
  )
  const body = operation.requestBody?.content['application/json']?.schema
  const act = operation['x-purpose']
  return (
    `<h3 id="${escaped(operation.operationId)}"><code>${escaped(operation.operationId)}</code></h3>` +
    `<p><code>${method.toUpperCase()} ${escaped(path)}</code></p>` +
    `<p>${escaped(operation.summary ?? '')}</p>` +
    `<p>${w.roles}: ${operation['x-roles'].map(escaped).join(', ')}</p>` +
    (act ? `<p>${w.act}: <code>${escaped(act)}</code></p>` : '') +
    (given.length > 0 ? `<p>${given.join(', ')}</p>` : '') +
    (body
      ? `<details><summary>${w.body}</summary>` +
        `<pre>${escaped(JSON.stringify(body, null, 2))}</pre></details>`
      : '')
  )
}
