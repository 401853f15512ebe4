import { createSignal, onCleanup } from 'solid-js'
import { get } from './api.ts'

/**
 * The server's clock: the offset is the median of five pings, each taken at half its round trip.
 * Shown times are recomputed from it, never counted down, so a hidden tab or a changed device clock
 * does no harm; the server decides in any case.
 */
export interface Sync {
  readonly offsetMs: number
  /** Half the round trip of the median ping: how wrong the shown clock may be. */
  readonly errorMs: number
  readonly at: number
}

const pings = 5
const staleMs = 10 * 60_000
const [sync, setSync] = createSignal<Sync | null>(null)
let running: Promise<void> | null = null

export { sync }

interface Ping {
  readonly offsetMs: number
  readonly errorMs: number
}

async function ping(): Promise<Ping> {
  const sent = Date.now()
  const { now } = await get<{ now: string }>('/healthz')
  const received = Date.now()
  const half = (received - sent) / 2
  return { offsetMs: Date.parse(now) - (sent + half), errorMs: Math.ceil(half) }
}

/** The middle ping by offset. */
export function medianPing(all: readonly Ping[]): Ping {
  return [...all].sort((a, b) => a.offsetMs - b.offsetMs)[Math.floor(all.length / 2)]
}

async function measure(): Promise<void> {
  const all: Ping[] = []
  for (let i = 0; i < pings; i++) all.push(await ping())
  setSync({ ...medianPing(all), at: Date.now() })
}

/** Measures once; who calls again meanwhile waits for the same measure. */
export function syncClock(): Promise<void> {
  running ??= measure()
    .catch(() => {})
    .finally(() => {
      running = null
    })
  return running
}

const isStale = () => {
  const known = sync()
  return !known || Date.now() - known.at > staleMs
}

export const serverNowMs = (): number => Date.now() + (sync()?.offsetMs ?? 0)

/** A trade's clock as its page gives it; in production the offset is always 0. */
export interface TradeClock {
  readonly offsetMs: number
  readonly frozen: boolean
}

/** Trade time; `now` is what the server said when the page was read, for a clock that is held. */
export function tradeNowMs(clock: TradeClock, now: string): number {
  return clock.frozen ? Date.parse(now) : serverNowMs() + clock.offsetMs
}

const [beat, setBeat] = createSignal(0)
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** A signal that ticks while somebody looks at it; one timer for all clocks of the page. */
export function useTick(): () => number {
  users += 1
  timer ??= setInterval(() => setBeat((n) => n + 1), 250)
  if (isStale()) void syncClock()
  onCleanup(() => {
    users -= 1
    if (users > 0) return
    clearInterval(timer)
    timer = undefined
  })
  return beat
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return
  setBeat((n) => n + 1)
  if (users > 0 && isStale()) void syncClock()
})
