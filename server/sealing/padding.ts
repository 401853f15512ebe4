import { assert } from '../formats/index.ts'

/** Sizes that everyone who seals or checks must agree on. */
export interface Sizes {
  /** Plaintext bytes of a chunk. */
  readonly chunkBytes: number
  /** The least a file and a decoy are padded to. */
  readonly minFileBytes: number
  /** The least the quotation and the file list are padded to. */
  readonly minTextBytes: number
  /** Allowed numbers of blobs, ascending; decoys fill up to the next. */
  readonly blobCounts: readonly number[]
  readonly maxFileBytes: number
  /** Of all blobs of an envelope together. */
  readonly maxBidBytes: number
}

/** What the product uses; tests use small ones. */
export const productSizes: Sizes = {
  chunkBytes: 262_144,
  minFileBytes: 262_144,
  minTextBytes: 65_536,
  blobCounts: [4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256],
  maxFileBytes: 2 ** 31,
  maxBidBytes: 8 * 2 ** 30,
}

/**
 * PADMÉ: the padded size of so many bytes, at most 12 % more. All sizes of one class look alike.
 * @source Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", 2019, §4
 */
export function padme(bytes: number): number {
  assert(Number.isSafeInteger(bytes) && bytes >= 0, 'a length is a natural number')
  if (bytes < 2) return bytes
  const exponent = floorLog2(bytes)
  const kept = floorLog2(exponent) + 1
  const step = 2 ** (exponent - kept)
  return Math.ceil(bytes / step) * step
}

function floorLog2(n: number): number {
  let exponent = 0
  for (let rest = n; rest >= 2; rest = Math.floor(rest / 2)) exponent++
  return exponent
}

/** Padded size with a least one. */
export const paddedBytes = (bytes: number, min: number): number => padme(Math.max(bytes, min))

/** True for a size that padding gives. */
export const isPadded = (bytes: number, min: number): boolean =>
  bytes >= min && padme(bytes) === bytes

/**
 * How many decoys bring the files to an allowed number of blobs.
 * @returns null for more files than an envelope may have
 */
export function decoyCount(files: number, { blobCounts }: Sizes): number | null {
  const blobs = blobCounts.find((count) => count >= files)
  return blobs === undefined ? null : blobs - files
}
