import { ProblemError } from '../kernel/problem.ts'
import type { Platform } from '../platform.ts'
import { productSizes } from '../sealing/index.ts'
import { type BlobPlace, findBlob } from './blobs.ts'

/** What one party may begin to upload for one lot in all: four bids of the largest size. */
export const uploadQuotaBytes = 4 * productSizes.maxBidBytes

/**
 * Counts an upload against its party's quota in the lot before a byte of it is taken, so that
 * nobody can fill the disk. What is there already costs nothing; what was begun is not given back.
 * @throws ProblemError `upload-quota-used`
 */
export async function reserveUpload(
  platform: Platform,
  place: BlobPlace,
  bytes: number,
): Promise<void> {
  if (await findBlob(platform, place)) return
  const key = platform.keys.name('upload quota', place.lot, place.party)
  const taken = await platform.sql`
    insert into work.quotas as q (key, bytes) values (${key}, ${bytes})
    on conflict (key) do update set bytes = q.bytes + excluded.bytes
      where q.bytes + excluded.bytes <= ${uploadQuotaBytes}
    returning q.bytes`
  if (taken.length === 0) throw new ProblemError('upload-quota-used')
}
