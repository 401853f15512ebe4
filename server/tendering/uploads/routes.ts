import type { AppCall, AppOperation } from '../../app-call.ts'
import { RawAnswer } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { Platform } from '../../platform.ts'
import type { PresentBlob } from '../../sealing/index.ts'
import type { Trade } from '../../trade.ts'
import {
  type BlobPlace,
  blobPath,
  compareBlob,
  findBlob,
  isBlobId,
  maxBlobBytes,
  takeBlob,
} from '../../vault/blobs.ts'
import { answerFile } from '../../vault/files.ts'
import { keepReserved, releaseUpload, reserveUpload } from '../../vault/quota.ts'

function placeOf(call: AppCall): BlobPlace {
  const { lot, blob } = call.params
  if (!isBlobId(blob)) throw new ProblemError('not-found')
  return { lot, party: (call.viewer as Viewer).party, id: blob }
}

/** Blobs go up while the lot takes bids; afterwards nothing new can be part of one. */
export function assertTendering(trade: Trade, lot: string): void {
  if (trade.lots.get(lot)?.stage !== 'tendering') throw new ProblemError('lot-not-tendering')
}

export const uploadOperations: readonly AppOperation[] = [
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
        const { bytes, root } = await putBlob(call, placeOf(call), body.source)
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

/** Blobs that come in one go, in this process: what ends an earlier sending of the same one. */
const coming = new WeakMap<Platform, Map<string, { stop(): void; readonly ended: Promise<void> }>>()

/**
 * Takes a blob in one go. A sending that is under way still, on a line that broke unseen, ends when
 * the same blob comes anew; the same bytes again are the same blob, and are not kept twice.
 */
async function putBlob(
  { platform, http }: AppCall,
  place: BlobPlace,
  source: AsyncIterable<Uint8Array>,
): Promise<PresentBlob> {
  const all = coming.get(platform) ?? new Map()
  coming.set(platform, all)
  const name = `${place.party} ${place.id}`
  for (let earlier = all.get(name); earlier; earlier = all.get(name)) {
    earlier.stop()
    await earlier.ended
  }
  const line = stoppable(source)
  let end = () => {}
  all.set(name, { stop: line.stop, ended: new Promise<void>((resolve) => (end = resolve)) })
  try {
    const there = await findBlob(platform, place)
    if (there) return await compareBlob(there, line.source)
    await reserveUpload(platform, place, announcedBytes(http), null)
    const present = await takeBlob(platform, place, line.source)
    await keepReserved(platform, place, present.bytes)
    return present
  } catch (error) {
    await releaseUpload(platform, place, null)
    throw error
  } finally {
    all.delete(name)
    end()
  }
}

/** A source that another hand can end, also while it waits for more. */
function stoppable(source: AsyncIterable<Uint8Array>) {
  const pieces = source[Symbol.asyncIterator]()
  let stop = () => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new ProblemError('upload-broken'))
  })
  stopped.catch(() => {}) // where nobody waits for more at that moment
  return {
    stop,
    source: {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.race([pieces.next(), stopped]) }),
    },
  }
}

/** What the request says it sends; one that does not say counts as the largest. */
function announcedBytes(http: AppCall['http']): number {
  const bytes = Number(http.req.header('content-length') ?? maxBlobBytes)
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : maxBlobBytes
}

const maxDiscardedBytes = 4 * 1024 * 1024
/** Nor longer: who sends no more may just keep the line. */
const maxDiscardMs = 3000

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
      const over = { done: true, value: undefined }
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<typeof over>((resolve) => {
        timer = setTimeout(() => resolve(over), maxDiscardMs)
      })
      for (let left = maxDiscardedBytes; left > 0; ) {
        const { done, value } = await Promise.race([pieces.next().catch(() => over), late])
        if (done) break
        left -= value?.length ?? 0
      }
      clearTimeout(timer)
    },
  }
}

const emptyBody: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
}
