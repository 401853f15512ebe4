import fs from 'node:fs'
import path from 'node:path'
import { fromB64u } from '../../formats/bytes.ts'
import { FormatError } from '../../formats/problem.ts'
import { calendarOf } from '../../kernel/calendar.ts'
import { builtInYears, type CalendarYear } from '../../kernel/calendar-data.ts'
import type { Actor } from '../../kernel/decider.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actOf, type Platform } from '../../platform.ts'
import {
  type AcceptedList,
  acceptTrustList,
  certSha256,
  hasDemo,
  parseTrustList,
  TrustError,
  type TrustList,
  trustListSha256,
} from '../../trust/index.ts'
import type { TrustState } from '../trust-state.ts'
import type { LoadedList, State } from './decider.ts'
import { type FetchOptions, fetchStatus } from './fetch-status.ts'

export const platformStream = 'platform:platform'

export async function platformState(platform: Platform): Promise<State> {
  return (await platform.store.stream(platformStream)).state as State
}

/** A trust list as an administrator hands it in: canonical bytes and two signatures, base64url. */
export interface ListFile {
  readonly trustList: string
  readonly signatures: readonly string[]
}

/**
 * Loads the next trust list. The first is vouched for by whoever loads it on the server itself: its
 * own keys count then, and their digests are shown.
 * @throws ProblemError `trust-list-…`
 */
export async function loadTrustList(
  platform: Platform,
  file: ListFile,
  actor: Actor,
  isConsole: boolean,
): Promise<{ sequence: number; sha256: string; listKeys: string[] }> {
  const before = (await platformState(platform)).trustList
  if (!before && !isConsole) throw new ProblemError('trust-list-first-by-console')
  const previous = before ? acceptedOf(before) : undefined
  const { list, accepted } = await accept(file, previous)
  const loaded: LoadedList = {
    sequence: list.sequence,
    previous: list.previous,
    sha256: accepted.sha256,
    bytes: file.trustList,
    signatures: file.signatures,
  }
  await actOf(platform, {
    kind: 'platform',
    id: 'platform',
    project: null,
    actor,
    command: {
      type: 'loadTrustList',
      list: loaded,
      isDemo: hasDemo(list),
      platforms: list.platforms.map((p) => p.id),
    },
  })
  await refreshFromEvents(platform)
  return {
    sequence: list.sequence,
    sha256: accepted.sha256,
    listKeys: list.listKeys.map((key) => certSha256(fromB64u(key))),
  }
}

async function accept(
  file: ListFile,
  previous: AcceptedList | undefined,
): Promise<{ list: TrustList; accepted: AcceptedList }> {
  try {
    const bytes = fromB64u(file.trustList)
    const list = parseTrustList(bytes)
    const pinned = list.listKeys.map((key) => certSha256(fromB64u(key)))
    const signatures = file.signatures.map((s) => fromB64u(s))
    return { list, accepted: await acceptTrustList(bytes, signatures, { previous, pinned }) }
  } catch (error) {
    if (error instanceof TrustError) throw new ProblemError(error.slug)
    if (error instanceof FormatError) throw new ProblemError('trust-list-signature-bad')
    throw error
  }
}

/** A list of the log was accepted when it was loaded. */
function acceptedOf(loaded: LoadedList): AcceptedList {
  const bytes = fromB64u(loaded.bytes)
  return { list: parseTrustList(bytes), sha256: trustListSha256(bytes) }
}

/** Working days by year: what was loaded goes before what the platform starts with. */
export function calendarsInForce({ calendars }: State): CalendarYear[] {
  const known = new Set(calendars.map((c) => c.year))
  const all = [...builtInYears.filter((y) => !known.has(y.year)), ...calendars]
  return all.sort((a, b) => a.year - b.year)
}

const caches = new WeakMap<Platform, StatusCache>()

/** Brings trust list and calendar to what the platform's stream says now. */
export async function refreshFromEvents(platform: Platform): Promise<void> {
  const state = await platformState(platform)
  const { trustList } = state
  platform.calendar = calendarOf(calendarsInForce(state))
  if (platform.config.mode !== 'production' || !trustList) return
  if (platform.trust?.accepted.sha256 === trustList.sha256) return
  const accepted = acceptedOf(trustList)
  caches.get(platform)?.stop()
  const cache = new StatusCache(accepted.list, path.join(platform.folder, 'crl'))
  caches.set(platform, cache)
  platform.trust = {
    accepted,
    bytes: fromB64u(trustList.bytes),
    signatures: trustList.signatures.map((s) => fromB64u(s)),
    crls: (fresh) => cache.lists(fresh),
  } satisfies TrustState
}

/** Ends the prefetching of a platform that stops. */
export function stopStatus(platform: Platform): void {
  caches.get(platform)?.stop()
}

const refreshMs = 10 * 60_000
/** A service that hangs at the worst time keeps nobody waiting longer than this. */
const patienceMs = 2000

/**
 * Revocation lists of every listed service, fetched ahead for all alike: no question to an authority
 * tells who signs. Files that an administrator put into the folder stand beside them.
 */
export class StatusCache {
  private readonly list: TrustList
  private readonly folder: string
  private readonly options: FetchOptions
  private readonly fetched = new Map<string, Buffer>()
  private running: Promise<void> | null = null
  private readonly timer: NodeJS.Timeout

  constructor(list: TrustList, folder: string, options: FetchOptions = {}) {
    this.list = list
    this.folder = folder
    this.options = options
    this.timer = setInterval(() => void this.refresh(), refreshMs)
    this.timer.unref()
    void this.refresh()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private urls(): string[] {
    const services = this.list.authorities.flatMap((a) => a.services)
    const crl = services.filter((s) => s.revocation.modes.includes('crl'))
    return [...new Set(crl.flatMap((s) => s.revocation.urls))]
  }

  /** Asks every service once; what fails leaves the last answer, which ages by itself. */
  refresh(): Promise<void> {
    this.running ??= this.fetchAll().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async fetchAll(): Promise<void> {
    const urls = this.urls()
    await Promise.all(
      urls.map((url) =>
        fetchStatus(url, urls, this.options).then(
          (bytes) => void this.fetched.set(url, bytes),
          () => {},
        ),
      ),
    )
  }

  /** @param fresh waits for the answers of a round that begins now */
  async lists(fresh = false): Promise<Uint8Array[]> {
    if (fresh) {
      await this.running
      await this.refresh()
    } else if (this.running)
      await Promise.race([this.running, new Promise((r) => setTimeout(r, patienceMs).unref())])
    return [...this.fetched.values(), ...this.files()]
  }

  private files(): Buffer[] {
    if (!fs.existsSync(this.folder)) return []
    return fs
      .readdirSync(this.folder)
      .filter((name) => /\.(crl|der)$/.test(name))
      .map((name) => fs.readFileSync(path.join(this.folder, name)))
  }
}
