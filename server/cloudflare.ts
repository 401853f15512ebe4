import { Hono } from 'hono'
import postgres from 'postgres'
import { listTrades } from './service/public/list.ts'
import { isListStage, listStages } from './service/public/rules-stages.ts'

/**
 * The public side on Cloudflare Workers (`wrangler.toml`): the list of trades from a replica, and the
 * built pages. Nothing that Workers lack is reachable from here; whatever writes runs on Node.
 */
interface Bindings {
  readonly HYPERDRIVE: { readonly connectionString: string }
  readonly ASSETS: { fetch(request: Request): Promise<Response> }
}

const problemType = { 'content-type': 'application/problem+json' }
/** As the Node side answers it, field and choices named. */
const unknownStage = {
  type: '/problems/input-invalid',
  title: '填写内容有误。',
  status: 422,
  errors: [{ field: 'stage', code: 'invalid_value', detail: listStages.join(' | ') }],
}

const app = new Hono<{ Bindings: Bindings }>()

app.get('/api/projects', async (c) => {
  const sql = postgres(c.env.HYPERDRIVE.connectionString, { max: 1, prepare: false })
  const { query, stage, cursor, limit } = c.req.query()
  const known = stage && isListStage(stage) ? stage : null
  if (stage && !known) return c.json(unknownStage, 422, problemType)
  const most = Math.min(100, Math.max(1, Number(limit) || 20))
  const list = await listTrades(sql, {
    limit: most,
    ...(query ? { query: query.slice(0, 100) } : {}),
    ...(known ? { stage: known } : {}),
    ...(cursor ? { cursor } : {}),
  })
  return c.json(list, 200, { 'cache-control': 'public, max-age=5' })
})

app.all('*', (c) => c.env.ASSETS.fetch(c.req.raw))

export default app
