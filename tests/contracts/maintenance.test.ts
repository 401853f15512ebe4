import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitBidOf } from '../../db/seed/play/seal.ts'
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
import { backup, restore } from '../../server/maintenance/backup.ts'
import { readTableRows, rebuildReadTables } from '../../server/maintenance/rebuild.ts'
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

const act = (platform: Platform, id: string) =>
  actOf(platform, {
    kind: 'platform',
    id: 'platform',
    project: null,
    actor: systemActor,
    command: { type: 'loadRules', id, startsFrom: '2027-01-01', sha256: 'x' } as never,
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
