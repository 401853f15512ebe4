import fs from 'node:fs'
import path from 'node:path'
import { type Config, ConfigError } from '../config.ts'
import type { DatabasePlace } from '../kernel/database.ts'
import type { Platform } from '../platform.ts'
import { assemble, dataFolder, openDatabase } from '../start.ts'

/** What a command works on: the database of this configuration, and the data folder. */
export interface Workplace {
  readonly place: DatabasePlace
  readonly folder: string
}

/** Runs on the database: the embedded one is started for it, so the server must be down then. */
export async function withDatabase<T>(
  config: Config,
  project: string,
  run: (at: Workplace) => Promise<T>,
): Promise<T> {
  const folder = dataFolder(config, project)
  const database = await openDatabase(config, folder, project)
  try {
    return await run({ place: database.place, folder })
  } finally {
    await database.stop()
  }
}

/**
 * Runs on a platform that is put together but does not tick: beside a running server its acts are
 * seen there at once.
 * @param isReading appends no event: then a database behind what was signed will do
 * @throws ConfigError where the database is behind what the platform has signed
 */
export async function withPlatform<T>(
  config: Config,
  project: string,
  run: (platform: Platform) => Promise<T>,
  isReading = false,
): Promise<T> {
  return withDatabase(config, project, async ({ place, folder }) => {
    const { platform } = await assemble(config, folder, place)
    try {
      platform.origin = config.origin ?? `http://localhost:${config.port}`
      if (!isReading) await platform.ledger.inspect()
      if (platform.ledger.behind) throw new ConfigError(platform.ledger.behind)
      return await run(platform)
    } finally {
      await platform.sql.end({ timeout: 5 })
    }
  })
}

/**
 * Empties the data folder of a demo.
 * @throws ConfigError in production, and where a server runs on it
 */
export function resetDemo(config: Config, project: string): string {
  if (config.mode !== 'demo')
    throw new ConfigError('reset is for the demo only; nothing was removed')
  if (config.databaseUrl)
    throw new ConfigError(
      'reset empties the embedded database; drop the one of DATABASE_URL yourself',
    )
  const folder = dataFolder(config, project)
  const pidFile = path.join(folder, 'pg', 'postmaster.pid')
  const pid = fs.existsSync(pidFile) ? Number(fs.readFileSync(pidFile, 'utf8').split('\n')[0]) : 0
  if (pid > 0 && isRunning(pid))
    throw new ConfigError(`A server runs on ${folder}; end it first. Nothing was removed.`)
  for (const entry of fs.readdirSync(folder))
    fs.rmSync(path.join(folder, entry), { recursive: true, force: true })
  return folder
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
