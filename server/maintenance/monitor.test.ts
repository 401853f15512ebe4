import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  buildBatch,
  encodeBundle,
  encodeEntry,
  formatVkey,
  makeVkey,
  parseTilePath,
  publicKeyOf,
  signCheckpoint,
  tileWidth,
} from '../log/index.ts'
import { memoryLog } from '../log/log.fixture.ts'
import { type LogFault, type WatchResult, watchLog } from './monitor.ts'

/** A log behind a server that lies on demand. */
const seed = new Uint8Array(32).fill(7)
const origin = 'yg-test/log'
const vkey = makeVkey(origin, publicKeyOf(seed))
const tickMs = 80

function entriesFrom(startMs: number, count: number, salt = 0): Uint8Array[] {
  return Array.from({ length: count }, (_, k) =>
    encodeEntry({
      atMs: startMs + tickMs * k,
      root: buildBatch([], new Uint8Array(32).fill(k + salt)).root,
    }),
  )
}

// Made anew for each test: on a busy machine the ticks of the first would be stale in the last.
let start = 0
let good: Uint8Array[] = []
let entries = good
let size = 300
/** Changes an answer on its way; by path. */
let lie: (path: string, bytes: Buffer) => Buffer | null = (_, bytes) => bytes
let server: http.Server
let url = ''

async function answer(path: string): Promise<Buffer | null> {
  if (path === '/log/vkey') return Buffer.from(`${formatVkey(vkey)}\n`)
  if (path === '/log/rhythm') return Buffer.from(JSON.stringify({ default: { tickMs } }))
  const log = memoryLog(entries)
  if (path === '/log/checkpoint') {
    const checkpoint = { origin, size, root: log.rootAt(size) }
    return Buffer.from(await signCheckpoint(checkpoint, { vkey, signer: seed }))
  }
  const tile = parseTilePath(path.replace('/log/', ''))
  if (!tile) return null
  const first = tile.index * tileWidth
  return Buffer.from(
    tile.level === 'entries'
      ? encodeBundle(entries.slice(first, first + tile.width))
      : await log.read(tile.level, tile.index, tile.width),
  )
}

beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    const path = String(request.url)
    const bytes = await answer(path)
    const told = bytes && lie(path, bytes)
    response.writeHead(told ? 200 : 404).end(told ?? '')
  })
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', r))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
beforeEach(() => {
  start = Math.floor(Date.now() / tickMs) * tickMs - tickMs * 600
  good = entriesFrom(start, 600)
  entries = good
  size = 300
  lie = (_, bytes) => bytes
})

const watch = (more: object = {}): Promise<WatchResult> =>
  watchLog({ url, vkey: formatVkey(vkey), times: 1, everyMs: 0, seen: null, ...more })
const codes = ({ faults }: WatchResult): LogFault['code'][] => [
  ...new Set(faults.map((f) => f.code)),
]

test('a log that grows is signed, consistent and in rhythm, over restarts of the monitor', async () => {
  const first = await watch()
  expect(first).toMatchObject({ faults: [], sizes: [300], gaps: [], pinned: true })
  size = 600
  const next = await watch({ seen: first.seen, times: 1 })
  expect(next).toMatchObject({ faults: [], sizes: [600] })
  expect((await watch({ vkey: null })).pinned).toBe(false)
})

test('a log that shrinks, stands still or is another’s is a fault', async () => {
  size = 500
  const { seen } = await watch()
  size = 400
  expect(codes(await watch({ seen }))).toEqual(['log-shrank'])
  // Within one second's checkpoint nothing can have grown; after two something must have.
  expect(codes(await watch({ times: 6, everyMs: 20 }))).toEqual([])
  expect(codes(await watch({ times: 2, everyMs: 2000 }))).toEqual(['log-standing'])
  const other = formatVkey(makeVkey(origin, publicKeyOf(new Uint8Array(32).fill(8))))
  expect(codes(await watch({ vkey: other }))).toEqual(['checkpoint-key-unknown'])
})

test('a log that tells two stories is forked', async () => {
  const { seen } = await watch()
  entries = entriesFrom(start, 600, 1)
  size = 400
  expect(codes(await watch({ seen }))).toEqual(['log-forked'])
})

test.each<[string, RegExp, LogFault['code'][]]>([
  ['a hash tile', /^\/log\/tile\/0\/001/, ['tree-differs', 'entry-differs']],
  ['an entry', /^\/log\/tile\/entries\/001/, ['entry-differs']],
  ['a signature', /^\/log\/checkpoint/, ['checkpoint-signature-wrong']],
])('one changed bit in %s shows', async (_, path, expected) => {
  lie = (asked, bytes) => {
    if (!path.test(asked)) return bytes
    const changed = Buffer.from(bytes)
    // The last byte before the end of line of a note, or of the last hash.
    changed[changed.length - (asked.endsWith('checkpoint') ? 4 : 1)] ^= 1
    return changed
  }
  const result = await watch()
  for (const code of codes(result)) expect([...expected, 'checkpoint-malformed']).toContain(code)
  expect(result.faults.length).toBeGreaterThan(0)
})

test('a missing tile is named, and the next look goes on', async () => {
  lie = (asked, bytes) => (asked.includes('/tile/0/001') ? null : bytes)
  expect(codes(await watch())).toEqual(['unreachable'])
})

test('ticks off the grid or backwards are faults; ticks that never came are told apart', async () => {
  entries = [...good.slice(0, 299), ...entriesFrom(start + 299 * tickMs + 7, 1)]
  expect(codes(await watch())).toEqual(['entry-off-rhythm'])
  entries = [...good.slice(0, 299), good[0]]
  expect(codes(await watch())).toContain('entry-off-rhythm')
  entries = [...good.slice(0, 299), good[400]]
  const gap = await watch()
  expect(gap.faults).toEqual([])
  expect(gap.gaps).toHaveLength(1)
})

test('a log whose newest tick is old stands still', async () => {
  entries = entriesFrom(start - 3_600_000, 600)
  expect(codes(await watch())).toEqual(['log-stale'])
})
