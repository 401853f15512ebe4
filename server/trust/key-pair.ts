import { mayReceive } from './enveloped.ts'
import type { KeyFileEntry } from './pkcs12.ts'
import { usageFindings } from './service.ts'

/**
 * A party's pair 双证 in a key file: keyUsage tells which half is which, never the name. One
 * certificate with both usages is both halves.
 */
export function keyPairOf(entries: readonly KeyFileEntry[]): {
  readonly sign: KeyFileEntry | null
  readonly encrypt: KeyFileEntry | null
} {
  return {
    sign: entries.find((e) => usageFindings(e.certificate, 'sign').length === 0) ?? null,
    encrypt: entries.find((e) => mayReceive(e.certificate)) ?? null,
  }
}
