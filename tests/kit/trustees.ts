import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { ed25519 } from '@noble/curves/ed25519.js'
import type { TrustFile } from '../../server/archive/verify/verify.ts'
import { b64u, bigint, fromB64u, fromHex } from '../../server/formats/bytes.ts'
import {
  cosignNote,
  formatNote,
  formatVkey,
  keyTypes,
  makeVkey,
  parseNote,
  type Vkey,
} from '../../server/log/index.ts'
import {
  contextDigest,
  type Envelope,
  makeShare,
  newBidSecret,
  openWithFilesKey,
  openWithQuotationKey,
  p256Suite,
  parseEnvelope,
  productSizes,
  proofLabel,
  releasedKeys,
  type Share,
  sealEnvelope,
} from '../../server/sealing/index.ts'
import type { OpenBag } from './tamper.ts'
import { biddersOf } from './tamperings.ts'

/**
 * Fixtures for what the platform itself does not do yet: witnesses that cosign a bag's checkpoints,
 * and a bid sealed again under a board of trustees (that of the vectors, three of five).
 */
export interface Witness {
  readonly vkey: Vkey
  readonly seed: Uint8Array
}
export const witnesses: readonly Witness[] = ['a', 'b', 'c'].map((letter) => {
  const seed = createHash('sha256').update(`witness ${letter}`).digest()
  const name = `witness-${letter}.example`
  const vkey = makeVkey(name, ed25519.getPublicKey(seed), keyTypes.cosignature)
  return { vkey, seed }
})

/** The trust file of one who pins the witnesses too: two of three. */
export const watched = (trust: TrustFile): TrustFile => ({
  ...trust,
  witnesses: { vkeys: witnesses.map((w) => formatVkey(w.vkey)), quorum: 2 },
})

export const checkpointsOf = (bag: OpenBag): string[] =>
  bag.paths(/^data\/log\/checkpoints\//).sort((a, b) => sizeOf(a) - sizeOf(b))
export const sizeOf = (file: string): number => Number(file.split('/').at(-1))

/** A checkpoint of the bag, the line of one witness taken from another checkpoint. */
export async function withForeignLine(bag: OpenBag, file: string, by: Witness): Promise<void> {
  const { text, signatures } = parseNote(bag.text(file))
  const other = text.replace(/^\d+$/m, (size) => String(Number(size) + 1))
  const line = await cosignNote(other, by.vkey, cosignedAt, by.seed)
  const others = signatures.filter((one) => one.name !== by.vkey.name)
  bag.set(file, formatNote({ text, signatures: [...others, line] }))
}
const cosignedAt = 1_780_000_000

/** Every checkpoint of the bag with a line of each of these witnesses. */
export async function cosigned(bag: OpenBag, by: readonly Witness[]): Promise<OpenBag> {
  const copy = bag.copy()
  for (const file of checkpointsOf(copy)) {
    const note = parseNote(copy.text(file))
    const lines = []
    for (const { vkey, seed } of by) lines.push(await cosignNote(note.text, vkey, cosignedAt, seed))
    copy.set(file, formatNote({ text: note.text, signatures: [...note.signatures, ...lines] }))
  }
  return copy
}

const vectors = path.resolve('server/sealing/vectors/envelope.json')
interface Board {
  readonly t: number
  readonly n: number
  readonly Y: string
  readonly shares: Readonly<Record<string, string>>
  readonly shareKeys: Readonly<Record<string, string>>
}
const board = (JSON.parse(fs.readFileSync(vectors, 'utf8')) as { envelopes: { board: Board }[] })
  .envelopes[0].board
const boardId = 'b-demo'
export const trusteeName = (index: number) => `演示受托人${index}`

/** A share as a bag writes it. */
const shown = ({ trustee, Zi, e, f }: Share) => ({
  trustee,
  Zi: b64u(Zi),
  e: b64u(e),
  f: b64u(f),
})

export interface UnderBoard {
  readonly bag: OpenBag
  readonly party: string
  readonly sharesPath: string
  /** The share of a trustee for this bid, or for another one. */
  share(trustee: number, ofOther?: boolean): ReturnType<typeof shown>
}

/** The first bid sealed again under the board, with shares of these trustees. */
export async function underBoard(full: OpenBag, trustees: readonly number[]): Promise<UnderBoard> {
  const bag = full.copy()
  const [{ party, folder }] = biddersOf(bag)
  const was = parsed(bag.bytes(`${folder}/envelope.bin`))
  const keys = bag.json<{ quotationKey: string; filesKey: string }>(`${folder}/opening.json`)
  const quotation = await openWithQuotationKey(p256Suite, was, fromB64u(keys.quotationKey, 32))
  const list = await openWithFilesKey(p256Suite, was, fromB64u(keys.filesKey, 32))
  if (!list.value || quotation.value === undefined) throw new Error('the bid does not open')
  const blobOf = (id: string) => {
    const found = was.header.blobs.find((blob) => blob.id === id)
    if (!found) throw new Error(`no blob ${id}`)
    return found
  }
  const s = newBidSecret()
  const boardKey = fromHex(board.Y)
  const sealed = await sealEnvelope(
    p256Suite,
    {
      context: { ...was.header.context, board: boardId },
      s,
      boardKey,
      quotation: quotation.value,
      files: list.value.files.map((file) => ({ file, blob: blobOf(file.blob) })),
      decoys: list.value.decoys.map(blobOf),
      sealedWith: list.value.sealedWith,
    },
    productSizes,
  )
  const envelope = parsed(sealed.envelope)
  const { value } = releasedKeys(p256Suite, envelope, { s, boardKey })
  if (!value) throw new Error('the bid under the board does not open')
  const { quotationKey, filesKey } = value
  bag.set(`${folder}/envelope.bin`, sealed.envelope)
  bag.set(`${folder}/opening.json`, { quotationKey: b64u(quotationKey), filesKey: b64u(filesKey) })
  bag.editEvent(bag.eventPath('BidsOpened'), ({ data }) => {
    const rows = data.rows as { party: string; quotationKey: string }[]
    for (const row of rows) if (row.party === party) row.quotationKey = b64u(quotationKey)
  })
  const { t, n, Y, shareKeys } = board
  bag.set(`data/trust/boards/${boardId}.json`, {
    ...{ id: boardId, curve: 'P-256', t, n, Y: b64u(fromHex(Y)) },
    trustees: Object.entries(shareKeys).map(([index, key]) => ({
      index: Number(index),
      name: trusteeName(Number(index)),
      Yi: b64u(fromHex(key)),
    })),
  })
  const share = (trustee: number, ofOther = false) =>
    shown(
      makeShare(
        p256Suite,
        bidOf(ofOther ? was : envelope),
        trustee,
        bigint(fromHex(board.shares[trustee])),
      ),
    )
  const sharesPath = `${folder}/shares.json`
  bag.set(sharesPath, { shares: trustees.map((trustee) => share(trustee)) })
  return { bag, party, sharesPath, share }
}

function parsed(bytes: Uint8Array): Envelope {
  const found = parseEnvelope(bytes)
  if (found.problem !== undefined) throw new Error(found.problem)
  return found.envelope
}

const bidOf = ({ header }: Envelope) => ({
  R: fromB64u(header.R, 33),
  label: proofLabel(p256Suite, contextDigest(p256Suite, header.context), header),
})
