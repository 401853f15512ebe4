import { createHash, randomBytes } from 'node:crypto'
import { canonicalize } from '../formats/jcs.ts'
import type { Platform } from '../platform.ts'

const prefix = Buffer.from('yangguang/v1 side\n')

/**
 * Keeps a personal value beside the log: the event holds the digest, the value and its salt stand in
 * an erasable row. Erased, the proof of every event stays whole.
 * @param salt the same value under the same salt is one row, so that a retry keeps nothing twice
 * @returns base64url digest for the event
 * @source 个人信息保护法 art. 47 ○; sealing-ledger §7 "side rows"
 */
export async function keepPersonal(
  platform: Platform,
  value: unknown,
  salt: Uint8Array = randomBytes(32),
): Promise<string> {
  const text = canonicalize(value)
  const digest = createHash('sha256').update(prefix).update(salt).update(text).digest()
  await platform.sql`
    insert into person.values (digest, salt, value) values (${digest}, ${salt}, ${text})
    on conflict (digest) do nothing`
  return digest.toString('base64url')
}

/** Erases a value: its digest in the log then tells nothing any more. */
export async function erasePersonal(platform: Platform, digest: string): Promise<void> {
  await platform.sql`
    delete from person.values where digest = ${Buffer.from(digest, 'base64url')}`
}

/** The value behind a digest, or null once it is erased. */
export async function readPersonal<T>(platform: Platform, digest: string): Promise<T | null> {
  const [row] = await platform.sql`
    select value from person.values where digest = ${Buffer.from(digest, 'base64url')}`
  return row ? (JSON.parse(row.value) as T) : null
}
