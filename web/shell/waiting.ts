import { createSignal } from 'solid-js'
import { get } from './api.ts'
import { onLive } from './live.ts'
import { onSessionChange, viewer } from './session.ts'

/**
 * How many things wait for the viewer: the number beside 待办. Read when a page is gone to and after
 * what happened in a trade of his, but not more often than this, however much happens: a hall in
 * which fifty look on must not ask for fifty lists at every price.
 */
const restMs = 15_000
const [count, setCount] = createSignal(0)
let readAt = 0
let timer: ReturnType<typeof setTimeout> | undefined
let isListening = false

export { count as waitingCount }

async function read(): Promise<void> {
  readAt = Date.now()
  const person = viewer()?.person
  if (!person) {
    setCount(0)
    return
  }
  const found = await get<{ duties: readonly unknown[] }>('/api/my').catch(() => null)
  if (found && viewer()?.person === person) setCount(found.duties.length)
}

/** Reads anew, at once or when the rest is over. */
export function refreshWaiting(): void {
  if (timer !== undefined) return
  const waitMs = Math.max(0, readAt + restMs - Date.now())
  timer = setTimeout(() => {
    timer = undefined
    if (Date.now() - readAt >= restMs) void read() // a page may have said it meanwhile
  }, waitMs)
}

/** A page that has read the list itself says what it found. */
export function setWaiting(found: number): void {
  readAt = Date.now()
  setCount(found)
}

/** Called once by the bar. */
export function watchWaiting(): void {
  if (isListening) return
  isListening = true
  onLive(() => refreshWaiting())
  onSessionChange(() => {
    readAt = 0
    setCount(0)
    refreshWaiting()
  })
  refreshWaiting()
}
