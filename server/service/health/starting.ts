import pkg from '../../../package.json' with { type: 'json' }
import { languageOf } from '../../kernel/http.ts'
import { commonProblems, ProblemError, problemDocument } from '../../kernel/problem.ts'
import { commitOfBuild } from './routes.ts'

const starting = 'starting'

/** Addresses that programs read, not persons: what they are told is a problem document. */
const isForPrograms = (path: string): boolean => /^\/(api|uploads|log)(\/|$)/.test(path)

/** While the platform starts: 503 for all, in the form that whoever asks can read. */
export function answerStarting(request: Request, mode: 'demo' | 'production'): Response {
  const { pathname } = new URL(request.url)
  if (pathname === '/healthz') return answer(JSON.stringify(health(mode)), 'application/json')
  if (isForPrograms(pathname)) {
    const language = languageOf(request.headers.get('accept-language') ?? undefined)
    const document = problemDocument(new ProblemError('busy'), commonProblems, language)
    return answer(JSON.stringify(document), 'application/problem+json; charset=utf-8', {
      'content-language': language === 'zh' ? 'zh-CN' : 'en',
    })
  }
  // A browser that came early looks again by itself.
  return answer('正在启动，请稍候。\nStarting; one moment.\n', 'text/plain; charset=utf-8', {
    refresh: '2',
  })
}

const health = (mode: string) => ({
  status: starting,
  version: pkg.version,
  commit: commitOfBuild(),
  mode,
  now: new Date().toISOString(),
  parts: { database: starting, ledger: starting, files: starting, video: 'off', mail: 'off' },
  log: null,
  seeding: { done: 0, total: 0 },
})

function answer(body: string, type: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status: 503,
    headers: { 'content-type': type, 'cache-control': 'no-store', 'retry-after': '1', ...headers },
  })
}
