import fs from 'node:fs'
import path from 'node:path'
import { serve } from '@hono/node-server'
import { reachableDataFolder, startPostgres } from '../../infra/embedded/postgres.ts'
import { makeApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import {
  ensureDatabase,
  migrateDatabase,
  openOwner,
  openPool,
  type Sql,
} from '../../server/kernel/database.ts'
import { makeLogger } from '../../server/kernel/logger.ts'
import { mountPages } from '../../server/service/pages/pages.ts'
import { type Running, startOn } from '../../server/start.ts'

/** A platform of its own for one bench, on a durable PostgreSQL; `end` removes all of it. */
export interface BenchPlace {
  readonly running: Running
  readonly sql: Sql
  /** The owner's pool: bare tables, rows put in by the thousand. */
  readonly owner: Sql
  readonly folder: string
  end(): Promise<void>
}

export const projectFolder = (): string => process.env.YANGGUANG_PROJECT ?? process.cwd()

/** A folder that PostgreSQL's account can reach; whoever makes it removes it. */
export function benchFolder(): string {
  const root = fs.mkdtempSync(fs.existsSync('/var/tmp') ? '/var/tmp/yg-bench-' : 'yg-bench-')
  fs.chmodSync(root, 0o755)
  return reachableDataFolder(root)
}

/** @param before puts rows and files there before the platform starts on them */
export async function benchPlace(
  before: (at: { folder: string; owner: Sql }) => Promise<void> = async () => {},
): Promise<BenchPlace> {
  const folder = benchFolder()
  const server = await startPostgres({ folder: path.join(folder, 'pg'), maxConnections: 100 })
  const place = { socketFolder: server.socketFolder, database: 'bench' }
  await ensureDatabase(server.socketFolder, place.database)
  await migrateDatabase(place, path.join(projectFolder(), 'db'))
  // All clients of a bench come from one source.
  const env = { YANGGUANG_SEED: 'none', YANGGUANG_LOG: 'silent', YANGGUANG_STREAMS: '100000' }
  const config = readConfig(env)
  const owner = openOwner(place, 4)
  const files = path.join(folder, 'files')
  await before({ folder: files, owner })
  const running = await startOn(config, files, place, makeLogger('silent'))
  const sql = openPool(place)
  return {
    running,
    sql,
    owner,
    folder,
    end: async () => {
      await running.stop()
      await sql.end({ timeout: 5 })
      await owner.end({ timeout: 5 })
      await server.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Opens a place's HTTP side on loopback, with the pages of a folder where there are some. */
export async function serveHttp(
  { running }: Pick<BenchPlace, 'running'>,
  pages = '',
): Promise<{ url: string; close(): void }> {
  const { platform, services, log } = running
  const app = makeApp(platform, services, log)
  if (pages) mountPages(app, platform, pages)
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(
    (resolve) => {
      const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
        resolve({ server: made, port: info.port }),
      )
    },
  )
  platform.origin = `http://localhost:${port}`
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}
