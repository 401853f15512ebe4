import { b64u, fromB64u } from '../../formats/bytes.ts'
import type { State as PartyState } from '../../identity/party/decider.ts'
import { loadBid, loadJoined, type Platform } from '../../platform.ts'
import {
  type Envelope,
  headerHash,
  type OpeningFinding,
  openBid,
  p256Suite,
  parseEnvelope,
} from '../../sealing/index.ts'
import { type State as BidState, wasLiveAt } from '../../tendering/bid/decider.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import { type QuotationForm, quotation } from '../../tendering/project/document-quotation.ts'
import { quotationProblems, quotedFen } from '../../tendering/project/rules-quotation.ts'
import { lotIds, lotIndex, type Trade } from '../../trade.ts'
import { readEnvelope } from '../../vault/envelopes.ts'
import { keepBidSecrets, readRelease } from '../../vault/secrets.ts'
import type { Command } from './decider.ts'
import { parametersToDraw } from './rules.ts'
import type { ListedBid, OpenedRow, Session } from './state.ts'
import { hasRow } from './state.ts'

/** Lots that are being opened. */
export const openingLots = (trade: Trade): string[] =>
  [...trade.lots].filter(([, lot]) => lot.stage === 'opening').map(([id]) => id)

/**
 * The list at T: for each lot with three bids or more its live bids in order of receipt. Lots that
 * went back sealed are named, their bidders never.
 */
export async function listBids(platform: Platform, trade: Trade): Promise<Command> {
  const project = trade.project as PublishedState
  // An act that passed its limit may still be on its way into the table.
  await platform.store.drain(trade.id)
  const opens = openingLots(trade)
  const lots = []
  for (const lot of opens)
    lots.push({
      lot,
      bids: await liveBids(platform, lot, project.bidDeadline),
      draws: parametersToDraw(project.document.scoring.price),
    })
  const returned = lotIds(project).filter((id) => trade.lots.get(id)?.stage === 'failed')
  return { type: 'startOpening', lots, returned }
}

/**
 * Bids of a lot that were live at the deadline, in order of receipt: what was revoked since is listed,
 * and not opened.
 */
export async function liveBids(
  platform: Platform,
  lot: string,
  deadline: string,
): Promise<ListedBid[]> {
  const joined = await loadJoined(platform, lot)
  const found: ListedBid[] = []
  for (const { party, state } of joined) {
    if (!wasLiveAt(state, deadline)) continue
    const { bid } = state
    found.push({
      party,
      name: await nameOf(platform, party),
      receivedAt: bid.receivedAt,
      hallEnteredAt: state.hallEnteredAt,
      act: bid.act,
      headerHash: bid.headerHash,
      documentVersion: bid.documentVersion,
      confirmedVersion: bid.confirmedVersion,
      revision: bid.revision,
      envelopeSha256: bid.envelope.sha256,
      blobs: bid.blobs,
      bondFen: state.bonds.reduce((sum, b) => sum + (b.settled === null ? b.amountFen : 0), 0),
    })
  }
  return found.sort((a, b) => compare(a.receivedAt, b.receivedAt) || compare(a.act, b.act))
}
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** An organisation's name as registered now. */
export async function nameOf(platform: Platform, party: string): Promise<string> {
  const state = (await platform.store.stream(`party:${party}`)).state as PartyState
  return (state.stage === 'registered' && state.name) || party
}

/** Opens every listed bid of the lots that are still being opened, each for itself. */
export async function openAll(platform: Platform, trade: Trade): Promise<Command> {
  const session = trade.session as Session
  const opens = openingLots(trade)
  const rows: OpenedRow[] = []
  for (const { lot, bids } of session.lots.filter((l) => opens.includes(l.lot)))
    for (const bid of bids) rows.push(await openOne(platform, trade, lot, bid))
  return { type: 'openBids', rows }
}

type Outcome = OpenedRow extends infer R
  ? R extends unknown
    ? Omit<R, 'lot' | 'party'>
    : never
  : never
const notOpened = (
  problem: string,
  fault: 'bidder' | 'platform',
  place: { index?: number; field?: string } | null = null,
  side: string | null = null,
): Outcome => ({ outcome: 'notOpened', problem, fault, place, side })

async function openOne(
  platform: Platform,
  trade: Trade,
  lot: string,
  bid: ListedBid,
): Promise<OpenedRow> {
  const outcome = await outcomeOf(platform, trade, lot, bid)
  return { lot, party: bid.party, ...outcome } as OpenedRow
}

async function outcomeOf(
  platform: Platform,
  trade: Trade,
  lot: string,
  listed: ListedBid,
): Promise<Outcome> {
  const { party } = listed
  const own = (await loadBid(platform, lot, party)).state as BidState
  if (own.stage === 'revoked') return notOpened('bid-revoked', 'bidder')
  if (!hasRow((trade.session as Session).released, { lot, party }))
    return notOpened('key-not-released', 'bidder')
  const name = { lot, party, headerHash: listed.headerHash }
  const s = await readRelease(platform, name)
  if (!s) return notOpened('key-lost', 'platform')
  const bytes = await readEnvelope(platform, listed.envelopeSha256)
  const parsed = bytes && parseEnvelope(bytes)
  if (!parsed || parsed.problem !== undefined) return notOpened('envelope-altered', 'platform')
  const { envelope } = parsed
  if (b64u(headerHash(p256Suite, envelope.headerBytes)) !== listed.headerHash)
    return notOpened('envelope-altered', 'platform')
  return openEnvelope(platform, trade, name, envelope, s)
}

async function openEnvelope(
  platform: Platform,
  trade: Trade,
  name: { lot: string; party: string; headerHash: string },
  envelope: Envelope,
  s: string,
): Promise<Outcome> {
  const form = formOf(trade, name.lot, envelope.header.context.document.version)
  const isQuotation = (value: unknown) => {
    const parsed = quotation.safeParse(value)
    return parsed.success && quotationProblems(form, parsed.data).length === 0
  }
  const opened = await openBid(p256Suite, envelope, { s: fromB64u(s, 32) }, isQuotation)
  const finding = opened.finding ?? opened.value.quotation.finding ?? opened.value.files.finding
  const side = await keepBidSecrets(platform, name, {
    v: 1,
    headerHash: name.headerHash,
    s,
    filesKey: opened.value ? b64u(opened.value.filesKey) : null,
    files: opened.value?.files.value ?? null,
  })
  if (finding) return notOpened(finding.problem, faultOf(finding), placeOf(finding), side)
  const { quotationKey, quotation: price } = opened.value!
  const given = quotation.parse(price.value)
  return {
    outcome: 'opened',
    quotationKey: b64u(quotationKey),
    quotation: given,
    priceFen: quotedFen(form, given),
    side,
  }
}

/** The form of the document version that the bid was made for. */
function formOf(trade: Trade, lot: string, version: number): QuotationForm {
  const { versions, document } = trade.project as PublishedState
  const found = versions.find((v) => v.version === version)?.document ?? document
  return found.lots[lotIndex(lot)].quotation
}

const faultOf = ({ fault }: OpeningFinding) => (fault === 'platform' ? 'platform' : 'bidder')
function placeOf({ place }: OpeningFinding): { index?: number; field?: string } | null {
  const { index, field } = place
  if (index === undefined && field === undefined) return null
  return { ...(index === undefined ? {} : { index }), ...(field === undefined ? {} : { field }) }
}
