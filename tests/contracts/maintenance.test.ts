import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import yazl from 'yazl'
import { submitBidOf } from '../../db/seed/play/seal.ts'
import { openZip } from '../../server/archive/bag/zip-files.node.ts'
import { readConfig } from '../../server/config.ts'
import { openOwner } from '../../server/kernel/database.ts'
import { makeLogger } from '../../server/kernel/logger.ts'
import { systemActor } from '../../server/kernel/viewer.ts'
import {
  consistencyProof,
  isConsistent,
  parseVkey,
  tileAt,
  verifyCheckpoint,
  verifyProof,
} from '../../server/log/index.ts'
import { backup } from '../../server/maintenance/backup.ts'
import { readTableRows, rebuildReadTables } from '../../server/maintenance/rebuild.ts'
import { restore } from '../../server/maintenance/restore.ts'
import { actOf, loadBid, type Platform } from '../../server/platform.ts'
import { type Running, startOn } from '../../server/start.ts'
import { type TestPlace, testPlace } from '../kit/database.ts'
import { type TestPlatform, testPlatform } from '../kit/platform.ts'
import { publishedTrade, type TestTrade } from '../kit/trade.ts'

/** What an operator rests on: tables made again, a backup that restores, and no forked log. */
let t: TestPlatform
let trade: TestTrade
let older: string
let file: string
const config = readConfig({ PORT: '0', YANGGUANG_SEED: 'none', YANGGUANG_LOG: 'silent' })
const places: TestPlace[] = []
const inFolder = (name: string) => path.join(t.platform.folder, name)

beforeAll(async () => {
  t = await testPlatform()
  trade = await publishedTrade(t, 3)
  await submitBidOf(trade.bidder(1), trade.at, trade.bid(1))
  older = inFolder('older.zip')
  await backup(t.place, t.platform.folder, older)
  await submitBidOf(trade.bidder(2), trade.at, trade.bid(2))
  // Past one full tile, so that rows are pruned and files are needed.
  while (t.platform.ledger.size < 270) await new Promise((r) => setTimeout(r, 200))
  file = inFolder('backup.zip')
}, 120_000)
afterAll(async () => {
  await t.stop()
  for (const place of places) await place.drop()
})

/** Restores into an empty database and folder; the keys are brought from elsewhere. */
async function restored(from: string): Promise<TestPlace & { events: number }> {
  const place = await testPlace()
  places.push(place)
  const { events } = await restore(place.place, place.folder, from)
  fs.cpSync(inFolder('keys'), path.join(place.folder, 'keys'), { recursive: true })
  return { ...place, events }
}

async function started<T>(place: TestPlace, run: (running: Running) => Promise<T>): Promise<T> {
  const running = await startOn(config, place.folder, place.place, makeLogger('silent'))
  try {
    return await run(running)
  } finally {
    await running.stop()
  }
}

const outage = {
  from: '2026-03-02T01:00:00.000Z',
  until: '2026-03-02T02:00:00.000Z',
  parts: ['mail'],
  zh: '邮件',
  en: 'mail',
}
const act = (platform: Platform, id: string) =>
  actOf(platform, {
    kind: 'platform',
    id: 'platform',
    project: null,
    actor: systemActor,
    command: { type: 'recordOutage', id, outage },
  })

async function checkpointOf(platform: Platform) {
  while (!platform.ledger.checkpoint()) await new Promise((r) => setTimeout(r, 20))
  const verdict = verifyCheckpoint(platform.ledger.checkpoint()?.text as string, [
    { vkey: parseVkey(platform.ledger.vkey) },
  ])
  if (verdict.problem !== undefined) throw new Error(verdict.problem)
  return verdict.checkpoint
}

test('the read tables made again from the events are the same rows', async () => {
  const before = await readTableRows(t.platform.sql)
  expect(before['read.parties'].length).toBeGreaterThan(5)
  expect(before['read.trades']).toHaveLength(1)
  expect(before['read.members'].length).toBe(before['read.parties'].length)
  await t.platform.sql`delete from read.trades`
  await t.platform.sql`update read.parties set name = 'x'`
  expect(await rebuildReadTables(t.platform.sql, t.platform.keys)).toBeGreaterThan(20)
  expect(await readTableRows(t.platform.sql)).toEqual(before)
})

test('a backup of the running platform restores: old proofs verify, and the log goes on', async () => {
  const party = trade.bidder(2).identity?.party.id as string
  const { events } = await loadBid(t.platform, trade.lot, party)
  const digest = events.at(-1)?.digest as Uint8Array
  const proof = await t.platform.ledger.proofOf(digest)
  const rows = await readTableRows(t.platform.sql)
  const [{ n }] = await t.platform.sql`select count(*)::int as n from log.events`
  await backup(t.place, t.platform.folder, file)
  await expect(backup(t.place, t.platform.folder, file)).rejects.toThrow('overwrites nothing')
  const old = await checkpointOf(t.platform)
  const place = await restored(file)
  expect(place.events).toBe(n)
  await started(place, async ({ platform }) => {
    await rebuildReadTables(platform.sql, platform.keys)
    expect(await readTableRows(platform.sql)).toEqual(rows)
    expect(platform.ledger.vkey).toBe(t.platform.ledger.vkey)
    const logKeys = [{ vkey: parseVkey(platform.ledger.vkey) }]
    expect(verifyProof(proof, digest, logKeys).problems).toEqual([])
    expect(verifyProof(await platform.ledger.proofOf(digest), digest, logKeys).problems).toEqual([])
    const outcome = await act(platform, 'after-restore')
    const fresh = outcome.events[0].digest
    expect(verifyProof(await platform.ledger.proofOf(fresh), fresh, logKeys).problems).toEqual([])
    const now = await checkpointOf(platform)
    expect(now.size).toBeGreaterThanOrEqual(old.size - 20)
    expect((await loadBid(platform, trade.lot, party)).state.stage).toBe('submitted')
    const [{ doubled }] = await platform.sql`
      select count(*)::int as doubled from log.events e
      where (select count(*) from ledger.leaves l where l.position = e.position) <> 1`
    expect(doubled).toBe(0)
  })
})

test('an older backup beside the second store of today reads, and refuses to sign or to act', async () => {
  const place = await restored(older)
  fs.cpSync(inFolder('second/checkpoints'), path.join(place.folder, 'second/checkpoints'), {
    recursive: true,
  })
  await started(place, async ({ platform }) => {
    expect(platform.ledger.behind).toContain('ledger-behind-checkpoint')
    await expect(act(platform, 'never')).rejects.toMatchObject({ slug: 'ledger-behind-checkpoint' })
    const view = await platform.store.project(trade.project)
    expect(view.streams.get(`project:${trade.project}`)?.state).toMatchObject({
      stage: 'published',
    })
    const [{ ticks }] = await platform.sql`select count(*)::int as ticks from ledger.ticks`
    await new Promise((r) => setTimeout(r, 300))
    const [{ later }] = await platform.sql`select count(*)::int as later from ledger.ticks`
    expect(later).toBe(ticks)
  })
})

test('a restore wants an empty database, and a start wants the old keys', async () => {
  const place = await restored(older)
  await expect(restore(place.place, place.folder, older)).rejects.toThrow('needs an empty one')
  fs.rmSync(path.join(place.folder, 'keys'), { recursive: true })
  await expect(started(place, async () => {})).rejects.toThrow('Put the keys back')
  expect(fs.existsSync(path.join(place.folder, 'keys/log.key'))).toBe(false)
})

test('the log of a restored platform is a continuation of what the backup had', async () => {
  const place = await restored(file)
  const folder = path.join(place.folder, 'second/checkpoints')
  const sizes = fs.readdirSync(folder).map(Number)
  const text = fs.readFileSync(path.join(folder, String(Math.max(...sizes))), 'utf8')
  const vkey = parseVkey(t.platform.ledger.vkey)
  const then = verifyCheckpoint(text, [{ vkey }])
  if (then.problem !== undefined) throw new Error(then.problem)
  await started(place, async ({ platform }) => {
    while ((platform.ledger.checkpoint()?.size ?? 0) <= then.checkpoint.size)
      await new Promise((r) => setTimeout(r, 50))
    const now = await checkpointOf(platform)
    const proof = await consistencyProof(then.checkpoint.size, now.size, (level, index, width) => {
      const tile = tileAt(now.size, level, index)
      return platform.ledger.tile({ level, index, width: tile?.width ?? width }) as Uint8Array
    })
    expect(
      isConsistent(then.checkpoint.size, now.size, then.checkpoint.root, now.root, proof),
    ).toBe(true)
  })
})

test('nothing in a backup is a key, and hidden acts stand sealed in it', async () => {
  const bytes = fs.readFileSync(file)
  for (const name of ['hidden.key', 'naming.key', 'log.key'])
    expect(bytes.includes(fs.readFileSync(inFolder(`keys/${name}`)))).toBe(false)
  const sql = openOwner(t.place)
  const [{ n }] =
    await sql`select count(*)::int as n from log.events where body like '%BidSubmitted%'`
  await sql.end()
  expect(n).toBe(0)
})

/** Names in a zip. */
async function namesIn(zip: string): Promise<string[]> {
  const { paths, close } = await openZip(zip)
  close()
  return [...paths]
}

test('a backup holds nothing of uploads under way, which grow and vanish beside it', async () => {
  const [tus, part] = ['files/tus/growing', 'files/part/coming'].map(inFolder)
  fs.mkdirSync(path.dirname(part), { recursive: true })
  const sending = setInterval(() => {
    fs.appendFileSync(tus, Buffer.alloc(100_000))
    for (let n = 0; n < 20; n++) fs.rmSync(`${part}-${n}`, { force: true })
    for (let n = 0; n < 20; n++) fs.writeFileSync(`${part}-${n}`, '')
  }, 1)
  const zip = inFolder('while-sending.zip')
  await backup(t.place, t.platform.folder, zip).finally(() => clearInterval(sending))
  const names = await namesIn(zip)
  expect(names.filter((n) => /^data\/files\/(?!sealed\/|sha256\/)/.test(n))).toEqual([])
  expect(names.some((n) => n.startsWith('data/files/sealed/'))).toBe(true)
  // It holds personal values: for its owner's eyes alone.
  expect(fs.statSync(zip).mode & 0o777).toBe(0o600)
})

test.skipIf(!fs.existsSync('/proc/version'))(
  'a backup that fails leaves nothing behind',
  async () => {
    const changing = inFolder('files/sha256/zz')
    fs.mkdirSync(changing, { recursive: true })
    // It says that it has no byte, and gives some.
    fs.symlinkSync('/proc/version', path.join(changing, 'changing'))
    const zip = inFolder('never.zip')
    await expect(backup(t.place, t.platform.folder, zip)).rejects.toThrow(
      'unexpected number of bytes',
    )
    fs.rmSync(changing, { recursive: true })
    expect(fs.readdirSync(t.platform.folder).filter((n) => n.startsWith('never.zip'))).toEqual([])
  },
)

test('a restore streams: a file of many buffers is never held whole', async () => {
  const large = path.join('files', 'sealed', 'ff', 'large')
  const bytes = 128 * 1024 * 1024
  fs.mkdirSync(path.dirname(inFolder(large)), { recursive: true })
  fs.writeFileSync(inFolder(large), 'begins')
  fs.truncateSync(inFolder(large), bytes)
  const zip = inFolder('large.zip')
  await backup(t.place, t.platform.folder, zip)
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const looking = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }, 5)
  const place = await restored(zip).finally(() => clearInterval(looking))
  expect(fs.statSync(path.join(place.folder, large)).size).toBe(bytes)
  expect(most).toBeLessThan(bytes / 2)
  for (const file of [inFolder(large), path.join(place.folder, large), zip]) fs.rmSync(file)
})

/** A zip of these files. */
async function zipOf(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const zip = new yazl.ZipFile()
  for (const [as, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), as)
  zip.end()
  const file = inFolder(name)
  await pipeline(zip.outputStream, fs.createWriteStream(file))
  return file
}

test('a damaged backup is refused in words, and the database stays empty for a whole one', async () => {
  const place = await testPlace()
  places.push(place)
  const rows = await zipOf('rows.zip', {
    'tables/person.values': '\\\\x01\t\\\\x02\tkept\n',
    'columns/person.values': 'digest, salt, value',
    'tables/log.clocks': 'YG-1\tmany\t\\N\n',
    'columns/log.clocks': 'project, offset_ms, frozen_at',
  })
  await expect(restore(place.place, place.folder, rows)).rejects.toThrow(
    'log.clocks was not taken, the backup is damaged',
  )
  const sql = openOwner(place.place)
  expect(await sql`select 1 from person.values`).toHaveLength(0)
  await sql.end()
  const bytes = fs.readFileSync(file)
  const directory = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  bytes.writeUInt32BE(0, directory)
  fs.writeFileSync(inFolder('directory.zip'), bytes)
  await expect(restore(place.place, place.folder, inFolder('directory.zip'))).rejects.toThrow(
    'invalid central directory',
  )
  expect((await restore(place.place, place.folder, file)).events).toBeGreaterThan(10)
})
