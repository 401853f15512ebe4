import type { AppCall } from '../../app.ts'
import { answerFile } from '../../files.ts'
import { type Operation, RawAnswer } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { Platform } from '../../platform.ts'
import type { Trade } from '../../trade.ts'
import {
  type BlobPlace,
  blobPath,
  findBlob,
  isBlobId,
  maxBlobBytes,
  takeBlob,
} from '../../vault/blobs.ts'
import { reserveUpload } from '../../vault/quota.ts'

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
      const body = bodyOf(call)
      try {
        assertTendering(call.trade as Trade, call.params.lot)
        const place = placeOf(call)
        await reserveUpload(call.platform, place, announcedBytes(call))
        const { bytes, root } = await takeBlob(call.platform, place, body.source)
        return { id: call.params.blob, bytes, root }
      } catch (error) {
        await body.discard()
        throw error
      }
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

/** What the request says it sends; one that does not say counts as the largest. */
function announcedBytes(call: AppCall): number {
  const bytes = Number(call.http.req.header('content-length') ?? maxBlobBytes)
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : maxBlobBytes
}

const maxDiscardedBytes = 4 * 1024 * 1024

/**
 * The body as it comes. Of a refused one a bounded rest is read away: a connection with unread
 * bytes is cut, and the client might lose the answer that says why.
 */
function bodyOf(call: AppCall) {
  const body = call.http.req.raw.body as AsyncIterable<Uint8Array> | null
  const pieces = (body ?? emptyBody)[Symbol.asyncIterator]()
  return {
    // Without `return`, so that who stops reading does not close it.
    source: { [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) },
    discard: async () => {
      for (let left = maxDiscardedBytes; left > 0; ) {
        const { done, value } = await pieces.next().catch(() => ({ done: true, value: undefined }))
        if (done) return
        left -= value?.length ?? 0
      }
    },
  }
}

const emptyBody: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
}
