import { Hono } from 'hono'
import postgres from 'postgres'
import { listTrades } from './service/public/list.ts'

/**
 * The public side on Cloudflare Workers (`wrangler.toml`): the list of trades from a replica, and the
 * built pages. Nothing that Workers lack is reachable from here; whatever writes runs on Node.
 */
interface Bindings {
  readonly HYPERDRIVE: { readonly connectionString: string }
  readonly ASSETS: { fetch(request: Request): Promise<Response> }
}

const app = new Hono<{ Bindings: Bindings }>()

app.get('/api/projects', async (c) => {
  const sql = postgres(c.env.HYPERDRIVE.connectionString, { max: 1, prepare: false })
  const { query, stage, cursor, limit } = c.req.query()
  const most = Math.min(100, Math.max(1, Number(limit) || 20))
  const list = await listTrades(sql, {
    limit: most,
    ...(query ? { query: query.slice(0, 100) } : {}),
    ...(stage ? { stage: stage.slice(0, 20) } : {}),
    ...(cursor ? { cursor } : {}),
  })
  return c.json(list, 200, { 'cache-control': 'public, max-age=5' })
})

app.all('*', (c) => c.env.ASSETS.fetch(c.req.raw))

export default app
