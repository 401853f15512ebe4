import { createSignal } from 'solid-js'
import { get } from './api.ts'
import { takeFirstAnswer } from './first-answers.ts'
import { onSessionChange } from './session.ts'

/**
 * One event stream per browser, shared by its tabs: the tab that holds the lock reads the stream and
 * passes messages on; when it goes, the next tab resumes by cursor. Where streams are cut or held
 * back by a proxy it polls on the same cursor. No act depends on any of it.
 */
export interface LiveMessage {
  readonly cursor: string
  readonly trade: string | null
  readonly kinds: readonly string[]
}
export type LiveStatus = 'off' | 'live' | 'polling' | 'lost'

type Shared =
  | { readonly say: 'message'; readonly message: LiveMessage }
  | { readonly say: 'restart' }
  | { readonly say: 'cursor'; readonly cursor: string }
  | { readonly say: 'status'; readonly status: LiveStatus }
  | { readonly say: 'who' }

const pollMs = 4000
const helloMs = 8000
/** The platform beats every 15 s; what is silent for longer than two beats is a dead line. */
const silenceMs = 40_000
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('yg-live') : null
const listeners = new Set<(message: LiveMessage | null) => void>()
const [status, setStatus] = createSignal<LiveStatus>('off')
const [statusAt, setStatusAt] = createSignal(Date.now())
let cursor: string | null = null
/** Where the answers of the first HTML were read; what happened since is still to be heard. */
let firstCursor: string | null = null
let source: EventSource | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let failures = 0
let isLeader = false
let isStarted = false

export { status as liveStatus, statusAt as liveStatusAt }

/** Hears every message that this viewer may hear; null: something may have been missed, read anew. */
export function onLive(run: (message: LiveMessage | null) => void): () => void {
  listeners.add(run)
  if (!isStarted) start()
  return () => listeners.delete(run)
}

function become(next: LiveStatus): void {
  if (next === status()) return
  setStatus(next)
  setStatusAt(Date.now())
}

function hear(shared: Shared): void {
  switch (shared.say) {
    case 'message':
      cursor = shared.message.cursor
      for (const run of listeners) run(shared.message)
      return
    case 'restart':
      for (const run of listeners) run(null)
      return
    case 'cursor':
      cursor = shared.cursor
      return
    case 'status':
      become(shared.status)
      return
    case 'who':
      if (isLeader) channel?.postMessage({ say: 'status', status: status() })
  }
}

function tell(shared: Shared): void {
  hear(shared)
  channel?.postMessage(shared)
}

function start(): void {
  isStarted = true
  firstCursor = takeFirstAnswer<{ cursor: string }>('/api/live/poll')?.cursor ?? null
  channel?.addEventListener('message', (e) => {
    const shared = e.data as Shared
    hear(shared)
    // Another tab reads the stream, and began before this page was there.
    if (shared.say === 'status' && firstCursor) void catchUp(firstCursor)
  })
  if (!navigator.locks || !channel) {
    lead()
    return
  }
  channel.postMessage({ say: 'who' })
  void navigator.locks.request('yg-live', () => {
    lead()
    return new Promise(() => {}) // held until this tab goes
  })
}

function lead(): void {
  isLeader = true
  cursor ??= firstCursor
  firstCursor = null
  open()
}

/** Hears for this tab alone what happened between its first HTML and its first message. */
async function catchUp(from: string): Promise<void> {
  firstCursor = null
  try {
    const address = `/api/live/poll?cursor=${encodeURIComponent(from)}`
    const missed = await get<{ items: LiveMessage[]; restart: boolean }>(address)
    if (missed.restart) hear({ say: 'restart' })
    for (const message of missed.items) for (const run of listeners) run(message)
  } catch {
    hear({ say: 'restart' }) // unknown what was missed: pages read anew
  }
}

function open(): void {
  stop()
  const address = cursor ? `/api/live?cursor=${encodeURIComponent(cursor)}` : '/api/live'
  source = new EventSource(address)
  // A proxy may hold a stream back without closing it: no greeting in time counts as a failure.
  timer = setTimeout(fail, helloMs)
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(fail, silenceMs)
  }
  source.addEventListener('hello', (e) => {
    heard()
    const { cursor: at } = JSON.parse((e as MessageEvent<string>).data) as { cursor: string }
    if (!cursor) tell({ say: 'cursor', cursor: at })
    tell({ say: 'status', status: 'live' })
  })
  source.addEventListener('beat', () => {
    heard()
    failures = 0
  })
  source.addEventListener('restart', () => {
    cursor = null
    tell({ say: 'restart' })
  })
  source.addEventListener('message', (e) => {
    heard()
    failures = 0
    tell({ say: 'message', message: JSON.parse(e.data as string) as LiveMessage })
  })
  source.addEventListener('error', fail)
}

function stop(): void {
  clearTimeout(timer)
  source?.close()
  source = null
}

function fail(): void {
  stop()
  failures += 1
  if (failures < 3) timer = setTimeout(open, 500 * failures)
  else void poll()
}

async function poll(): Promise<void> {
  try {
    const address = cursor
      ? `/api/live/poll?cursor=${encodeURIComponent(cursor)}`
      : '/api/live/poll'
    const answer = await get<{ cursor: string; items: LiveMessage[]; restart: boolean }>(address)
    if (source) return // the stream was opened anew meanwhile
    if (answer.restart) tell({ say: 'restart' })
    for (const message of answer.items) tell({ say: 'message', message })
    tell({ say: 'cursor', cursor: answer.cursor })
    tell({ say: 'status', status: 'polling' })
    failures += 1
    // Now and then the stream is tried again.
    timer = setTimeout(failures % 15 === 0 ? open : () => void poll(), pollMs)
  } catch {
    if (source) return
    tell({ say: 'status', status: 'lost' })
    timer = setTimeout(() => void poll(), pollMs)
  }
}

onSessionChange(() => {
  cursor = null
  firstCursor = null
  if (isLeader) open()
  for (const run of listeners) run(null)
})

/** The device knows of its network before a stream falls silent. */
addEventListener('offline', () => {
  if (!isStarted || !isLeader) return
  stop()
  void poll()
})
addEventListener('online', () => {
  if (isStarted && isLeader) open()
})

/** Back from sleep: the stream may be dead without having said so. */
let hiddenAt = 0
document.addEventListener('visibilitychange', () => {
  if (document.hidden) hiddenAt = Date.now()
  else if (isStarted && Date.now() - hiddenAt > 30_000) {
    if (isLeader) open()
    for (const run of listeners) run(null)
  }
})
