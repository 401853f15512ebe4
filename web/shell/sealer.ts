import type { Viewer } from '../../server/kernel/viewer.ts'
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
import { hasChosen, loadSession, onSessionChange, session, viewer, wasLeft } from './session.ts'

/**
 * The sealing worker of this page: what it holds ends with the page, once its person leaves, or once
 * another comes in. A session that ran out interrupts it and no more: the same person goes on.
 */
let worker: Worker | null = null
/** For whom it works. */
let owner: Viewer | null = null
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

const isOwner = (who: Viewer | null): boolean =>
  who?.person === owner?.person && who?.party === owner?.party

/** Signed out by time alone, or in again and not yet acting for anybody. */
const mayComeBack = (who: Viewer | null): boolean =>
  who ? who.person === owner?.person && !hasChosen() : !wasLeft()

const tellCaller = () => void askSealer({ call: 'caller', caller: sealCaller() })

let isRenewing = false
/** Tells the worker the session as it is now; whoever signed in elsewhere has made a new one. */
async function renewCaller(): Promise<void> {
  if (isRenewing) return
  isRenewing = true
  await loadSession().catch(() => {})
  isRenewing = false
  if (worker && isOwner(viewer())) tellCaller()
}

function workerOf(): Worker {
  if (worker) return worker
  owner = viewer()
  worker = new Worker(new URL('../workers/seal.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', (event: MessageEvent) => {
    const message = event.data as {
      id: number
      value?: unknown
      failure?: SealFailure
      news?: SealNews
      wants?: 'caller'
    }
    if (message.wants) {
      void renewCaller()
      return
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
  if (worker && isOwner(viewer())) {
    tellCaller()
    return
  }
  if (worker && mayComeBack(viewer())) return
  worker?.terminate()
  worker = null
  sealed += 1
  for (const one of waiting.values())
    one.reject(new Problem('session-expired', 401, t('seal.failure.session-expired')))
  waiting.clear()
})
