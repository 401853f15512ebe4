import fs from 'node:fs'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { type DatabasePlace, openOwner, type Tx } from '../kernel/database.ts'
import { BackupError } from './backup.ts'

/**
 * Fills an empty, migrated database and data folder from a backup; the platform then refuses to sign
 * where the second store knows a newer checkpoint. Nothing is held whole: a file may be larger than
 * memory. Of the tables all are filled or none.
 */
export async function restore(
  place: DatabasePlace,
  dataFolder: string,
  from: string,
): Promise<{ events: number }> {
  const zip = await openBackup(from)
  const sql = openOwner(place)
  try {
    const [{ n }] = await sql`select count(*)::int as n from log.events`
    if (n > 0) throw new BackupError('The database holds events; a restore needs an empty one.')
    const entries = await entriesOf(zip, from)
    for (const [name, entry] of entries)
      if (name.startsWith('data/')) await restoreFile(zip, entry, dataFolder)
    return await sql.begin(async (tx) => {
      for (const [name, entry] of entries) {
        const table = /^tables\/(.+)$/.exec(name)?.[1]
        const columns = entries.get(`columns/${table}`)
        if (table && columns) await restoreTable(tx, table, zip, entry, columns)
      }
      await tx`select setval(pg_get_serial_sequence('log.events', 'position'),
        coalesce((select max(position) from log.events), 0) + 1, false)`
      const [{ events }] = await tx`select count(*)::int as events from log.events`
      return { events: events as number }
    })
  } finally {
    zip.close()
    await sql.end()
  }
}

async function restoreFile(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  dataFolder: string,
): Promise<void> {
  const folder = path.resolve(dataFolder)
  const file = path.resolve(folder, entry.fileName.slice('data/'.length))
  if (!file.startsWith(folder + path.sep))
    throw new BackupError(`${entry.fileName} lies outside the folder`)
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const sink = fs.createWriteStream(file, { mode: 0o600, flush: true })
  await pipeline(await contentOf(zip, entry), sink)
}

/**
 * Fills one table, as fast as the database takes it. Where it refuses what it was given after the
 * last byte, the driver's COPY says nothing; the question behind it fails then.
 * @throws BackupError
 */
async function restoreTable(
  tx: Tx,
  table: string,
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  columns: yauzl.Entry,
): Promise<void> {
  const names = (await text(await contentOf(zip, columns))).trim()
  const content = await contentOf(zip, entry)
  try {
    const sink = await tx.unsafe(`copy ${table} (${names}) from stdin`).writable()
    const refused = new Promise<never>((_, reject) => sink.once('error', reject))
    await Promise.race([refused, fill(sink, content)])
    sink.end()
    await new Promise(setImmediate)
    await tx`select 1`
  } catch (error) {
    content.destroy()
    const { message } = error as Error
    throw new BackupError(`${table} was not taken, the backup is damaged: ${message}`)
  }
}

async function fill(sink: Writable, content: Readable): Promise<void> {
  for await (const piece of content)
    await new Promise<void>((resolve, reject) =>
      sink.write(piece, (error) => (error ? reject(error) : resolve())),
    )
}

function openBackup(file: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) =>
    yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(new BackupError(`${file}: ${error.message}`)) : resolve(zip),
    ),
  )
}

function entriesOf(zip: yauzl.ZipFile, file: string): Promise<Map<string, yauzl.Entry>> {
  const found = new Map<string, yauzl.Entry>()
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      found.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(found))
    zip.on('error', (error: Error) => reject(new BackupError(`${file}: ${error.message}`)))
    zip.readEntry()
  })
}

function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) =>
      error ? reject(new BackupError(`${entry.fileName}: ${error.message}`)) : resolve(stream),
    ),
  )
}
