import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '../../infra/embedded/postgres.ts'
import { ensureDatabase, migrateDatabase } from '../../server/kernel/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    socketFolder: string
  }
}

/** One PostgreSQL for all integration tests, with a migrated template that each file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = fs.mkdtempSync(
    path.join(fs.existsSync('/var/tmp') ? '/var/tmp' : os.tmpdir(), 'yg-test-'),
  )
  fs.chmodSync(root, 0o755)
  const server = await startPostgres({
    folder: path.join(root, 'pg'),
    durable: false,
    maxConnections: 200,
  })
  await ensureDatabase(server.socketFolder, 'template_yangguang')
  await migrateDatabase(
    { socketFolder: server.socketFolder, database: 'template_yangguang' },
    path.resolve('db'),
  )
  project.provide('socketFolder', server.socketFolder)
  return async () => {
    await server.stop()
    fs.rmSync(root, { recursive: true, force: true })
  }
}
