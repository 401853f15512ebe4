import { b64u, equal, fromB64u } from '../../formats/bytes.ts'
import type { Json } from '../../formats/jcs.ts'
import { sideDigest } from '../../log/index.ts'
import {
  arrivedBlob,
  blobMagic,
  type Envelope,
  type FileList,
  OpeningError,
  openFile,
  openWithFilesKey,
  releasedKeys,
  type Suite,
} from '../../sealing/index.ts'
import { type BagFiles, hasFile, readJsonFile } from './bag.ts'
import type { OpenedBidRow, OpeningFile } from './openings.ts'
import type { Place, Report } from './report.ts'
import { boardRelease } from './shares.ts'

/** One opened bid of a full bag. */
export interface OpenedBid {
  readonly files: BagFiles
  readonly suite: Suite
  readonly envelope: Envelope
  readonly row: OpenedBidRow
  readonly folder: string
}

const chunkOf = (place: { index?: number }): Place =>
  place.index === undefined ? {} : { chunk: place.index }

/**
 * What full bags alone show: the published key comes from the bidder's secret, the side row is the
 * one that the event sealed by its digest, and every file opens to what its list says.
 */
export async function checkSecret(
  bid: OpenedBid,
  keys: OpeningFile | null,
  report: Report,
): Promise<void> {
  const { files, suite, envelope, row, folder } = bid
  const place: Place = { bidder: row.party, path: `${folder}/opening.json` }
  await checkSide(files, row, report)
  const hasBoard = envelope.header.context.board !== null
  if (!keys?.filesKey || !(keys.s || hasBoard)) {
    report.fail('openings', 'secret-missing', place)
    return
  }
  const [s, filesKey] = [keys.s ? bytesOf(keys.s) : null, bytesOf(keys.filesKey)]
  const release = hasBoard
    ? await boardRelease({ ...bid, party: row.party }, s, report)
    : s && { s }
  const released = release && releasedKeys(suite, envelope, release)
  if (hasBoard && !release) {
    // Said already: board or shares are not there.
  } else if (!released) report.fail('openings', 'key-not-this-bid', place, { fault: 'platform' })
  else if (released.finding !== undefined)
    report.fail('openings', released.finding.problem, place, { fault: released.finding.fault })
  else {
    const { quotationKey, filesKey: derived } = released.value
    if (b64u(quotationKey) !== row.quotationKey)
      report.fail('openings', 'quotation-key-differs', place, {
        expected: b64u(quotationKey),
        found: row.quotationKey,
      })
    if (!filesKey || !equal(derived, filesKey)) report.fail('openings', 'files-key-differs', place)
    else report.pass('openings')
  }
  const list = filesKey && (await openWithFilesKey(suite, envelope, filesKey))
  if (list?.finding !== undefined) {
    const { problem, place: where, fault } = list.finding
    report.fail('openings', problem, { ...place, ...chunkOf(where) }, { fault })
  }
  if (list?.value) await checkFiles(bid, list.value, report)
  const listed = new Set(list?.value?.files.map((f) => f.blob))
  for (const blob of envelope.header.blobs)
    if (!listed.has(blob.id)) await checkBlob(bid, blob, report)
}

function bytesOf(text: string): Uint8Array | null {
  try {
    return fromB64u(text, 32)
  } catch {
    return null // another value than any that was released
  }
}

/** The secrets that the event sealed by their digest are the ones in the bag. */
async function checkSide(files: BagFiles, row: OpenedBidRow, report: Report): Promise<void> {
  const path = `data/sides/${row.side}.json`
  const place: Place = { bidder: row.party, path }
  const side = await readJsonFile<{ salt: string; value: Json }>(files, path)
  if (!side) {
    report.fail('openings', 'side-row-missing', place)
    return
  }
  let found = ''
  try {
    found = b64u(sideDigest(side.value, fromB64u(side.salt, 32)))
  } catch {
    // A malformed salt is another value than the one that was digested.
  }
  if (found === row.side) report.pass('openings')
  else report.fail('openings', 'side-row-differs', place, { expected: row.side, found })
}

/** A blob that no list explains, as decoys are: it has at least the root that the bidder signed. */
async function checkBlob(
  { files, suite, envelope, row, folder }: OpenedBid,
  { id, root }: { readonly id: string; readonly root: string },
  report: Report,
): Promise<void> {
  const path = `${folder}/blobs/${id}`
  const place: Place = { bidder: row.party, path, item: id }
  if (!hasFile(files, path)) {
    report.fail('openings', 'blob-missing', place)
    return
  }
  const { chunkBytes } = envelope.header.context
  const found = await blobRoot(suite, files.stream(path), chunkBytes)
  if (found === root) report.pass('openings')
  else report.fail('openings', 'blob-altered', place, { expected: root, found, fault: 'platform' })
}

/** Root of a blob behind its first 8 bytes; null where these are not a blob's. */
async function blobRoot(
  suite: Suite,
  blob: AsyncIterable<Uint8Array>,
  chunkBytes: number,
): Promise<string | null> {
  const head: number[] = []
  async function* body() {
    for await (const piece of blob) {
      const missing = blobMagic.length - head.length
      if (missing > 0) head.push(...piece.subarray(0, missing))
      if (piece.length > missing) yield piece.subarray(Math.max(0, missing))
    }
  }
  const { root } = await arrivedBlob(suite, body(), chunkBytes)
  return equal(Uint8Array.from(head), blobMagic) ? root : null
}

async function checkFiles(bid: OpenedBid, list: FileList, report: Report): Promise<void> {
  const { files, suite, envelope, row, folder } = bid
  const { header } = envelope
  const { lot, platform, tender } = header.context
  const scope = { lot, party: header.context.bidder.party, platform, tender }
  for (const file of list.files) {
    const path = `${folder}/blobs/${file.blob}`
    const place: Place = { bidder: row.party, file: file.name, path }
    const blob = header.blobs.find((b) => b.id === file.blob)
    if (!blob || !hasFile(files, path)) {
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
      const { problem, place: where, fault } = error
      report.fail('openings', problem, { ...place, ...chunkOf(where) }, { fault })
    }
  }
}
