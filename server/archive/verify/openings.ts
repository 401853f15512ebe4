import { b64u, equal, fromB64u } from '../../formats/bytes.ts'
import { canonicalize, type Json } from '../../formats/jcs.ts'
import { sideDigest } from '../../log/index.ts'
import {
  type Envelope,
  type FileList,
  headerHash,
  isHeaderOpenable,
  OpeningError,
  openFile,
  openWithFilesKey,
  openWithQuotationKey,
  p256Suite,
  parseEnvelope,
  releasedKeys,
  type Suite,
  smSuite,
} from '../../sealing/index.ts'
import { type BagFiles, type BagInfo, readJsonFile, readWhole } from './bag.ts'
import type { BagEvent } from './events.ts'
import type { Place, Report } from './report.ts'
import type { VerifiedAct } from './signatures.ts'

/** A bid as the opening's event tells of it. */
export interface OpenedRow {
  readonly lot: string
  readonly party: string
  /** Digest of the secret side row: s, the list's key, the files' keys. */
  readonly side?: string
  readonly outcome: 'opened' | 'notOpened'
  readonly quotationKey?: string
  readonly quotation?: Json
  readonly problem?: string
  readonly fault?: 'bidder' | 'platform' | 'other' | null
}

interface OpeningFile {
  readonly quotationKey?: string
  readonly filesKey?: string
  readonly s?: string
}

const suites: readonly Suite[] = [p256Suite, smSuite]

/** Opened bids of the lot, by the one event that published them. */
export function openedRows(events: readonly BagEvent[], lot: string): OpenedRow[] {
  const opened = events.find((e) => e.event?.type === 'BidsOpened')
  const { rows } = (opened?.event?.data ?? { rows: [] }) as unknown as { rows: OpenedRow[] }
  return rows.filter((row) => row.lot === lot)
}

/** The last submission of each bidder: its event, and where its envelope lies. */
interface Submission {
  readonly event: BagEvent
  readonly act: VerifiedAct | null
  readonly folder: string
}

function submissionsOf(
  events: readonly BagEvent[],
  acts: readonly VerifiedAct[],
): Map<string, Submission> {
  const found = new Map<string, Submission>()
  for (const event of events) {
    const type = event.event?.type
    if (type !== 'BidSubmitted' && type !== 'BidReplaced') continue
    const party = (event.event as unknown as { actor: { party: string } }).actor.party
    found.set(party, {
      event,
      act: acts.find((a) => a.event === event) ?? null,
      folder: `data/bids/${event.stream.slice(4)}`,
    })
  }
  return found
}

/**
 * Every opened price against the sealed bytes that its bidder signed: the envelope is the one the
 * act names, carries a valid openability proof for this bidder, and opens under the published key to
 * the quotation of the record. Full bags also show that the key comes from the secret, and open
 * every file.
 */
export async function checkOpenings(
  files: BagFiles,
  info: BagInfo,
  events: readonly BagEvent[],
  acts: readonly VerifiedAct[],
  report: Report,
): Promise<void> {
  const submissions = submissionsOf(events, acts)
  for (const row of openedRows(events, info.lot)) {
    const submission = submissions.get(row.party)
    const place: Place = { bidder: row.party }
    if (!submission) {
      report.fail('openings', 'submission-missing', place)
      continue
    }
    const envelope = await checkEnvelope(files, info, row, submission, report)
    if (!envelope) continue
    if (row.outcome === 'opened') await checkQuotation(envelope, row, report)
    const keys = await readJsonFile<OpeningFile>(files, `${submission.folder}/opening.json`)
    if (info.kind === 'public') report.withhold('openings')
    else await checkSecret(files, envelope, row, keys, submission.folder, report)
  }
}

const suiteOf = (envelope: Envelope): Suite | undefined =>
  suites.find((s) => s.id === envelope.header.context.suite)

async function checkEnvelope(
  files: BagFiles,
  info: BagInfo,
  row: OpenedRow,
  { event, act, folder }: Submission,
  report: Report,
): Promise<Envelope | null> {
  const path = `${folder}/envelope.bin`
  const place: Place = { bidder: row.party, path }
  if (!files.paths.includes(path)) {
    report.fail('openings', 'envelope-missing', place)
    return null
  }
  const parsed = parseEnvelope(await readWhole(files, path))
  if (parsed.problem !== undefined) {
    report.fail('openings', parsed.problem, place, { fault: 'platform' })
    return null
  }
  const { envelope } = parsed
  const suite = suiteOf(envelope)
  if (!suite) {
    report.fail('openings', 'suite-not-allowed', place, { found: envelope.header.context.suite })
    return null
  }
  const { context } = envelope.header
  const data = event.event?.data as { headerHash?: string; certSha256?: string }
  const wanted = { platform: info.platform, tender: info.trade, lot: info.lot }
  for (const [name, value] of Object.entries(wanted))
    if (context[name as keyof typeof wanted] !== value)
      report.fail('openings', `wrong-${name}`, place, {
        expected: value,
        found: context[name as keyof typeof wanted],
      })
  if (context.bidder.party !== row.party)
    report.fail('openings', 'wrong-bidder', place, {
      expected: row.party,
      found: context.bidder.party,
    })
  const hash = b64u(headerHash(suite, envelope.headerBytes))
  const signed = (act?.act as { parts?: { headerHash: string }[] } | undefined)?.parts?.[0]
    ?.headerHash
  if (hash !== data.headerHash || (act && signed !== hash))
    report.fail('openings', 'signature-invalid', place, {
      expected: signed ?? data.headerHash,
      found: hash,
    })
  if (!isHeaderOpenable(suite, envelope.header))
    report.fail('openings', 'openability-proof-wrong', place, { fault: 'bidder' })
  else report.pass('openings')
  return envelope
}

async function checkQuotation(envelope: Envelope, row: OpenedRow, report: Report): Promise<void> {
  const place: Place = { bidder: row.party }
  const suite = suiteOf(envelope) as Suite
  let key: Uint8Array
  try {
    key = fromB64u(row.quotationKey ?? '', 32)
  } catch {
    report.fail('openings', 'quotation-key-malformed', place)
    return
  }
  const opened = await openWithQuotationKey(suite, envelope, key)
  if (opened.finding !== undefined) {
    const { problem, place: where, fault } = opened.finding
    report.fail('openings', problem, { ...place, ...chunkOf(where) }, { fault })
    return
  }
  const sealed = opened.value
  if (canonicalize(sealed) === canonicalize(row.quotation)) {
    report.pass('openings')
    return
  }
  for (const line of differingLines(sealed, row.quotation ?? null))
    report.fail('openings', 'opening-differs-from-quotation', { ...place, line: line.name }, line)
}

const chunkOf = (place: { index?: number }): Place =>
  place.index === undefined ? {} : { chunk: place.index }

interface Line {
  readonly name: string
  readonly expected: unknown
  readonly found: unknown
}

/** Where a record parts from what was sealed: by quotation line, else by field. */
function differingLines(sealed: Json, shown: Json): Line[] {
  const fields = (value: Json): Record<string, Json> => {
    const flat: Record<string, Json> = {}
    for (const [name, v] of Object.entries((value ?? {}) as Record<string, Json>)) {
      if (name !== 'lines' || !Array.isArray(v)) flat[name] = v
      else for (const l of v as { id: string; fen: number }[]) flat[`lines.${l.id}`] = l.fen
    }
    return flat
  }
  const a = fields(sealed)
  const b = fields(shown)
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => canonicalize(a[name] ?? null) !== canonicalize(b[name] ?? null))
    .map((name) => ({ name, expected: a[name] ?? null, found: b[name] ?? null }))
}

async function checkSecret(
  files: BagFiles,
  envelope: Envelope,
  row: OpenedRow,
  keys: OpeningFile | null,
  folder: string,
  report: Report,
): Promise<void> {
  const place: Place = { bidder: row.party, path: `${folder}/opening.json` }
  if (row.outcome !== 'opened') return
  if (!keys?.s || !keys.filesKey) {
    report.fail('openings', 'secret-missing', place)
    return
  }
  const suite = suiteOf(envelope) as Suite
  const released = releasedKeys(suite, envelope, { s: fromB64u(keys.s) })
  if (released.finding !== undefined) {
    report.fail('openings', released.finding.problem, place, { fault: released.finding.fault })
  } else {
    const { quotationKey, filesKey } = released.value
    if (b64u(quotationKey) !== row.quotationKey)
      report.fail('openings', 'quotation-key-differs', place, {
        expected: b64u(quotationKey),
        found: row.quotationKey,
      })
    else if (!equal(filesKey, fromB64u(keys.filesKey)))
      report.fail('openings', 'files-key-differs', place)
    else report.pass('openings')
  }
  await checkSide(files, row, report)
  const list = await openWithFilesKey(suite, envelope, fromB64u(keys.filesKey))
  if (list.finding !== undefined) {
    report.fail(
      'openings',
      list.finding.problem,
      { ...place, ...chunkOf(list.finding.place) },
      list.finding,
    )
    return
  }
  await checkFiles(files, envelope, list.value, row.party, folder, report)
}

/** The secrets that the event sealed by their digest are the ones in the bag. */
async function checkSide(files: BagFiles, row: OpenedRow, report: Report): Promise<void> {
  const path = `data/sides/${row.side}.json`
  const place: Place = { bidder: row.party, path }
  const side = await readJsonFile<{ salt: string; value: Json }>(files, path)
  if (!side) return report.fail('openings', 'side-row-missing', place)
  let found = ''
  try {
    found = b64u(sideDigest(side.value, fromB64u(side.salt, 32)))
  } catch {
    // A malformed salt is another value than the one that was digested.
  }
  if (found === row.side) report.pass('openings')
  else report.fail('openings', 'side-row-differs', place, { expected: row.side, found })
}

async function checkFiles(
  files: BagFiles,
  envelope: Envelope,
  list: FileList,
  bidder: string,
  folder: string,
  report: Report,
): Promise<void> {
  const { header } = envelope
  const { lot, platform, tender } = header.context
  const scope = { lot, party: header.context.bidder.party, platform, tender }
  const suite = suiteOf(envelope) as Suite
  for (const file of list.files) {
    const path = `${folder}/blobs/${file.blob}`
    const place: Place = { bidder, file: file.name, path }
    const blob = header.blobs.find((b) => b.id === file.blob)
    if (!blob || !files.paths.includes(path)) {
      report.fail('openings', 'blob-missing', place)
      continue
    }
    try {
      const opened = openFile(
        suite,
        { scope, blob, file, chunkBytes: header.context.chunkBytes },
        files.stream(path),
      )
      for await (const _ of opened);
      report.pass('openings')
    } catch (error) {
      if (!(error instanceof OpeningError)) throw error
      const {
        problem,
        place: where,
        fault,
      } = error as unknown as {
        problem: string
        place: { index?: number }
        fault: 'bidder' | 'platform' | null
      }
      report.fail('openings', problem, { ...place, ...chunkOf(where) }, { fault })
    }
  }
}
