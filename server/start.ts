import fs from 'node:fs'
import path from 'node:path'
import { reachableDataFolder, startPostgres } from '../infra/embedded/postgres.ts'
import { type Config, ConfigError } from './config.ts'
import { DemoIdentities } from './identity/demo/identities.ts'
import { openDemoAuthority } from './identity/demo/authority.ts'
import { openDemoTrust } from './identity/demo/trust-list.ts'
import { Bus } from './kernel/bus.ts'
import { DatabaseClock } from './kernel/clock.ts'
import {
  type DatabasePlace,
  ensureDatabase,
  migrateDatabase,
  openPool,
} from './kernel/database.ts'
import { armFault } from './kernel/fault.ts'
import { HiddenIndex } from './kernel/hidden.ts'
import { openKeys } from './kernel/keys.ts'
import { Ledger } from './kernel/ledger.ts'
import { type Logger, makeLogger } from './kernel/logger.ts'
import { Sessions } from './kernel/sessions.ts'
import { Store } from './kernel/store.ts'
import { Folder } from './kernel/streams.ts'
import { builtInCalendar, type Platform } from './platform.ts'
import { settle } from './policies.ts'
import { projectAll } from './projections.ts'
import type { Services } from './services.ts'
import { deciderMap } from './streams.ts'
import { TradeTimers } from './timers.ts'

/** A running platform without its HTTP side. */
export interface Running {
  readonly platform: Platform
  readonly services: Services
  readonly log: Logger
  stop(): Promise<void>
}

/** Data folder of this start: as set, else `.data` in the project where the database reaches it. */
export function dataFolder(config: Config, project: string): string {
  return reachableDataFolder(config.dataFolder ?? path.join(project, '.data'))
}

/** Opens or starts the database, migrated. */
async function openDatabase(
  config: Config,
  folder: string,
  project: string,
): Promise<{ place: DatabasePlace; stop: () => Promise<void> }> {
  if (config.databaseUrl) {
    const place = { url: config.databaseUrl }
    await migrateDatabase(place, path.join(project, 'db'))
    return { place, stop: async () => {} }
  }
  const server = await startPostgres({ folder: path.join(folder, 'pg') })
  const place = { socketFolder: server.socketFolder, database: 'yangguang' }
  await ensureDatabase(server.socketFolder, place.database)
  await migrateDatabase(place, path.join(project, 'db'))
  return { place, stop: () => server.stop() }
}

/**
 * Starts everything but HTTP: database, keys, store, ledger, bus, timers.
 * @param project folder of the checkout
 */
export async function startPlatform(config: Config, project: string): Promise<Running> {
  armFault(config.fault)
  const log = makeLogger(config.logLevel)
  const folder = dataFolder(config, project)
  const database = await openDatabase(config, folder, project)
  const running = await startOn(config, folder, database.place, log)
  return {
    ...running,
    stop: async () => {
      await running.stop()
      await database.stop()
    },
  }
}

/** Starts on a database that is there and migrated; tests call it with their own. */
export async function startOn(
  config: Config,
  folder: string,
  place: DatabasePlace,
  log: Logger,
): Promise<Running> {
  fs.mkdirSync(folder, { recursive: true })
  const sql = openPool(place)
  const keys = openKeys(path.join(folder, 'keys'))
  const clock = new DatabaseClock()
  await clock.calibrate(sql)
  const store = new Store(sql, keys, clock, new Folder(deciderMap))
  const ledger = new Ledger(
    sql,
    keys,
    clock,
    path.join(folder, 'log'),
    path.join(folder, 'second'),
    config.tickMs,
  )
  const bus = new Bus(sql, keys)
  const hidden = new HiddenIndex(sql, keys)
  const platform: Platform = {
    config,
    sql,
    keys,
    store,
    ledger,
    bus,
    hidden,
    calendar: builtInCalendar,
    folder,
    trust: null,
    origin: config.origin ?? '',
  }
  const timers = new TradeTimers(platform, (project) => settle(platform, project), log)
  store.onCommit(
    (tx, view, events) => projectAll(tx, view, events),
    (events) => {
      bus.wake()
      timers.committed(events)
    },
  )
  ledger.onFailure = (error) => log.error({ part: 'ledger', name: (error as Error).name, message: (error as Error).message })
  await bus.start()
  await ledger.start()
  const demo = config.mode === 'demo' ? await openDemo(platform) : null
  if (config.mode === 'production') await refuseDemoParts(platform)
  await timers.start()
  return {
    platform,
    services: { sessions: new Sessions(sql, keys), demo, seeding: { done: 0, total: 0 } },
    log,
    stop: async () => {
      await timers.stop()
      await ledger.stop()
      await bus.stop()
      await sql.end({ timeout: 5 })
    },
  }
}

async function openDemo(platform: Platform): Promise<DemoIdentities> {
  const folder = path.join(platform.folder, 'keys')
  const now = () => platform.store.clock.nowMs()
  const [p256, rsa] = await Promise.all([
    openDemoAuthority(folder, 'p256', now),
    openDemoAuthority(folder, 'rsa', now),
  ])
  platform.trust = await openDemoTrust(folder, platform.keys.platform, [p256, rsa], now)
  return new DemoIdentities(platform, { p256, rsa })
}

/** Production starts with no demo part: identities, authorities, moved clocks. */
async function refuseDemoParts(platform: Platform): Promise<void> {
  const [demo] = await platform.sql`select id from read.parties where is_demo limit 1`
  if (demo) throw new ConfigError('This database holds demo identities; production refuses to start on it.')
  const [moved] = await platform.sql`
    select project from log.clocks where offset_ms <> 0 or frozen_at is not null limit 1`
  if (moved) throw new ConfigError('A trade clock of this database was moved; production refuses to start on it.')
  const authority = fs.readdirSync(path.join(platform.folder, 'keys')).find((f) => f.startsWith('demo'))
  if (authority) throw new ConfigError('The key folder holds a demo authority; production refuses to start on it.')
}
