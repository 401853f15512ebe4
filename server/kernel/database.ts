import fs from 'node:fs'
import path from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

export type Sql = postgres.Sql
export type Tx = postgres.TransactionSql

/** Where the database is: a socket folder (embedded) or a connection string. */
export type DatabasePlace =
  | { readonly socketFolder: string; readonly database: string }
  | { readonly url: string }

/** After a connection has ended the next is tried at once, then ever later, up to a second. */
const backoff = (tries: number): number => Math.min(0.02 * 2 ** tries, 1)
const quiet = { onnotice: () => {}, backoff }

function connect(place: DatabasePlace, options: postgres.Options<Record<string, never>>): Sql {
  return 'url' in place
    ? connectTo(place.url, options)
    : postgres({
        host: place.socketFolder,
        user: 'postgres',
        database: place.database,
        ...quiet,
        ...options,
      })
}

/** A connection string may name a socket's folder, `?host=/run/postgresql`, as libpq reads it. */
function connectTo(text: string, options: postgres.Options<Record<string, never>>): Sql {
  const url = new URL(text)
  const folder = url.searchParams.get('host')
  if (!folder?.startsWith('/')) return postgres(text, { ...quiet, ...options })
  url.searchParams.delete('host')
  return postgres(url.toString(), { host: folder, ...quiet, ...options })
}

/**
 * The application's pool, under the role that may not change an event. Long statements end by
 * themselves: they would hold the horizon behind which the ledger reads.
 */
export function openPool(place: DatabasePlace, size = 12): Sql {
  return connect(place, {
    max: size,
    connection: {
      role: 'yangguang_app',
      statement_timeout: 5000,
      idle_in_transaction_session_timeout: 5000,
      application_name: 'yangguang',
    } as postgres.Options<Record<string, never>>['connection'],
  })
}

/** A pool of the owner, for migrations, backup and tests. */
export function openOwner(place: DatabasePlace, size = 1): Sql {
  return connect(place, { max: size, connection: { application_name: 'yangguang-owner' } })
}

/**
 * Brings the database to the newest form and sets the grants. Several processes may start at once:
 * a lock lets one work while the others wait.
 * @param folder the project's `db` folder
 */
export async function migrateDatabase(place: DatabasePlace, folder: string): Promise<void> {
  const sql = openOwner(place)
  try {
    await sql`select pg_advisory_lock(727001)`
    await migrate(drizzle(sql), { migrationsFolder: path.join(folder, 'migrations') })
    await sql.unsafe(fs.readFileSync(path.join(folder, 'roles.sql'), 'utf8'))
  } finally {
    await sql.end()
  }
}

/** Makes a database of that name where there is none. */
export async function ensureDatabase(socketFolder: string, database: string): Promise<void> {
  const sql = openOwner({ socketFolder, database: 'postgres' })
  try {
    const found = await sql`select from pg_database where datname = ${database}`
    if (found.length === 0) await sql.unsafe(`create database "${database}"`)
  } finally {
    await sql.end()
  }
}
