import { concat, utf8 } from '../formats/index.ts'
import {
  arrivedBlob,
  type BidContext,
  type BlobRecord,
  type BlobSink,
  blobMagic,
  type ExpectedBid,
  newBidSecret,
  type PresentBlob,
  p256Suite,
  type Sizes,
  type Suite,
  type SuiteId,
  sealBid,
  smSuite,
} from './index.ts'

/** Tests: the sizes of the vectors. */
export const smallSizes: Sizes = {
  chunkBytes: 64,
  minFileBytes: 128,
  minTextBytes: 256,
  blobCounts: [2, 4, 8],
  maxFileBytes: 4096,
  maxBidBytes: 16_384,
}

export const suiteOf = (id: string): Suite =>
  ({ [p256Suite.id]: p256Suite, [smSuite.id]: smSuite })[id as SuiteId]!

export const sha = (name: string) => 'A'.repeat(42) + name

export const context = (changes: Partial<BidContext> = {}): BidContext => ({
  v: 1,
  platform: 'yg-test',
  tender: 'T-1',
  lot: 'L1',
  part: 'whole',
  document: { version: 1, sha256: sha('A') },
  bidder: { party: '91330100MA27XY0001', certSha256: sha('E') },
  revision: 1,
  suite: p256Suite.id,
  chunkBytes: smallSizes.chunkBytes,
  board: null,
  ...changes,
})

export function expected({ platform, tender, lot, part, document, bidder, board }: BidContext) {
  const bid: ExpectedBid = {
    ...{ platform, tender, lot, part, document, bidder, board },
    suites: [p256Suite, smSuite],
  }
  return bid
}

export const quotation = { currency: 'CNY', lines: [{ line: '1', priceFen: 1 }], totalFen: 1 }

/** A store that keeps every blob in memory. */
export function memoryStore() {
  const parts = new Map<string, Uint8Array[]>()
  const sinkOf = (id: string): BlobSink => {
    parts.set(id, [])
    return (bytes) => void parts.get(id)!.push(bytes)
  }
  return { sinkOf, blob: (id: string) => concat(...parts.get(id)!) }
}

/** Seals a bid of the given files with small sizes. */
export async function sealedBid(
  contents: readonly Uint8Array[] = [utf8('阳光'.repeat(30)), utf8('x')],
  suite: Suite = p256Suite,
  bidContext: BidContext = context({ suite: suite.id }),
  boardKey: Uint8Array | null = null,
) {
  const store = memoryStore()
  const s = newBidSecret()
  const sealed = await sealBid(
    suite,
    {
      ...{ context: bidContext, s, boardKey, quotation },
      files: contents.map((bytes, i) => ({
        ...{ source: [bytes], name: `投标函 ${i}.txt`, mediaType: 'text/plain' },
        role: 'letter' as const,
      })),
      sealedWith: { bundleSha256: sha('I'), version: '0.1.0' },
    },
    store.sinkOf,
    smallSizes,
  )
  const present = new Map<string, PresentBlob>()
  for (const { id } of sealed.header.blobs) {
    const stream = store.blob(id).subarray(blobMagic.length)
    present.set(id, await arrivedBlob(suite, [stream], smallSizes.chunkBytes))
  }
  return { ...sealed, suite, s, context: bidContext, store, present }
}

export const flipBit = (bytes: Uint8Array, bit: number): Uint8Array => {
  const changed = bytes.slice()
  changed[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7)
  return changed
}

/** A source in pieces of so many bytes. */
export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function collected(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return concat(...parts)
}

/** The problem and place that something fails with. */
export async function failure(work: Promise<unknown>) {
  try {
    await work
  } catch (error) {
    const { problem, place } = error as { problem?: string; place?: { index?: number } }
    if (problem === undefined) throw error
    return { problem, index: place?.index }
  }
  return null
}

export const blobOf = (blobs: readonly BlobRecord[], id: string) =>
  blobs.find((blob) => blob.id === id)!
