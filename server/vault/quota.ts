import { createCipheriv } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Tx } from '../kernel/database.ts'
import { padToRow } from '../kernel/keys.ts'
import { ProblemError } from '../kernel/problem.ts'
import type { Platform } from '../platform.ts'
import { productSizes } from '../sealing/index.ts'
import type { BlobPlace } from './blobs.ts'

/** What one party may upload for one lot in all: four bids of the largest size. */
export const uploadQuotaBytes = 4 * productSizes.maxBidBytes
/** And in how many uploads: four bids of the most files, 256 each. */
export const uploadQuotaFiles = 1024

/**
 * Uploads of a party for a lot, a row each in `work.quotas`: sealed, of one size, under a name that
 * only the platform's key explains and that no two rows share. So the table tells of uploads what
 * their files tell anyway, and nothing of bidders: neither whose they are nor how many there are.
 * @source sealing-ledger.md §6
 */
interface Held {
  readonly id: string
  readonly bytes: number
  /** Name of the resumable upload under way; null where it came in one go. */
  readonly upload: string | null
  readonly isDone: boolean
  readonly atMs: number
}
interface Row extends Held {
  readonly key: Buffer
}

const keyBytes = 16
/** JSON of the longest row, padded: every row has this size. */
const rowBytes = 320
/** A blob sent in one go that is not there a day later never arrives. */
const staleMs = 86_400_000

/** The names of all rows that a party may have in a lot, one after another. */
function keysOf(platform: Platform, { lot, party }: BlobPlace): Buffer {
  const key = platform.keys.name('upload quota', lot, party)
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  return cipher.update(Buffer.alloc(uploadQuotaFiles * keyBytes))
}

const sealed = (platform: Platform, held: Held): Buffer =>
  platform.keys.seal('draft', padToRow(JSON.stringify(held), rowBytes))

const heldIn = (platform: Platform, bytes: Uint8Array): Held =>
  JSON.parse(platform.keys.open('draft', bytes).toString('utf8')) as Held

/** Runs with the party's rows of the lot, which nobody else changes meanwhile. */
async function withRows<T>(
  platform: Platform,
  place: BlobPlace,
  run: (tx: Tx, rows: readonly Row[], keys: Buffer) => Promise<T>,
): Promise<T> {
  const keys = keysOf(platform, place)
  return (await platform.sql.begin(async (tx) => {
    const lock = (keys.readBigUInt64BE() >> 1n).toString()
    await tx`select pg_advisory_xact_lock(${lock}::bigint)`
    const found = await tx`
      select q.key, q.sealed from generate_series(0, ${uploadQuotaFiles - 1}) as i
      join work.quotas q on q.key = substring(${keys}::bytea from i * ${keyBytes} + 1 for ${keyBytes})`
    const rows = found.map((row) => ({ key: row.key, ...heldIn(platform, row.sealed) }))
    return run(tx, rows, keys)
  })) as T
}

function freeKey(rows: readonly Row[], keys: Buffer): Buffer | null {
  const taken = new Set(rows.map((row) => row.key.toString('hex')))
  for (let at = 0; at < keys.length; at += keyBytes) {
    const key = keys.subarray(at, at + keyBytes)
    if (!taken.has(key.toString('hex'))) return key
  }
  return null
}

/**
 * Counts an upload against its party's quota in the lot before a byte of it is taken, so that nobody
 * can fill the disk. One that was begun under the same id and is not done gives way to it.
 * @param upload name of the resumable upload; null for one that comes in one go
 * @throws ProblemError `upload-quota-used`, `upload-under-way`
 */
export async function reserveUpload(
  platform: Platform,
  place: BlobPlace,
  bytes: number,
  upload: string | null,
): Promise<void> {
  const before = await withRows(platform, place, async (tx, rows, keys) => {
    const same = rows.find((row) => row.id === place.id)
    if (same?.upload && isReceiving(platform, same.upload))
      throw new ProblemError('upload-under-way')
    const others = rows.filter((row) => row !== same)
    const used = others.reduce((sum, row) => sum + row.bytes, 0)
    const key = same?.key ?? freeKey(rows, keys)
    if (!key || used + bytes > uploadQuotaBytes) throw new ProblemError('upload-quota-used')
    const held: Held = { id: place.id, bytes, upload, isDone: false, atMs: Date.now() }
    await tx`
      insert into work.quotas (key, sealed) values (${key}, ${sealed(platform, held)})
      on conflict (key) do update set sealed = excluded.sealed`
    return same?.upload ?? null
  })
  if (before && before !== upload) await removeUpload(platform, before)
}

/** The upload has arrived whole: from now on it counts with its size. */
export async function keepReserved(
  platform: Platform,
  place: BlobPlace,
  bytes: number,
): Promise<void> {
  await withRows(platform, place, async (tx, rows) => {
    const same = rows.find((row) => row.id === place.id)
    if (!same) return
    const { key, ...held } = same
    const done = sealed(platform, { ...held, bytes, isDone: true })
    await tx`update work.quotas set sealed = ${done} where key = ${key}`
  })
}

/** Gives back what an upload had reserved, unless it is done or another has taken its place. */
export async function releaseUpload(
  platform: Platform,
  place: BlobPlace,
  upload: string | null,
): Promise<void> {
  await withRows(platform, place, async (tx, rows) => {
    const same = rows.find((row) => row.id === place.id)
    if (!same || same.isDone || same.upload !== upload) return
    await tx`delete from work.quotas where key = ${same.key}`
  })
}

/** Resumable uploads that receive bytes at this moment, in this process. */
const receiving = new WeakMap<Platform, Map<string, number>>()
const isReceiving = (platform: Platform, upload: string): boolean =>
  receiving.get(platform)?.has(upload) ?? false

function countReceiving(platform: Platform, upload: string, more: 1 | -1): void {
  const all = receiving.get(platform) ?? new Map<string, number>()
  receiving.set(platform, all)
  const calls = (all.get(upload) ?? 0) + more
  if (calls > 0) all.set(upload, calls)
  else all.delete(upload)
}

/**
 * Runs while an upload receives bytes: until then no other takes its place.
 * @throws ProblemError `not-found` where another has
 */
export async function whileReceiving<T>(
  platform: Platform,
  place: BlobPlace,
  upload: string,
  run: () => Promise<T>,
): Promise<T> {
  countReceiving(platform, upload, 1)
  try {
    const isHeld = await withRows(platform, place, async (_, rows) =>
      rows.some((row) => row.id === place.id && row.upload === upload),
    )
    if (!isHeld) throw new ProblemError('not-found')
    return await run()
  } finally {
    countReceiving(platform, upload, -1)
  }
}

/** Where resumable uploads lie, each with its description beside it. */
export const uploadFolder = (platform: Platform): string =>
  path.join(platform.folder, 'files', 'tus')

export async function removeUpload(platform: Platform, upload: string): Promise<void> {
  for (const name of [upload, `${upload}.json`])
    await fs.promises.rm(path.join(uploadFolder(platform), name), { force: true })
}

/** Gives back what uploads had reserved that were given up, or ended with their process. */
export async function sweepReserved(platform: Platform): Promise<void> {
  const rows = await platform.sql`select key, sealed from work.quotas`
  for (const row of rows) {
    const { upload, isDone, atMs } = heldIn(platform, row.sealed)
    if (isDone) continue
    const isThere = upload
      ? fs.existsSync(path.join(uploadFolder(platform), upload))
      : Date.now() - atMs < staleMs
    // A new one is described only after it was counted.
    if (isThere || Date.now() - atMs < 60_000) continue
    await platform.sql`
      delete from work.quotas where key = ${row.key} and sealed = ${row.sealed}`
  }
}
