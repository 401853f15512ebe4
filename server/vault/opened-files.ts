import fs from 'node:fs'
import { ProblemError } from '../kernel/problem.ts'
import type { Platform } from '../platform.ts'
import {
  type FileRecord,
  type FileRole,
  type FileToOpen,
  fileChunks,
  fileHeadBytes,
  openFile,
  p256Suite,
  productSizes,
} from '../sealing/index.ts'
import type { Trade } from '../trade.ts'
import { blobPath } from './blobs.ts'
import { readBidSecrets } from './secrets.ts'

/** A file of an opened bid, as its bidder listed it. */
export interface OpenedFile {
  readonly blob: string
  readonly name: string
  readonly role: FileRole
  readonly mediaType: string
  /** Of the file itself, without padding. */
  readonly bytes: number
}

/**
 * The files of a bid, for those who may see them: who that is goes by role and stage (`domain.md`
 * §2) and is the caller's to judge. Empty until the bid is opened, and for a bid that didn't open.
 */
export async function openedFiles(
  platform: Platform,
  trade: Trade,
  lot: string,
  party: string,
): Promise<OpenedFile[]> {
  return (await listOf(platform, trade, lot, party)).map(
    ({ blob, name, role, mediaType, bytes }) => ({ blob, name, role, mediaType, bytes }),
  )
}

async function listOf(
  platform: Platform,
  trade: Trade,
  lot: string,
  party: string,
): Promise<readonly FileRecord[]> {
  const { session } = trade
  if (session.stage === 'scheduled') return []
  const row = session.rows.find((r) => r.lot === lot && r.party === party)
  if (row?.outcome !== 'opened') return []
  return (await readBidSecrets(platform, row.side))?.value.files?.files ?? []
}

/** A file of an opened bid that can be read. */
export interface ReadableFile {
  readonly file: OpenedFile
  /**
   * Its plaintext, streaming. Each chunk is verified before it is given; only the end of the whole
   * says that it is the file listed.
   * @param range first and last byte; without it all
   * @throws OpeningError `file-…` with its fault, also amid the stream
   */
  readonly read: (range: readonly [number, number] | null) => AsyncGenerator<Uint8Array>
}

/** @throws ProblemError `not-found` */
export async function findOpenedFile(
  platform: Platform,
  trade: Trade,
  lot: string,
  party: string,
  blobId: string,
): Promise<ReadableFile> {
  const file = (await listOf(platform, trade, lot, party)).find((f) => f.blob === blobId)
  const blob =
    trade.session.stage === 'scheduled'
      ? undefined
      : trade.session.lots
          .find((l) => l.lot === lot)
          ?.bids.find((b) => b.party === party)
          ?.blobs.find((b) => b.id === blobId)
  const place = blobPath(platform, { lot, party, id: blobId })
  if (!file || !blob || !fs.existsSync(place)) throw new ProblemError('not-found')
  const sealed: FileToOpen = {
    scope: { platform: platform.keys.platform, tender: trade.id, lot, party },
    blob,
    file,
    chunkBytes: productSizes.chunkBytes,
  }
  const read: ReadableFile['read'] = (range) =>
    range ? readPart(place, sealed, range) : openFile(p256Suite, sealed, piecesOfFile(place))
  return { file, read }
}

/** The chunks that hold a part, one in memory at a time: a scan of any length costs as much. */
async function* readPart(
  place: string,
  sealed: FileToOpen,
  [from, to]: readonly [number, number],
): AsyncGenerator<Uint8Array> {
  const handle = await fs.promises.open(place)
  const bytesOf = async (start: number, end: number) => {
    const bytes = new Uint8Array(end - start)
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start)
    return bytes.subarray(0, bytesRead)
  }
  try {
    const chunks = await fileChunks(p256Suite, sealed, await bytesOf(0, fileHeadBytes))
    const { chunkBytes } = chunks
    for (let i = Math.floor(from / chunkBytes); i * chunkBytes <= to; i++) {
      const { start, end } = chunks.place(i)
      const content = await chunks.open(i, await bytesOf(start, end))
      const begin = i * chunkBytes
      yield content.subarray(Math.max(0, from - begin), to + 1 - begin)
    }
  } finally {
    await handle.close()
  }
}

/** Opened when it is first read: content that nobody reads holds no file open. */
async function* piecesOfFile(place: string): AsyncGenerator<Uint8Array> {
  yield* fs.createReadStream(place, { highWaterMark: productSizes.chunkBytes })
}
