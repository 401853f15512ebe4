import fs from 'node:fs'
import { ProblemError } from '../kernel/problem.ts'
import type { Platform } from '../platform.ts'
import {
  type FileRecord,
  type FileRole,
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

/**
 * The plaintext of one file of an opened bid, streaming. Each chunk is verified before it is given;
 * only the stream's end says that the whole is the file listed.
 * @throws ProblemError `not-found`; OpeningError `file-…` with its fault, also amid the stream
 */
export async function readOpenedFile(
  platform: Platform,
  trade: Trade,
  lot: string,
  party: string,
  blobId: string,
): Promise<{ readonly file: OpenedFile; readonly content: AsyncGenerator<Uint8Array> }> {
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
  const content = openFile(
    p256Suite,
    {
      scope: { platform: platform.keys.platform, tender: trade.id, lot, party },
      blob,
      file,
      chunkBytes: productSizes.chunkBytes,
    },
    piecesOfFile(place),
  )
  return { file, content }
}

/** Opened when it is first read: content that nobody reads holds no file open. */
async function* piecesOfFile(place: string): AsyncGenerator<Uint8Array> {
  yield* fs.createReadStream(place, { highWaterMark: productSizes.chunkBytes })
}
