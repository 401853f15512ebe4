import { language, t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import type {
  Caller,
  SealAnswer,
  SealCall,
  SealFailure,
  SealNews,
} from '../workers/seal/messages.ts'
import { Problem } from './problem.ts'
import { onSessionChange, session } from './session.ts'

/** The sealing worker of this page: what it holds ends with the session or the page. */
let worker: Worker | null = null
let count = 0
const waiting = new Map<
  number,
  { resolve: (value: unknown) => void; reject: (error: Error) => void }
>()
const listeners = new Set<(news: SealNews) => void>()
let sealed = 0

/** Grows with every end of the worker: what a page had sealed before is gone. */
export const sealerLife = (): number => sealed

/** Hears how far sealing is. @returns ends it */
export function onSealNews(run: (news: SealNews) => void): () => void {
  listeners.add(run)
  return () => listeners.delete(run)
}

export const sealCaller = (): Caller => ({ csrf: session().csrf, language: language() })

function workerOf(): Worker {
  if (worker) return worker
  worker = new Worker(new URL('../workers/seal.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', (event: MessageEvent) => {
    const message = event.data as {
      id: number
      value?: unknown
      failure?: SealFailure
      news?: SealNews
    }
    if (message.news) {
      for (const run of listeners) run(message.news)
      return
    }
    const one = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.failure) one?.reject(problemOfFailure(message.failure))
    else one?.resolve(message.value)
  })
  return worker
}

/** The platform's own words where it spoke; else ours, by slug. */
function problemOfFailure({ slug, status, detail }: SealFailure): Problem {
  if (detail) return new Problem(slug, status, detail)
  const key = `seal.failure.${slug}` as TextKey
  const text = t(key)
  return new Problem(slug, status, text === key ? t('seal.failure.seal-failed') : text)
}

/** Asks the worker. @throws Problem */
export function askSealer<C extends SealCall>(call: C): Promise<SealAnswer[C['call']]> {
  count += 1
  const id = count
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
    workerOf().postMessage({ id, call })
  })
}

onSessionChange(() => {
  worker?.terminate()
  worker = null
  sealed += 1
  for (const one of waiting.values())
    one.reject(new Problem('session-expired', 401, t('seal.failure.session-expired')))
  waiting.clear()
})
