import { createHash } from 'node:crypto'
import type { Role } from '../../access.ts'
import { openedRows } from '../../event-data.ts'
import { canonicalize } from '../../formats/jcs.ts'
import { belongsToLot, joinedHeads } from '../../heads.ts'
import { iso } from '../../kernel/clock.ts'
import type { StoredEvent } from '../../kernel/event.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { parseCheckpointText, parseNote, parseProof } from '../../log/index.ts'
import type { OpenedRow } from '../../opening/opening-session/state.ts'
import { type JoinedBid, loadJoined, type Platform } from '../../platform.ts'
import { mayHear } from '../../readable.ts'
import type { Trade } from '../../trade.ts'
import { blobPath } from '../../vault/blobs.ts'
import { readEnvelope } from '../../vault/envelopes.ts'
import { filePath } from '../../vault/files.ts'
import { readBidSecrets } from '../../vault/secrets.ts'
import { outcomeOfLot } from '../verify/outcome.ts'
import type { TrustFile } from '../verify/verify.ts'
import { BagWriter } from './write.ts'

export type BagKind = 'full' | 'public'

/** Whom each kind of bag is for. */
const readers: Record<BagKind, ReadonlySet<Role>> = {
  public: new Set<Role>(['Pub']),
  full: new Set<Role>(['Pub', 'Pu', 'Ag', 'Ce', 'Re', 'Ex']),
}
/** Of a bidder's hidden stream, what all may know once the opening has started. */
const publicBidEvents = new Set([
  'BidSubmitted',
  'BidReplaced',
  'BidConfirmed',
  'BidRewrapped',
  'BidRevoked',
  'HallEntered',
])

/** Signs nothing: what a verifier needs to pin the platform's keys. */
export function trustFile(platform: Platform): TrustFile {
  if (!platform.trust) throw new ProblemError('trust-list-missing')
  return {
    v: 1,
    platform: platform.keys.platform,
    log: [{ vkey: platform.ledger.vkey, fromSize: 0, toSize: null }],
    trustList: Buffer.from(platform.trust.bytes).toString('base64url'),
    signatures: platform.trust.signatures.map((s) => Buffer.from(s).toString('base64url')),
  }
}

/** A bag as it lies on disk. */
export interface ExportedBag {
  readonly file: string
  readonly sha256: string
  readonly bytes: number
}

/**
 * Exports one lot of a trade as it stands.
 * @param file where the zip is put, whole or not at all
 */
export async function exportBag(
  platform: Platform,
  trade: Trade,
  lot: string,
  kind: BagKind,
  file: string,
): Promise<ExportedBag> {
  const bag = new BagWriter()
  const checkpoints = new Map<number, string>()
  const keep = (proof: string) => {
    const { text } = parseNote(parseProof(proof).checkpoint)
    checkpoints.set(parseCheckpointText(text).size, parseProof(proof).checkpoint)
  }
  await addOpenEvents(platform, bag, trade, lot, kind, keep)
  // Where nothing of the lot was opened nobody is named.
  const rows = openedRows(trade.view.events, lot)
  const joined = rows.length === 0 ? [] : await loadJoined(platform, lot)
  for (const bid of joined) await addBid(platform, bag, bid, rows, kind, keep)
  if (kind === 'full') bag.add('log/joined.json', await joinedHeads(platform, trade, lot))
  for (const [size, text] of checkpoints) bag.add(`log/checkpoints/${size}`, text)
  await addTrust(platform, bag)
  addDocuments(platform, bag, trade)
  bag.add('outcome.json', outcomeOfLot(trade, lot, kind))
  const written = await bag.write(file, {
    kind,
    trade: trade.id,
    lot,
    origin: platform.keys.origin,
    platform: platform.keys.platform,
    at: iso(platform.store.clock.nowMs()),
  })
  return { file, ...written }
}

const folderOf = (stream: string) => `events/${stream.replace(':', '/')}`
const versionName = (version: number) => String(version).padStart(6, '0')
const b64u = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

async function addOpenEvents(
  platform: Platform,
  bag: BagWriter,
  trade: Trade,
  lot: string,
  kind: BagKind,
  keep: (proof: string) => void,
): Promise<void> {
  for (const stored of trade.view.events) {
    if (!belongsToLot(stored.event.stream, trade, lot)) continue
    const isShown = mayHear(stored.event, trade, readers[kind])
    await addEvent(platform, bag, stored, isShown, keep)
    if (isShown) await addAct(platform, bag, stored, false, null)
    if (isShown && kind === 'full' && stored.event.type === 'SheetSubmitted')
      bag.add(`sheets/${stored.event.actor.party}-${stored.event.version}.json`, stored.event.data)
    if (
      isShown &&
      ['DrawCommitted', 'SeedFixed', 'ExpertsDrawn', 'DrawCompleted'].includes(stored.event.type)
    )
      bag.add(
        `draw/${versionName(stored.event.version)}-${stored.event.type}.json`,
        stored.event.data,
      )
  }
}

/** The event with its salt, or its digest alone, which keeps the chain whole; and its proof. */
async function addEvent(
  platform: Platform,
  bag: BagWriter,
  { event, salt, digest }: StoredEvent,
  isShown: boolean,
  keep: (proof: string) => void,
): Promise<void> {
  const name = `${folderOf(event.stream)}/${versionName(event.version)}`
  bag.add(`${name}.json`, isShown ? { event, salt: b64u(salt) } : { digest: b64u(digest) })
  const proof = await platform.ledger.proofOf(digest)
  keep(proof)
  bag.add(`${name}.tlog-proof`, proof)
}

async function addAct(
  platform: Platform,
  bag: BagWriter,
  { event }: StoredEvent,
  hidden: boolean,
  folder: string | null,
): Promise<void> {
  const { act } = event.data as { act?: unknown }
  if (typeof act !== 'string') return
  const signed = await platform.store.signedBytes(Buffer.from(act, 'base64url'), hidden)
  if (!signed) throw new Error(`the signed bytes of ${event.stream} ${event.version} are missing`)
  const name = folder ?? `acts/${act}`
  bag.add(folder ? `${name}/act.json` : `${name}.json`, new Uint8Array(signed.act))
  bag.add(folder ? `${name}/act.p7s` : `${name}.p7s`, new Uint8Array(signed.container))
}

async function addBid(
  platform: Platform,
  bag: BagWriter,
  bid: JoinedBid,
  rows: readonly OpenedRow[],
  kind: BagKind,
  keep: (proof: string) => void,
): Promise<void> {
  const row = rows.find((r) => r.party === bid.party)
  // One who joined and did not bid is named to those alone who may know who obtained the document.
  if (!row && kind === 'public') return
  const id = bid.stream.slice('bid:'.length)
  const live =
    bid.state.stage === 'submitted' || bid.state.stage === 'revoked' ? bid.state.bid : null
  for (const stored of bid.view.events) {
    const isShown = kind === 'full' || publicBidEvents.has(stored.event.type)
    await addEvent(platform, bag, stored, isShown, keep)
    if (!isShown) continue
    const isLive = (stored.event.data as { act?: string }).act === live?.act
    await addAct(platform, bag, stored, true, isLive && live ? `bids/${id}` : null)
  }
  if (!row || !live) return
  const envelope = await readEnvelope(platform, live.envelope.sha256)
  if (envelope) bag.add(`bids/${id}/envelope.bin`, envelope)
  if (row.outcome !== 'opened') return
  const secrets = kind === 'full' ? await readBidSecrets(platform, row.side) : null
  bag.add(`bids/${id}/opening.json`, {
    quotationKey: row.quotationKey,
    ...(secrets ? { s: secrets.value.s, filesKey: secrets.value.filesKey } : {}),
  })
  if (!secrets) return
  bag.add(`sides/${row.side}.json`, secrets)
  for (const blob of live.blobs)
    bag.addFile(
      `bids/${id}/blobs/${blob.id}`,
      blobPath(platform, { lot: bid.state.lot, party: bid.party, id: blob.id }),
    )
}

/**
 * The keys, and revocation lists made after everything that the bag holds: a list tells of whole
 * seconds, so the next one is waited for.
 */
async function addTrust(platform: Platform, bag: BagWriter): Promise<void> {
  const now = platform.store.clock.nowMs()
  await new Promise((r) => setTimeout(r, 1000 - (now % 1000) + 20))
  bag.add('trust/trust.json', trustFile(platform))
  for (const crl of (await platform.trust?.crls(true)) ?? [])
    bag.add(`trust/crl/${createHash('sha256').update(crl).digest('hex').slice(0, 16)}.der`, crl)
}

/** Every version that was published: the document as it was signed, and its files. */
function addDocuments(platform: Platform, bag: BagWriter, { project }: Trade): void {
  if (project.stage !== 'published') return
  const names: Record<string, string> = {}
  for (const { version, document } of project.versions)
    bag.add(`documents/version-${version}.json`, canonicalize(document))
  for (const file of project.versions.flatMap((v) => [...v.files])) {
    bag.addFile(`documents/${file.sha256}`, filePath(platform, file.sha256))
    names[file.sha256] = file.name
  }
  bag.add('documents/names.json', names)
}
