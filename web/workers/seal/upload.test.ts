import { beforeEach, expect, test, vi } from 'vitest'
import type { Caller } from './messages.ts'
import type { Line } from './patience.ts'
import { type SealedBlob, sendBlob } from './upload.ts'

/** The platform's side of uploads: what has arrived, and what it answers for the moment. */
const platform = vi.hoisted(() => ({
  /** Bytes of each upload, by its address. */
  arrived: new Map<string, number>(),
  kept: false,
  csrf: 'first',
  /** Answers to the next requests of whatever kind, before the platform itself is asked. */
  troubles: [] as { status: number; slug?: string }[],
  /** Whether keeping what has arrived fails, so often. */
  failsToKeep: 0,
  made: 0,
  log: [] as string[],
}))

const blobBytes = 3 * 1024 * 1024
const document = ({ status, slug }: { status: number; slug?: string }) =>
  slug ? JSON.stringify({ type: `/problems/${slug}`, status, detail: slug }) : '<html>no</html>'

vi.mock('tus-js-client', () => {
  const fail = (options: Record<string, never>, status: number, body: string) =>
    (options.onError as unknown as (error: unknown) => void)({
      originalResponse: { getStatus: () => status, getBody: () => body },
    })
  /** As the protocol's client behaves: asks where to go on, then sends pieces. */
  class Upload {
    url: string | null
    private readonly options: Record<string, never>
    private readonly size: number
    constructor(blob: Blob, options: Record<string, never>) {
      this.options = options
      this.size = blob.size
      this.url = (options.uploadUrl as string | undefined) ?? null
    }
    start(): void {
      setTimeout(() => this.run(), 0)
    }
    async abort(): Promise<void> {}
    private run(): unknown {
      const { options } = this
      const says = options as unknown as Record<string, (...all: unknown[]) => void>
      if (!this.url) {
        platform.made += 1
        this.url = `http://here/uploads/${platform.made}`
        platform.arrived.set(this.url, 0)
        platform.log.push('create')
      } else platform.log.push('ask')
      const trouble = platform.troubles.shift()
      if (trouble) return fail(options, trouble.status, document(trouble))
      if (!platform.arrived.has(this.url)) return fail(options, 404, '')
      says.onUploadUrlAvailable?.()
      const headers = options.headers as unknown as Record<string, string>
      for (let at = platform.arrived.get(this.url) as number; at < this.size; ) {
        const next = platform.troubles.shift()
        if (next) return fail(options, next.status, document(next))
        if (headers['x-csrf-token'] !== platform.csrf)
          return fail(options, 403, document({ status: 403, slug: 'csrf-token-wrong' }))
        at += 1024 * 1024
        platform.log.push(`piece ${at / 1024 / 1024}`)
        platform.arrived.set(this.url, at)
        says.onChunkComplete?.(0, at, this.size)
      }
      if (platform.failsToKeep > 0) platform.failsToKeep -= 1
      else platform.kept = true
      return says.onSuccess?.()
    }
  }
  return { Upload }
})

vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
  const method = init.method ?? 'GET'
  platform.log.push(`${method} ${path.startsWith('http') ? 'upload' : 'blob'}`)
  const trouble = platform.troubles.shift()
  if (trouble) return new Response(document(trouble), { status: trouble.status })
  if (method === 'PATCH') {
    if (platform.failsToKeep > 0) {
      platform.failsToKeep -= 1
      return new Response('', { status: 503 })
    }
    platform.kept = true
    return new Response(null, { status: 204 })
  }
  return platform.kept
    ? new Response('12345678', {
        status: 206,
        headers: { 'content-range': `bytes 0-7/${blobBytes}` },
      })
    : new Response('', { status: 404 })
})

function line() {
  const said: string[] = []
  let caller: Caller = { csrf: 'first', language: 'zh' }
  const stop = new AbortController()
  const one: Line = {
    get caller() {
      return caller
    },
    signal: stop.signal,
    whenOpen: async () => {},
    onPause: () => () => {},
    say: (state) => said.push(state),
    renew: () => {
      said.push('renew')
      caller = { csrf: platform.csrf, language: 'zh' }
    },
    rest: async () => {},
  }
  return { one, said, stop }
}

const blob = (): SealedBlob => ({
  lot: 'YG-20260323-0001-1',
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  blob: new Blob([new Uint8Array(blobBytes)]),
  url: null,
})
const pieces = () => platform.log.filter((one) => one.startsWith('piece'))

beforeEach(() => {
  platform.arrived.clear()
  Object.assign(platform, { kept: false, csrf: 'first', failsToKeep: 0, made: 0 })
  platform.troubles.length = 0
  platform.log.length = 0
})

for (const [name, trouble] of [
  ['a log-out', { status: 401, slug: 'session-expired' }],
  ['a database that is away', { status: 503, slug: 'database-away' }],
  ['a full queue', { status: 503, slug: 'busy' }],
  ['too many requests', { status: 429, slug: 'rate-limited' }],
  ['a fault of the platform', { status: 500, slug: 'internal-error' }],
  ['a proxy that answers for it', { status: 502 }],
] as const)
  test(`${name} in the middle loses no piece, and goes on at the same address`, async () => {
    const { one, said } = line()
    let piecesBefore = 0
    const half = blob()
    const sending = sendBlob(half, one, (bytes) => {
      if (bytes === 2 * 1024 * 1024 && piecesBefore === 0) {
        piecesBefore = pieces().length
        platform.troubles.push(trouble, trouble)
      }
    })
    await sending
    expect(platform.kept).toBe(true)
    expect(platform.made).toBe(1)
    expect(pieces()).toEqual(['piece 1', 'piece 2', 'piece 3'])
    expect(said).toContain('broken')
    expect(said.at(-1)).toBe('running')
    expect(said.includes('renew')).toBe(trouble.status === 401)
  })

test('another session of the same person has another token: it is asked for and used', async () => {
  platform.csrf = 'second'
  const { one, said } = line()
  await sendBlob(blob(), one, () => {})
  expect(said).toContain('renew')
  expect(platform.made).toBe(1)
  expect(platform.kept).toBe(true)
})

test('bytes that arrived and could not be kept just then are kept by asking once more', async () => {
  platform.failsToKeep = 2
  const { one } = line()
  await sendBlob(blob(), one, () => {})
  expect(platform.kept).toBe(true)
  expect(pieces().length).toBe(3)
})

test('what an earlier page had begun is taken up at its address', async () => {
  platform.arrived.set('http://here/uploads/old', 2 * 1024 * 1024)
  const { one } = line()
  await sendBlob({ ...blob(), url: 'http://here/uploads/old' }, one, () => {})
  expect(platform.made).toBe(0)
  expect(pieces()).toEqual(['piece 3'])
})

test('an upload that the platform has forgotten is begun anew', async () => {
  const { one } = line()
  await sendBlob({ ...blob(), url: 'http://here/uploads/gone' }, one, () => {})
  expect(platform.made).toBe(1)
  expect(platform.kept).toBe(true)
})

test('bytes that are there by another way are not sent again', async () => {
  const { one } = line()
  platform.troubles.push({ status: 409, slug: 'blob-there' })
  platform.kept = true
  await sendBlob(blob(), one, () => {})
  expect(pieces()).toEqual([])
})

test('a refusal that is none of the moment ends it', async () => {
  for (const refusal of [
    { status: 409, slug: 'not-at-this-stage' },
    { status: 403, slug: 'not-entitled' },
    { status: 413, slug: 'bid-too-large' },
  ]) {
    platform.troubles.push(refusal)
    await expect(sendBlob(blob(), line().one, () => {})).rejects.toMatchObject(refusal)
  }
})

test('a cancelled one ends, also while it waits', async () => {
  const { one, stop } = line()
  platform.troubles.push({ status: 503, slug: 'busy' })
  const waiting: Line = {
    ...one,
    rest: async () => stop.abort(),
  }
  await expect(sendBlob(blob(), waiting, () => {})).rejects.toMatchObject({ slug: 'cancelled' })
})
