import { b64u, fromB64u } from '../../formats/bytes.ts'
import { eventDigest, type LedgerEvent, type LogKey, verifyProof } from '../../log/index.ts'
import { type BagFiles, hasFile, readJsonFile, readText } from './bag.ts'
import type { Report } from './report.ts'

/** An event of the bag; withheld ones show their digest alone, which keeps the chain whole. */
export interface BagEvent {
  readonly path: string
  readonly stream: string
  readonly version: number
  readonly event: LedgerEvent | null
  readonly digest: string
  /** Tick of the event's leaf by the log, ms; null where its proof does not hold. */
  readonly tickMs: number | null
}

interface EventFile {
  readonly event?: LedgerEvent
  readonly salt?: string
  readonly digest?: string
}

const eventPath = /^data\/events\/(.+)\/(\d{6})\.json$/

/** `kind/id` of a path as the stream that it holds. */
const streamOf = (path: string): string => path.replace('/', ':')

const backdatedMs = 5000

/**
 * Every event against the log: its digest, its place in its stream, its proof under a signed
 * checkpoint, and that it was not dated before its tick.
 */
export async function checkLedger(
  files: BagFiles,
  keys: readonly LogKey[],
  kind: 'full' | 'public',
  report: Report,
): Promise<BagEvent[]> {
  const events: BagEvent[] = []
  const paths = files.paths.filter((p) => eventPath.test(p)).sort()
  for (const path of paths) {
    const [, folder, number] = eventPath.exec(path) as RegExpExecArray
    const stream = streamOf(folder)
    const version = Number(number)
    const found = await checkEvent(files, keys, { path, stream, version }, report)
    if (found) events.push(found)
    if (found && !found.event && kind === 'public') report.withhold('ledger')
  }
  checkChains(events, paths, report)
  return events
}

async function checkEvent(
  files: BagFiles,
  keys: readonly LogKey[],
  place: { path: string; stream: string; version: number },
  report: Report,
): Promise<BagEvent | null> {
  const file = await readJsonFile<EventFile>(files, place.path)
  const parts = Object.keys(file ?? {})
    .sort()
    .join()
  if (!file || (parts !== 'digest' && parts !== 'event,salt')) {
    report.fail('ledger', 'event-unreadable', place)
    return null
  }
  let digest: Uint8Array
  try {
    digest = file.event
      ? eventDigest(file.event, fromB64u(file.salt ?? '', 32))
      : fromB64u(file.digest ?? '', 32)
  } catch {
    report.fail('ledger', 'event-unreadable', place)
    return null
  }
  const tickMs = await checkProof(files, keys, place, digest, file.event ?? null, report)
  const one = { ...place, digest: b64u(digest), tickMs }
  if (file.event && !hasForm(file.event)) {
    report.fail('ledger', 'event-unreadable', place)
    return { ...one, event: null }
  }
  if (file.event && (file.event.stream !== place.stream || file.event.version !== place.version))
    report.fail('ledger', 'event-misplaced', place, {
      expected: `${place.stream} ${place.version}`,
      found: `${file.event.stream} ${file.event.version}`,
    })
  return { ...one, event: file.event ?? null }
}

/** Whether what stands there as an event has the parts that every reader of one takes for granted. */
function hasForm(event: Partial<LedgerEvent>): boolean {
  const { stream, type, at, recordedAt, data } = event
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  return isObject && [stream, type, at, recordedAt].every((text) => typeof text === 'string')
}

async function checkProof(
  files: BagFiles,
  keys: readonly LogKey[],
  place: { path: string; stream: string; version: number },
  digest: Uint8Array,
  event: LedgerEvent | null,
  report: Report,
): Promise<number | null> {
  const proofPath = place.path.replace(/\.json$/, '.tlog-proof')
  if (!hasFile(files, proofPath)) {
    report.fail('ledger', 'proof-missing', { ...place, path: proofPath })
    return null
  }
  const verdict = verifyProof(await readText(files, proofPath), digest, keys)
  for (const code of verdict.problems)
    report.fail('ledger', code, {
      ...place,
      path: proofPath,
      ...(verdict.checkpoint ? { size: verdict.checkpoint.size } : {}),
    })
  if (verdict.problems.length > 0) return null
  const tickMs = verdict.entry?.atMs ?? null
  if (event && tickMs !== null && tickMs - Date.parse(event.recordedAt) > backdatedMs)
    report.fail('ledger', 'backdated', place, {
      expected: `recorded within ${backdatedMs} ms of ${new Date(tickMs).toISOString()}`,
      found: event.recordedAt,
      fault: 'platform',
    })
  else report.pass('ledger')
  return tickMs
}

/** Versions run from 0 without a gap, and each event names the digest before it. */
function checkChains(events: readonly BagEvent[], paths: readonly string[], report: Report): void {
  const streams = new Map<string, BagEvent[]>()
  for (const e of events) streams.set(e.stream, [...(streams.get(e.stream) ?? []), e])
  if (streams.size === 0 && paths.length === 0) report.fail('ledger', 'no-events', {})
  for (const [stream, chain] of streams) {
    let prev: string | null = null
    for (const [i, one] of chain.entries()) {
      const place = { stream, version: one.version, path: one.path }
      if (one.version !== i)
        report.fail('ledger', 'stream-chain-broken', place, { expected: i, found: one.version })
      else if (one.event && one.event.prev !== prev)
        report.fail('ledger', 'stream-chain-broken', place, {
          expected: prev,
          found: one.event.prev,
        })
      else report.pass('ledger')
      prev = one.digest
    }
  }
}
