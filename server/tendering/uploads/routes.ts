import { answerFile } from '../../files.ts'
import type { AppCall } from '../../app.ts'
import { type Operation, RawAnswer } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { Platform } from '../../platform.ts'
import type { Trade } from '../../trade.ts'
import { type BlobPlace, blobPath, findBlob, isBlobId, takeBlob } from './blobs.ts'

type Op = Operation<Platform, Trade | null>

function placeOf(call: AppCall): BlobPlace {
  const { lot, blob } = call.params
  if (!isBlobId(blob)) throw new ProblemError('not-found')
  return { lot, party: (call.viewer as Viewer).party, id: blob }
}

/** Blobs go up while the lot takes bids; afterwards nothing new can be part of one. */
export function assertTendering(trade: Trade, lot: string): void {
  if (trade.lots.get(lot)?.stage !== 'tendering') throw new ProblemError('lot-not-tendering')
}

export const uploadOperations: readonly Op[] = [
  {
    id: 'bid.putBlob',
    method: 'put',
    path: '/api/lots/{lot}/blobs/{blob}',
    summary: 'Send a sealed blob whole; the same bytes twice are one blob',
    raw: true,
    handle: async (call) => {
      assertTendering(call.trade as Trade, call.params.lot)
      const body = call.http.req.raw.body as AsyncIterable<Uint8Array> | null
      if (!body) throw new ProblemError('blob-unrecognised')
      const { bytes, root } = await takeBlob(call.platform, placeOf(call), body)
      return { id: call.params.blob, bytes, root }
    },
  },
  {
    id: 'bid.readBlob',
    method: 'get',
    path: '/api/lots/{lot}/blobs/{blob}',
    summary: 'A sealed blob of one’s own, whole or by range, for the self-test',
    handle: async (call) => {
      const place = placeOf(call)
      const found = await findBlob(call.platform, place)
      if (!found || found.isForeign) throw new ProblemError('not-found')
      return new RawAnswer(
        await answerFile(call.http.req.raw, blobPath(call.platform, place), {
          name: place.id,
          mediaType: 'application/octet-stream',
        }),
      )
    },
  },
]
