import type { State } from './identity/party/decider.ts'
import type { Platform } from './platform.ts'
import { readPersonal } from './vault/personal.ts'

/** A party's or person's name; a person's stands behind a digest and may have been erased. */
export async function personName(platform: Platform, id: string): Promise<string | null> {
  const party = (await platform.store.stream(`party:${id}`)).state as State
  if (party.stage !== 'registered') return null
  if (party.name) return party.name
  const digest = party.nameDigest ?? party.members[0]?.nameDigest
  return digest ? readPersonal<string>(platform, digest) : null
}
