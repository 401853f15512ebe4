import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import yazl from 'yazl'
import { type DatabasePlace, openOwner, type Tx } from '../kernel/database.ts'
import { CheckpointStore } from '../kernel/log-files.ts'
import { parseTilePath, tileWidth } from '../log/index.ts'

/**
 * Backup and restore of a whole platform: one zip of every table, the files and the log's tiles. The
 * keys are not in it: they are backed up apart, since whoever has both reads what is sealed. A
 * restore refuses a database that holds events, and the platform then refuses to sign where the
 * second store knows a newer checkpoint.
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
const folders = ['files', 'sealed', 'log', 'second/tiles']

export class BackupError extends Error {}

/** Further tables of the schema `work` that a room keeps and a backup needs. */
async function keptTables(sql: Tx): Promise<[string, string][]> {
  const rows = await sql`
    select c.table_schema || '.' || c.table_name as name,
      string_agg(c.column_name, ', ' order by c.ordinal_position) as columns
    from information_schema.columns c
    where c.table_schema = 'work'
      and c.table_name not in ('sessions', 'challenges', 'live_cursor', 'acts', 'live', 'settings')
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
  const zip = new yazl.ZipFile()
  const scratch = fs.mkdtempSync(`${to}.part-`)
  let size = 0
  try {
    // Before the tables: a checkpoint that stands here has its rows in any later snapshot.
    await addCheckpoint(zip, path.join(dataFolder, 'second', 'checkpoints'))
    // One snapshot for all tables: events, leaves and ticks that belong together.
    await sql.begin('isolation level repeatable read', async (tx) => {
      for (const [table, columns] of [...tables, ...(await keptTables(tx))]) {
        const file = path.join(scratch, table)
        await pipeline(Readable.from(copyText(tx, table, columns)), fs.createWriteStream(file))
        zip.addFile(file, `tables/${table}`)
        zip.addBuffer(Buffer.from(columns), `columns/${table}`)
      }
      const [row] = await tx`select coalesce(max(index) + 1, 0)::text as size from ledger.ticks`
      size = Number(row.size)
    })
    for (const folder of folders)
      addFolder(zip, path.join(dataFolder, folder), `data/${folder}`, size)
    zip.end()
    const part = path.join(scratch, 'zip')
    const hash = createHash('sha256')
    const out = fs.createWriteStream(part)
    zip.outputStream.on('data', (chunk: Buffer) => hash.update(chunk))
    await pipeline(zip.outputStream, out)
    fs.renameSync(part, to)
    return { bytes: fs.statSync(to).size, sha256: hash.digest('hex') }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true })
    await sql.end()
  }
}

/**
 * A table in PostgreSQL's own text form, page by page. The driver's COPY OUT leaves its connection
 * paused where the last bytes fill a buffer, and hangs; COPY IN, which reads this, does not.
 */
async function* copyText(tx: Tx, table: string, columns: string): AsyncGenerator<string> {
  const names = columns.split(', ')
  const texts = names.map((name) => `(${name})::text as ${name}`).join(', ')
  for await (const rows of tx.unsafe(`select ${texts} from ${table}`).cursor(500))
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
async function addCheckpoint(zip: yazl.ZipFile, folder: string): Promise<void> {
  const newest = fs.existsSync(folder) ? await new CheckpointStore(folder).latest() : null
  if (newest) zip.addBuffer(Buffer.from(newest.text), `data/second/checkpoints/${newest.size}`)
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

function addFolder(zip: yazl.ZipFile, folder: string, as: string, size: number): void {
  if (!fs.existsSync(folder)) return
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) addFolder(zip, file, `${as}/${entry.name}`, size)
    else if (!entry.name.endsWith('.part') && !isBeyond(`${as}/${entry.name}`, size))
      zip.addFile(file, `${as}/${entry.name}`)
  }
}

/** Fills an empty, migrated database and data folder from a backup. */
export async function restore(
  place: DatabasePlace,
  dataFolder: string,
  from: string,
): Promise<{ events: number }> {
  const sql = openOwner(place)
  try {
    const [{ n }] = await sql`select count(*)::int as n from log.events`
    if (n > 0) throw new BackupError('The database holds events; a restore needs an empty one.')
    const entries = await unzip(from)
    for (const [name, read] of entries) {
      if (name.startsWith('data/')) {
        const file = path.join(dataFolder, path.normalize(name.slice(5)))
        if (!file.startsWith(dataFolder)) throw new BackupError(`${name} lies outside the folder`)
        fs.mkdirSync(path.dirname(file), { recursive: true })
        fs.writeFileSync(file, await read())
      }
    }
    for (const [name, read] of entries) {
      if (!name.startsWith('tables/')) continue
      const table = name.slice('tables/'.length)
      const columns = (await entries.get(`columns/${table}`)?.())?.toString('utf8')
      const sink = await sql.unsafe(`copy ${table} (${columns}) from stdin`).writable()
      await pipeline(Readable.from([await read()]), sink)
    }
    await sql`select setval(pg_get_serial_sequence('log.events', 'position'),
      coalesce((select max(position) from log.events), 0) + 1, false)`
    const [{ events }] = await sql`select count(*)::int as events from log.events`
    return { events }
  } finally {
    await sql.end()
  }
}

function unzip(file: string): Promise<Map<string, () => Promise<Buffer>>> {
  const found = new Map<string, () => Promise<Buffer>>()
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error || !zip) return reject(new BackupError(`${file}: ${error?.message}`))
      zip.on('entry', (entry: yauzl.Entry) => {
        found.set(
          entry.fileName,
          () =>
            new Promise((done, fail) =>
              zip.openReadStream(entry, (e, stream) => {
                if (e || !stream) return fail(e)
                const parts: Buffer[] = []
                stream.on('data', (part: Buffer) => parts.push(part))
                stream.on('end', () => done(Buffer.concat(parts)))
                stream.on('error', fail)
              }),
            ),
        )
        zip.readEntry()
      })
      zip.on('end', () => resolve(found))
      zip.readEntry()
    })
  })
}
