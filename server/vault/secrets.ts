import type { Json, JsonObject } from '../formats/jcs.ts'
import { sideDigest } from '../log/event.ts'
import type { Platform } from '../platform.ts'
import type { FileList } from '../sealing/index.ts'

/**
 * What must stay secret around an opening, always sealed under the platform's key: released bid
 * secrets until all are opened, and afterwards the side rows of the opened bids, whose digests the
 * events hold. A side row can be erased; the proofs of the events stay whole.
 */
export interface ReleaseName {
  readonly lot: string
  readonly party: string
  readonly headerHash: string
}
/** Side row of a bid whose key was released; the file list is null where it did not open. */
export interface BidSecrets {
  readonly v: 1
  readonly headerHash: string
  /** base64url: the bid secret, and the key of the file list. */
  readonly s: string
  readonly filesKey: string | null
  readonly files: FileList | null
}

const nameOf = (platform: Platform, { lot, party, headerHash }: ReleaseName): Buffer =>
  platform.keys.name('release', lot, party, headerHash)

/** Keeps a released s, durably; the same one twice is kept once. */
export async function keepRelease(platform: Platform, name: ReleaseName, s: string): Promise<void> {
  const sealed = platform.keys.seal('release', Buffer.from(s))
  await platform.sql`
    insert into work.releases (key, sealed) values (${nameOf(platform, name)}, ${sealed})
    on conflict (key) do nothing`
}

export async function readRelease(platform: Platform, name: ReleaseName): Promise<string | null> {
  const [row] = await platform.sql`
    select sealed from work.releases where key = ${nameOf(platform, name)}`
  return row ? platform.keys.open('release', row.sealed).toString('utf8') : null
}

/** Once all are opened the side rows hold what is needed. */
export async function forgetReleases(
  platform: Platform,
  names: readonly ReleaseName[],
): Promise<void> {
  for (const name of names)
    await platform.sql`delete from work.releases where key = ${nameOf(platform, name)}`
}

/**
 * Keeps the secrets of an opened bid. The salt follows from the platform's key, so that an opening
 * that is tried again finds the same row.
 * @returns digest for the event, base64url
 */
export async function keepBidSecrets(
  platform: Platform,
  name: ReleaseName,
  secrets: BidSecrets,
): Promise<string> {
  const salt = platform.keys.name('side salt', name.lot, name.party, name.headerHash)
  const value = secrets as unknown as JsonObject
  const digest = Buffer.from(sideDigest(value, salt))
  const inner = Buffer.from(JSON.stringify({ salt: salt.toString('base64url'), value }))
  await platform.sql`
    insert into person.secrets (digest, sealed)
    values (${digest}, ${platform.keys.seal('release', inner)})
    on conflict (digest) do nothing`
  return digest.toString('base64url')
}

/** The side row behind a digest with its salt; null once it is erased. */
export async function readBidSecrets(
  platform: Platform,
  side: string,
): Promise<{ readonly salt: string; readonly value: BidSecrets } | null> {
  const [row] = await platform.sql`
    select sealed from person.secrets where digest = ${Buffer.from(side, 'base64url')}`
  if (!row) return null
  const inner = JSON.parse(platform.keys.open('release', row.sealed).toString('utf8')) as {
    salt: string
    value: Json
  }
  return { salt: inner.salt, value: inner.value as unknown as BidSecrets }
}
