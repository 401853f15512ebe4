import pkg from '../../../package.json' with { type: 'json' }
import { commitOfBuild } from './routes.ts'

const starting = 'starting'

/** While the platform starts: 503 for all, in the form of `/healthz` where that is asked for. */
export function answerStarting(request: Request, mode: 'demo' | 'production'): Response {
  const isHealth = new URL(request.url).pathname === '/healthz'
  const body = {
    status: starting,
    version: pkg.version,
    commit: commitOfBuild(),
    mode,
    now: new Date().toISOString(),
    parts: { database: starting, ledger: starting, files: starting, video: 'off', mail: 'off' },
    log: null,
    seeding: { done: 0, total: 0 },
  }
  return new Response(
    isHealth ? JSON.stringify(body) : '正在启动，请稍候。\nStarting; one moment.\n',
    {
      status: 503,
      headers: {
        'content-type': isHealth ? 'application/json' : 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
        'retry-after': '1',
        // A browser that came early looks again by itself.
        ...(isHealth ? {} : { refresh: '2' }),
      },
    },
  )
}
