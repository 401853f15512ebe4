import { afterEach, beforeEach, expect, test, vi } from 'vitest'

/** Tabs of one browser: each its own module, all with the same lock, channel and platform. */
interface Tab {
  readonly live: typeof import('./live.ts')
  readonly heard: unknown[]
  readonly window: EventTarget
}

/** A stream that the platform holds open, or that fell silent without a word. */
class Stream extends EventTarget {
  static all: Stream[] = []
  readonly address: string
  isClosed = false
  constructor(address: string) {
    super()
    this.address = address
    Stream.all.push(this)
  }
  static get last(): Stream {
    return Stream.all.at(-1) as Stream
  }
  static get open(): Stream[] {
    return Stream.all.filter((one) => !one.isClosed)
  }
  say(event: string, data: unknown = {}): void {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }))
  }
  close(): void {
    this.isClosed = true
  }
}

class Channel extends EventTarget {
  static all: Channel[] = []
  constructor() {
    super()
    Channel.all.push(this)
  }
  postMessage(data: unknown): void {
    for (const one of Channel.all)
      if (one !== this) one.dispatchEvent(new MessageEvent('message', { data }))
  }
}

/** One holder at a time; the next comes in when it goes. */
let queue: (() => void)[] = []
const nextHolder = () => queue.shift()?.()
let polls: string[] = []
let isReachable = true

function stubs(window: EventTarget): void {
  vi.stubGlobal('EventSource', Stream)
  vi.stubGlobal('BroadcastChannel', Channel)
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('navigator', {
    onLine: true,
    locks: { request: (_: string, run: () => void) => void queue.push(run) },
  })
}

vi.mock('./first-answers.ts', () => ({ takeFirstAnswer: () => undefined }))
vi.mock('./session.ts', () => ({ onSessionChange: () => {} }))
vi.mock('./api.ts', () => ({
  get: async (address: string) => {
    polls.push(address)
    if (!isReachable) throw new Error('away')
    const cursor = `polled ${polls.length}`
    return { cursor, items: [message(cursor)], restart: false }
  },
}))

const message = (cursor: string) => ({ cursor, trade: 'YG-1', kinds: ['BidsOpened'] })

async function openTab(): Promise<Tab> {
  vi.resetModules()
  const window = new EventTarget()
  stubs(window)
  const live = await import('./live.ts')
  const heard: unknown[] = []
  live.onLive((one) => heard.push(one))
  return { live, heard, window }
}
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  ;[Stream.all, Channel.all, queue, polls, isReachable] = [[], [], [], [], true]
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function leader(): Promise<Tab> {
  const tab = await openTab()
  nextHolder()
  Stream.last.say('hello', { cursor: 'at first' })
  return tab
}

test('one stream serves all tabs; when the tab that reads it goes, the next resumes by cursor', async () => {
  const first = await leader()
  const second = await openTab()
  expect(Stream.all.length).toBe(1)
  Stream.last.say('message', message('m1'))
  expect(first.heard).toEqual([message('m1')])
  expect(second.heard).toEqual([message('m1')])
  expect(second.live.liveStatus()).toBe('live')
  Stream.last.close()
  nextHolder()
  expect(Stream.last.address).toBe('/api/live?cursor=m1')
})

test('a stream that beats stays live, however long nothing happens', async () => {
  const { live } = await leader()
  for (let i = 0; i < 20; i++) {
    await after(15_000)
    Stream.last.say('beat')
  }
  expect(Stream.all.length).toBe(1)
  expect(live.liveStatus()).toBe('live')
})

test('a stream that falls silent without an error is dropped and resumed', async () => {
  await leader()
  Stream.last.say('message', message('m1'))
  await after(39_000)
  expect(Stream.all.length).toBe(1)
  await after(2000)
  expect(Stream.all[0].isClosed).toBe(true)
  expect(Stream.last.address).toBe('/api/live?cursor=m1')
  expect(Stream.open.length).toBe(1)
})

test('where a proxy lets greetings through and nothing after them, it polls on the same cursor', async () => {
  const { live, heard } = await leader()
  for (let i = 0; i < 2; i++) {
    await after(42_000)
    Stream.last.say('hello', { cursor: 'later' })
  }
  await after(41_000)
  expect(polls[0]).toBe('/api/live/poll?cursor=at%20first')
  expect(live.liveStatus()).toBe('polling')
  expect(heard.length).toBeGreaterThan(0)
  await after(4000)
  expect(polls[1]).toBe('/api/live/poll?cursor=polled%201')
})

test('while nothing can be reached it says so, and goes on asking', async () => {
  const { live, window } = await leader()
  isReachable = false
  window.dispatchEvent(new Event('offline'))
  await after(0)
  expect(live.liveStatus()).toBe('lost')
  isReachable = true
  await after(4000)
  expect(live.liveStatus()).toBe('polling')
  window.dispatchEvent(new Event('online'))
  Stream.last.say('hello', { cursor: 'back' })
  expect(live.liveStatus()).toBe('live')
  const asked = polls.length
  await after(8000)
  expect(polls.length).toBe(asked)
})
