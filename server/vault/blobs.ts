import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { equal, fromB64u } from '../formats/index.ts'
import type { Sql, Tx } from '../kernel/database.ts'
import { ProblemError } from '../kernel/problem.ts'
import { syncFolder } from '../kernel/whole-file.ts'
import type { Platform } from '../platform.ts'
import {
  arrivedBlob,
  blobMagic,
  type PresentBlob,
  p256Suite,
  paddedBytes,
  productSizes,
  sealedBytes,
} from '../sealing/index.ts'

/**
 * Sealed blobs on their way in. They lie under names that only the platform's key explains: neither
 * folder nor table tells whose a blob is, for which lot, or how many belong together.
 */
export interface BlobPlace {
  readonly lot: string
  readonly party: string
  /** base64url of 16 random bytes, drawn by the bidder. */
  readonly id: string
}

const { chunkBytes, maxFileBytes, minFileBytes } = productSizes
/** The largest blob: a file of 2^31 bytes, padded and sealed. */
export const maxBlobBytes =
  blobMagic.length + sealedBytes(p256Suite, paddedBytes(maxFileBytes, minFileBytes), chunkBytes)

export const isBlobId = (id: string): boolean => /^[A-Za-z0-9_-]{21}[AQgw]$/.test(id)

const keyOf = (platform: Platform, { party, id }: BlobPlace): Buffer =>
  platform.keys.name('blob', party, id)
const markOf = (platform: Platform, { lot, party, id }: BlobPlace): Buffer =>
  platform.keys.name('blob of lot', lot, party, id)

/** Where something sealed is kept, by its nameless key. */
export function sealedPath(platform: Platform, key: Uint8Array): string {
  const hex = Buffer.from(key).toString('hex')
  return path.join(platform.folder, 'files', 'sealed', hex.slice(0, 2), hex)
}
export const blobPath = (platform: Platform, place: BlobPlace): string =>
  sealedPath(platform, keyOf(platform, place))

/** A new file of our own in the folder from which finished ones are moved. */
export function partPath(platform: Platform): string {
  const folder = path.join(platform.folder, 'files', 'part')
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  return path.join(folder, randomUUID())
}

/** The blob of that id, if it arrived whole: what `checkSubmission` asks for. */
export async function findBlob(
  platform: Platform,
  place: BlobPlace,
  sql: Sql | Tx = platform.sql,
): Promise<PresentBlob | null> {
  if (!isBlobId(place.id)) return null
  const [row] = await sql`
    select mark, bytes, root from work.uploads where key = ${keyOf(platform, place)}`
  if (!row) return null
  return {
    bytes: Number(row.bytes),
    root: (row.root as Buffer).toString('base64url'),
    isForeign: !equal(row.mark, markOf(platform, place)),
  }
}

/**
 * Size and root of a blob as it passes by.
 * @throws ProblemError `blob-unrecognised`, `bid-too-large`
 */
export async function measureBlob(
  source: AsyncIterable<Uint8Array>,
  write: (piece: Uint8Array) => Promise<unknown> = async () => {},
): Promise<PresentBlob> {
  return arrivedBlob(p256Suite, afterMagic(source, write), chunkBytes)
}

async function* afterMagic(
  source: AsyncIterable<Uint8Array>,
  write: (piece: Uint8Array) => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of source) {
    const head = piece.subarray(0, Math.max(0, blobMagic.length - bytes))
    if (!equal(head, blobMagic.subarray(bytes, bytes + head.length)))
      throw new ProblemError('blob-unrecognised')
    bytes += piece.length
    if (bytes > maxBlobBytes) throw new ProblemError('bid-too-large')
    await write(piece)
    if (piece.length > head.length) yield piece.subarray(head.length)
  }
  if (bytes < blobMagic.length) throw new ProblemError('blob-unrecognised')
}

/**
 * Takes a whole blob in one go; the same bytes twice are the same blob.
 * @throws ProblemError `blob-unrecognised`, `bid-too-large`, `blob-differs`, `upload-broken`
 */
export async function takeBlob(
  platform: Platform,
  place: BlobPlace,
  source: AsyncIterable<Uint8Array>,
): Promise<PresentBlob> {
  const part = partPath(platform)
  const handle = await fs.promises.open(part, 'wx', 0o600)
  try {
    const present = await measureBlob(source, (piece) => handle.writeFile(piece))
    await handle.sync()
    return await keepBlob(platform, place, part, present)
  } catch (error) {
    throw error instanceof ProblemError ? error : new ProblemError('upload-broken')
  } finally {
    await handle.close()
    await fs.promises.rm(part, { force: true })
  }
}

/**
 * Takes what is sent for a blob that is there already, and keeps none of it.
 * @throws ProblemError `blob-differs`, `blob-unrecognised`, `bid-too-large`, `upload-broken`
 */
export async function compareBlob(
  there: PresentBlob,
  source: AsyncIterable<Uint8Array>,
): Promise<PresentBlob> {
  const sent = await measureBlob(source).catch((error) => {
    throw error instanceof ProblemError ? error : new ProblemError('upload-broken')
  })
  if (there.isForeign || sent.root !== there.root) throw new ProblemError('blob-differs')
  return sent
}

/**
 * Gives a finished, synced file its place. A link, not a move: an upload that is asked for again
 * after its last answer was lost is still there. A blob once there is never replaced, since a
 * submitted bid may stand on it.
 * @throws ProblemError `blob-differs`
 */
export async function keepBlob(
  platform: Platform,
  place: BlobPlace,
  file: string,
  present: PresentBlob,
): Promise<PresentBlob> {
  const key = keyOf(platform, place)
  const to = sealedPath(platform, key)
  await platform.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${(key.readBigUInt64BE() >> 1n).toString()}::bigint)`
    const found = await findBlob(platform, place, tx)
    if (found) {
      if (found.root !== present.root || found.isForeign) throw new ProblemError('blob-differs')
      return
    }
    await fs.promises.mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
    await fs.promises.rm(to, { force: true }) // of a process that ended between link and row
    await fs.promises.link(file, to)
    await syncFolder(path.dirname(to))
    await tx`
      insert into work.uploads (key, mark, bytes, root)
      values (${key}, ${markOf(platform, place)}, ${present.bytes},
        ${Buffer.from(fromB64u(present.root))})`
  })
  return present
}
