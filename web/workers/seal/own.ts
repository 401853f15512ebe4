import { b64u, equal, fromB64u } from '../../../server/formats/bytes.ts'
import type { Json } from '../../../server/formats/jcs.ts'
import { sha256 } from '../../../server/formats/sha256.ts'
import {
  blobScope,
  type Envelope,
  type FileList,
  headerHash as hashOfHeader,
  openBid,
  openFile,
  openRecoveryFile,
  p256Suite,
  parseEnvelope,
  productSizes,
  releasedKeys,
} from '../../../server/sealing/index.ts'
import { readCertificate } from '../../../server/trust/certificate.ts'
import { keyHolder, unwrapSecret, wrapSecret } from '../../../server/trust/enveloped.ts'
import { errorOf, SealError } from './failure.ts'
import type { Caller, OpenedOwn, Opener } from './messages.ts'

/** One's own submitted bid: its secret found again, opened on this device, or released 解密. */
interface Stored {
  readonly envelope: Envelope
  readonly headerHash: string
  readonly revision: number
  readonly wrap: string | null
}
let opened: { envelope: Envelope; lot: string; list: FileList; s: Uint8Array } | null = null

async function stored(lot: string): Promise<Stored> {
  const answer = await fetch(`/api/lots/${lot}/bid/envelope`, { cache: 'no-store' }).catch(
    () => null,
  )
  if (!answer) throw new SealError('unreachable')
  const text = await answer.text()
  if (!answer.ok) throw errorOf(answer.status, text)
  const own = JSON.parse(text) as Omit<Stored, 'envelope'> & { envelope: string }
  const parsed = parseEnvelope(fromB64u(own.envelope))
  if (parsed.problem !== undefined) throw new SealError(parsed.problem)
  const hash = b64u(hashOfHeader(p256Suite, parsed.envelope.headerBytes))
  if (hash !== own.headerHash) throw new SealError('envelope-altered')
  return { ...own, envelope: parsed.envelope }
}

/** Every secret that key or file give; which one is the bid's is seen by its R. */
async function candidates(one: Stored, opener: Opener): Promise<Uint8Array[]> {
  if (opener.by === 'file') {
    const { bytes, passPhrase } = opener
    const { items } = await openRecoveryFile(p256Suite, bytes, passPhrase, productSizes)
    return items.map((item) => fromB64u(item.s, 32))
  }
  if (one.wrap === null) throw new SealError('no-wrap')
  const found: Uint8Array[] = []
  for (const key of opener.keys) {
    const s = await unwrapSecret(fromB64u(one.wrap), keyHolder(key)).catch(() => null)
    if (s) found.push(s)
  }
  return found
}

/** @throws SealError `key-not-this-bid`, `no-wrap`; what a recovery file is refused for */
async function secretOf(one: Stored, opener: Opener): Promise<Uint8Array> {
  for (const s of await candidates(one, opener))
    if (s.length === 32 && releasedKeys(p256Suite, one.envelope, { s }).value) return s
  throw new SealError('key-not-this-bid')
}

export async function openOwn(lot: string, opener: Opener): Promise<OpenedOwn> {
  const one = await stored(lot)
  const s = await secretOf(one, opener)
  const bid = await openBid(p256Suite, one.envelope, { s })
  const problem =
    bid.finding?.problem ??
    bid.value?.quotation.finding?.problem ??
    bid.value?.files.finding?.problem
  if (problem || !bid.value?.files.value) throw new SealError(problem ?? 'seal-failed')
  const list = bid.value.files.value
  opened = { envelope: one.envelope, lot, list, s }
  return {
    headerHash: one.headerHash,
    revision: one.revision,
    documentVersion: one.envelope.header.context.document.version,
    quotation: bid.value.quotation.value as Json,
    files: list.files.map(({ blob, name, bytes, role, root }) => ({
      blob,
      name,
      bytes,
      role,
      root,
    })),
  }
}

/** A file of the bid that was opened last, fetched and opened here. */
export async function ownFile(id: string): Promise<Blob> {
  const file = opened?.list.files.find((one) => one.blob === id)
  const blob = opened?.envelope.header.blobs.find((one) => one.id === id)
  if (!opened || !file || !blob) throw new SealError('not-open')
  const { context } = opened.envelope.header
  const answer = await fetch(`/api/lots/${opened.lot}/blobs/${id}`).catch(() => null)
  if (!answer?.ok || !answer.body) throw new SealError('unreachable')
  const wish = { scope: blobScope(context), blob, file, chunkBytes: context.chunkBytes }
  const parts: Blob[] = []
  for await (const part of openFile(p256Suite, wish, answer.body))
    parts.push(new Blob([part as Uint8Array<ArrayBuffer>]))
  return new Blob(parts, { type: file.mediaType })
}

/**
 * The secret of the bid that was opened last, wrapped for another certificate of the bidder's own.
 * The sealed bytes stay as they are. Whoever has the new key open here has it tried at once.
 * @throws SealError `not-open`; `test-wrap`: the new key does not open what was wrapped for it
 */
export async function rewrapOwn(
  certificate: string,
  keys: readonly CryptoKey[],
): Promise<{ wrap: string; wrapSha256: string }> {
  if (!opened) throw new SealError('not-open')
  const wrap = await wrapSecret(opened.s, readCertificate(fromB64u(certificate)))
  for (const key of keys) {
    const s = await unwrapSecret(wrap, keyHolder(key)).catch(() => null)
    if (s && !equal(s, opened.s)) throw new SealError('test-wrap')
  }
  return { wrap: b64u(wrap), wrapSha256: b64u(sha256(wrap)) }
}

/**
 * Releases the secret of the live bid. It is checked here first, so that a wrong key is named without
 * asking the platform; s goes from this worker to the platform and nowhere else.
 */
export async function release(
  lot: string,
  opener: Opener,
  { csrf, language }: Caller,
  key: string,
): Promise<{ at: string }> {
  const one = await stored(lot)
  const s = await secretOf(one, opener)
  const answer = await fetch(`/api/lots/${lot}/release`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': language === 'zh' ? 'zh-CN' : 'en',
      'idempotency-key': key,
      ...(csrf ? { 'x-csrf-token': csrf } : {}),
    },
    body: JSON.stringify({ headerHash: one.headerHash, s: b64u(s) }),
  }).catch(() => null)
  if (!answer) throw new SealError('unreachable')
  const text = await answer.text()
  if (!answer.ok) throw errorOf(answer.status, text)
  return JSON.parse(text) as { at: string }
}
