import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { language } from '../i18n/i18n.ts'
import { type LiveMessage, onLive } from './live.ts'
import { asProblem, type Problem } from './problem.ts'
import { viewer } from './session.ts'

/** Messages of one act come together: they are waited for this long, and are one reading. */
const gatherMs = 20
/** A burst is read no more often than this, and is read while it lasts. */
const restMs = 250

/** What a page reads, kept fresh: the last good answer stays while a newer one is on its way. */
export interface Live<T> {
  (): T | undefined
  readonly isLoading: Accessor<boolean>
  readonly problem: Accessor<Problem | null>
  /** When the answer that is shown was read, ms. */
  readonly at: Accessor<number>
  readonly refresh: () => Promise<void>
}

/**
 * Reads now, again when the reader's signals change, and when one of the topics happens.
 * @param topics trade ids (`YG-…`) narrow to their trades; other names are event types, and none
 *   means any
 */
export function createLive<T>(
  read: () => Promise<T>,
  topics: readonly string[] | (() => readonly string[]) = [],
): Live<T> {
  const [store, setStore] = createStore<{ value?: T }>({})
  const [isLoading, setLoading] = createSignal(true)
  const [problem, setProblem] = createSignal<Problem | null>(null)
  const [at, setAt] = createSignal(0)
  let turn = 0
  let newest: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  let readAt = 0

  async function take(reading: Promise<T>, mine: number): Promise<void> {
    try {
      const value = await reading
      if (mine !== turn) return
      setStore('value', reconcile(value as never, { key: 'id' }))
      setAt(Date.now())
      setProblem(null)
    } catch (error) {
      if (mine === turn) setProblem(asProblem(error))
    }
    if (mine === turn) setLoading(false)
  }

  function reread(): Promise<void> {
    turn += 1
    setLoading(true)
    newest = take(read(), turn)
    return newest
  }

  /** Done when what was asked for is shown, though a newer reading took this one's place. */
  async function refresh(): Promise<void> {
    for (let waited = reread(); ; waited = newest) {
      await waited
      if (waited === newest) return
    }
  }

  // The reader is tracked, so that another address or filter reads anew.
  createEffect(() => {
    viewer()
    language()
    void reread()
  })

  function isMeant(message: LiveMessage): boolean {
    const wanted = typeof topics === 'function' ? topics() : topics
    const trades = wanted.filter((topic) => topic.startsWith('YG-'))
    const kinds = wanted.filter((topic) => !topic.startsWith('YG-'))
    if (trades.length > 0 && !(message.trade && trades.includes(message.trade))) return false
    return kinds.length === 0 || message.kinds.some((kind) => kinds.includes(kind))
  }

  const end = onLive((message) => {
    if (message && !isMeant(message)) return
    timer ??= setTimeout(
      () => {
        timer = undefined
        readAt = Date.now()
        void refresh()
      },
      Math.max(gatherMs, readAt + restMs - Date.now()),
    )
  })
  onCleanup(() => {
    end()
    clearTimeout(timer)
    turn += 1
  })

  return Object.assign(() => store.value, { isLoading, problem, at, refresh })
}
