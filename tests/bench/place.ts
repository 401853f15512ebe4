import fs from 'node:fs'
import path from 'node:path'
import { reachableDataFolder, startPostgres } from '../../infra/embedded/postgres.ts'
import { readConfig } from '../../server/config.ts'
import {
  ensureDatabase,
  migrateDatabase,
  openPool,
  type Sql,
} from '../../server/kernel/database.ts'
import { makeLogger } from '../../server/kernel/logger.ts'
import { type Running, startOn } from '../../server/start.ts'

/** A platform of its own for one bench, on a durable PostgreSQL; `end` removes all of it. */
export interface BenchPlace {
  readonly running: Running
  readonly sql: Sql
  readonly folder: string
  end(): Promise<void>
}

export async function benchPlace(): Promise<BenchPlace> {
  const project = process.env.YANGGUANG_PROJECT ?? process.cwd()
  const root = fs.mkdtempSync(fs.existsSync('/var/tmp') ? '/var/tmp/yg-bench-' : 'yg-bench-')
  fs.chmodSync(root, 0o755)
  const folder = reachableDataFolder(root)
  const server = await startPostgres({ folder: path.join(folder, 'pg'), maxConnections: 100 })
  const place = { socketFolder: server.socketFolder, database: 'bench' }
  await ensureDatabase(server.socketFolder, place.database)
  await migrateDatabase(place, path.join(project, 'db'))
  const config = readConfig({ YANGGUANG_SEED: 'none', YANGGUANG_LOG: 'silent' })
  const running = await startOn(config, path.join(folder, 'files'), place, makeLogger('silent'))
  const sql = openPool(place)
  return {
    running,
    sql,
    folder,
    end: async () => {
      await running.stop()
      await sql.end({ timeout: 5 })
      await server.stop()
      fs.rmSync(root, { recursive: true, force: true })
    },
  }
}
