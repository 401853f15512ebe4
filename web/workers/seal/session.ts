import {
  type BlobRecord,
  blobMagic,
  blobScope,
  decoyCount,
  newBidSecret,
  newBlobId,
  p256Suite,
  paddedBytes,
  productSizes,
  type SealedEnvelope,
  type SealedFile,
  sealDecoy,
  sealEnvelope,
  sealedBytes,
  sealFile,
} from '../../../server/sealing/index.ts'
import { readCertificate } from '../../../server/trust/certificate.ts'
import { wrapSecret } from '../../../server/trust/enveloped.ts'
import { isReadable, SealError } from './failure.ts'
import { Gate } from './gate.ts'
import { claim, dropLeftovers, holdingFor } from './holding.ts'
import type { Caller, FileWish, SealNews, SealSays, SealWish } from './messages.ts'
import { type Line, patiently } from './patience.ts'
import {
  fingerprint,
  forgetPlace,
  halfSent,
  type OnItsWay,
  rememberedFile,
  rememberFile,
  rememberPlace,
} from './resume.ts'
import { bundleDigest } from './summary.ts'
import { isThere, type SealedBlob, sendBlob } from './upload.ts'

/**
 * One sealing of one bid: every file sealed, sent and remembered, decoys beside them, then the
 * envelope under a new secret. A file that was sealed before is not sealed or sent again: a changed
 * price costs two small streams.
 */
export interface Sealed extends SealedEnvelope {
  readonly s: Uint8Array
  readonly wrap: Uint8Array | null
  readonly wish: SealWish
  readonly files: readonly (SealedFile & { readonly row: string })[]
}

const suite = p256Suite
/** Blobs of this page's life: by fingerprint, and decoys that were sent. */
const known = new Map<string, SealedFile>()
const knownDecoys = new Map<string, BlobRecord[]>()
/** Sealed and not whole on the platform yet, by fingerprint: taken up where it stopped. */
const onItsWay = new Map<string, OnItsWay>()

const restEveryMs = 50

const blobBytes = (file: File): number =>
  blobMagic.length +
  sealedBytes(suite, paddedBytes(file.size, productSizes.minFileBytes), productSizes.chunkBytes)

export class Sealing {
  private readonly tell: (said: SealSays) => void
  /** Pauses it, ends it, and gives it the session as it is now. */
  readonly gate: Gate
  readonly line: Line
  private readonly sealed = new Map<string, number>()
  private readonly sent = new Map<string, number>()
  private kept = 0
  private totalBytes = 0
  private totalBlobs = 0
  private saidAt = 0
  private restedAt = 0

  constructor(caller: Caller, tell: (said: SealSays) => void) {
    this.tell = tell
    const renew = () => tell({ wants: 'caller' })
    this.gate = new Gate(caller, renew, () => this.say(true))
    this.line = this.gate.line
  }

  private say(isDue = false): void {
    if (!isDue && Date.now() - this.saidAt < 100) return
    this.saidAt = Date.now()
    const sum = (all: Map<string, number>) => [...all.values()].reduce((a, b) => a + b, 0)
    const sealedBytes = sum(this.sealed)
    const news: SealNews = {
      phase: sealedBytes < this.totalBytes ? 'sealing' : 'sending',
      sealedBytes,
      sentBytes: sum(this.sent),
      totalBytes: this.totalBytes,
      keptBlobs: this.kept,
      totalBlobs: this.totalBlobs,
      state: this.gate.state,
    }
    this.tell({ news })
  }

  /** @throws SealError, FormatError `bid-too-large`, what reading a file throws */
  async run(wish: SealWish): Promise<Sealed> {
    void dropLeftovers()
    const decoys = decoyCount(wish.files.length, productSizes)
    if (decoys === null) throw new SealError('bid-too-large')
    const decoyBytes =
      blobMagic.length + sealedBytes(suite, productSizes.minFileBytes, productSizes.chunkBytes)
    this.totalBlobs = wish.files.length + decoys
    this.totalBytes =
      wish.files.reduce((sum, { file }) => sum + blobBytes(file), 0) + decoys * decoyBytes
    if (this.totalBytes > productSizes.maxBidBytes) throw new SealError('bid-too-large')
    this.say(true)
    const sends: Promise<void>[] = []
    const files: Sealed['files'][number][] = []
    try {
      for (const one of wish.files) files.push(await this.file(wish, one, sends))
      const decoyBlobs = await this.decoys(wish, decoys, sends)
      await Promise.all(sends)
      return await this.envelope(wish, files, decoyBlobs)
    } catch (error) {
      this.gate.cancel()
      await Promise.allSettled(sends)
      throw error
    }
  }

  private async file(
    wish: SealWish,
    { row, file, name, mediaType, role }: FileWish,
    sends: Promise<void>[],
  ): Promise<Sealed['files'][number]> {
    const { context, recipient } = wish
    const print = fingerprint(context.lot, context.bidder.party, file)
    const before =
      known.get(print) ??
      onItsWay.get(print)?.sealed ??
      (recipient ? await rememberedFile(print, recipient.key) : null)
    if (before) {
      const { blob } = before
      const found = { blob, file: { ...before.file, name, mediaType, role }, row }
      this.sealed.set(row, blob.bytes)
      if (await this.isThere(context.lot, blob)) {
        this.sent.set(row, blob.bytes)
        this.kept += 1
        this.say(true)
        known.set(print, before)
        return found
      }
      const half = onItsWay.get(print) ?? (await halfSent(before))
      if (half) {
        await this.sendFile(sends, context.lot, row, print, half)
        return found
      }
      this.sealed.delete(row)
    }
    const id = newBlobId()
    await claim(id)
    const holding = await holdingFor(id, blobBytes(file))
    const source = file.stream()
    const toSeal = { source, name, mediaType, role }
    const sealed = await sealFile(
      suite,
      blobScope(context),
      id,
      toSeal,
      (piece) => this.take(row, holding, piece),
      productSizes,
    ).catch(async (error) => {
      throw (await isReadable(file)) ? error : new SealError('file-changed')
    })
    // Remembered before it is sent: a page that ends on the way finds it again.
    if (recipient) await rememberFile(print, sealed, recipient.der)
    const drop = () => holding.drop()
    const half = { sealed, blob: await holding.blob(), drop, url: null }
    await this.sendFile(sends, context.lot, row, print, half)
    return { ...sealed, row }
  }

  private async sendFile(
    sends: Promise<void>[],
    lot: string,
    row: string,
    print: string,
    half: OnItsWay,
  ): Promise<void> {
    onItsWay.set(print, half)
    const { id } = half.sealed.blob
    const onUrl = (url: string) => {
      half.url = url
      void rememberPlace(id, url)
    }
    await this.send(sends, row, { lot, id, blob: half.blob, url: half.url, onUrl }, async () => {
      known.set(print, half.sealed)
      onItsWay.delete(print)
      await half.drop()
      await forgetPlace(id)
    })
  }

  private async decoys(
    { context }: SealWish,
    count: number,
    sends: Promise<void>[],
  ): Promise<BlobRecord[]> {
    const place = `${context.lot} ${context.bidder.party}`
    const before = knownDecoys.get(place) ?? []
    const made: BlobRecord[] = []
    for (let i = 0; i < count; i++) {
      const row = `decoy ${i}`
      const old = before[i]
      if (old) {
        this.sealed.set(row, old.bytes)
        this.sent.set(row, old.bytes)
        this.kept += 1
        made.push(old)
        continue
      }
      const id = newBlobId()
      const holding = await holdingFor(id, 0)
      const take = (piece: Uint8Array) => this.take(row, holding, piece)
      const blob = await sealDecoy(suite, blobScope(context), id, take, productSizes)
      const sealed = { lot: context.lot, id, blob: await holding.blob(), url: null }
      await this.send(sends, row, sealed, async () => {
        knownDecoys.set(place, [...(knownDecoys.get(place) ?? []), blob])
      })
      made.push(blob)
    }
    return made
  }

  private async take(
    row: string,
    holding: { write(piece: Uint8Array): Promise<void> },
    piece: Uint8Array,
  ): Promise<void> {
    await this.letMessagesIn()
    await this.line.whenOpen()
    if (this.line.signal.aborted) throw new SealError('cancelled')
    await holding.write(piece)
    this.sealed.set(row, (this.sealed.get(row) ?? 0) + piece.length)
    this.say()
  }

  /** Sealing is one task after another: without a rest, pause and cancel would not be heard. */
  private async letMessagesIn(): Promise<void> {
    if (Date.now() - this.restedAt < restEveryMs) return
    await new Promise((resolve) => setTimeout(resolve, 0))
    this.restedAt = Date.now()
  }

  /** Sends while the next is sealed; two at once, so that sealed bytes do not pile up. */
  private async send(
    sends: Promise<void>[],
    row: string,
    sealed: SealedBlob,
    then: () => Promise<void>,
  ): Promise<void> {
    const sending = sendBlob(sealed, this.line, (bytes) => {
      this.sent.set(row, bytes)
      this.say()
    }).then(async () => {
      this.kept += 1
      this.say(true)
      await then()
    })
    sending.catch(() => {}) // heard by `run`
    sends.push(sending)
    if (sends.length >= 2) await sends[sends.length - 2]
  }

  /** Whether the platform still has a blob that was sent before. */
  private isThere(lot: string, { id, bytes }: BlobRecord): Promise<boolean> {
    return patiently(this.line, () => isThere(lot, id, bytes, this.line))
  }

  private async envelope(
    wish: SealWish,
    files: Sealed['files'],
    decoys: readonly BlobRecord[],
  ): Promise<Sealed> {
    const s = newBidSecret()
    const envelope = await sealEnvelope(
      suite,
      {
        context: wish.context,
        s,
        boardKey: null,
        quotation: wish.quotation,
        files: files.map(({ blob, file }) => ({ blob, file })),
        decoys,
        sealedWith: { bundleSha256: await patiently(this.line, bundleDigest), version: 'web' },
      },
      productSizes,
    )
    const { recipient } = wish
    const wrap = recipient ? await wrapSecret(s, readCertificate(recipient.der)) : null
    return { ...envelope, s, wrap, wish, files }
  }
}
