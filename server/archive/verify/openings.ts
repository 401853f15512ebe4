import { dataOf, openedRows } from '../../event-data.ts'
import { b64u, fromB64u } from '../../formats/bytes.ts'
import { canonicalize, type Json } from '../../formats/jcs.ts'
import type { OpenedRow } from '../../opening/opening-session/state.ts'
import {
  type Envelope,
  headerHash,
  isHeaderOpenable,
  openWithQuotationKey,
  p256Suite,
  parseEnvelope,
  type Suite,
  smSuite,
  streamRoot,
} from '../../sealing/index.ts'
import { quotation } from '../../tendering/project/document-quotation.ts'
import { quotationProblems, quotedFen } from '../../tendering/project/rules-quotation.ts'
import { lotIndex } from '../../trade.ts'
import { type BagFiles, type BagInfo, hasFile, readJsonFile, readWhole } from './bag.ts'
import type { Documents } from './documents.ts'
import type { BagEvent } from './events.ts'
import { checkSecret } from './opened-files.ts'
import type { Place, Report } from './report.ts'
import type { VerifiedAct } from './signatures.ts'

/** `opening.json` of a bid, by the kind of bag. */
export interface OpeningFile {
  readonly quotationKey?: string
  readonly filesKey?: string
  readonly s?: string
}

const suites: readonly Suite[] = [p256Suite, smSuite]

/** A row whose bid was opened. */
export type OpenedBidRow = Extract<OpenedRow, { outcome: 'opened' }>

/** The last submission of each bidder: its event, and where its envelope lies. */
interface Submission {
  readonly event: BagEvent
  readonly act: VerifiedAct | null
  readonly folder: string
  /** Not withdrawn before the deadline. */
  readonly isLive: boolean
}

function submissionsOf(
  events: readonly BagEvent[],
  acts: readonly VerifiedAct[],
): Map<string, Submission> {
  const found = new Map<string, Submission>()
  for (const event of events) {
    const type = event.event?.type
    const party = event.event?.actor?.party ?? ''
    const known = found.get(party)
    if (type === 'BidWithdrawn' && known) found.set(party, { ...known, isLive: false })
    if (type !== 'BidSubmitted' && type !== 'BidReplaced') continue
    found.set(party, {
      isLive: true,
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
  documents: Documents,
  report: Report,
): Promise<void> {
  const submissions = submissionsOf(events, acts)
  checkListed(info, events, submissions, report)
  for (const row of openedRows(events, info.lot)) {
    const submission = submissions.get(row.party)
    const place: Place = { bidder: row.party }
    if (!submission) {
      report.fail('openings', 'submission-missing', place)
      continue
    }
    const { folder } = submission
    const envelope = await checkEnvelope(files, info, row, submission, report)
    if (info.kind === 'public') report.withhold('openings')
    if (!envelope || row.outcome !== 'opened') continue
    const keys = await readJsonFile<OpeningFile>(files, `${folder}/opening.json`)
    await checkQuotation(envelope, row, { keys, path: `${folder}/opening.json` }, report)
    checkPrice(envelope, row, documents, report)
    const bid = { files, suite: suiteOf(envelope) as Suite, envelope, row, folder }
    if (info.kind === 'full') await checkSecret(bid, keys, report)
  }
}

/** The list at T holds each live bid of the bag, as submitted last; the opening has a row for each. */
function checkListed(
  info: BagInfo,
  events: readonly BagEvent[],
  submissions: ReadonlyMap<string, Submission>,
  report: Report,
): void {
  const started = events.find((e) => e.event?.type === 'OpeningStarted')
  const data = dataOf(started?.event, 'openingSession', 'OpeningStarted')
  if (!started || !data) return
  const listed = data.lots.find((l) => l.lot === info.lot)?.bids ?? []
  const rows = new Set(openedRows(events, info.lot).map((r) => r.party))
  for (const [party, { event, isLive }] of submissions) {
    if (!isLive) continue
    const expected = (event.event?.data as { headerHash?: string } | undefined)?.headerHash
    const found = listed.find((b) => b.party === party)?.headerHash ?? null
    const place: Place = { path: started.path, bidder: party }
    if (found === expected) report.pass('openings')
    else report.fail('openings', 'bid-not-listed', place, { expected, found, fault: 'platform' })
  }
  if (rows.size === 0) return
  for (const { party } of listed)
    if (!rows.has(party))
      report.fail('openings', 'row-missing', { bidder: party }, { fault: 'platform' })
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
  if (!hasFile(files, path)) {
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
  await checkRoots(suite, envelope, place, report)
  if (!isHeaderOpenable(suite, envelope.header))
    report.fail('openings', 'openability-proof-wrong', place, { fault: 'bidder' })
  else report.pass('openings')
  return envelope
}

/** Both sealed streams are those whose roots were signed: also where no key of one is in the bag. */
async function checkRoots(
  suite: Suite,
  { header, quotation: prices, files }: Envelope,
  place: Place,
  report: Report,
): Promise<void> {
  const { chunkBytes } = header.context
  for (const [code, stream, expected] of [
    ['quotation-altered', prices, header.quotation.root],
    ['files-altered', files, header.files.root],
  ] as const) {
    const found = b64u((await streamRoot(suite, [stream], chunkBytes)).root)
    if (found === expected) report.pass('openings')
    else report.fail('openings', code, place, { expected, found, fault: 'platform' })
  }
}

/**
 * The sealed quotation, opened by the published key: that of the event and that of `opening.json`,
 * which a reader would take, are one.
 */
async function checkQuotation(
  envelope: Envelope,
  row: OpenedBidRow,
  { keys, path }: { readonly keys: OpeningFile | null; readonly path: string },
  report: Report,
): Promise<void> {
  const suite = suiteOf(envelope) as Suite
  const told = row.quotationKey ?? ''
  for (const text of new Set([told, keys?.quotationKey ?? ''])) {
    // A key that the event does not have is wrong where it lies.
    const place: Place = { bidder: row.party, ...(text === told ? {} : { path }) }
    let key: Uint8Array
    try {
      key = fromB64u(text, 32)
    } catch {
      report.fail('openings', 'quotation-key-malformed', place)
      continue
    }
    const opened = await openWithQuotationKey(suite, envelope, key)
    if (opened.finding !== undefined) {
      const { problem, place: where, fault } = opened.finding
      report.fail('openings', problem, { ...place, ...chunkOf(where) }, { fault })
      continue
    }
    const lines = differingLines(opened.value, row.quotation ?? null)
    if (lines.length === 0) report.pass('openings')
    for (const line of lines) {
      const at = { ...place, line: line.name }
      report.fail('openings', 'opening-differs-from-quotation', at, line)
    }
  }
}

/** The price that is compared follows from the quotation and the form of its document version. */
function checkPrice(
  { header }: Envelope,
  row: OpenedBidRow,
  documents: Documents,
  report: Report,
): void {
  const place: Place = { bidder: row.party, item: 'priceFen' }
  const form = documents.get(header.context.document.version)?.lots[lotIndex(row.lot)]?.quotation
  const given = quotation.safeParse(row.quotation)
  if (!form) {
    report.skip('openings', 'price-unchecked', place)
    return
  }
  if (!given.success || quotationProblems(form, given.data).length > 0) {
    report.fail('openings', 'quotation-invalid', place)
    return
  }
  const expected = quotedFen(form, given.data)
  if (expected === row.priceFen) report.pass('openings')
  else
    report.fail('openings', 'price-differs-from-quotation', place, {
      expected,
      found: row.priceFen,
    })
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
