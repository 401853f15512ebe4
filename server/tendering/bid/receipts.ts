import { b64u } from '../../formats/bytes.ts'
import { canonicalize } from '../../formats/jcs.ts'
import type { StoredEvent } from '../../kernel/event.ts'
import { padToRow } from '../../kernel/keys.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { type Receipt, signStatement } from '../../log/receipt.ts'
import { loadBid, type Platform } from '../../platform.ts'
import type { Event, LiveBid } from './decider.ts'

/** What of a bid gets a receipt: its bidder's own signed acts. */
const receipted = [
  'BidSubmitted',
  'BidReplaced',
  'BidConfirmed',
  'BidRewrapped',
  'BidWithdrawn',
  'BidRevoked',
] as const
type Receipted = Extract<Event, { type: (typeof receipted)[number] }>

export interface ReceiptedAct {
  /** Digest of the signed act, base64url. */
  readonly act: string
  readonly stored: StoredEvent
  /** The bid that the act is about. */
  readonly bid: Pick<LiveBid, 'headerHash' | 'blobs' | 'part'>
  readonly deadline: string
}

/** The acts of a party in a lot that have a receipt, in order. */
export async function receiptedActs(
  platform: Platform,
  lot: string,
  party: string,
  deadline: string,
): Promise<ReceiptedAct[]> {
  const { events } = await loadBid(platform, lot, party)
  const found: ReceiptedAct[] = []
  let bid: ReceiptedAct['bid'] | null = null
  for (const stored of events) {
    const { type, data } = stored.event
    if (!(receipted as readonly string[]).includes(type)) continue
    const e = { ...data, type } as unknown as Receipted
    if (e.type === 'BidSubmitted' || e.type === 'BidReplaced') bid = e
    if (!bid) throw new Error('corrupt stream: an act about no bid')
    found.push({ act: e.act, stored, bid, deadline: 'deadline' in e ? e.deadline : deadline })
  }
  return found
}

/** 16 bytes of one act alone, the same at every retry. */
export const receiptNonce = (platform: Platform, act: Uint8Array): string =>
  platform.keys.name('receipt nonce', act).subarray(0, 16).toString('base64url')

/**
 * The receipt of an act, as canonical JSON: given once the event's leaf is under a durable signed
 * checkpoint, kept sealed, and the same bytes each time it is asked for.
 */
export async function receiptOf(platform: Platform, one: ReceiptedAct): Promise<string> {
  const digest = Buffer.from(one.act, 'base64url')
  const key = platform.keys.name('receipt', digest)
  const kept = await readKept(platform, key)
  if (kept) return kept
  const { stored, bid } = one
  const receipt: Receipt = {
    v: 1,
    kind: 'receipt',
    event: stored.event,
    eventSalt: b64u(stored.salt),
    actDigest: one.act,
    parts: [{ part: bid.part, headerHash: bid.headerHash }],
    blobs: bid.blobs.map(({ id, bytes, root }) => ({ id, bytes, root })),
    proofChecked: true,
    nonce: receiptNonce(platform, digest),
    receivedAt: stored.event.at,
    recordedAt: stored.event.recordedAt,
    deadline: one.deadline,
    tlogProof: await platform.ledger.proofOf(stored.digest),
  }
  const text = canonicalize(await signStatement(receipt, (bytes) => platform.keys.signLog(bytes)))
  await platform.sql`
    insert into work.receipts (key, sealed) values (${key}, ${platform.keys.seal('act', padToRow(text))})
    on conflict (key) do nothing`
  // Two answers at once: the one that was kept counts.
  const first = await readKept(platform, key)
  if (!first) throw new ProblemError('busy')
  return first
}

async function readKept(platform: Platform, key: Buffer): Promise<string | null> {
  const [row] = await platform.sql`select sealed from work.receipts where key = ${key}`
  return row ? platform.keys.open('act', row.sealed).toString('utf8').trimEnd() : null
}
