import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { addAbortSignal, Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import yazl from 'yazl'
import { type DatabasePlace, openOwner, type Sql, type Tx } from '../kernel/database.ts'
import { CheckpointStore } from '../kernel/log-files.ts'
import { syncFolder } from '../kernel/whole-file.ts'
import { parseTilePath, tileWidth } from '../log/index.ts'

/**
 * Backup of a whole platform: one zip of every table, the files and the log's tiles. The keys are
 * not in it: they are backed up apart, since whoever has both reads what is sealed.
 */
const tables: readonly (readonly [table: string, columns: string])[] = [
  // Transaction numbers belong to the old cluster; the new one gives its own.
  [
    'log.events',
    'position, stream, version, project, digest, recorded_at, body, salt, sealed, tag',
  ],
  ['log.acts', 'digest, bytes, container, sealed'],
  ['log.clocks', 'project, offset_ms, frozen_at'],
  ['ledger.ticks', 'index, tick_ms, entry, root'],
  ['ledger.leaves', 'position, digest, tick, slot'],
  ['person.values', 'digest, salt, value'],
  ['person.secrets', 'digest, sealed'],
  ['work.acts', 'key, content, answer, recorded_at'],
  ['work.settings', 'name, value'],
]
/**
 * What is whole and named by its content, and never changes. Uploads under way are not in it: they
 * grow and vanish, no row names them, and who sends one begins it again.
 */
const folders = ['files/sealed', 'files/sha256', 'log', 'second/tiles']

export class BackupError extends Error {}

/** Further tables of the schema `work` that a room keeps and a backup needs. */
async function keptTables(sql: Tx): Promise<[string, string][]> {
  const rows = await sql`
    select c.table_schema || '.' || c.table_name as name,
      string_agg(c.column_name, ', ' order by c.ordinal_position) as columns
    from information_schema.columns c
    where c.table_schema = 'work'
      and c.table_name not in
        ('sessions', 'challenges', 'live_cursor', 'acts', 'live', 'live_hidden', 'settings')
    group by 1 order by 1`
  return rows.map((r) => [r.name, r.columns])
}

/** Writes the backup; the platform may run. @returns size in bytes and digest */
export async function backup(
  place: DatabasePlace,
  dataFolder: string,
  to: string,
): Promise<{ bytes: number; sha256: string }> {
  if (fs.existsSync(to)) throw new BackupError(`${to} exists already; a backup overwrites nothing`)
  if (!fs.existsSync(path.dirname(to)))
    throw new BackupError(`${path.dirname(to)} is no folder; the backup was not made`)
  const sql = openOwner(place)
  const part = `${to}.${randomUUID()}.part`
  try {
    const sha256 = await zipTo(part, (pack) => packAll(sql, dataFolder, pack))
    fs.renameSync(part, to)
    await syncFolder(path.dirname(to))
    return { bytes: fs.statSync(to).size, sha256 }
  } finally {
    fs.rmSync(part, { force: true })
    await sql.end()
  }
}

/** Puts one file into the zip; resolves when its last byte is in. */
type Pack = (
  name: string,
  content: Readable,
  options?: Partial<yazl.ReadStreamOptions>,
) => Promise<void>

/**
 * Writes a zip, one file after another, for its owner's eyes alone: it holds personal values.
 * @returns its SHA-256, hexadecimal
 * @throws whatever stops the packing or the writing, with nothing left running
 */
async function zipTo(file: string, packing: (pack: Pack) => Promise<void>): Promise<string> {
  const zip = new yazl.ZipFile()
  const hash = createHash('sha256')
  const stop = new AbortController()
  const broken = new Promise<never>((_, reject) => zip.on('error', reject))
  zip.outputStream.on('data', (chunk: Buffer) => hash.update(chunk))
  const written = pipeline(
    zip.outputStream,
    fs.createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
    { signal: stop.signal },
  )
  const pack: Pack = async (name, content, options) => {
    addAbortSignal(stop.signal, content)
    zip.addReadStream(content, name, { mode: 0o100600, ...options })
    await finished(content, { writable: false })
  }
  try {
    await Promise.race([broken, written, packing(pack)])
    zip.end()
    await Promise.race([broken, written])
  } catch (error) {
    stop.abort()
    await written.catch(() => {})
    throw error
  }
  return hash.digest('hex')
}

/**
 * The checkpoint before the tables: one that stands here has its rows in any later snapshot. The
 * files after them: what a table names was whole in its place before its row was written.
 */
async function packAll(sql: Sql, dataFolder: string, pack: Pack): Promise<void> {
  await packCheckpoint(pack, path.join(dataFolder, 'second', 'checkpoints'))
  let size = 0
  // One snapshot for all tables: events, leaves and ticks that belong together.
  await sql.begin('isolation level repeatable read', async (tx) => {
    for (const [table, columns] of [...tables, ...(await keptTables(tx))]) {
      // Its size is not known before it is read.
      const options = { forceZip64Format: true }
      await pack(`tables/${table}`, Readable.from(copyText(tx, table, columns)), options)
      await pack(`columns/${table}`, Readable.from([Buffer.from(columns)]))
    }
    const [row] = await tx`select coalesce(max(index) + 1, 0)::text as size from ledger.ticks`
    size = Number(row.size)
  })
  for (const folder of folders)
    await packFolder(pack, path.join(dataFolder, folder), `data/${folder}`, size)
}

/**
 * A table in PostgreSQL's own text form, page by page. The driver's COPY OUT leaves its connection
 * paused where the last bytes fill a buffer, and hangs; COPY IN, which reads this, does not.
 */
async function* copyText(tx: Tx, table: string, columns: string): AsyncGenerator<string> {
  const names = columns.split(', ')
  const texts = names.map((name) => `(${name})::text as ${name}`).join(', ')
  for await (const rows of tx.unsafe(`select ${texts} from ${table}`).cursor(100))
    yield rows
      .map((row) => `${names.map((name) => copyField(row[name] as string | null)).join('\t')}\n`)
      .join('')
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

function copyField(value: string | null): string {
  return value === null ? '\\N' : value.replace(/[\\\t\n\r]/g, (c) => escapes[c])
}

/** The newest alone: a running server takes older ones away. */
async function packCheckpoint(pack: Pack, folder: string): Promise<void> {
  const newest = fs.existsSync(folder) ? await new CheckpointStore(folder).latest() : null
  if (newest)
    await pack(`data/second/checkpoints/${newest.size}`, Readable.from([Buffer.from(newest.text)]))
}

/**
 * A tile of ticks that came after the snapshot: restored, it would stand where other ticks will
 * be. Other files are named by their content, and one too many harms nothing.
 */
function isBeyond(as: string, size: number): boolean {
  const at = as.indexOf('tile/')
  const tile = at < 0 ? null : parseTilePath(as.slice(at))
  if (!tile) return false
  const level = tile.level === 'entries' ? 0 : tile.level
  return (tile.index + 1) * tileWidth ** (level + 1) > size
}

async function packFolder(pack: Pack, folder: string, as: string, size: number): Promise<void> {
  const entries = await fs.promises.readdir(folder, { withFileTypes: true }).catch(orMissing)
  for (const entry of entries ?? []) {
    const name = `${as}/${entry.name}`
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) await packFolder(pack, file, name, size)
    else if (!entry.name.endsWith('.part') && !isBeyond(name, size))
      await packFile(pack, file, name)
  }
}

/** A file that is removed meanwhile is one that nothing names any more. */
async function packFile(pack: Pack, file: string, as: string): Promise<void> {
  const handle = await fs.promises.open(file).catch(orMissing)
  if (!handle) return
  try {
    const { size, mtime } = await handle.stat()
    const content = handle.createReadStream({ autoClose: false })
    // Sealed bytes do not shrink.
    await pack(as, content, { size, mtime, compress: !as.startsWith('data/files/sealed/') })
  } finally {
    await handle.close()
  }
}

function orMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
