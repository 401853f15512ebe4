import { b64u, concat, fromB64u } from '../../../server/formats/bytes.ts'
import type { Json } from '../../../server/formats/jcs.ts'
import { sha256 } from '../../../server/formats/sha256.ts'
import {
  type BidContext,
  newBidSecret,
  p256Suite,
  productSizes,
  type SealedEnvelope,
  sealBid,
} from '../../../server/sealing/index.ts'
import { certSha256, unwrapSecret, wrapSecret } from '../../../server/trust/index.ts'
import type { Person } from './client.ts'
import type { BidInput } from './input.ts'
import { paperOf, roleOfFile } from './papers.ts'

/** What `bid.read` says of the bidder's own standing. */
interface OwnBid {
  readonly now: string
  readonly deadline: string
  readonly bid: { readonly act: string; readonly headerHash: string } | null
  readonly next: {
    readonly revision: number
    readonly replaces: string | null
    readonly context: Omit<BidContext, 'bidder'>
  }
}
export interface SealedBid extends SealedEnvelope {
  readonly s: Uint8Array
  readonly wrap: Uint8Array
  readonly replaces: string | null
  readonly deadline: string
}

/** The quotation of an entry of `bids.json`: its one price line and the terms asked for. */
export const quotationOf = (bid: BidInput): Json => ({
  lines: [{ id: 'total', fen: bid.priceFen }],
  deliveryDays: bid.deliveryDays,
  warrantyMonths: bid.warrantyMonths,
  smallOrMicro: bid.smallOrMicro,
})

export interface SealWish {
  readonly quotation?: Json
  /** Overrides of the context: for tests that seal for something else. */
  readonly context?: Partial<BidContext>
  /** Takes a blob instead of sending it: for tests that alter one. */
  readonly send?: (id: string, blob: Uint8Array) => Promise<void>
}

/** Seals an entry of `bids.json` and sends its blobs up; nothing is submitted yet. */
export async function sealBidOf(
  person: Person,
  lot: string,
  bid: BidInput,
  wish: SealWish = {},
): Promise<SealedBid> {
  const { sign, encrypt } = await person.openKeys()
  const party = person.identity?.party.id as string
  const own = await person.get<OwnBid>(`/api/lots/${lot}/bid`)
  const context: BidContext = {
    ...own.next.context,
    bidder: { party, certSha256: certSha256(sign.certificate.der) },
    ...wish.context,
  }
  const s = newBidSecret()
  const blobs = new Map<string, Uint8Array[]>()
  const sealed = await sealBid(
    p256Suite,
    {
      context,
      s,
      boardKey: null,
      quotation: wish.quotation ?? quotationOf(bid),
      files: bid.files.map((file) => ({
        source: paperOf(file),
        name: file.name,
        mediaType: file.name.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream',
        role: roleOfFile(file.name),
      })),
      sealedWith: { bundleSha256: b64u(sha256(new Uint8Array())), version: 'play' },
    },
    (id) => {
      const parts: Uint8Array[] = []
      blobs.set(id, parts)
      return (piece) => void parts.push(piece.slice())
    },
    productSizes,
  )
  const send = wish.send ?? ((id, blob) => sendBlob(person, lot, id, blob))
  for (const [id, parts] of blobs) await send(id, concat(...parts))
  const wrap = await wrapSecret(s, encrypt.certificate)
  return { ...sealed, s, wrap, replaces: own.next.replaces, deadline: own.deadline }
}

export async function sendBlob(
  person: Person,
  lot: string,
  id: string,
  blob: Uint8Array,
): Promise<void> {
  await person.upload('PUT', `/api/lots/${lot}/blobs/${id}`, blob, {
    'content-type': 'application/octet-stream',
  })
}

export interface PlayReceipt {
  readonly kind: 'receipt'
  readonly actDigest: string
  readonly receivedAt: string
  readonly signature: string
}
type Subject = { readonly zh: string; readonly en: string }

/** The body of `bid.submit` for a sealed bid, signed. */
export async function signedSubmission(
  person: Person,
  place: { readonly tender: string; readonly lot: string; readonly subject: Subject },
  sealed: SealedBid,
) {
  const act = await person.sign(
    'submit-bid',
    {
      subject: place.subject,
      parts: [{ part: 'whole', headerHash: b64u(sealed.headerHash) }],
      revision: sealed.header.context.revision,
      replaces: sealed.replaces,
      deadline: sealed.deadline,
    },
    place.tender,
    place.lot,
  )
  return { ...act, with: { envelope: b64u(sealed.envelope), wrap: b64u(sealed.wrap) } }
}

/** Seals, sends up and submits: a bidder's whole day before the deadline. */
export async function submitBidOf(
  person: Person,
  place: { readonly tender: string; readonly lot: string; readonly subject: Subject },
  bid: BidInput,
): Promise<PlayReceipt> {
  const sealed = await sealBidOf(person, place.lot, bid)
  const body = await signedSubmission(person, place, sealed)
  return person.post<PlayReceipt>(`/api/lots/${place.lot}/bid`, body)
}

/** The secret of the live bid out of the own wrap, with its header hash: what 解密 sends. */
export async function ownRelease(
  person: Person,
  lot: string,
): Promise<{ headerHash: string; s: string }> {
  const own = await person.get<{ wrap: string; headerHash: string }>(
    `/api/lots/${lot}/bid/envelope`,
  )
  const { encrypt } = await person.openKeys()
  const s = await unwrapSecret(fromB64u(own.wrap), await encrypt.key.holder())
  return { headerHash: own.headerHash, s: b64u(s) }
}
