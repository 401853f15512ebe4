import fs from 'node:fs'
import path from 'node:path'
import { reachableDataFolder, startPostgres } from '../infra/embedded/postgres.ts'
import { type Config, ConfigError } from './config.ts'
import { openDemoAuthority } from './identity/demo/authority.ts'
import { DemoIdentities } from './identity/demo/identities.ts'
import { openDemoTrust } from './identity/demo/trust-list.ts'
import {
  platformState,
  platformStream,
  refreshFromEvents,
  stopStatus,
} from './identity/platform/trust.ts'
import { Bus } from './kernel/bus.ts'
import { DatabaseClock } from './kernel/clock.ts'
import {
  type DatabasePlace,
  ensureDatabase,
  migrateDatabase,
  openPool,
  type Sql,
} from './kernel/database.ts'
import { armFault } from './kernel/fault.ts'
import { openKeys } from './kernel/keys.ts'
import { Ledger } from './kernel/ledger.ts'
import { type Logger, makeLogger } from './kernel/logger.ts'
import { Sessions } from './kernel/sessions.ts'
import { Store } from './kernel/store.ts'
import { Folder } from './kernel/streams.ts'
import { removeOlder } from './kernel/whole-file.ts'
import { builtInCalendar, type Platform } from './platform.ts'
import { settle } from './policies.ts'
import { projectAll } from './projections.ts'
import { mindGap } from './service/outage/outages.ts'
import type { Services } from './services.ts'
import { deciderMap } from './streams.ts'
import { HiddenIndex } from './tendering/bid/hidden-index.ts'
import { SignatureSettling } from './tendering/bid/settling.ts'
import { sweepDocumentFiles } from './tendering/uploads/files-of-documents.ts'
import { TradeTimers } from './timers.ts'
import { hasDemo, parseTrustList } from './trust/index.ts'
import { closeFolders } from './vault/files.ts'

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
export async function openDatabase(
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

/** The parts of a platform, put together; nothing runs yet. */
export interface Assembled {
  readonly platform: Platform
  readonly sessions: Sessions
}

/**
 * Puts a platform together on a database that is there and migrated. The command line acts on it
 * as it is: no tick, no timer, so that it may stand beside a running server.
 */
export async function assemble(
  config: Config,
  folder: string,
  place: DatabasePlace,
): Promise<Assembled> {
  fs.mkdirSync(folder, { recursive: true })
  closeFolders(folder)
  const sql = openPool(place)
  await refuseLostKeys(sql, path.join(folder, 'keys'))
  const keys = await openKeys(path.join(folder, 'keys'))
  const clock = new DatabaseClock()
  await clock.calibrate(sql)
  const platform: Platform = {
    config,
    sql,
    keys,
    store: new Store(sql, keys, clock, new Folder(deciderMap)),
    ledger: new Ledger(
      sql,
      keys,
      clock,
      path.join(folder, 'log'),
      path.join(folder, 'second'),
      config.tickMs,
    ),
    bus: new Bus(sql, keys),
    hidden: new HiddenIndex(sql, keys),
    calendar: builtInCalendar,
    folder,
    trust: null,
    origin: config.origin ?? '',
  }
  platform.store.onCommit(
    (tx, view, events) => projectAll(tx, view, events),
    () => {},
  )
  return { platform, sessions: new Sessions(sql, keys) }
}

/** Keys made anew would end the log under its name and leave every sealed row unreadable. */
async function refuseLostKeys(sql: Sql, folder: string): Promise<void> {
  const needed = ['platform', 'hidden.key', 'naming.key', 'log.key']
  const missing = needed.filter((name) => !fs.existsSync(path.join(folder, name)))
  if (missing.length === 0) return
  const [{ used }] = await sql`
    select exists (select from log.events) or exists (select from ledger.ticks) as used`
  if (!used) return
  await sql.end({ timeout: 1 })
  throw new ConfigError(
    `The database is in use, but ${folder} lacks ${missing.join(', ')}. Put the keys back from their own backup.`,
  )
}

/** Starts on a database that is there and migrated; tests call it with their own. */
export async function startOn(
  config: Config,
  folder: string,
  place: DatabasePlace,
  log: Logger,
): Promise<Running> {
  const { platform, sessions } = await assemble(config, folder, place)
  const { sql, store, ledger, bus, hidden } = platform
  if (config.mode === 'production') await refuseDemoParts(platform)
  const signatures = new SignatureSettling(platform)
  const timers = new TradeTimers(
    platform,
    (project) => settleAll(platform, signatures, project),
    log,
  )
  store.onCommit(
    (tx, view, events) => projectAll(tx, view, events),
    (events) => {
      for (const one of events) hidden.learn(one)
      bus.wake(events)
      timers.committed(events)
    },
  )
  ledger.onFailure = (error) =>
    log.error({ part: 'ledger', name: (error as Error).name, message: (error as Error).message })
  // Before all who listen: what they hear of is known by then.
  bus.subscribe((event) => hidden.learn(event))
  bus.onRestart(() => hidden.forgetReady())
  ledger.onGap = (fromMs, untilMs) => mindGap(platform, fromMs, untilMs)
  await bus.start()
  // Read behind the start; whoever needs it earlier waits for it.
  void hidden.ready().catch(() => {})
  await ledger.start()
  const demo = config.mode === 'demo' ? await openDemo(platform) : null
  await refreshFromEvents(platform)
  // Another process may load a list or a calendar.
  const refresh = () =>
    void refreshFromEvents(platform).catch((error) =>
      log.error({ part: 'platform', name: error.name }),
    )
  bus.subscribe(({ stored }) => {
    if (stored.event.stream === platformStream) refresh()
  })
  bus.onRestart(refresh)
  await timers.start()
  void removeOlder(path.join(folder, 'files', 'part'))
  const sweeping = setInterval(() => void sweepDocumentFiles(platform).catch(() => {}), 3_600_000)
  sweeping.unref()
  return {
    platform,
    services: { sessions, demo, seeding: { done: 0, total: 0 } },
    log,
    stop: async () => {
      clearInterval(sweeping)
      signatures.stop()
      stopStatus(platform)
      await timers.stop()
      await ledger.stop()
      await bus.stop()
      await sql.end({ timeout: 5 })
    },
  }
}

/** What falls due by itself, then signatures whose certificate could not be asked for. */
async function settleAll(
  platform: Platform,
  signatures: SignatureSettling,
  project: string,
): Promise<boolean> {
  const atRest = await settle(platform, project)
  await signatures.look(project)
  return atRest
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

/** Production starts with no demo part: identities, authorities, moved clocks, a demo's list. */
export async function refuseDemoParts(platform: Platform): Promise<void> {
  const refuse = async (what: string): Promise<never> => {
    await platform.sql.end({ timeout: 1 })
    throw new ConfigError(`${what}; production refuses to start on it.`)
  }
  const [demo] = await platform.sql`select id from read.parties where is_demo limit 1`
  if (demo) await refuse('This database holds demo identities')
  const [moved] = await platform.sql`
    select project from log.clocks where offset_ms <> 0 or frozen_at is not null limit 1`
  if (moved) await refuse('A trade clock of this database was moved')
  const keys = fs.readdirSync(path.join(platform.folder, 'keys'))
  if (keys.some((f) => f.startsWith('demo'))) await refuse('The key folder holds a demo authority')
  const { trustList } = await platformState(platform)
  if (trustList && hasDemo(parseTrustList(Buffer.from(trustList.bytes, 'base64url'))))
    await refuse('The trust list in force names a demo authority')
}
